import { versionBytes } from '../../db/bulk/binary-rows';
import { type NameTable, plainHashes } from '../../domain/dependencies/name-table';
import type { NameTables } from '../../domain/dependencies/resolve';

const lengthBytes = 4;
const quote = 0x22;
const bracket = 0x5b;
/** Fields of an asset behind its name: ids, then host name and FQDN, then addresses. */
const idFields = 4;
const hostFields = 2;

/** Where a field with its length before it ends. */
export function fieldEnd(page: Buffer, mark: number): number {
  return mark + lengthBytes + Math.max(0, page.readInt32BE(mark));
}

/**
 * Adds the names of the asset whose fields begin at `mark` to the tables by the bytes they are written in. False when
 * one of them is no plain name.
 */
export function addPlainNames(page: Buffer, mark: number, owner: number, tables: NameTables): boolean {
  let at = fieldEnd(page, mark);
  let isPlain = addHost(page, { start: mark + lengthBytes, end: at }, owner, tables);
  for (let field = 0; isPlain && field < idFields + hostFields; field += 1) {
    const text = quoted(page, at);
    at = fieldEnd(page, at);
    if (text === undefined) continue;
    isPlain = field < idFields ? addName(page, text, owner, tables.ids) : addHost(page, text, owner, tables);
  }
  return isPlain && addAddresses(page, at, owner, tables.addresses);
}

interface Part {
  readonly start: number;
  readonly end: number;
}

const notPlain: Part = { start: 0, end: 0 };

/** The text within the quotes of a JSON field; undefined for NULL, nothing for what is no text. */
function quoted(page: Buffer, mark: number): Part | undefined {
  const start = mark + lengthBytes + versionBytes;
  const end = fieldEnd(page, mark);
  if (end <= start) return undefined;
  return page[start] === quote ? { start: start + 1, end: end - 1 } : notPlain;
}

function addName(page: Buffer, { start, end }: Part, owner: number, table: NameTable): boolean {
  const hashes = plainHashes(page, start, end);
  if (hashes !== undefined) table.addHash(hashes.whole, owner);
  return hashes !== undefined;
}

function addHost(page: Buffer, { start, end }: Part, owner: number, tables: NameTables): boolean {
  const hashes = plainHashes(page, start, end);
  if (hashes === undefined) return false;
  tables.names.addHash(hashes.whole, owner);
  tables.hosts.addHash(hashes.host, owner);
  return true;
}

/** One address, or a list of them. */
function addAddresses(page: Buffer, mark: number, owner: number, table: NameTable): boolean {
  const text = quoted(page, mark);
  if (text !== notPlain) return text === undefined || addName(page, text, owner, table);
  const end = fieldEnd(page, mark);
  const first = mark + lengthBytes + versionBytes;
  if (page[first] !== bracket) return false;
  for (let at = page.indexOf(quote, first); at !== -1 && at < end; at = page.indexOf(quote, at)) {
    const close = page.indexOf(quote, at + 1);
    if (close === -1 || close >= end || !addName(page, { start: at + 1, end: close }, owner, table))
      return false;
    at = close + 1;
  }
  return true;
}
