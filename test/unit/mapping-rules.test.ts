import { propose, tableOf } from '../fixtures/mapping/tables';

const names = ['web01', 'web02', 'app01', 'db01', 'db02'];
const systems = ['RHEL 8', 'RHEL 8', 'Windows Server 2019', 'Oracle Linux 7', 'Ubuntu 20.04'];

function suggestionFor(
  header: string,
  values: readonly string[],
  others: Record<string, readonly string[]> = {},
) {
  const table = tableOf({ Hostname: names, 'Operating System': systems, ...others, [header]: values });
  return propose(table).suggestions.find((one) => one.sourceColumn === header);
}

test('values that only fit megabytes overrule a header that says gigabytes, with a reason', () => {
  const memory = suggestionFor('RAM (GB)', ['16384', '16384', '32768', '65536', '8192']);

  expect(memory).toMatchObject({ target: 'memory_gb', rule: { unit: 'mb' } });
  expect(memory?.reasons.map((reason) => reason.code)).toContain('unit.contradicted');
});

test('a header that says megabytes over plausible megabytes is believed', () => {
  expect(suggestionFor('Memory (MB)', ['8192', '4096', '16384', '8192', '8192'])?.rule.unit).toBe('mb');
});

test('a column without a stated unit takes the unit that its values suggest', () => {
  expect(suggestionFor('Memory', ['8192', '4096', '16384', '8192', '8192'])?.rule.unit).toBe('mb');
  expect(suggestionFor('RAM', ['8', '4', '16', '64', '8'])?.rule.unit).toBe('gb');
  expect(suggestionFor('RAM', ['8388608', '4194304', '16777216', '8388608', '8388608'])?.rule.unit).toBe(
    'kb',
  );
  expect(
    suggestionFor('RAM', ['8589934592', '4294967296', '17179869184', '8589934592', '8589934592'])?.rule.unit,
  ).toBe('b');
});

test('fractions under a percent header are fractions', () => {
  expect(suggestionFor('CPU usage %', ['0.34', '0.4', '0.08', '0.66', '0.12'])).toMatchObject({
    target: 'cpu_utilization_percent',
    rule: { unit: 'fraction' },
  });
  expect(suggestionFor('CPU usage %', ['34', '40.5', '8', '66', '12'])?.rule.unit).toBe('percent');
});

test('recovery objectives are in hours unless the header says otherwise', () => {
  expect(suggestionFor('RTO', ['4', '8', '24', '4', '1'])?.rule.unit).toBe('hours');
  expect(suggestionFor('RTO (min)', ['240', '480', '60', '30', '15'])?.rule.unit).toBe('minutes');
});

test('disks are summed, addresses listed, sockets multiplied by cores', () => {
  const proposal = propose(
    tableOf({
      VM: names,
      Sockets: ['1', '2', '2', '4', '1'],
      'Cores per Socket': ['2', '4', '2', '8', '4'],
      'Disk 1 (GB)': ['40', '40', '60', '100', '80'],
      'Disk 2 (GB)': ['100', '', '500', '900', ''],
      'IP 1': ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4', '10.0.0.5'],
      'IP 2': ['10.1.0.1', '', '10.1.0.3', '', ''],
    }),
  );
  const rules = proposal.suggestions.map((one) => [one.target, one.rule.combine, one.rule.order]);

  expect(rules.slice(1)).toEqual([
    ['cpu_cores', 'product', 0],
    ['cpu_cores', 'product', 1],
    ['storage_gb', 'sum', 0],
    ['storage_gb', 'sum', 1],
    ['ip_address', 'list', 0],
    ['ip_address', 'list', 1],
  ]);
});

test('a single-valued target never gets two columns', () => {
  const { suggestions } = propose(
    tableOf({
      Hostname: names,
      'Server Name': names,
      Environment: ['Prod', 'Prod', 'Test', 'Dev', 'Prod'],
      Env: ['Prod', 'Prod', 'Test', 'Dev', 'Prod'],
    }),
  );
  const mapped = suggestions.map((one) => one.target).filter((target) => target !== null);

  expect(new Set(mapped).size).toBe(mapped.length);
});

test('values overrule a misleading header', () => {
  const { suggestions } = propose(
    tableOf({
      IP: ['web-01', 'web-02', 'app-01', 'db-01', 'db-02'],
      Server: ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4', '10.0.0.5'],
      OS: systems,
    }),
  );

  expect(suggestions.map((one) => one.target)).toEqual(['hostname', 'ip_address', 'operating_system']);
  expect(suggestions[0]?.confidence).toBeLessThan(0.9);
});

test('samples of people are masked', () => {
  const owner = suggestionFor(
    'Owner e-mail',
    names.map((name) => `${name}.person@corp.example`),
  );

  expect(owner?.target).toBe('business_owner');
  expect(owner?.samples.join()).not.toContain('person@corp.example');
});
