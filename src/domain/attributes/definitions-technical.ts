import { defineCategory } from './define';

const identity = defineCategory('identity', {
  name: { label: 'Name', description: 'What people call the asset', shape: 'name' },
  hostname: {
    label: 'Host name',
    description: 'Name of the machine in its network, without domain',
    shape: 'hostname',
  },
  fqdn: { label: 'FQDN', description: 'Fully qualified domain name', shape: 'fqdn' },
  external_id: { label: 'External id', description: 'Key of the record in its source system', shape: 'text' },
  uuid: { label: 'UUID', description: 'Hardware or BIOS UUID of the machine', shape: 'uuid' },
  serial_number: { label: 'Serial number', description: 'Serial number given by the maker', shape: 'text' },
  asset_tag: { label: 'Asset tag', description: 'Inventory label of the organisation', shape: 'text' },
  ip_address: {
    label: 'IP addresses',
    description: 'IPv4 and IPv6 addresses, the primary one first',
    shape: 'ip_list',
  },
  mac_address: {
    label: 'MAC addresses',
    description: 'Hardware addresses of the network adapters',
    shape: 'mac_list',
  },
  asset_type: {
    label: 'Asset type',
    description: 'Kind of asset: server, application, …',
    shape: 'asset_type',
    decisive: true,
  },
  description: { label: 'Description', description: 'Free text about the asset', shape: 'text' },
});

const placement = defineCategory('placement', {
  environment: {
    label: 'Environment',
    description: 'Production, test, development, …',
    shape: 'environment',
    decisive: true,
  },
  location: { label: 'Location', description: 'Site, city, building or region', shape: 'text' },
  datacenter: {
    label: 'Data centre',
    description: 'Data centre that houses the asset',
    shape: 'name',
    decisive: true,
  },
  rack: { label: 'Rack', description: 'Rack or cabinet', shape: 'text' },
  availability_zone: {
    label: 'Availability zone',
    description: 'Failure zone of a cloud or data centre',
    shape: 'text',
  },
  network_zone: {
    label: 'Network zone',
    description: 'Security zone such as DMZ or internal',
    shape: 'text',
  },
});

const hardware = defineCategory('hardware', {
  manufacturer: { label: 'Manufacturer', description: 'Maker of the hardware', shape: 'name' },
  model: { label: 'Model', description: 'Model of the hardware', shape: 'text' },
  cpu_cores: {
    label: 'CPU cores',
    description: 'Cores or virtual processors in total',
    shape: 'integer',
    unit: 'count',
    decisive: true,
  },
  memory_gb: {
    label: 'Memory',
    description: 'Installed memory in GB',
    shape: 'number',
    unit: 'gb',
    decisive: true,
  },
  storage_gb: {
    label: 'Storage',
    description: 'Allocated storage in GB',
    shape: 'number',
    unit: 'gb',
    decisive: true,
  },
  storage_used_gb: {
    label: 'Storage used',
    description: 'Storage in use in GB',
    shape: 'number',
    unit: 'gb',
  },
  operating_system: {
    label: 'Operating system',
    description: 'Operating system, with version where known',
    shape: 'operating_system',
    decisive: true,
  },
  os_version: {
    label: 'OS version',
    description: 'Version, release or build of the operating system',
    shape: 'text',
  },
  virtualization_platform: {
    label: 'Virtualization platform',
    description: 'VMware, Hyper-V, KVM, …',
    shape: 'name',
  },
  hypervisor_host: {
    label: 'Hypervisor host',
    description: 'Physical host that runs the machine',
    shape: 'hostname',
  },
  cluster: { label: 'Cluster', description: 'Cluster that the asset belongs to', shape: 'name' },
  power_state: { label: 'Power state', description: 'On, off or suspended', shape: 'power_state' },
  server_role: {
    label: 'Server role',
    description: 'What the server does: web, application, database, …',
    shape: 'text',
  },
  hosting_model: {
    label: 'Hosting model',
    description: 'On premises, colocation, cloud, SaaS, …',
    shape: 'text',
    decisive: true,
  },
});

const load = defineCategory('load', {
  cpu_utilization_percent: { label: 'CPU utilization', description: 'Average CPU load', shape: 'percent' },
  cpu_utilization_peak_percent: {
    label: 'CPU utilization, peak',
    description: 'Highest or 95th percentile CPU load',
    shape: 'percent',
  },
  memory_utilization_percent: {
    label: 'Memory utilization',
    description: 'Average share of memory in use',
    shape: 'percent',
  },
  memory_utilization_peak_percent: {
    label: 'Memory utilization, peak',
    description: 'Highest share of memory in use',
    shape: 'percent',
  },
  disk_iops: {
    label: 'Disk IOPS',
    description: 'Disk operations per second, reads and writes',
    shape: 'number',
    unit: 'iops',
  },
  disk_throughput_mbps: {
    label: 'Disk throughput',
    description: 'Disk reads and writes in MB per second',
    shape: 'number',
    unit: 'mbps',
  },
  network_throughput_mbps: {
    label: 'Network throughput',
    description: 'Network traffic in and out in MB per second',
    shape: 'number',
    unit: 'mbps',
  },
});

const life = defineCategory('life', {
  status: {
    label: 'Status',
    description: 'State in its life: active, retired, …',
    shape: 'status',
    decisive: true,
  },
  install_date: {
    label: 'Install date',
    description: 'Day of installation, creation or go-live',
    shape: 'date',
  },
  end_of_life_date: { label: 'End of life', description: 'Day on which support or use ends', shape: 'date' },
  last_seen: { label: 'Last seen', description: 'Last time that a tool saw the asset', shape: 'date' },
  discovery_source: { label: 'Discovery source', description: 'Tool that found the asset', shape: 'name' },
});

const relations = defineCategory('relations', {
  depends_on: {
    label: 'Depends on',
    description: 'Assets or applications that this one needs',
    shape: 'reference_list',
  },
  dependency_source: {
    label: 'Dependency source',
    description: 'Side of a relation that depends or calls',
    shape: 'name',
  },
  dependency_target: {
    label: 'Dependency target',
    description: 'Side of a relation that is needed or called',
    shape: 'name',
  },
  dependency_type: { label: 'Dependency type', description: 'Kind of relation', shape: 'text' },
  port: { label: 'Port', description: 'Destination port of the traffic', shape: 'integer', unit: 'count' },
  protocol: { label: 'Protocol', description: 'Protocol of the traffic', shape: 'text' },
  connection_count: {
    label: 'Connections',
    description: 'Number of connections seen',
    shape: 'integer',
    unit: 'count',
  },
});

/** Attributes of machines, their load, their life and their relations. */
export const technicalDefinitions = [...identity, ...placement, ...hardware, ...load, ...life, ...relations];
