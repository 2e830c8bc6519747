/** The phases of a discovery flow, in order. One list for workflow, database, API and console. */
export const phases = [
  'data_import',
  'data_validation',
  'field_mapping',
  'data_cleansing',
  'asset_inventory',
  'dependency_analysis',
  'tech_debt_assessment',
] as const;
export type Phase = (typeof phases)[number];

/** Phases that run once for each import of a flow. */
export const importPhases = ['data_import', 'data_validation', 'field_mapping', 'data_cleansing'] as const;
export type ImportPhase = (typeof importPhases)[number];

/** Phases that run for the estate of the engagement. */
export const estatePhases = ['asset_inventory', 'dependency_analysis', 'tech_debt_assessment'] as const;
export type EstatePhase = (typeof estatePhases)[number];

export function isEstatePhase(phase: Phase): phase is EstatePhase {
  return estatePhases.some((name) => name === phase);
}

export const phaseStatuses = [
  'pending',
  'running',
  'waiting',
  'paused',
  'completed',
  'failed',
  'skipped',
] as const;
export type PhaseStatus = (typeof phaseStatuses)[number];

export const phaseRunStatuses = ['running', 'paused', 'completed', 'failed', 'superseded'] as const;
export type PhaseRunStatus = (typeof phaseRunStatuses)[number];

/** What a flow may wait for. */
export const gates = [
  'import',
  'profile_decisions',
  'mapping_approval',
  'conflict_resolution',
  'preview_approval',
] as const;
export type Gate = (typeof gates)[number];

const aliases: ReadonlyMap<string, Phase> = new Map([
  ['attribute_mapping', 'field_mapping'],
  ['field_mapping_suggestions', 'field_mapping'],
  ['field_mapping_approval', 'field_mapping'],
  ['data_import_validation', 'data_import'],
  ['inventory', 'asset_inventory'],
  ['dependencies', 'dependency_analysis'],
  ['tech_debt', 'tech_debt_assessment'],
  ['tech_debt_analysis', 'tech_debt_assessment'],
]);

/** The canonical phase for a name that clients use, or undefined when no phase has that name. */
export function normalisePhase(name: string): Phase | undefined {
  const key = name.trim().toLowerCase();
  return phases.find((phase) => phase === key) ?? aliases.get(key);
}

/** The phase after this one, or null after the last. */
export function nextPhase(phase: Phase): Phase | null {
  return phases[phases.indexOf(phase) + 1] ?? null;
}
