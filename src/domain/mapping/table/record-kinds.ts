import type { AttributeName } from '../../attributes/types';
import type { ColumnEvidence } from '../evidence/column-evidence';
import { countApplicationFacts, countMachineFacts } from './table-subject';

/** What the kinds of a table are told by. */
export interface TableSigns {
  readonly columns: readonly ColumnEvidence[];
  readonly plain: ReadonlySet<AttributeName>;
  /** Spellings of each header: all words, and those with a meaning. */
  readonly phrases: readonly (readonly string[])[];
}

/** Number of headers that a pattern fits in any of their spellings. */
export function matching(signs: TableSigns, pattern: RegExp): number {
  return signs.phrases.filter((spellings) => spellings.some((phrase) => pattern.test(phrase))).length;
}

const records =
  'incident|ticket|case|request|change|problem|task|issue|alert|alarm|event|defect|bug|work order|storung|vorgang|anfrage|demande|chamado|solicitud|incidencia|incidente|segnalazione|melding|verzoek|aarende|zgloszenie';
const recordKey = new RegExp(
  `^(?:(?:${records})s?(?: (?:number|identifier|key|reference|code|nummer|numero))?|(?:number|identifier|key) (?:${records})s?)$`,
);
const recordFacts =
  /\b(?:opened|resolved|closed|resolution|resolver|assignment group|group assignment|assigned group|group assigned|assigned analyst|assigned engineer|assignee|agent assigned|priority|urgency|impact|severity|requested by|requester|requestor|caller|reporter|reported by|opened by|sla|triage|root cause|due date|date due|submitted|short description|description short|false positive|alert type|type alert|incident type|type incident|request type|change type|type change|type request|subcategory|escalat\w*|satisfaction|prioridade|prioridad|priorite|prioritat|abierto|cerrado|fechado|gelost)\b/;

const stories = records.replace('|event|', '|');
const strongKey = new RegExp(
  `^(?:${stories})s? (?:number|identifier|key|reference)$|^(?:number|identifier|key) (?:${stories})s?$`,
);
const storyFacts =
  /\b(?:severity|status|title|summary|subject|timestamp|created|source system|system source|log source|source log|evidence|recommendation|rule|attack|disposition|category|description|mitre|process|file hash|alert name|name alert|assigned|team|type)\b/;

/** Whether a header says that the row is a ticket, and its cells differ from row to row. */
function isKeyed(signs: TableSigns): boolean {
  return signs.columns.some((column, index) => {
    const spelled = (signs.phrases[index] ?? []).some((phrase) => strongKey.test(phrase));
    return spelled && column.values.uniqueness > 0.9;
  });
}

/** Rows that stand for something that happened to an asset: tickets, requests, changes, alerts. */
export function isTicketList(signs: TableSigns): boolean {
  if (countMachineFacts(signs.plain) > 2 || matching(signs, recordKey) === 0) return false;
  if (matching(signs, recordFacts) >= 3) return true;
  return isKeyed(signs) && matching(signs, storyFacts) >= 3;
}

const eventFact =
  /^(?:event|change|movement|transfer|transaction) (?:type|date|time|identifier|timestamp)$|^(?:type|date|time|identifier) (?:event|change|movement|transfer|transaction)$|^(?:old|new|previous) (?:value|owner|location|status|department)$/;

/** Rows that stand for what changed about assets over time. */
export function isHistory(signs: TableSigns): boolean {
  return countMachineFacts(signs.plain) <= 1 && matching(signs, eventFact) >= 2;
}

const controlSubject =
  /\b(?:control|controls|csf|annex|clause|risk (?:identifier|name|title|statement|description)|massnahme|mesure|threat|bedrohung|reference control)\b/;
const controlFacts =
  /\b(?:effort|eta|likelihood|impact|mitigation|treatment|residual|inherent|evidence|maturity|effectiveness|probability|priority|expiry date|gap|csf)\b/;

/** Rows that stand for measures or risks of a security programme. */
export function isControlList(signs: TableSigns): boolean {
  if (countMachineFacts(signs.plain) > 0) return false;
  return matching(signs, controlSubject) >= 2 && matching(signs, controlFacts) >= 3;
}

const goods =
  /\b(?:courier|tracking number|number tracking|delivery|delivered|shipment|shipping|unit price|price unit|sku|stock|reorder|minimum (?:amount|quantity|qty|stock)|min amt|min amount|quantity|qty|warehouse|prix unitaire|seuil|lagerbestand|menge|cantidad|quantidade|estoque|existencias|quantite)\b/;

/** Rows that stand for goods on stock or on their way. */
export function isStockList(signs: TableSigns): boolean {
  return countMachineFacts(signs.plain) <= 1 && matching(signs, goods) >= 3;
}

const vulnerability = /^cve-\d{4}-\d{4,}$|^ghsa(?:-\w{4}){3}$|^cwe-\d+$/i;
const findingKey =
  /\b(?:cve|cwe|plugin (?:identifier|name)|identifier plugin|name plugin|qid|nessus|vuln|vulnerability|vulnerabilities|schwachstelle|vulnerabilite|vulnerabilidad|vulnerabilidade|finding|findings)\b/;
const findingFacts =
  /\b(?:severity|cvss|first (?:detected|found|seen|discovered)|detected|exploit\w*|remediation|remediated|solution|synopsis|risk factor|kev|epss|patch|patched|finding|fixed version|version fixed|schweregrad|gravedad|gravidade|criticite)\b/;

/** Rows that stand for one weakness on one asset. */
export function isFindingList(signs: TableSigns): boolean {
  if (countMachineFacts(signs.plain) > 3) return false;
  const facts = matching(signs, findingFacts);
  const coded = signs.columns.some(
    (column) => column.values.writtenShare((value) => vulnerability.test(value)) > 0.6,
  );
  const named = matching(signs, findingKey);
  return (coded && facts >= 1) || (named >= 2 && facts >= 2) || (named >= 1 && facts >= 3);
}

const checkKey =
  /^(?:compliance|check|assessment|audit|control|finding|scan result|test|exception|attestation)(?: result)? (?:identifier|number|key|reference)$|^(?:identifier|number) (?:compliance|check|assessment|audit|control|finding|exception)$/;
const checkFacts =
  /\b(?:compliant|compliance|framework|benchmark|control|rule|policy|result|outcome|evidence|exception|accepted by|acceptance|compensating|last checked|checked|auditor|remediation)\b/;

/** Rows that stand for the check of one rule on one asset. */
export function isCheckList(signs: TableSigns): boolean {
  if (countMachineFacts(signs.plain) > 1) return false;
  return matching(signs, checkKey) >= 1 && matching(signs, checkFacts) >= 3;
}

const rangeFact =
  /\b(?:network address|address network|subnet|netmask|mask|cidr|prefix|broadcast|subred|sottorete|sous reseau|subnetz|sub rede|faixa|segmento?|plage|usable range|range|ip range|hosts? (?:needed|available|count)|(?:needed|available|unused|free|used) (?:hosts?|ips?|addresses)|vlan|gateway|slash)\b/;

const networkRange = /^\d{1,3}(?:\.\d{1,3}){3}\s?\/\s?\d{1,2}$/;

/** Rows that stand for ranges of addresses. */
export function isNetworkPlan(signs: TableSigns): boolean {
  const machines = [...signs.plain].filter((target) => target !== 'ip_address');
  if (countMachineFacts(new Set(machines)) > 0) return false;
  const ranged = signs.columns.some(
    (column) => column.values.writtenShare((value) => networkRange.test(value)) > 0.6,
  );
  return matching(signs, rangeFact) >= (ranged ? 2 : 4);
}

const ruleKey =
  /^(?:rule|policy|acl)(?: (?:identifier|number|name|key|reference))?$|^(?:identifier|number|name) (?:rule|policy|acl)$/;
const ruleAction = /^(?:action|permit|deny|verdict|disposition|aktion|accion|acao)$/;
const zoneSide =
  /\b(?:source|destination|target|from|to|dst|dest)\b.*\bzone\b|\bzone\b.*\b(?:source|destination|target)\b/;

/** Rows that stand for rules between zones of a network; zones are no assets. */
export function isZonePolicy(signs: TableSigns): boolean {
  if (countMachineFacts(signs.plain) > 0) return false;
  if (signs.columns.some((column) => column.values.share('ip') > 0.3)) return false;
  return matching(signs, zoneSide) >= 2 && (matching(signs, ruleKey) > 0 || matching(signs, ruleAction) > 0);
}

const loginFact =
  /\b(?:username|user name|name user|user|account|login|auth\w*|logon|session|password|mfa|method auth|auth method|failed|attempt\w*)\b/;
const loginOutcome =
  /^(?:success\w*|fail\w*|denied|granted|locked\w*|allow\w*|block\w*|login|logon|logoff|logout|password|mfa|publickey|kerberos|ntlm|ssh|vpn|rdp)\b/;

/** Rows that stand for somebody's attempt to log in. */
export function isLoginLog(signs: TableSigns): boolean {
  if (countMachineFacts(signs.plain) > 1 || matching(signs, loginFact) < 2) return false;
  const dated = signs.columns.some((column) => column.values.share('date') > 0.6);
  const outcomes = signs.columns.filter((column) => column.values.lexiconShare(loginOutcome) > 0.6).length;
  return dated && outcomes >= 1;
}

const runKey =
  /^(?:run|scan|job|task|execution) (?:identifier|number|key)$|^(?:identifier|number) (?:run|scan|job|task|execution)$/;
const runFacts =
  /^(?:status|result|outcome|message|duration|progress)$|\b(?:started|finished|completed|start time|time start|end time|time end|last update|exit code)\b/;

/** Rows that stand for the runs of a tool. */
export function isRunList(signs: TableSigns): boolean {
  if (countMachineFacts(signs.plain) > 2 || matching(signs, runFacts) < 2) return false;
  return signs.columns.some((column, index) => {
    const spelled = (signs.phrases[index] ?? []).some((phrase) => runKey.test(phrase));
    return spelled && column.values.uniqueness > 0.9;
  });
}

const accountKey =
  /\b(?:username|user name|name user|user identifier|identifier user|login|login name|account name|name account|sam account name|user principal name|upn|benutzername|utilisateur|usuario|utente|gebruikersnaam)\b/;
const accountFacts =
  /\b(?:role|role name|name role|privilege\w*|mfa|last login|login last|last logon|logon last|account status|status account|account type|type account|password\w*|entitlement|access level|level access|access right|permission\w*|group membership|enabled|manager|email|mail|display name|name display|full name|name full|first name|name first|last name|name last|employee)\b/;

/** Rows that stand for the right of somebody to use something. */
export function isAccountList(signs: TableSigns): boolean {
  if (countMachineFacts(signs.plain) > 0 || countApplicationFacts(signs.plain) > 3) return false;
  return matching(signs, accountKey) >= 1 && matching(signs, accountFacts) >= 3;
}
