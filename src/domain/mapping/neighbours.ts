import type { AttributeName } from '../attributes/types';
import type { ColumnEvidence } from './column-evidence';
import type { HeaderMatch } from './header-matches';
import type { TableContext } from './table-context';
import type { MappingReason } from './types';
import { valueWords } from './value-words';

interface Neighbourhood {
  readonly column: ColumnEvidence;
  readonly match: HeaderMatch | null;
  readonly context: TableContext;
}

type Rule = (around: Neighbourhood) => MappingReason | null;

function reason(code: string, weight: number, text: string): MappingReason {
  return { code: `neighbour.${code}`, weight, text };
}

function hasWord(column: ColumnEvidence, ...words: readonly string[]): boolean {
  return words.some(
    (word) => column.header.words.includes(word) || column.header.bracketWords.includes(word),
  );
}

/** Values of the columns that name the rows. */
function keyValues(context: TableContext, except: ColumnEvidence): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const other of context.columns) {
    if (other === except || other.values.uniqueness < 0.7) continue;
    const best = other.matches[0]?.target;
    if (best !== 'name' && best !== 'application_name' && best !== 'external_id' && best !== 'hostname')
      continue;
    for (const value of other.values.foldedValues()) keys.add(value);
  }
  return keys;
}

const references: Rule = ({ column, context }) => {
  const keys = keyValues(context, column);
  if (keys.size === 0) return null;
  const values = [...column.values.foldedValues()].flatMap((value) => value.split(/\s*[,;|\n]\s*/));
  const found = values.filter((value) => keys.has(value)).length;
  if (values.length === 0 || found / values.length < 0.3) return null;
  return reason('references', 2, 'The values name other rows of the table');
};

const hostOfMachines: Rule = ({ column, match, context }) => {
  if (context.subject !== 'machines') return reason('no_machines', -4, 'The rows are no machines');
  if (match === null || !match.ambiguous) return null;
  const named = context.columns.some(
    (other) => other !== column && ['name', 'hostname'].includes(other.matches[0]?.target ?? ''),
  );
  const repeats = column.values.said >= 4 && column.values.uniqueness < 0.8;
  if (named && repeats) return reason('named_otherwise', 1.8, 'The machines are named by another column');
  if (named) return reason('one_each', -0.8, 'The values differ from row to row');
  return reason('only_name', -1.5, 'No other column names the machines');
};

const hostName: Rule = ({ column, match, context }) => {
  if (match === null || !match.ambiguous || !hasWord(column, 'host')) return null;
  const named = context.columns.some((other) => other !== column && other.matches[0]?.target === 'name');
  return named && column.values.uniqueness < 0.8
    ? reason('named_otherwise', -1.5, 'The machines are named by another column')
    : null;
};

const repeatedHost: Rule = ({ column, context }) => {
  if (column.values.said < 4 || column.values.uniqueness > 0.8) return null;
  const named = context.columns.some((other) => {
    const best = other.matches[0]?.target;
    return other !== column && (best === 'name' || best === 'hostname') && other.values.uniqueness > 0.95;
  });
  return named ? reason('named_otherwise', -2.6, 'Another column names each machine') : null;
};

const byAddress: Rule = ({ column }) =>
  column.values.share('ip') > 0.6 ? reason('address', -0.3, 'Names are better ends of a relation') : null;

const insideOfMachine: Rule = ({ column, context }) => {
  if (!hasWord(column, 'application', 'process', 'component')) return null;
  const machines = context.columns.some(
    (other) =>
      other !== column &&
      hasWord(other, 'source', 'target', 'destination') &&
      hasWord(other, 'server', 'host', 'machine'),
  );
  return machines ? reason('inside', -1, 'Another column names the machine') : null;
};

function namesSystems(context: TableContext, except: ColumnEvidence): boolean {
  return context.columns.some((other) => {
    if (other === except) return false;
    const plain = other.matches[0]?.target === 'operating_system' && other.matches[0].weight > 2;
    return plain || other.values.share('operating_system') > 0.6;
  });
}

const osVersion: Rule = ({ column, match, context }) => {
  if (namesSystems(context, column)) {
    return match?.ambiguous === true
      ? reason('has_os', 0.4, 'Another column names the operating system')
      : null;
  }
  const full = column.values.share('operating_system') > 0.6;
  if (full) return reason('no_os', -2.5, 'No other column names the operating system');
  return match?.ambiguous === true ? reason('no_os', -1.4, 'No column names the operating system') : null;
};

const operatingSystem: Rule = ({ column, match, context }) => {
  const versionHeader = column.matches[0]?.target === 'os_version';
  if (!versionHeader || column.values.share('operating_system') < 0.6) return null;
  if (namesSystems(context, column)) return null;
  return reason('no_os', match === null ? 3 : 2, 'No other column names the operating system');
};

const peakOfAverage: Rule = ({ column }) =>
  hasWord(column, 'peak', 'p95') ? reason('peak', -1.6, 'The header speaks of the peak') : null;

const total: Rule = ({ column }) => {
  const words = column.header.original.toLowerCase();
  if (/\b(?:total|overall|gesamt|totale|sum)/.test(words))
    return reason('total', 0.4, 'The header speaks of a total');
  return column.header.index === null ? null : reason('one_of', -0.2, 'The header counts one of several');
};

const applicationVersion: Rule = ({ match, context }) =>
  match?.ambiguous === true && context.subject === 'machines'
    ? reason('machines', -0.6, 'The rows are machines')
    : null;

/** Whether some column holds names of database products. */
function namesDatabases(context: TableContext): boolean {
  if (context.plain.has('database_engine')) return true;
  const words = valueWords.database_engine;
  return words !== undefined && context.columns.some((other) => other.values.lexiconShare(words) > 0.6);
}

const databaseVersion: Rule = ({ match, context }) => {
  if (match?.ambiguous !== true) return null;
  if (!namesDatabases(context)) return reason('no_database', -1, 'No column names a database');
  return context.plain.has('application_name')
    ? null
    : reason('database', 1.5, 'The rows name a database and no application');
};

const owner: Rule = ({ match, context }) =>
  match?.ambiguous === true && context.plain.has('business_owner')
    ? reason('has_owner', -0.8, 'Another column names the owner')
    : null;

/** "Faculty contact": the last word says what the column is, and the values are people. */
const personOf: Rule = ({ column, match }) => {
  if (match?.kind !== 'partial' || match.weight > 0) return null;
  const head = column.header.words.at(-1) ?? '';
  const people = column.values.share('person') > 0.6 || column.values.share('email') > 0.6;
  return people && match.phrase === head ? reason('people', 1.2, 'The values are people') : null;
};

const technicalOwner: Rule = ({ match, context }) =>
  match?.ambiguous === true && context.plain.has('technical_owner')
    ? reason('has_owner', -0.8, 'Another column names the technical owner')
    : null;

const onlyText: Rule = ({ match, context }) =>
  match?.ambiguous === true && match.weight > 0.5 && !context.plain.has('description')
    ? reason('only_text', 1.6, 'No other column describes the rows')
    : null;

/** Whether another column plainly names each row. */
function namedElsewhere(context: TableContext, except: ColumnEvidence): boolean {
  return context.columns.some((other) => {
    if (other === except || other.values.isEmpty) return false;
    const best = other.matches.find((one) => one.target !== null && rowNames.has(one.target));
    return best !== undefined && best.weight > 1.5 && other.values.uniqueness > 0.9;
  });
}

const rowNames: ReadonlySet<AttributeName> = new Set(['name', 'hostname', 'fqdn']);

const onlyMachineName: Rule = ({ column, match, context }) => {
  if (context.subject !== 'machines' || (match !== null && !match.ambiguous)) return null;
  const { values } = column;
  const hosts = Math.max(values.share('host'), values.share('fqdn'));
  if (values.said < 3 || values.uniqueness < 0.95 || hosts < 0.6) return null;
  if (namedElsewhere(context, column)) return null;
  return reason('only_name', 2.4, 'No other column names the machines');
};

const onlyApplicationName: Rule = ({ column, match, context }) => {
  if (context.subject !== 'applications' || match?.ambiguous !== true) return null;
  if (column.values.said < 3 || column.values.uniqueness < 0.95) return null;
  if (context.plain.has('application_name') || context.plain.has('name')) return null;
  return reason('only_name', 1.8, 'No other column names the applications');
};

const versionOfDatabase: Rule = ({ column, context }) =>
  hasWord(column, 'product') && context.plain.has('database_engine') && !context.plain.has('application_name')
    ? reason('database', -2.5, 'The rows name a database and no application')
    : null;

/** Vendors of machines are their makers, makers of applications their vendors. */
const vendor: Rule = ({ match, context }) => {
  const { subject, plain } = context;
  if (subject === 'applications' && match?.ambiguous === true && !plain.has('vendor'))
    return reason('maker', 1, 'The rows are applications');
  if (subject !== 'machines' || plain.has('manufacturer') || plain.has('application_name')) return null;
  return reason('maker', -2.5, 'The rows are machines, and no other column names their maker');
};

const manufacturer: Rule = ({ column, match, context }) => {
  const { subject, plain } = context;
  if (subject === 'applications') return reason('maker', -2.2, 'The rows are applications');
  if (subject !== 'machines' || plain.has('manufacturer') || plain.has('application_name')) return null;
  return match !== null && hasWord(column, 'vendor')
    ? reason('maker', 1.8, 'The rows are machines, and no other column names their maker')
    : null;
};

/** Columns that say when a record was made and changed come in pairs. */
const recordStamp: Rule = ({ column, context }) => {
  const made = hasWord(column, 'created', 'creation', 'cree', 'erstellt', 'angelegt', 'creado', 'criado');
  if (!made) return null;
  const changed = context.columns.some((other) =>
    hasWord(other, 'update', 'modified', 'changed', 'geandert', 'modifie', 'modificado', 'alterado'),
  );
  return changed ? reason('record', -1.6, 'The record itself was created then') : null;
};

const versionLike: Rule = ({ column }) =>
  hasWord(column, 'version', 'release', 'build', 'firmware')
    ? reason('version', -6, 'The header speaks of a version')
    : null;

/** A column under a bare number mark that counts the rows from one on is no key. */
const rowNumber: Rule = ({ column }) => {
  const bare = column.header.words.every(
    (word) => word === 'number' || word === 'laufende' || word === 'lfd',
  );
  const numbers = column.profile.numbers;
  if (!bare || numbers === null || column.values.numeric < 0.9) return null;
  return numbers.minimum <= 1 ? reason('row_number', -3, 'The values number the rows') : null;
};

const counted: Rule = ({ column }) =>
  column.values.numeric > 0.8 && /\b(?:number|count|no\.?|nb|num|qty) ?of|count$|anzahl/i.test(spaced(column))
    ? reason('count', -3, 'The header counts something')
    : null;

function spaced(column: ColumnEvidence): string {
  return column.header.original.replaceAll(/([a-z])([A-Z])/g, '$1 $2').replaceAll('_', ' ');
}

const noDatabase: Rule = ({ match, context }) =>
  match?.ambiguous === true && !namesDatabases(context) && context.subject !== 'databases'
    ? reason('no_database', -1.5, 'No column names a database')
    : null;

const notTiers: Rule = ({ column }) =>
  column.values.share('criticality') > 0.6 ? reason('tiers', -1.5, 'The values rank the rows') : null;

const rules: { readonly [name in AttributeName]?: readonly Rule[] } = {
  depends_on: [references],
  hypervisor_host: [hostOfMachines],
  name: [onlyMachineName],
  server_role: [notTiers],
  hostname: [hostName, repeatedHost, onlyMachineName],
  application_name: [onlyApplicationName],
  description: [onlyText],
  dependency_source: [byAddress, insideOfMachine],
  dependency_target: [byAddress, insideOfMachine],
  os_version: [osVersion],
  operating_system: [operatingSystem],
  disk_iops: [peakOfAverage],
  disk_throughput_mbps: [peakOfAverage],
  network_throughput_mbps: [peakOfAverage],
  storage_gb: [total],
  storage_used_gb: [total],
  cpu_cores: [total],
  vendor: [vendor],
  manufacturer: [manufacturer],
  install_date: [recordStamp],
  external_id: [counted, rowNumber],
  ip_address: [versionLike],
  database_size_gb: [noDatabase],
  application_version: [applicationVersion, versionOfDatabase],
  database_version: [databaseVersion],
  business_owner: [owner, personOf],
  technical_owner: [technicalOwner],
};

/** What the other columns of the table say for or against a target of a column; their order plays no part. */
export function neighbourReasons(
  column: ColumnEvidence,
  target: AttributeName,
  match: HeaderMatch | null,
  context: TableContext,
): MappingReason[] {
  return (rules[target] ?? []).map((rule) => rule({ column, match, context })).filter((one) => one !== null);
}
