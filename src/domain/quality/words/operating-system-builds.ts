/** A build or kernel number that stands for an operating system. */
export interface BuildMeaning {
  readonly product: string;
  readonly family: 'windows' | 'linux';
  readonly name: string;
  readonly version: string;
  /** Whether the number belongs to this product alone (server and client share some, rebuilds share kernels). */
  readonly certain: boolean;
}

/** Server releases by build number, from Microsoft's "Windows Server release information". */
const serverBuilds: ReadonlyMap<number, readonly [version: string, certain: boolean]> = new Map([
  [26100, ['2025', false]],
  [25398, ['23h2', true]],
  [20348, ['2022', true]],
  [17763, ['2019', false]],
  [14393, ['2016', false]],
  [9600, ['2012 r2', false]],
  [9200, ['2012', false]],
  [7601, ['2008 r2', false]],
  [7600, ['2008 r2', false]],
  [6003, ['2008', true]],
  [6002, ['2008', false]],
  [6001, ['2008', false]],
  [3790, ['2003', false]],
  [2195, ['2000', false]],
]);

/** Client releases by build number, from Microsoft's "Windows 10" and "Windows 11 release information". */
const clientBuilds: ReadonlyMap<number, string> = new Map([
  [26200, '11 25h2'],
  [26100, '11 24h2'],
  [22631, '11 23h2'],
  [22621, '11 22h2'],
  [22000, '11 21h2'],
  [19045, '10 22h2'],
  [19044, '10 21h2'],
  [19043, '10 21h1'],
  [19042, '10 20h2'],
  [19041, '10 2004'],
  [18363, '10 1909'],
  [18362, '10 1903'],
  [17763, '10 1809'],
  [17134, '10 1803'],
  [16299, '10 1709'],
  [15063, '10 1703'],
  [14393, '10 1607'],
  [10586, '10 1511'],
  [10240, '10 1507'],
  [9600, '8.1'],
  [9200, '8'],
  [7601, '7'],
  [7600, '7'],
  [2600, 'xp'],
]);

const windowsBuild =
  /(?<![\d.])(?:10\.0|6\.[0-3]|5\.[0-2])(?:\.(\d{4,5})|\s*\(?(?:build\s*)?(\d{4,5})\)?)(?!\d)/i;
const bareBuild = /\bbuild\s*(\d{4,5})\b/i;
const windowsGeneration = /^(?:nt\s*)?(6\.[0-3]|5\.[02])$/i;
const generations: Readonly<Record<string, string>> = {
  '6.3': '2012 r2',
  '6.2': '2012',
  '6.1': '2008 r2',
  '6.0': '2008',
  '5.2': '2003',
  '5.0': '2000',
};

/** The Windows release of a version or build number; `client` says that the machine is no server. */
export function windowsOfBuild(text: string, client: boolean): BuildMeaning | null {
  const match = windowsBuild.exec(text) ?? bareBuild.exec(text);
  const build = Number(match?.[1] ?? match?.[2] ?? Number.NaN);
  const server = client ? undefined : serverBuilds.get(build);
  if (server !== undefined) {
    return windows('windows-server', 'Windows Server', server[0], server[1]);
  }
  const release = clientBuilds.get(build);
  return release === undefined ? null : windows('windows', 'Windows', release, true);
}

/** The server release of a bare `6.3`; meaningful only beside the name of Windows. */
export function windowsOfGeneration(text: string): string | null {
  const match = windowsGeneration.exec(text.trim());
  return match === null ? null : (generations[match[1] ?? ''] ?? null);
}

function windows(product: string, name: string, version: string, certain: boolean): BuildMeaning {
  return { product, family: 'windows', name, version, certain };
}

const kernels: readonly (readonly [RegExp, string, string, boolean])[] = [
  [/\bel(\d{1,2})(?:_\d+)?uek\b/i, 'oracle-linux', 'Oracle Linux', true],
  [/[.-]el(\d{1,2})(?:[._]|\b)/i, 'rhel', 'Enterprise Linux', false],
  [/\bamzn(\d{1,4})\b/i, 'amazon-linux', 'Amazon Linux', true],
  [/\bfc(\d{1,2})\b/i, 'fedora', 'Fedora', true],
  [/[-+~.]deb(\d{1,2})(?:u\d+)?\b/i, 'debian', 'Debian', true],
  [/\bph(\d)\b/i, 'vmware-photon', 'VMware Photon OS', true],
];
const kernelShape = /\b[2-6]\.\d{1,2}(?:\.\d+)?-/;

/** The distribution of a Linux kernel release (`3.10.0-1160.el7.x86_64`); rebuilds share the kernels of RHEL. */
export function linuxOfKernel(text: string): BuildMeaning | null {
  if (!kernelShape.test(text)) {
    return null;
  }
  for (const [pattern, product, name, certain] of kernels) {
    const version = pattern.exec(text)?.[1];
    if (version !== undefined) {
      return { product, family: 'linux', name, version, certain };
    }
  }
  return null;
}
