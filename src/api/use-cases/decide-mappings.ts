import type { z } from 'zod';
import { insertAuditEvent } from '../../db/accounts/audit';
import { lockFlow } from '../../db/flows/flows';
import { findGate, raiseGateVersion } from '../../db/flows/gates';
import { findImport } from '../../db/imports/imports';
import { learnPattern } from '../../db/imports/mapping-patterns';
import { decideMapping, type FieldMapping, findMapping, listMappings } from '../../db/imports/mappings';
import type { TenantTrx } from '../../db/connection/tenant';
import { type AttributeName, attributeNames } from '../../domain/attributes/types';
import { DomainError } from '../../domain/errors';
import type { MappingStatus } from '../../domain/lists';
import { combinationOf } from '../../domain/mapping/combinations';
import { normaliseHeader } from '../../domain/mapping/headers/header';
import type { ColumnRule } from '../../domain/mapping/types';
import { auditActor } from '../audit-actor';
import { presentRule } from '../presenters/column-rule';
import type { RouteInput } from '../route';
import type { RuleChange } from '../schemas/mappings';

export type Decider = Pick<RouteInput, 'actor' | 'traceId' | 'ctx'>;

export interface MappingChange {
  readonly id: string;
  /** Absent: as it is. */
  readonly status?: MappingStatus | undefined;
  /** Absent: as it is. Null: the column stays unmapped. */
  readonly target?: string | null | undefined;
  readonly rule?: z.output<typeof RuleChange> | null | undefined;
  readonly note?: string | null | undefined;
}

/** Where mappings are decided in one transaction: what was read of an import is read once. */
export class MappingDesk {
  private readonly known = new Map<string, FieldMapping[]>();

  constructor(
    readonly trx: TenantTrx,
    private readonly decider: Decider,
  ) {}

  /**
   * Decides one mapping of an import whose gate was touched.
   *
   * @throws DomainError `MAP_003` for a target that does not exist, `MAP_002` for one that another column feeds and
   * that takes only one. Undefined: the tenant has no such mapping.
   */
  async change(change: MappingChange): Promise<FieldMapping | undefined> {
    const present = await findMapping(this.trx, change.id);
    if (present === undefined) return undefined;
    const target = change.target === undefined ? undefined : knownTarget(change.target);
    const status = change.status ?? present.status;
    const takes = target === undefined ? present.target : target;
    const isFed = status !== 'rejected' && takes !== null;
    const joined = isFed ? joining(await this.ofImport(present.importId), present, takes) : undefined;
    const changed = await decideMapping(
      this.trx,
      {
        id: change.id,
        status,
        ...(target === undefined ? {} : { target }),
        ...ruleOf(present, change.rule, joined),
        note: change.note ?? null,
      },
      this.decider.actor.userId,
    );
    if (changed !== undefined) await this.replace(changed);
    return changed;
  }

  private async ofImport(importId: string): Promise<FieldMapping[]> {
    const known = this.known.get(importId) ?? (await listMappings(this.trx, importId));
    this.known.set(importId, known);
    return known;
  }

  private async replace(changed: FieldMapping): Promise<void> {
    const known = await this.ofImport(changed.importId);
    const at = known.findIndex(({ id }) => id === changed.id);
    if (at >= 0) known[at] = changed;
  }
}

/** @throws DomainError `MAP_003` for a name that is not in the catalogue. */
export function knownTarget(name: string | null): AttributeName | null {
  if (name === null) return null;
  const target = attributeNames.find((known) => known === name);
  if (target === undefined) throw new DomainError('MAP_003', { target_field: name.slice(0, 100) });
  return target;
}

/** How a column joins others that feed the same target; undefined when it is the only one. */
function joining(
  ofImport: readonly FieldMapping[],
  { id, rule }: FieldMapping,
  target: AttributeName,
): Pick<ColumnRule, 'combine' | 'order'> | undefined {
  const others = ofImport.filter(
    (other) => other.id !== id && other.target === target && other.status !== 'rejected',
  );
  if (others.length === 0) return undefined;
  const isProduct = rule.combine === 'product' || others.some((other) => other.rule.combine === 'product');
  const combine = isProduct ? 'product' : combinationOf(target);
  if (combine === null) {
    throw new DomainError('MAP_002', {
      target_field: target,
      source_fields: others.map(({ sourceColumn }) => sourceColumn),
    });
  }
  if (others.some((other) => other.rule.order === rule.order)) {
    return { combine, order: Math.max(...others.map((other) => other.rule.order)) + 1 };
  }
  return { combine, order: rule.order };
}

function ruleOf(
  present: FieldMapping,
  change: z.output<typeof RuleChange> | null | undefined,
  joined: Pick<ColumnRule, 'combine' | 'order'> | undefined,
): { rule?: ColumnRule } {
  if (!change && joined === undefined) return {};
  const stated = Object.fromEntries(
    Object.entries(change ?? {}).filter(([, value]) => value !== undefined),
  ) as Stated<z.output<typeof RuleChange>>; // what was left out is left out here as well
  const { combine, order, unit, decimal_mark, date_order, multi_value, factor } = {
    ...presentRule(present.rule),
    ...joined,
    ...stated,
  };
  const words = { decimalMark: decimal_mark, dateOrder: date_order, multiValue: multi_value };
  return { rule: { combine, order, unit, factor, ...words } };
}

type Stated<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> };

/**
 * Locks the flow of an import and raises the version of its mapping gate, so that an approval of what was shown
 * before is refused. With `expected` only from that version.
 *
 * @throws DomainError `FLOW_009` for another version, `FLOW_003` once the mappings are approved.
 */
export async function touchMappingGate(
  trx: TenantTrx,
  flowId: string,
  expected?: number,
): Promise<number | null> {
  const flow = await lockFlow(trx, flowId);
  const ref = { flowId, gate: 'mapping_approval', importId: null } as const;
  const gate = await findGate(trx, ref);
  if (gate === undefined) {
    if (expected !== undefined) throw new DomainError('FLOW_009', { current_version: null });
    return null;
  }
  if (gate.decidedAt !== null) {
    throw new DomainError('FLOW_003', {
      current_state: flow?.flowStatus,
      reason: 'The mappings are approved already',
    });
  }
  const version = await raiseGateVersion(trx, ref, expected);
  if (version === undefined) throw new DomainError('FLOW_009', { current_version: gate.version });
  return version;
}

/** Opens an import's mappings for a change: what `touchMappingGate` says, by the import. */
export async function touchImportGate(trx: TenantTrx, importId: string): Promise<number | null> {
  const entry = await findImport(trx, importId);
  return entry === undefined ? null : touchMappingGate(trx, entry.flowId);
}

/** The same by a mapping; undefined when the tenant has no such mapping. */
export async function touchGateOfMapping(trx: TenantTrx, id: string): Promise<number | null | undefined> {
  const mapping = await findMapping(trx, id);
  return mapping === undefined ? undefined : touchImportGate(trx, mapping.importId);
}

export interface Learnt {
  readonly patternId: string | null;
  readonly isNew: boolean;
}

/** Remembers for this engagement what a person decided about a header. */
export async function learn(trx: TenantTrx, mapping: FieldMapping, approved: boolean): Promise<Learnt> {
  const [pattern] = await learnPattern(trx, {
    header: normaliseHeader(mapping.sourceColumn),
    target: mapping.target,
    approved,
    learnedFrom: mapping.id,
  });
  return { patternId: pattern?.id ?? null, isNew: pattern?.isNew ?? false };
}

/** Notes a decision; the last statement of its transaction. */
export async function noteMapping(trx: TenantTrx, decider: Decider, mapping: FieldMapping): Promise<void> {
  const { id, importId, target, status, version } = mapping;
  await insertAuditEvent(trx, auditActor(decider), {
    action: `mapping.${status === 'pending' ? 'changed' : status}`,
    resourceType: 'field_mapping',
    resourceId: id,
    details: { importId, target, version },
  });
}
