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
const notRunning = /\b(?:purchase|price|savings?|saving|change|actual|current|estimated)\b/;

function keepMoney(target: 'annual_cost' | 'monthly_cost' | 'estimated_cloud_cost', matches: Matches): void {
  const phrase = target.replaceAll('_', ' ');
  matches.keep({ target, kind: 'words', phrase, ambiguous: false, weight: 2.6 });
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
    keepMoney('estimated_cloud_cost', matches);
  } else if (spending) keepMoney(period, matches);
}
