import { normaliseHeader, parseHeader } from '../../src/domain/mapping/headers/header';

test.each([
  ['RAM (MB)', ['memory'], 'mb'],
  ['Memory_GiB', ['memory'], 'gib'],
  ['MemoryMB', ['memory'], 'mb'],
  ['TotalDiskAllocatedGiB', ['total', 'disk', 'allocated'], 'gib'],
  ['Mémoire (Mo)', ['memory'], 'mb'],
  ['RAM Go', ['memory'], 'gb'],
  ['Annual Run Cost (k€)', ['annual', 'run', 'cost'], 'currency'],
  ['RTO (hrs)', ['rto'], 'hours'],
  ['CPU.UsagePct.Avg', ['cpu', 'utilization', 'average'], 'percent'],
  ['VM|CPU|Demand (MHz)|Avg', ['vm', 'cpu', 'demand', 'average'], 'frequency'],
  ['Disk 1 read throughput (MB per second)', ['disk', 'read', 'throughput'], 'mb/s'],
  ['OS family->Name', ['os', 'family', 'name'], undefined],
  ['*Server name', ['server', 'name'], undefined],
  ['IPAddress', ['ip', 'address'], undefined],
  ['subnet_IDs', ['subnet', 'identifier'], undefined],
  ['Name0', ['name'], undefined],
  ['# Users', ['number', 'user'], undefined],
  ['6R Strategy', ['6r', 'strategy'], undefined],
  ['O/S', ['os'], undefined],
])('%s is taken apart into words and unit', (header, words, unit) => {
  const parsed = parseHeader(header);

  expect(parsed.words).toEqual(words);
  expect(parsed.unit?.unit).toBe(unit);
});

test('thousands of a currency become a factor', () => {
  expect(parseHeader('Cost (k€)').unit?.factor).toBe(1000);
  expect(parseHeader('Cost [M€]').unit?.factor).toBe(1_000_000);
});

test('the running number of one of several columns is kept apart', () => {
  expect(parseHeader('Disk 2 size (In GB)')).toMatchObject({ words: ['disk', 'size'], index: 2 });
});

test('headers that differ in writing alone are remembered as one, other units as another', () => {
  expect(normaliseHeader('RAM (MB)')).toBe(normaliseHeader('ram_mb'));
  expect(normaliseHeader('Nom du Serveur')).toBe(normaliseHeader('nom-du-serveur'));
  expect(normaliseHeader('RAM (GB)')).not.toBe(normaliseHeader('RAM (MB)'));
});

test.each(['', '   ', '***', '€', '()', '日本語', '123', '%'])('the header %j does no harm', (header) => {
  expect(() => parseHeader(header)).not.toThrow();
});
