import { attributeDefinition } from '../../attributes/registry';
import type { AttributeName, AttributeValue } from '../../attributes/types';
import type { MappingCombination } from '../../lists';
import type { ApprovedMapping, ColumnRule } from '../../mapping/types';
import { CellConverter, type ConvertedCell } from './cell-cache';
import { combine } from './combine';
import { converterOf } from './convert';
import type { CellProblem, Conversion } from './conversion';
import { type ProfileDecision, decidedConverter, decidedMultiValue, skipRule } from '../profile/decisions';
import { implausibility } from './plausibility';
import { RowResult } from './row-result';
import { ColumnRules, type NumberedRules, RuleNumbers } from './rule-numbers';
import type { CleansedRow, CleansingRule } from '../types';

export type { CleansedRow } from '../types';
export type { ProfileDecision } from '../profile/decisions';

export interface Cleanser {
  readonly cleanse: (rowNumber: number, cells: readonly string[]) => CleansedRow;
  /** The same for rows of which each is done with before the next: the answer holds until then. */
  readonly cleanseNext: (rowNumber: number, cells: readonly string[]) => CleansedRow;
  /** The rules that rows were first changed by since the last time; rows name them by number. */
  readonly takeRules: () => NumberedRules;
}

/** What was decided before a table is cleansed. */
interface Prepared {
  /** The headers, by position. */
  readonly columns: readonly string[];
  readonly decisions: readonly ProfileDecision[];
  readonly numbers: RuleNumbers;
}

/** The columns that feed one attribute. */
interface Target {
  readonly attribute: AttributeName;
  readonly combination: MappingCombination;
  readonly multiple: boolean;
  readonly columns: readonly CellConverter[];
}

/**
 * Prepares the cleansing of a table: conversions by attribute, units, marks and decisions, remembered per distinct
 * cell. Every row is cleansed on its own, so order does not matter. `columns` are the headers, by position; `rules`
 * those of an earlier attempt, by number.
 */
export function compileCleansing(
  columns: readonly string[],
  mappings: readonly ApprovedMapping[],
  decisions: readonly ProfileDecision[] = [],
  rules: readonly CleansingRule[] = [],
): Cleanser {
  const numbers = new RuleNumbers(rules);
  const targets = targetsOf({ columns, decisions, numbers }, mappings);
  const skippedFor = skipRule(columns, decisions);
  const cleanseInto = (row: RowResult, rowNumber: number, cells: readonly string[]): CleansedRow => {
    row.begin(rowNumber, cells);
    for (const target of targets) {
      applyTarget(target, cells, row);
    }
    return row.finish(skippedFor(cells));
  };
  const next = new RowResult(numbers);
  return {
    cleanse: (rowNumber, cells) => cleanseInto(new RowResult(numbers), rowNumber, cells),
    cleanseNext: (rowNumber, cells) => cleanseInto(next, rowNumber, cells),
    takeRules: () => numbers.take(),
  };
}

function targetsOf(prepared: Prepared, mappings: readonly ApprovedMapping[]): readonly Target[] {
  const byTarget = new Map<AttributeName, ApprovedMapping[]>();
  for (const mapping of mappings) {
    const others = byTarget.get(mapping.target);
    byTarget.set(mapping.target, others === undefined ? [mapping] : [...others, mapping]);
  }
  return [...byTarget].map(([attribute, feeding]) => {
    const ordered = [...feeding].sort((a, b) => a.rule.order - b.rule.order || a.position - b.position);
    const { multiple } = attributeDefinition(attribute);
    const isList = multiple || attribute === 'custom_attributes';
    return {
      attribute,
      combination: isList ? 'list' : (ordered[0]?.rule.combine ?? 'first'),
      multiple: isList,
      columns: ordered.map((mapping) => columnOf(prepared, mapping)),
    };
  });
}

function columnOf({ columns, decisions, numbers }: Prepared, mapping: ApprovedMapping): CellConverter {
  const { sourceColumn, target: attribute } = mapping;
  const decision = decisions.find((one) => one.column === sourceColumn);
  const rule: ColumnRule = { ...mapping.rule, multiValue: decidedMultiValue(mapping.rule, decision) };
  const position =
    columns[mapping.position] === sourceColumn ? mapping.position : columns.indexOf(sourceColumn);
  const { multiple } = attributeDefinition(attribute);
  const converter = decidedConverter(converterOf(attribute), decision, multiple);
  const rules = new ColumnRules(numbers, sourceColumn, position);
  return new CellConverter(position, { attribute, column: sourceColumn, rule }, rules, converter);
}

function applyTarget(target: Target, cells: readonly string[], row: RowResult): void {
  const [column] = target.columns;
  if (column !== undefined && target.columns.length === 1) {
    applyColumn(target.attribute, column, cells, row);
  } else {
    applyColumns(target, cells, row);
  }
}

function applyColumn(
  attribute: AttributeName,
  column: CellConverter,
  cells: readonly string[],
  row: RowResult,
): void {
  const cell = cells[column.position] ?? '';
  const converted = column.convert(cell);
  row.setFromCell(attribute, converted);
  reportCell(column, cell, converted.conversion, row);
}

/** Several columns: problems and additional values of each, then one value out of all. */
function applyColumns(target: Target, cells: readonly string[], row: RowResult): void {
  const { attribute, columns } = target;
  const raw: string[] = [];
  const parts: ConvertedCell[] = [];
  for (const column of columns) {
    const cell = cells[column.position] ?? '';
    const converted = column.convert(cell);
    raw.push(cell);
    parts.push(converted);
    reportCell(column, cell, converted.conversion, row);
  }
  const conversions = parts.map(({ conversion }) => conversion);
  const combined = combine(target.combination, conversions, target.multiple);
  const winner = parts[combined.winner];
  if (winner !== undefined) {
    row.setFromCell(attribute, winner);
    return;
  }
  const problem = combined.problem ?? figureProblem(attribute, combined.value);
  const value = problem === null ? combined.value : null;
  row.setFromCells(attribute, { columns, raw, value, rule: problem ?? combined.rule });
  if (problem !== null) {
    const names = columns.map((column) => column.context.column);
    row.report(attribute, names.join(' + '), raw.join(' + '), problem);
  }
}

function figureProblem(attribute: AttributeName, value: AttributeValue | null): CellProblem | null {
  return typeof value === 'number' ? implausibility(attribute, value) : null;
}

function reportCell(column: CellConverter, cell: string, conversion: Conversion, row: RowResult): void {
  const { attribute, column: name } = column.context;
  if (conversion.problem !== null) {
    row.report(attribute, name, cell, conversion.problem);
  }
  if (conversion.extras.length > 0) {
    row.offer(column, conversion.extras);
  }
}
