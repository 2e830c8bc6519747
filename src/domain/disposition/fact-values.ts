import type { AttributeName, AttributeValue, AttributeValues } from '../attributes/types';

/** The value as one text, `''` when there is none; lists are joined by `; `. */
export function textOf(values: AttributeValues, attribute: AttributeName): string {
  const value = values[attribute];
  return value === undefined ? '' : textOfValue(value);
}

/** Several attributes as one text. */
export function textOfAll(values: AttributeValues, attributes: readonly AttributeName[]): string {
  return attributes
    .map((attribute) => textOf(values, attribute))
    .filter((text) => text !== '')
    .join('; ');
}

/** A value as one text; lists are joined by `; `. */
export function textOfValue(value: AttributeValue): string {
  return typeof value === 'object' ? value.join('; ') : String(value).trim();
}

/** The value as a number, null when it is none. */
export function numberOf(values: AttributeValues, attribute: AttributeName): number | null {
  const value = values[attribute];
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || !/^\s*\d+(?:\.\d+)?\s*$/.test(value)) return null;
  return Number(value);
}

/** The value as yes or no, null when it says neither. */
export function booleanOf(values: AttributeValues, attribute: AttributeName): boolean | null {
  const value = values[attribute];
  if (typeof value === 'boolean') return value;
  const text = textOf(values, attribute).toLowerCase();
  if (/^(?:y|yes|true|1|ja|oui|si|sí|sim|available)\b/.test(text)) return true;
  if (/^(?:n|no|none|false|0|nein|non|não|not available)\b/.test(text)) return false;
  return null;
}

export type Level = 'high' | 'medium' | 'low';

/** A statement such as `Very High`, `M`, `4/5` or `8` (of 10) as one of three levels; null when it is none. */
export function levelOf(values: AttributeValues, attribute: AttributeName): Level | null {
  return levelOfText(textOf(values, attribute));
}

/** Like `levelOf`, for a text. */
export function levelOfText(stated: string): Level | null {
  const text = stated.toLowerCase();
  if (text === '') return null;
  const rating = /^(\d+(?:\.\d+)?)(?:\s*(?:\/|of)\s*(\d+))?$/.exec(text);
  if (rating) return levelOfRating(Number(rating[1]), rating[2] === undefined ? null : Number(rating[2]));
  if (/\b(?:high|h|critical|complex|extreme|heavy|large|strict|hoch|élevée?|alta|alto)\b/.test(text))
    return 'high';
  if (/\b(?:medium|med|m|moderate|average|normal|mittel|moyenne?|media|medio)\b/.test(text)) return 'medium';
  if (/\b(?:low|l|simple|minimal|small|light|none|niedrig|gering|faible|baja|bajo|baixa)\b/.test(text))
    return 'low';
  return null;
}

function levelOfRating(rating: number, stated: number | null): Level | null {
  const scale = stated ?? (rating <= 5 ? 5 : rating <= 10 ? 10 : 100);
  if (scale <= 0 || rating > scale) return null;
  const share = rating / scale;
  if (share >= 0.7) return 'high';
  return share > 0.4 ? 'medium' : 'low';
}
