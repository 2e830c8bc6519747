import { canonicalWord } from './header-words';
import { octetUnit, unitWord } from './header-units';
import type { HeaderUnit } from './header-units';

/** A header taken apart. Words are folded, lower-case and in their common form. */
export interface ParsedHeader {
  readonly original: string;
  /** Words outside brackets, without the unit. */
  readonly words: readonly string[];
  /** Words in brackets that are not a unit. */
  readonly bracketWords: readonly string[];
  readonly unit: HeaderUnit | null;
  /** The number in `Disk 2 size`, null when there is none. */
  readonly index: number | null;
  /** Letters and digits of the header without brackets and unit, run together. */
  readonly compact: string;
}

/** Words whose digits belong to them. */
const wordsWithDigits =
  /^(?:ipv[46]|[5-8]r|l[1-4]|ec2|s3|db2|m365|o365|x86|x64|p95|sha\d+|win\d+|w2k\d*|f5|802|2fa|b2b|b2c|as400|pii|t\d|u\d|z\d)$/;

const foldedLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ł: 'l',
  å: 'a',
  '°': 'o',
};

/** Lower-risk folding: accents off, letter case kept. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[ßøæœł°]/g, (letter) => foldedLetters[letter] ?? letter);
}

const rewrites: readonly (readonly [RegExp, string])[] = [
  [/\uFEFF/g, ''],
  [/^\s*(?:(?:tags?|labels?)\s*[.:]|[A-Z][A-Z0-9-]+:|aws:)\s*(?=\S)/, ''],
  [/^\s*(?:Tags?|Labels?)\s*[.:]\s*(?=\S)/, ''],
  [/<br\s*\/?>/gi, ' '],
  [
    /(?<!asset|server|service|inventory|equipment|property|biomed|hardware|dell|aws|azure|cloud|user|resource|custom|vm)[_ -]tag$/i,
    '',
  ],
  [/\bo[./]s\.?(?![a-z])/gi, ' os '],
  [/\bs\/n\b/gi, ' serial number '],
  [/\bp\/n\b/gi, ' part number '],
  [/\bi\.p\./gi, ' ip '],
  [/([KMGT]i?B)(?:yte)?s?\s*(?:\/|per)\s*s(?:ec(?:ond)?s?)?\b/gi, ' $1ps '],
  [/([kmg])bit\s*(?:\/|per)\s*s(?:ec(?:ond)?s?)?\b/gi, ' $1bitps '],
  [/\b95\s*(?:th|\.|e)?\s*(?:percentile|perc|pctl|perzentil)\b/gi, ' p95 '],
  [/\b([5-8])[ -]?R(s?)\b/gi, ' $1r '],
  [/([kKtT])\s?€/g, ' keur '],
  [/[mM]\s?€/g, ' meur '],
  [/([kK])\s?\$/g, ' kusd '],
  [/([kK])\s?£/g, ' kgbp '],
  [/€/g, ' eur '],
  [/\$/g, ' usd '],
  [/£/g, ' gbp '],
  [/%/g, ' percent '],
  [/#|№/g, ' number '],
  [/&/g, ' and '],
  [/\bv(CPU|RAM|NIC|Disk|Core|Memory|Mem)(s?)/g, ' v$1$2 '],
  [/\bIPv([46])/g, ' ipv$1 '],
  [/([A-Za-z0-9])([KMGT]i[Bb])(?![a-z])/g, '$1 $2'],
  [/(ram|mem|memory|disk|size|storage|hdd|space|capacity|memoria|speicher)([kmgt]i?b)\b/gi, '$1 $2'],
];

/** Names whose capitals do not begin a new word. */
const ownCapitals =
  /(?:VMware|MySQL|PostgreSQL|MariaDB|MongoDB|NetBIOS|NetBios|ESXi|vSphere|vCenter|vMotion|vApp|vSAN|macOS|iLO|iDRAC|SaaS|PaaS|IaaS|DBaaS|DevOps|EoL|EoS|EoSL|GoLive|HyperV|OpenStack|SharePoint|ServiceNow|WebSphere|WebLogic|LanSweeper|GitHub|GitLab|PowerShell|SolarWinds|CrowdStrike|AppDynamics)(?![a-z])/g;

function lowerMarked(text: string): string {
  return text
    .replaceAll(ownCapitals, (name) => `${name.toLowerCase()} `)
    .replaceAll(/\bv(?:CPU|RAM|NIC|Disk|Core|Memory|Mem)s?/g, (word) => `${word.toLowerCase()} `)
    .replaceAll(/(?<![A-Z])([A-Z]{2,})s(?![a-z])/g, (_, letters: string) => ` ${letters.toLowerCase()}s `)
    .replaceAll(/[KMGT]i[Bb](?![a-z])/g, (word) => word.toLowerCase())
    .replaceAll(/[KMGT](?:Bps|bps|Hz)(?![a-z])/g, (word) => ` ${word.toLowerCase()} `);
}

/** Words of a text in their written form, folded and lower-case. */
function wordsOf(text: string): string[] {
  let marked = text;
  for (const [pattern, replacement] of rewrites) marked = marked.replace(pattern, replacement);
  return lowerMarked(marked)
    .replaceAll(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

interface Numbered {
  readonly words: string[];
  readonly index: number | null;
}

/** Takes running numbers off: `disk1`, `Name0`, `IP 2`. */
function withoutNumbers(words: readonly string[]): Numbered {
  const kept: string[] = [];
  let index: number | null = null;
  for (const word of words) {
    const parts = wordsWithDigits.test(word) ? null : /^(\p{L}*?)(\d+)$/u.exec(word);
    if (parts === null) {
      kept.push(word);
      continue;
    }
    index ??= Number(parts[2]);
    if (parts[1] !== undefined && parts[1] !== '') kept.push(parts[1]);
  }
  return kept.length === 0 ? { words: [...words], index: null } : { words: kept, index };
}

interface Measured {
  readonly words: string[];
  readonly unit: HeaderUnit | null;
}

/** A percent word inside the header (`CPU.UsagePct.Avg`) is a unit as well. */
function withoutInnerPercent(words: readonly string[]): Measured {
  const kept = words.filter((word) => unitWord(word, false)?.dimension !== 'share');
  const found = kept.length > 0 && kept.length < words.length;
  return found
    ? { words: kept, unit: unitWord('percent', false) ?? null }
    : { words: [...words], unit: null };
}

const unitConnectors = new Set(['in', 'en', 'em', 'per']);

function withoutTrailingUnit(words: readonly string[]): Measured | null {
  const unit = words.length < 2 ? undefined : unitWord(words.at(-1) ?? '', false);
  if (unit === undefined) return null;
  const kept = words.slice(0, -1);
  while (kept.length > 1 && unitConnectors.has(kept.at(-1) ?? '')) kept.pop();
  return { words: kept, unit };
}

function withoutLeadingUnit(words: readonly string[]): Measured | null {
  const unit = words.length < 2 ? undefined : unitWord(words[0] ?? '', false);
  const sign = unit?.dimension === 'share' || unit?.dimension === 'money';
  return unit !== undefined && sign ? { words: words.slice(1), unit } : null;
}

/** Takes a unit off the end, or a percent or currency sign off the start or the middle. */
function withoutUnit(words: readonly string[]): Measured {
  return withoutTrailingUnit(words) ?? withoutLeadingUnit(words) ?? withoutInnerPercent(words);
}

/** The unit in brackets, also behind "in" (`(In MB)`, `(in hours)`). */
function bracketUnit(words: readonly string[]): HeaderUnit | undefined {
  const meant = words.filter((word) => !unitConnectors.has(word));
  return meant.length === 1 ? unitWord(meant[0] ?? '', true) : unitWord(meant.join(''), true);
}

interface Bracketed {
  readonly outside: string;
  readonly inside: string[];
}

function splitBrackets(text: string): Bracketed {
  const inside: string[] = [];
  const outside = text
    .replaceAll(/\((s|es|n|e)\)/gi, '$1')
    .replaceAll(/\(([^()]*)\)|\[([^[\]]*)\]|\{([^{}]*)\}/g, (_, ...groups: (string | undefined)[]) => {
      inside.push(groups.slice(0, 3).find((group) => group !== undefined) ?? '');
      return ' ';
    });
  return { outside, inside };
}

/** Takes a header apart: words, unit, running number, brackets. */
export function parseHeader(header: string): ParsedHeader {
  const folded = fold(header).replace(/ \(\d+\)$/, '');
  const split = splitBrackets(folded);
  const hasOutside = /[\p{L}\p{N}]/u.test(split.outside);
  const outside = hasOutside ? split.outside : folded;
  let unit: HeaderUnit | null = octetUnit(folded) ?? null;
  const outsideText = unit === null ? outside : outside.replace(/[\s_][KMGT]o\s*$/, '');
  const bracketWords: string[] = [];
  for (const text of hasOutside ? split.inside : []) {
    const words = wordsOf(text);
    const found = bracketUnit(words);
    if (found !== undefined) unit = found;
    else bracketWords.push(...withoutNumbers(words).words);
  }
  const numbered = withoutNumbers(wordsOf(outsideText));
  const measured = withoutUnit(numbered.words);
  return {
    original: header,
    words: measured.words.map(canonicalWord),
    bracketWords: bracketWords.map(canonicalWord),
    unit: unit ?? measured.unit,
    index: numbered.index,
    compact: measured.words.join(''),
  };
}

/**
 * The form under which decisions about a header are remembered: folded words in lower case joined by blanks,
 * with unit, numbers and brackets kept, so that `RAM (MB)` and `ram_mb` are one and `RAM (GB)` is another.
 */
export function normaliseHeader(header: string): string {
  return wordsOf(fold(header).replace(/ \(\d+\)$/, '')).join(' ');
}
