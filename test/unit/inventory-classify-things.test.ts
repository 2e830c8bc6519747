import type { AttributeValues } from '../../src/domain/attributes/types';
import { classifyAsset } from '../../src/domain/inventory/classification/classify';
import { recordKind } from '../../src/domain/inventory/classification/record-kind';
import type { RecordContext } from '../../src/domain/inventory/types';

const context: RecordContext = { tableKind: 'inventory', formatId: null };

function classOf(values: AttributeValues): string {
  const { assetType, subtype } = classifyAsset(values, context);
  return subtype === null ? assetType : `${assetType}/${subtype}`;
}

test('an application whose role is told stays an application with a name', () => {
  const values = {
    application_name: 'Kiosk-App',
    technology_stack: ['Flutter'],
    server_role: 'App for guests',
  };

  expect(classOf(values)).toBe('application');
  expect(recordKind(values, context)).toEqual({ kind: 'inventory', reason: null });
});

test.each([
  ['Wireless Access Point', 'network/wireless'],
  ['Shop tablet', 'end_user_device'],
  ['Label printer', 'end_user_device/printer'],
])('a thing with an address that is named "%s" is of class %s', (name, expected) => {
  expect(classOf({ name, hostname: 'KX-01' })).toBe(expected);
});

test.each([
  ['IoT Device', 'facility'],
  ['cisco_ios', 'network'],
  ['PLC', 'facility'],
])('the declared type %s is read as %s', (declared, expected) => {
  expect(classOf({ name: 'kx-one', asset_type: declared })).toBe(expected);
});

test('the role of equipment is its class', () => {
  expect(classOf({ name: 'mill-plc-2', location: 'Hall 3', server_role: 'SPS' })).toBe('facility');
});

test.each([
  ['HP Compaq 8300 Elite SFF', 'end_user_device/workstation'],
  ['250 G8 NOTEBOOK PC', 'end_user_device/laptop'],
  ['HP RUGGED TABLET', 'end_user_device'],
  ['Dell UltraSharp U2722D', 'end_user_device/peripheral'],
  ['UniFi U6 Pro', 'network/wireless'],
])('the model %s is of class %s', (model, expected) => {
  expect(classOf({ model, serial_number: 'ZX81204' })).toBe(expected);
});

test('a database that names its host elsewhere is a database', () => {
  const values = {
    name: 'LEDGER',
    hostname: 'oraprd7',
    database_engine: 'Oracle',
    database_size_gb: 40,
    memory_gb: 16,
  };

  expect(classOf(values)).toBe('database');
});

test('a server with a database of its own is a server', () => {
  const values = {
    name: 'oraprd7',
    hostname: 'oraprd7',
    database_engine: 'Oracle',
    database_size_gb: 40,
    memory_gb: 16,
  };

  expect(classOf(values)).toBe('server');
});

test('what runs containers and has hardware or an address is a server', () => {
  expect(classOf({ name: 'docker-host-3', ip_address: ['10.4.4.9'] })).toBe('server');
  expect(classOf({ name: 'k8s-worker-2', cpu_cores: 8, memory_gb: 32, ip_address: ['10.4.4.7'] })).toBe(
    'server',
  );
  expect(classOf({ name: 'k8s-prod' })).toBe('cluster/kubernetes');
});

test('what was bought and bears a label is no application because it has an owner and a cost', () => {
  const values = { name: 'VENTILADOR', manufacturer: 'SAMURAI', business_owner: 'Lina', annual_cost: 1200 };

  expect(classOf(values)).toBe('other');
});
