import { dispositions } from '../../lists';
import type { DispositionRule } from './types';

export const statementRules: readonly DispositionRule[] = dispositions.map((strategy) => ({
  code: `stated_${strategy}`,
  text: 'The records state this strategy',
  when: { statement: [strategy] },
  points: { [strategy]: 80 },
}));

/** Decisions about the asset and signs that nobody needs it. */
export const lifeRules: readonly DispositionRule[] = [
  {
    code: 'scope_out',
    text: 'Out of the scope of the migration',
    when: { scope: ['out'] },
    points: { retain: 75 },
  },
  {
    code: 'scope_deferred',
    text: 'Deferred to a later programme',
    when: { scope: ['deferred'] },
    points: { retain: 50 },
  },
  {
    code: 'status_retired',
    text: 'Already decommissioned',
    when: { status: ['retired'] },
    points: { retire: 65 },
  },
  {
    code: 'status_in_stock',
    text: 'In stock, not in use',
    when: { status: ['in_stock'] },
    points: { retire: 40 },
  },
  {
    code: 'status_inactive',
    text: 'Not in service',
    when: { status: ['inactive'], standby: ['unknown'] },
    points: { retire: 36 },
  },
  { code: 'stage_retire', text: 'Being phased out', when: { stage: ['retire'] }, points: { retire: 58 } },
  {
    code: 'stage_replace',
    text: 'To be replaced',
    when: { stage: ['replace'] },
    points: { repurchase: 46, retire: 4 },
  },
  {
    code: 'stage_keep',
    text: 'To be kept as it is',
    when: { stage: ['keep'] },
    points: { retain: 18, rehost: 8 },
  },
  {
    code: 'stage_migrate',
    text: 'Meant to be migrated',
    when: { stage: ['migrate'] },
    points: { rehost: 4, replatform: 4 },
  },
  {
    code: 'stage_invest',
    text: 'Strategic: money is meant to go into it',
    when: { stage: ['invest'], origin: ['custom', 'unknown'] },
    points: { refactor: 12, rearchitect: 12 },
  },
  {
    code: 'marked_unused',
    text: 'Marked as no longer needed',
    when: { mark: ['unused'] },
    points: { retire: 36 },
  },
  {
    code: 'powered_off',
    text: 'Powered off',
    when: { power: ['off'], standby: ['unknown'] },
    points: { retire: 48, rehost: -6 },
  },
  {
    code: 'off_but_needed',
    text: 'Powered off, yet other assets depend on it',
    when: { power: ['off'], coupling: ['many'] },
    points: { retire: -14 },
  },
  { code: 'no_users', text: 'Has no users', when: { usage: ['none'] }, points: { retire: 44 } },
  {
    code: 'idle',
    text: 'Its processors are idle',
    when: { load: ['idle'], standby: ['unknown'] },
    points: { retire: 16 },
  },
  {
    code: 'idle_alone',
    text: 'Idle, and nothing known depends on it',
    when: { load: ['idle'], coupling: ['none'], standby: ['unknown'] },
    points: { retire: 20 },
  },
  {
    code: 'idle_minor',
    text: 'Idle and of low value',
    when: { load: ['idle'], value: ['low'] },
    points: { retire: 12 },
  },
  {
    code: 'few_users_minor',
    text: 'Few users and of low value',
    when: { usage: ['few'], value: ['low'] },
    points: { retire: 10 },
  },
];
