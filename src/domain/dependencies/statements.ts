import type { AttributeValues } from '../attributes/types';
import { partsOf, splitNames, textOf } from '../inventory/attribute-text';
import { namesNoHost } from './host-words';
import { foldText } from '../inventory/classification/words';
import type { AssetType, DependencyOrigin, DependencyType } from '../lists';
import { flowNoise, numberOf } from './flow-noise';
import { relationMeaning, type RelationMeaning } from './relation-types';
import type { StatedDependency, StatementContext } from './types';

function stated(
  type: DependencyType,
  ends: { source: string | null; target: string; ownEnd?: 'source' | 'target' },
  origin: DependencyOrigin = 'column',
): StatedDependency {
  return { ...ends, type, origin, port: null, protocol: null, connections: null };
}

function referencesIn(values: AttributeValues, name: 'depends_on' | 'application_name'): readonly string[] {
  return [...new Set(partsOf(values, name).flatMap((part) => splitNames(part)))];
}

const softwareTypes: ReadonlySet<AssetType | null> = new Set(['database', 'application', 'component']);

/** What the record's own asset runs on or belongs to. */
function placement(values: AttributeValues, assetType: AssetType | null): StatedDependency[] {
  const found: StatedDependency[] = [];
  const isSoftware = softwareTypes.has(assetType);
  const host = textOf(values, 'hypervisor_host');
  if (host !== undefined && !namesNoHost(host)) {
    found.push(
      stated(isSoftware ? 'runs_on' : 'hosted_on', { source: null, target: host, ownEnd: 'source' }),
    );
  }
  const cluster = textOf(values, 'cluster');
  if (cluster !== undefined)
    found.push(stated('member_of', { source: null, target: cluster, ownEnd: 'source' }));
  const server = isSoftware ? (textOf(values, 'hostname') ?? textOf(values, 'fqdn')) : undefined;
  if (server !== undefined) found.push(stated('runs_on', { source: null, target: server, ownEnd: 'source' }));
  return found;
}

/** An application cell of a machine says that the application runs on it; of a database, that it uses it. */
function applications(values: AttributeValues, assetType: AssetType | null): StatedDependency[] {
  if (assetType === null || assetType === 'application') return [];
  const type: DependencyType = assetType === 'database' ? 'uses' : 'runs_on';
  const own = textOf(values, 'name') ?? textOf(values, 'hostname') ?? textOf(values, 'fqdn') ?? '';
  return referencesIn(values, 'application_name').map((name) =>
    assetType === 'component' || assetType === 'container'
      ? stated('member_of', { source: null, target: name, ownEnd: 'source' })
      : stated(type, { source: name, target: own, ownEnd: 'target' }),
  );
}

const reverseWords = /^(?:northbound|inbound|incoming|downstream|used by|eingehend|entrant|entrante)$/;

/** Whether a direction column turns the references of a row around (Konveyor: northbound depends on southbound). */
function isReversed(context: StatementContext): boolean {
  const cells = context.unmapped;
  if (cells === undefined) return false;
  for (const header in cells) {
    const folded = foldText(header);
    if (folded.includes('direction') && reverseWords.test(foldText(cells[header] ?? ''))) return true;
  }
  return false;
}

function references(values: AttributeValues, context: StatementContext): StatedDependency[] {
  const own = textOf(values, 'name') ?? textOf(values, 'application_name') ?? '';
  const typeText = textOf(values, 'dependency_type');
  const meaning = relationMeaning(typeText ?? 'depends on');
  const reversed = meaning.reversed !== isReversed(context);
  return referencesIn(values, 'depends_on').map((reference) =>
    reversed
      ? stated(meaning.type, { source: reference, target: own, ownEnd: 'target' })
      : stated(meaning.type, { source: null, target: reference, ownEnd: 'source' }),
  );
}

/** The end that stands first in a relation row: null is the record's own asset, undefined that there is none. */
function firstEnd(values: AttributeValues, context: StatementContext): string | null | undefined {
  const source = textOf(values, 'dependency_source');
  if (source !== undefined) return source;
  return context.assetType === null ? textOf(values, 'name') : null;
}

/** The relation that a row with two ends states. In a row of an asset a missing source end is the asset itself. */
function relation(values: AttributeValues, context: StatementContext): StatedDependency[] {
  const target = textOf(values, 'dependency_target');
  const from = firstEnd(values, context);
  if (target === undefined || from === undefined) return [];
  const meaning = statedMeaning(values, context);
  const ends = endsOf(from, target, meaning.reversed, textOf(values, 'name') ?? '');
  return [
    {
      ...stated(meaning.type, ends, originOf(context)),
      port: numberOf(values, 'port'),
      protocol: statedProtocol(values),
      connections: numberOf(values, 'connection_count'),
    },
  ];
}

/** What the words of a row with two ends mean. */
export function statedMeaning(
  values: AttributeValues,
  context: Pick<StatementContext, 'tableKind'>,
): RelationMeaning {
  const words = context.tableKind === 'network_flows' ? 'connects to' : 'depends on';
  return relationMeaning(textOf(values, 'dependency_type') ?? words);
}

export function statedProtocol(values: AttributeValues): string | null {
  return textOf(values, 'protocol')?.toLowerCase() ?? null;
}

/** Where a dependency of such a table comes from. */
export function originOf(context: Pick<StatementContext, 'tableKind'>): DependencyOrigin {
  if (context.tableKind === 'network_flows') return 'network_flow';
  return context.tableKind === 'relations' ? 'relation_file' : 'column';
}

function endsOf(
  from: string | null,
  target: string,
  reversed: boolean,
  own: string,
): { source: string | null; target: string; ownEnd?: 'source' | 'target' } {
  if (!reversed) return from === null ? { source: null, target, ownEnd: 'source' } : { source: from, target };
  return from === null ? { source: target, target: own, ownEnd: 'target' } : { source: target, target: from };
}

/**
 * What a record says about dependencies, its ends still as texts. Rows of noise in network flows state nothing
 * (`flowNoise` says why); words such as "ALL" are stated and turned down by `resolve` with the reason `special_word`.
 */
export function statedDependencies(values: AttributeValues, context: StatementContext): StatedDependency[] {
  if (context.tableKind === 'network_flows') {
    return flowNoise(values) === null ? relation(values, context) : [];
  }
  if (context.tableKind === 'relations') return relation(values, context);
  return [
    ...placement(values, context.assetType),
    ...applications(values, context.assetType),
    ...references(values, context),
    ...relation(values, context),
  ];
}
