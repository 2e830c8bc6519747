import type { AttributeName, AttributeValue } from '../../attributes/types';

/** Characters that do not stand for themselves in a JSON text; whole pairs of surrogates are left to the slow way. */
const special = /[^ !#-[\]-\uD7FF\uE000-\uFFFF]/;

/** A value as member of a JSON object, behind the comma that sets it off from another. */
export function jsonMember(attribute: AttributeName, value: AttributeValue): string {
  return `,"${attribute}":${typeof value === 'string' ? jsonText(value) : jsonOther(value)}`;
}

function jsonText(text: string): string {
  return special.test(text) ? JSON.stringify(text) : `"${text}"`;
}

function jsonOther(value: Exclude<AttributeValue, string>): string {
  if (typeof value !== 'object') return JSON.stringify(value);
  const [only] = value;
  return only !== undefined && value.length === 1 ? `[${jsonText(only)}]` : JSON.stringify(value);
}
