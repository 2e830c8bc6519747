import type { AttributeName } from '../../attributes/types';
import { foldText } from './text';

/** Folded spellings of "nothing" in English, German, French, Spanish, Portuguese, Italian, Dutch and others. */
const spellings = `
n a|na|#n a|#na|nan|#nan|none|null|nil|nul|#null|#ref|#value|#name|#div 0|#num|#spill|#calc|undefined|unset
unknown|unkown|unk|not known|unknown unknown|tbd|tbc|tba|t b d|t b c|t b a|to be determined|to be confirmed
to be defined|to be announced|not available|not applicable|not set|not specified|not defined|not provided
not recorded|not assigned|not found|no data|no value|no information|not yet known|none specified|unspecified
unassigned|unavailable|empty|blank|missing|nothing|novalue|no entry|xx|xxx|xxxx|xxxxx|todo|n k
k a|ka|k a keine angabe|keine angabe|keine angaben|keine|kein|keiner|unbekannt|nicht bekannt|entfallt|leer
nicht zutreffend|nicht anwendbar|nicht vorhanden|nicht verfugbar|nicht definiert|nicht zugewiesen|n v|n b
noch offen|noch zu klaren|zu klaren|fehlt|ohne angabe|o a
inconnu|inconnue|inconnus|neant|aucun|aucune|s o|sans objet|non renseigne|non renseignee|n r|n c|non communique
non defini|non definie|non precise|vide|a definir|a completer|a confirmer|a determiner|non applicable
non disponible|indefini|pas de donnees|pas d information|sans valeur|non connu
desconocido|desconocida|ninguno|ninguna|ningun|sin datos|sin dato|s d|n d|no aplica|no aplicable
no disponible|vacio|por definir|sin definir|sin asignar|sin informacion|sin especificar|nulo|no definido
no especificado|por confirmar|por determinar
desconhecido|desconhecida|nenhum|nenhuma|nao aplicavel|nao se aplica|nao disponivel|sem dados|sem informacao
nao informado|nao informada|vazio|nao definido|nao especificado|n i|a confirmar|sem valor
sconosciuto|sconosciuta|nessuno|nessuna|non disponibile|non applicabile|onbekend|geen|niet bekend|nvt|n v t
okand|ingen|ukjent|ukendt|tuntematon|brak|nieznany|neznamy|不明|未知|なし|无|無|없음|неизвестно|нет
`;

const nothing: ReadonlySet<string> = new Set(
  spellings
    .split(/[|\n]/)
    .map((word) => word.trim())
    .filter((word) => word !== ''),
);

/** What makers leave in firmware fields that nobody filled in. */
const firmwareNothing: ReadonlySet<string> = new Set([
  'to be filled by o e m',
  'to be filled by oem',
  'default string',
  'system serial number',
  'system product name',
  'system manufacturer',
  'chassis serial number',
  'base board serial number',
  'o e m',
  'oem',
  'not applicable not applicable',
  'invalid',
  'serial number',
  'asset tag',
  'no asset tag',
  'no asset information',
  '0',
  '00000000',
  '0000000000',
  '0123456789',
  '123456789',
  '1234567890',
]);

const firmwareAttributes: ReadonlySet<AttributeName> = new Set<AttributeName>([
  'serial_number',
  'asset_tag',
  'manufacturer',
  'model',
]);

const noneWords = new Set([
  'none',
  'keine',
  'kein',
  'aucun',
  'aucune',
  'ninguno',
  'ninguna',
  'nenhum',
  'nenhuma',
]);
const unknownWords = new Set(['unknown', 'unbekannt', 'inconnu', 'desconocido', 'desconhecido']);
const regionWords = new Set(['na']);

/** Words that say nothing elsewhere and are an answer in this attribute. */
const realWords: Readonly<Partial<Record<AttributeName, ReadonlySet<string>>>> = {
  // The list of environments has a member for it.
  environment: unknownWords,
  compliance_scope: noneWords,
  security_vulnerabilities: noneWords,
  has_saas_replacement: noneWords,
  change_tolerance: noneWords,
  dr_tier: noneWords,
  location: regionWords,
  datacenter: regionWords,
  availability_zone: regionWords,
  business_unit: regionWords,
  department: regionWords,
};

const onlyMarks = /^[-‐‑‒–—−_.…?¿*#/\\|~=,;:'"´`()[\]{}<>!·•\s]*$/;

/** Outside firmware fields no spelling of nothing holds one of these. */
const hasDigit = /[1-9]/;

/**
 * Whether a cell is present but says nothing (`-`, `N/A`, `k. A.`, `#REF!`). With an attribute, words that are
 * an answer there count as values: `NA` is a region, `None` an answer to "known vulnerabilities".
 */
export function isPlaceholder(text: string, attribute?: AttributeName): boolean {
  if (text.length > 40) {
    return false;
  }
  if (onlyMarks.test(text)) {
    return true;
  }
  if (attribute === undefined) {
    return !hasDigit.test(text) && nothing.has(foldText(text));
  }
  return firmwareAttributes.has(attribute) ? saysNothingInFirmware(text) : saysNothingIn(text, attribute);
}

function saysNothingIn(text: string, attribute: AttributeName): boolean {
  if (hasDigit.test(text)) {
    return false;
  }
  const folded = foldText(text);
  return nothing.has(folded) && realWords[attribute]?.has(folded) !== true;
}

function saysNothingInFirmware(text: string): boolean {
  const folded = foldText(text);
  return nothing.has(folded) || firmwareNothing.has(folded);
}

/** Like `isPlaceholder` without an attribute, for a text that is folded already. */
export function isFoldedPlaceholder(folded: string): boolean {
  return nothing.has(folded);
}
