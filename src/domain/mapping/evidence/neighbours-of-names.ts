import type { AttributeName } from '../../attributes/types';
import type { ColumnEvidence } from './column-evidence';
import { hasWord, reason } from './neighbour-rule';
import type { Rule } from './neighbour-rule';
import type { TableContext } from '../table/table-context';
import { countMachineFacts } from '../table/table-subject';

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

export const references: Rule = ({ column, context }) => {
  const keys = keyValues(context, column);
  if (keys.size === 0) return null;
  const values = [...column.values.foldedValues()].flatMap((value) => value.split(/\s*[,;|\n]\s*/));
  const found = values.filter((value) => keys.has(value)).length;
  if (values.length === 0 || found / values.length < 0.3) return null;
  return reason('references', 2, 'The values name other rows of the table');
};

export const hostOfMachines: Rule = ({ column, match, context }) => {
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

export const hostName: Rule = ({ column, match, context }) => {
  if (match === null || !match.ambiguous || !hasWord(column, 'host')) return null;
  const named = context.columns.some((other) => other !== column && other.matches[0]?.target === 'name');
  return named && column.values.uniqueness < 0.8
    ? reason('named_otherwise', -1.5, 'The machines are named by another column')
    : null;
};

export const repeatedHost: Rule = ({ column, context }) => {
  if (column.values.said < 4 || column.values.uniqueness > 0.8) return null;
  const named = context.columns.some((other) => {
    const best = other.matches[0]?.target;
    return other !== column && (best === 'name' || best === 'hostname') && other.values.uniqueness > 0.95;
  });
  return named ? reason('named_otherwise', -2.6, 'Another column names each machine') : null;
};

/** Whether another column plainly names each row. */
function namedElsewhere(context: TableContext, except: ColumnEvidence): boolean {
  return context.columns.some((other) => {
    if (other === except || other.values.isEmpty) return false;
    const best = other.matches.find((one) => one.target !== null && rowNames.has(one.target));
    return best !== undefined && best.weight > 1.5 && other.values.uniqueness > 0.9;
  });
}

const rowNames: ReadonlySet<AttributeName> = new Set(['name', 'hostname', 'fqdn']);

export const onlyMachineName: Rule = ({ column, match, context }) => {
  if (context.subject !== 'machines' || (match !== null && !match.ambiguous)) return null;
  const { values } = column;
  const hosts = Math.max(values.share('host'), values.share('fqdn'));
  if (values.said < 3 || values.uniqueness < 0.95 || hosts < 0.6) return null;
  if (namedElsewhere(context, column)) return null;
  return reason('only_name', 2.4, 'No other column names the machines');
};

export const onlyApplicationName: Rule = ({ column, match, context }) => {
  if (context.subject !== 'applications' || match?.ambiguous !== true) return null;
  if (column.values.said < 3 || column.values.uniqueness < 0.95) return null;
  if (context.plain.has('application_name') || context.plain.has('name')) return null;
  return reason('only_name', 1.8, 'No other column names the applications');
};

/** A column under a bare number mark that counts the rows from one on is no key. */
export const rowNumber: Rule = ({ column }) => {
  const bare = column.header.words.every(
    (word) => word === 'number' || word === 'laufende' || word === 'lfd',
  );
  const numbers = column.profile.numbers;
  if (!bare || numbers === null || column.values.numeric < 0.9) return null;
  return numbers.minimum <= 1 ? reason('row_number', -3, 'The values number the rows') : null;
};

export const counted: Rule = ({ column }) =>
  column.values.numeric > 0.8 && /\b(?:number|count|no\.?|nb|num|qty) ?of|count$|anzahl/i.test(spaced(column))
    ? reason('count', -3, 'The header counts something')
    : null;

function spaced(column: ColumnEvidence): string {
  return column.header.original.replaceAll(/([a-z])([A-Z])/g, '$1 $2').replaceAll('_', ' ');
}

const changed = [
  'update',
  'modified',
  'changed',
  'geandert',
  'modifie',
  'modificado',
  'gewijzigd',
  'modifica',
];

/** A column that says when the record was changed, beside one that says by whom. */
export const recordChange: Rule = ({ column, context }) => {
  if (!hasWord(column, ...changed)) return null;
  const author = context.columns.some((other) => {
    if (other === column || !hasWord(other, ...changed)) return false;
    const people = other.values.anyShare('person', 'email') > 0.3;
    return people || hasWord(other, 'by', 'von', 'par', 'por', 'door', 'da', 'user');
  });
  return author ? reason('record', -3, 'Another column says who changed the record') : null;
};

/** Words of a thing that other columns than its name may be about as well. */
const things: ReadonlySet<string> = new Set(['server', 'host', 'hostname', 'machine', 'computer', 'vm']);

/** A bare "Name" beside a bare "Server" whose values differ from row to row is rather that of somebody. */
export const nameOfSomebody: Rule = ({ column, context }) => {
  if (column.header.words.join(' ') !== 'name' || column.values.share('host') > 0.5) return null;
  const thing = context.columns.some(
    (other) =>
      other.header.words.length === 1 &&
      things.has(other.header.words[0] ?? '') &&
      other.values.said > 1 &&
      other.values.uniqueness > 0.95,
  );
  return thing ? reason('somebody', -1.4, 'Another column names the machine') : null;
};

const severalMachines =
  /(?:^|[\s_-])(?:servers|serveurs|servidores|hosts|hôtes|machines|vms|server\(s\)|servern|serwery|servidor\(es\))$/i;

/** "Servers" beside an application: those that it runs on, or how many they are. */
function areServersOf(column: ColumnEvidence, context: TableContext): boolean {
  const alone = context.subject === 'applications' || countMachineFacts(context.plain) <= 1;
  return (
    alone && context.plain.has('application_name') && severalMachines.test(column.header.original.trim())
  );
}

export const serversOfApplication: Rule = ({ column, context }) =>
  areServersOf(column, context)
    ? reason('servers_of', -3.2, 'The servers are those of an application')
    : null;

function hasOtherReferences(column: ColumnEvidence, context: TableContext): boolean {
  return context.columns.some(
    (other) =>
      other !== column && other.matches.some((one) => one.target === 'depends_on' && one.weight > 0.3),
  );
}

export const dependsOnServers: Rule = ({ column, context }) => {
  if (!areServersOf(column, context) || hasOtherReferences(column, context)) return null;
  const nameHosts = Math.max(column.values.share('host'), column.values.share('fqdn')) > 0.6;
  return reason('servers_of', nameHosts ? 3 : 1.6, 'The servers are those of an application');
};

/** A thing without a name of its own, such as the sort of server that a component runs on. */
export const repeatedName: Rule = ({ column, context }) => {
  if (column.values.said < 4 || column.values.uniqueness > 0.8) return null;
  if (column.matches.some((one) => one.target === 'name')) return null;
  return context.plain.has('application_name') || context.plain.has('name')
    ? reason('named_otherwise', -2.5, 'Another column names the rows')
    : null;
};

const wholes: ReadonlySet<string> = new Set(['memory', 'total', 'physical', 'installed', 'size', 'vram']);
const parts: readonly string[] = ['allocated', 'reserved', 'assigned', 'limit', 'configured'];

/** Memory that is set aside, beside a column of the memory as such. */
export const setAside: Rule = ({ column, match, context }) => {
  if (match === null || !hasWord(column, ...parts)) return null;
  const whole = context.columns.some((other) => {
    const best = other.matches[0];
    return best?.target === match.target && other.header.words.every((word) => wholes.has(word));
  });
  return whole ? reason('part', -2.5, 'Another column states the whole') : null;
};

/** A model number of digits alone, beside a column that names the model. */
export const modelNumber: Rule = ({ column, context }) => {
  if (column.values.numeric < 0.8) return null;
  const named = context.columns.some(
    (other) => other !== column && hasWord(other, 'model') && other.values.numeric < 0.5,
  );
  return named ? reason('model_number', -2, 'Another column names the model') : null;
};

/** Memory and cores that are used, asked for or set aside are not those that the machine has. */
export const notInstalled: Rule = ({ column }) =>
  hasWord(
    column,
    'active',
    'consumed',
    'used',
    'demand',
    'demanded',
    'entitled',
    'entitlement',
    'swapped',
    'balloon',
  )
    ? reason('part', -2.5, 'The header speaks of a part of it')
    : null;
