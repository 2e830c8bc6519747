import { buyRules } from './buy-rules';
import { codeRules } from './code-rules';
import { lifeRules, statementRules } from './life-rules';
import { moveRules } from './move-rules';
import { stayRules } from './stay-rules';
import type { DispositionRule } from './types';

export type { DispositionRule, RuleCondition } from './types';

/** The rules that the product ships. Points are relative: about 40 decide between strategies, 80 nearly always win. */
export const defaultRules: readonly DispositionRule[] = [
  ...statementRules,
  ...lifeRules,
  ...stayRules,
  ...moveRules,
  ...buyRules,
  ...codeRules,
];
