import { normaliseAddress } from '../values/addresses';
import { type Conversion, type Converter, type ExtraValue, converted, nothing, refused } from './conversion';
import { readHost } from '../values/hosts';
import { readOperatingSystem } from '../words/operating-systems';
import { isPlaceholder } from '../values/placeholders';
import { cleanText } from '../values/text';
import { isMeaninglessUuid, normaliseUuid } from '../values/uuids';

/** The text as people see it. */
export const convertText: Converter = (cell, context) => {
  const text = cleanText(cell);
  return text === '' || isPlaceholder(text, context.attribute) ? nothing : converted(text, 'text');
};

/** A person as the cell names them; `mailto:` and brackets around an address are cut. */
export const convertPerson: Converter = (cell, context) => {
  const text = cleanText(cell).replace(/^mailto:/i, '');
  const bare = text.replace(/^<([^<>\s]+@[^<>\s]+)>$/, '$1');
  return bare === '' || isPlaceholder(bare, context.attribute) ? nothing : converted(bare, 'person');
};

/** A reference to a machine by name: whole, without trailing dot. */
export const convertHostReference: Converter = (cell, context) => {
  const text = cleanText(cell);
  if (text === '' || isPlaceholder(text, context.attribute)) {
    return nothing;
  }
  return converted(readHost(text)?.full ?? text, 'host_reference');
};

/** A host name without domain; the whole of a qualified name goes to `fqdn`. */
export const convertHostname: Converter = (cell, context) => {
  const text = cleanText(cell);
  if (text === '' || isPlaceholder(text, context.attribute)) {
    return nothing;
  }
  const host = readHost(text);
  if (host === null) {
    return notAHost(text);
  }
  return host.kind === 'hostname'
    ? converted(host.host, 'host_name')
    : converted(host.host, 'host_of_fqdn', null, [extra('fqdn', host.full, 'fqdn_in_host_name')]);
};

/** A qualified name; its first label goes to `hostname`, and so does a name without domain. */
export const convertFqdn: Converter = (cell, context) => {
  const text = cleanText(cell);
  if (text === '' || isPlaceholder(text, context.attribute)) {
    return nothing;
  }
  const [name, problem] = oneName(text);
  const host = readHost(name);
  if (host === null) {
    return notAHost(text);
  }
  const rule = host.kind === 'fqdn' ? 'host_of_fqdn' : 'fqdn_without_domain';
  const extras = [extra('hostname', host.host, rule)];
  return host.kind === 'fqdn'
    ? converted(host.full, 'fqdn', problem, extras)
    : { value: null, rule, problem, extras };
};

/** The first of several names. */
function oneName(text: string): readonly [name: string, problem: 'several_values' | null] {
  const [first = text] = text.split(/[\s,;|]+/);
  const several = first !== text && readHost(text) === null && readHost(first) !== null;
  return several ? [first, 'several_values'] : [text, null];
}

/** An address in place of a name is an address; anything else still names the asset. */
function notAHost(text: string): Conversion {
  const address = normaliseAddress(text);
  const named = extra('name', text, 'name_in_host_column');
  const names = text.split(/[\s,;|]+/).filter((part) => part !== '');
  const several = names.length > 1 && /[,;|]/.test(text) && names.every((part) => readHost(part) !== null);
  return refused(
    several ? 'several_values' : 'not_a_host_name',
    address === null ? [named] : [extra('ip_address', [address], 'address_in_host_column'), named],
  );
}

function extra(attribute: ExtraValue['attribute'], value: ExtraValue['value'], rule: string): ExtraValue {
  return { attribute, value, rule };
}

export const convertUuid: Converter = (cell, context) => {
  const text = cleanText(cell);
  if (text === '' || isPlaceholder(text, context.attribute)) {
    return nothing;
  }
  const uuid = normaliseUuid(text);
  if (uuid === null) {
    return refused('invalid_uuid');
  }
  return isMeaninglessUuid(uuid) ? refused('meaningless_uuid') : converted(uuid, 'uuid');
};

/**
 * An operating system as the cell names it. Its version is added where no column gives one; a bare build or
 * kernel gets the product's name before it.
 */
export const convertOperatingSystem: Converter = (cell, context) => {
  const text = cleanText(cell);
  if (text === '' || isPlaceholder(text, context.attribute)) {
    return nothing;
  }
  const system = readOperatingSystem(text);
  if (system === null) {
    return converted(text, 'text');
  }
  const extras =
    system.version === null ? [] : [extra('os_version', system.version, 'version_of_operating_system')];
  return system.fromBuild
    ? converted(`${system.name} (${text})`, 'operating_system_of_build', null, extras)
    : converted(text, 'text', null, extras);
};
