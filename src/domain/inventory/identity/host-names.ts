/** A host with its domain, lower case; `domain` is null when it is not known. */
export interface HostName {
  readonly host: string;
  readonly domain: string | null;
}

const label = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;
const domainShape = /^[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*$/;
const numbersOnly = /^[\d._-]+$/;

/** Names that installers give; many machines have them. */
const junkHosts: ReadonlySet<string> = new Set(
  (
    'localhost|localhost4|localhost6|unknown|none|null|na|template|default|host|hostname|server|servername|ubuntu|debian|centos|redhat|rhel|kali|fedora|' +
    'photon-machine|photon|raspberrypi|linux|windows|windows10|changeme|change-me|test|new|vm|virtualmachine|computer|pc|desktop|laptop|minint|admin|root|' +
    'user|undefined|tbd|missing|node|bogon|oracle|sles|suse|router|switch|firewall|printer|esxi|esx|master|worker|dummy|not-set|noname|no-name|clone'
  ).split('|'),
);
/** Domains that say nothing about where a host is. */
const emptyDomains: ReadonlySet<string> = new Set(
  'local|localdomain|lan|home|workgroup|internal|intern|invalid|mshome.net|localdomain.localdomain|domain|example|none|unknown|default|domain.local|home.arpa'.split(
    '|',
  ),
);

/** Reads a host name, with or without a domain; null when the text names no particular host, or is an address. */
export function readHostName(text: string): HostName | null {
  const lower = text.trim().toLowerCase();
  const dot = lower.indexOf('.');
  if (dot === -1) return isHostLabel(lower) ? { host: lower, domain: null } : null;
  const host = lower.slice(0, dot);
  if (!isHostLabel(host)) return null;
  const domain = lower.slice(dot + 1, lower.endsWith('.') ? -1 : undefined);
  if (domain !== '' && !domainShape.test(domain)) return null;
  return { host, domain: domain === '' || emptyDomains.has(domain) ? null : domain };
}

function isHostLabel(host: string): boolean {
  return host.length > 1 && label.test(host) && !numbersOnly.test(host) && !junkHosts.has(host);
}

/** Whether a text is a name that installers give, so that many machines have it. */
export function isJunkHost(text: string): boolean {
  return junkHosts.has(text.trim().toLowerCase().split('.', 1)[0] ?? '');
}

/** A host name as one text: `web01.corp.example` or `web01`. */
export function writeHostName(name: HostName): string {
  return name.domain === null ? name.host : `${name.host}.${name.domain}`;
}
