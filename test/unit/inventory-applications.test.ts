import { applicationCandidates, applicationNames } from '../../src/domain/inventory/applications';
import type { ApplicationSubject } from '../../src/domain/inventory/applications';

function aServer(name: string, changes: Partial<ApplicationSubject> = {}): ApplicationSubject {
  return { name, assetType: 'server', values: {}, ...changes };
}

function membersOf(subjects: readonly ApplicationSubject[]): Record<string, number[]> {
  const candidates = applicationCandidates(subjects);
  return Object.fromEntries(candidates.map((one) => [one.name, one.members.map((member) => member.asset)]));
}

test('an application cell may name several applications, and "N/A" none', () => {
  expect(applicationNames({ application_name: 'Orders; Payments Hub, orders | N/A' })).toEqual([
    'Orders',
    'Payments Hub',
  ]);
  expect(applicationNames({ application_name: 'Acme, Inc.' })).toEqual(['Acme, Inc.']);
});

test('application cells, tags, custom columns and folders give members with evidence', () => {
  const subjects = [
    aServer('a1', { values: { application_name: 'Orders' } }),
    aServer('b1', { values: { tags: ['App: orders', 'Environment: Production'] } }),
    aServer('c1', { unmapped: { 'Application Name': 'ORDERS' } }),
    aServer('d1', { values: { datacenter: 'DC-EAST' }, unmapped: { Folder: '/DC-EAST/Orders' } }),
  ];

  const [orders, ...others] = applicationCandidates(subjects);

  expect(others).toEqual([]);
  expect(orders).toMatchObject({ name: 'Orders', key: 'orders', asset: null, confidence: 0.97 });
  expect(orders?.members.map((member) => member.evidence.map((one) => one.code))).toEqual([
    ['application_name'],
    ['tag'],
    ['custom_attribute'],
    ['folder'],
  ]);
});

test('a folder that only says where machines are kept names no application', () => {
  const subjects = [
    aServer('a1', { values: { datacenter: 'DC-EAST' }, unmapped: { Folder: '/DC-EAST/vm' } }),
    aServer('b1', { unmapped: { Folder: '/Templates/' } }),
  ];

  expect(applicationCandidates(subjects).map((one) => one.name)).toEqual([]);
});

test('names of machines are weak evidence for a known application only', () => {
  const subjects: ApplicationSubject[] = [
    { name: 'Orders', assetType: 'application', values: {} },
    { name: 'Payments Hub', assetType: 'application', values: {} },
    aServer('ord-web-01'),
    aServer('pay-app-01'),
    aServer('xyz-app-01'),
    aServer('ord-db-01', { values: { application_name: 'Payments Hub' } }),
  ];

  expect(membersOf(subjects)).toEqual({ Orders: [2], 'Payments Hub': [3, 5] });
});

test('a short name that fits two applications fits none', () => {
  const subjects: ApplicationSubject[] = [
    { name: 'Orders', assetType: 'application', values: {} },
    { name: 'Ordering Archive', assetType: 'application', values: {} },
    aServer('ord-web-01'),
  ];

  expect(membersOf(subjects)).toEqual({ Orders: [], 'Ordering Archive': [] });
});
