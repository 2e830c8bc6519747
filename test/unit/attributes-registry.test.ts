import { attributeDefinition, attributes } from '../../src/domain/attributes/registry';
import { allSynonyms } from '../../src/domain/attributes/synonyms';
import { attributeNames } from '../../src/domain/attributes/types';

test('every attribute of the catalogue has a definition with label and description', () => {
  expect([...attributes.keys()]).toEqual([...attributeNames]);
  expect([...attributes.values()].every((one) => one.label !== '' && one.description !== '')).toBe(true);
});

test('addresses and tags hold several values, names one', () => {
  expect(attributeDefinition('ip_address').multiple).toBe(true);
  expect(attributeDefinition('tags').multiple).toBe(true);
  expect(attributeDefinition('name').multiple).toBe(false);
});

test('units follow the name of the attribute', () => {
  expect(attributeDefinition('memory_gb')).toMatchObject({ unit: 'gb', dataType: 'number' });
  expect(attributeDefinition('rto_minutes').unit).toBe('minutes');
  expect(attributeDefinition('cpu_utilization_percent').unit).toBe('percent');
  expect(attributeDefinition('annual_cost').unit).toBe('currency');
});

test('every attribute but the custom ones has headers, most of them in five languages', () => {
  const languages = new Map<string, Set<string>>();
  for (const { attribute, language } of allSynonyms()) {
    languages.set(attribute, (languages.get(attribute) ?? new Set()).add(language));
  }

  expect(attributeNames.filter((name) => !languages.has(name))).toEqual(['custom_attributes']);
  expect([...languages.values()].filter((known) => known.size >= 5).length).toBeGreaterThan(85);
});
