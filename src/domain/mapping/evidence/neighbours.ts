import type { AttributeName } from '../../attributes/types';
import type { ColumnEvidence } from './column-evidence';
import type { HeaderMatch } from '../headers/header-matches';
import { hasWord, reason } from './neighbour-rule';
import type { Rule } from './neighbour-rule';
import {
  references,
  hostOfMachines,
  hostName,
  repeatedHost,
  onlyMachineName,
  onlyApplicationName,
  rowNumber,
  recordChange,
  notInstalled,
  counted,
  modelNumber,
  nameOfSomebody,
  repeatedName,
  serversOfApplication,
  dependsOnServers,
  setAside,
} from './neighbours-of-names';
import {
  osVersion,
  operatingSystem,
  applicationVersion,
  databaseVersion,
  versionOfDatabase,
  vendor,
  manufacturer,
  noDatabase,
  nameOfDatabase,
  productOfDatabase,
  endpointOfService,
  versionLike,
} from './neighbours-of-software';
import type { TableContext } from '../table/table-context';
import type { MappingReason } from '../types';

const byAddress: Rule = ({ column }) =>
  column.values.share('ip') > 0.6 ? reason('address', -0.3, 'Names are better ends of a relation') : null;

const insideOfMachine: Rule = ({ column, context }) => {
  if (!hasWord(column, 'application', 'process', 'component')) return null;
  const machines = context.columns.some(
    (other) =>
      other !== column &&
      hasWord(other, 'source', 'target', 'destination') &&
      hasWord(other, 'server', 'host', 'machine'),
  );
  return machines ? reason('inside', -1, 'Another column names the machine') : null;
};

const peakOfAverage: Rule = ({ column }) =>
  hasWord(column, 'peak', 'p95') ? reason('peak', -1.6, 'The header speaks of the peak') : null;

const total: Rule = ({ column }) => {
  const words = column.header.original.toLowerCase();
  if (/\b(?:total|overall|gesamt|totale|sum)/.test(words))
    return reason('total', 0.4, 'The header speaks of a total');
  return column.header.index === null ? null : reason('one_of', -0.2, 'The header counts one of several');
};

const owner: Rule = ({ match, context }) =>
  match?.ambiguous === true && context.plain.has('business_owner')
    ? reason('has_owner', -0.8, 'Another column names the owner')
    : null;

/** The mail address of an owner whom another column names. */
const addressOfOwner: Rule = ({ column, match, context }) => {
  if (match === null || !hasWord(column, 'email', 'mail')) return null;
  const named = context.columns.some(
    (other) =>
      other !== column &&
      !other.values.isEmpty &&
      !hasWord(other, 'email', 'mail') &&
      other.matches.some((one) => one.target === match.target && one.weight > 2),
  );
  return named ? reason('has_owner', -2.4, 'Another column names the owner') : null;
};

/** "Faculty contact": the last word says what the column is, and the values are people. */
const personOf: Rule = ({ column, match }) => {
  if (match?.kind !== 'partial' || match.weight > 0) return null;
  const head = column.header.words.at(-1) ?? '';
  const people = column.values.share('person') > 0.6 || column.values.share('email') > 0.6;
  return people && match.phrase === head ? reason('people', 1.2, 'The values are people') : null;
};

const technicalOwner: Rule = ({ match, context }) =>
  match?.ambiguous === true && context.plain.has('technical_owner')
    ? reason('has_owner', -0.8, 'Another column names the technical owner')
    : null;

const functions: readonly string[] =
  'function functions funktion hauptfunktion fonction fonctions funcion funciones funcao funcoes funzione funzioni functie funksjon funkcja'.split(
    ' ',
  );

const onlyText: Rule = ({ column, match, context }) =>
  match?.ambiguous === true &&
  match.weight > 0.5 &&
  !context.plain.has('description') &&
  !hasWord(column, ...functions)
    ? reason('only_text', 1.6, 'No other column describes the rows')
    : null;

const functionOfApplication: Rule = ({ column, context }) =>
  context.subject === 'applications' && hasWord(column, ...functions)
    ? reason('applications', -2.5, 'The function of an application describes it')
    : null;

/** The function of a server is its role, unless another column states the role. */
const functionText: Rule = ({ column, context }) => {
  if (!hasWord(column, ...functions)) return null;
  if (context.subject === 'applications') return reason('applications', 1.6, 'The rows are applications');
  return context.plain.has('server_role')
    ? reason('has_role', 0.5, 'Another column states the role')
    : reason('role', -2.2, 'The function of a server is its role');
};

const notOwn: readonly string[] =
  'dns gateway ntp broadcast standby netmask mask enclosure nameserver vip'.split(' ');

/** Addresses that rows use or share and that are not their own. */
const otherAddress: Rule = ({ column }) =>
  hasWord(column, ...notOwn)
    ? reason('other_address', -4, 'The header speaks of the address of something else')
    : null;

const partsOfPlaces: readonly string[] =
  'room floor etage salle sala raum stock stockwerk piso andar piano verdieping kamer'.split(' ');

/** A room or a floor, beside the place that it is in. */
const partOfPlace: Rule = ({ column, context }) => {
  if (!hasWord(column, ...partsOfPlaces)) return null;
  const whole = context.columns.some(
    (other) =>
      other !== column &&
      !other.values.isEmpty &&
      !hasWord(other, ...partsOfPlaces) &&
      other.matches[0]?.target === 'location' &&
      other.matches[0].weight > 2,
  );
  return whole ? reason('part', -1.6, 'Another column names the place') : null;
};

/** Columns that say when a record was made and changed come in pairs. */
const recordStamp: Rule = ({ column, context }) => {
  const made = hasWord(column, 'created', 'creation', 'cree', 'erstellt', 'angelegt', 'creado', 'criado');
  if (!made) return null;
  const changed = context.columns.some((other) =>
    hasWord(other, 'update', 'modified', 'changed', 'geandert', 'modifie', 'modificado', 'alterado'),
  );
  return changed ? reason('record', -1.6, 'The record itself was created then') : null;
};

const notTiers: Rule = ({ column }) =>
  column.values.share('criticality') > 0.6 ? reason('tiers', -1.5, 'The values rank the rows') : null;

const rules: { readonly [name in AttributeName]?: readonly Rule[] } = {
  depends_on: [references, dependsOnServers],
  hypervisor_host: [hostOfMachines],
  name: [onlyMachineName, nameOfSomebody, repeatedName, nameOfDatabase, serversOfApplication],
  database_engine: [productOfDatabase],
  model: [modelNumber],
  location: [partOfPlace],
  server_role: [notTiers, functionOfApplication],
  hostname: [hostName, repeatedHost, onlyMachineName, endpointOfService, serversOfApplication],
  application_name: [onlyApplicationName],
  description: [onlyText, functionText],
  dependency_source: [byAddress, insideOfMachine],
  dependency_target: [byAddress, insideOfMachine],
  os_version: [osVersion],
  operating_system: [operatingSystem],
  disk_iops: [peakOfAverage],
  disk_throughput_mbps: [peakOfAverage],
  network_throughput_mbps: [peakOfAverage],
  storage_gb: [total],
  storage_used_gb: [total],
  cpu_cores: [total, notInstalled],
  memory_gb: [notInstalled, setAside],
  last_seen: [recordChange],
  vendor: [vendor],
  manufacturer: [manufacturer],
  install_date: [recordStamp],
  external_id: [counted, rowNumber],
  ip_address: [versionLike, otherAddress],
  database_size_gb: [noDatabase],
  application_version: [applicationVersion, versionOfDatabase],
  database_version: [databaseVersion],
  business_owner: [owner, personOf, addressOfOwner],
  technical_owner: [technicalOwner, addressOfOwner],
};

/** What the other columns of the table say for or against a target of a column; their order plays no part. */
export function neighbourReasons(
  column: ColumnEvidence,
  target: AttributeName,
  match: HeaderMatch | null,
  context: TableContext,
): MappingReason[] {
  return (rules[target] ?? []).map((rule) => rule({ column, match, context })).filter((one) => one !== null);
}
