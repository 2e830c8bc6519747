import type { AttributeValues } from '../../src/domain/attributes/types';
import { identityKeys } from '../../src/domain/inventory/identity/identity';
import {
  identifyingMac,
  identifyingUuid,
  serialMeaning,
} from '../../src/domain/inventory/identity/identity-values';
import type { AssetType } from '../../src/domain/lists';

function keysOf(values: AttributeValues, assetType: AssetType = 'server', sourceId = 's1'): string[] {
  const keys = identityKeys(values, { assetType }, { product: 'servicenow', sourceId });
  return keys.map((key) => `${key.kind} ${key.value}`);
}

test.each([
  '00000000-0000-0000-0000-000000000000',
  'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
  '03000200-0400-0500-0006-000700080009',
  '00020003-0004-0005-0006-000700080009',
  '12345678-1234-5678-90ab-cddeefaabbcc',
  'not a uuid',
  '422A0004-0000-1111-2222',
])('the UUID %s identifies nothing', (uuid) => {
  expect(identifyingUuid(uuid)).toBeNull();
});

test('both byte orders and all spellings of a UUID are one key', () => {
  const spellings = [
    '422A0004-0000-1111-2222-000000000004',
    '04002A42-0000-1111-2222-000000000004',
    '{422a0004-0000-1111-2222-000000000004}',
    '422a0004000011112222000000000004',
  ];

  expect(new Set(spellings.map(identifyingUuid)).size).toBe(1);
});

test.each([
  'To be filled by O.E.M.',
  'To Be Filled By O.E.M.',
  'None',
  '0',
  '00000000',
  'System Serial Number',
  'Default string',
  'Not Specified',
  'N/A',
  'xxxxxxx',
  '123456789',
])('the serial number "%s" says nothing', (serial) => {
  expect(serialMeaning(serial)).toBeNull();
});

test('a serial of VMware is the UUID of the machine', () => {
  const serial = 'VMware-42 2a 00 04 00 00 11 11-22 22 00 00 00 00 00 04';

  expect(serialMeaning(serial)).toEqual({ uuid: identifyingUuid('422A0004-0000-1111-2222-000000000004') });
});

test.each([
  '00:00:00:00:00:00',
  'ff:ff:ff:ff:ff:ff',
  '00:00:5e:00:01:0a',
  '00:00:0c:07:ac:01',
  '01:00:5e:00:00:01',
  '02:42:ac:11:00:02',
  '00:50:56:c0:00:08',
  '02-00-4C-4F-4F-50',
  'zz',
])('the hardware address %s identifies nothing', (mac) => {
  expect(identifyingMac(mac)).toBeNull();
});

test('a hardware address is the same in every spelling', () => {
  expect(new Set(['00-50-56-8A-04-1C', '0050.568a.041c', '00:50:56:8a:04:1c'].map(identifyingMac)).size).toBe(
    1,
  );
});

test('keys of a server come in the order of trust, without its IP address', () => {
  const values = {
    name: 'WEB01',
    hostname: 'WEB01',
    fqdn: 'web01.corp.local',
    uuid: '422a0004-0000-1111-2222-000000000004',
    serial_number: 'CZJ1234ABC',
    manufacturer: 'HPE',
    external_id: '6f0bec9cd23fbbc7158c173ad99593b0',
    mac_address: ['00:50:56:8a:04:1c'],
    ip_address: ['10.0.0.1'],
  };

  expect(keysOf(values).map((key) => key.split(' ')[0])).toEqual([
    'uuid',
    'serial',
    'external_id',
    'fqdn',
    'mac',
  ]);
});

test.each<[AttributeValues, string[]]>([
  [{ hostname: 'WEB01' }, ['hostname web01']],
  [{ hostname: 'web01.corp.local' }, ['fqdn web01.corp.local']],
  [{ hostname: 'web01', fqdn: 'www.corp.example' }, ['fqdn web01.corp.example']],
  [{ name: 'web01' }, ['hostname web01']],
  [{ name: 'Orders web server' }, ['name server|orders web server|']],
  [{ fqdn: 'localhost.localdomain', name: 'ord-web-01' }, ['hostname ord-web-01']],
  [{ name: '10.1.2.3', ip_address: ['10.1.2.3'] }, ['name server|10 1 2 3|s1|10.1.2.3|']],
  [{ ip_address: ['10.1.2.3'] }, []],
  [{ hostname: 'localhost' }, []],
  [{ external_id: 'x' }, ['external_id servicenow/s1:x']],
])('the server %j has the keys %j', (values, expected) => {
  expect(keysOf(values)).toEqual(expected);
});

test('an id that a product counts up is unique within its source only', () => {
  expect(keysOf({ external_id: '12' }, 'server', 'a')).not.toEqual(
    keysOf({ external_id: '12' }, 'server', 'b'),
  );
});

test('a serial made of digits counts together with its maker', () => {
  const dell = keysOf({ serial_number: '48151', manufacturer: 'Dell Inc.' });
  const cisco = keysOf({ serial_number: '48151', manufacturer: 'Cisco' });

  expect(dell).toEqual(['serial dell:48151']);
  expect(cisco).not.toEqual(dell);
  expect(keysOf({ serial_number: '48151' })).toEqual([]);
});

test('spellings of a maker are one maker', () => {
  const makers = ['HPE', 'Hewlett-Packard', 'Hewlett Packard Enterprise'];
  const keys = makers.map((manufacturer) => keysOf({ serial_number: '48151', manufacturer })[0]);

  expect(new Set(keys).size).toBe(1);
});

test('applications identify by their name alone, whatever its spelling', () => {
  expect(keysOf({ name: 'Payments Hub', environment: 'production' }, 'application')).toEqual(
    keysOf({ name: 'payments-hub application' }, 'application'),
  );
});

test('databases with one name on two servers are two databases', () => {
  const one = keysOf({ name: 'ORCL', hostname: 'db1' }, 'database');

  expect(one).not.toEqual(keysOf({ name: 'ORCL', hostname: 'db2' }, 'database'));
  expect(one.some((key) => key.startsWith('hostname'))).toBe(false);
});
