import { normaliseHeader } from '../../src/domain/mapping/headers/header';
import type { LearnedPattern } from '../../src/domain/mapping/types';
import { propose, readTable, tableOf } from '../fixtures/mapping/tables';

const table = tableOf({
  Hostname: ['web01', 'web02', 'db01'],
  Zulu: ['Billing', 'Billing', 'Payroll'],
  Owner: ['Ann Fox', 'Bob Ray', 'Cid Lee'],
});

function decision(
  header: string,
  target: LearnedPattern['target'],
  approvals: number,
  rejections = 0,
): LearnedPattern {
  return { header: normaliseHeader(header), target, approvals, rejections };
}

function find(learned: readonly LearnedPattern[], header: string) {
  return propose(table, learned).suggestions.find((one) => one.sourceColumn === header);
}

test('a header that means nothing is left alone until people decide', () => {
  expect(find([], 'Zulu')?.target).toBeNull();
});

test('what people approved is suggested again as learned', () => {
  const suggestion = find([decision('ZULU', 'application_name', 3)], 'Zulu');

  expect(suggestion).toMatchObject({ target: 'application_name', type: 'learned' });
  expect(suggestion?.confidence).toBeGreaterThan(0.9);
});

test('what people rejected is not suggested again', () => {
  expect(find([], 'Owner')?.target).toBe('business_owner');
  expect(find([decision('Owner', 'business_owner', 0, 3)], 'Owner')?.target).not.toBe('business_owner');
});

test('a decision to leave a column unmapped is remembered', () => {
  expect(find([decision('Owner', null, 4)], 'Owner')).toMatchObject({ target: null, type: 'learned' });
});

test('one mistaken approval does not map addresses to memory', () => {
  const addresses = tableOf({
    Hostname: ['a1', 'b1', 'c1'],
    'Network Adapter': ['10.0.0.1', '10.0.0.2', '10.0.0.3'],
  });
  const { suggestions } = propose(addresses, [decision('Network Adapter', 'memory_gb', 1)]);

  expect(suggestions[1]?.target).not.toBe('memory_gb');
});

test('decisions of people overrule what a recognised product usually means', () => {
  const sample = readTable('..', 'samples', 'servicenow-cmdb_ci_server.csv');
  const { suggestions } = propose(sample, [
    decision('Managed by', 'business_owner', 0, 0),
    decision('Support group', 'technical_owner', 3),
  ]);

  expect(suggestions.find((one) => one.sourceColumn === 'Name')?.target).toBe('name');
});
