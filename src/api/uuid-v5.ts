import { createHash } from 'node:crypto';

/** Name space of ids that Surveyor derives from names. */
const nameSpace = Buffer.from('6f1d6a1e2b5c4f0e9a3d7c8b5e4f2a10', 'hex');

/** The UUID of a name (RFC 9562, version 5): the same name always has the same id. */
export function uuidOfName(name: string): string {
  const bytes = createHash('sha1').update(nameSpace).update(name, 'utf8').digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
