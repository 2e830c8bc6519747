import { feeds } from './define';
import type { FormatDefinition } from './define';

const servers: FormatDefinition = {
  id: 'itop.server',
  vendor: 'iTop',
  kind: 'inventory',
  signature: [
    'Organization->Name',
    'Location->Name',
    'Rack->Name',
    'Enclosure->Name',
    'Brand->Name',
    'Model->Name',
    'OS family->Name',
    'OS version->Name',
    'OS license->Name',
    'Move to production date',
    'Rack units',
  ],
  minimum: 2,
  requires: [['Name'], ['Organization->Name', 'Brand->Name', 'OS family->Name', 'Location->Name']],
  columns: {
    Name: 'name',
    id: 'external_id',
    'Organization->Name': 'business_unit',
    Status: 'status',
    'Business criticality': 'business_criticality',
    'Location->Name': 'location',
    'Rack->Name': 'rack',
    'Brand->Name': 'manufacturer',
    'Model->Name': 'model',
    'OS family->Name': feeds('operating_system', { order: 1 }),
    'OS version->Name': feeds('os_version', { whenSystems: 'operating_system' }),
    'Management IP': feeds('ip_address', { combine: 'list' }),
    CPU: 'cpu_cores',
    RAM: feeds('memory_gb'),
    'Serial number': 'serial_number',
    'Asset number': 'asset_tag',
    'Move to production date': 'install_date',
    Description: 'description',
  },
  unmapped:
    'Enclosure->Name; OS license->Name; Rack units; Purchase date; End of warranty; CI sub-class; Power source A->Name; Power source B->Name',
};

export const itopFormats: readonly FormatDefinition[] = [servers];
