import { propose, tableOf, targetsOf } from '../fixtures/mapping/tables';
import { detailRulesOf, formatIdOf } from '../../src/domain/mapping/formats/detail-rules';

const hosts = ['web01', 'web01', 'db01', 'db01'];
const disks = ['C:', 'D:', 'C:', 'E:'];
const sizes = ['60', '200', '80', '500'];
const files = ['Hard disk 1', 'Hard disk 2', 'Hard disk 1', 'Hard disk 2'];
const mounts = ['/', '/var', '/', '/u01'];

test.each([
  ['English', { Server: hosts, Disk: disks, 'Size (GB)': sizes, 'Used GB': ['31', '120', '40', '460'] }],
  ['German', { Servername: hosts, Laufwerk: disks, 'Größe GB': sizes, 'Frei GB': ['29', '80', '40', '40'] }],
  ['French', { Serveur: hosts, Lecteur: disks, 'Taille (Go)': sizes }],
  ['mounts', { Hostname: hosts, 'Mounted on': mounts, 'Capacity GB': sizes }],
  ['under a bare name', { 'Host name': hosts, Name: mounts, 'Disk size (GB)': sizes }],
  ['virtual', { VM: hosts, 'Hard disk': files, 'Capacity MB': sizes }],
])('disks (%s) are parts of machines whose sizes are added', (_, columns) => {
  const proposal = propose(tableOf(columns));

  expect(proposal).toMatchObject({ kind: 'inventory', format: null, parts: 'disks' });
  expect(detailRulesOf(formatIdOf(proposal))).toEqual({ storage_gb: 'sum', storage_used_gb: 'sum' });
  const [host, label, size] = Object.values(targetsOf(proposal));
  expect(['hostname', 'name']).toContain(host);
  expect([label, size]).toEqual([null, 'storage_gb']);
});

test.each([
  ['with names', { Host: hosts, Interface: ['eth0', 'eth1', 'eth0', 'eth1'] }],
  ['without names', { Host: hosts }],
])('adapters %s are parts of machines whose addresses are listed', (_, columns) => {
  const addresses = { 'IP Address': ['10.0.0.1', '10.9.0.1', '10.0.0.2', '10.9.0.2'] };

  const proposal = propose(tableOf({ ...columns, ...addresses }));

  expect(proposal).toMatchObject({ kind: 'inventory', format: null, parts: 'adapters' });
  expect(detailRulesOf(formatIdOf(proposal))).toEqual({ ip_address: 'list', mac_address: 'list' });
  expect(Object.values(targetsOf(proposal)).at(-1)).toBe('ip_address');
});

test('the serial number and the maker of a disk are not those of its machine', () => {
  const columns = {
    Server: hosts,
    Disk: disks,
    'Size (GB)': sizes,
    'Serial Number': ['S3Z1', 'S3Z2', 'S3Z3', 'S3Z4'],
    Model: ['PM983', 'PM983', 'MZ7', 'MZ7'],
  };

  const targets = targetsOf(propose(tableOf(columns)));

  expect(targets).toMatchObject({ 'Serial Number': null, Model: null });
});

const perMachine = { 'CPU Cores': ['2', '2', '4', '4'], 'RAM GB': ['8', '8', '16', '16'] };
const databases = { Database: ['HR', 'CRM', 'ERP', 'BI'], Engine: ['Oracle', 'Oracle', 'Oracle', 'Oracle'] };

test.each([
  ['each machine once', { Server: ['a01', 'a02', 'a03', 'a04'], Disk: disks, 'Size (GB)': sizes }],
  ['processors and memory', { Server: hosts, Disk: disks, 'Disk GB': sizes, ...perMachine }],
  ['databases', { Server: hosts, ...databases, 'Size GB': sizes }],
])('a table with %s lists whole assets', (_, columns) => {
  const proposal = propose(tableOf(columns));

  expect(proposal.parts).toBeUndefined();
  expect(detailRulesOf(formatIdOf(proposal))).toBeUndefined();
});
