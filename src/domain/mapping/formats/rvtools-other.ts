import { feeds } from './define';
import type { FormatDefinition } from './define';

const vendor = 'RVTools';
const sdk = 'VI SDK Server; VI SDK UUID; VI SDK API Version; Object ID; Internal Sort Column';

/** Adapters of hosts: hardware ones and those of the hypervisor itself. */
const vNic: FormatDefinition = {
  id: 'rvtools.vHost.vNIC',
  vendor,
  kind: 'inventory',
  signature: ['Network Device', 'Uplink port', 'WakeOn', 'Duplex', 'VI SDK UUID', 'VI SDK Server'],
  minimum: 3,
  requires: [['Host'], ['Network Device'], ['MAC']],
  columns: {
    Host: 'name',
    Datacenter: 'datacenter',
    Cluster: 'cluster',
    MAC: feeds('mac_address', { combine: 'list' }),
  },
  details: { mac_address: 'list' },
  unmapped: `Network Device; Driver; Speed; Duplex; Switch; Uplink port; PCI; WakeOn; ${sdk}`,
};

const vmKernel: FormatDefinition = {
  id: 'rvtools.vHost.vSC_VMK',
  vendor,
  kind: 'inventory',
  signature: ['Port Group', 'IP 6 Address', 'IP 6 Gateway', 'Subnet mask', 'VI SDK UUID', 'VI SDK Server'],
  minimum: 3,
  requires: [['Host'], ['Device'], ['Mac Address'], ['IP Address']],
  columns: {
    Host: 'name',
    Datacenter: 'datacenter',
    Cluster: 'cluster',
    'Mac Address': feeds('mac_address', { combine: 'list' }),
    'IP Address': feeds('ip_address', { combine: 'list', order: 0 }),
    'IP 6 Address': feeds('ip_address', { combine: 'list', order: 1 }),
  },
  details: { mac_address: 'list', ip_address: 'list' },
  unmapped: `Port Group; Device; DHCP; Subnet mask; Gateway; IP 6 Gateway; MTU; ${sdk}`,
};

interface Tab {
  readonly tab: string;
  readonly reason: string;
  readonly signature: readonly string[];
  readonly requires: readonly (readonly string[])[];
  readonly others: string;
}

/** A tab whose rows are settings, files or messages: nothing of it moves. */
function withoutAssets({ tab, reason, signature, requires, others }: Tab): FormatDefinition {
  const unmapped = [...signature, ...requires.flat(), others, sdk].join('; ');
  return {
    id: `rvtools.${tab}`,
    vendor,
    kind: 'unknown',
    reason,
    signature,
    minimum: Math.min(3, signature.length),
    requires,
    columns: {},
    unmapped,
  };
}

const portPolicy = `Promiscuous Mode; Mac Changes; Forged Transmits; Traffic Shaping; Width; Peak; Burst; Policy; Reverse Policy;
  Notify Switch; Rolling Order; Offload; TSO; Zero Copy Xmit; MTU; Datacenter; Cluster; Host`;

const tabs: readonly Tab[] = [
  {
    tab: 'vLicense',
    reason: 'The rows are licence keys, not assets',
    signature: ['Cost Unit', 'Labels', 'Expiration Date', 'Features'],
    requires: [['Name'], ['Key'], ['Total'], ['Used']],
    others: '',
  },
  {
    tab: 'vHealth',
    reason: 'The rows are messages of a health check, not assets',
    signature: ['Message type', 'Message'],
    requires: [['Name'], ['Message'], ['Message type']],
    others: '',
  },
  {
    tab: 'vMetaData',
    reason: 'The row tells how the export was made',
    signature: ['RVTools major version', 'RVTools version', 'xlsx creation datetime'],
    requires: [['RVTools version', 'RVTools major version']],
    others: 'Server',
  },
  {
    tab: 'vFileInfo',
    reason: 'The rows are files on datastores, not assets',
    signature: ['Friendly Path Name', 'File Name', 'File Type', 'File Size in bytes'],
    requires: [
      ['Friendly Path Name', 'File Name'],
      ['File Type', 'File Size in bytes'],
    ],
    others: 'Path',
  },
  {
    tab: 'vSnapshot',
    reason: 'The rows are snapshots of virtual machines, not assets',
    signature: ['Quiesced', 'Date / time', 'Size MiB (total)', 'Size MB (total)', 'Filename', 'VM UUID'],
    requires: [['VM'], ['Name'], ['Quiesced', 'Date / time', 'Filename']],
    others: `Powerstate; Description; Size MiB (vmsn); Size MB (vmsn); State; Annotation; Datacenter; Cluster; Host; Folder;
      OS according to the configuration file; OS according to the VMware Tools; VM ID`,
  },
  {
    tab: 'vRP',
    reason: 'The rows are resource pools, shares of a cluster and not assets',
    signature: [
      'Resource Pool name',
      'Resource Pool path',
      'CPU overheadLimit',
      'Mem overheadLimit',
      'CPU level',
    ],
    requires: [['Resource Pool name', 'Resource Pool path']],
    others: `Status; # VMs total; # VMs; # vCPUs; CPU limit; CPU reservation; CPU shares; CPU expandableReservation;
      CPU maxUsage; CPU overallUsage; CPU reservationUsed; CPU reservationUsedForVm; CPU unreservedForPool; CPU unreservedForVm;
      Mem Configured; Mem limit; Mem reservation; Mem level; Mem shares; Mem expandableReservation; Mem maxUsage; Mem overallUsage`,
  },
  {
    tab: 'vHBA',
    reason: 'The rows are storage adapters of hosts, not assets',
    signature: ['WWN', 'Pci', 'Bus', 'Device', 'VI SDK UUID'],
    requires: [['Host'], ['Device'], ['WWN', 'Pci']],
    others: 'Datacenter; Cluster; Type; Status; Driver; Model',
  },
  {
    tab: 'vSwitch',
    reason: 'The rows are virtual switches of hosts, not assets',
    signature: ['Free Ports', '# Ports', 'Forged Transmits', 'Promiscuous Mode', 'Mac Changes'],
    requires: [['Host'], ['Switch'], ['# Ports', 'Free Ports']],
    others: portPolicy,
  },
  {
    tab: 'vPort',
    reason: 'The rows are port groups of hosts, not assets',
    signature: ['Port Group', 'VLAN', 'Forged Transmits', 'Promiscuous Mode', 'Mac Changes'],
    requires: [['Host'], ['Port Group'], ['VLAN']],
    others: `Switch; ${portPolicy}`,
  },
  {
    tab: 'dvSwitch',
    reason: 'The rows are distributed switches, not assets',
    signature: [
      'Host members',
      'Max Ports',
      'In Traffic Shaping',
      'Out Traffic Shaping',
      'LACP Mode',
      'CDP Type',
    ],
    requires: [['Switch'], ['Host members', 'Max Ports']],
    others: `Datacenter; Name; Vendor; Version; Description; Created; # Ports; # VMs; In Avg; In Peak; In Burst; Out Avg; Out Peak;
      Out Burst; CDP Operation; LACP Name; LACP Load Balance Alg.; Max MTU; Contact; Admin Name`,
  },
  {
    tab: 'dvPort',
    reason: 'The rows are ports of distributed switches, not assets',
    signature: [
      'Full Duplex',
      'Blocked',
      'Live Port Moving',
      'Allow Promiscuous',
      'Block Override',
      'Vlan Override',
    ],
    requires: [['Port'], ['Switch'], ['VLAN', 'Blocked']],
    others: `Type; # Ports; Speed; Mac Changes; Active Uplink; Standby Uplink; Policy; Forged Transmits; In Traffic Shaping;
      In Avg; In Peak; In Burst; Out Traffic Shaping; Out Avg; Out Peak; Out Burst; Reverse Policy; Notify Switch; Rolling Order;
      Check Beacon; Check Duplex; Check Error %; Check Speed; Percentage; Shaping Override; Sec. Override; Config Reset;
      Vendor Config Override`,
  },
  {
    tab: 'vMultiPath',
    reason: 'The rows are paths to disks, not assets',
    signature: ['Oper. State', 'Path 1', 'Path 1 state', 'Display name', 'vStorage', 'Queue depth'],
    requires: [['Host'], ['Disk'], ['Policy', 'Oper. State']],
    others: `Cluster; Datacenter; Datastore; Path {n}; Path {n} state; Vendor; Model; Revision; Level; Serial #; UUID`,
  },
];

/** The other tabs of RVTools: adapters of hosts, and those without assets. */
export const rvtoolsOtherFormats: readonly FormatDefinition[] = [vNic, vmKernel, ...tabs.map(withoutAssets)];
