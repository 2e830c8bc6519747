import { fc } from '../support/property';
import { lifecycleCatalogue } from '../../src/domain/disposition/catalogue';
import {
  assessLifecycle,
  catalogueProduct,
  createLifecycleAssessor,
  lifecycleStatusOn,
  listLifecycleEntries,
} from '../../src/domain/disposition/lifecycle';

const today = '2026-03-01';
const statusOf = (product: string, version: string, day = today) =>
  assessLifecycle({ kind: 'operating_system', product, version }, day).status;

describe('the lifecycle catalogue', () => {
  const day = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

  test('has a version and the day on which it was compared with its sources', () => {
    expect(lifecycleCatalogue.catalogueVersion).toMatch(/^\d{4}\.\d{2}\.\d+$/);
    expect(lifecycleCatalogue.asOf).toMatch(day);
    expect(listLifecycleEntries().length).toBeGreaterThan(1000);
  });

  test('names an https source and valid dates in every entry', () => {
    for (const entry of listLifecycleEntries()) {
      expect(entry.source).toMatch(/^https:\/\/\S+$/);
      for (const date of [entry.endOfSupport, entry.endOfExtendedSupport]) {
        if (date === null) continue;
        expect(date).toMatch(day);
        expect(new Date(date).toISOString().slice(0, 10)).toBe(date);
      }
    }
  });

  test('never ends extended support before support', () => {
    const wrong = listLifecycleEntries().filter(
      ({ endOfSupport, endOfExtendedSupport }) =>
        endOfExtendedSupport !== null && (endOfSupport === null || endOfExtendedSupport < endOfSupport),
    );

    expect(wrong).toEqual([]);
  });

  test('uses each product key, alias and version spelling once', () => {
    const keys = lifecycleCatalogue.products.flatMap(({ product, aliases }) => [product, ...(aliases ?? [])]);
    expect(keys).toHaveLength(new Set(keys).size);

    for (const product of lifecycleCatalogue.products) {
      const spellings = product.versions.flatMap(({ version, also }) => [version, ...(also ?? [])]);
      expect({ product: product.product, spellings }).toEqual({
        product: product.product,
        spellings: [...new Set(spellings)],
      });
    }
  });

  test.each([
    'windows-server rhel centos rocky-linux almalinux oracle-linux sles debian ubuntu amazon-linux',
    'windows aix solaris hp-ux ibm-i z-os vmware-esxi vmware-vcenter',
    'mssqlserver oracle-database postgresql mysql mariadb mongodb db2 redis cassandra sap-hana',
    'java oracle-jdk dotnetfx dotnet nodejs python php ruby spring-framework spring-boot angular',
    'tomcat jboss weblogic websphere iis msexchange sharepoint nginx apache rabbitmq kafka',
  ])('lists %s', (products) => {
    for (const product of products.split(' ')) expect(catalogueProduct(product)).toBeDefined();
  });
});

describe('the status of a version', () => {
  test.each([
    ['windows-server', '2012 R2', 'extended_only'],
    ['windows-server', '2012R2 Standard', 'extended_only'],
    ['windows-server', '2008 R2 Service Pack 1', 'expired'],
    ['windows-server', '2008 R2 SP1 Enterprise (64-bit)', 'expired'],
    ['windows-server', '2003', 'expired'],
    ['windows-server', '2016 Datacenter', 'soon'],
    ['windows-server', '10.0.20348', 'supported'],
    ['windows-server', '6.3.9600', 'extended_only'],
    ['windows', 'XP', 'expired'],
    ['windows', '10 Enterprise', 'extended_only'],
    ['windows', '10 Enterprise LTSC 2019', 'supported'],
    ['windows', '7 SP1', 'expired'],
    ['rhel', '7.9', 'extended_only'],
    ['rhel', '5', 'expired'],
    ['rhel', '8.10 (Ootpa)', 'supported'],
    ['centos', '7.9.2009', 'expired'],
    ['oracle-linux', '7', 'extended_only'],
    ['sles', '12 SP5', 'extended_only'],
    ['sles', '15-SP7', 'supported'],
    ['sles', '11 SP1', 'expired'],
    ['ubuntu', '18.04.6 LTS', 'extended_only'],
    ['ubuntu', '14.04', 'expired'],
    ['debian', '10', 'expired'],
    ['amazon-linux', '2', 'soon'],
    ['aix', '7.1', 'expired'],
    ['aix', '7200-04-02-2027', 'expired'],
    ['aix', '7.3 TL4', 'supported'],
    ['solaris', '5.10', 'extended_only'],
    ['solaris', '11.4', 'supported'],
    ['hp-ux', 'B.11.31', 'extended_only'],
    ['hp-ux', '11i v2', 'expired'],
    ['ibm-i', 'V7R3M0', 'extended_only'],
    ['z-os', 'V2R4', 'expired'],
    ['z-os', '02.05.00', 'soon'],
    ['vmware-esxi', '6.7.0 build-17700523', 'expired'],
    ['esxi', '8.0 U2', 'supported'],
    ['mssqlserver', '2014', 'extended_only'],
    ['mssqlserver', '2016 SP1', 'expired'],
    ['mssqlserver', '15.0.2000.5', 'supported'],
    ['mssqlserver', '2008R2', 'expired'],
    ['oracle-database', '11g', 'expired'],
    ['oracle-database', '11gR2', 'expired'],
    ['oracle-database', '12c Release 1 (12.1.0.2)', 'expired'],
    ['oracle-database', '19c', 'supported'],
    ['oracle-database', '19.0.0.0', 'supported'],
    ['oracle-database', '9i', 'expired'],
    ['postgresql', '9.6.24', 'expired'],
    ['postgresql', '9', 'expired'],
    ['postgresql', '14.5', 'soon'],
    ['mysql', '5.7.38', 'expired'],
    ['db2', 'v11.1.4.7', 'extended_only'],
    ['java', '1.8.0_202', 'supported'],
    ['java', '7', 'expired'],
    ['oracle-jdk', '8u202', 'extended_only'],
    ['dotnet', '6.0', 'expired'],
    ['dotnetfx', 'v4.8', 'supported'],
    ['python', '2.7.18', 'expired'],
    ['nodejs', 'v18.20.1', 'expired'],
    ['tomcat', '8.5.93', 'expired'],
    ['weblogic', '12.1.3', 'expired'],
    ['websphere', '8.5.5.20', 'supported'],
    ['msexchange', '2016', 'extended_only'],
  ])('of %s %s is %s', (product, version, status) => {
    expect(statusOf(product, version)).toBe(status);
  });

  test.each([
    ['sles', '15', 'some service packs are supported and some are not'],
    ['mariadb', '10', 'some minor versions are supported and some are not'],
    ['dotnetfx', '4.0.30319', 'every 4.x reports this'],
    ['postgresql', '99', 'a version that is newer than the catalogue'],
    ['solaris', '11.5', 'a version that is newer than its listed siblings'],
    ['rhel', 'unknown', 'the text says nothing'],
    ['rhel', '', 'the text is empty'],
    ['nosuchproduct', '1', 'the product is not listed'],
  ])('of %s "%s" is unknown because %s', (product, version) => {
    const assessment = assessLifecycle({ kind: 'operating_system', product, version }, today);

    expect(assessment.status).toBe('unknown');
    expect(assessment.reason).not.toBe('');
  });

  test('is unknown without a product or a version', () => {
    expect(assessLifecycle({ kind: 'database', product: null, version: '1' }, today).status).toBe('unknown');
    expect(assessLifecycle({ kind: 'database', product: 'mysql', version: null }, today).status).toBe(
      'unknown',
    );
  });

  test('of an unlisted version between versions that have all ended is expired', () => {
    expect(statusOf('postgresql', '6.0')).toBe('expired');
    expect(statusOf('spring-framework', '4.2.1')).toBe('expired');
  });

  test('changes on the day after the last day of support', () => {
    expect(statusOf('windows-server', '2012', '2023-10-10')).toBe('soon');
    expect(statusOf('windows-server', '2012', '2023-10-11')).toBe('extended_only');
    expect(statusOf('windows-server', '2012', '2026-10-13')).toBe('extended_only');
    expect(statusOf('windows-server', '2012', '2026-10-14')).toBe('expired');
    expect(lifecycleStatusOn('2026-01-01', '2027-01-01')).toBe('soon');
    expect(lifecycleStatusOn('2025-12-31', '2027-01-01')).toBe('supported');
  });

  test('carries its dates, its source and a sentence', () => {
    const component = { kind: 'operating_system', product: 'windows-server', version: '2012 R2' } as const;

    expect(assessLifecycle(component, '2026-11-22')).toEqual({
      component: 'operating_system',
      product: 'windows-server',
      version: '2012 R2',
      status: 'expired',
      endOfSupport: '2023-10-10',
      endOfExtendedSupport: '2026-10-13',
      reason: 'Support of Windows Server 2012 R2 ended on 2023-10-10 and its extended support on 2026-10-13',
      source: 'https://endoflife.date/windows-server',
    });
  });

  test('never gets better as time passes', () => {
    const order = ['supported', 'soon', 'extended_only', 'expired'];
    const entries = listLifecycleEntries();
    const days = fc
      .integer({ min: 0, max: 20_000 })
      .map((offset) => new Date(Date.UTC(1995, 0, 1 + offset)).toISOString().slice(0, 10));

    fc.assert(
      fc.property(fc.constantFrom(...entries), days, days, (entry, one, other) => {
        const [earlier, later] = one < other ? [one, other] : [other, one];
        const before = statusOf(entry.product, entry.version, earlier);
        const after = statusOf(entry.product, entry.version, later);
        expect(order.indexOf(after)).toBeGreaterThanOrEqual(order.indexOf(before));
      }),
    );
  });

  test('finds every listed version by its own spelling', () => {
    for (const { product, versions } of lifecycleCatalogue.products) {
      for (const { version, ends, also } of versions) {
        for (const spelling of [version, ...(also ?? [])]) {
          const found = assessLifecycle({ kind: 'runtime', product, version: spelling }, today);
          expect({ product, spelling, ends: found.endOfSupport }).toEqual({ product, spelling, ends });
        }
      }
    }
  });

  test('is remembered for each distinct component', () => {
    const assess = createLifecycleAssessor(today);
    const component = { kind: 'runtime', product: 'php', version: '7.4' } as const;

    expect(assess({ ...component })).toBe(assess({ ...component }));
  });
});
