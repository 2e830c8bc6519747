import type { AttributeName, AttributeValues } from '../../attributes/types';
import { criticalities, dispositions, migrationScopes } from '../../lists';
import { booleanOf, levelOf, numberOf, textOf, textOfAll } from '../fact-values';
import type { AssetKind, SignalName, SignalValue } from './signals';
import {
  boundRegulationWords,
  commodityWords,
  latencyWords,
  noRegulationWords,
  nothingFoundWords,
  notReadyWords,
  originWords,
  ownVendorWords,
  readyWords,
  regulatedWords,
  stageWords,
  statedLatencyWords,
  statusWords,
  unusedStatement,
  unusedWords,
  valueInWords,
} from './words';

/** A signal's value with the words of the record it was read from; null when the record does not say. */
export interface Reading<Name extends SignalName> {
  readonly value: SignalValue<Name>;
  readonly evidence: string;
}

const reading = <Value extends string>(value: Value | null, evidence: string) =>
  value === null ? null : { value, evidence };

function memberOf<Value extends string>(list: readonly Value[], text: string): Value | null {
  const folded = text.toLowerCase();
  return list.find((value) => value === folded) ?? null;
}

export function readStatement(values: AttributeValues): Reading<'statement'> | null {
  const text = textOf(values, 'migration_strategy');
  return reading(memberOf(dispositions, text), text);
}

export function readScope(values: AttributeValues): Reading<'scope'> | null {
  const text = textOf(values, 'migration_scope');
  return reading(memberOf(migrationScopes, text), text);
}

export function readStatus(values: AttributeValues): Reading<'status'> | null {
  const text = textOf(values, 'status');
  return reading(valueInWords(statusWords, text), text);
}

export function readStage(values: AttributeValues): Reading<'stage'> | null {
  const text = textOf(values, 'lifecycle_stage');
  return reading(valueInWords(stageWords, text), text);
}

export function readMark(values: AttributeValues): Reading<'mark'> | null {
  for (const attribute of ['tags', 'name'] as const) {
    const text = textOf(values, attribute);
    if (unusedWords.test(text)) return { value: 'unused', evidence: text };
  }
  const description = textOf(values, 'description');
  return unusedStatement.test(description) ? { value: 'unused', evidence: description } : null;
}

export function readUsage(values: AttributeValues): Reading<'usage'> | null {
  const count = numberOf(values, 'users_count');
  if (count !== null) {
    return reading(count === 0 ? 'none' : count < 50 ? 'few' : 'many', `${count} users`);
  }
  const text = textOf(values, 'user_load');
  if (/^(?:0|none|no users|zero)\b/i.test(text)) return { value: 'none', evidence: text };
  const level = levelOf(values, 'user_load');
  return level === null ? null : { value: level === 'low' ? 'few' : 'many', evidence: text };
}

export function readValue(values: AttributeValues): Reading<'value'> | null {
  const text = textOf(values, 'business_criticality');
  return reading(memberOf(criticalities, text), text);
}

/** A vendor other than the company itself makes an application a bought one, unless its type says otherwise. */
export function readOrigin(values: AttributeValues, kind: AssetKind): Reading<'origin'> | null {
  const type = textOfAll(values, ['application_type', 'hosting_model']);
  const stated = valueInWords(originWords, type);
  if (stated !== null) return { value: stated, evidence: type };
  const vendor = textOf(values, 'vendor');
  if (vendor === '' || kind !== 'application') return null;
  return reading(ownVendorWords.test(vendor) ? 'custom' : 'package', `vendor ${vendor}`);
}

export function readSaas(values: AttributeValues): Reading<'saas'> | null {
  const available = booleanOf(values, 'has_saas_replacement');
  if (available !== null) {
    return { value: available ? 'yes' : 'no', evidence: '' };
  }
  const text = textOf(values, 'has_saas_replacement');
  // The name of a product in this column is a yes.
  return text === '' || text.toLowerCase() === 'unknown' ? null : { value: 'yes', evidence: text };
}

export function readCommodity(values: AttributeValues, kind: AssetKind): Reading<'commodity'> | null {
  if (kind !== 'application') return null;
  const text = textOfAll(values, ['application_name', 'name', 'application_type', 'technology_stack']);
  const word = commodityWords.exec(text)?.[0];
  return word === undefined ? null : { value: 'yes', evidence: word };
}

export function readRegulation(values: AttributeValues): Reading<'regulation'> | null {
  const text = textOfAll(values, ['compliance_scope', 'data_classification', 'cloud_readiness']);
  if (boundRegulationWords.test(text)) return { value: 'bound', evidence: text };
  const rules = textOfAll(values, ['compliance_scope', 'data_classification']);
  if (regulatedWords.test(rules)) return { value: 'regulated', evidence: rules };
  if (rules === '') return null;
  return rules.split('; ').every((rule) => noRegulationWords.test(rule))
    ? { value: 'free', evidence: rules }
    : { value: 'regulated', evidence: rules };
}

export function readLatency(values: AttributeValues): Reading<'latency'> | null {
  const text = textOfAll(values, [
    'network_zone',
    'server_role',
    'application_type',
    'availability_requirement',
    'tags',
  ]);
  const word = latencyWords.exec(text) ?? statedLatencyWords.exec(textOf(values, 'description'));
  return word === null ? null : { value: 'bound', evidence: word[0] };
}

export function readReadiness(values: AttributeValues): Reading<'readiness'> | null {
  const text = textOf(values, 'cloud_readiness');
  if (text === '') return null;
  if (nothingFoundWords.test(text)) return { value: 'ready', evidence: text };
  if (notReadyWords.test(text)) return { value: 'not_ready', evidence: text };
  return readyWords.test(text) ? { value: 'ready', evidence: text } : null;
}

const complexityAttributes: readonly AttributeName[] = [
  'business_logic_complexity',
  'migration_complexity',
  'configuration_complexity',
];

/** The first stated complexity, in the order of what it says about the code. */
export function readLogic(values: AttributeValues): Reading<'logic'> | null {
  for (const attribute of complexityAttributes) {
    const level = levelOf(values, attribute);
    if (level !== null) return { value: level, evidence: textOf(values, attribute) };
  }
  return null;
}

export function readCode(values: AttributeValues): Reading<'code'> | null {
  const text = textOf(values, 'code_quality');
  if (/\b(?:poor|bad|weak|schlecht|mauvaise?|mala)\b/i.test(text)) return { value: 'poor', evidence: text };
  if (/\b(?:good|excellent|gut|bonne|buena)\b/i.test(text)) return { value: 'good', evidence: text };
  const level = levelOf(values, 'code_quality');
  if (level === null) return /\bfair\b/i.test(text) ? { value: 'fair', evidence: text } : null;
  return { value: level === 'high' ? 'good' : level === 'medium' ? 'fair' : 'poor', evidence: text };
}

export function readTolerance(values: AttributeValues): Reading<'tolerance'> | null {
  const text = textOf(values, 'change_tolerance');
  if (/\b(?:freeze|frozen|no changes?|none|very limited|zero)\b/i.test(text))
    return { value: 'low', evidence: text };
  return reading(levelOf(values, 'change_tolerance'), text);
}
