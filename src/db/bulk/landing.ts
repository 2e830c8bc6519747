import { copyArray, decodeRows } from './copy-text';

/** A temporary table that is made when there is none, and is empty after the transaction. */
export interface LandingTable {
  readonly table: string;
  /** With their types, as `create table` takes them. */
  readonly columns: string;
}

/** Rows of a landing table that travel with each statement that names it: its columns as array literals of texts. */
interface CarriedRows {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly arrays: readonly string[];
}

const carried = new WeakMap<object, Map<string, CarriedRows>>();

/**
 * Keeps few rows, as COPY would take them, for the statements of the transaction that read the landing table: making
 * the table, filling it and emptying it costs more than sending them with the statement.
 */
export function carryRows(trx: object, { table, columns }: LandingTable, copyText: string): number {
  const declared = columnsOf(columns);
  const rows = decodeRows(copyText);
  const arrays = declared.map((_, column) => copyArray(rows.map((row) => row[column] ?? null)));
  const tables = carried.get(trx) ?? new Map<string, CarriedRows>();
  carried.set(trx, tables.set(table, { columns: declared, arrays }));
  return rows.length;
}

/** From now on the landing table is a real one. */
export function dropCarried(trx: object, table: string): void {
  carried.get(trx)?.delete(table);
}

/** A statement with the carried rows that it names; `bind` answers what stands for one of their arrays in it. */
export function withCarried(trx: object, text: string, bind: (array: string) => string): string {
  const tables = carried.get(trx);
  if (tables === undefined || tables.size === 0) return text;
  const parts: string[] = [];
  for (const [table, rows] of tables) {
    if (text.includes(table)) parts.push(relation(table, rows, bind));
  }
  if (parts.length === 0) return text;
  const [head = ''] = leadingWith.exec(text) ?? [];
  if (head === '') return `with ${parts.join(', ')} ${text}`;
  return `${head} ${parts.join(', ')}, ${text.slice(head.length)}`;
}

const leadingWith = /^\s*with(?:\s+recursive)?(?=\s)/i;

function relation(table: string, { columns, arrays }: CarriedRows, bind: (array: string) => string): string {
  const values = columns.map(({ name, type }, at) => `(t.c${at})::${type} as ${name}`).join(', ');
  const sources = arrays.map((array) => `${bind(array)}::text[]`).join(', ');
  const names = columns.map((_, at) => `c${at}`).join(', ');
  return `${table} as materialized (select ${values} from unnest(${sources}) as t(${names}))`;
}

const declarations = new Map<string, CarriedRows['columns']>();

/** `id uuid, "values" jsonb, cost numeric(12, 2)` by name and type. */
function columnsOf(text: string): CarriedRows['columns'] {
  const known = declarations.get(text);
  if (known !== undefined) return known;
  const columns = text.split(/,(?![^(]*\))/).map((declaration) => {
    const [, name = '', type = ''] = /^\s*("[^"]+"|\w+)\s+(.+?)\s*$/s.exec(declaration) ?? [];
    if (type === '') throw new Error(`A landing table declares a column as ${declaration}`);
    return { name, type };
  });
  declarations.set(text, columns);
  return columns;
}
