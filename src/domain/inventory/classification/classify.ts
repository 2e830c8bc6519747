import type { AttributeValues } from '../../attributes/types';
import type { AssetType } from '../../lists';
import {
  databaseHint,
  declaredHint,
  formatHint,
  nameHint,
  productHint,
  roleHint,
  shapeHint,
  systemHint,
  virtualizationHint,
} from './evidence';
import type { ClassHint } from './evidence';
import type { Classification, Evidence, RecordContext } from '../types';

const supportShare = 0.3;
const contradictionPenalty = 0.04;
const lowest = 0.05;
const highest = 0.99;

/** Hints in the order in which they decide: what is declared, what is installed, what it is called. */
function hintsOf(values: AttributeValues, context: RecordContext): ClassHint[] {
  const hints = [
    declaredHint(values),
    formatHint(context.formatId),
    systemHint(values),
    productHint(values),
    virtualizationHint(values),
    databaseHint(values),
    nameHint(values),
    roleHint(values),
    shapeHint(values),
  ];
  return hints.filter((hint) => hint !== null);
}

/** An installed server system says less than an equipment's own words: a firewall appliance also runs Linux. */
function decisiveHint(hints: readonly ClassHint[]): ClassHint | undefined {
  const typed = hints.filter((hint) => hint.meaning.assetType !== null);
  const first = typed[0];
  if (first?.code !== 'operating_system' || first.confidence > 0.7) return first;
  return typed.find((hint) => hint.confidence > first.confidence) ?? first;
}

function subtypeOf(assetType: AssetType, hints: readonly ClassHint[]): string | null {
  let subtype: string | null = null;
  for (const { meaning } of hints) {
    if (meaning.assetType !== assetType || meaning.subtype === null) continue;
    if (subtype === null || (subtype === 'physical' && meaning.subtype === 'hypervisor')) {
      subtype = meaning.subtype;
    }
  }
  return subtype;
}

function confidenceOf(assetType: AssetType, decisive: ClassHint, hints: readonly ClassHint[]): number {
  let confidence = decisive.confidence;
  for (const hint of hints) {
    if (hint === decisive || hint.meaning.assetType === null) continue;
    if (hint.meaning.assetType === assetType) confidence += (1 - confidence) * supportShare * hint.confidence;
    else if (hint.confidence >= 0.6) confidence -= contradictionPenalty;
  }
  return Math.round(Math.min(highest, Math.max(lowest, confidence)) * 100) / 100;
}

function evidenceOf(assetType: AssetType, hints: readonly ClassHint[]): Evidence[] {
  return hints.map(({ meaning, pro, contra }) =>
    meaning.assetType !== null && meaning.assetType !== assetType ? contra : pro,
  );
}

function roleOf(hints: readonly ClassHint[]): string | null {
  const own =
    hints.find((hint) => hint.code === 'server_role') ?? hints.find((hint) => hint.meaning.role !== null);
  return own?.meaning.role ?? null;
}

/**
 * The class of the asset that a record speaks of. A declared type decides, then the format, the operating system
 * and product, the tokens of the name, role and ports; the rest raises or lowers the confidence (0 to 1).
 */
export function classifyAsset(values: AttributeValues, context: RecordContext): Classification {
  const hints = hintsOf(values, context);
  const decisive = decisiveHint(hints);
  if (decisive === undefined || decisive.meaning.assetType === null) {
    return {
      assetType: 'other',
      subtype: null,
      confidence: 0.2,
      evidence: evidenceOf('other', hints),
      serverRole: null,
    };
  }
  const { assetType } = decisive.meaning;
  return {
    assetType,
    subtype: subtypeOf(assetType, hints),
    confidence: confidenceOf(assetType, decisive, hints),
    evidence: evidenceOf(assetType, hints),
    serverRole: assetType === 'server' ? roleOf(hints) : null,
  };
}
