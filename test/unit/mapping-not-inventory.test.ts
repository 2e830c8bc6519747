import { labelledTables, propose, tableOf, targetsOf } from '../fixtures/mapping/tables';

const tables = labelledTables('not-inventory').map((table) => [table.file, table] as const);

test.each(tables)('%s is told apart from an inventory', (_, table) => {
  const proposal = propose(table);

  expect(proposal).toMatchObject({ kind: table.truth[0], inventory: false });
  expect(proposal.reason).not.toBeNull();
});

test.each(tables.filter(([, table]) => ['dictionary', 'people', 'register'].includes(table.truth[0] ?? '')))(
  'nothing of %s is mapped',
  (_, table) => {
    const { suggestions } = propose(table);

    expect(suggestions.filter((one) => one.target !== null)).toEqual([]);
  },
);

test.each(tables.filter(([, table]) => ['relations', 'network_flows'].includes(table.truth[0] ?? '')))(
  'both ends of %s are mapped',
  (_, table) => {
    const targets = Object.values(targetsOf(propose(table)));

    expect(targets).toContain('dependency_source');
    expect(targets).toContain('dependency_target');
  },
);

test('a server list with owners and mail addresses stays an inventory', () => {
  const proposal = propose(
    tableOf({
      'Server Name': ['web01', 'web02', 'db01'],
      'First Name': ['Ann', 'Bob', 'Cid'],
      'Last Name': ['Fox', 'Ray', 'Lee'],
      Email: ['a@corp.example', 'b@corp.example', 'c@corp.example'],
      OS: ['RHEL 8', 'RHEL 8', 'Windows Server 2019'],
      'IP Address': ['10.0.0.1', '10.0.0.2', '10.0.0.3'],
    }),
  );

  expect(proposal).toMatchObject({ kind: 'inventory', inventory: true, reason: null });
});

test('a table without anything that names an asset is of unknown kind', () => {
  const proposal = propose(tableOf({ Colour: ['red', 'blue'], Weight: ['12', '40'] }));

  expect(proposal).toMatchObject({ kind: 'unknown', inventory: false });
});
