import { type ProductKind, type ProductName, productNames } from './product-names';
import { group } from '../values/text';

/** A database, runtime or middleware that a text names. */
export interface ProductReading {
  readonly kind: ProductKind;
  /** Key of the lifecycle catalogue where it knows the product. */
  readonly product: string;
  readonly name: string;
  /** As people write it, lower case (`2012`, `11g`, `9.6`, `8`); null when the text names none. */
  readonly version: string | null;
}

/** What may stand between a name and its version. */
const gap =
  '^[\\s,:(/_-]*(?:(?:version|ver|v|release|rel|r|edition|server|se|ee|enterprise|standard|express|developer|community|web|datacenter|std|ent)\\b[\\s.,:(-]*){0,3}';
const dotted = new RegExp(
  `${gap}v?(\\d{1,4}(?:\\.(?:\\d{1,6}|x)){0,3}(?:[ _-]?(?:r\\d|sp ?\\d|u\\d{1,3}))?)(?![\\d])`,
  'i',
);
const oracle = new RegExp(
  `${gap}v?(\\d{1,2}(?:\\.\\d{1,2}){0,4}\\s?(?:[gic]|ai)?(?:\\s?(?:r|release )\\s?\\d)?)(?![\\w.])`,
  'i',
);
const sqlYear = new RegExp(
  `${gap}(2000|2005|2008|2012|2014|2016|2017|2019|2022|2025)(?:\\s?(r2))?(?:\\s?(sp\\s?\\d))?`,
  'i',
);
const sqlBuild = new RegExp(`${gap}(8|9|10|11|12|13|14|15|16|17)\\.(\\d{1,2})\\.\\d+`, 'i');
const javaVersion = new RegExp(`${gap}(?:1\\.)?(\\d{1,2})(?:[._u]\\d+)*`, 'i');
const releaseLetters = new RegExp(`${gap}v(\\d{1,2})\\.?r(\\d{1,2})`, 'i');

/** Years of SQL Server by the first number of its builds. */
const sqlYears: Readonly<Record<string, string>> = {
  '8': '2000',
  '9': '2005',
  '10': '2008',
  '11': '2012',
  '12': '2014',
  '13': '2016',
  '14': '2017',
  '15': '2019',
  '16': '2022',
  '17': '2025',
};

const readers: Readonly<Record<ProductName['version'], (rest: string) => string | null>> = {
  dotted: (rest) => lower(dotted.exec(rest)?.[1]),
  oracle: (rest) => lower(oracle.exec(rest)?.[1]?.replace(/\s+/g, '')),
  sql_server: sqlServerVersion,
  java: (rest) => lower(javaVersion.exec(rest)?.[1]),
  vr: (rest) => {
    const letters = releaseLetters.exec(rest);
    return letters === null ? lower(dotted.exec(rest)?.[1]) : `${group(letters, 1)}.${group(letters, 2)}`;
  },
  none: () => null,
};

function lower(text: string | undefined): string | null {
  return text === undefined ? null : text.toLowerCase().replace(/\s+/g, ' ').trim();
}

function sqlServerVersion(rest: string): string | null {
  const year = sqlYear.exec(rest);
  if (year !== null) {
    const parts = [year[1], year[2], year[3]?.replace(/\s/g, '')];
    return parts
      .filter((part) => part !== undefined)
      .join(' ')
      .toLowerCase();
  }
  const build = sqlBuild.exec(rest);
  const name = sqlYears[build?.[1] ?? ''];
  return name === undefined ? null : `${name}${build?.[2]?.startsWith('5') && name === '2008' ? ' r2' : ''}`;
}

const longestText = 500;

/**
 * Every database, runtime and middleware that a text names, each once, in the order of the text. Words of a name
 * that was read do not count for another (`Oracle WebLogic` is no database).
 */
export function readProduct(text: string): readonly ProductReading[] {
  let rest = text.slice(0, longestText);
  const found: { at: number; reading: ProductReading }[] = [];
  for (const known of productNames) {
    const match = known.pattern.exec(rest);
    if (match !== null) {
      const end = match.index + match[0].length;
      const version = readers[known.version](rest.slice(end));
      const { kind, product, name } = known;
      found.push({ at: match.index, reading: { kind, product, name, version } });
      rest = rest.slice(0, match.index) + '\u0001'.repeat(match[0].length) + rest.slice(end);
    }
  }
  return found.sort((a, b) => a.at - b.at).map(({ reading }) => reading);
}
