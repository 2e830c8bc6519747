import { feeds } from './define';
import type { FormatDefinition } from './define';

const assets: FormatDefinition = {
  id: 'snipe_it.assets',
  vendor: 'Snipe-IT',
  kind: 'inventory',
  signature: [
    'Checkout Type',
    'Checked Out To: Username',
    'Checked Out To: First Name',
    'Checked Out To: Last Name',
    'Checked Out To: Email',
    'Checked Out To: Location',
    'Model Notes',
    'Asset Notes',
    'Order Number',
    'Purchase Cost',
    'Model Number',
    'Asset Tag',
    'Checked Out',
  ],
  minimum: 3,
  requires: [['Asset Tag'], ['Model', 'Model Number', 'Category']],
  columns: {
    ID: 'external_id',
    Company: 'business_unit',
    Name: 'name',
    'Asset Name': 'name',
    'Asset Tag': 'asset_tag',
    Serial: 'serial_number',
    'Serial Number': 'serial_number',
    Category: 'asset_type',
    Manufacturer: 'manufacturer',
    Location: 'location',
    Model: 'model',
    'Model Number': feeds('model', { unless: ['Model'] }),
    'Asset Notes': 'description',
    Notes: feeds('description', { unless: ['Asset Notes'] }),
    Status: 'status',
    EOL: 'end_of_life_date',
    'EOL Date': 'end_of_life_date',
    Department: 'department',
  },
  unmapped: `Supplier; Order Number; Model Notes; Purchase Date; Purchase Cost; Checkout Type; Checked Out To: *; Checked Out; Checked Out To;
    Warranty; Warranty Expires; Current Value; Diff; Fully Depreciated; Checkout Date; Last Checkout Date; Expected Checkin Date; Last Audit;
    Next Audit Date; Created At; Updated At; Default Location; Requestable; Checkins; Checkouts; Requests; Image; Last Checkin Date`,
};

export const snipeItFormats: readonly FormatDefinition[] = [assets];
