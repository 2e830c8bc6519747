import { attributeDefinition } from '../domain/attributes/registry';
import {
  type AttributeName,
  attributeNames,
  type AttributeValue,
  type ValueShape,
} from '../domain/attributes/types';
import { DomainError } from '../domain/errors';
import { assetTypes, criticalities, dispositions, environments, migrationScopes } from '../domain/lists';

const longestText = 4_000;
const mostItems = 200;

const closedLists: Readonly<Partial<Record<ValueShape, readonly string[]>>> = {
  asset_type: assetTypes,
  environment: environments,
  criticality: criticalities,
  disposition: dispositions,
  scope: migrationScopes,
};

const listShapes: readonly ValueShape[] = ['list', 'ip_list', 'mac_list', 'reference_list'];
const numberShapes: readonly ValueShape[] = ['integer', 'number', 'percent', 'money'];

/** Attributes that no person sets for an asset: they describe relations, or hold what has no target. */
const notSettable: readonly AttributeName[] = [
  'dependency_source',
  'dependency_target',
  'dependency_type',
  'port',
  'protocol',
  'connection_count',
  'custom_attributes',
];

/**
 * A person's value for an attribute; null says that the asset has none.
 *
 * @throws DomainError `ASSET_002` for an attribute that cannot be set, or a value of another shape.
 */
export function attributeValue(name: string, value: unknown): [AttributeName, AttributeValue | null] {
  const attribute = attributeNames.find((known) => known === name);
  if (attribute === undefined || notSettable.includes(attribute)) throw refused(name, 'cannot be set');
  if (value === null) {
    if (attribute === 'name' || attribute === 'asset_type') throw refused(name, 'must have a value');
    return [attribute, null];
  }
  return [attribute, shaped(attribute, value)];
}

function shaped(attribute: AttributeName, value: unknown): AttributeValue {
  const { shape } = attributeDefinition(attribute);
  const words = closedLists[shape];
  if (words !== undefined) return wordOf(attribute, words, value);
  if (listShapes.includes(shape)) return textsOf(attribute, value);
  if (numberShapes.includes(shape)) return numberOf(attribute, shape, value);
  if (shape === 'boolean') return booleanOf(attribute, value);
  const text = textOf(attribute, value);
  if (shape === 'date' && !isDate(text)) throw refused(attribute, 'must be a date such as 2026-03-31');
  return text;
}

function wordOf(attribute: AttributeName, words: readonly string[], value: unknown): string {
  const word = words.find((known) => known === value);
  if (word === undefined) throw refused(attribute, `must be one of ${words.join(', ')}`);
  return word;
}

function textsOf(attribute: AttributeName, value: unknown): string[] {
  if (!Array.isArray(value) || value.length > mostItems) {
    throw refused(attribute, `must be a list of at most ${mostItems} texts`);
  }
  return value.map((item) => textOf(attribute, item));
}

function numberOf(attribute: AttributeName, shape: ValueShape, value: unknown): number {
  const isRight =
    typeof value === 'number' &&
    Number.isFinite(value) &&
    value >= 0 &&
    (shape !== 'percent' || value <= 100) &&
    (shape !== 'integer' || Number.isSafeInteger(value));
  if (!isRight)
    throw refused(attribute, shape === 'percent' ? 'must be from 0 to 100' : 'must be a number from 0');
  return value;
}

function booleanOf(attribute: AttributeName, value: unknown): boolean {
  if (typeof value !== 'boolean') throw refused(attribute, 'must be true or false');
  return value;
}

function textOf(attribute: AttributeName, value: unknown): string {
  const text = typeof value === 'string' ? value.trim() : '';
  const isStorable = text !== '' && text.length <= longestText && text.isWellFormed() && !text.includes('\0');
  if (!isStorable) throw refused(attribute, `must be a text of at most ${longestText} characters`);
  return text;
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function refused(attribute: string, reason: string): DomainError {
  return new DomainError('ASSET_002', { attribute: attribute.slice(0, 100), reason });
}
