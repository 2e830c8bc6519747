import type { AttributeValues } from '../../attributes/types';
import type { AssetType } from '../../lists';
import { hasValue, textOf } from '../attribute-text';
import { declaredType } from './declared-type';
import { bareNameMeanings, portRoles } from '../dictionaries/name-words';
import { readMeaning } from '../dictionaries/meaning';
import type { Meaning } from '../dictionaries/meaning';
import { memoised } from '../memo';
import type { Evidence } from '../types';
import { formatMeaning } from './format-meaning';
import {
  hasApplicationFacts,
  hasBusinessFacts,
  hasDatabaseFacts,
  hasHardwareFacts,
  hasMachineFacts,
} from './machine-facts';
import { nameMeaning, namesMachine } from './name-meaning';
import { makerMeaning, modelMeaning, operatingSystemMeaning } from './platform-meaning';
import { foldText } from './words';

/** One thing that speaks for a class, with how sure it is alone. */
export interface ClassHint {
  readonly code: string;
  readonly meaning: Meaning;
  readonly confidence: number;
  /** The hint as evidence for its own class. */
  readonly pro: Evidence;
  /** The hint as evidence against another class. */
  readonly contra: Evidence;
}

const server: Meaning = { assetType: 'server', subtype: null, role: null };
const virtualMachine: Meaning = { assetType: 'server', subtype: 'virtual_machine', role: null };
const physicalServer: Meaning = { assetType: 'server', subtype: 'physical', role: null };
const application: Meaning = { assetType: 'application', subtype: null, role: null };
const database: Meaning = { assetType: 'database', subtype: null, role: null };

function hint(code: string, meaning: Meaning, confidence: number, text: string): ClassHint {
  return {
    code,
    meaning,
    confidence,
    pro: { code, weight: confidence, text },
    contra: { code, weight: -confidence, text },
  };
}

/** A rule that reads one text, remembered per distinct text. */
function byText(read: (text: string) => ClassHint | null): (text: string | undefined) => ClassHint | null {
  const remembered = memoised(read);
  return (text) => (text === undefined ? null : remembered(text));
}

const declaredHintOf = byText((text) => {
  const declared = declaredType(text);
  if (declared === null) return null;
  return hint('declared_type', declared.meaning, declared.confidence, `its type says "${text}"`);
});

/** What the type column says. */
export function declaredHint(values: AttributeValues): ClassHint | null {
  return declaredHintOf(textOf(values, 'asset_type'));
}

const formatHintOf = byText((formatId) => {
  const meaning = formatMeaning(formatId);
  if (meaning === null) return null;
  return hint('format', meaning, 0.93, `rows of ${formatId} are of this kind`);
});

/** What the format of the file says about all its rows. */
export function formatHint(formatId: string | null): ClassHint | null {
  return formatHintOf(formatId ?? undefined);
}

const systemHintOf = byText((text) => {
  const meaning = operatingSystemMeaning(text);
  if (meaning !== null) return hint('operating_system', meaning, 0.9, `it runs "${text}"`);
  return hint('operating_system', server, 0.65, `it has an operating system, "${text}"`);
});

/** What the operating system says. */
export function systemHint(values: AttributeValues): ClassHint | null {
  return systemHintOf(textOf(values, 'operating_system'));
}

const modelHintOf = byText((model) => {
  const meaning = modelMeaning(model);
  return meaning === null ? null : hint('model', meaning, 0.85, `its model is "${model}"`);
});

const makerHintOf = byText((maker) => {
  const meaning = makerMeaning(maker);
  return meaning === null ? null : hint('manufacturer', meaning, 0.65, `its maker is "${maker}"`);
});

/** What model and maker say. */
export function productHint(values: AttributeValues): ClassHint | null {
  return modelHintOf(textOf(values, 'model')) ?? makerHintOf(textOf(values, 'manufacturer'));
}

const physicalWords: ReadonlySet<string> = new Set(
  'physical|none|bare metal|baremetal|no|physisch|physique|fisico|hardware|non virtual'.split('|'),
);

/** What virtualisation columns say. */
export function virtualizationHint(values: AttributeValues): ClassHint | null {
  const host = textOf(values, 'hypervisor_host');
  if (host !== undefined) return hint('hypervisor_host', virtualMachine, 0.85, `it runs on host "${host}"`);
  const platform = textOf(values, 'virtualization_platform');
  if (platform === undefined) return null;
  const meaning = physicalWords.has(foldText(platform)) ? physicalServer : virtualMachine;
  return hint('virtualization', meaning, 0.75, `its virtualisation platform is "${platform}"`);
}

/** A row that names a database and, elsewhere, the host that it runs on, and says how large the database is. */
function isDatabaseOfHost(values: AttributeValues): boolean {
  const name = textOf(values, 'name');
  const host = textOf(values, 'hostname') ?? textOf(values, 'fqdn');
  if (name === undefined || host === undefined || foldText(name) === foldText(host)) return false;
  if (foldText(host).startsWith(foldText(name)) || hasValue(values, 'operating_system')) return false;
  return hasValue(values, 'database_engine') && hasValue(values, 'database_size_gb');
}

/**
 * A database product without a machine around it is a database; where only an application is named, it is what that
 * application keeps its data in.
 */
export function databaseHint(values: AttributeValues): ClassHint | null {
  if (!hasDatabaseFacts(values)) return null;
  const engine = textOf(values, 'database_engine') ?? 'named';
  if (isDatabaseOfHost(values))
    return hint('database_engine', database, 0.8, `a database of product ${engine}`);
  if (hasHardwareFacts(values)) {
    return hint('database_engine', { ...server, role: 'database' }, 0.7, `a machine with database ${engine}`);
  }
  if (nameOf(values) === undefined && hasValue(values, 'application_name')) {
    return hint('database_engine', application, 0.7, `an application with database ${engine}`);
  }
  return hint('database_engine', database, 0.85, `its database product is ${engine}`);
}

const numberedHost = /^[a-z][a-z0-9-]*\d$/i;

/** Names such as `ord-web-01` are those of hosts, even when the row has no other fact of a machine. */
export function isNumberedHost(name: string): boolean {
  return numberedHost.test(name);
}

/** A role alone means software when nothing in the row speaks of a machine. */
function bareMeaning(name: string, meaning: Meaning, values: AttributeValues): Meaning | null {
  const bare = meaning.role === null ? undefined : bareNameMeanings[meaning.role];
  if (bare === undefined || hasMachineFacts(values)) return null;
  return namesMachine(name) || isNumberedHost(name) ? null : readMeaning(bare);
}

function nameOf(values: AttributeValues): string | undefined {
  return textOf(values, 'name') ?? textOf(values, 'hostname') ?? textOf(values, 'fqdn');
}

const equipment: ReadonlySet<AssetType | null> = new Set([
  'network',
  'storage',
  'facility',
  'end_user_device',
  'load_balancer',
]);

const describedName = byText((name) => {
  const declared = /\S\s+\S/.test(name) ? declaredType(name) : null;
  if (declared === null || declared.meaning.assetType === 'facility') return null;
  if (!equipment.has(declared.meaning.assetType)) return null;
  return hint('name_words', declared.meaning, 0.72, `its name says what it is, "${name}"`);
});

/** A thing of hardware may be named by what it is: "Wireless Access Point", "Store tablet". */
function describedThing(name: string, values: AttributeValues): ClassHint | null {
  const isThing =
    hasMachineFacts(values) ||
    hasValue(values, 'model') ||
    hasValue(values, 'manufacturer') ||
    hasValue(values, 'asset_tag');
  return isThing && !hasApplicationFacts(values) ? describedName(name) : null;
}

/** What has hardware or an address and is named after containers or their cluster is a machine that runs them. */
function meaningOfNode(meaning: Meaning, values: AttributeValues): Meaning {
  const named = meaning.subtype === 'kubernetes' ? 'kubernetes' : meaning.assetType;
  if ((named !== 'kubernetes' && named !== 'container') || !hasMachineFacts(values)) return meaning;
  return { ...server, role: named };
}

/** What the tokens of the name say. Beside machine facts a role token names what the machine does. */
export function nameHint(values: AttributeValues): ClassHint | null {
  const name = nameOf(values);
  if (name === undefined) return null;
  const found = nameMeaning(name.split('.', 1)[0] ?? name);
  if (found === null || found.weak) {
    const described = describedThing(name, values);
    if (described !== null) return described;
  }
  if (found === null) return null;
  const confidence = found.weak ? 0.55 : 0.75;
  const meaning = bareMeaning(name, found.meaning, values) ?? meaningOfNode(found.meaning, values);
  return hint('name_token', meaning, confidence, `its name holds the token "${found.token}"`);
}

const equipmentRoleOf = byText((role) => {
  const declared = declaredType(role);
  if (declared === null || !equipment.has(declared.meaning.assetType)) return null;
  return hint('server_role', declared.meaning, 0.72, `its role is "${role}"`);
});

/** What a role column or a listening port says about a machine; the role of an application makes it none. */
export function roleHint(values: AttributeValues): ClassHint | null {
  const role = textOf(values, 'server_role');
  const isApplication = nameOf(values) === undefined && hasValue(values, 'application_name');
  if (role !== undefined && isApplication && !hasMachineFacts(values)) return null;
  const ofEquipment = equipmentRoleOf(role);
  if (ofEquipment !== null) return ofEquipment;
  if (role !== undefined) return hint('server_role', { ...server, role }, 0.7, `its role is "${role}"`);
  const port = values.port;
  const portRole = typeof port === 'number' ? portRoles.get(port) : undefined;
  if (portRole === undefined) return null;
  return hint('port', { ...server, role: portRole }, 0.5, `it listens on port ${String(port)}`);
}

const hardwareHint = hint('machine_facts', server, 0.7, 'it has hardware of its own');

/** What the set of filled columns says when nothing else does. */
export function shapeHint(values: AttributeValues): ClassHint | null {
  if (hasHardwareFacts(values)) return hardwareHint;
  const name = nameOf(values);
  if (hasMachineFacts(values)) {
    return name === undefined && hasValue(values, 'application_name')
      ? hint('application_name', application, 0.7, 'it is named by its application only')
      : hint('network_facts', server, 0.6, 'it has a host name or an address');
  }
  if (hasApplicationFacts(values)) {
    return hint('application_facts', application, 0.75, 'it has facts of an application');
  }
  return namedShape(values, name);
}

/** Things that somebody made, and that bear a label, are no software: chairs stand in lists of assets as well. */
function isBought(values: AttributeValues): boolean {
  return hasValue(values, 'manufacturer') || hasValue(values, 'model') || hasValue(values, 'asset_tag');
}

function namedShape(values: AttributeValues, name: string | undefined): ClassHint | null {
  const applicationName = textOf(values, 'application_name');
  if (applicationName !== undefined && (name === undefined || name === applicationName)) {
    return hint('application_name', application, 0.85, 'only an application is named');
  }
  if (name === undefined) return null;
  if (isNumberedHost(name)) return hint('host_name', server, 0.5, `"${name}" is a name of a host`);
  if (!hasBusinessFacts(values) || isBought(values)) return null;
  return hint('business_facts', application, 0.6, 'it has owners, costs or users but no hardware');
}
