import type { AssetType, Criticality, Disposition, Environment, MigrationScope } from '../../lists';
import {
  assetTypeWords,
  criticalityWords,
  dispositionWords,
  environmentWords,
  type LifecycleState,
  type PowerState,
  powerStateWords,
  scopeWords,
  statusWords,
} from './enumeration-words';
import { foldText } from '../values/text';

/** A member of a closed list with the rule that found it; 1 is an exact word, less a word among others. */
export interface EnumerationReading<Member extends string> {
  readonly value: Member;
  readonly confidence: number;
  readonly rule: string;
}

/** Reads one closed list: whole cells first, then single words of a longer cell. */
export interface EnumerationReader<Member extends string> {
  readonly read: (text: string) => EnumerationReading<Member> | null;
  readonly words: readonly string[];
}

function createReader<Member extends string>(
  name: string,
  members: Readonly<Partial<Record<Member, string>>>,
): EnumerationReader<Member> {
  const words = new Map<string, Member>();
  // Object.entries widens the keys to string; the literal has no keys but members.
  for (const [member, spellings] of Object.entries(members) as [Member, string][]) {
    words.set(foldText(member), member);
    for (const spelling of spellings.split('|')) {
      words.set(foldText(spelling), member);
    }
  }
  const read = (text: string): EnumerationReading<Member> | null => {
    if (text.length > 80) {
      return null;
    }
    const folded = foldText(text);
    const whole = words.get(folded);
    return whole === undefined
      ? readInside(name, words, folded)
      : { value: whole, confidence: 1, rule: `${name}_word` };
  };
  return { read, words: [...words.keys()] };
}

/**
 * A longer cell counts when the words in it that the list knows name one member only (`1 - Critical`,
 * `Production (EU)`). Single letters and digits inside a longer cell prove nothing.
 */
function readInside<Member extends string>(
  name: string,
  words: ReadonlyMap<string, Member>,
  folded: string,
): EnumerationReading<Member> | null {
  const tokens = folded.split(' ');
  if (tokens.length < 2 || tokens.length > 8 || tokens.some((token) => negations.has(token))) {
    return null;
  }
  const found = new Set<Member>();
  for (let index = 0; index < tokens.length; index += 1) {
    const step = knownPhrase(words, tokens, index);
    if (step !== null) {
      found.add(step.member);
      index += step.length - 1;
    }
  }
  const [only] = found;
  return found.size === 1 && only !== undefined
    ? { value: only, confidence: 0.8, rule: `${name}_word_inside` }
    : null;
}

const negations: ReadonlySet<string> = new Set([
  'non',
  'not',
  'no',
  'nicht',
  'kein',
  'keine',
  'pas',
  'nao',
  'sin',
  'sem',
]);

function knownPhrase<Member extends string>(
  words: ReadonlyMap<string, Member>,
  tokens: readonly string[],
  start: number,
): { readonly member: Member; readonly length: number } | null {
  for (let length = Math.min(3, tokens.length - start); length > 0; length -= 1) {
    const phrase = tokens.slice(start, start + length).join(' ');
    const member = phrase.length < 2 ? undefined : words.get(phrase);
    if (member !== undefined) {
      return { member, length };
    }
  }
  return null;
}

export const environmentReader: EnumerationReader<Environment> = createReader(
  'environment',
  environmentWords,
);
export const criticalityReader: EnumerationReader<Criticality> = createReader(
  'criticality',
  criticalityWords,
);
export const scopeReader: EnumerationReader<MigrationScope> = createReader('scope', scopeWords);
export const dispositionReader: EnumerationReader<Disposition> = createReader(
  'disposition',
  dispositionWords,
);
export const statusReader: EnumerationReader<LifecycleState> = createReader('status', statusWords);
export const powerStateReader: EnumerationReader<PowerState> = createReader('power_state', powerStateWords);

const declaredAssetType: EnumerationReader<AssetType> = createReader('asset_type', assetTypeWords);

/** ServiceNow class names, by the longest prefix that fits. */
const classPrefixes: readonly (readonly [string, AssetType])[] = [
  ['cmdb_ci_db', 'database'],
  ['cmdb_ci_database', 'database'],
  ['cmdb_ci_lb', 'load_balancer'],
  ['cmdb_ci_appl', 'application'],
  ['cmdb_ci_business_app', 'application'],
  ['cmdb_ci_service', 'application'],
  ['cmdb_ci_app', 'application'],
  ['cmdb_ci_web', 'application'],
  ['cmdb_ci_netgear', 'network'],
  ['cmdb_ci_ip_', 'network'],
  ['cmdb_ci_network', 'network'],
  ['cmdb_ci_firewall', 'network'],
  ['cmdb_ci_vpn', 'network'],
  ['cmdb_ci_storage', 'storage'],
  ['cmdb_ci_san', 'storage'],
  ['cmdb_ci_nas', 'storage'],
  ['cmdb_ci_cluster', 'cluster'],
  ['cmdb_ci_vcenter_cluster', 'cluster'],
  ['cmdb_ci_kubernetes_cluster', 'cluster'],
  ['cmdb_ci_docker', 'container'],
  ['cmdb_ci_kubernetes', 'container'],
  ['cmdb_ci_pc_hardware', 'end_user_device'],
  ['cmdb_ci_computer', 'end_user_device'],
  ['cmdb_ci_printer', 'end_user_device'],
  ['cmdb_ci_ups', 'facility'],
  ['cmdb_ci_pdu', 'facility'],
  ['cmdb_ci_rack', 'facility'],
  ['cmdb_ci_vm', 'server'],
  ['cmdb_ci_esx', 'server'],
  ['cmdb_ci_mainframe', 'server'],
  ['cmdb_ci_hyper_v', 'server'],
  ['cmdb_ci_', 'other'],
];
/** `cmdb_ci_linux_server`, `cmdb_ci_win_server`, `cmdb_ci_server_hardware`; not `cmdb_ci_app_server_tomcat`. */
const serverClass = /^cmdb_ci_(?!app_|web_|dns_|ftp_)(?:[a-z0-9]+_)*server/;

/** The declared type of an asset in a cell, also as a ServiceNow class name. */
export const assetTypeReader: EnumerationReader<AssetType> = {
  words: declaredAssetType.words,
  read: (text) => {
    const name = text.trim().toLowerCase();
    return name.startsWith('cmdb_ci_') ? readClassName(name) : declaredAssetType.read(text);
  },
};

function readClassName(name: string): EnumerationReading<AssetType> {
  if (serverClass.test(name)) {
    return { value: 'server', confidence: 1, rule: 'asset_type_class' };
  }
  const prefix = classPrefixes.find(([start]) => name.startsWith(start));
  const value = prefix?.[1] ?? 'other';
  return { value, confidence: value === 'other' ? 0.5 : 1, rule: 'asset_type_class' };
}
