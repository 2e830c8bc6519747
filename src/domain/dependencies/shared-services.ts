import { nameMeaning } from '../inventory/classification/name-meaning';
import { at } from './graph';
import type { PlannedAssets } from './planned-asset';
import type { EdgeColumns } from './types';

export interface SharedServiceOptions {
  /** From so many applications on, what they all rely on is shared. Default: a tenth of the applications, 3 to 6. */
  readonly sharedServiceThreshold?: number;
}

/** Roles that serve a whole site. */
const siteRoles: ReadonlySet<string> = new Set(['domain_controller', 'dns']);
/** Roles that are often shared: two applications that rely on one are enough. */
const infrastructureRoles: ReadonlySet<string> = new Set([
  ...siteRoles,
  'backup',
  'monitoring',
  'proxy',
  'mail',
  'security',
  'management',
  'terminal',
  'ci',
  'file',
]);
const mostOwners = 64;
const fewestMachineDependents = 10;
const machineDependentsShare = 0.05;
const mostMachineDependents = 50;

function defaultThreshold(applications: number): number {
  return Math.min(6, Math.max(3, Math.ceil(applications / 10)));
}

const none = -1;

/** Distinct applications by node, kept small: most have one, and beyond `mostOwners` more of them change nothing. */
class ApplicationSets {
  private readonly first: Int32Array;
  private readonly more = new Map<number, number[]>();

  constructor(size: number) {
    this.first = new Int32Array(size).fill(none);
  }

  countOf(node: number): number {
    return this.first[node] === none ? 0 : 1 + (this.more.get(node)?.length ?? 0);
  }

  add(node: number, application: number): void {
    const first = at(this.first, node);
    if (first === application) return;
    if (first === none) {
      this.first[node] = application;
      return;
    }
    const more = this.more.get(node);
    if (more === undefined) this.more.set(node, [application]);
    else if (more.length < mostOwners - 1 && !more.includes(application)) more.push(application);
  }

  /** Adds the applications that another node has, in this set or another. */
  addAll(node: number, others: ApplicationSets, other: number): void {
    const first = at(others.first, other);
    if (first === none) return;
    this.add(node, first);
    const more = others.more.get(other);
    if (more !== undefined) for (const application of more) this.add(node, application);
  }
}

/** Longest chain application → database → server → cluster along which ownership passes. */
const ownershipSteps = 3;

/** Which edges count, by edge: those between assets that move. */
export type CountedEdges = EdgeColumns & { readonly counted: Uint8Array };

function isApplication(assets: PlannedAssets, place: number): boolean {
  return assets.kind(place).assetType === 'application';
}

function ownersOf(assets: PlannedAssets, { from, to, hard, counted }: CountedEdges): ApplicationSets {
  const owners = new ApplicationSets(assets.length);
  for (let step = 0; step < ownershipSteps; step += 1) {
    for (let edge = 0; edge < from.length; edge += 1) {
      if (hard[edge] === 0 || counted[edge] === 0) continue;
      const owner = at(from, edge);
      const isOwner = isApplication(assets, owner);
      if (step === 0 && isOwner) owners.add(at(to, edge), owner);
      else if (step > 0 && !isOwner) owners.addAll(at(to, edge), owners, owner);
    }
  }
  return owners;
}

interface Reliance {
  readonly applications: ApplicationSets;
  /** Machines without an application that rely on a node. */
  readonly machines: Int32Array;
}

function relianceOn(assets: PlannedAssets, edges: CountedEdges, owners: ApplicationSets): Reliance {
  const { from, to, counted } = edges;
  const applications = new ApplicationSets(assets.length);
  const machines = new Int32Array(assets.length);
  for (let edge = 0; edge < from.length; edge += 1) {
    if (counted[edge] === 0) continue;
    const [source, target] = [at(from, edge), at(to, edge)];
    if (isApplication(assets, source)) applications.add(target, source);
    else if (owners.countOf(source) > 0) applications.addAll(target, owners, source);
    else machines[target] = at(machines, target) + 1;
  }
  return { applications, machines };
}

function roleOf(assets: PlannedAssets, place: number): string | null {
  const role = assets.serverRoleOf(place);
  if (role !== null) return role;
  const { assetType } = assets.kind(place);
  if (assetType !== 'application' && assetType !== 'server') return null;
  return nameMeaning(assets.nameOf(place))?.meaning.role ?? null;
}

function reliesOnText(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'} rely on it`;
}

interface Thresholds {
  readonly applications: number;
  readonly machines: number;
}

function infrastructureReason(role: string | null, consumers: number, owners: number): string | null {
  if (role === null || !infrastructureRoles.has(role)) return null;
  if (consumers >= 2) return `${role.replaceAll('_', ' ')}: ${reliesOnText(consumers, 'dependent')}`;
  return siteRoles.has(role) && owners <= 1 ? `${role.replaceAll('_', ' ')} serves the whole site` : null;
}

interface Counts {
  readonly applications: number;
  readonly machines: number;
  readonly owners: number;
}

function sharedReason(
  assets: PlannedAssets,
  place: number,
  { applications, machines, owners }: Counts,
  thresholds: Thresholds,
): string | null {
  const byRole = infrastructureReason(roleOf(assets, place), applications + machines, owners);
  if (byRole !== null || isApplication(assets, place)) return byRole;
  // What one application owns is a part of it, however many others call it.
  if (owners === 1) return null;
  if (applications >= thresholds.applications) return reliesOnText(applications, 'application');
  return machines >= thresholds.machines ? reliesOnText(machines, 'machine') : null;
}

/** Why assets are shared services (directories, name services, backup, databases of many applications), by asset. */
export function sharedServices(
  assets: PlannedAssets,
  edges: CountedEdges,
  options: SharedServiceOptions = {},
): Map<number, string> {
  let applications = 0;
  for (let place = 0; place < assets.length; place += 1) if (isApplication(assets, place)) applications += 1;
  const share = Math.ceil(assets.length * machineDependentsShare);
  const thresholds: Thresholds = {
    applications: options.sharedServiceThreshold ?? defaultThreshold(applications),
    machines: Math.min(mostMachineDependents, Math.max(fewestMachineDependents, share)),
  };
  const owners = ownersOf(assets, edges);
  const reliance = relianceOn(assets, edges, owners);
  const shared = new Map<number, string>();
  for (let place = 0; place < assets.length; place += 1) {
    const counts = {
      applications: reliance.applications.countOf(place),
      machines: at(reliance.machines, place),
      owners: owners.countOf(place),
    };
    const reason = sharedReason(assets, place, counts, thresholds);
    if (reason !== null) shared.set(place, reason);
  }
  return shared;
}
