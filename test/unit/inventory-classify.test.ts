import type { AttributeValues } from '../../src/domain/attributes/types';
import { classifyAsset } from '../../src/domain/inventory/classification/classify';
import type { RecordContext } from '../../src/domain/inventory/types';

function contextOf(formatId: string | null = null): RecordContext {
  return { tableKind: 'inventory', formatId };
}

function classOf(values: AttributeValues, formatId: string | null = null): string {
  const { assetType, subtype } = classifyAsset(values, contextOf(formatId));
  return subtype === null ? assetType : `${assetType}/${subtype}`;
}

test.each([
  ['Server', 'server'],
  ['server', 'server'],
  ['Linux Server', 'server'],
  ['Windows Server', 'server'],
  ['cmdb_ci_server', 'server'],
  ['cmdb_ci_linux_server', 'server'],
  ['cmdb_ci_win_server', 'server'],
  ['cmdb_ci_esx_server', 'server/hypervisor'],
  ['cmdb_ci_vmware_instance', 'server/virtual_machine'],
  ['cmdb_ci_appl', 'application'],
  ['cmdb_ci_business_app', 'application'],
  ['cmdb_ci_service_auto', 'application/service'],
  ['cmdb_ci_db_mssql_instance', 'database/instance'],
  ['cmdb_ci_db_ora_catalog', 'database'],
  ['cmdb_ci_ip_switch', 'network/switch'],
  ['cmdb_ci_ip_router', 'network/router'],
  ['cmdb_ci_ip_firewall', 'network/firewall'],
  ['cmdb_ci_lb_bigip', 'load_balancer'],
  ['cmdb_ci_storage_server', 'storage'],
  ['cmdb_ci_msd', 'storage'],
  ['cmdb_ci_netgear', 'network'],
  ['cmdb_ci_rack', 'facility'],
  ['cmdb_ci_ups', 'facility/power'],
  ['cmdb_ci_printer', 'end_user_device/printer'],
  ['cmdb_ci_kubernetes_cluster', 'cluster/kubernetes'],
  ['cmdb_ci_docker_container', 'container'],
  ['cmdb_ci_app_server_tomcat', 'component/application_server'],
  ['u_cmdb_ci_custom_server', 'server'],
  ['cmdb_ci_db_custom_instance', 'database/instance'],
  ['Database Server', 'server'],
  ['Application Server', 'server'],
  ['Web Server', 'server'],
  ['Virtual Machine', 'server/virtual_machine'],
  ['Virtual', 'server/virtual_machine'],
  ['Physical', 'server/physical'],
  ['Server - Virtual', 'server/virtual_machine'],
  ['Hardware > Server > Physical', 'server/physical'],
  ['ESXi Host', 'server/hypervisor'],
  ['Mainframe', 'server/mainframe'],
  ['Application', 'application'],
  ['Business Application', 'application'],
  ['Web Application', 'application/web'],
  ['Database', 'database'],
  ['Oracle Database', 'database'],
  ['Microsoft SQL Server', 'database'],
  ['Cache', 'database/cache'],
  ['Redis', 'database/cache'],
  ['Firewall', 'network/firewall'],
  ['Palo Alto Firewall', 'network/firewall'],
  ['Switch', 'network/switch'],
  ['Core Switch', 'network/switch'],
  ['Network Device', 'network'],
  ['Load Balancer', 'load_balancer'],
  ['F5 Load Balancer', 'load_balancer'],
  ['Storage Array', 'storage/array'],
  ['NAS', 'storage/nas'],
  ['Middleware', 'component/middleware'],
  ['API Gateway', 'component/api_gateway'],
  ['Container', 'container'],
  ['Kubernetes Pod', 'container/pod'],
  ['VMware Cluster', 'cluster/virtualization_cluster'],
  ['Security Group', 'security/security_group'],
  ['Laptop', 'end_user_device/laptop'],
  ['Printer', 'end_user_device/printer'],
  ['Patch Panel', 'facility'],
  ['Server Rack', 'facility'],
  ['PDU', 'facility/power'],
  ['External', 'other/external'],
  ['Datenbankserver', 'server'],
  ['Netzwerkgerät', 'network'],
  ['Anwendung', 'application'],
  ['Serveur de base de données', 'server'],
  ['Serveur de fichiers du siège', 'server'],
  ['Base de données', 'database'],
  ['Pare-feu', 'network/firewall'],
  ['Servidor físico', 'server/physical'],
  ['Banco de dados', 'database'],
  ['Máquina virtual', 'server/virtual_machine'],
  ['Microsoft.Compute/virtualMachines', 'server/virtual_machine'],
  ['microsoft.sql/servers/databases', 'database'],
  ['AWS::EC2::Instance', 'server/virtual_machine'],
  ['AWS::RDS::DBInstance', 'database'],
  ['compute.googleapis.com/Instance', 'server/virtual_machine'],
  ['sqladmin.googleapis.com/Instance', 'database'],
  ['aws_lb', 'load_balancer'],
])('the declared type "%s" means %s', (declared, expected) => {
  const values = { name: 'thing', asset_type: declared };

  expect(classOf(values)).toBe(expected);
  expect(classifyAsset(values, contextOf()).confidence).toBeGreaterThan(0.8);
});

test.each([
  ['payments-db-01', 'database'],
  ['web-portal-01', 'web'],
  ['app-server-01', 'application'],
  ['feedback01', null],
])('a row declared Server stays a server, "%s" gives it the role %s', (name, role) => {
  const result = classifyAsset({ name, asset_type: 'Server' }, contextOf());

  expect(result).toMatchObject({ assetType: 'server', serverRole: role });
});

test.each([
  'feedback01',
  'three',
  'elba',
  'christine',
  'webster',
  'apple-tree',
  'dbase',
  'swan-lake',
  'mislabeled',
])('a word inside "%s" is no token', (name) => {
  const { evidence } = classifyAsset({ name }, contextOf());

  expect(evidence.filter((one) => one.code === 'name_token')).toEqual([]);
});

test.each([
  ['Microsoft Windows Server 2016', 'server'],
  ['Red Hat Enterprise Linux 7 (64-bit)', 'server'],
  ['AIX 7.2', 'server'],
  ['VMware ESXi 7.0.3', 'server/hypervisor'],
  ['Microsoft Hyper-V Server 2019', 'server/hypervisor'],
  ['z/OS 2.4', 'server/mainframe'],
  ['Microsoft Windows 10 Enterprise 2016 LTSB', 'end_user_device'],
  ['Windows 7 Professional', 'end_user_device'],
  ['macOS 13', 'end_user_device'],
  ['Cisco IOS 15.2', 'network'],
  ['Cisco NX-OS 9.3', 'network/switch'],
  ['FortiOS 7.0', 'network/firewall'],
  ['PAN-OS 10.1', 'network/firewall'],
  ['F5 TMOS 15', 'load_balancer'],
  ['NetApp ONTAP 9.8', 'storage'],
])('without a type the operating system "%s" means %s', (system, expected) => {
  expect(classOf({ name: 'x1', operating_system: system })).toBe(expected);
});

test.each<[AttributeValues, string]>([
  [{ name: 'ord-db-01', operating_system: 'Oracle Linux 7' }, 'server'],
  [{ name: 'fw-dmz-01', ip_address: ['10.0.0.1'] }, 'network/firewall'],
  [{ name: 'lb-ext-01', ip_address: ['10.0.0.1'] }, 'load_balancer'],
  [{ name: 'core-sw-02', manufacturer: 'Cisco Systems, Inc.', model: 'Catalyst 9300' }, 'network/switch'],
  [{ name: 'PaymentDB' }, 'database'],
  [{ name: 'Payments Portal' }, 'application/web'],
  [{ name: 'ORDERS', database_engine: 'Oracle 12c' }, 'database'],
  [{ name: 'ord-db-01', cpu_cores: 8, database_engine: 'Oracle 12c' }, 'server'],
  [{ application_name: 'Orders' }, 'application'],
  [{ application_name: 'Orders', business_owner: 'P. Lindqvist', application_type: 'cots' }, 'application'],
  [{ name: 'Orders', users_count: 80, business_criticality: 'high' }, 'application'],
  [{ hostname: 'srv17', application_name: 'Orders' }, 'server'],
  [{ name: 'x', hypervisor_host: 'esx-01', cpu_cores: 2 }, 'server/virtual_machine'],
  [{ name: 'x', asset_type: 'Server', model: 'VMware Virtual Platform' }, 'server/virtual_machine'],
  [{ name: 'x', asset_type: 'Server', model: 'ProLiant DL380 Gen10' }, 'server/physical'],
  [{ name: 'x', asset_type: 'Server', operating_system: 'VMware ESXi 7' }, 'server/hypervisor'],
  [{ name: 'x', asset_type: 'Computer', operating_system: 'Windows 10' }, 'end_user_device'],
  [{ name: 'x', asset_type: 'Computer', operating_system: 'Windows Server 2019' }, 'server'],
  [{ name: 'x', asset_type: 'Device', model: 'FortiGate 100F' }, 'network/firewall'],
  [{ name: 'pc-anna', model: 'Latitude 5400' }, 'end_user_device/laptop'],
])('the row %j is of class %s', (values, expected) => {
  expect(classOf(values)).toBe(expected);
});

test('rows of an RVTools vInfo tab are virtual machines, of vHost hypervisors', () => {
  const values = { name: 'ord-db-01', operating_system: 'Oracle Linux 7 (64-bit)' };

  expect(classOf(values, 'rvtools.vinfo')).toBe('server/virtual_machine');
  expect(classOf({ name: 'esx-01' }, 'rvtools.vhost')).toBe('server/hypervisor');
});

test.each([
  ['rvtools.vInfo', 'server/virtual_machine'],
  ['rvtools.vHost', 'server/hypervisor'],
  ['rvtools.vDatastore', 'storage/datastore'],
  ['rvtools.vCluster', 'cluster/virtualization_cluster'],
  ['nutanix.prism_vms', 'server/virtual_machine'],
  ['servicenow.cmdb_ci_server.labels', 'server'],
  ['servicenow.cmdb_ci_business_app', 'application'],
  ['konveyor.applications', 'application'],
  ['tidal.databases', 'database'],
  ['aws.migration_hub', 'server'],
  ['azure_migrate.servers', 'server'],
  ['google_migration_center.vm_info', 'server'],
  ['itop.server', 'server'],
  ['lansweeper.assets', 'other'],
])('rows of the format %s without other facts are of class %s', (formatId, expected) => {
  expect(classOf({ name: 'thing' }, formatId)).toBe(expected);
});

test('a row that says nothing is other, with low confidence', () => {
  expect(classifyAsset({ name: 'thing' }, contextOf())).toMatchObject({
    assetType: 'other',
    confidence: 0.2,
  });
});

test('contradicting evidence is shown and lowers the confidence', () => {
  const agreeing = classifyAsset({ name: 'a', asset_type: 'Server', operating_system: 'Linux' }, contextOf());
  const contradicting = classifyAsset(
    { name: 'a', asset_type: 'Server', operating_system: 'NX-OS' },
    contextOf(),
  );

  expect(contradicting.assetType).toBe('server');
  expect(contradicting.confidence).toBeLessThan(agreeing.confidence);
  expect(contradicting.evidence.some((one) => one.weight < 0)).toBe(true);
});
