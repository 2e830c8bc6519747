import {
  assetTypeReader,
  criticalityReader,
  dispositionReader,
  environmentReader,
  powerStateReader,
  scopeReader,
  statusReader,
} from '../../src/domain/quality/words/enumerations';

test.each([
  ['Production', 'production'],
  ['PRD', 'production'],
  ['Produktion', 'production'],
  ['Producción', 'production'],
  ['Produção', 'production'],
  ['PROD-EU', 'production'],
  ['Pre-Prod', 'staging'],
  ['préproduction', 'staging'],
  ['Entwicklung', 'development'],
  ['Développement', 'development'],
  ['Desarrollo', 'development'],
  ['Recette', 'uat'],
  ['Homologação', 'uat'],
  ['QA', 'qa'],
  ['DR', 'disaster_recovery'],
  ['Labor', 'sandbox'],
])('%s is the environment %s', (text, expected) => {
  expect(environmentReader.read(text)?.value).toBe(expected);
});

test.each(['Non-Production', 'Production/Test', 'not production', 'blue', ''])(
  '%j names no environment',
  (text) => {
    expect(environmentReader.read(text)).toBeNull();
  },
);

test.each([
  ['H', 'high'],
  ['C', 'critical'],
  ['Mission Critical', 'critical'],
  ['1 - most critical', 'critical'],
  ['Tier 2', 'high'],
  ['Mittel', 'medium'],
  ['élevée', 'high'],
  ['Muy alta', 'critical'],
  ['Baixa', 'low'],
  ['Not critical', 'low'],
  ['High (24x7)', 'high'],
])('%s is the criticality %s', (text, expected) => {
  expect(criticalityReader.read(text)?.value).toBe(expected);
});

test.each([
  ['Re-host', 'rehost'],
  ['Lift & Shift', 'rehost'],
  ['Rehost (Lift and Shift)', 'rehost'],
  ['Replace', 'repurchase'],
  ['rewrite', 'repurchase'],
  ['Stilllegen', 'retire'],
  ['Conserver', 'retain'],
  ['Re-architect', 'rearchitect'],
  ['Re-platform', 'replatform'],
])('%s is the disposition %s', (text, expected) => {
  expect(dispositionReader.read(text)?.value).toBe(expected);
});

test('a cell that names two dispositions names none', () => {
  expect(dispositionReader.read('Rehost / Replatform')).toBeNull();
});

test.each([
  ['Non-Operational', 'inactive'],
  ['Operational', 'active'],
  ['In Stock', 'in_stock'],
  ['Außer Betrieb', 'inactive'],
  ['En service', 'active'],
  ['Dado de baja', 'retired'],
])('%s is the status %s', (text, expected) => {
  expect(statusReader.read(text)?.value).toBe(expected);
});

test.each([
  ['poweredOn', 'on'],
  ['VM deallocated', 'off'],
  ['Suspended', 'suspended'],
  ['Ausgeschaltet', 'off'],
])('%s is the power state %s', (text, expected) => {
  expect(powerStateReader.read(text)?.value).toBe(expected);
});

test.each([
  ['In scope', 'in'],
  ['Out of Scope', 'out'],
  ['hors périmètre', 'out'],
  ['Later', 'deferred'],
])('%s is the scope %s', (text, expected) => {
  expect(scopeReader.read(text)?.value).toBe(expected);
});

test.each([
  ['cmdb_ci_linux_server', 'server'],
  ['cmdb_ci_app_server_tomcat', 'application'],
  ['cmdb_ci_db_mssql_instance', 'database'],
  ['cmdb_ci_lb_bigip', 'load_balancer'],
  ['cmdb_ci_unheard_of', 'other'],
  ['Firewall', 'network'],
  ['Datenbank', 'database'],
  ['Imprimante', 'end_user_device'],
  ['USV', 'facility'],
])('%s is the asset type %s', (text, expected) => {
  expect(assetTypeReader.read(text)?.value).toBe(expected);
});

test('an exact word is surer than a word among others', () => {
  expect(environmentReader.read('prod')).toEqual({
    value: 'production',
    confidence: 1,
    rule: 'environment_word',
  });
  expect(environmentReader.read('prod eu')?.confidence).toBeLessThan(1);
});
