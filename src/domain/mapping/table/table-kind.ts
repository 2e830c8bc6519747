import type { AttributeName } from '../../attributes/types';
import type { TableKind } from '../../lists';
import type { ColumnEvidence } from '../evidence/column-evidence';
import { meaningfulWords } from '../headers/header-index';
import {
  isAccountList,
  isCheckList,
  isControlList,
  isFindingList,
  isHistory,
  isLoginLog,
  isNetworkPlan,
  isRunList,
  isStockList,
  isTicketList,
  isZonePolicy,
  matching,
} from './record-kinds';
import type { TableSigns } from './record-kinds';
import { countApplicationFacts, countMachineFacts, plainTargets } from './table-subject';

export interface KindOfTable {
  readonly kind: TableKind;
  /** Why the rows are no assets; null when they are. */
  readonly reason: string | null;
}

const dictionarySubject =
  /^(?:field|column|attribute|element|variable|property|feld|attribut|champ|campo|spalte|colonne|columna|coluna|parameter|item|data)(?: (?:name|names|label|identifier|code|title|element))*$|^name (?:attribute|column|element|field|variable|property|campo|champ|feld|data)$|^(?:data )?element name$|^(?:table|tabelle|tabla|tabela) name$|^name table$|^(?:attribute|column|field) name$/;
const dictionaryFacts =
  /\b(?:datatype|data type|data field type|format|length|nullable|mandatory|required|constraint|definition|allowed value|allowed|valid value|valid|permissible|default|primary key|primary|foreign key|pattern|cardinality|schema|table|domain value|field type|field description|pflichtfeld|obligatoire|obligatorio|definicion|definicao|laenge|lange|longitud|example|examples|beispiel|exemple|ejemplo|exemplo|values)\b/;

function isDictionary(signs: TableSigns): boolean {
  const subject = matching(signs, dictionarySubject);
  const facts = matching(signs, dictionaryFacts);
  if (countMachineFacts(signs.plain) > 1) return false;
  return (subject >= 1 && facts >= 2) || facts >= 4;
}

const traffic =
  /\b(?:port|protocol|protocolo|protokoll|protocole|bytes|packet|packets|connection|connections|flow|flows|dstport|srcport|proto|process)\b|^(?:dst|src)port$/;

function namesSide(signs: TableSigns, target: AttributeName): boolean {
  return signs.columns.some((column) => {
    const best = column.matches.find((match) => match.target === target);
    return best !== undefined && best.kind !== 'partial' && (!best.ambiguous || best.weight > 2);
  });
}

function hasBothSides(signs: TableSigns): boolean {
  return namesSide(signs, 'dependency_source') && namesSide(signs, 'dependency_target');
}

function isFlow(signs: TableSigns): boolean {
  if (!hasBothSides(signs)) return false;
  const addressed = signs.columns.filter((column) => column.values.share('ip') > 0.6).length;
  const marks = matching(signs, traffic);
  return marks >= 2 || (marks >= 1 && addressed >= 1) || addressed >= 2;
}

const relationWords =
  /(?:depends on|used by|runs on|hosted on|connects to|connected by|contains|member of|::|impacts|parent of|child of)/;

const parents =
  /^(?:parent|parent (?:ci|server|name|identifier|item|asset|configuration item)|upstream(?: ci)?|from|from (?:ci|asset|server|application))$/;
const children =
  /^(?:child|child (?:ci|server|name|identifier|item|asset|configuration item)|downstream(?: ci)?|to|to (?:ci|asset|server|application))$/;

function parentAndChild(signs: TableSigns): boolean {
  return matching(signs, parents) > 0 && matching(signs, children) > 0;
}

function isRelations(signs: TableSigns): boolean {
  const others = [...signs.plain].filter((target) => !relationTargets.has(target));
  const own = countMachineFacts(new Set(others)) + countApplicationFacts(new Set(others));
  if (own > 2) return false;
  if (hasBothSides(signs)) return true;
  const typed =
    signs.columns.some((column) => column.values.lexiconShare(relationWords) > 0.5) ||
    matching(signs, /\b(?:relation|relationship|beziehung|relacion|relacao|dependency type)\b/) > 0;
  return parentAndChild(signs) && (typed || signs.columns.length <= 4);
}

const timeHeader =
  /\b(?:timestamp|timeslot|time stamp|datetime|sample time|collection time|interval|date time|time|zeit|zeitstempel|horodatage|fecha hora|data hora|date|period|hour|day|month)\b/;
const loadTargets: readonly AttributeName[] = [
  'cpu_utilization_percent',
  'cpu_utilization_peak_percent',
  'memory_utilization_percent',
  'memory_utilization_peak_percent',
  'disk_iops',
  'disk_throughput_mbps',
  'network_throughput_mbps',
];
const metricHeader =
  /\b(?:metric|counter|value|measure|avg|average|min|max|metrik|messwert|mesure|metrica|statistic)\b/;

const identities: ReadonlySet<string> = new Set(['name', 'hostname', 'fqdn', 'external_id', 'uuid']);

/** Whether every column that names a machine repeats its names. */
function isRepeated(signs: TableSigns): boolean {
  const named = signs.columns.filter((column) => identities.has(column.matches[0]?.target ?? ''));
  return named.length > 0 && named.every((column) => column.values.uniqueness < 0.7);
}

function isPerformance(signs: TableSigns): boolean {
  const load = loadTargets.filter((target) => signs.plain.has(target)).length;
  const times = signs.columns.filter((column, index) => {
    const dated = column.values.share('date') > 0.6;
    const best = column.matches[0]?.target ?? null;
    const event = best !== null && best !== 'last_seen' && !(column.matches[0]?.ambiguous ?? false);
    return dated && !event && (signs.phrases[index] ?? []).some((phrase) => timeHeader.test(phrase));
  });
  const facts = countMachineFacts(signs.plain);
  if (times.length === 0 || facts > 4) return false;
  const repeated = isRepeated(signs);
  if (load >= 1 && (repeated || facts === 0)) return true;
  return matching(signs, metricHeader) >= 2 && repeated;
}

const personHeader =
  /^(?:first name|name first|last name|name last|surname|given name|full name|prenom|vorname|nachname|apellido|apellidos|sobrenome|email|mail|address email|address mail|e mail|phone|number phone|telephone|telefon|telefono|telefone|mobile|job title|title|employee identifier|employee number|employee|matricule|personalnummer|hire date|date hire|salary|gender|birth date|birthday|date birth|manager|position|cargo|poste|fonction|extension|office phone|name user|user|username|login|user name|name of family|family name|middle name|room number|department|company|office|supervisor|eintrittsdatum|geburtsdatum)$/;

function isPeople(signs: TableSigns): boolean {
  if (countMachineFacts(signs.plain) > 0 || countApplicationFacts(signs.plain) > 2) return false;
  const named = matching(
    signs,
    /\b(?:first|last|given|full|family|surname|vorname|nachname|prenom|apellidos?|sobrenome)\b/,
  );
  const listed = matching(signs, personHeader);
  const people = signs.columns.filter((column) => column.values.anyShare('person', 'email') > 0.6).length;
  if (listed < 3) return false;
  return named >= 1 || people >= 1 || listed >= signs.columns.length * 0.6;
}

const sensitiveHeader =
  /\b(?:ssn|social security|passport|iban|credit card|card number|salary|date birth|birth date|dob|patient|diagnosis|medical|blood|national identifier|cpf|dni|nif|steuer|sozialversicherung|bank account|account iban|religion|ethnicity|tax identifier|insurance number|geburtsdatum|krankenkasse|mrn)\b/;
const registerHeader =
  /\b(?:legal basis|lawful basis|processing|data subject|data subjects|retention|controller|processor|dpo|recipients|dpia|rechtsgrundlage|betroffene|verarbeitungstatigkeit|loschfrist|base legale|finalite|destinataires|base legal|titulares|purpose processing|technical measure|transfer|aufbewahrungsfrist|conservation|categories of data|category data)\b/;

function isRegister(signs: TableSigns): boolean {
  const facts = countMachineFacts(signs.plain);
  if (facts > 1) return false;
  const valued = signs.columns.filter((column) =>
    column.profile.pii.some((kind) => kind === 'iban' || kind === 'national_id' || kind === 'credit_card'),
  ).length;
  const sensitive = matching(signs, sensitiveHeader);
  return sensitive + valued >= 2 || matching(signs, registerHeader) >= 3;
}

/** Targets that a table of relations or flows may feed. */
export const relationTargets: ReadonlySet<AttributeName> = new Set([
  'dependency_source',
  'dependency_target',
  'dependency_type',
  'port',
  'protocol',
  'connection_count',
  'external_id',
  'description',
]);

const found: readonly (readonly [TableKind, (signs: TableSigns) => boolean, string])[] = [
  ['register', isRegister, 'The table is a register of sensitive or personal records, not of assets'],
  ['dictionary', isDictionary, 'The table describes fields, not assets'],
  ['register', isFindingList, 'The rows are weaknesses that were found on assets, several per asset'],
  ['register', isTicketList, 'The rows are tickets, requests or alerts about assets'],
  ['register', isCheckList, 'The rows are checks of rules on assets, several per asset'],
  ['register', isLoginLog, 'The rows are logins, not assets'],
  ['register', isZonePolicy, 'The rows are rules between network zones, not assets'],
  ['network_flows', isFlow, 'The rows are network connections; they feed dependencies'],
  ['relations', isRelations, 'The rows are relations between assets; they feed dependencies'],
  ['performance', isPerformance, 'The rows are measurements over time, several per asset'],
  ['people', isPeople, 'The rows are people, not assets'],
  ['people', isAccountList, 'The rows are accounts of people, not assets'],
  ['register', isRunList, 'The rows are runs of a tool, not assets'],
  ['register', isHistory, 'The rows are changes of assets over time, several per asset'],
  ['register', isControlList, 'The rows are measures or risks of a security programme, not assets'],
  ['register', isNetworkPlan, 'The rows are ranges of addresses, not assets'],
  ['register', isStockList, 'The rows are goods on stock or on their way, not assets'],
];

const identifying: readonly AttributeName[] = [
  'name',
  'hostname',
  'fqdn',
  'application_name',
  'external_id',
  'uuid',
  'serial_number',
  'asset_tag',
  'ip_address',
];

/** A header that is no more than "id" or "number" says that the row has a key, not what it is. */
const bareKey = /^(?:identifier|number|key|code|reference|nummer|numero|no|nr)$/;

function namesAsset(column: ColumnEvidence): boolean {
  if (column.values.anyShare('ip', 'mac', 'fqdn', 'host') > 0.6) return true;
  const bare = bareKey.test(column.header.words.join(' '));
  return column.matches.some(
    ({ target }) => target !== null && identifying.includes(target) && !(bare && target === 'external_id'),
  );
}

/** What the rows of a table are, by its headers and values. */
export function kindOfTable(columns: readonly ColumnEvidence[]): KindOfTable {
  const phrases = columns.map(spellingsOf);
  const signs: TableSigns = { columns, plain: plainTargets(columns), phrases };
  for (const [kind, is, reason] of found) if (is(signs)) return { kind, reason };
  if (columns.some(namesAsset)) return { kind: 'inventory', reason: null };
  return { kind: 'unknown', reason: 'No column names an asset' };
}

function spellingsOf(column: ColumnEvidence): readonly string[] {
  const meant = new Set(meaningfulWords(column.header.words));
  return [column.header.words.join(' '), column.header.words.filter((word) => meant.has(word)).join(' ')];
}
