import { feeds } from './define';
import type { FormatDefinition } from './define';

const applications: FormatDefinition = {
  id: 'konveyor.applications',
  vendor: 'Konveyor',
  kind: 'inventory',
  signature: [
    'Record Type',
    'Record Type 1',
    'Dependency Direction',
    'Binary Group',
    'Binary Artifact',
    'Binary Version',
    'Binary Packaging',
    'Repository Type',
    'Repository URL',
    'Repository Branch',
    'Tag Category {n}',
    'Tag Type {n}',
  ],
  minimum: 3,
  requires: [['Application Name']],
  columns: {
    'Application Name': 'application_name',
    Description: 'description',
    Comments: feeds('description', { unless: ['Description'] }),
    'Business Service': 'business_unit',
    Dependency: feeds('depends_on', { combine: 'list' }),
    Owner: 'business_owner',
    'Tag {n}': feeds('tags', { combine: 'list' }),
  },
  unmapped: `Record Type; Record Type {n}; Dependency Direction; Binary Group; Binary Artifact; Binary Version; Binary Packaging; Repository Type;
    Repository URL; Repository Branch; Repository Path; Contributors; Tag Category {n}; Tag Type {n}; Repository Kind; Assets Repository *`,
};

export const konveyorFormats: readonly FormatDefinition[] = [applications];
