import type { ProductLifecycle, VersionLifecycle } from './catalogue';

/** How a written version relates to the versions that are listed for its product. */
export type VersionMatch =
  | { readonly kind: 'exact'; readonly entry: VersionLifecycle }
  /** The text is coarser than the list: any of these may be meant. */
  | { readonly kind: 'several'; readonly entries: readonly VersionLifecycle[] }
  /** Not listed, but every listed version up to `next` is older. */
  | { readonly kind: 'before'; readonly older: readonly VersionLifecycle[]; readonly next: VersionLifecycle }
  | { readonly kind: 'none' };

type Rewrite = readonly [RegExp, string];

const generalRewrites: readonly Rewrite[] = [
  [/[®™_(),]+/g, ' '],
  [
    /\b(?:enterprise|standard|datacenter|professional|pro|home|express|developer|community|web|essentials|edition|server|lts|x64|x86|x86_64|amd64|(?:64|32)[ -]?bit|version|ver)\b/g,
    ' ',
  ],
  [/\bservice pack (\d)/g, 'sp$1'],
  [/\brelease (\d)/g, 'r$1'],
  [/\bv(\d+)r(\d+)(?:m\d+)?\b/g, '$1.$2'],
  [/(?<=\d)[ -]?(sp|r)[ -]?(\d)(?![\d.])/g, ' $1$2'],
  [/^\D+(?=\d)/, ''],
  [/\s+/g, ' '],
];

const suseRewrites: readonly Rewrite[] = [[/^(\d+) sp(\d)/, '$1.$2']];
const javaRewrites: readonly Rewrite[] = [
  [/^1\.([5-9])(?:\.\d+)?(?:[ .u-].*)?$/, '$1'],
  [/^(\d+)u\d+.*/, '$1'],
];

const productRewrites: Readonly<Record<string, readonly Rewrite[]>> = {
  'oracle-database': [
    [/^(\d+)(?:\.\d+)*\s*(?:ai|[gci])(?:\s*r)(\d)/, '$1.$2'],
    [/^(\d+)\s*(?:ai|[gci])(?= |$)/, '$1'],
    [/^(\d+) r(\d)/, '$1.$2'],
    // Release 26ai is release 23 under a new name.
    [/^26(?=$| |\.)/, '23'],
  ],
  sles: suseRewrites,
  opensuse: suseRewrites,
  'ibm-aix': [
    [/^(\d)(\d)00-0?(\d+).*/, '$1.$2.$3'],
    [/^(\d\.\d)(?:\.0)* ?(?:tl|technology level) ?0?(\d+).*/, '$1.$2'],
    [/^(\d\.\d)\.0\.\d+$/, '$1'],
  ],
  'z-os': [[/\b0(?=\d)/g, '']],
  'amazon-linux': [[/^(\d{4}\.\d\d)\..*/, '$1']],
  'hp-ux': [[/^11i\s*v?(\d).*/, '11i v$1']],
  weblogic: [
    [/^(\d+)\s*[gc]\s*r(\d)/, '$1c r$2'],
    [/^11g.*/, '11g'],
  ],
  // Every 4.x reports the version of its shared runtime, 4.0.30319.
  dotnetfx: [[/^4\.0\.30319.*/, '4']],
};
const javaProducts = new Set([
  'java',
  'oracle-jdk',
  'red-hat-build-of-openjdk',
  'amazon-corretto',
  'azul-zulu',
  'ibm-semeru',
  'microsoft-build-of-openjdk',
]);
/** Versions that begin with a word, which the general rules would cut off. */
const wordVersions = /\b(?:xp|vista|nt|subscription|lts[cb]\s+\d{4})\b/;

/** The version in the spelling of the catalogue: lower case, without edition words, releases as `r2` and `sp1`. */
export function canonicalVersion(product: string, version: string): string {
  const text = version.toLowerCase();
  const word = wordVersions.exec(text)?.[0];
  if (word !== undefined) return word.replace('ltsb', 'ltsc').replace(/\s+/g, ' ');
  const rewrites = javaProducts.has(product) ? javaRewrites : (productRewrites[product] ?? []);
  let result = text;
  for (const [pattern, replacement] of [...generalRewrites, ...rewrites]) {
    result = result.trim().replace(pattern, replacement);
  }
  return result.trim().replace(/\.+$/, '');
}

/** The text without its last word or, in a single word, without its last numeric part. */
function parentOf(version: string): string | null {
  const space = version.lastIndexOf(' ');
  if (space > 0) return version.slice(0, space);
  const dot = Math.max(version.lastIndexOf('.'), version.lastIndexOf('-'));
  return dot > 0 ? version.slice(0, dot) : null;
}

function numbersOf(version: string): readonly number[] | null {
  return /^\d+(?:\.\d+)*$/.test(version) ? version.split('.').map(Number) : null;
}

function compareNumbers(left: readonly number[], right: readonly number[]): number {
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The listed versions of one product, made ready for look-ups. */
export class VersionIndex {
  private readonly bySpelling = new Map<string, VersionLifecycle>();
  private readonly numbered: readonly { readonly numbers: readonly number[]; entry: VersionLifecycle }[];

  constructor(private readonly lifecycle: ProductLifecycle) {
    for (const entry of lifecycle.versions) {
      for (const spelling of entry.also ?? []) this.bySpelling.set(spelling.toLowerCase(), entry);
    }
    for (const entry of lifecycle.versions) this.bySpelling.set(entry.version.toLowerCase(), entry);
    this.numbered = lifecycle.versions.flatMap((entry) => {
      const numbers = numbersOf(entry.version);
      return numbers ? [{ numbers, entry }] : [];
    });
  }

  match(version: string): VersionMatch {
    const wanted = canonicalVersion(this.lifecycle.product, version);
    if (wanted === '') return { kind: 'none' };
    const exact = this.exactOrParent(wanted);
    if (exact) return { kind: 'exact', entry: exact };
    const entries = this.finerThan(wanted);
    if (entries.length > 0) return { kind: 'several', entries };
    return this.before(wanted);
  }

  private exactOrParent(wanted: string): VersionLifecycle | undefined {
    for (let text: string | null = wanted; text !== null; text = parentOf(text)) {
      const entry = this.bySpelling.get(text);
      if (entry) return text === wanted || !this.isBeyondSiblings(wanted, text) ? entry : undefined;
    }
    return undefined;
  }

  /** Whether `wanted` is newer than every listed `parent.x`: then the parent's dates are not its dates. */
  private isBeyondSiblings(wanted: string, parent: string): boolean {
    const numbers = numbersOf(wanted);
    const siblings = this.numbered.filter(({ entry }) => entry.version.startsWith(`${parent}.`));
    if (!numbers || siblings.length === 0) return false;
    return siblings.every((sibling) => compareNumbers(sibling.numbers, numbers) < 0);
  }

  private finerThan(wanted: string): readonly VersionLifecycle[] {
    const found = new Set<VersionLifecycle>();
    for (const [spelling, entry] of this.bySpelling) {
      if (spelling.startsWith(`${wanted}.`) || spelling.startsWith(`${wanted} `)) found.add(entry);
    }
    return [...found];
  }

  private before(wanted: string): VersionMatch {
    const numbers = numbersOf(wanted) ?? numbersOf(wanted.split(' ')[0] ?? '');
    if (!numbers) return { kind: 'none' };
    // Years and small numbers (Windows 2000 and 11) are two ways of counting and cannot be compared.
    const isYear = (numbers[0] ?? 0) >= 1000;
    const comparable = this.numbered.filter((candidate) => (candidate.numbers[0] ?? 0) >= 1000 === isYear);
    const newer = comparable.filter((candidate) => compareNumbers(candidate.numbers, numbers) > 0);
    newer.sort((left, right) => compareNumbers(left.numbers, right.numbers));
    const next = newer[0]?.entry;
    if (!next) return { kind: 'none' };
    const older = comparable.filter((candidate) => compareNumbers(candidate.numbers, numbers) < 0);
    return { kind: 'before', older: older.map(({ entry }) => entry), next };
  }
}
