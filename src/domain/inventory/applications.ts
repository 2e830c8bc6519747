import type { AttributeValues } from '../attributes/types';
import type { AssetType } from '../lists';
import { partsOf, splitNames, textOf } from './attribute-text';
import { applicationKey } from './identity/identity';
import { isSpecialWord } from './classification/special-words';
import type { Evidence } from './types';
import { foldText, nameTokens } from './classification/words';

/** An asset as application mapping sees it. */
export interface ApplicationSubject {
  readonly name: string;
  readonly assetType: AssetType;
  readonly values: AttributeValues;
  /** Cells of columns without a target, by header: folders, resource pools, custom attributes. */
  readonly unmapped?: Readonly<Record<string, string>>;
}

export interface ApplicationMember {
  /** Index of the asset. */
  readonly asset: number;
  readonly evidence: readonly Evidence[];
  /** 0 to 1. */
  readonly confidence: number;
}

/** An application that assets speak of. Above `certain`, its name was written as an application's; others need people. */
export interface ApplicationCandidate {
  readonly name: string;
  readonly key: string;
  /** Index of the asset that is this application already, or null. */
  readonly asset: number | null;
  readonly confidence: number;
  readonly members: readonly ApplicationMember[];
}

/** Confidence from which a candidate was named by a column or a tag rather than guessed. */
export const certain = 0.8;

interface Mention {
  readonly name: string;
  readonly evidence: Evidence;
}

const applicationTag =
  /^\s*(?:app(?:lication)?(?:[ _-]?(?:name|id|service))?|anwendung|aplicacion|aplicacao|mgn:app:name|service|workload|system|project|product)\s*[:=]\s*(.+?)\s*$/i;
const weakTag = /^\s*(?:service|workload|system|project|product)\s*[:=]/i;
const applicationHeaders =
  /^(?:custom attribute )?(?:app|application|app name|application name|anwendung|service name|workload)$/;
const folderHeaders =
  /^(?:folder|vm folder|ordner|dossier|resource pool|vapp|pool|resource group|project|namespace)$/;
/** Folders that say how machines are kept, not what for. */
const housekeepingFolders: ReadonlySet<string> = new Set(
  (
    'vm|vms|templates|template|discovered virtual machine|discovered virtual machines|production|prod|test|dev|development|staging|infrastructure|infra|resources|' +
    'root|datacenters|new|old|archive|decommissioned|retired|servers|linux|windows|unix|misc|other|default|dmz|backup|management|mgmt|workloads|high|normal|low'
  ).split('|'),
);

/** The names in an application cell, each once, without "N/A" and the like. */
export function applicationNames(values: AttributeValues): readonly string[] {
  const names = partsOf(values, 'application_name').flatMap((part) => splitNames(part));
  const byKey = new Map<string, string>();
  for (const name of names)
    if (!isSpecialWord(name) && !byKey.has(applicationKey(name))) byKey.set(applicationKey(name), name);
  return [...byKey.values()];
}

function mention(name: string, code: string, weight: number, text: string): Mention {
  return { name, evidence: { code, weight, text } };
}

function tagMentions(values: AttributeValues): Mention[] {
  const tags = [
    ...partsOf(values, 'tags'),
    ...partsOf(values, 'custom_attributes').flatMap((text) => splitNames(text)),
  ];
  return tags.flatMap((tag) => {
    const name = applicationTag.exec(tag)?.[1];
    if (name === undefined || isSpecialWord(name)) return [];
    return [mention(name, 'tag', weakTag.test(tag) ? 0.6 : 0.9, `tag "${tag}"`)];
  });
}

function folderOf(path: string): string | undefined {
  const parts = path.split(/[/\\>]/).map((part) => part.trim());
  return parts.findLast((part) => part !== '' && !housekeepingFolders.has(foldText(part)));
}

function cellMentions(subject: ApplicationSubject): Mention[] {
  const mentions: Mention[] = [];
  for (const [header, cell] of Object.entries(subject.unmapped ?? {})) {
    const folded = foldText(header);
    if (applicationHeaders.test(folded)) {
      const names = splitNames(cell).filter((name) => !isSpecialWord(name));
      mentions.push(...names.map((name) => mention(name, 'custom_attribute', 0.85, `column "${header}"`)));
    } else if (folderHeaders.test(folded) && /[/\\>]/.test(cell)) {
      const name = folderOf(cell);
      const isSite =
        name !== undefined && foldText(name) === foldText(textOf(subject.values, 'datacenter') ?? '');
      if (name !== undefined && !isSite) mentions.push(mention(name, 'folder', 0.55, `${header} "${cell}"`));
    }
  }
  return mentions;
}

function mentionsOf(subject: ApplicationSubject): Mention[] {
  const cells = applicationNames(subject.values).map((name) =>
    mention(name, 'application_name', 0.97, `application cell "${name}"`),
  );
  return [...cells, ...tagMentions(subject.values), ...cellMentions(subject)];
}

interface Draft {
  name: string;
  strongest: number;
  asset: number | null;
  readonly members: Map<number, Evidence[]>;
}

function draftFor(drafts: Map<string, Draft>, name: string, strength: number): Draft {
  const key = applicationKey(name);
  const known = drafts.get(key);
  if (known === undefined) {
    const draft: Draft = { name, strongest: strength, asset: null, members: new Map() };
    drafts.set(key, draft);
    return draft;
  }
  const isBetter = strength > known.strongest || (strength === known.strongest && name < known.name);
  if (isBetter && known.asset === null) known.name = name;
  known.strongest = Math.max(known.strongest, strength);
  return known;
}

function addEvidence(draft: Draft, asset: number, evidence: Evidence): void {
  const list = draft.members.get(asset) ?? [];
  if (!list.some((one) => one.code === evidence.code)) list.push(evidence);
  draft.members.set(asset, list);
}

/** Initials or beginnings by which hosts are often called: `ord` for Orders, `pay` for Payments Hub, `hrss` for HR Self Service. */
function abbreviations(name: string): string[] {
  const words = foldText(name).split(' ');
  const first = words[0] ?? '';
  const initials = words.map((word) => word[0] ?? '').join('');
  const beginnings = [2, 3, 4, 5, 6, 7, 8].map((length) => first.slice(0, length));
  return [...new Set([...beginnings, first, ...(initials.length >= 3 ? [initials] : [])])].filter(
    (text) => text.length >= 2,
  );
}

/** Abbreviations that fit one application only. */
function uniqueAbbreviations(drafts: ReadonlyMap<string, Draft>): Map<string, Draft> {
  const owners = new Map<string, Draft | null>();
  for (const draft of drafts.values()) {
    for (const text of abbreviations(draft.name)) owners.set(text, owners.has(text) ? null : draft);
  }
  const unique = new Map<string, Draft>();
  for (const [text, draft] of owners) if (draft !== null) unique.set(text, draft);
  return unique;
}

const machineTypes: ReadonlySet<AssetType> = new Set(['server', 'database', 'container']);

/** Machines that no column assigns: the first token of their name may be an application's short name. */
function addNameEvidence(
  drafts: Map<string, Draft>,
  subjects: readonly ApplicationSubject[],
  assigned: Uint8Array,
): void {
  const known = uniqueAbbreviations(drafts);
  subjects.forEach((subject, asset) => {
    if (assigned[asset] === 1 || !machineTypes.has(subject.assetType)) return;
    const token = nameTokens(subject.name)[0] ?? '';
    const draft = known.get(token);
    if (draft === undefined) return;
    const weight = token.length >= 3 ? 0.6 : 0.4;
    addEvidence(draft, asset, { code: 'name_token', weight, text: `its name begins with "${token}"` });
  });
}

function combined(evidence: readonly Evidence[]): number {
  const doubt = evidence.reduce((product, one) => product * (1 - one.weight), 1);
  return Math.round((1 - doubt) * 100) / 100;
}

function finish(key: string, draft: Draft): ApplicationCandidate {
  const members = [...draft.members]
    .toSorted(([one], [two]) => one - two)
    .map(([asset, evidence]): ApplicationMember => ({ asset, evidence, confidence: combined(evidence) }));
  const confidence = draft.asset === null ? draft.strongest : 1;
  return { name: draft.name, key, asset: draft.asset, confidence, members };
}

/**
 * Applications that assets are, or speak of, with their members and the evidence for each: application columns,
 * tags, custom attributes, folders, then tokens of names. By key, so equal input gives equal output.
 */
export function applicationCandidates(subjects: readonly ApplicationSubject[]): ApplicationCandidate[] {
  const drafts = new Map<string, Draft>();
  const assigned = new Uint8Array(subjects.length);
  subjects.forEach((subject, asset) => {
    if (subject.assetType !== 'application') return;
    const draft = draftFor(drafts, subject.name, 1);
    draft.asset ??= asset;
    draft.name = subjects[draft.asset]?.name ?? draft.name;
  });
  subjects.forEach((subject, asset) => {
    if (subject.assetType === 'application') return;
    for (const { name, evidence } of mentionsOf(subject)) {
      addEvidence(draftFor(drafts, name, evidence.weight), asset, evidence);
      if (evidence.weight >= certain) assigned[asset] = 1;
    }
  });
  addNameEvidence(drafts, subjects, assigned);
  return [...drafts]
    .toSorted(([one], [two]) => (one < two ? -1 : 1))
    .map(([key, draft]) => finish(key, draft));
}
