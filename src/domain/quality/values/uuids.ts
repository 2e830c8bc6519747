const dashed = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const bare = /^[0-9a-f]{32}$/i;
const vmwareSerial = /^vmware-((?:[0-9a-f]{2}[ -]?){16})$/i;

/** Identifiers that boards ship with when nobody set one; they identify no machine. */
const dummies: ReadonlySet<string> = new Set([
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  '03000200-0400-0500-0006-000700080009',
  '12345678-1234-5678-90ab-cddeefaabbcc',
  '00020003-0004-0005-0006-000700080009',
]);

/** A UUID as `8-4-4-4-12` lower-case digits; null when it is none. Braces and `urn:uuid:` may stand around it. */
export function normaliseUuid(text: string): string | null {
  if (text.length > 50) {
    return null;
  }
  const inner = text.replace(/^(?:urn:uuid:|\{)/i, '').replace(/\}$/, '');
  if (dashed.test(inner)) {
    return inner.toLowerCase();
  }
  return bare.test(inner) ? dashes(inner.toLowerCase()) : null;
}

/** Whether a normal UUID is one of those that identify no machine. */
export function isMeaninglessUuid(uuid: string): boolean {
  return dummies.has(uuid);
}

/** The BIOS UUID that VMware writes as a serial number (`VMware-42 2a 00 01 …`); null for other serials. */
export function uuidOfVmwareSerial(serial: string): string | null {
  const match = vmwareSerial.exec(serial.trim());
  return match === null ? null : dashes((match[1] ?? '').replace(/[ -]/g, '').toLowerCase());
}

function dashes(digits: string): string {
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    digits.slice(12, 16),
    digits.slice(16, 20),
    digits.slice(20),
  ].join('-');
}
