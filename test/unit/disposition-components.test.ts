import { lifecycleCatalogue, type ProductLifecycle } from '../../src/domain/disposition/catalogue';
import { createFactBuilder } from '../../src/domain/disposition/facts';
import { assessLifecycle, catalogueProduct } from '../../src/domain/disposition/lifecycle';
import { readComponents } from '../../src/domain/disposition/read-components';
import { recommendDisposition } from '../../src/domain/disposition/recommend';
import { operatingSystemNames } from '../../src/domain/quality/words/operating-system-names';
import { productNames } from '../../src/domain/quality/words/product-names';
import { assessmentDay } from '../support/disposition-facts';

/** Names that readers know and for which no vendor publishes dates that the catalogue could hold. */
const withoutDates = new Set(
  [
    'xenserver flatcar linux tru64 irix sco bsd openvms z-vm z-vse z-tpf mainframe netware macos network-os storage-os unix',
    'oracle-forms oracle-ebs sap-ase informix teradata ms-access sqlite adabas ims firebird progress cobol powerbuilder',
    'wildfly glassfish biztalk wordpress cics',
  ].flatMap((names) => names.split(' ')),
);

describe('the readers of products', () => {
  const keys = [...operatingSystemNames, ...productNames].map(({ product }) => product);

  test('use keys of the lifecycle catalogue wherever it knows the product', () => {
    const unknownKeys = keys.filter((key) => catalogueProduct(key) !== key && !withoutDates.has(key));

    expect(unknownKeys).toEqual([]);
  });

  test('know no product without dates that has got some', () => {
    expect([...withoutDates].filter((key) => catalogueProduct(key) !== undefined)).toEqual([]);
  });

  test('read each listed version so that the catalogue finds it', () => {
    const known = new Set(keys);
    const wrong = lifecycleCatalogue.products
      .filter(({ product }) => known.has(product))
      .flatMap((lifecycle) => lifecycle.versions.map((entry) => ({ lifecycle, entry })))
      .filter(({ lifecycle, entry }) => !ambiguous.has(`${lifecycle.product} ${entry.version}`))
      .filter(({ lifecycle, entry }) => endsOf(lifecycle, entry.version) !== entry.ends)
      .map(({ lifecycle, entry }) => `${lifecycle.label} ${entry.version}`);

    expect(wrong).toEqual([]);
  });
});

/** Spellings that people use for something else: Windows 2000 was a server, .NET 2.0 the framework. */
const ambiguous = new Set([
  'windows 2000',
  'mssqlserver 7.0',
  ...['1.0', '1.1', '2.0', '2.1', '2.2', '3.0', '3.1'].map((version) => `dotnet ${version}`),
]);

function endsOf({ product, label, component }: ProductLifecycle, version: string): string | null | undefined {
  const text = `${label} ${version.startsWith('LTSC') ? `10 Enterprise ${version}` : version}`;
  const values =
    component === 'operating_system'
      ? { operating_system: text }
      : component === 'database'
        ? { database_engine: label, database_version: version }
        : { technology_stack: [text] };
  const found = readComponents(values).find((candidate) => candidate.product === product);
  return found && assessLifecycle(found, assessmentDay).endOfSupport;
}

describe('the components of an asset', () => {
  test.each([
    [
      { operating_system: 'Microsoft Windows Server 2012 R2 Standard' },
      [['operating_system', 'windows-server', '2012 r2']],
    ],
    [
      { operating_system: 'Red Hat Enterprise Linux', os_version: '7.9' },
      [['operating_system', 'rhel', '7.9']],
    ],
    [{ operating_system: 'Something else' }, [['operating_system', null, null]]],
    [
      { database_engine: 'Oracle', database_version: '11.2.0.4' },
      [['database', 'oracle-database', '11.2.0.4']],
    ],
    [{ database_engine: 'Homegrown' }, [['database', null, null]]],
    [
      { technology_stack: ['Java 8', 'Tomcat 8.5', 'MySQL 5.7'] },
      [
        ['runtime', 'java', '8'],
        ['runtime', 'tomcat', '8.5'],
        ['database', 'mysql', '5.7'],
      ],
    ],
    [{ application_name: 'SharePoint', application_version: '2013' }, [['runtime', 'sharepoint', '2013']]],
    [{ application_name: 'Oracle Payments' }, []],
    [{}, []],
  ])('of %j are %j', (values, expected) => {
    const components = readComponents(values).map(({ kind, product, version }) => [kind, product, version]);

    expect(components).toEqual(expected);
  });

  test('lead from the text of a cell to a recommendation', () => {
    const build = createFactBuilder({ today: assessmentDay });

    const facts = build({
      name: 'web-1',
      assetType: 'server',
      subtype: 'virtual_machine',
      values: { operating_system: 'Windows Server 2008 R2 Enterprise', virtualization_platform: 'Hyper-V' },
    });

    expect(facts.lifecycle).toMatchObject([{ status: 'expired', endOfSupport: '2020-01-14' }]);
    expect(recommendDisposition(facts).strategy).toBe('replatform');
  });
});
