import {
  type Client,
  type Connection,
  escapeLiteral,
  Query,
  type QueryConfig,
  type QueryResult,
  type Submittable,
} from 'pg';
import { copyArray } from '../bulk/copy-text';

/** What a statement answers; `Row` is a row with its columns as the server names them. */
export type Answer = QueryResult<Record<string, unknown>>;

/**
 * Statements that go ahead of the next one on their connection, in its message: a round trip takes more of this
 * process and of the server than a small statement does. An error of theirs is the error of that message.
 */
const waiting = new WeakMap<Client, string[]>();

/** Has a statement without bindings go with the next message of a connection. It must not answer rows. */
export function sendAhead(connection: Client, text: string): void {
  const texts = waiting.get(connection);
  if (texts === undefined) waiting.set(connection, [text]);
  else texts.push(text);
}

/** What still waits on a connection. Whoever takes it sends it, in this order, or gives the transaction up. */
export function takeAhead(connection: Client): readonly string[] {
  const texts = waiting.get(connection) ?? [];
  waiting.delete(connection);
  return texts;
}

/** Sends what waits by itself, for a caller that is going to use the connection in ways of its own. */
export async function flushAhead(connection: Client): Promise<void> {
  const texts = takeAhead(connection);
  if (texts.length > 0) await connection.query(texts.join('; '));
}

/** Runs a statement behind those that wait for it, in one message. */
export function queryBehind(connection: Client, query: QueryConfig<unknown[]>): Promise<Answer> {
  const ahead = takeAhead(connection);
  if (ahead.length > 0) return new Message(ahead, query).sendOn(connection);
  if (query.name !== undefined) return connection.query<Record<string, unknown>>(query);
  return connection.query<Record<string, unknown>>(query.text, query.values);
}

/** A value as it stands in the text of a statement; its type is the one that its place there asks for. */
export function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return textLiteral(value);
  if (isTexts(value)) return textLiteral(copyArray(value));
  if (typeof value === 'number' || typeof value === 'boolean') return `'${value}'`;
  if (value instanceof Date) return `'${value.toISOString()}'`;
  throw new TypeError(`A value of type ${typeof value} cannot stand in the text of a statement`);
}

function textLiteral(text: string): string {
  if (text.includes('\u0000')) throw new TypeError('A text with NUL cannot stand in a statement');
  return escapeLiteral(text);
}

function isTexts(value: unknown): value is readonly (string | null)[] {
  return Array.isArray(value) && value.every((one) => one === null || typeof one === 'string');
}

/** The driver's own query, with what it keeps from its type: how it is told of the server's answers. */
interface Answered {
  callback: (error: Error | null | undefined, answer: Answer) => void;
  /** Where the driver leaves the parsers of values. */
  readonly _result: object;
  handleRowDescription(message: unknown): void;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, connection: Connection): void;
  handleEmptyQuery(connection: Connection): void;
  handleError(error: Error, connection: Connection): void;
  handleReadyForQuery(connection: Connection): void;
}

/** What the driver knows of the named statements of a connection. */
interface KnownStatements {
  readonly parsedStatements: Record<string, string>;
  readonly submittedNamedStatements: Record<string, string>;
}

/**
 * Several statements under one Sync of the protocol: the server answers them together, and after an error passes
 * over the rest. Only the last one's answer is kept.
 */
class Message implements Submittable {
  /** Ends of statements that are still to come before the last one's own. */
  private endsAhead: number;
  private readonly last: Query & Answered;

  constructor(
    private readonly ahead: readonly string[],
    private readonly query: QueryConfig<unknown[]>,
  ) {
    this.endsAhead = ahead.length;
    // Not the simple protocol, in which a statement is a message of its own.
    const config = { ...query, queryMode: 'extended' };
    this.last = new Query(config) as Query & Answered; // the members are there, the types leave them out
  }

  sendOn(client: Client): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.last.callback = (error, answer) => {
        if (error) {
          // The driver cannot tell which of the named statements the server has kept.
          if (this.query.name !== undefined) giveUp(client, 'a message with a named statement failed');
          Error.captureStackTrace(error); // else it leads to the socket instead of the caller
          reject(error);
        } else resolve(answer);
      };
      client.query(this);
    });
  }

  get _result(): object {
    return this.last._result;
  }

  /** The driver sets one when there is a limit of time for answers. */
  get callback(): Answered['callback'] {
    return this.last.callback;
  }

  set callback(callback: Answered['callback']) {
    this.last.callback = callback;
  }

  submit(connection: Connection): void {
    connection.stream.cork();
    try {
      for (const text of this.ahead) {
        connection.parse({ name: '', text, types: [] }, true);
        connection.bind({}, true);
        connection.execute({}, true);
      }
      const refusal: unknown = this.last.submit(connection);
      if (refusal instanceof Error) throw refusal;
    } catch (error) {
      // Half a message is on its way, and the server would wait for the rest.
      connection.stream.destroy(error instanceof Error ? error : undefined);
    } finally {
      connection.stream.uncork();
    }
  }

  handleRowDescription(message: unknown): void {
    this.last.handleRowDescription(message); // only the last one is described
  }

  handleDataRow(message: unknown): void {
    if (this.endsAhead === 0) this.last.handleDataRow(message);
  }

  handleCommandComplete(message: unknown, connection: Connection): void {
    if (this.endsAhead > 0) this.endsAhead -= 1;
    else this.last.handleCommandComplete(message, connection);
  }

  handleEmptyQuery(connection: Connection): void {
    this.last.handleEmptyQuery(connection);
  }

  handleError(error: Error, connection: Connection): void {
    this.last.handleError(error, connection);
  }

  handleReadyForQuery(connection: Connection & Partial<KnownStatements>): void {
    const { name, text } = this.query;
    const { parsedStatements: parsed, submittedNamedStatements: submitted } = connection;
    if (name !== undefined && parsed !== undefined && submitted !== undefined) {
      parsed[name] = text;
      delete submitted[name];
    }
    this.last.handleReadyForQuery(connection);
  }
}

/** Has the connection closed instead of lent again when its transaction ends. */
export function giveUp(connection: Client, reason: string): void {
  Object.assign(connection, { __knex__disposed: reason }); // what knex looks at before it lends a connection
}
