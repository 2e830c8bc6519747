import { criticalAttributeReport, criticalAttributes } from '../../src/domain/attributes/critical-attributes';
import { attributeNames } from '../../src/domain/attributes/types';

test('a decision needs 22 facts', () => {
  const report = criticalAttributeReport([]);

  expect(report).toMatchObject({ total: 22, covered: 0, missing: 22, readinessPercent: 0, readiness: 'low' });
  expect(report.total).toBe(criticalAttributes.length);
});

test('everything mapped and filled is full readiness', () => {
  const report = criticalAttributeReport(attributeNames);

  expect(report).toMatchObject({
    covered: report.total,
    partial: 0,
    readinessPercent: 100,
    readiness: 'good',
  });
});

test('cores, memory and storage count only together', () => {
  const status = (names: Parameters<typeof criticalAttributeReport>[0]) =>
    criticalAttributeReport(names).attributes.find((one) => one.name === 'cpu_memory_storage_specs')
      ?.coverage;

  expect(status(['cpu_cores', 'memory_gb'])).toBe('partial');
  expect(status(['cpu_cores', 'memory_gb', 'storage_gb'])).toBe('covered');
});

test('a mapped column that is mostly empty covers nothing', () => {
  const report = criticalAttributeReport(['business_criticality'], { business_criticality: 0.2 });

  expect(report.attributes.find((one) => one.name === 'business_criticality_score')).toMatchObject({
    coverage: 'partial',
    share: 0.2,
  });
});

test('an attribute never covers a fact by sharing letters with its name', () => {
  const report = criticalAttributeReport(['cost_center', 'description', 'environment']);

  expect(report.missing).toBe(report.total);
});
