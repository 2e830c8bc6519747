import { nameMeaning } from '../inventory/name-meaning';
import type { PlannedAsset } from './planned-asset';
import type { Edge } from './types';

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

/** Distinct applications by node, kept small: beyond `mostOwners` more of them change nothing. */
class ApplicationSets {
  private readonly sets: (number[] | undefined)[];

  constructor(size: number) {
    this.sets = Array.from({ length: size });
  }

  of(node: number): readonly number[] {
    return this.sets[node] ?? [];
  }

  add(node: number, application: number): void {
    const set = this.sets[node];
    if (set === undefined) this.sets[node] = [application];
    else if (set.length < mostOwners && !set.includes(application)) set.push(application);
  }

  addAll(node: number, applications: readonly number[]): void {
    for (const application of applications) this.add(node, application);
  }
}

/** Longest chain application → database → server → cluster along which ownership passes. */
const ownershipSteps = 3;

function ownersOf(assets: readonly PlannedAsset[], edges: readonly Edge[]): ApplicationSets {
  const owners = new ApplicationSets(assets.length);
  const hard = edges.filter((edge) => edge.hardness === 'hard');
  for (const { from, to } of hard) if (assets[from]?.assetType === 'application') owners.add(to, from);
  for (let step = 1; step < ownershipSteps; step += 1) {
    for (const { from, to } of hard) {
      if (assets[from]?.assetType !== 'application') owners.addAll(to, owners.of(from));
    }
  }
  return owners;
}

interface Reliance {
  readonly applications: ApplicationSets;
  /** Machines without an application that rely on a node. */
  readonly machines: Int32Array;
}

function relianceOn(
  assets: readonly PlannedAsset[],
  edges: readonly Edge[],
  owners: ApplicationSets,
): Reliance {
  const applications = new ApplicationSets(assets.length);
  const machines = new Int32Array(assets.length);
  for (const { from, to } of edges) {
    if (assets[from]?.assetType === 'application') applications.add(to, from);
    else if (owners.of(from).length > 0) applications.addAll(to, owners.of(from));
    else machines[to] = (machines[to] ?? 0) + 1;
  }
  return { applications, machines };
}

function roleOf(asset: PlannedAsset): string | null {
  if (asset.serverRole !== null && asset.serverRole !== undefined) return asset.serverRole;
  if (asset.assetType !== 'application' && asset.assetType !== 'server') return null;
  return nameMeaning(asset.name)?.meaning.role ?? null;
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

function sharedReason(
  asset: PlannedAsset,
  counts: { applications: number; machines: number; owners: number },
  thresholds: Thresholds,
): string | null {
  const { applications, machines, owners } = counts;
  const byRole = infrastructureReason(roleOf(asset), applications + machines, owners);
  if (byRole !== null || asset.assetType === 'application') return byRole;
  // What one application owns is a part of it, however many others call it.
  if (owners === 1) return null;
  if (applications >= thresholds.applications) return reliesOnText(applications, 'application');
  return machines >= thresholds.machines ? reliesOnText(machines, 'machine') : null;
}

/** Why each asset is a shared service (directories, name services, backup, databases of many applications), null where it is none. */
export function sharedServices(
  assets: readonly PlannedAsset[],
  edges: readonly Edge[],
  options: SharedServiceOptions = {},
): (string | null)[] {
  const applications = assets.filter((asset) => asset.assetType === 'application').length;
  const share = Math.ceil(assets.length * machineDependentsShare);
  const thresholds: Thresholds = {
    applications: options.sharedServiceThreshold ?? defaultThreshold(applications),
    machines: Math.min(mostMachineDependents, Math.max(fewestMachineDependents, share)),
  };
  const owners = ownersOf(assets, edges);
  const reliance = relianceOn(assets, edges, owners);
  return assets.map((asset, index) =>
    sharedReason(
      asset,
      {
        applications: reliance.applications.of(index).length,
        machines: reliance.machines[index] ?? 0,
        owners: owners.of(index).length,
      },
      thresholds,
    ),
  );
}
