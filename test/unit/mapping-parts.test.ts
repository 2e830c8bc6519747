import { propose, tableOf, targetsOf } from '../fixtures/mapping/tables';

const names = ['ktn01', 'ktn02', 'ktn03', 'ktn04', 'ktn05', 'ktn06'];
const cycle = (...values: readonly string[]) => names.map((_, row) => values[row % values.length] ?? '');
const servers = {
  Hostname: names,
  IP: names.map((_, row) => `10.7.3.${row + 11}`),
  OS: cycle('Debian 12', 'Windows Server 2022'),
};
const applications = {
  Application: ['Lohn', 'Archiv', 'Portal', 'Lager', 'Kasse', 'Termine'],
  Vendor: cycle('Cegid', 'Internal', 'Dedalus'),
  'Business owner': cycle('Ann Fox', 'Bob Ray'),
};

function suggestion(columns: Readonly<Record<string, readonly string[]>>, header: string) {
  return propose(tableOf(columns)).suggestions.find((one) => one.sourceColumn === header);
}

test.each(['Standby IP', 'DNS', 'Gateway IP', 'Chassis_IP'])(
  'the address under %s is never surely its own',
  (header) => {
    const found = suggestion({ ...servers, [header]: cycle('10.7.3.2', '10.7.3.3') }, header);

    expect(found?.target === null || (found?.confidence ?? 1) < 0.9).toBe(true);
  },
);

test('the monthly cost of a part is not surely that of the whole', () => {
  const found = suggestion(
    { ...servers, 'Monthly scanning cost': cycle('12.5', '40', '3.2') },
    'Monthly scanning cost',
  );

  expect(found?.confidence).toBeLessThan(0.9);
});

test('memory as such goes before memory that is allocated', () => {
  const columns = { ...servers, RAM: cycle('16', '32', '64'), 'Allocated memory': cycle('8', '16', '48') };

  expect(targetsOf(propose(tableOf(columns)))).toMatchObject({ RAM: 'memory_gb', 'Allocated memory': null });
});

test('names of processors are no count of cores', () => {
  const columns = { ...servers, Processor: cycle('2x Xeon Gold 6130', 'i5-11400', 'EPYC 7302') };

  expect(suggestion(columns, 'Processor')?.target).toBeNull();
});

test('the owner goes before the mail address of the owner', () => {
  const columns = {
    ...servers,
    owner: cycle('platform', 'ops', 'web'),
    owner_email: cycle('p@corp.example', 'o@corp.example', 'w@corp.example'),
  };
  const targets = targetsOf(propose(tableOf(columns)));

  expect(targets['owner']).toMatch(/_owner$/);
  expect(targets['owner_email']).not.toBe(targets['owner']);
});

test('the text of a code is what the code is of and no description of the row', () => {
  const columns = {
    ...servers,
    COD_SEDE: cycle('11', '12'),
    DES_SEDE: cycle('Lugo', 'Vigo'),
    C_CLAS: cycle('4', '5'),
    DESC_CLAS: cycle('EQUIPOS DE OFICINA', 'EQUIPOS DE PLANTA'),
  };
  const targets = targetsOf(propose(tableOf(columns)));

  expect(targets).toMatchObject({ DES_SEDE: 'location', C_CLAS: null, DESC_CLAS: null });
});

test('the function of an application describes it, that of a server is its role', () => {
  const function_ = cycle('Tient les comptes', 'Classe les courriers', 'Suit les stocks');
  const role = cycle('Serveur de fichiers', 'Contrôleur de domaine');

  expect(suggestion({ ...applications, Fonction: function_ }, 'Fonction')?.target).toBe('description');
  expect(suggestion({ ...servers, Fonction: role }, 'Fonction')?.target).toBe('server_role');
});

test('the software of a device is the version of its operating system', () => {
  const columns = {
    Device: ['core-1', 'core-2', 'edge-1', 'edge-2', 'acc-1', 'acc-2'],
    Model: cycle('C9300-48P', 'ISR4431'),
    'Serial Number': ['FCW2A', 'FCW2B', 'FDO2C', 'FDO2D', 'FOC2E', 'FOC2F'],
    'Software Version': cycle('17.3.4', '16.12.4'),
  };

  expect(suggestion(columns, 'Software Version')?.target).toBe('os_version');
});

test('a bare name beside a column of servers is not surely the name of the server', () => {
  const columns = {
    Server: ['Alpha 1', 'Bravo 1', 'Delta 2', 'Lima 1', 'Oscar 1', 'Kilo 3'],
    Beschrijving: cycle('Mailserver', 'DNS slave', 'Bestanden'),
    Naam: ['Jens', 'Rob en Max', 'Keanu', 'Thomas', 'Robin', 'Michiel'],
  };
  const found = suggestion(columns, 'Naam');

  expect(found?.target === null || (found?.confidence ?? 1) < 0.9).toBe(true);
});

test('a database beside its product is the name of the row', () => {
  const columns = {
    Database: ['ledger_main', 'claims_eu', 'archive_old'],
    Engine: ['PostgreSQL', 'Oracle', 'MySQL'],
    Version: ['16', '19c', '8.0.35'],
    Size: ['38 MB', '19 GB', '210 GB'],
  };

  expect(targetsOf(propose(tableOf(columns)))).toEqual({
    Database: 'name',
    Engine: 'database_engine',
    Version: 'database_version',
    Size: 'database_size_gb',
  });
});

test('a database without another column of products is the product', () => {
  const columns = { ...applications, Database: cycle('Oracle 19c', 'MySQL') };

  expect(suggestion(columns, 'Database')?.target).toBe('database_engine');
});

test('sizes that go on in words are sizes', () => {
  const columns = { ...servers, RAM: cycle('8GB DDR4', '304GB DDR3', '64 GB ECC') };

  expect(suggestion(columns, 'RAM')?.target).toBe('memory_gb');
});

test('environments under a header of classes are environments', () => {
  const found = suggestion(
    { ...servers, Classification: cycle('Production', 'Development') },
    'Classification',
  );

  expect(found?.target).toBe('environment');
});

test('numbers of the rows are no serial numbers', () => {
  const found = suggestion({ 'S.No.': ['1', '2', '3', '4', '5', '6'], ...servers }, 'S.No.');

  expect(found?.target).toBeNull();
});

test('the place goes before a room in it', () => {
  const columns = { ...servers, 'Room Number': cycle('2.14', 'B-1'), Location: cycle('Paris', 'Lyon') };

  expect(targetsOf(propose(tableOf(columns)))['Location']).toBe('location');
});

test('servers beside an application are what it runs on, and their number is nothing', () => {
  const listed = { ...applications, Servers: cycle('KTN-WEB-01, 02', 'KTN-SQL-*', 'shared pool') };
  const counted = { ...applications, Servers: cycle('11', '4', '24') };

  expect(suggestion(listed, 'Servers')?.target).toBe('depends_on');
  expect(suggestion(counted, 'Servers')?.target).toBeNull();
});
