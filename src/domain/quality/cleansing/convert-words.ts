import { readBoolean } from '../values/booleans';
import { type CellProblem, type Conversion, type Converter, converted, nothing, refused } from './conversion';
import { type DateReading, readDate, readDateNumber } from '../values/dates';
import {
  criticalityReader,
  dispositionReader,
  type EnumerationReader,
  environmentReader,
  powerStateReader,
  scopeReader,
  statusReader,
} from '../words/enumerations';
import { isPlaceholder } from '../values/placeholders';
import { cleanText } from '../values/text';

/** A closed list; a word that it does not know is refused, or becomes the list's own `unknown`. */
function wordConverter<Member extends string>(
  reader: EnumerationReader<Member>,
  problem: CellProblem,
  otherwise: Member | null,
): Converter {
  const unknown: Conversion = otherwise === null ? refused(problem) : converted(otherwise, problem, problem);
  return (cell, context) => {
    const text = cleanText(cell);
    if (isPlaceholder(text, context.attribute)) {
      return nothing;
    }
    const found = reader.read(text);
    return found === null ? unknown : converted(found.value, found.rule);
  };
}

export const convertEnvironment = wordConverter(environmentReader, 'unknown_environment', 'unknown');
export const convertCriticality = wordConverter(criticalityReader, 'unknown_criticality', null);
export const convertDisposition = wordConverter(dispositionReader, 'unknown_disposition', null);
export const convertScope = wordConverter(scopeReader, 'unknown_scope', null);
export const convertPowerState = wordConverter(powerStateReader, 'unknown_power_state', null);

/** Known states in one word; the list of states is open, others stay as they stand. */
export const convertStatus: Converter = (cell, context) => {
  const text = cleanText(cell);
  if (isPlaceholder(text, context.attribute)) {
    return nothing;
  }
  const found = statusReader.read(text);
  return found === null || found.confidence < 1
    ? converted(text, 'text')
    : converted(found.value, found.rule);
};

export const convertBoolean: Converter = (cell, context) => {
  const text = cleanText(cell);
  const answer = readBoolean(text);
  if (answer !== null) {
    return converted(answer, 'yes_or_no');
  }
  return isPlaceholder(text, context.attribute) ? nothing : refused('not_a_yes_or_no');
};

const earliest = '1970-01-02';
const latest = '2100-12-31';

/** Days that programs write when they know none. */
const nullDays: ReadonlySet<string> = new Set([
  '1899-12-30',
  '1899-12-31',
  '1900-01-01',
  '1601-01-01',
  '1970-01-01',
  '0001-01-01',
  '9999-12-31',
]);

/** Days as YYYY-MM-DD; of a month or year the last day for an end date, the first day for any other. */
export const convertDate: Converter = (cell, context) => {
  const text = cleanText(cell);
  if (isPlaceholder(text, context.attribute) || /^0{4}[-/.]?0{2}[-/.]?0{2}/.test(text)) {
    return nothing;
  }
  const read = readDate(text, context.rule.dateOrder);
  const reading = read ?? readDateNumber(text);
  if (reading === null) {
    return refused('not_a_date');
  }
  return reading.ambiguous
    ? refused('ambiguous_date')
    : dateConversion(reading, context.attribute === 'end_of_life_date', read === null);
};

function dateConversion(reading: DateReading, isEnd: boolean, fromNumber: boolean): Conversion {
  const date = (isEnd ? reading.lastDay : reading.date) ?? '';
  if (nullDays.has(date)) {
    return nothing;
  }
  if (date < earliest || date > latest) {
    return refused('implausible_date');
  }
  if (reading.precision !== 'day') {
    return converted(date, isEnd ? 'last_day_of_period' : 'first_day_of_period', 'coarse_date');
  }
  return converted(date, fromNumber ? 'date_from_number' : 'date');
}
