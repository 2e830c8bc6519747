import { type DispositionRule, movable } from './types';

/** What holds an asset where it is. */
export const stayRules: readonly DispositionRule[] = [
  {
    code: 'equipment',
    text: 'Equipment of the data centre or of its users: the cloud brings its own',
    kinds: ['equipment'],
    when: {},
    points: { retain: 40 },
  },
  {
    code: 'hypervisor',
    text: 'A hypervisor host is not moved; its machines are',
    kinds: ['hypervisor'],
    when: { platform: ['other_virtual', 'physical', 'unknown'] },
    points: { retain: 24 },
  },
  {
    code: 'already_cloud',
    text: 'Runs in a public cloud already',
    when: { platform: ['cloud'] },
    points: { retain: 48, rehost: -10 },
  },
  {
    code: 'already_saas',
    text: 'Used as a service already',
    when: { origin: ['saas'] },
    points: { retain: 50, rehost: -10 },
  },
  {
    code: 'bound',
    text: 'Rules keep it where it is',
    when: { regulation: ['bound'] },
    points: { retain: 58 },
  },
  {
    code: 'regulated',
    text: 'Regulated data: controls have to be shown first',
    when: { regulation: ['regulated'] },
    points: { retain: 5 },
  },
  {
    code: 'latency',
    text: 'Has to be close to machines or users on the site',
    when: { latency: ['bound'] },
    points: { retain: 48 },
  },
  {
    code: 'not_ready',
    text: 'Judged as not ready for the cloud',
    when: { readiness: ['not_ready'] },
    points: { retain: 18, rehost: -8 },
  },
  {
    code: 'ready',
    text: 'Judged as ready for the cloud',
    when: { readiness: ['ready'] },
    points: { rehost: 8 },
  },
  {
    code: 'mainframe',
    text: 'Runs on a mainframe',
    when: { system: ['mainframe'] },
    points: { retain: 50, rearchitect: 10, rehost: -10 },
  },
  {
    code: 'midrange',
    text: 'Runs on IBM i',
    when: { system: ['midrange'] },
    points: { retain: 40, replatform: 12, rehost: -10 },
  },
  {
    code: 'appliance',
    text: 'An appliance of its vendor',
    kinds: movable,
    when: { system: ['appliance'] },
    points: { retain: 42, repurchase: 8, rehost: -8 },
  },
  {
    code: 'unix',
    text: 'UNIX on processors that clouds do not offer: it has to be ported',
    when: { system: ['unix'] },
    points: { replatform: 28, retain: 12, rehost: -10 },
  },
];
