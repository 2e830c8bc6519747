const separated = /^[0-9a-f]{2}([-:. ])[0-9a-f]{2}(?:\1[0-9a-f]{2}){4}$/i;
const dotted = /^[0-9a-f]{4}[.:-][0-9a-f]{4}[.:-][0-9a-f]{4}$/i;
const halves = /^[0-9a-f]{6}[-:][0-9a-f]{6}$/i;
const bare = /^(?:0x)?[0-9a-f]{12}$/i;

const longestMac = 20;
const canonical = /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/;

/** A MAC address as `00:50:56:8a:01:07`; null when it is none. Bare hexadecimal digits count when asked for. */
export function normaliseMac(text: string, acceptBare = true): string | null {
  if (canonical.test(text)) {
    return text;
  }
  if (text.length > longestMac) {
    return null;
  }
  const spelled = separated.test(text) || dotted.test(text) || halves.test(text);
  if (!spelled && !(acceptBare && bare.test(text))) {
    return null;
  }
  const digits = text
    .replace(/^0x/i, '')
    .replace(/[-:. ]/g, '')
    .toLowerCase();
  let mac = digits.slice(0, 2);
  for (let index = 2; index < digits.length; index += 2) {
    mac += `:${digits.slice(index, index + 2)}`;
  }
  return mac;
}

/** Addresses that every machine may carry and that identify none. */
export function isMeaninglessMac(mac: string): boolean {
  return mac === '00:00:00:00:00:00' || mac === 'ff:ff:ff:ff:ff:ff';
}

export interface MacReading {
  readonly addresses: readonly string[];
  readonly refused: readonly string[];
}

/** The MAC addresses of a cell, each once and in order, and the parts that are none. */
export function readMacs(text: string): MacReading {
  if (canonical.test(text) && !isMeaninglessMac(text)) {
    return { addresses: [text], refused: [] };
  }
  const addresses = new Set<string>();
  const refused: string[] = [];
  for (const part of splitMacs(text)) {
    const mac = normaliseMac(part);
    if (mac === null || isMeaninglessMac(mac)) {
      refused.push(part);
    } else {
      addresses.add(mac);
    }
  }
  return { addresses: [...addresses], refused };
}

function splitMacs(text: string): readonly string[] {
  const trimmed = text.trim();
  if (normaliseMac(trimmed) !== null) {
    return [trimmed];
  }
  return trimmed
    .replace(/<br\s*\/?>/gi, ';')
    .replace(/\([^()]{0,60}\)/g, ' ')
    .split(/[\s,;|"']+/)
    .filter((part) => part !== '' && part !== '-');
}
