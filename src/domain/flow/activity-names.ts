import type { Phase } from './phases';

/** The activity of each phase. Names are API: open histories hold them. */
export const phaseActivityNames = {
  data_import: 'importData',
  data_validation: 'validateImport',
  field_mapping: 'suggestMappings',
  data_cleansing: 'cleanseImport',
  asset_inventory: 'projectInventory',
  dependency_analysis: 'analyseDependencies',
  tech_debt_assessment: 'assessTechnicalDebt',
} as const satisfies Readonly<Record<Phase, string>>;
