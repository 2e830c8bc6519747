import type { FieldDataType } from '../lists';
import type { AttributeCategory, AttributeDefinition, AttributeName, Unit, ValueShape } from './types';

/** What a category file states about one attribute; the rest of the definition follows from the shape. */
export interface AttributeEntry {
  readonly label: string;
  readonly description: string;
  readonly shape: ValueShape;
  readonly unit?: Unit;
  readonly decisive?: boolean;
}

export type AttributeEntries = { readonly [name in AttributeName]?: AttributeEntry };

const listShapes: ReadonlySet<ValueShape> = new Set(['ip_list', 'mac_list', 'list', 'reference_list']);
const numberShapes: ReadonlySet<ValueShape> = new Set(['integer', 'number', 'percent', 'money']);

function dataTypeOf(shape: ValueShape): FieldDataType {
  if (numberShapes.has(shape)) return 'number';
  if (shape === 'boolean' || shape === 'date') return shape;
  return 'string';
}

function unitOf(entry: AttributeEntry): Unit | null {
  if (entry.unit !== undefined) return entry.unit;
  if (entry.shape === 'percent') return 'percent';
  return entry.shape === 'money' ? 'currency' : null;
}

/** Turns the entries of one category into whole definitions. */
export function defineCategory(
  category: AttributeCategory,
  entries: AttributeEntries,
): AttributeDefinition[] {
  return Object.entries(entries).map(([name, entry]) => ({
    // The keys of AttributeEntries are attribute names by type; Object.entries widens them.
    name: name as AttributeName,
    label: entry.label,
    description: entry.description,
    category,
    shape: entry.shape,
    dataType: dataTypeOf(entry.shape),
    unit: unitOf(entry),
    multiple: listShapes.has(entry.shape),
    decisive: entry.decisive ?? false,
  }));
}
