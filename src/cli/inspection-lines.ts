import path from 'node:path';
import { detailRulesOf, formatIdOf } from '../domain/mapping/formats/detail-rules';
import type { MappingSuggestion } from '../domain/mapping/types';
import type { TablePlace } from '../intake/types';
import { type InspectedTable, type Inspection, mainTable } from './inspect-file';
import { warningsOf } from './inspection-document';
import { table } from './output';
import type { RejectionReason } from './rejection-tally';

const mostRejected = 20;

/** What `inspect` says to people: first the tables of the file, then how each of them is understood. */
export function inspectionLines(inspection: Inspection): string[] {
  const { tables, ignored, warnings } = inspection;
  const isSingle = tables.length === 1;
  return [
    headLine(inspection),
    ...warnings.map((warning) => `Warning: ${warning}`),
    ...(isSingle ? [] : ['', ...overview(tables)]),
    ...ignored.map(({ place, reason }) => `Left out: ${nameOf(place)}: ${reason}`),
    ...tables.flatMap((inspected) => tableLines(inspected, isSingle)),
  ];
}

function headLine(inspection: Inspection): string {
  const { file, tables } = inspection;
  const { detection, place } = mainTable(inspection);
  const { container, encoding, delimiter } = detection;
  const archive = place.entry === null ? detection.archive : 'zip';
  const parts = [
    archive === undefined ? container : `${container} in ${archive}`,
    ...(container === 'xlsx' ? [] : [encoding]),
    ...(delimiter === null ? [] : [`delimiter ${JSON.stringify(delimiter)}`]),
    ...(tables.length === 1 ? [] : [`${tables.length} tables`]),
  ];
  return `${path.basename(file)}: ${parts.join(', ')}`;
}

function nameOf({ entry, sheet }: TablePlace): string {
  return [entry, sheet].filter((part) => part !== null).join(' / ') || 'the file';
}

function overview(tables: readonly InspectedTable[]): string[] {
  return table(
    ['table', 'what it is', 'rows', 'rejected', 'columns', 'mapped'],
    tables.map(({ place, rowsRead, rowsAccepted, proposal, table: opened }) => [
      nameOf(place),
      meaningOf(proposal),
      rowsRead,
      rowsRead - rowsAccepted,
      opened.header.columns.length,
      proposal.suggestions.filter(({ target }) => target !== null).length,
    ]),
    72,
  );
}

const kindWords: Readonly<Record<InspectedTable['proposal']['kind'], string>> = {
  inventory: 'an inventory',
  relations: 'relations between assets',
  network_flows: 'network connections',
  performance: 'measurements',
  dictionary: 'a description of fields',
  people: 'people',
  register: 'a register',
  unknown: 'no inventory',
};

function meaningOf(proposal: InspectedTable['proposal']): string {
  const { kind, inventory, reason, format } = proposal;
  const word = isOfParts(proposal) ? 'parts of assets' : kindWords[kind];
  const what = format === null ? word : `${word} (${format.id})`;
  return inventory || reason === null ? what : `${what}: ${reason}`;
}

function isOfParts(proposal: InspectedTable['proposal']): boolean {
  return detailRulesOf(formatIdOf(proposal)) !== undefined;
}

function kindLine(proposal: InspectedTable['proposal']): string {
  const { inventory, kind, reason } = proposal;
  if (!inventory) return `Not an inventory (${kind}): ${reason ?? ''}`;
  return isOfParts(proposal)
    ? 'Parts of assets: the rows of each machine are joined to its values and are no assets themselves'
    : 'An inventory';
}

function tableLines(inspected: InspectedTable, isSingle: boolean): string[] {
  const { place, table: opened, rowsRead, rowsAccepted, rejected, reasons, profile, proposal } = inspected;
  const title = isSingle ? [] : ['', `== ${nameOf(place)} ==`];
  const more = rowsRead - rowsAccepted - mostRejected;
  return [
    ...title,
    proposal.format === null
      ? 'No known product'
      : `Product: ${proposal.format.vendor} (${proposal.format.id})`,
    kindLine(proposal),
    ...(opened.header.headerLine > 1 ? [`Header row: line ${opened.header.headerLine}`] : []),
    ...warningsOf(inspected).map((warning) => `Warning: ${warning}`),
    `Rows: ${rowsRead} read = ${rowsAccepted} accepted + ${rowsRead - rowsAccepted} rejected; quality ${profile.scores.overall} %`,
    ...reasons.map(reasonLine),
    ...rejected
      .slice(0, mostRejected)
      .map(({ line, code, message }) => `  line ${line}: ${code}: ${message}`),
    ...(more > 0 ? [`  … and ${more} more`] : []),
    ...columnLines(proposal.suggestions, isSingle),
  ];
}

function reasonLine({ code, count, firstLines }: RejectionReason): string {
  const more = count > firstLines.length ? ', …' : '';
  return `  ${code}: ${count} (line ${firstLines.join(', ')}${more})`;
}

/** Of a file with several tables only the mapped columns are listed; a workbook has hundreds of others. */
function columnLines(suggestions: readonly MappingSuggestion[], isSingle: boolean): string[] {
  const mapped = suggestions.filter(({ target }) => target !== null);
  const listed = isSingle ? suggestions : mapped;
  const rest = suggestions.length - listed.length;
  const left = rest === 0 ? [] : [`${rest} columns stay unmapped; --json lists them`];
  if (listed.length === 0) return left;
  return [
    '',
    ...table(
      ['column', 'target', 'confidence', 'why', 'samples'],
      listed.map(({ sourceColumn, target, confidence, reasons, samples }) => [
        sourceColumn,
        target ?? '(unmapped)',
        confidence.toFixed(2),
        reasons[0]?.text,
        samples.join(' | '),
      ]),
      44,
    ),
    ...left,
  ];
}
