import type { AttributeValues } from '../../src/domain/attributes/types';
import { resolveName } from '../../src/domain/inventory/naming';
import { skipReason } from '../../src/domain/inventory/skip-reason';

function reasonOf(
  values: AttributeValues,
  unmapped: Record<string, string> = {},
  formatId: string | null = null,
) {
  return skipReason(values, { tableKind: 'inventory', formatId, unmapped });
}

test.each<[string, AttributeValues, Record<string, string>, string | null]>([
  ['a template flag', { name: 'x1' }, { Template: 'True' }, 'template'],
  ['a template flag that is off', { name: 'x1' }, { Template: 'False' }, null],
  ['a placeholder flag', { name: 'x1' }, { 'SRM Placeholder': 'True' }, 'placeholder'],
  ['a template type', { name: 'x1', asset_type: 'VM Template' }, {}, 'template'],
  ['a total line', { name: 'Total', cpu_cores: 120 }, {}, 'total_row'],
  ['a German total line', { name: 'Gesamt' }, {}, 'total_row'],
  ['a machine that is called Total Care', { name: 'Total Care Portal' }, {}, null],
  ['a footer', { name: 'Report generated on 2026-01-01' }, {}, 'footer'],
  ['a repeated header', { name: 'Name', operating_system: 'OS' }, {}, 'repeated_header'],
  ['a person', { name: 'Jane', asset_type: 'User' }, {}, 'person'],
  ['a contract', { name: 'C-1', asset_type: 'Contract' }, {}, 'not_an_asset'],
  ['nothing', {}, {}, 'empty_row'],
  ['blanks only', { name: ' ' }, {}, 'empty_row'],
  ['an ordinary server', { name: 'web-01', ip_address: ['10.0.0.1'] }, {}, null],
])('%s is skipped for the right reason', (_what, values, unmapped, expected) => {
  expect(reasonOf(values, unmapped)).toBe(expected);
});

test('an unused virtual machine named as a template is one even without the flag', () => {
  const values = { name: 'tmpl-rhel7', power_state: 'off', hypervisor_host: 'esx-01' };

  expect(reasonOf(values, {}, 'rvtools.vinfo')).toBe('template');
  expect(reasonOf({ ...values, ip_address: ['10.0.0.1'] }, {}, 'rvtools.vinfo')).toBeNull();
});

test.each<[AttributeValues, 'server' | 'application' | 'database', string | undefined]>([
  [{ name: 'a', hostname: 'b' }, 'server', 'a'],
  [{ hostname: 'b', application_name: 'c' }, 'server', 'b'],
  [{ hostname: 'b', application_name: 'c' }, 'application', 'c'],
  [{ hostname: 'b' }, 'application', undefined],
  [{ fqdn: 'b.corp.example' }, 'server', 'b.corp.example'],
  [{ external_id: 'CI1' }, 'server', 'CI1'],
  [{ serial_number: 'S1' }, 'server', 'S1'],
  [{ application_name: 'c' }, 'server', undefined],
  [{ ip_address: ['10.0.0.1'] }, 'server', undefined],
  [{ name: '  ' }, 'database', undefined],
])('%j of class %s is called %s', (values, assetType, expected) => {
  expect(resolveName(values, assetType)).toBe(expected);
});
