import type { AttributeName } from '../../attributes/types';
import type { ColumnEvidence } from '../evidence/column-evidence';
import type { PartsKind } from '../types';

/** A table whose rows are parts of machines, several of one machine. */
export interface PartsTable {
  readonly parts: PartsKind;
  /** The columns that name the part (`C:`, `eth0`), which name no asset. */
  readonly labels: readonly ColumnEvidence[];
  readonly allowed: (target: AttributeName) => boolean;
}

/** What a row of parts says of its machine, beside the part itself. */
const ofMachine: readonly AttributeName[] = [
  'name',
  'hostname',
  'fqdn',
  'operating_system',
  'environment',
  'datacenter',
  'location',
  'cluster',
  'hypervisor_host',
  'application_name',
];

interface PartsRule {
  readonly parts: PartsKind;
  readonly targets: ReadonlySet<AttributeName>;
  /** Headers of the columns that name the part. */
  readonly header: RegExp;
  /** What stands in them, whatever their header. */
  readonly value: RegExp;
  readonly isMeasure: (column: ColumnEvidence) => boolean;
}

/** Headers with one of these words measure or sort the part and do not name it. */
const noLabel =
  /\b(?:size|capacity|total|free|used|space|type|format|count|number|percent|percentage|model|vendor|serial|status|state|speed|usage|utilization|provisioned|allocated|address|mask|gateway|vlan)\b/;

const rules: readonly PartsRule[] = [
  {
    parts: 'disks',
    targets: new Set([...ofMachine, 'storage_gb', 'storage_used_gb']),
    header:
      /\b(?:disk|drive|volume|partition|mount|mountpoint|mounted|filesystem|file system|lun|vmdk|laufwerk|datentrager|lecteur|montage|unidad|unidade|disco|schijf|dysk)\b/,
    value:
      /^(?:[a-z]:[\\/]?|\/[\w./-]*|(?:hard )?disk ?\d+|(?:\/dev\/)?(?:sd|vd|hd|xvd|nvme|dm-)\w+|(?:scsi|sata|ide|nvme) ?\(?\d+:\d+\)?|\S.*\.vmdk|\\\\\.\\physicaldrive\d+)$/i,
    isMeasure: ({ matches, values }) =>
      values.numeric > 0.6 &&
      matches.some(({ target }) => target === 'storage_gb' || target === 'storage_used_gb'),
  },
  {
    parts: 'adapters',
    targets: new Set([...ofMachine, 'ip_address', 'mac_address']),
    header:
      /\b(?:interface|nic|vnic|adapter|network card|netzwerkkarte|netzwerkadapter|schnittstelle|carte reseau|interfaz|netwerkkaart|scheda di rete|if name)\b/,
    value:
      /^(?:(?:eth|ens|eno|enp|em|bond|team|vmnic|vmk|wlan|gi|te|fa)\d[\w/.:-]*|(?:ethernet|network adapter|local area connection|wi-?fi)\b.*)$/i,
    isMeasure: ({ values }) => values.anyShare('ip', 'mac') > 0.6,
  },
];

/** Facts that a machine has once: a row that tells them stands for all of it. */
const wholeFacts: ReadonlySet<AttributeName> = new Set([
  'cpu_cores',
  'memory_gb',
  'application_type',
  'port',
]);
const names: ReadonlySet<AttributeName> = new Set(['name', 'hostname', 'fqdn']);

function namesMachine({ matches, values }: ColumnEvidence): boolean {
  return matches.some(({ target }) => target !== null && names.has(target)) && values.numeric < 0.5;
}

/** Rows that hold no more than a machine and an address need no name of the adapter. */
function isBareList(columns: readonly ColumnEvidence[], { parts, isMeasure }: PartsRule): boolean {
  return parts === 'adapters' && columns.every((column) => isMeasure(column) || namesMachine(column));
}

function readAs(rule: PartsRule, columns: readonly ColumnEvidence[]): PartsTable | null {
  const isLabel = (column: ColumnEvidence): boolean => {
    if (rule.isMeasure(column) || column.values.numeric > 0.5) return false;
    const phrase = column.header.words.join(' ');
    if (rule.header.test(phrase) && !noLabel.test(phrase)) return true;
    return column.values.writtenShare((value) => rule.value.test(value)) > 0.6;
  };
  const labels = columns.filter(isLabel);
  const others = columns.filter((column) => !labels.includes(column));
  if (!others.some(rule.isMeasure)) return null;
  if (labels.length === 0 && !isBareList(columns, rule)) return null;
  // Each machine once is a list of machines, whatever else it tells.
  const isRepeated = others.some((column) => namesMachine(column) && column.values.uniqueness < 0.95);
  const allowed = (target: AttributeName): boolean => rule.targets.has(target);
  return isRepeated ? { parts: rule.parts, labels, allowed } : null;
}

/** Tells a list of disks or adapters of machines from a list of machines; null for any other table. */
export function partsTable(
  columns: readonly ColumnEvidence[],
  plain: ReadonlySet<AttributeName>,
): PartsTable | null {
  if ([...wholeFacts].some((target) => plain.has(target))) return null;
  for (const rule of rules) {
    const found = readAs(rule, columns);
    if (found !== null) return found;
  }
  return null;
}
