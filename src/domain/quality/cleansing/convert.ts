import { attributeDefinition } from '../../attributes/registry';
import type { AttributeDefinition, AttributeName, ValueShape } from '../../attributes/types';
import type { Converter } from './conversion';
import { convertAddresses, convertCustomAttribute, convertList, convertMacs } from './convert-lists';
import {
  convertFqdn,
  convertHostReference,
  convertHostname,
  convertOperatingSystem,
  convertPerson,
  convertText,
  convertUuid,
} from './convert-names';
import {
  convertDuration,
  convertInteger,
  convertMoney,
  convertNumber,
  convertPercent,
  convertRate,
  convertSize,
} from './convert-numbers';
import {
  convertBoolean,
  convertCriticality,
  convertDate,
  convertDisposition,
  convertEnvironment,
  convertPowerState,
  convertScope,
  convertStatus,
} from './convert-words';

const byShape: Readonly<Record<ValueShape, Converter>> = {
  text: convertText,
  name: convertText,
  hostname: convertHostname,
  fqdn: convertFqdn,
  uuid: convertUuid,
  ip_list: convertAddresses,
  mac_list: convertMacs,
  list: convertList,
  reference_list: convertList,
  integer: convertInteger,
  number: convertNumber,
  percent: convertPercent,
  money: convertMoney,
  boolean: convertBoolean,
  date: convertDate,
  // The words of a type carry more than the type (`Firewall`, `cmdb_ci_linux_server`): classification reads them.
  asset_type: convertText,
  environment: convertEnvironment,
  criticality: convertCriticality,
  disposition: convertDisposition,
  scope: convertScope,
  status: convertStatus,
  power_state: convertPowerState,
  person: convertPerson,
  operating_system: convertOperatingSystem,
};

const byName: Readonly<Partial<Record<AttributeName, Converter>>> = {
  custom_attributes: convertCustomAttribute,
  hypervisor_host: convertHostReference,
};

/** The converter of an attribute, by its own rule, its unit or its shape. */
export function converterOf(attribute: AttributeName): Converter {
  const definition = attributeDefinition(attribute);
  return byName[attribute] ?? byUnit(definition) ?? byShape[definition.shape];
}

function byUnit(definition: AttributeDefinition): Converter | undefined {
  const units: Readonly<Record<string, Converter>> = {
    gb: convertSize,
    minutes: convertDuration,
    mbps: convertRate,
  };
  return definition.unit === null ? undefined : units[definition.unit];
}
