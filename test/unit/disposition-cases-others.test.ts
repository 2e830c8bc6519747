import { recommendDisposition } from '../../src/domain/disposition/recommend';
import type { Disposition } from '../../src/domain/lists';
import { factsOf, type TestAsset } from '../support/disposition-facts';

type Case = readonly [description: string, expected: Disposition, asset: TestAsset];

const cases: readonly Case[] = [
  [
    'a PostgreSQL database',
    'replatform',
    {
      type: 'database',
      values: { database_engine: 'PostgreSQL', database_version: '15' },
      runs: ['database postgresql 15'],
    },
  ],
  [
    'an old SQL Server',
    'replatform',
    {
      type: 'database',
      values: { database_engine: 'Microsoft SQL Server', database_version: '2012' },
      runs: ['database mssqlserver 2012'],
    },
  ],
  ['an Informix database', 'rehost', { type: 'database', values: { database_engine: 'Informix' } }],
  [
    'a database that is out of scope',
    'retain',
    { type: 'database', values: { database_engine: 'MySQL', migration_scope: 'out' } },
  ],
  ['a container', 'replatform', { type: 'container' }],
  ['a switch', 'retain', { type: 'network', subtype: 'switch' }],
  ['a disposed switch', 'retire', { type: 'network', subtype: 'switch', values: { status: 'retired' } }],
  ['a storage array', 'retain', { type: 'storage', values: { model: 'NetApp FAS8200' } }],
  ['a laptop', 'retain', { type: 'end_user_device' }],
  ['an unknown thing', 'retain', { type: 'other' }],
];

test.each(cases)('%s: %s', (_, expected, asset) => {
  const { strategy } = recommendDisposition(factsOf({ type: 'other', ...asset }));

  expect(strategy).toBe(expected);
});
