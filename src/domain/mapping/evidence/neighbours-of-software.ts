import type { ColumnEvidence } from './column-evidence';
import { hasWord, reason } from './neighbour-rule';
import type { Rule } from './neighbour-rule';
import type { TableContext } from '../table/table-context';
import { namesDatabases as rowsOfDatabases } from '../table/table-subject';
import { valueWords } from './value-words';

function namesSystems(context: TableContext, except: ColumnEvidence): boolean {
  return context.columns.some((other) => {
    if (other === except) return false;
    const plain = other.matches[0]?.target === 'operating_system' && other.matches[0].weight > 2;
    return plain || other.values.share('operating_system') > 0.6;
  });
}

/** The software of a device that names neither an application nor an operating system is its operating system. */
function isDeviceSoftware(column: ColumnEvidence, context: TableContext): boolean {
  const { plain } = context;
  if (!hasWord(column, 'software') || plain.has('application_name') || plain.has('operating_system'))
    return false;
  return plain.has('model') || plain.has('serial_number') || plain.has('manufacturer');
}

export const osVersion: Rule = ({ column, match, context }) => {
  if (namesSystems(context, column)) {
    return match?.ambiguous === true
      ? reason('has_os', 0.4, 'Another column names the operating system')
      : null;
  }
  const full = column.values.share('operating_system') > 0.6;
  if (!full && isDeviceSoftware(column, context)) return reason('device', 0.6, 'The rows are devices');
  if (full) return reason('no_os', -2.5, 'No other column names the operating system');
  return match?.ambiguous === true ? reason('no_os', -1.4, 'No column names the operating system') : null;
};

export const operatingSystem: Rule = ({ column, match, context }) => {
  if (hasWord(column, 'family') && namesSystems(context, column))
    return reason('has_os', -0.8, 'Another column names the operating system itself');
  const versionHeader = column.matches[0]?.target === 'os_version';
  if (!versionHeader || column.values.share('operating_system') < 0.6) return null;
  if (namesSystems(context, column)) return null;
  return reason('no_os', match === null ? 3 : 2, 'No other column names the operating system');
};

export const applicationVersion: Rule = ({ column, match, context }) => {
  if (context.subject !== 'machines') return null;
  if (isDeviceSoftware(column, context)) return reason('device', -3, 'The rows are devices');
  return match?.ambiguous === true ? reason('machines', -0.6, 'The rows are machines') : null;
};

/** Whether some column holds names of database products. */
function namesDatabases(context: TableContext): boolean {
  if (context.plain.has('database_engine')) return true;
  const words = valueWords.database_engine;
  return words !== undefined && context.columns.some((other) => other.values.lexiconShare(words) > 0.6);
}

export const databaseVersion: Rule = ({ match, context }) => {
  if (match?.ambiguous !== true) return null;
  const applications = context.subject === 'applications' && !context.plain.has('database_engine');
  if (applications) return reason('applications', -1, 'The rows are applications');
  if (!namesDatabases(context)) return reason('no_database', -1, 'No column names a database');
  return context.plain.has('application_name')
    ? null
    : reason('database', 1.5, 'The rows name a database and no application');
};

export const versionOfDatabase: Rule = ({ column, context }) =>
  hasWord(column, 'product') && context.plain.has('database_engine') && !context.plain.has('application_name')
    ? reason('database', -2.5, 'The rows name a database and no application')
    : null;

/** Vendors of machines are their makers, makers of applications their vendors. */
export const vendor: Rule = ({ match, context }) => {
  const { subject, plain } = context;
  if (subject === 'applications' && match?.ambiguous === true && !plain.has('vendor'))
    return reason('maker', 1, 'The rows are applications');
  if (subject !== 'machines' || plain.has('manufacturer') || plain.has('application_name')) return null;
  return reason('maker', -2.5, 'The rows are machines, and no other column names their maker');
};

export const manufacturer: Rule = ({ column, match, context }) => {
  const { subject, plain } = context;
  if (subject === 'applications') return reason('maker', -2.2, 'The rows are applications');
  if (subject !== 'machines' || plain.has('manufacturer') || plain.has('application_name')) return null;
  return match !== null && hasWord(column, 'vendor')
    ? reason('maker', 1.8, 'The rows are machines, and no other column names their maker')
    : null;
};

export const noDatabase: Rule = ({ match, context }) =>
  match?.ambiguous === true && !namesDatabases(context) && context.subject !== 'databases'
    ? reason('no_database', -1.5, 'No column names a database')
    : null;

export const versionLike: Rule = ({ column }) =>
  hasWord(column, 'version', 'release', 'build', 'firmware')
    ? reason('version', -6, 'The header speaks of a version')
    : null;

const databaseHeader = (column: ColumnEvidence): boolean => column.header.words.join(' ') === 'database';

/** "Database" is the product, unless another column says the product; then it names the row. */
export const productOfDatabase: Rule = ({ column, context }) =>
  databaseHeader(column) && context.subject === 'databases' && rowsOfDatabases(context.columns) === column
    ? reason('has_engine', -5.5, 'Another column names the database product')
    : null;

export const nameOfDatabase: Rule = ({ column, context }) => {
  if (!databaseHeader(column)) return null;
  return context.subject === 'databases' && rowsOfDatabases(context.columns) === column
    ? reason('has_engine', 2.2, 'Another column names the database product')
    : reason('product', -4, 'The header speaks of a database product');
};

/** The address of a database service is no machine. */
export const endpointOfService: Rule = ({ column, context }) =>
  hasWord(column, 'endpoint') && column.values.share('fqdn') > 0.6 && namesDatabases(context)
    ? reason('service', -2.8, 'The values are addresses of database services')
    : null;
