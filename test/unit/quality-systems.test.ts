import { readOperatingSystem } from '../../src/domain/quality/words/operating-systems';
import { readProduct } from '../../src/domain/quality/words/products';

test.each([
  ['Microsoft Windows Server 2012R2 (64-bit)', '', 'windows-server', '2012 r2'],
  ['Microsoft Windows Server 2012 R2', '6.3.9600', 'windows-server', '2012 r2'],
  ['Windows 2012 R2 Standard', '', 'windows-server', '2012 r2'],
  ['Windows Server 2008 R2 SP1 Enterprise', '', 'windows-server', '2008 r2'],
  ['Windows Server 2008 SP2', '', 'windows-server', '2008'],
  ['Microsoft(R) Windows(R) Server 2003, Standard Edition', '', 'windows-server', '2003'],
  ['Microsoft Windows Server', '10.0.17763', 'windows-server', '2019'],
  ['Windows', '10.0.20348', 'windows-server', '2022'],
  ['Microsoft Windows 10 Enterprise', '10.0.19045', 'windows', '10'],
  ['Windows 7 Professional', '', 'windows', '7'],
  ['Windows XP', '', 'windows', 'xp'],
  ['Microsoft Windows Server 2016 or later (64-bit)', '', 'windows-server', null],
  ['10.0.17763', '', 'windows-server', '2019'],
  ['6.3.9600', '', 'windows-server', '2012 r2'],
  ['10.0.19045', '', 'windows', '10 22h2'],
  ['Win2k12', '', 'windows-server', '2012'],
  ['Red Hat Enterprise Linux 7 (64-bit)', '', 'rhel', '7'],
  ['Red Hat Enterprise Linux 7', '7.9', 'rhel', '7.9'],
  ['RHEL 7.9', '', 'rhel', '7.9'],
  ['Red Hat Enterprise Linux Server release 6.10 (Santiago)', '', 'rhel', '6.10'],
  ['3.10.0-1160.71.1.el7.x86_64', '', 'rhel', '7'],
  ['Linux 4.18.0-372.el8.x86_64', '', 'rhel', '8'],
  ['5.4.17-2136.el8uek.x86_64', '', 'oracle-linux', '8'],
  ['Oracle Linux 7', '7.6', 'oracle-linux', '7.6'],
  ['OEL 7', '', 'oracle-linux', '7'],
  ['CentOS Linux release 7.9.2009 (Core)', '', 'centos', '7.9.2009'],
  ['CentOS 4/5 or later (64-bit)', '', 'centos', null],
  ['CentOS Stream 9', '', 'centos-stream', '9'],
  ['SLES 12 SP5', '', 'sles', '12 sp5'],
  ['SUSE Linux Enterprise Server 15 SP4 (x86_64)', '', 'sles', '15 sp4'],
  ['SUSE Linux Enterprise 11', '11.4', 'sles', '11.4'],
  ['Ubuntu Linux', '16.04', 'ubuntu', '16.04'],
  ['Ubuntu 20.04.6 LTS (Focal Fossa)', '', 'ubuntu', '20.04'],
  ['Debian GNU/Linux 11 (bullseye)', '', 'debian', '11'],
  ['Rocky Linux 8.9', '', 'rocky-linux', '8.9'],
  ['Amazon Linux 2', '', 'amazon-linux', '2'],
  ['AIX 7.2', '', 'ibm-aix', '7.2'],
  ['AIX', '7100-05-08', 'ibm-aix', '7100-05-08'],
  ['SunOS 5.10', '', 'oracle-solaris', '10'],
  ['Oracle Solaris 11.4', '', 'oracle-solaris', '11.4'],
  ['HP-UX B.11.31', '', 'hp-ux', '11.31'],
  ['HP-UX 11i v3', '', 'hp-ux', '11i v3'],
  ['VMware ESXi 6.7.0 build-17167734', '', 'vmware-esxi', '6.7.0'],
  ['VMware Photon OS (64-bit)', '', 'vmware-photon', null],
  ['z/OS V2R4', '', 'z-os', '2.4'],
  ['z/OS 02.04.00', '', 'z-os', '2.4'],
  ['IBM i 7.3', '', 'ibm-i', '7.3'],
  ['OS/400 V5R4M0', '', 'ibm-i', '5.4'],
  ['Other 3.x or later Linux (64-bit)', '', 'linux', null],
  ['Linux', '', 'linux', null],
])('%j with %j is %s %s', (text, versionText, product, version) => {
  expect(readOperatingSystem(text, versionText)).toMatchObject({ product, version });
});

test.each(['', 'Oracle 19c', 'blue', '42', '7.9', 'Finance'])('%j names no operating system', (text) => {
  expect(readOperatingSystem(text)).toBeNull();
});

test('a build of server and client alike is not certain', () => {
  expect(readOperatingSystem('10.0.17763')).toMatchObject({
    name: 'Windows Server 2019',
    fromBuild: true,
    certain: false,
  });
});

test.each([
  ['SQL Server 2012', [['database', 'mssqlserver', '2012']]],
  ['Microsoft SQL Server 2008 R2 SP2', [['database', 'mssqlserver', '2008 r2 sp2']]],
  ['MSSQL 15.0.2000.5', [['database', 'mssqlserver', '2019']]],
  ['SQL Server Enterprise 2016', [['database', 'mssqlserver', '2016']]],
  ['Oracle 11g', [['database', 'oracle-database', '11g']]],
  ['Oracle Database 19c Enterprise', [['database', 'oracle-database', '19c']]],
  ['Oracle 12.1', [['database', 'oracle-database', '12.1']]],
  ['Oracle 11g R2', [['database', 'oracle-database', '11gr2']]],
  ['PostgreSQL 9.6', [['database', 'postgresql', '9.6']]],
  ['Postgres 13', [['database', 'postgresql', '13']]],
  ['MySQL 5.7', [['database', 'mysql', '5.7']]],
  ['Db2 10.5', [['database', 'ibm-db2', '10.5']]],
  ['DB2 v11.5', [['database', 'ibm-db2', '11.5']]],
  [
    'Java 8 / Tomcat 8.5',
    [
      ['runtime', 'java', '8'],
      ['middleware', 'tomcat', '8.5'],
    ],
  ],
  ['JDK 1.8.0_292', [['runtime', 'java', '8']]],
  [
    '.NET Framework 4.6 / IIS',
    [
      ['runtime', 'dotnetfx', '4.6'],
      ['middleware', 'iis', null],
    ],
  ],
  ['.NET Core 3.1', [['runtime', 'dotnet', '3.1']]],
  ['.NET 6', [['runtime', 'dotnet', '6']]],
  ['Node.js 14', [['runtime', 'nodejs', '14']]],
  ['Python 2.7', [['runtime', 'python', '2.7']]],
  [
    'WordPress 4.9 / PHP 7.0',
    [
      ['middleware', 'wordpress', '4.9'],
      ['runtime', 'php', '7.0'],
    ],
  ],
  ['PHP5', [['runtime', 'php', '5']]],
  ['Oracle WebLogic 12c', [['middleware', 'weblogic', '12c']]],
  ['IBM WebSphere Application Server 8.5', [['middleware', 'websphere', '8.5']]],
  ['IBM WebSphere MQ 7.5', [['middleware', 'ibm-mq', '7.5']]],
  ['Oracle Forms 11g', [['middleware', 'oracle-forms', '11g']]],
  [
    'COBOL batch / Db2',
    [
      ['runtime', 'cobol', null],
      ['database', 'ibm-db2', null],
    ],
  ],
  ['JavaScript', []],
  ['Oracle Linux 7', []],
  ['Windows Server 2016', []],
])('%j names %j', (text, expected) => {
  const found = readProduct(text).map(({ kind, product, version }) => [kind, product, version]);

  expect(found).toEqual(expected);
});
