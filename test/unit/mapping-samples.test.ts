import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixtures, propose, readTable, targetsOf } from '../fixtures/mapping/tables';

// The file holds one record of header → target (null: unmapped) per sample.
const expected = JSON.parse(
  readFileSync(join(fixtures, '..', 'samples', 'expected-mappings.json'), 'utf8'),
) as Record<string, Record<string, string | null>>;
const samples = Object.keys(expected).filter((name) => name.endsWith('.csv'));

const portfolio = {
  headers: Object.keys(expected['app-portfolio.xlsx#Portfolio 2026'] ?? {}),
  rows: [
    'APP-001|Orders|P. Lindqvist|app.team0@corp.example|Retail|High|350|Java 8 / Tomcat 8.5|Oracle 12.1|on-prem|4|1|N||120|12/2026|Rehost|',
    'APP-002|Payment Hub|D. Okafor|app.team1@corp.example|Finance|C|1.200|.NET Framework 4.6 / IIS|SQL Server 2016|on-prem|1|0.25|Y|PCI-DSS, SOX|410.5|2026-10-13|Replatform|see ticket',
    'APP-003|HR Self Service|S. Haddad|app.team2@corp.example|People|Medium|~80|Oracle Forms 11g|Oracle 11g|on-prem|24|24|yes||95||Repurchase|vendor says upgrade',
    'APP-004|Warehouse|M. Ferro|app.team3@corp.example|Logistics|H|n/a|COBOL batch / Db2|Db2 10.5|on-prem|8h|8|no||230|unknown|TBC|mainframe link',
    'APP-005|Intranet|J. Mbeki|app.team4@corp.example|Corporate IT|Low|45|WordPress 4.9 / PHP 7.0|MySQL 5.5|on-prem|-||N||12|04/30/2021|Retire|',
  ].map((row) => row.split('|')),
};

test.each(samples)('every column of %s maps as stated', (name) => {
  const proposal = propose(readTable('..', 'samples', name));

  expect(targetsOf(proposal)).toEqual(expected[name]);
});

test.each(samples)('%s is recognised as the export of a product', (name) => {
  const proposal = propose(readTable('..', 'samples', name));

  expect(proposal.format?.confidence).toBeGreaterThanOrEqual(0.9);
});

test('a hand-made portfolio maps by evidence alone', () => {
  const proposal = propose(portfolio);

  expect(proposal.format).toBeNull();
  expect(targetsOf(proposal)).toEqual(expected['app-portfolio.xlsx#Portfolio 2026']);
});

test('money in thousands of euro carries its factor, hours of recovery their unit', () => {
  const { suggestions } = propose(portfolio);
  const rule = (header: string) => suggestions.find((one) => one.sourceColumn === header)?.rule;

  expect(rule('Annual Run Cost (k€)')).toMatchObject({ factor: 1000, unit: null });
  expect(rule('RTO (hrs)')).toMatchObject({ unit: 'hours' });
});
