import { businessDefinitions } from './definitions-business';
import { technicalDefinitions } from './definitions-technical';
import { attributeNames } from './types';
import type { AttributeDefinition, AttributeName } from './types';

const defined = new Map([...technicalDefinitions, ...businessDefinitions].map((one) => [one.name, one]));

function definitionOf(name: AttributeName): AttributeDefinition {
  const definition = defined.get(name);
  if (definition === undefined) throw new Error(`attribute without a definition: ${name}`);
  return definition;
}

/** Every attribute of the catalogue, in the order of `attributeNames`. */
export const attributes: ReadonlyMap<AttributeName, AttributeDefinition> = new Map(
  attributeNames.map((name) => [name, definitionOf(name)]),
);

/** The definition of one attribute. */
export function attributeDefinition(name: AttributeName): AttributeDefinition {
  return definitionOf(name);
}
