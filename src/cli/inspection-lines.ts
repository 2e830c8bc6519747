import path from 'node:path';
import { detailRulesOf, formatIdOf } from '../domain/mapping/formats/detail-rules';
import type { MappingSuggestion } from '../domain/mapping/types';
import { profileFindings } from '../domain/quality/profile/findings';
import type { ColumnProfile } from '../domain/quality/types';
import type { TablePlace } from '../intake/types';
import { type InspectedTable, type Inspection, mainTable } from './inspect-file';
import { warningsOf } from './inspection-document';
import { printable, table } from './output';
import type { RejectionReason } from './rejection-tally';

const mostRejected = 20;
const mostNoted = 15;
const lineWidth = 110;

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
    ...outlookLines(inspected),
    ...columnLines(inspected),
  ];
}

const rowsText = (rows: number): string => (rows === 1 ? '1 row' : `${rows} rows`);
const counted = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${count} ${name.replaceAll('_', ' ')}`)
    .join(', ');
const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, count) => total + count, 0);

/** What would become of the accepted rows, and which values are to be looked at. */
function outlookLines({ outlook, profile, proposal }: InspectedTable): string[] {
  if (outlook === undefined) return [];
  const { classes, relations, skipped, problems } = outlook;
  const assets = `${sum(classes)} rows describe ${isOfParts(proposal) ? 'parts of assets' : 'assets'}`;
  const found = profileFindings(profile).filter(({ severity }) => severity !== 'info' && severity !== 'low');
  const noted = [
    ...problems.map(({ column, message, rows }) => `  ${printable(column)}, ${rowsText(rows)}: ${message}`),
    ...found.map(
      ({ column, message, affectedRows }) =>
        `  ${printable(column ?? 'rows')}, ${rowsText(affectedRows)}: ${message}`,
    ),
  ];
  return [
    ...(sum(classes) === 0 ? [] : [`As suggested: ${assets} (${counted(classes)})`]),
    ...(relations === 0 ? [] : [`As suggested: ${relations} rows are relations`]),
    ...(sum(skipped) === 0 || !proposal.inventory ? [] : [`Left out: ${counted(skipped)}`]),
    ...(noted.length === 0 ? [] : ['Values to look at:', ...noted.slice(0, mostNoted)]),
    ...(noted.length > mostNoted ? [`  … and ${noted.length - mostNoted} more; --json lists them`] : []),
  ];
}

function reasonLine({ code, count, firstLines }: RejectionReason): string {
  const more = count > firstLines.length ? ', …' : '';
  return `  ${code}: ${count} (line ${firstLines.join(', ')}${more})`;
}

/** The mapped columns; of the others those with values by name, so that nothing of use is overlooked. */
function columnLines({ proposal, profile }: InspectedTable): string[] {
  const mapped = proposal.suggestions.filter(({ target }) => target !== null);
  const others = proposal.suggestions.filter(({ target }) => target === null);
  const empty = new Set(profile.columns.filter(isEmpty).map(({ position }) => position));
  const filled = others.filter(({ position }) => !empty.has(position));
  const left = [
    ...wrapped(
      'Unmapped',
      filled.map(({ sourceColumn }) => printable(sourceColumn)),
    ),
    ...(others.length === filled.length
      ? []
      : [`Unmapped and empty: ${others.length - filled.length} columns`]),
  ];
  return mapped.length === 0 ? left : ['', ...columnTable(mapped), ...left];
}

function columnTable(mapped: readonly MappingSuggestion[]): string[] {
  return table(
    ['column', 'target', 'confidence', 'why', 'samples'],
    mapped.map(({ sourceColumn, target, confidence, reasons, samples, rule }) => [
      sourceColumn,
      rule.unit === null ? target : `${target ?? ''} (in ${rule.unit})`,
      confidence.toFixed(2),
      reasons[0]?.text,
      samples.join(' | '),
    ]),
    44,
  );
}

const isEmpty = ({ rows, empty }: ColumnProfile): boolean => rows === empty;

/** Names behind a title, some in each line. */
function wrapped(title: string, names: readonly string[]): string[] {
  const lines: string[] = [];
  let line = `${title}:`;
  for (const name of names) {
    if (line.length + name.length > lineWidth) {
      lines.push(line);
      line = ' ';
    }
    line += ` ${name},`;
  }
  return names.length === 0 ? [] : [...lines, line.slice(0, -1)];
}
