import type { DetailRules } from '../../inventory/types';
import type { MappingProposal } from '../types';
import { allFormats } from './all-formats';

const byFormat: ReadonlyMap<string, DetailRules> = new Map([
  ...allFormats.flatMap(({ id, details }): [string, DetailRules][] =>
    details === undefined ? [] : [[id, details]],
  ),
  ['parts.disks', { storage_gb: 'sum', storage_used_gb: 'sum' }],
  ['parts.adapters', { ip_address: 'list', mac_address: 'list' }],
]);

/** The id under which the table of a proposal is known: that of its product, or of the parts that it lists. */
export function formatIdOf({ format, parts }: Pick<MappingProposal, 'format' | 'parts'>): string | null {
  return format?.id ?? (parts === undefined ? null : `parts.${parts}`);
}

/** How the rows of a recognised table make the values of one asset; undefined when a row is a whole asset. */
export function detailRulesOf(formatId: string | null): DetailRules | undefined {
  return formatId === null ? undefined : byFormat.get(formatId);
}

const productOf = (formatId: string): string => formatId.split('.', 1)[0] ?? formatId;
const inParts: ReadonlySet<string> = new Set([...byFormat.keys()].map(productOf));

/** Whether the product of a recognised table writes the parts of its assets as tables of their own. */
export function isInParts(formatId: string): boolean {
  return inParts.has(productOf(formatId));
}
