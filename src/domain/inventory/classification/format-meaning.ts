import { readMeaning } from '../dictionaries/meaning';
import type { Meaning } from '../dictionaries/meaning';
import { memoised } from '../memo';

/** What the rows of a recognised format are. The first line whose words all begin words of the format id wins. */
const formats: readonly (readonly [words: string, meaning: string])[] = [
  ['vhost', 'server/hypervisor'],
  ['vcluster', 'cluster/virtualization_cluster'],
  ['vdatastore', 'storage/datastore'],
  ['vrp', 'cluster/virtualization_cluster'],
  ['vswitch', 'network/virtual_network'],
  ['dvswitch', 'network/virtual_network'],
  ['rvtools', 'server/virtual_machine'],
  ['nutanix host', 'server/hypervisor'],
  ['nutanix', 'server/virtual_machine'],
  ['vrops', 'server/virtual_machine'],
  ['servicenow business', 'application'],
  ['servicenow appl', 'application'],
  ['servicenow application', 'application'],
  ['servicenow database', 'database'],
  ['servicenow db', 'database'],
  ['servicenow server', 'server'],
  ['konveyor', 'application'],
  ['tackle', 'application'],
  ['tidal database', 'database'],
  ['tidal application', 'application'],
  ['tidal server', 'server'],
  ['itop server', 'server'],
  ['itop virtual', 'server/virtual_machine'],
  ['itop application', 'application'],
  ['itop database', 'database'],
  ['azure migrate', 'server'],
  ['aws', 'server'],
  ['google', 'server'],
  ['sccm', 'machine'],
  ['glpi', 'machine'],
  ['netbox virtual', 'server/virtual_machine'],
  ['application portfolio', 'application'],
  ['parts', 'machine'],
];

const separators = /[^a-z0-9]+/g;

/** What a recognised format says about its rows; null when its rows are of many kinds. */
export const formatMeaning: (formatId: string) => Meaning | null = memoised((formatId) => {
  const text = ` ${formatId.toLowerCase().replace(separators, ' ')}`;
  const line = formats.find(([words]) => words.split(' ').every((word) => text.includes(` ${word}`)));
  return line === undefined ? null : readMeaning(line[1]);
});
