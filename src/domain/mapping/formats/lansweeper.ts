import { feeds } from './define';
import type { FormatDefinition } from './define';

const assets: FormatDefinition = {
  id: 'lansweeper.assets',
  vendor: 'Lansweeper',
  kind: 'inventory',
  signature: [
    'AssetTypename',
    'Userdomain',
    'IPLocation',
    'Lasttried',
    'NrProcessors',
    'Statename',
    'Warrantydate',
    'Purchasedate',
    'Firstseen',
    'Lastseen',
    'AssetName',
    'Custom{n}',
  ],
  minimum: 3,
  requires: [['AssetName', 'AssetID']],
  columns: {
    AssetID: 'external_id',
    AssetName: 'name',
    AssetTypename: 'asset_type',
    IPAddress: feeds('ip_address', { combine: 'list' }),
    IPLocation: 'location',
    Mac: feeds('mac_address', { combine: 'list' }),
    Manufacturer: 'manufacturer',
    Model: 'model',
    Serialnumber: 'serial_number',
    OS: 'operating_system',
    OScode: feeds('os_version', { unless: ['OSVersion', 'Version'] }),
    OSVersion: 'os_version',
    'Memory (MB)': feeds('memory_gb', { unit: 'mb' }),
    Memory: feeds('memory_gb', { unit: 'mb' }),
    NrProcessors: 'cpu_cores',
    Lastseen: 'last_seen',
    Statename: 'status',
    FQDN: 'fqdn',
    Description: 'description',
    Department: 'department',
    Building: feeds('location', { unless: ['IPLocation'] }),
  },
  unmapped: `Domain; Username; Userdomain; SP; Processor; Firstseen; Lasttried; Warrantydate; Purchasedate; Custom{n}; AssetType; AssetUnique;
    icon; Uptime; Lastactivescan; BarCode; DNSName; OrderNumber; Contact; LsPushversion`,
};

export const lansweeperFormats: readonly FormatDefinition[] = [assets];
