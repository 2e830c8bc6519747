import {
  type BuildMeaning,
  linuxOfKernel,
  windowsOfBuild,
  windowsOfGeneration,
} from './operating-system-builds';
import {
  type OperatingSystemFamily,
  type OperatingSystemName,
  operatingSystemNames,
  releaseNames,
} from './operating-system-names';
import { group } from '../values/text';

/** What a text says about an operating system. The text itself is never replaced by this. */
export interface OperatingSystemReading {
  /** Key of the lifecycle catalogue where it knows the product (`windows-server`, `rhel`, `ibm-aix`). */
  readonly product: string;
  readonly family: OperatingSystemFamily;
  /** Product and version for people: `Windows Server 2012 R2`. */
  readonly name: string;
  /** Lower case (`2012 r2`, `7.9`, `12 sp5`); null when the text names none, or only a lower bound. */
  readonly version: string | null;
  /** Whether only a build or kernel number was given. */
  readonly fromBuild: boolean;
  /** False when a shared build or kernel number leaves room for another product. */
  readonly certain: boolean;
}

const architecture =
  /[([]?\b(?:(?:64|32)[\s-]?bits?|x86[_-]64|x64|x86|amd64|i[3-6]86|ia64|ppc64(?:le)?|s390x?|aarch64|arm64|sparc)\b[)\]]?/gi;
const lowerBound =
  /\bor (?:later|newer|higher|above)\b|oder (?:höher|neuer)|ou (?:supérieur|posterior)|\d\/\d/i;

/** Names stand at the beginning; bounds the work on hostile cells. */
const longestText = 300;

type VersionReader = (text: string) => string | null;

const versionReaders: Readonly<Record<OperatingSystemName['version'], VersionReader>> = {
  windows_server: windowsServerVersion,
  windows: windowsVersion,
  major_minor: (text) => /(?<![\d.])(\d{1,4}(?:\.\d{1,4}){0,3})/.exec(text)?.[1] ?? null,
  suse: suseVersion,
  sun: solarisVersion,
  aix: (text) =>
    /(\d{4}-\d{2}(?:-\d{2})?|\d\.\d(?:\.\d+){0,2}(?:\s*tl\s*\d+)?)/i.exec(text)?.[1]?.toLowerCase() ?? null,
  hpux: (text) => /(11i\s*v[123]|(?<!\d)1[01]\.\d{2}|11i)/i.exec(text)?.[1]?.toLowerCase() ?? null,
  vr: releaseVersion,
  plain: (text) => /(?<![\w.])v?(\d{1,3}(?:\.\d+){1,3})/i.exec(text)?.[1] ?? null,
};

function windowsServerVersion(text: string): string | null {
  const year = /(?<!\d)(2000|2003|2008|2012|2016|2019|2022|2025)(?!\d)/.exec(text)?.[1] ?? shortYear(text);
  if (year !== null) {
    return /r ?2\b/i.test(text.replace(/\bsp ?2/i, '')) ? `${year} r2` : year;
  }
  const release = /\b(1709|1803|1809|1903|1909|2004|20h2|23h2)\b/i.exec(text)?.[1];
  const nt = /\bnt\s*4/i.test(text) ? 'nt 4.0' : null;
  return release?.toLowerCase() ?? nt;
}

/** `W2K12`, `Win2k8`. */
function shortYear(text: string): string | null {
  const match = /\bw(?:in)?2k(\d{1,2})?\b/i.exec(text);
  return match === null ? null : `20${group(match, 1).padStart(2, '0')}`;
}

function windowsVersion(text: string): string | null {
  const match =
    /\b(?:win(?:dows)?)?\s*(11|10|8\.1|8|7|vista|xp)\b(?:.*?\b(\d{2}h[12]|1[5-9]\d{2}|2004)\b)?/i.exec(text);
  return match === null ? null : [match[1], match[2]].filter(Boolean).join(' ').toLowerCase();
}

function suseVersion(text: string): string | null {
  const match = /(?<![\d.])(\d{1,2}(?:\.\d)?)(?:.*?\b(?:sp|service ?pack)\s*(\d))?/i.exec(text);
  if (match === null) {
    return null;
  }
  return match[2] === undefined ? group(match, 1) : `${group(match, 1)} sp${match[2]}`;
}

/** SunOS 5.n is Solaris n. */
function solarisVersion(text: string): string | null {
  const sun = /(?<![\d.])5\.(\d{1,2}(?:\.\d+)?)/.exec(text)?.[1];
  return sun ?? /(?<![\d.])(1[01](?:\.\d)?|[6-9])(?![\d.])/.exec(text)?.[1] ?? null;
}

/** `V7R3`, `02.04.00`, `7.3`. */
function releaseVersion(text: string): string | null {
  const letters = /\bv(\d{1,2})\s*r(\d{1,2})/i.exec(text);
  if (letters !== null) {
    return `${Number(letters[1])}.${Number(letters[2])}`;
  }
  const dotted = /(?<![\d.])0?(\d{1,2})\.0?(\d{1,2})(?:\.\d+)?/.exec(text);
  return dotted === null ? null : `${Number(dotted[1])}.${Number(dotted[2])}`;
}

/**
 * The operating system that a text names, with its version from the same text or from the text of another column
 * (`Microsoft Windows Server` with `10.0.17763`). Null when it names none.
 */
export function readOperatingSystem(text: string, versionText = ''): OperatingSystemReading | null {
  const shortened = text.slice(0, longestText);
  return readShort(shortened, versionText.slice(0, longestText));
}

function readShort(text: string, versionText: string): OperatingSystemReading | null {
  const plain = text.replace(architecture, ' ');
  const known = operatingSystemNames.find((entry) => entry.pattern.test(plain));
  if (known === undefined) {
    return readNumberOnly(text);
  }
  const kernel = known.product === 'linux' ? (linuxOfKernel(text) ?? linuxOfKernel(versionText)) : null;
  if (kernel !== null) {
    return reading({ ...kernel, fromBuild: false });
  }
  if (known.family === 'windows') {
    return readWindows(known, plain, versionText);
  }
  const version = moreExact(
    versionIn(known, plain),
    versionIn(known, versionText.replace(architecture, ' ')),
  );
  return reading({ ...known, version, fromBuild: false, certain: true });
}

function versionIn(known: OperatingSystemName, text: string): string | null {
  const release = releaseNames.find(([pattern, product]) => product === known.product && pattern.test(text));
  if (release !== undefined) {
    return release[2];
  }
  return lowerBound.test(text) ? null : versionReaders[known.version](afterName(known, text));
}

/** What follows the name, or the whole text when nothing with a digit does. */
function afterName(known: OperatingSystemName, text: string): string {
  const match = known.pattern.exec(text);
  const rest = match === null ? text : text.slice(match.index);
  return /\d/.test(rest) ? rest : text;
}

/** The second version when it says more about the same release (`7` and `7.9`). */
function moreExact(own: string | null, other: string | null): string | null {
  if (own === null || other === null) {
    return own ?? other;
  }
  return other.startsWith(`${own}.`) || other.startsWith(`${own} `) ? other : own;
}

function readWindows(known: OperatingSystemName, text: string, versionText: string): OperatingSystemReading {
  const bound = lowerBound.test(text);
  const named = bound ? null : versionReaders[known.version](text);
  const build = named === null ? windowsBuildOf(known, text, versionText) : null;
  if (build !== null) {
    return reading({ ...build, fromBuild: false });
  }
  const version = named ?? windowsServerVersion(versionText) ?? windowsOfGeneration(versionText);
  return reading({ ...known, version: bound ? null : version, fromBuild: false, certain: true });
}

/** A server's name beside a build that only clients have is no answer. */
function windowsBuildOf(known: OperatingSystemName, text: string, versionText: string): BuildMeaning | null {
  const client = known.product === 'windows' && /\b(?:pro|home|professional)\b/i.test(text);
  const build = windowsOfBuild(text, client) ?? windowsOfBuild(versionText, client);
  if (known.product === 'windows' || build === null) {
    return build;
  }
  return build.product === known.product ? { ...build, certain: true } : null;
}

/** A build or kernel number alone. */
function readNumberOnly(text: string): OperatingSystemReading | null {
  const build = /^[\d.\s()]*(?:build\s*)?[\d.\s()]*$/i.test(text) ? windowsOfBuild(text, false) : null;
  const meaning = build ?? linuxOfKernel(text);
  return meaning === null ? null : reading({ ...meaning, fromBuild: true });
}

type ReadingParts = Omit<OperatingSystemReading, 'name'> & { readonly name: string };

function reading(parts: ReadingParts): OperatingSystemReading {
  const { product, family, version, fromBuild, certain } = parts;
  const shown =
    version === null
      ? ''
      : ` ${version.replace(/\b(?:r\d|sp\d|\d\dh\d|xp|nt)\b/g, (word) => word.toUpperCase())}`;
  return { product, family, name: `${parts.name}${shown}`, version, fromBuild, certain };
}
