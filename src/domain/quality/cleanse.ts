import { attributeDefinition } from '../attributes/registry';
import type { AttributeName, AttributeValue } from '../attributes/types';
import type { MappingCombination } from '../lists';
import type { ApprovedMapping, ColumnRule } from '../mapping/types';
import { CellConverter } from './cell-cache';
import { combine } from './combine';
import { converterOf } from './convert';
import type { CellProblem, Conversion } from './conversion';
import { type ProfileDecision, decidedConverter, decidedMultiValue, skipRule } from './decisions';
import { implausibility } from './plausibility';
import { RowResult } from './row-result';
import type { CleansedRow } from './types';

export type { CleansedRow } from './types';
export type { ProfileDecision } from './decisions';

export interface Cleanser {
  readonly cleanse: (rowNumber: number, cells: readonly string[]) => CleansedRow;
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
 * cell. Every row is cleansed on its own, so order does not matter. `columns` are the headers, by position.
 */
export function compileCleansing(
  columns: readonly string[],
  mappings: readonly ApprovedMapping[],
  decisions: readonly ProfileDecision[] = [],
): Cleanser {
  const targets = targetsOf(columns, mappings, decisions);
  const skippedFor = skipRule(columns, decisions);
  return {
    cleanse: (rowNumber, cells) => {
      const row = new RowResult(rowNumber);
      for (const target of targets) {
        applyTarget(target, cells, row);
      }
      return row.finish(skippedFor(cells));
    },
  };
}

function targetsOf(
  columns: readonly string[],
  mappings: readonly ApprovedMapping[],
  decisions: readonly ProfileDecision[],
): readonly Target[] {
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
      columns: ordered.map((mapping) => columnOf(columns, mapping, decisions)),
    };
  });
}

function columnOf(
  columns: readonly string[],
  mapping: ApprovedMapping,
  decisions: readonly ProfileDecision[],
): CellConverter {
  const { sourceColumn, target: attribute } = mapping;
  const decision = decisions.find((one) => one.column === sourceColumn);
  const rule: ColumnRule = { ...mapping.rule, multiValue: decidedMultiValue(mapping.rule, decision) };
  const position =
    columns[mapping.position] === sourceColumn ? mapping.position : columns.indexOf(sourceColumn);
  const { multiple } = attributeDefinition(attribute);
  const converter = decidedConverter(converterOf(attribute), decision, multiple);
  return new CellConverter(position, { attribute, column: sourceColumn, rule }, converter);
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
  const conversion = column.convert(cell);
  row.setFromCell(attribute, column.context.column, cell, conversion);
  reportCell(column, cell, conversion, row);
}

/** Several columns: problems and additional values of each, then one value out of all. */
function applyColumns(target: Target, cells: readonly string[], row: RowResult): void {
  const raw: string[] = [];
  const parts: Conversion[] = [];
  for (const column of target.columns) {
    const cell = cells[column.position] ?? '';
    const conversion = column.convert(cell);
    raw.push(cell);
    parts.push(conversion);
    reportCell(column, cell, conversion, row);
  }
  const combined = combine(target.combination, parts, target.multiple);
  const names = target.columns.map((column) => column.context.column);
  const winner = parts[combined.winner];
  if (winner !== undefined) {
    row.setFromCell(target.attribute, names[combined.winner] ?? '', raw[combined.winner] ?? '', winner);
    return;
  }
  const problem = combined.problem ?? figureProblem(target.attribute, combined.value);
  const value = problem === null ? combined.value : null;
  row.setFromCells(target.attribute, { names, raw, value, rule: problem ?? combined.rule });
  if (problem !== null) {
    row.report(target.attribute, names.join(' + '), raw.join(' + '), problem);
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
    row.offer(name, cell, conversion.extras);
  }
}
