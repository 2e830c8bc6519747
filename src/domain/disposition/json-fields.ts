const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const space = 0x20;
const backslash = 0x5c;
const openList = 0x5b;
const closeList = 0x5d;
const openObject = 0x7b;
const closeObject = 0x7d;

/**
 * The JSON of some members of a flat object, by the places that their names have, without making the others. Members
 * are texts, numbers, yes or no, and lists of them; other texts are parsed as a whole.
 */
export function fieldsOfJson(
  json: string,
  places: ReadonlyMap<string, number>,
): readonly (string | undefined)[] {
  const fields = noFields(places);
  return scanned(json, places, fields) ? fields : parsed(json, places);
}

function noFields({ size }: ReadonlyMap<string, number>): (string | undefined)[] {
  const fields: (string | undefined)[] = [];
  fields.length = size;
  return fields;
}

function parsed(json: string, places: ReadonlyMap<string, number>): (string | undefined)[] {
  const fields = noFields(places);
  const values = JSON.parse(json) as Readonly<Record<string, unknown>>; // the caller's objects
  for (const [name, value] of Object.entries(values)) {
    const place = places.get(name);
    if (place !== undefined) fields[place] = JSON.stringify(value);
  }
  return fields;
}

/** Fills in the fields; false when the text is another than expected. */
function scanned(json: string, places: ReadonlyMap<string, number>, fields: (string | undefined)[]): boolean {
  if (json === '{}') return true;
  let at = json.charCodeAt(0) === openObject ? 1 : -1;
  while (at !== -1) {
    const nameEnd = endOfName(json, at);
    if (nameEnd === -1) return false;
    const start = behindSpace(json, nameEnd + 2);
    const end = endOfValue(json, start);
    if (end === -1) return false;
    const place = places.get(json.slice(at + 1, nameEnd));
    if (place !== undefined) fields[place] = json.slice(start, end);
    if (end === json.length - 1) return json.charCodeAt(end) === closeObject;
    at = json.charCodeAt(end) === comma ? behindSpace(json, end + 1) : -1;
  }
  return false;
}

/** The quote that ends the name that begins at `start`; -1 when no value follows. */
function endOfName(json: string, start: number): number {
  const end = json.charCodeAt(start) === quote ? json.indexOf('"', start + 1) : -1;
  return json.charCodeAt(end + 1) === colon ? end : -1;
}

function behindSpace(json: string, at: number): number {
  return json.charCodeAt(at) === space ? at + 1 : at;
}

/** Behind the value that begins at `start`; -1 when it is an object or has no end. */
function endOfValue(json: string, start: number): number {
  const first = json.charCodeAt(start);
  if (first === quote) return endOfText(json, start);
  if (first === openObject) return -1;
  if (first === openList) return endOfList(json, start);
  let at = start;
  while (at < json.length && json.charCodeAt(at) !== comma && json.charCodeAt(at) !== closeObject) at += 1;
  return at < json.length ? at : -1;
}

function endOfText(json: string, start: number): number {
  for (let end = json.indexOf('"', start + 1); end !== -1; end = json.indexOf('"', end + 1)) {
    let slashes = 0;
    while (json.charCodeAt(end - 1 - slashes) === backslash) slashes += 1;
    if (slashes % 2 === 0) return end + 1;
  }
  return -1;
}

function endOfList(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length) {
    const character = json.charCodeAt(at);
    if (character === closeList) return at + 1;
    if (character === openList || character === openObject) return -1;
    if (character === quote) {
      at = endOfText(json, at);
      if (at === -1) return -1;
    } else at += 1;
  }
  return -1;
}
