import type { AttributeName } from '../../attributes/types';
import { readAddresses } from '../values/addresses';
import { type ConversionContext, type Converter, converted, nothing, refused } from './conversion';
import { splitList } from '../values/lists';
import { readMacs } from '../values/mac';
import { isPlaceholder } from '../values/placeholders';
import { cleanText } from '../values/text';

/** Addresses in order; what is none is left out and reported. */
export const convertAddresses: Converter = (cell, context) => {
  if (isPlaceholder(cell, context.attribute)) {
    return nothing;
  }
  const { addresses, refused: others } = readAddresses(cell);
  const wrong = others.some((other) => other.reason !== 'unspecified' && !isPlaceholder(other.text));
  if (addresses.length === 0) {
    return wrong ? refused('invalid_address') : nothing;
  }
  return converted(limited(addresses, context), 'ip_addresses', wrong ? 'invalid_address' : null);
};

export const convertMacs: Converter = (cell, context) => {
  if (isPlaceholder(cell, context.attribute)) {
    return nothing;
  }
  const { addresses, refused: others } = readMacs(cell);
  const wrong = others.some((other) => !isPlaceholder(other));
  if (addresses.length === 0) {
    return wrong ? refused('invalid_mac') : nothing;
  }
  return converted(limited(addresses, context), 'mac_addresses', wrong ? 'invalid_mac' : null);
};

/** Attributes whose parts people also join by a spaced slash or plus (`Java 8 / Tomcat 8.5`). */
const slashLists: ReadonlySet<AttributeName> = new Set<AttributeName>([
  'technology_stack',
  'compliance_scope',
]);

/** The parts of a cell, each once; a part that says nothing is left out. */
export const convertList: Converter = (cell, context) => {
  const parts = partsOf(cell, context).filter((part) => !isPlaceholder(part, context.attribute));
  return parts.length === 0 ? nothing : converted(limited(parts, context), 'list');
};

function partsOf(cell: string, context: ConversionContext): readonly string[] {
  if (context.rule.multiValue === 'keep') {
    const text = cleanText(cell);
    return text === '' ? [] : [text];
  }
  const parts = splitList(cell);
  if (!slashLists.has(context.attribute)) {
    return parts;
  }
  return [...new Set(parts.flatMap((part) => part.split(/ (?:\/|\+) /)).map(cleanText))].filter(
    (part) => part !== '',
  );
}

function limited(parts: readonly string[], context: ConversionContext): readonly string[] {
  return context.rule.multiValue === 'first' ? parts.slice(0, 1) : parts;
}

/** A cell kept under its own header: `header=value`. */
export const convertCustomAttribute: Converter = (cell, context) => {
  const text = cleanText(cell);
  return text === '' || isPlaceholder(text, context.attribute)
    ? nothing
    : converted([`${cleanText(context.column)}=${text}`], 'custom_attribute');
};
