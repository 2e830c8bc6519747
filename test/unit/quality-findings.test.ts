import { fc } from '../support/property';
import type { ApprovedMapping } from '../../src/domain/mapping/types';
import { compileCleansing } from '../../src/domain/quality/cleansing/cleanse';
import { looksLikeFractions, profileFindings } from '../../src/domain/quality/profile/findings';
import { looksLikePerson } from '../../src/domain/quality/values/people';
import { findPii, isIban, maskSample, passesLuhn } from '../../src/domain/quality/profile/pii';
import { createTableProfiler } from '../../src/domain/quality/profile/profile';
import { compileScoring, recordScore } from '../../src/domain/quality/profile/score';
import type { QualityFinding, TableProfile } from '../../src/domain/quality/types';

function profileOf(cells: readonly string[]): TableProfile {
  const profiler = createTableProfiler(['column']);
  profiler.addBatch(cells.map((cell) => [cell]));
  return profiler.finish();
}

function findingsOf(cells: readonly string[]): readonly QualityFinding[] {
  return profileFindings(profileOf(cells));
}

function many(count: number, cell: (index: number) => string): readonly string[] {
  return Array.from({ length: count }, (_, index) => cell(index));
}

test.each([
  [5, undefined],
  [6, 'medium'],
  [26, 'high'],
  [51, 'critical'],
])('%d empty cells of 100 are %s', (empty, severity) => {
  const findings = findingsOf(many(100, (index) => (index < empty ? 'n/a' : `host-${index}`)));

  expect(findings.find((finding) => finding.code === 'missing_values')?.severity).toBe(severity);
});

test('cells that break the format of their column are counted', () => {
  const findings = findingsOf(many(20, (index) => (index < 2 ? `somewhere ${index}` : `10.0.0.${index}`)));

  expect(findings).toMatchObject([
    { code: 'invalid_format', severity: 'medium', affectedRows: 2, column: 'column' },
  ]);
});

test('a column without a common format is mixed', () => {
  const cells = ['10.0.0.1', '2020-01-01', 'web-01', '12', 'a@b.example', '00:50:56:8a:01:07'];

  expect(findingsOf(cells).map((finding) => finding.code)).toContain('mixed_kinds');
});

test('several values, units and personal data are said without blocking', () => {
  const findings = [
    ...findingsOf(['a;b;c', 'd']),
    ...findingsOf(['16 GB', '512 MB']),
    ...findingsOf(['4111 1111 1111 1111']),
  ];

  expect(findings.map((finding) => finding.code)).toEqual(['several_values', 'mixed_units', 'personal_data']);
  expect(findings.some((finding) => finding.blocking)).toBe(false);
  expect(findings[2]?.examples).toEqual(['•••• •••• •••• ••11']);
});

test('only what could not be stored blocks', () => {
  expect(findingsOf(['x'.repeat(40_000)])).toMatchObject([{ code: 'too_long', blocking: false }]);
  expect(findingsOf(['x'.repeat(70_000)])).toMatchObject([
    { code: 'too_long', blocking: true, severity: 'critical' },
  ]);
});

test('a constant column and dates without an order are said', () => {
  expect(findingsOf(many(10, () => 'same')).map((finding) => finding.code)).toContain('constant_column');
  expect(findingsOf(['03/04/2020', '05/06/2021']).map((finding) => finding.code)).toContain(
    'ambiguous_dates',
  );
});

test('figures between 0 and 1 are fractions, figures of a quiet machine are not', () => {
  const fractions = (cells: readonly string[]): boolean =>
    profileOf(cells).columns.some((column) => looksLikeFractions(column));

  expect(fractions(['0.45', '0.12', '0.9', '1'])).toBe(true);
  expect(fractions(['0.45', '12', '0.9'])).toBe(false);
  expect(fractions(['0', '1', '0', '1'])).toBe(false);
});

test('check digits tell numbers of cards and accounts from others', () => {
  expect(passesLuhn('4111111111111111')).toBe(true);
  expect(passesLuhn('4111111111111112')).toBe(false);
  expect(isIban('DE89 3704 0044 0532 0130 00')).toBe(true);
  expect(isIban('DE89 3704 0044 0532 0130 01')).toBe(false);
});

test.each([
  ['mail jane.doe@corp.example now', ['email']],
  ['+49 170 1234567', ['phone']],
  ['(555) 123-4567', ['phone']],
  ['123-45-6789', ['national_id']],
  ['12345678Z', ['national_id']],
  ['529.982.247-25', ['national_id']],
  ['10.40.1.11', []],
  ['VMware-42 2a 00 01 00 00 11 11', []],
  ['2019-02-11 10:22:31', []],
  ['131,072', []],
])('%j holds %j', (text, kinds) => {
  expect(findPii(text)).toEqual(kinds);
});

test('samples are masked where they are personal, and nowhere else', () => {
  expect(maskSample('ask jane.doe@corp.example', ['email'])).toBe('ask j…@c…');
  expect(maskSample('Jane Doe', ['person_name'])).toBe('J… D…');
  expect(maskSample('123-45-6789', ['national_id'])).toBe('•••-••-••89');
  expect(maskSample('Data Mart', ['person_name'])).toBe('Data Mart');
  expect(maskSample('jane@corp.example', [])).toBe('jane@corp.example');
});

test.each([
  ['P. Lindqvist', true],
  ['Jane Doe', true],
  ['Müller, Jürgen', true],
  ['Jean-Pierre Dupont', true],
  ['Maria da Silva', true],
  ['Data Mart', false],
  ['Payments Hub', false],
  ['Unix Ops', false],
  ['ServiceNow', false],
  ['Support Team', false],
])('%j as a person: %s', (text, expected) => {
  expect(looksLikePerson(text)).toBe(expected);
});

test('the score of a record follows from its counts', () => {
  const facts = { required: 4, present: 3, cells: 10, valid: 8, canonical: 5, repeated: false };

  expect(recordScore(facts)).toBe(76.5);
  expect(recordScore({ ...facts, repeated: true })).toBe(61.5);
});

test('the score of a record never falls by cleansing', () => {
  const targets = ['name', 'memory_gb', 'environment', 'ip_address', 'fqdn'] as const;
  const mappings: readonly ApprovedMapping[] = targets.map((target, position) => ({
    sourceColumn: `c${position}`,
    position,
    target,
    rule: {
      combine: 'first',
      order: 0,
      unit: null,
      decimalMark: '.',
      dateOrder: 'unknown',
      multiValue: 'list',
      factor: 1,
    },
  }));
  const cleanser = compileCleansing(
    targets.map((_, position) => `c${position}`),
    mappings,
  );
  const score = compileScoring(mappings, ['name', 'memory_gb']);
  const cell = fc.oneof(
    fc.string(),
    fc.constantFrom('', 'n/a', '16 GiB', '8', 'prod', '10.0.0.1', 'web.a.example'),
  );

  fc.assert(
    fc.property(fc.array(cell, { minLength: 5, maxLength: 5 }), fc.boolean(), (cells, repeated) => {
      const { before, after } = score(cells, cleanser.cleanse(1, cells), repeated);

      expect(after).toBeGreaterThanOrEqual(before);
      expect(before).toBeGreaterThanOrEqual(0);
      expect(after).toBeLessThanOrEqual(100);
    }),
  );
});
