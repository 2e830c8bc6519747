import type { Knex } from 'knex';
import type { QueryConfig } from 'pg';
import { type Answer, giveUp, literal, queryBehind, sendAhead } from './ahead';
import { heldConnection } from './connection';
import { withCarried } from '../bulk/landing';
import { camelRow } from '../bulk/rows';

/** Values by name; `:name` stands for them in the statement. A missing value is NULL. JSON is given as text. */
export type Bindings = Readonly<Record<string, unknown>>;

/** A statement that every connection plans once, under its name. */
export interface Prepared {
  readonly name: string;
  readonly sql: string;
}

const preparedNames = new Map<string, string>();

/**
 * Names a small statement that runs for every batch or step, so that each connection parses and plans it once. Only
 * for statements whose best plan is the same for every tenant, such as look-ups by key: the plan outlives the values
 * that it was made with. A prepared statement belongs to one server connection; see docs/operations.md for poolers.
 */
export function prepare(name: string, sql: string): Prepared {
  const known = preparedNames.get(name);
  if (known !== undefined && known !== sql) throw new Error(`Two statements are named ${name}`);
  preparedNames.set(name, sql);
  return { name, sql };
}

type Statement = string | Prepared;

interface Compiled {
  readonly text: string;
  readonly names: readonly string[];
}

/** `:name`, but neither the type of a cast (`::uuid`) nor a time within quotes (`12:30`). */
const placeholder = /(?<![:\w]):([a-zA-Z]\w*)/g;
const compiled = new Map<string, Compiled>();
const compiledLimit = 2_000;

/** knex reads `:id::uuid` as an identifier and every `?` as a binding, so names are numbered here. */
function compile(sql: string): Compiled {
  const known = compiled.get(sql);
  if (known !== undefined) return known;
  const names: string[] = [];
  const text = sql.replace(placeholder, (_, name: string) => {
    if (!names.includes(name)) names.push(name);
    return `$${names.indexOf(name) + 1}`;
  });
  const statement = { text, names };
  if (compiled.size < compiledLimit) compiled.set(sql, statement);
  return statement;
}

/** A statement as pg takes it. */
export type RunnableQuery = QueryConfig & { values: unknown[] };

export function toQuery(statement: Statement, bindings: Bindings): RunnableQuery {
  const isPrepared = typeof statement !== 'string';
  const { text, names } = compile(isPrepared ? statement.sql : statement);
  const values = names.map((name) => {
    if (!(name in bindings)) throw new Error(`A statement names :${name}, which has no value`);
    return bindings[name] ?? null;
  });
  return isPrepared ? { name: statement.name, text, values } : { text, values };
}

/** With the rows of small landing tables that it reads; it is not the prepared statement any more then. */
function carrying(trx: Knex.Transaction, query: RunnableQuery): RunnableQuery {
  const values = [...query.values];
  const text = withCarried(trx, query.text, (array) => `$${values.push(array)}`);
  return text === query.text ? query : { text, values };
}

async function run(trx: Knex.Transaction, statement: Statement, bindings: Bindings): Promise<Answer> {
  const query = carrying(trx, toQuery(statement, bindings));
  const connection = await heldConnection(trx);
  try {
    return await queryBehind(connection, query);
  } catch (error) {
    if (isOutdatedPlan(error)) giveUp(connection, 'one of its prepared statements is outdated');
    throw error;
  }
}

/** A migration changed what the statement answers; this connection would refuse it for ever. */
function isOutdatedPlan(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '0A000';
}

/** All rows of a statement, keys in camel case. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- each caller names the shape of its own statement
export async function queryRows<Row>(
  trx: Knex.Transaction,
  sql: Statement,
  bindings: Bindings,
): Promise<Row[]> {
  const { rows } = await run(trx, sql, bindings);
  return rows.map((row) => camelRow<Row>(row));
}

/** The first row of a statement, or undefined when there is none. */
export async function queryFirst<Row>(
  trx: Knex.Transaction,
  sql: Statement,
  bindings: Bindings,
): Promise<Row | undefined> {
  const [row] = await queryRows<Row>(trx, sql, bindings);
  return row;
}

/** The one row of a statement that always answers one. */
export async function queryOne<Row>(trx: Knex.Transaction, sql: Statement, bindings: Bindings): Promise<Row> {
  const row = await queryFirst<Row>(trx, sql, bindings);
  if (row === undefined) throw new Error('A statement that always answers a row answered none');
  return row;
}

/** Runs a statement and returns how many rows it wrote. */
export async function execute(trx: Knex.Transaction, sql: Statement, bindings: Bindings): Promise<number> {
  const { rowCount } = await run(trx, sql, bindings);
  return rowCount ?? 0;
}

/**
 * Has a statement go with the next one of its transaction, or with the commit, in one message. For small writes whose
 * outcome nobody looks at: an error of theirs is met there, and rolls back the same transaction.
 */
export async function executeLater(trx: Knex.Transaction, sql: string, bindings: Bindings): Promise<void> {
  const { text, values } = carrying(trx, toQuery(sql, bindings));
  const told = text.replace(/\$(\d+)/g, (_, position: string) => literal(values[Number(position) - 1]));
  sendAhead(await heldConnection(trx), told);
}
