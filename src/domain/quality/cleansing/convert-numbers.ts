import type { AttributeName } from '../../attributes/types';
import {
  type Conversion,
  type ConversionContext,
  type Converter,
  type ExtraValue,
  converted,
  nothing,
  refused,
} from './conversion';
import { readDuration } from '../values/durations';
import { readMoney } from '../values/money';
import { readNumber } from '../values/numbers';
import { isPlaceholder } from '../values/placeholders';
import { implausibility } from './plausibility';
import { rateFactor, readRate } from '../values/rates';
import { readSize } from '../values/sizes';
import { cleanText, roundTo } from '../values/text';
import { readUnit, type UnitDefinition } from '../values/units';

/** A figure in the canonical unit, before it is judged. */
interface Figure {
  readonly value: number;
  readonly rule: string;
  readonly approximate: boolean;
  readonly extras?: readonly ExtraValue[];
}

const longestFigure = 400;

type FigureReader = (text: string, context: ConversionContext) => Figure | null;

function figureConverter(read: FigureReader, unreadable: Parameters<typeof refused>[0]): Converter {
  return (cell, context) => {
    const text = cleanText(cell);
    if (isPlaceholder(text, context.attribute)) {
      return nothing;
    }
    const figure = text.length > longestFigure ? null : read(text, context);
    return figure === null ? refused(unreadable) : judged(figure, context.attribute);
  };
}

function judged(figure: Figure, attribute: AttributeName): Conversion {
  const problem = implausibility(attribute, figure.value);
  if (problem !== null) {
    return refused(problem);
  }
  const value = figure.value === 0 ? 0 : figure.value;
  return converted(value, figure.rule, figure.approximate ? 'approximate_value' : null, figure.extras);
}

/** The unit of bare numbers in the column; null when the mapping names none or none of this family. */
function columnUnit(context: ConversionContext): UnitDefinition | null {
  return context.rule.unit === null ? null : readUnit(context.rule.unit);
}

function readSizeFigure(text: string, context: ConversionContext): Figure | null {
  const unit = columnUnit(context);
  const factor = (unit?.family === 'size' ? unit.factor : 1) * context.rule.factor;
  const size = readSize(text, { factor, mark: context.rule.decimalMark });
  if (size === null) {
    return null;
  }
  if (size.usedGigabytes === null) {
    return { value: size.gigabytes, rule: size.rule, approximate: size.approximate };
  }
  return usedOfTotal(context.attribute, size.usedGigabytes, size.gigabytes);
}

/** `61.2 GiB / 1.46 TiB` tells what is used and what there is, whichever of the two was asked for. */
function usedOfTotal(attribute: AttributeName, used: number, total: number): Figure {
  const rule = 'used_of_total';
  if (attribute === 'storage_used_gb') {
    const extras: readonly ExtraValue[] = [{ attribute: 'storage_gb', value: total, rule }];
    return { value: used, rule, approximate: false, extras };
  }
  const extras: readonly ExtraValue[] =
    attribute === 'storage_gb' ? [{ attribute: 'storage_used_gb', value: used, rule }] : [];
  return { value: total, rule, approximate: false, extras };
}

function readDurationFigure(text: string, context: ConversionContext): Figure | null {
  const unit = columnUnit(context);
  const factor = (unit?.family === 'duration' ? unit.factor : 1) * context.rule.factor;
  const duration = readDuration(text, factor, context.rule.decimalMark);
  return duration && { value: duration.minutes, rule: duration.rule, approximate: duration.approximate };
}

function readRateFigure(text: string, context: ConversionContext): Figure | null {
  const factor = (rateFactor(columnUnit(context)) ?? 1) * context.rule.factor;
  const rate = readRate(text, factor, context.rule.decimalMark);
  return rate && { value: rate.megabytesPerSecond, rule: rate.rule, approximate: rate.approximate };
}

/** A percent sign in the cell wins over a column of fractions. */
function readPercentFigure(text: string, context: ConversionContext): Figure | null {
  const number = readNumber(text, context.rule.decimalMark);
  const factor = number === null ? null : percentFactor(number.word, context);
  if (number === null || factor === null) {
    return null;
  }
  const value = roundTo(number.value * factor, 4);
  return { value, rule: factor === 1 ? 'percent' : 'percent_of_fraction', approximate: number.approximate };
}

function percentFactor(word: string, context: ConversionContext): number | null {
  const unit = word === '' ? columnUnit(context) : readUnit(word);
  if (word === '') {
    return (unit?.family === 'percent' ? unit.factor : 1) * context.rule.factor;
  }
  return unit?.family === 'percent' ? unit.factor : null;
}

const monthsOfYear = 12;

function readMoneyFigure(text: string, context: ConversionContext): Figure | null {
  const money = readMoney(text, context.rule.factor, context.rule.decimalMark);
  if (money === null) {
    return null;
  }
  const { amount, approximate } = money;
  if (money.period === 'month' && context.attribute === 'annual_cost') {
    return { value: roundTo(amount * monthsOfYear, 4), rule: 'money_of_a_month', approximate };
  }
  if (money.period === 'year' && context.attribute === 'monthly_cost') {
    return { value: roundTo(amount / monthsOfYear, 4), rule: 'money_of_a_year', approximate };
  }
  return { value: amount, rule: money.rule, approximate };
}

const foreignFamilies: ReadonlySet<string> = new Set([
  'size',
  'percent',
  'duration',
  'bit_rate',
  'byte_rate',
  'frequency',
]);
const inCellProduct =
  /^([1-9]\d{0,3})\s*(?:[x×*]|sockets?\s*[x×*])\s*(\d{1,4})\s*(?:v?cpus?|cores?|-?core|kerne|c(?:oe|œ)urs)?$/i;
const thousands = /^(?:k|tsd|thousand|mil|mille)$/i;

/** A count: with a word after it (`4 vCPU`, `2k users`), but not with a unit of something else. */
function readCountFigure(text: string, context: ConversionContext): Figure | null {
  const product = inCellProduct.exec(text);
  if (product !== null) {
    return { value: Number(product[1]) * Number(product[2]), rule: 'product_in_cell', approximate: false };
  }
  const number = readNumber(text.replace(/\s*\([^()]*\)$/, ''), context.rule.decimalMark);
  if (number === null) {
    return null;
  }
  const [word = ''] = number.word.split(' ');
  if (thousands.test(word)) {
    return { value: roundTo(number.value * 1000, 4), rule: 'thousands', approximate: number.approximate };
  }
  const family = word === '' ? undefined : readUnit(word)?.family;
  if (family !== undefined && foreignFamilies.has(family)) {
    return null;
  }
  return {
    value: roundTo(number.value * context.rule.factor, 6),
    rule: 'number',
    approximate: number.approximate,
  };
}

export const convertSize = figureConverter(readSizeFigure, 'not_a_size');
export const convertDuration = figureConverter(readDurationFigure, 'not_a_duration');
export const convertRate = figureConverter(readRateFigure, 'not_a_rate');
export const convertPercent = figureConverter(readPercentFigure, 'not_a_percentage');
export const convertMoney = figureConverter(readMoneyFigure, 'not_an_amount');
export const convertNumber = figureConverter(readCountFigure, 'not_a_number');

/** Whole numbers: a fraction is no count. */
export const convertInteger: Converter = (cell, context) => {
  const number = convertNumber(cell, context);
  return typeof number.value === 'number' && !Number.isInteger(number.value) ? refused('not_whole') : number;
};
