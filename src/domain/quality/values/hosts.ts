import { normaliseAddress } from './addresses';

/** A host name taken apart. */
export interface HostReading {
  readonly kind: 'hostname' | 'fqdn';
  /** First label as it stands in the cell. */
  readonly host: string;
  /** Rest of the name, null for a single label. */
  readonly domain: string | null;
  /** The whole name as it stands in the cell, trailing dot off. */
  readonly full: string;
}

const label = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/i;
/** Several labels that nobody need look at one by one. */
const plainLabels = /^(?:[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?\.)+[a-z0-9]{1,32}$/i;
const allDigits = /^\d+$/;
const unicodeLabel = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}_])?$/u;
const netBiosDomain = /^[\w.-]+\\(?=[\w-])/;
const longestText = 300;
const decoration = /[:\\]/;
const scheme = /^[a-z][a-z0-9+.-]*:\/\//i;

/**
 * The host name in a cell; null when it is none (blanks, an address, an impossible label). A NetBIOS domain
 * (`CORP\\host`), a port and the trailing dot are cut.
 */
export function readHost(text: string): HostReading | null {
  const full = withoutDecoration(text);
  if (full === '' || full.length > 253 || normaliseAddress(full) !== null) {
    return null;
  }
  const dot = full.indexOf('.');
  if (dot === -1) {
    return isLabel(full) ? { kind: 'hostname', host: full, domain: null, full } : null;
  }
  if (!isQualified(full) || allDigits.test(full.slice(full.lastIndexOf('.') + 1))) {
    return null;
  }
  return { kind: 'fqdn', host: full.slice(0, dot), domain: full.slice(dot + 1), full };
}

function isQualified(text: string): boolean {
  return plainLabels.test(text) || text.split('.').every(isLabel);
}

/** Empty for a text that is too long for any host. */
function withoutDecoration(text: string): string {
  if (text.length > longestText) {
    return '';
  }
  const bare = decoration.test(text)
    ? text
        .replace(scheme, '')
        .replace(netBiosDomain, '')
        .replace(/:\d{1,5}$/, '')
    : text;
  return bare.endsWith('.') ? bare.slice(0, -1) : bare;
}

function isLabel(text: string): boolean {
  return label.test(text) || unicodeLabel.test(text);
}
