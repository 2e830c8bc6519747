import { define, type SignalDefinition } from './signal-definition';

const support = {
  expired: 'out of support',
  extended_only: 'only in paid extended support',
  soon: 'supported for less than a year',
  supported: 'supported',
};

/** What the asset is built of and where it runs. */
export const technicalDefinitions = {
  power: define({
    label: 'power state',
    attributes: ['power_state'],
    values: { on: 'powered on', off: 'powered off' },
    rare: ['off'],
    change: 'state',
    reach: 'platform',
  }),
  standby: define({
    label: 'standby role',
    attributes: ['status', 'environment'],
    values: { yes: 'kept as a standby' },
    change: 'nature',
    reach: 'platform',
  }),
  load: define({
    label: 'processor load',
    attributes: ['cpu_utilization_percent', 'cpu_utilization_peak_percent'],
    values: { idle: 'idle', normal: 'normal', busy: 'busy' },
    ordered: true,
    rare: ['idle'],
    change: 'state',
    reach: 'platform',
  }),
  architecture: define({
    label: 'architecture',
    attributes: ['architecture_pattern', 'technology_stack'],
    values: {
      monolith: 'monolithic',
      client_server: 'client-server',
      tiered: 'tiered',
      services: 'made of services',
      containers: 'in containers',
    },
    change: 'nature',
    reach: 'software',
  }),
  technology: define({
    label: 'technology stack',
    attributes: ['technology_stack'],
    values: { legacy: 'legacy', current: 'current' },
    change: 'nature',
    reach: 'software',
  }),
  platform: define({
    label: 'platform',
    attributes: ['virtualization_platform', 'hosting_model'],
    values: {
      vmware: 'VMware',
      other_virtual: 'another hypervisor',
      physical: 'a physical machine',
      cloud: 'a public cloud already',
    },
    rare: ['cloud'],
    change: 'nature',
    reach: 'platform',
  }),
  system: define({
    label: 'kind of system',
    attributes: ['operating_system'],
    values: {
      commodity: 'Windows or Linux',
      unix: 'UNIX on its own processors',
      midrange: 'IBM i',
      mainframe: 'a mainframe',
      appliance: 'an appliance',
    },
    rare: ['unix', 'midrange', 'mainframe', 'appliance'],
    change: 'nature',
    reach: 'platform',
  }),
  systemSupport: define({
    label: 'support of the operating system',
    attributes: ['operating_system', 'os_version'],
    values: support,
    ordered: true,
    change: 'state',
    reach: 'platform',
  }),
  databaseSupport: define({
    label: 'support of the database',
    attributes: ['database_engine', 'database_version'],
    values: support,
    ordered: true,
    change: 'state',
    reach: 'platform',
  }),
  runtimeSupport: define({
    label: 'support of the runtime',
    attributes: ['technology_stack'],
    values: support,
    ordered: true,
    change: 'state',
    reach: 'software',
  }),
  engine: define({
    label: 'database engine',
    attributes: ['database_engine'],
    values: {
      managed: 'offered as a service by every large cloud',
      special: 'not offered as a service',
    },
    change: 'nature',
    reach: 'platform',
  }),
  target: define({
    label: 'planned target',
    attributes: ['tags', 'cloud_readiness', 'description'],
    values: { vmware_cloud: 'VMware in the cloud' },
    change: 'decree',
    reach: 'platform',
  }),
} as const satisfies Readonly<Record<string, SignalDefinition>>;
