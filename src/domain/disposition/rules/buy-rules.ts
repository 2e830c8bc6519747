import type { DispositionRule } from './types';

/** Buying it as a service. */
export const buyRules: readonly DispositionRule[] = [
  {
    code: 'saas_available',
    text: 'A service could replace it',
    when: { saas: ['yes'] },
    points: { repurchase: 36 },
  },
  {
    code: 'saas_for_package',
    text: 'A bought application that its market sells as a service',
    when: { saas: ['yes'], origin: ['package'] },
    points: { repurchase: 18 },
  },
  {
    code: 'saas_for_commodity',
    text: 'Services for this function are sold everywhere',
    when: { saas: ['yes', 'unknown'], commodity: ['yes'] },
    points: { repurchase: 14 },
  },
  {
    code: 'bought_commodity',
    text: 'A bought application for a common function',
    when: { origin: ['package'], commodity: ['yes'], saas: ['yes', 'unknown'] },
    points: { repurchase: 22 },
  },
  {
    code: 'saas_against_custom',
    text: 'Custom code would be lost',
    when: { saas: ['yes'], origin: ['custom'] },
    points: { repurchase: -14 },
  },
  {
    code: 'own_critical_code',
    text: 'Custom code that the business lives on is not bought',
    when: { saas: ['yes'], origin: ['custom'], value: ['critical', 'high'] },
    points: { repurchase: -10 },
  },
  {
    code: 'legacy_package',
    text: 'A bought application on legacy technology',
    when: { origin: ['package'], technology: ['legacy'], saas: ['yes', 'unknown'] },
    points: { repurchase: 16, rehost: -8 },
  },
  {
    code: 'package_without_saas',
    text: 'A bought application that no service replaces',
    when: { origin: ['package'], saas: ['no', 'unknown'] },
    points: { rehost: 8, replatform: 4 },
  },
];
