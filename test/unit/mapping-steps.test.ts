import { suggestMappings, suggestMappingsInSteps } from '../../src/domain/mapping/suggest-mappings';
import { profiles, readTable } from '../fixtures/mapping/tables';
import type { Table } from '../fixtures/mapping/tables';

/** A table as wide as asked for, of the columns of a real export under headers of their own. */
function wideTable(width: number): Table {
  const { headers, rows } = readTable('unseen', 'zabbix-hosts.csv');
  const written = rows[0] ?? [];
  const from = (position: number) => position % headers.length;
  const positions = Array.from({ length: width }, (_, position) => position);
  return {
    headers: positions.map((position) => `${written[from(position)]} ${position.toString(36)}`),
    rows: rows.slice(1).map((row) => positions.map((position) => row[from(position)] ?? '')),
  };
}

test('a proposal made step by step is the one made at once', () => {
  const columns = profiles(readTable('..', 'samples', 'servicenow-cmdb_ci_server.csv'));
  const input = { tableName: null, columns, learned: [] };
  const steps = suggestMappingsInSteps(input);
  let step = steps.next();
  let count = 0;

  while (step.done !== true) {
    count += 1;
    step = steps.next();
  }

  expect(step.value).toEqual(suggestMappings(input));
  expect(count).toBeGreaterThanOrEqual(columns.length);
});

test('the processor time of wide tables grows with their width, not with its square', () => {
  const cost = (width: number): number => {
    const columns = profiles(wideTable(width));
    const before = process.cpuUsage();
    suggestMappings({ tableName: null, columns, learned: [] });
    const { user, system } = process.cpuUsage(before);
    return user + system;
  };
  cost(100);

  const narrow = cost(250);
  const wide = cost(1000);

  expect(wide).toBeLessThan(Math.max(narrow * 10, 600_000));
});
