import type { AttributeValues } from '../src/domain/attributes/types';
import type { DuplicateSubject } from '../src/domain/inventory/identity/duplicate-facts';

/** An estate in which some assets stand twice, spelled in another way. */
export interface DuplicateEstate {
  readonly subjects: readonly DuplicateSubject[];
  /** The pairs of places in `subjects` that are one asset. */
  readonly doubles: readonly (readonly [number, number])[];
}

type Choose = <Item>(items: readonly Item[]) => Item;

/** Numerical Recipes' linear congruential generator: every estate is the same in each run. */
function chooserOf(seed: number): Choose {
  let state = seed;
  return (items) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const chosen = items[Math.floor((state / 2 ** 32) * items.length)];
    if (chosen === undefined) throw new RangeError('there is nothing to choose from');
    return chosen;
  };
}

const sites = ['ord', 'fra', 'lon', 'mad', 'sin', 'gru', 'yul', 'waw'];
const stages = ['prd', 'dev', 'tst', 'uat'];
const roles = [
  'web',
  'app',
  'sql',
  'file',
  'mail',
  'batch',
  'cache',
  'proxy',
  'billing',
  'warehouse',
  'payment',
];
const systems = ['RHEL 8', 'RHEL 9', 'Ubuntu 22.04', 'Windows Server 2019', 'Windows Server 2022', 'SLES 15'];
const firstWords = [
  'Claims',
  'Policy',
  'Payroll',
  'Freight',
  'Treasury',
  'Patient',
  'Vendor',
  'Campus',
  'Energy',
];
const lastWords = ['Portal', 'Ledger', 'Planner', 'Archive', 'Gateway', 'Scheduler', 'Warehouse', 'Register'];
const environments: Readonly<Record<string, string>> = {
  prd: 'production',
  dev: 'development',
  tst: 'test',
  uat: 'uat',
};

function hostNames(): string[] {
  const numbers = Array.from({ length: 9 }, (_, at) => `0${at + 1}`);
  return sites.flatMap((site) =>
    stages.flatMap((stage) =>
      roles.flatMap((role) => numbers.map((number) => `${site}-${stage}-${role}-${number}`)),
    ),
  );
}

function serversOf(choose: Choose): DuplicateSubject[] {
  return hostNames().map((name, place) => {
    const environment = environments[name.split('-')[1] ?? ''];
    const values: AttributeValues = {
      name,
      hostname: name,
      operating_system: choose(systems),
      ...(environment !== undefined && { environment }),
      ip_address: [`10.${place >> 8}.${place & 255}.7`],
    };
    return { name, assetType: 'server', subtype: null, values };
  });
}

function applicationsOf(choose: Choose): DuplicateSubject[] {
  return firstWords.flatMap((first) =>
    lastWords.map((last) => {
      const name = `${first} ${last}`;
      const values: AttributeValues = {
        name,
        application_name: name,
        vendor: choose(['SAP', 'Oracle', 'Internal']),
      };
      return { name, assetType: 'application' as const, subtype: null, values };
    }),
  );
}

/** Spellings that identity does not bring together by itself, as it does upper and lower case. */
const respellings: readonly ((name: string) => string)[] = [
  (name) => name.replaceAll('-', ''),
  (name) => name.replaceAll('-', '_').toUpperCase(),
  (name) => name.replace(/-0(?=\d$)/, '-'),
  (name) => name.replace(/(?<=\p{L})-(?=\d)/u, ''),
  (name) => name.replaceAll(' ', '-'),
  (name) => name.replaceAll(' ', ''),
];

/** Two letters of the longest word change places; short words are left as they are. */
function slipped(name: string, choose: Choose): string {
  const longest = name.split(/[^a-z]+/i).toSorted((one, two) => two.length - one.length)[0] ?? '';
  const places = Array.from({ length: longest.length - 2 }, (_, at) => at + 1).filter(
    (at) => longest[at] !== longest[at + 1],
  );
  if (longest.length < 8) return name;
  const at = choose(places);
  const swapped = `${longest.slice(0, at)}${longest[at + 1] ?? ''}${longest[at] ?? ''}${longest.slice(at + 2)}`;
  return name.replace(longest, swapped);
}

/** Every n-th asset once more under another spelling; what else is known of it is there in part. */
function respelled(original: DuplicateSubject, choose: Choose): DuplicateSubject {
  const spelled = respellings.map((spell) => spell(original.name));
  const others = [...spelled, slipped(original.name, choose)].filter((name) => name !== original.name);
  const name = choose(others);
  const { ip_address: _address, application_name: _application, ...rest } = original.values;
  const kept = choose([rest, { ...rest, ip_address: original.values.ip_address ?? [] }]);
  return {
    ...original,
    name,
    values: { ...kept, name, ...(original.assetType === 'server' && { hostname: name }) },
  };
}

/** About 3,200 assets, every eighth of which stands twice. */
export function duplicateEstate(seed = 11): DuplicateEstate {
  const choose = chooserOf(seed);
  const originals = [...serversOf(choose), ...applicationsOf(choose)];
  const subjects = [...originals];
  const doubles: (readonly [number, number])[] = [];
  for (let place = 0; place < originals.length; place += 8) {
    const original = originals[place];
    if (original === undefined) continue;
    doubles.push([place, subjects.length]);
    subjects.push(respelled(original, choose));
  }
  return { subjects, doubles };
}
