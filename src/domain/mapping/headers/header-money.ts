import type { ParsedHeader } from './header';
import type { Matches } from './header-matches';

const ofYear =
  /\b(?:yearly|year|annual|annually|annualized|p ?a|per annum|per year|jahr|jahrlich|jahrliche|annuel|annuelle|anual|anuales|anuais|fy ?\d*)\b/;
const ofMonth =
  /\b(?:monthly|month|per month|mo|monat|monatlich|monatliche|mensuel|mensuelle|mensual|mensuales|mensal|mensais)\b/;
const ofSpending =
  /\b(?:cost|spend|spending|opex|expense|expenses|expenditure|charge|fee|tco|budget|gasto|gastos|despesa|depense)\b/;

const ofCloud =
  /\b(?:cloud|azure|aws|gcp|recommended|projected|forecast|forecasted|on demand|target|future)\b/;
const notRunning = /\b(?:purchase|price|savings?|saving|change|actual|current|estimates?|estimated)\b/;
/** Words that leave a cost that of the whole asset; any other word says of which part of it. */
const ofWhole =
  /^(?:it|total|all|run|running|operating|operational|infrastructure|infra|average|avg|the|of|per|for|in|and|server|vm|application|asset|system|service|hosting|usd|eur|gbp|chf|gesamt|totale?s?|net|gross|approx|est|ca|p|a|fy|sum|amount)$/;

function isOfPart(header: ParsedHeader): boolean {
  return header.words.some(
    (word) =>
      !ofWhole.test(word) &&
      !ofYear.test(word) &&
      !ofMonth.test(word) &&
      !ofSpending.test(word) &&
      !ofCloud.test(word),
  );
}

type Money = 'annual_cost' | 'monthly_cost' | 'estimated_cloud_cost';

function keepMoney(target: Money, header: ParsedHeader, matches: Matches): void {
  const found = { target, phrase: target.replaceAll('_', ' '), ambiguous: false };
  const whole = { ...found, kind: 'words', weight: 2.6 } as const;
  const part = { ...found, kind: 'partial', weight: 1.2 } as const;
  matches.keep(isOfPart(header) ? part : whole);
}

/** An amount of money for a period, whatever the noun: "Yearly Opex (USD)", "Projected spend / month". */
export function matchMoney(header: ParsedHeader, matches: Matches): void {
  const words = [...header.words, ...header.bracketWords].join(' ');
  const period = ofYear.test(words) ? 'annual_cost' : ofMonth.test(words) ? 'monthly_cost' : null;
  if (period === null || notRunning.test(words)) return;
  const spending = header.unit?.dimension === 'money' || ofSpending.test(words);
  if (ofCloud.test(words)) {
    matches.drop('annual_cost');
    matches.drop('monthly_cost');
    keepMoney('estimated_cloud_cost', header, matches);
  } else if (spending) keepMoney(period, header, matches);
}
