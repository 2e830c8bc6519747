import { memoised } from '../memo';
import { foldText } from '../classification/words';

const notHex = /[^0-9a-f]/g;
const uuidPunctuation = /^[0-9a-f{}()\s:-]+$/;

/** UUIDs that firmware ships when nobody set one (known defaults of AMI, Phoenix and others). */
const shippedUuids: ReadonlySet<string> = new Set([
  '03000200040005000006000700080009',
  '00020003000400050006000700080009',
  '12345678123456781234567812345678',
  '123456781234567890abcddeefaabbcc',
  '0123456789abcdef0123456789abcdef',
  '0123456701234567012345670123456701',
  'ffffffff0000ffffffff0000ffffffff',
  '00112233445566778899aabbccddeeff',
  '00000000000000000000000000000001',
  '4c4c4544000000102020802020202020',
  '4c4c4544000010208020802020202020',
]);

/** Whether a text is made of one or two characters only, such as `000000000000`. */
function isMonotonous(text: string): boolean {
  let other = '';
  for (let at = 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === text.charAt(0) || character === other) continue;
    if (other !== '') return false;
    other = character;
  }
  return true;
}

/** The other spelling of an SMBIOS UUID: its first three fields byte by byte reversed (SMBIOS 2.6, section 7.2.1). */
function swapped(hex: string): string {
  const bytes = (start: number, end: number) => {
    let reversed = '';
    for (let at = end - 2; at >= start; at -= 2) reversed += hex.slice(at, at + 2);
    return reversed;
  };
  return bytes(0, 8) + bytes(8, 12) + bytes(12, 16) + hex.slice(16);
}

/**
 * A UUID that identifies a machine as 32 hexadecimal digits, the same for both byte orders; null for anything else
 * and for UUIDs that many machines carry.
 */
export function identifyingUuid(text: string): string | null {
  const lower = text
    .trim()
    .toLowerCase()
    .replace(/^urn:uuid:/, '');
  if (!uuidPunctuation.test(lower)) return null;
  const hex = lower.replace(notHex, '');
  if (hex.length !== 32 || isMonotonous(hex) || shippedUuids.has(hex)) return null;
  const other = swapped(hex);
  if (shippedUuids.has(other)) return null;
  return other < hex ? other : hex;
}

const junkSerials: ReadonlySet<string> = new Set(
  (
    'none|na|null|nil|unknown|notavailable|notapplicable|notspecified|nonspecified|tobefilledbyoem|tobefilledbyoem0|systemserialnumber|serialnumber|' +
    'chassisserialnumber|defaultstring|default|oem|empty|invalid|undefined|unspecified|notset|0123456789|123456789|1234567890|' +
    '12345678|1234567|123456|12345|abcdef|xxxxxxx|virtual|vmware|tbd|pending|missing|noserial|noserialnumber|nosn|sn|keineangabe|unbekannt|' +
    'inconnu|desconocido|nodisponible|notfound|error|oemserial|basboardserialnumber|baseboardserialnumber|0000000000|asset|assetserial|' +
    'sernum|fillbyoem|filledbyoem|systemserial|n0ne|cnotset|invalidserial|evaluation|test|innotekgmbh|kvm|vm|xen|qemu|notpresent'
  ).split('|'),
);
const notAlphanumeric = /[^a-z0-9]/g;
const vmwareSerial = /^vmware[-\s]/;
/** Serials shorter than this, or of digits only, repeat between makers. */
const globalSerialLength = 7;
const shortestSerial = 4;

/** What a serial number says: a UUID (as virtual machines report), a serial, or nothing. */
export type SerialMeaning = { readonly uuid: string } | { readonly serial: string } | null;

/** Reads a serial number; joke values of firmware and of people say nothing. */
export function serialMeaning(text: string): SerialMeaning {
  const lower = text.trim().toLowerCase();
  const uuid = identifyingUuid(lower.replace(vmwareSerial, ''));
  if (uuid !== null) return { uuid };
  const serial = lower.replace(notAlphanumeric, '');
  if (serial.length < shortestSerial || isMonotonous(serial)) return null;
  if (junkSerials.has(serial) || !/\d/.test(serial)) return null;
  return { serial };
}

const makerNames: ReadonlyMap<string, string> = new Map([
  ['hewlett packard', 'hp'],
  ['hewlett packard enterprise', 'hp'],
  ['hpe', 'hp'],
  ['hp inc', 'hp'],
  ['dell emc', 'dell'],
  ['lenovo', 'ibm'],
]);
const companyEndings =
  /\b(?:inc|incorporated|corp|corporation|ltd|limited|gmbh|co|company|llc|ag|sa|systems|computer|technologies)\b/g;

const makerKey = memoised((maker: string) => {
  const folded = foldText(maker).replace(companyEndings, '').replaceAll(/\s+/g, ' ').trim();
  return makerNames.get(folded) ?? folded;
});

/**
 * Key of a serial. Long serials with letters and digits are unique in the world and match whether or not both
 * sources name the maker; others count together with their maker only.
 */
export function serialKey(serial: string, maker: string | undefined): string | null {
  if (serial.length >= globalSerialLength && /[a-z]/.test(serial)) return serial;
  if (maker !== undefined) return `${makerKey(maker)}:${serial}`;
  return serial.length > globalSerialLength ? serial : null;
}

/** Beginnings of hardware addresses that many machines share (IEEE assignments, RFC 5798, vendors' virtual adapters). */
const sharedMacs: readonly string[] = [
  '000000',
  '00005e',
  '00000c07ac',
  '00000c9ff',
  '000573a0',
  '0007b4',
  '0242',
  '0a0027',
  '005056c0000',
  '525400123456',
  '00ff',
  '02004c4f4f50',
  '02bf',
  '205341535',
  '505054503030',
  '33506f453030',
  '005345000000',
  '001122334455',
  '123456789abc',
  'acde48001122',
  '00059a3c7',
  '020054554e01',
  '0205857f',
];

/** A hardware address that identifies a machine as 12 hexadecimal digits; null for broadcast, VRRP and such. */
export function identifyingMac(text: string): string | null {
  const hex = text
    .trim()
    .toLowerCase()
    .replaceAll(/[.:\s-]/g, '');
  if (!/^[0-9a-f]{12}$/.test(hex) || isMonotonous(hex)) return null;
  const isGroupAddress = (Number.parseInt(hex.slice(0, 2), 16) & 1) === 1;
  return isGroupAddress || sharedMacs.some((start) => hex.startsWith(start)) ? null : hex;
}
