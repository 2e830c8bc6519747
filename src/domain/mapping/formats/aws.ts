import { feeds } from './define';
import type { FormatDefinition } from './define';

const vendor = 'Amazon Web Services';

const migrationHub: FormatDefinition = {
  id: 'aws.migration_hub',
  vendor,
  kind: 'inventory',
  signature: [
    'SMBiosId',
    'VMware.MoRefId',
    'VMware.VCenterId',
    'CPU.NumberOfProcessors',
    'CPU.NumberOfCores',
    'CPU.NumberOfLogicalCores',
    'RAM.TotalSizeInMB',
    'RAM.UsedSizeInMB.Avg',
    'CPU.UsagePct.Avg',
    'VMware.VMName',
    'ApplicationWave',
    'DiskReadsPerSecondInKB.Avg',
    'OS.Name',
  ],
  minimum: 3,
  requires: [['ExternalId', 'HostName', 'VMware.VMName', 'IPAddress', 'ServerId']],
  columns: {
    ExternalId: 'external_id',
    SMBiosId: 'uuid',
    IPAddress: feeds('ip_address', { combine: 'list' }),
    MACAddress: feeds('mac_address', { combine: 'list' }),
    HostName: 'hostname',
    'VMware.VMName': 'name',
    'CPU.NumberOfCores': 'cpu_cores',
    'CPU.NumberOfLogicalCores': feeds('cpu_cores', { unless: ['CPU.NumberOfCores'] }),
    'CPU.NumberOfProcessors': feeds('cpu_cores', {
      unless: ['CPU.NumberOfCores', 'CPU.NumberOfLogicalCores'],
    }),
    'OS.Name': 'operating_system',
    'OS.Version': 'os_version',
    'RAM.TotalSizeInMB': feeds('memory_gb', { unit: 'mb' }),
    'CPU.UsagePct.Avg': 'cpu_utilization_percent',
    'CPU.UsagePct.Max': 'cpu_utilization_peak_percent',
    'DiskReadsPerSecondInKB.Avg': feeds('disk_throughput_mbps', { combine: 'sum', order: 0, unit: 'kb/s' }),
    'DiskWritesPerSecondInKB.Avg': feeds('disk_throughput_mbps', { combine: 'sum', order: 1, unit: 'kb/s' }),
    'DiskReadsOpsPerSecond.Avg': feeds('disk_iops', { combine: 'sum', order: 0 }),
    'DiskWritesOpsPerSecond.Avg': feeds('disk_iops', { combine: 'sum', order: 1 }),
    'NetworkReadsPerSecondInKB.Avg': feeds('network_throughput_mbps', {
      combine: 'sum',
      order: 0,
      unit: 'kb/s',
    }),
    'NetworkWritesPerSecondInKB.Avg': feeds('network_throughput_mbps', {
      combine: 'sum',
      order: 1,
      unit: 'kb/s',
    }),
    Applications: 'application_name',
    ApplicationWave: 'migration_wave',
    Tags: feeds('tags', { combine: 'list' }),
    ServerId: feeds('external_id', { unless: ['ExternalId'] }),
  },
  unmapped: `VMware.MoRefId; VMware.VCenterId; RAM.UsedSizeInMB.Avg; RAM.UsedSizeInMB.Max; DiskReadsPerSecondInKB.Max;
    DiskWritesPerSecondInKB.Max; DiskReadsOpsPerSecond.Max; DiskWritesOpsPerSecond.Max; NetworkReadsPerSecondInKB.Max;
    NetworkWritesPerSecondInKB.Max`,
};

const applicationMigration: FormatDefinition = {
  id: 'aws.mgn',
  vendor,
  kind: 'inventory',
  signature: [
    'mgn:account-id',
    'mgn:region',
    'mgn:app:name',
    'mgn:wave:name',
    'mgn:server:user-provided-id',
    'mgn:server:platform',
    'mgn:server:fqdn-for-action-framework',
    'mgn:launch:instance-type',
  ],
  minimum: 2,
  requires: [['mgn:server:user-provided-id', 'mgn:server:fqdn-for-action-framework', 'mgn:app:name']],
  columns: {
    'mgn:app:name': 'application_name',
    'mgn:app:description': 'description',
    'mgn:wave:name': 'migration_wave',
    'mgn:server:user-provided-id': 'external_id',
    'mgn:server:platform': 'operating_system',
    'mgn:server:fqdn-for-action-framework': 'fqdn',
    'mgn:server:tag:*': feeds('tags', { combine: 'list', order: 0 }),
    'mgn:app:tag:*': feeds('tags', { combine: 'list', order: 1 }),
  },
  unmapped: 'mgn:account-id; mgn:region; mgn:wave:description; mgn:wave:tag:*; mgn:launch:*; mgn:*',
};

const migrationFactory: FormatDefinition = {
  id: 'aws.cmf',
  vendor,
  kind: 'inventory',
  signature: [
    'r_type',
    'aws_accountid',
    'aws_region',
    'server_os_family',
    'server_tier',
    'securitygroup_IDs',
    'subnet_IDs',
    'server_fqdn',
    'wave_name',
    'server_environment',
    'subnet_IDs_test',
    'securitygroup_IDs_test',
  ],
  minimum: 3,
  requires: [['server_name'], ['app_name', 'wave_name']],
  columns: {
    wave_name: 'migration_wave',
    app_name: 'application_name',
    server_name: 'hostname',
    server_os_version: 'operating_system',
    server_fqdn: 'fqdn',
    server_tier: 'server_role',
    server_environment: 'environment',
    r_type: 'migration_strategy',
    tags: 'tags',
    server_os_family: feeds('operating_system', { unless: ['server_os_version'] }),
  },
  unmapped: `aws_accountid; aws_region; subnet_IDs; securitygroup_IDs; subnet_IDs_test; securitygroup_IDs_test; instanceType; tenancy;
    iamRole; private_ip; ebs_kmskey_id; ebs_encrypted; root_vol_size; root_vol_type; add_vols_size; add_vols_type; detailed_monitoring`,
};

export const awsFormats: readonly FormatDefinition[] = [migrationHub, applicationMigration, migrationFactory];
