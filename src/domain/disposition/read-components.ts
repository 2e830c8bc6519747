import type { AttributeValues } from '../attributes/types';
import { readOperatingSystem } from '../quality/words/operating-systems';
import { type ProductReading, readProduct } from '../quality/words/products';
import { textOf } from './fact-values';
import type { ComponentVersion } from './types';

/** Long-term releases of Windows 10 and 11 live longer than the releases of the same number. */
const longTermChannel = /\blts[cb][ -]*(20\d\d)\b/i;

/** A system that is stated but not recognised is a component of unknown support, not an absent one. */
function systemOf(values: AttributeValues): readonly ComponentVersion[] {
  const text = textOf(values, 'operating_system');
  const version = textOf(values, 'os_version');
  const reading = readOperatingSystem(text === '' ? version : text, version);
  if (reading === null) {
    return text === '' ? [] : [{ kind: 'operating_system', product: null, version: null }];
  }
  const channel = reading.product === 'windows' ? longTermChannel.exec(text) : null;
  return [
    {
      kind: 'operating_system',
      // A kernel or build that two products share says nothing about the support of either.
      product: reading.certain ? reading.product : null,
      version: channel ? `LTSC ${channel[1]}` : reading.version,
    },
  ];
}

function databaseOf(values: AttributeValues): readonly ComponentVersion[] {
  const engine = textOf(values, 'database_engine');
  if (engine === '') return [];
  const text = `${engine} ${textOf(values, 'database_version')}`.trim();
  const reading = readProduct(text).find(({ kind }) => kind === 'database');
  return [{ kind: 'database', product: reading?.product ?? null, version: reading?.version ?? null }];
}

const componentOf = ({ kind, product, version }: ProductReading): ComponentVersion => ({
  kind: kind === 'database' ? 'database' : 'runtime',
  product,
  version,
});

function stackOf(values: AttributeValues): readonly ComponentVersion[] {
  const stack = values.technology_stack;
  if (stack === undefined) return [];
  const items = typeof stack === 'object' ? stack : [String(stack)];
  return items.flatMap((item) => readProduct(item)).map(componentOf);
}

/** An application that is itself a product (`SharePoint 2013`). Without a version its name may mean anything. */
function applicationOf(values: AttributeValues): readonly ComponentVersion[] {
  const name = textOf(values, 'application_name');
  return name === '' ? [] : versionsIn(`${name} ${textOf(values, 'application_version')}`).map(componentOf);
}

function versionsIn(text: string): readonly ProductReading[] {
  return readProduct(text).filter(({ kind, version }) => kind === 'middleware' && version !== null);
}

/** Whether the name and version of an application are those of a product whose support is known by version. */
export function namesProduct(nameAndVersion: string): boolean {
  return versionsIn(nameAndVersion).length > 0;
}

/** The products that an asset runs, as its values name them, each once. */
export function readComponents(values: AttributeValues): readonly ComponentVersion[] {
  const components = new Map<string, ComponentVersion>();
  const found = [...systemOf(values), ...databaseOf(values), ...stackOf(values), ...applicationOf(values)];
  for (const component of found) {
    components.set(`${component.kind} ${component.product} ${component.version}`, component);
  }
  return [...components.values()];
}
