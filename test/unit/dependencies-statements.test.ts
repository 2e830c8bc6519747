import { relationMeaning } from '../../src/domain/dependencies/relation-types';
import { statedDependencies } from '../../src/domain/dependencies/statements';
import { flowNoise } from '../../src/domain/dependencies/flow-noise';
import type { StatementContext } from '../../src/domain/dependencies/types';
import type { AttributeValues } from '../../src/domain/attributes/types';
import type { AssetType } from '../../src/domain/lists';

function rowOf(assetType: AssetType, unmapped: Record<string, string> = {}): StatementContext {
  return { tableKind: 'inventory', formatId: null, assetType, unmapped };
}
const relations: StatementContext = { tableKind: 'relations', formatId: null, assetType: null };
const flows: StatementContext = { tableKind: 'network_flows', formatId: null, assetType: null };

function brief(values: AttributeValues, context: StatementContext): string[] {
  return statedDependencies(values, context).map(
    ({ source, type, target, ownEnd }) =>
      `${source ?? '(own)'} ${type} ${target}${ownEnd === 'target' ? ' (own)' : ''}`,
  );
}

test.each([
  ['Depends on::Used by', 'depends_on', false],
  ['Used by::Depends on', 'depends_on', true],
  ['Runs on::Runs', 'runs_on', false],
  ['Runs::Runs on', 'runs_on', true],
  ['Hosted on::Hosts', 'hosted_on', false],
  ['Hosts::Hosted on', 'hosted_on', true],
  ['Virtualized by::Virtualizes', 'hosted_on', false],
  ['Members::Member of', 'member_of', true],
  ['Member of::Members', 'member_of', false],
  ['Contains::Contained by', 'member_of', true],
  ['Cluster of::Cluster', 'member_of', true],
  ['Connects to::Connected by', 'connects_to', false],
  ['Connected by::Connects to', 'connects_to', true],
  ['Sends data to::Receives data from', 'connects_to', false],
  ['Receives data from::Sends data to', 'connects_to', true],
  ['Uses::Used by', 'uses', false],
  ['DR provided by::Provides DR for', 'replicates_to', false],
  ['Provides DR for::DR provided by', 'replicates_to', true],
  ['Instantiates::Instantiated by', 'runs_on', false],
  ['runs_on', 'runs_on', false],
  ['läuft auf', 'runs_on', false],
  ['hébergé sur', 'hosted_on', false],
  ['used by', 'depends_on', true],
  ['is hosted on', 'hosted_on', false],
  ['something of its own', 'depends_on', false],
] as const)('the relation "%s" means %s, reversed %s', (text, type, reversed) => {
  expect(relationMeaning(text)).toEqual({ type, reversed });
});

test('a relation row reads parent, type and child in the right direction', () => {
  const row = (type: string): AttributeValues => ({
    dependency_source: 'A',
    dependency_type: type,
    dependency_target: 'B',
  });

  expect(brief(row('Depends on::Used by'), relations)).toEqual(['A depends_on B']);
  expect(brief(row('Hosts::Hosted on'), relations)).toEqual(['B hosted_on A']);
});

test('several references in a cell are several dependencies, each once', () => {
  const values = { name: 'a', depends_on: ['ord-db-01; AD, DNS', 'x|y\nz', 'x'] };

  expect(brief(values, rowOf('server'))).toEqual([
    '(own) depends_on ord-db-01',
    '(own) depends_on AD',
    '(own) depends_on DNS',
    '(own) depends_on x',
    '(own) depends_on y',
    '(own) depends_on z',
  ]);
});

test('an application cell of a server says that each application runs on it', () => {
  const values = { name: 'ord-web-01', application_name: 'Orders; Payments Hub' };

  expect(brief(values, rowOf('server'))).toEqual([
    'Orders runs_on ord-web-01 (own)',
    'Payments Hub runs_on ord-web-01 (own)',
  ]);
});

test('a virtual machine is hosted on its host and a member of its cluster', () => {
  const values = { name: 'vm', hypervisor_host: 'esx-01', cluster: 'CL-EAST' };

  expect(brief(values, rowOf('server'))).toEqual(['(own) hosted_on esx-01', '(own) member_of CL-EAST']);
});

test('a database runs on the server that its row names and is used by its application', () => {
  const values = { name: 'ORDERSDB', hostname: 'ord-db-01', application_name: 'Orders' };

  expect(brief(values, rowOf('database'))).toEqual(['(own) runs_on ord-db-01', 'Orders uses ORDERSDB (own)']);
});

test('a host column that says "Physical" hosts nothing', () => {
  expect(brief({ name: 'a', hypervisor_host: 'Physical' }, rowOf('server'))).toEqual([]);
});

test('a northbound direction turns a dependency around', () => {
  const values = { name: 'Orders', depends_on: ['Payments Hub'] };

  expect(brief(values, rowOf('application', { 'Dependency Direction': 'northbound' }))).toEqual([
    'Payments Hub depends_on Orders (own)',
  ]);
});

test('a flow keeps port, protocol and count', () => {
  const values = {
    dependency_source: 'a',
    dependency_target: 'b',
    port: 1433,
    protocol: 'TCP',
    connection_count: 900,
  };

  expect(statedDependencies(values, flows)).toEqual([
    {
      source: 'a',
      target: 'b',
      type: 'connects_to',
      origin: 'network_flow',
      port: 1433,
      protocol: 'tcp',
      connections: 900,
    },
  ]);
});

test.each([
  [{ dependency_target: 'b', port: 3389 }, 'management'],
  [{ dependency_target: 'b', port: 5985 }, 'management'],
  [{ dependency_target: 'b', port: 161 }, 'monitoring'],
  [{ dependency_target: 'b', port: 53 }, 'name_service'],
  [{ dependency_target: 'b', port: 123 }, 'time_service'],
  [{ dependency_target: 'b', port: 67 }, 'address_service'],
  [{ dependency_target: '255.255.255.255', port: 5000 }, 'broadcast'],
  [{ port: 443 }, 'no_target'],
  [{ dependency_target: 'b', port: 443, connection_count: 2 }, 'few_connections'],
  [{ dependency_target: 'b', port: 389 }, null],
  [{ dependency_target: 'b', port: 1521 }, null],
] as const)('the flow %j is noise because of %s', (values, reason) => {
  expect(flowNoise(values)).toBe(reason);
  expect(brief({ dependency_source: 'a', ...values }, flows)).toHaveLength(reason === null ? 1 : 0);
});
