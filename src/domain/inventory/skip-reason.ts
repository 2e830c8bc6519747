import type { AttributeName, AttributeValues } from '../attributes/types';
import { hasValue, textOf } from './attribute-text';
import { nonAssetType } from './classification/declared-type';
import type { RecordContext } from './types';
import { foldText, nameTokens } from './classification/words';

/** Why a row of an inventory is no asset. */
export const skipReasons = [
  'empty_row',
  'template',
  'placeholder',
  'total_row',
  'repeated_header',
  'footer',
  'person',
  'not_an_asset',
] as const;
export type SkipReason = (typeof skipReasons)[number];

/** Cells of a flag that say yes, folded. */
export const truthy: ReadonlySet<string> = new Set(
  'true|yes|1|y|wahr|ja|vrai|oui|si|sim|verdadero|verdadeiro|x'.split('|'),
);
const templateHeaders: ReadonlySet<string> = new Set(
  'template|is template|vinfotemplate|vm template|vorlage|modele'.split('|'),
);
const placeholderHeaders: ReadonlySet<string> = new Set(
  'srm placeholder|vinfosrmplaceholder|placeholder|is placeholder|is replica placeholder'.split('|'),
);
const templateTokens: ReadonlySet<string> = new Set(
  'template|tmpl|tpl|tmplt|vorlage|goldenimage|templates'.split('|'),
);
const templateTypes: ReadonlySet<string> = new Set(
  'template|vm template|virtual machine template|vmware template|vmware virtual machine template|os template|cmdb ci vmware template|cmdb ci vm template|vorlage'.split(
    '|',
  ),
);
const placeholderNames = /^(?:placeholder|dummy|vcls([ -(].*)?|vcls-.*)$/i;
const totals =
  /^(?:grand )?(?:sub ?)?(?:total|totals|sum|summe|gesamt|gesamtsumme|zwischensumme|somme|suma|soma|total general|total geral|count|anzahl|average|durchschnitt|moyenne)(?: (?:\d+|rows?|records?|servers?|assets?|items?|zeilen))?$/;
const footer =
  /^(?:end of (?:report|file|list|document)|eof|source:|generated (?:on|by|at)|report (?:generated|created|run)|page \d+|exported (?:on|by|from)|confidential|copyright|©|\* |note:|notes:|legend|last updated:?|printed (?:on|by)|erstellt am|quelle:|fin du rapport|\d+ (?:rows?|records?|rows selected)\b)/i;

/** Whether the cells of a column with this header may say that a row is no asset. */
export function marksRecords(header: string): boolean {
  const folded = foldText(header);
  return templateHeaders.has(folded) || placeholderHeaders.has(folded);
}

function flagged(context: RecordContext, headers: ReadonlySet<string>): boolean {
  const cells = context.unmapped;
  if (cells === undefined) return false;
  for (const header in cells) {
    if (headers.has(foldText(header)) && truthy.has(foldText(cells[header] ?? ''))) return true;
  }
  return false;
}

function isTemplate(values: AttributeValues, context: RecordContext): boolean {
  if (flagged(context, templateHeaders)) return true;
  const type = textOf(values, 'asset_type');
  if (type !== undefined && templateTypes.has(foldText(type))) return true;
  return isUnusedVirtualMachine(values, context) && namesTemplate(textOf(values, 'name') ?? '');
}

function namesTemplate(name: string): boolean {
  return nameTokens(name).some((token) => templateTokens.has(token));
}

function isUnusedVirtualMachine(values: AttributeValues, context: RecordContext): boolean {
  if (hasValue(values, 'ip_address') || hasValue(values, 'application_name') || !isOff(values)) return false;
  return hasValue(values, 'hypervisor_host') || (context.formatId ?? '').includes('rvtools');
}

function isOff(values: AttributeValues): boolean {
  const power = foldText(textOf(values, 'power_state') ?? '');
  return power === '' || power.includes('off') || power.includes('stopped') || power.includes('down');
}

const describing: readonly AttributeName[] = ['name', 'hostname', 'application_name', 'fqdn', 'external_id'];

function firstText(values: AttributeValues): string | undefined {
  for (const name of describing) {
    const text = textOf(values, name);
    if (text !== undefined) return text;
  }
  for (const name in values) {
    // The keys of attribute values are attribute names by type; for-in widens them.
    const text = textOf(values, name as AttributeName);
    if (text !== undefined) return text;
  }
  return undefined;
}

function filledCount(values: AttributeValues): number {
  let filled = 0;
  for (const name in values) {
    // The keys of attribute values are attribute names by type; for-in widens them.
    if (hasValue(values, name as AttributeName)) filled += 1;
  }
  return filled;
}

/** A header line repeated inside the data: its cells are the names of attributes. */
function isRepeatedHeader(values: AttributeValues): boolean {
  const name = foldText(textOf(values, 'name') ?? textOf(values, 'hostname') ?? '');
  if (!headerWords.has(name)) return false;
  return headerWords.has(
    foldText(textOf(values, 'operating_system') ?? textOf(values, 'asset_type') ?? name),
  );
}

const headerWords: ReadonlySet<string> = new Set(
  'name|hostname|host name|server name|vm|vm name|asset name|application name|operating system|os|type|asset type|class|ci name|ci class|server|application'.split(
    '|',
  ),
);

function textualReason(values: AttributeValues): SkipReason | null {
  const text = firstText(values);
  if (text === undefined) return null;
  const identified =
    hasValue(values, 'ip_address') || hasValue(values, 'uuid') || hasValue(values, 'serial_number');
  if (!identified && totals.test(foldText(text))) return 'total_row';
  if (footer.test(text) && filledCount(values) <= 2) return 'footer';
  if (placeholderNames.test(text)) return 'placeholder';
  return null;
}

/** Why a record is no asset (template, total line, person, …), or null when it is one. */
export function skipReason(values: AttributeValues, context: RecordContext): SkipReason | null {
  if (firstText(values) === undefined) return 'empty_row';
  if (isTemplate(values, context)) return 'template';
  if (flagged(context, placeholderHeaders)) return 'placeholder';
  const type = textOf(values, 'asset_type');
  const nonAsset = type === undefined ? null : nonAssetType(type);
  if (nonAsset !== null) return nonAsset;
  const textual = textualReason(values);
  if (textual !== null) return textual;
  return isRepeatedHeader(values) && filledCount(values) > 1 ? 'repeated_header' : null;
}
