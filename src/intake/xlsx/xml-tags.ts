import { workbookRefusal } from './workbook-refusal';
import { resolveReferences } from './xml-characters';

/** A tag of a small XML part; names are without namespace prefix. */
export interface XmlTag {
  readonly name: string;
  readonly kind: 'open' | 'close' | 'empty';
  readonly attributes: ReadonlyMap<string, string>;
}

/** Tags of workbook parts are short; a longer one is an attack. */
const maxTagCharacters = 64 * 1024;
const attributePattern = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/gu;
const noAttributes: ReadonlyMap<string, string> = new Map();

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

function behind(text: string, mark: string, from: number, part: string): number {
  const at = text.indexOf(mark, from);
  if (at < 0) throw workbookRefusal('damaged', part);
  return at + mark.length;
}

/** Passes over a comment, a processing instruction or character data. */
function passMarkup(text: string, at: number, part: string): number {
  if (text.startsWith('<?', at)) return behind(text, '?>', at, part);
  if (text.startsWith('<!--', at)) return behind(text, '-->', at + 4, part);
  if (text.startsWith('<![CDATA[', at)) return behind(text, ']]>', at, part);
  throw workbookRefusal('document_type', part);
}

function tagEnd(text: string, at: number, part: string): number {
  let quote = '';
  const limit = Math.min(text.length, at + maxTagCharacters);
  for (let end = at; end < limit; end += 1) {
    const character = text.charAt(end);
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '>') return end;
    else if (character === '"' || character === "'") quote = character;
  }
  throw workbookRefusal('damaged', part);
}

function readAttributes(text: string, part: string): ReadonlyMap<string, string> {
  if (!text.includes('=')) return noAttributes;
  const attributes = new Map<string, string>();
  for (const [, name = '', double, single] of text.matchAll(attributePattern)) {
    attributes.set(localName(name), resolveReferences(double ?? single ?? '', part));
  }
  return attributes;
}

function readTag(inside: string, part: string): XmlTag {
  const isClose = inside.startsWith('/');
  const isEmpty = inside.endsWith('/');
  const text = inside.slice(isClose ? 1 : 0, isEmpty ? -1 : inside.length);
  const name = /^[^\s]*/u.exec(text)?.[0] ?? '';
  let kind: XmlTag['kind'] = 'open';
  if (isClose) kind = 'close';
  else if (isEmpty) kind = 'empty';
  return { name: localName(name), kind, attributes: readAttributes(text.slice(name.length), part) };
}

/** The tags of an XML part in document order. Throws UPLOAD_006 for a document type and for what is not XML. */
export function* xmlTags(text: string, part: string): Generator<XmlTag> {
  let at = text.indexOf('<');
  while (at >= 0) {
    const next = text.charAt(at + 1);
    if (next === '!' || next === '?') at = passMarkup(text, at, part);
    else {
      const end = tagEnd(text, at, part);
      yield readTag(text.slice(at + 1, end), part);
      at = end + 1;
    }
    at = text.indexOf('<', at);
  }
}
