import { propose, tableOf } from '../fixtures/mapping/tables';

const names = ['lnx210', 'lnx211', 'lnx212', 'lnx213', 'lnx214', 'lnx215', 'lnx216', 'lnx217', 'lnx218'];
const cycle = (...values: readonly string[]) => names.map((_, row) => values[row % values.length] ?? '');
const server = {
  Hostname: names,
  IP: names.map((_, row) => `10.4.1.${row + 5}`),
  OS: cycle('RHEL 7.9', 'Windows Server 2016'),
};

function suggestion(columns: Readonly<Record<string, readonly string[]>>, header: string) {
  return propose(tableOf(columns)).suggestions.find((one) => one.sourceColumn === header);
}

const plain: readonly (readonly [string, string, readonly string[]])[] = [
  ['Bemerkung', 'description', cycle('läuft aus', 'Vertrag prüfen', '')],
  ['Notes', 'description', cycle('ask Karin', 'do not reboot')],
  ['HDD', 'storage_gb', cycle('100', '250', '500')],
  ['Festplatte (GB)', 'storage_gb', cycle('100', '250', '500')],
  ['Typ', 'asset_type', cycle('Server', 'VM')],
  ['status', 'status', cycle('Active', 'Retired', 'Active')],
  ['Tier', 'business_criticality', cycle('Tier 1', 'Tier 2', 'Tier 3')],
  ['dr_tier', 'dr_tier', cycle('T1', 'T2')],
  ["Nombre d'utilisateurs", 'users_count', cycle('12', '450', '31')],
  ['State.Name', 'power_state', cycle('running', 'stopped')],
  ['Annual $ Spend', 'annual_cost', cycle('120000', '45000', '3100')],
  ['Yearly Opex (USD)', 'annual_cost', cycle('120000', '45000', '3100')],
];

test.each(plain)('a clear %s is sure enough to be approved without a person', (header, target, values) => {
  const found = suggestion({ ...server, [header]: values }, header);

  expect(found?.target).toBe(target);
  expect(found?.confidence).toBeGreaterThanOrEqual(0.9);
});

test('a platform of operating systems is one when no other column names them', () => {
  const { Hostname, IP } = server;
  const found = suggestion({ Hostname, IP, Platform: server.OS }, 'Platform');

  expect(found).toMatchObject({ target: 'operating_system' });
  expect(found?.confidence).toBeGreaterThanOrEqual(0.9);
});

test('a column whose first choice is taken is judged by what is left for it', () => {
  const columns = {
    'Business App': cycle('Claims', 'Policy', 'Billing'),
    System: names,
    Env: cycle('PRD', 'UAT'),
    OS: server.OS,
    CPU: cycle('2', '4'),
  };
  const found = suggestion(columns, 'System');

  expect(['name', 'hostname']).toContain(found?.target);
  expect(found?.confidence).toBeGreaterThanOrEqual(0.85);
  expect(suggestion(columns, 'Business App')).toMatchObject({ target: 'application_name' });
});

test('servers listed beside an application are what it depends on, not its host name', () => {
  const columns = {
    Application: ['Paie', 'GED', 'Portail', 'Labo'],
    Serveurs: ['srv01, srv02', 'srv03 / srv04', 'srv05', 'srv06, srv07'],
    Criticité: ['Haute', 'Basse', 'Haute', 'Moyenne'],
    Éditeur: ['Cegid', 'Interne', 'Interne', 'Dedalus'],
    'Base de données': ['Oracle 11g', 'MySQL', 'MySQL', 'Oracle 11g'],
  };

  expect(suggestion(columns, 'Serveurs')).toMatchObject({ target: 'depends_on' });
});

test('the application that a server is mapped to is its application', () => {
  const columns = { ...server, application_mapped: cycle('Claims Hub', 'Policy Center', 'Billing') };

  expect(suggestion(columns, 'application_mapped')).toMatchObject({ target: 'application_name' });
});

test('an empty column is never sure', () => {
  const found = suggestion({ ...server, 'Serial Number': cycle('') }, 'Serial Number');

  expect(found?.confidence).toBeLessThan(0.9);
});

test('tools under the header of an owner are no owners', () => {
  const found = suggestion({ ...server, 'Managed by': cycle('Intune', 'Co-managed') }, 'Managed by');

  expect(found?.target).toBeNull();
});

test('the state of an unknown thing is not the status of the asset with certainty', () => {
  const columns = { ...server, 'Qualification Status': cycle('IQ complete', 'Pending') };
  const found = suggestion(columns, 'Qualification Status');

  expect(found?.target === null || found?.confidence === undefined || found.confidence < 0.9).toBe(true);
});
