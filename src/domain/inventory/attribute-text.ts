import type { AttributeName, AttributeValue, AttributeValues } from '../attributes/types';

/** An attribute as one trimmed text (the first of a list), undefined when it says nothing. */
export function textOf(values: AttributeValues, name: AttributeName): string | undefined {
  const value = values[name];
  if (value === undefined) return undefined;
  const text = typeof value === 'string' ? value.trim() : textOfOther(value);
  return text === '' ? undefined : text;
}

function textOfOther(value: Exclude<AttributeValue, string>): string {
  if (typeof value === 'object') return value.find((part) => part.trim() !== '')?.trim() ?? '';
  return String(value);
}

const noParts: readonly string[] = [];

/** An attribute as a list of trimmed, non-empty texts; a single value is a list of one. */
export function partsOf(values: AttributeValues, name: AttributeName): readonly string[] {
  const value = values[name];
  if (value === undefined) return noParts;
  if (typeof value !== 'object') {
    const text = String(value).trim();
    return text === '' ? noParts : [text];
  }
  return value.map((part) => part.trim()).filter((part) => part !== '');
}

/** Whether an attribute has a value. */
export function hasValue(values: AttributeValues, name: AttributeName): boolean {
  return textOf(values, name) !== undefined;
}

const listSeparators = /[;|\r\n]+|<br\s*\/?>|,(?!\s*(?:inc|ltd|llc|gmbh|co|corp|s\.?a)\b)/i;

/** Splits a cell with several names at `;`, `,`, `|` and line ends; "Acme, Inc." stays one name. */
export function splitNames(text: string): readonly string[] {
  const names = text.split(listSeparators).map((part) => part.trim());
  return [...new Set(names.filter((part) => part !== ''))];
}
