import type { LifecycleStatus } from '../lists';
import {
  lifecycleCatalogue,
  type LifecycleCatalogue,
  type ProductLifecycle,
  type VersionLifecycle,
} from './catalogue';
import type { ComponentVersion, LifecycleAssessment, LifecycleEntry } from './types';
import { VersionIndex, type VersionMatch } from './version-matching';

/** Days before the end of support from which a version counts as `soon`. */
export const soonDays = 365;

const millisecondsPerDay = 86_400_000;

interface IndexedProduct {
  readonly lifecycle: ProductLifecycle;
  readonly versions: VersionIndex;
}

const indexes = new WeakMap<LifecycleCatalogue, ReadonlyMap<string, IndexedProduct>>();

function indexOf(catalogue: LifecycleCatalogue): ReadonlyMap<string, IndexedProduct> {
  const known = indexes.get(catalogue);
  if (known) return known;
  const index = new Map<string, IndexedProduct>();
  for (const lifecycle of catalogue.products) {
    const indexed = { lifecycle, versions: new VersionIndex(lifecycle) };
    for (const key of [lifecycle.product, ...(lifecycle.aliases ?? [])]) index.set(key, indexed);
  }
  indexes.set(catalogue, index);
  return index;
}

/** The catalogue's own key for a product key or one of its aliases; undefined when it is not listed. */
export function catalogueProduct(
  product: string,
  catalogue: LifecycleCatalogue = lifecycleCatalogue,
): string | undefined {
  return indexOf(catalogue).get(product.toLowerCase())?.lifecycle.product;
}

/** Every listed version as a flat row with its source. */
export function listLifecycleEntries(
  catalogue: LifecycleCatalogue = lifecycleCatalogue,
): readonly LifecycleEntry[] {
  return catalogue.products.flatMap((lifecycle) =>
    lifecycle.versions.map((version) => ({
      product: lifecycle.product,
      version: version.version,
      endOfSupport: version.ends,
      endOfExtendedSupport: version.extendedEnds ?? null,
      source: version.source ?? lifecycle.source,
    })),
  );
}

/** Status on a day of a version with these last days of support, each YYYY-MM-DD. */
export function lifecycleStatusOn(
  today: string,
  ends: string | null,
  extendedEnds: string | null = null,
): LifecycleStatus {
  if (ends === null) return 'supported';
  if (today > ends) return extendedEnds !== null && today <= extendedEnds ? 'extended_only' : 'expired';
  const days = (Date.parse(ends) - Date.parse(today)) / millisecondsPerDay;
  return days <= soonDays ? 'soon' : 'supported';
}

function statusOf(entry: VersionLifecycle, today: string): LifecycleStatus {
  return entry.ended ? 'expired' : lifecycleStatusOn(today, entry.ends, entry.extendedEnds);
}

function unknown(
  component: ComponentVersion,
  reason: string,
  source: string | null = null,
): LifecycleAssessment {
  return {
    component: component.kind,
    product: component.product,
    version: component.version,
    status: 'unknown',
    endOfSupport: null,
    endOfExtendedSupport: null,
    reason,
    source,
  };
}

function describe(name: string, entry: VersionLifecycle, status: LifecycleStatus): string {
  if (entry.ended) return `Support of ${name} has ended; the day is not on record`;
  if (entry.ends === null) return `${name} is supported; no end is announced`;
  switch (status) {
    case 'expired':
      return entry.extendedEnds
        ? `Support of ${name} ended on ${entry.ends} and its extended support on ${entry.extendedEnds}`
        : `Support of ${name} ended on ${entry.ends}`;
    case 'extended_only':
      return `Support of ${name} ended on ${entry.ends}; only paid extended support remains, to ${entry.extendedEnds}`;
    case 'soon':
      return `Support of ${name} ends on ${entry.ends}, within ${soonDays} days`;
    case 'supported':
    case 'unknown':
      return `${name} is supported to ${entry.ends}`;
  }
}

function assessEntry(
  component: ComponentVersion,
  product: ProductLifecycle,
  entry: VersionLifecycle,
  today: string,
): LifecycleAssessment {
  const status = statusOf(entry, today);
  return {
    component: component.kind,
    product: product.product,
    version: component.version,
    status,
    endOfSupport: entry.ends,
    endOfExtendedSupport: entry.extendedEnds ?? null,
    reason: describe(`${product.label} ${entry.version}`, entry, status),
    source: entry.source ?? product.source,
  };
}

const lastDay = (entry: VersionLifecycle): string =>
  entry.ended ? '0000' : (entry.extendedEnds ?? entry.ends ?? '9999');

/**
 * The version is given more coarsely than the list has it. Only what holds for each possible version is said: the
 * best of them when even that one is past its support, else nothing.
 */
function assessSeveral(
  component: ComponentVersion,
  product: ProductLifecycle,
  entries: readonly VersionLifecycle[],
  today: string,
): LifecycleAssessment {
  const best = entries.reduce((left, right) => (lastDay(right) > lastDay(left) ? right : left));
  const status = statusOf(best, today);
  const agreed = entries.every((entry) => statusOf(entry, today) === status);
  if (agreed || status === 'expired' || status === 'extended_only') {
    const assessment = assessEntry(component, product, best, today);
    return { ...assessment, reason: `At best: ${assessment.reason}` };
  }
  return unknown(
    { ...component, product: product.product },
    `"${component.version}" may be any of ${entries.length} versions of ${product.label}, some supported and some not`,
    product.source,
  );
}

function assessUnlisted(
  component: ComponentVersion,
  product: ProductLifecycle,
  match: Extract<VersionMatch, { kind: 'before' }>,
  today: string,
): LifecycleAssessment {
  const named = { ...component, product: product.product };
  const { next } = match;
  const allEnded = [...match.older, next].every((entry) => statusOf(entry, today) === 'expired');
  if (!allEnded) {
    return unknown(named, unlistedReason(component, product), product.source);
  }
  return {
    ...unknown(named, '', product.source),
    status: 'expired',
    reason: `${product.label} ${component.version} is older than ${next.version}, whose support has ended`,
  };
}

/** Without a match in a product that was given up, its last version speaks for all. */
function assessDiscontinued(
  component: ComponentVersion,
  product: ProductLifecycle,
  today: string,
): LifecycleAssessment {
  const last = product.versions.reduce((left, right) => (lastDay(right) > lastDay(left) ? right : left));
  return assessEntry(component, product, last, today);
}

function assessVersion(
  component: ComponentVersion,
  { lifecycle: product, versions }: IndexedProduct,
  today: string,
): LifecycleAssessment {
  const match = versions.match(component.version ?? '');
  switch (match.kind) {
    case 'exact':
      return assessEntry(component, product, match.entry, today);
    case 'several':
      return assessSeveral(component, product, match.entries, today);
    case 'before':
      return assessUnlisted(component, product, match, today);
    case 'none':
      return product.discontinued
        ? assessDiscontinued(component, product, today)
        : unknown(component, unlistedReason(component, product), product.source);
  }
}

const unlistedReason = ({ version }: ComponentVersion, { label }: ProductLifecycle): string =>
  version ? `Version ${version} of ${label} is not listed` : `The version of ${label} is not known`;

/**
 * Status of one component on the day `today` (YYYY-MM-DD). What the catalogue does not know is `unknown`, with the
 * reason; it is never taken for supported.
 */
export function assessLifecycle(
  component: ComponentVersion,
  today: string,
  catalogue: LifecycleCatalogue = lifecycleCatalogue,
): LifecycleAssessment {
  if (!component.product) return unknown(component, 'The product is not known');
  const indexed = indexOf(catalogue).get(component.product.toLowerCase());
  if (!indexed) return unknown(component, `The catalogue does not list "${component.product}"`);
  return assessVersion({ ...component, product: indexed.lifecycle.product }, indexed, today);
}

/** Like `assessLifecycle` for one day and catalogue, remembering the answer for each distinct component. */
export function createLifecycleAssessor(
  today: string,
  catalogue: LifecycleCatalogue = lifecycleCatalogue,
): (component: ComponentVersion) => LifecycleAssessment {
  const known = new Map<string, LifecycleAssessment>();
  return (component) => {
    const key = `${component.kind}\n${component.product ?? ''}\n${component.version ?? ''}`;
    let assessment = known.get(key);
    if (!assessment) {
      assessment = assessLifecycle(component, today, catalogue);
      known.set(key, assessment);
    }
    return assessment;
  };
}
