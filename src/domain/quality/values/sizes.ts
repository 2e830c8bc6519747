import { type DecimalMark, readNumber } from './numbers';
import { group, roundTo } from './text';
import { readUnit } from './units';

/** A size in GB, where every prefix of bytes steps by 1024 (docs/adr/0012-sizes.md). */
export interface SizeReading {
  readonly gigabytes: number;
  /** The part in use when the cell tells both (`61.2 GiB / 1.46 TiB`). */
  readonly usedGigabytes: number | null;
  readonly rule: 'size' | 'size_in_cell_unit' | 'sum_of_sizes' | 'used_of_total';
  readonly approximate: boolean;
}

/** Unit of bare numbers as a factor to GB, and the decimal mark of the column. */
export interface SizeFormat {
  readonly factor: number;
  readonly mark: DecimalMark;
}

const noise =
  /\s*\b(?:ddr\d?l?(?:-\d+)?|ecc|ram|ssd|hdd|nvme|sas|sata|vram|total|memory|speicher|memoire|thin|thick)\b\D*$/i;
/** A list of a machine's disks at most. */
const longestSize = 400;
const remark = /\s*\([^()]*\)\s*$/;
/** Drive letter, mount point or label before a size. */
const label = /^(?:[a-z]:\\?|\/\S*[:=]|(?:disk|disque|festplatte|disco|hdd)\s?\d*\s?[:=])\s*/i;
const repeated = /^(\d{1,3})\s*[x×*]\s*(.+)$/;
const repeatedAfter = /^(.+?[a-z])\s*[x×*]\s*(\d{1,3})$/i;
const pair = /^([^/]+?)\s*(?:\/|\bof\b|\bvon\b|\bsur\b|\bde\b)\s*([^/]+)$/i;

/** GB without the noise of binary fractions: three decimals, six below one. */
export function roundSize(gigabytes: number): number {
  return roundTo(gigabytes, Math.abs(gigabytes) >= 1 ? 3 : 6);
}

/**
 * The size in a cell; a unit in the cell wins over that of the column. `used / total` gives the total, several
 * sizes with units and `2 x 500 GB` their sum. Null when it is no size.
 */
export function readSize(text: string, format: SizeFormat): SizeReading | null {
  if (text.length > longestSize) {
    return null;
  }
  return readSingle(text, format) ?? readPair(text, format) ?? readSeveral(text, format);
}

function readSingle(text: string, format: SizeFormat): SizeReading | null {
  const number = readNumber(text.replace(remark, '').replace(noise, ''), format.mark);
  if (number === null) {
    return null;
  }
  if (number.word === '') {
    return sizeOf(number.value * format.factor, 'size', number.approximate);
  }
  const unit = readUnit(number.word.replace(/[()[\]]/g, ''));
  return unit?.family === 'size'
    ? sizeOf(number.value * unit.factor, 'size_in_cell_unit', number.approximate)
    : null;
}

function sizeOf(gigabytes: number, rule: SizeReading['rule'], approximate: boolean): SizeReading | null {
  const rounded = roundSize(gigabytes);
  return Number.isFinite(rounded) ? { gigabytes: rounded, usedGigabytes: null, rule, approximate } : null;
}

function readPair(text: string, format: SizeFormat): SizeReading | null {
  const match = pair.exec(text);
  const used = match === null ? null : readSingle(group(match, 1), format);
  const total = match === null ? null : readSingle(group(match, 2), format);
  if (used === null || total === null || used.gigabytes > total.gigabytes) {
    return null;
  }
  return { ...total, usedGigabytes: used.gigabytes, rule: 'used_of_total' };
}

function readSeveral(text: string, format: SizeFormat): SizeReading | null {
  const parts = text
    .split(/\s*(?:;|\+|\||\n|<br\s*\/?>|,(?=\s)|,(?=\d+\s*[a-z]))\s*/i)
    .filter((part) => part !== '');
  let sum = 0;
  for (const part of parts) {
    const size = readRepeated(part, format);
    if (size === null) {
      return null;
    }
    sum += size;
  }
  return parts.length === 0 ? null : sizeOf(sum, 'sum_of_sizes', false);
}

function readRepeated(part: string, format: SizeFormat): number | null {
  const bare = part.replace(label, '');
  const before = repeated.exec(bare);
  if (before !== null) {
    return times(readSingle(group(before, 2), format), before[1]);
  }
  const after = repeatedAfter.exec(bare);
  return after === null
    ? times(readSingle(bare, format))
    : times(readSingle(group(after, 1), format), after[2]);
}

function times(size: SizeReading | null, count = '1'): number | null {
  return size === null ? null : size.gigabytes * Number(count);
}
