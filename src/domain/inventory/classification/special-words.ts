import { foldText } from './words';

const specialWords: ReadonlySet<string> = new Set(
  (
    'all|all systems|all applications|all apps|all servers|everything|any|every system|all of the above|various|multiple|several|many|' +
    'n a|na|none|nil|null|no|not applicable|not available|unknown|tbd|tbc|to be determined|to be confirmed|pending|other|others|etc|' +
    'yes|true|false|same|see above|see notes|see comments|see description|ditto|self|internal|external|x|0|' +
    'alle|alle systeme|alle server|alle anwendungen|keine|keiner|unbekannt|diverse|mehrere|entfaellt|entfallt|' +
    'tous|toutes|tous les systemes|toutes les applications|aucun|aucune|neant|inconnu|divers|plusieurs|' +
    'todos|todas|todos los sistemas|todos los servidores|todas las aplicaciones|ninguno|ninguna|desconocido|varios|' +
    'todos os sistemas|todos os servidores|todas as aplicacoes|nenhum|nenhuma|desconhecido|diversos|nao aplicavel|no aplica'
  ).split('|'),
);

/** Whether a reference names no particular asset: "ALL", "N/A", "All Systems". */
export function isSpecialWord(reference: string): boolean {
  const folded = foldText(reference);
  return folded === '' || specialWords.has(folded);
}
