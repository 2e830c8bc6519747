import type { DispositionRule } from './types';

/** Changing the code, which only its owner can. */
export const codeRules: readonly DispositionRule[] = [
  {
    code: 'custom',
    text: 'Own code can be changed',
    when: { origin: ['custom'] },
    points: { refactor: 10, rearchitect: 6, rehost: 4 },
  },
  {
    code: 'monolith',
    text: 'A monolith gains from being taken apart',
    when: { architecture: ['monolith'], origin: ['custom', 'unknown'] },
    points: { refactor: 8, rearchitect: 14 },
  },
  {
    code: 'client_server',
    text: 'A client on each desk does not fit the cloud',
    when: { architecture: ['client_server'], origin: ['custom', 'unknown'] },
    points: { refactor: 10, rearchitect: 4 },
  },
  {
    code: 'valuable_code',
    text: 'Own code of high value is worth the work',
    when: { origin: ['custom'], value: ['critical', 'high'] },
    points: { refactor: 10, rearchitect: 10 },
  },
  {
    code: 'valuable_monolith',
    text: 'A monolith of high value holds the business back',
    when: { origin: ['custom'], architecture: ['monolith'], value: ['critical', 'high'] },
    points: { refactor: 12, rearchitect: 14, rehost: -8 },
  },
  {
    code: 'minor_code',
    text: 'Own code of low value is not worth the work',
    when: { origin: ['custom'], value: ['low'] },
    points: { refactor: -12, rearchitect: -16, rehost: 6 },
  },
  {
    code: 'legacy_code',
    text: 'Own code in a legacy technology',
    when: { origin: ['custom'], technology: ['legacy'] },
    points: { refactor: 14, rearchitect: 14, rehost: -10 },
  },
  {
    code: 'legacy_minor',
    text: 'Legacy technology of low value',
    when: { technology: ['legacy'], value: ['low'] },
    points: { retain: 12, repurchase: 6, retire: 8 },
  },
  {
    code: 'runtime_custom',
    text: 'The runtime of own code is out of support',
    when: { runtimeSupport: ['expired'], origin: ['custom'] },
    points: { refactor: 26, replatform: 8, rehost: -6 },
  },
  {
    code: 'runtime_custom_extended',
    text: 'The runtime of own code has only paid extended support',
    when: { runtimeSupport: ['extended_only'], origin: ['custom'] },
    points: { refactor: 12, replatform: 8 },
  },
  {
    code: 'complex_logic',
    text: 'Complex rules call for a new design',
    when: { logic: ['high'], origin: ['custom'] },
    points: { rearchitect: 12, refactor: 2 },
  },
  {
    code: 'simple_logic',
    text: 'Simple rules are quickly carried over',
    when: { logic: ['low'], origin: ['custom'] },
    points: { refactor: 8, rearchitect: -4 },
  },
  {
    code: 'poor_code',
    text: 'Poor code is cheaper to design anew than to mend',
    when: { code: ['poor'], origin: ['custom'] },
    points: { rearchitect: 12, refactor: -2 },
  },
  {
    code: 'good_code',
    text: 'Good code can be changed step by step',
    when: { code: ['good'], origin: ['custom'] },
    points: { refactor: 10, rearchitect: -8 },
  },
  {
    code: 'tied_monolith',
    text: 'Many assets depend on this monolith',
    when: { coupling: ['many'], architecture: ['monolith'], origin: ['custom'] },
    points: { rearchitect: 8 },
  },
  {
    code: 'busy_code',
    text: 'Own code with many users gains from growing with its load',
    when: { usage: ['many'], origin: ['custom'], value: ['critical', 'high'] },
    points: { refactor: 4, rearchitect: 6 },
  },
  {
    code: 'change_welcome',
    text: 'Change is welcome',
    when: { tolerance: ['high'], origin: ['custom'] },
    points: { refactor: 6, rearchitect: 6 },
  },
  {
    code: 'no_source',
    text: 'The code belongs to the vendor',
    when: { origin: ['package', 'saas'] },
    points: { refactor: -30, rearchitect: -30 },
  },
];
