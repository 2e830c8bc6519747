import type { AttributeName } from '../../attributes/types';
import type { ParsedHeader } from './header';
import type { Matches } from './header-matches';

/** A meaning that headers put into many words; every part must be met, and none of the words against it. */
interface Concept {
  readonly target: AttributeName;
  readonly parts: readonly RegExp[];
  readonly not?: RegExp;
}

const most =
  /\b(?:peak|accept\w*|toler\w*|allow\w*|admis\w*|permit\w*|permis\w*|zulassig\w*|toegestan\w*|ammess\w*|how long|combien|duree|durata|duracion|duracao|dauer|duur|time|within|restore|recover)\b/;
const outage =
  /\b(?:down|downtime|outages?|unavailab\w*|ausfall\w*|uitval\w*|fermo|interrupt\w*|interruption|indisponib\w*|parada|parado|caida|arret|restore|recover\w*|wiederanlauf|wiederherstell\w*|herstel\w*|ripristin\w*|reprise|retablissement|recuperac\w*|voltar)\b/;
const events =
  /\b(?:last|date|start|next|planned|window|reason|cost|test\w*|tested|ticket|backup|count|number|plan|site|point|tier|class|team|schedule|fenetre|ventana|janela|finestra|venster|model|mode)\b/;
const dataWords = /\b(?:data|information|informationen|informations|informacion|informacao|informazioni)\b/;
const loss =
  /\b(?:loss|losses|lost|lose|verlust|datenverlust|perte|pertes|perdida|perda|perdita|verlies|dataverlies)\b/;
const people = /\b(?:users?|people|seats|accounts)\b/;
const howMany =
  /\b(?:how many|count|number|combien|cuantos|quantos|quanti|hoeveel|wie viele|wieviele|total|approx|ca)\b/;
const rush =
  /\b(?:peaks?|busy|busiest|pointe|pointes|forte activite|activite forte|spitzen\w*|hochlast|stosszeit\w*|picos?|picchi|piek\w*|season\w*|saison\w*|estacional\w*|sazonal\w*|stagional\w*)\b/;
const span =
  /\b(?:periods?|times?|hours?|months?|periode|periodes|periodos?|periodi|zeiten|momenten|season\w*|usage|activite|when|quand|wann|cuando|quando)\b/;
const works =
  /\b(?:maintenance|change|changes|patch|patching|reboot|intervene|intervenir|intervention|modification|mudanca|cambio|cambios|neustart|downtime|update|wijziging\w*|intervent\w*)\b/;
const slot =
  /\b(?:windows?|wartungsfenster|fenster|venster|ventana|janela|finestra|fenetre|plage|creneau|when|quand|wann|cuando|quando|wanneer|allowed|allow|possible|moglich|peut on|slot)\b/;
const runsOn =
  /\b(?:hosted|hosts?|ospitat\w*|heberge\w*|alojad\w*|hospedad\w*|gehost\w*|runs|run|running|roda|corre|gira|tourne\w*|lauft|draait|ejecut\w*|execut\w*|esegu\w*|supported|supports|mapped|support\w*)\b/;
const appWords = /\b(?:application|applications|service|servizio|anwendungen|workloads?|business service)\b/;
const businessSide =
  /\b(?:application|business|functional|funktional|fachlich\w*|fach|metier|negocio|negocios|funcional|fonctionnel\w*|functioneel|funzionale|product|process|service|customer|usuaria|bedrijf\w*|portfolio)\b/;
const technicalSide =
  /\b(?:it|infra|infrastructure|technical|tech|platform|operations|ops|database|dba|sysadmin|server|support|techn|informatique|sistemas|informatico|infraestructura|infraestrutura|ict|network|unix|windows|linux|hosting)\b/;
const personWords =
  /\b(?:owner|spoc|poc|contact|contacts|responsible|ansprechpartner\w*|lead|leader|manager|referent|referente|steward|custodian|sme|person|interlocuteur|gestor|gestionnaire|verantwortung|aanspreekpunt|contactpersoon|champion|accountable|owned by)\b/;
const crewWords = /\b(?:team|group|squad|crew|tower|desk|resolver|queue)\b/;
const lifeWords =
  /\b(?:support|maintenance|life|vie|vida|vita|leben\w*|levensduur|laufzeit\w*|nutzungs\w*|service|vendor support|manufacturer support|extended)\b/;
const endWords =
  /\b(?:ends?|end|fin|\w*ende|fine|fim|einde|until|bis|hasta|jusqu\w*|fino|tot|expires?|expiration|expiry|over|sunset)\b/;
const disks = /\b(?:disk|storage|volume|hd|drive|san|datastore space|provisioned)\b/;
const inUse =
  /\b(?:used|bel|belegt\w*|occupied|occupe\w*|ocupad\w*|occupat\w*|utilis\w*|utiliz\w*|usad\w*|usat\w*|gebruikt\w*|genutzt\w*|verbraucht\w*|consum\w*)\b/;
const wholeSize =
  /\b(?:total|tot|ges|gesamt|alloc\w*|prov\w*|size|capacity|assigned|asignad\w*|allou\w*|alocad\w*|netto|brutto)\b/;
const notStorage =
  /\b(?:free|frei|libre|livre|libero|vrij|count|number|type|speed|utilization|backup|snapshot|path|iops|throughput|latency|read|write|memory|percent|log|file)\b/;
const built =
  /\b(?:built|build|realized|realised|implemented|developed|written|developpe\w*|entwickelt|programmed|gebouwd|sviluppat\w*|desarrollad\w*|desenvolvid\w*|program\w*)\b/;
const means = /\b(?:with|in|using|mit|en|avec|con|com|met|language)\b/;
const importance =
  /\b(?:importance|importan\w*|wichtig\w*|belang\w*|rilevanza|criticality|critical|vital|priority)\b/;
const forWhom =
  /\b(?:business|activite|metier|negocio|organi\w*|company|betrieb|bedrijf\w*|azienda\w*|how|wie|level)\b/;

const privateData =
  /\b(?:personal\w*|personnel\w*|personnelles|pessoa\w*|personenbezogen\w*|persoons\w*|salud|saude|sante|gesundheit\w*|health|patients?|customers?|clinical|clinic\w*)\b/;
const rulesOf =
  /\b(?:regulat\w*|reglement\w*|normativ\w*|gesetz\w*|legal\w*|compliance|rechtlich\w*|wettelijk\w*|lov\w*|juridi\w*)\b/;
const binding =
  /\b(?:relevan\w*|requirements?|anforderung\w*|exigences?|requisit\w*|vorgaben|obligation\w*|contraintes?|constraints?|scope|apply|applies|applicable|eisen|umfang|framework|needs)\b/;
const verdict =
  /\b(?:recommend\w*|empfehlung\w*|recommandation\w*|recomend\w*|raccomand\w*|advies|disposition|decision|quadrant|entscheidung\w*|decisao|decisione|souhait\w*)\b/;
const ofPortfolio =
  /\b(?:time|portfolio|migration|rationali\w*|application|cloud|future|sort|faire|6r|7r|zukunft\w*)\b/;

const concepts: readonly Concept[] = [
  { target: 'rpo_minutes', parts: [dataWords, loss] },
  { target: 'rto_minutes', parts: [outage, most], not: new RegExp(`${events.source}|${loss.source}`) },
  {
    target: 'pii',
    parts: [dataWords, privateData],
    not: /\b(?:owner|classification|level|volume|size|center|base|type|categor\w*|responsible|officer)\b/,
  },
  {
    target: 'compliance_scope',
    parts: [rulesOf, binding],
    not: /\b(?:status|owner|date|contact|last|officer|entity)\b/,
  },
  {
    target: 'migration_strategy',
    parts: [verdict, ofPortfolio],
    not: /\b(?:size|instance|cost|sku|region|date|by|action owner|approved)\b/,
  },
  {
    target: 'users_count',
    parts: [people, howMany],
    not: /\b(?:license|concurrent|simultaneous|peak|last|name)\b/,
  },
  { target: 'user_load', parts: [rush, span], not: /\b(?:cpu|memory|disk|network|ram|iops)\b/ },
  { target: 'change_tolerance', parts: [works, slot], not: /\b(?:last|next|backup|ticket|id|number|date)\b/ },
  { target: 'technology_stack', parts: [built, means], not: /\b(?:date|by|number|version)\b/ },
  {
    target: 'business_owner',
    parts: [personWords, businessSide],
    not: /\b(?:email|mail|phone|telephone|number|id|it|technical|login|account|date|level|vendor|supplier|support|team|type|previous|old|security|risk)\b/,
  },
  {
    target: 'technical_owner',
    parts: [personWords, technicalSide],
    not: /\b(?:email|mail|phone|telephone|number|id|login|account|date|level|contract|business|vendor|supplier|type|previous|old|security|risk)\b/,
  },
  {
    target: 'technical_owner',
    parts: [crewWords, technicalSide],
    not: /\b(?:security|resource|number|id|host|server|network|business|email|port|disk|availability|volume|change|approval|management)\b/,
  },
  {
    target: 'end_of_life_date',
    parts: [lifeWords, endWords],
    not: /\b(?:contract|level|team|group|warranty|to end|notice|years|days|front)\b/,
  },
  { target: 'storage_used_gb', parts: [disks, inUse], not: notStorage },
  {
    target: 'storage_gb',
    parts: [disks, wholeSize],
    not: new RegExp(`${notStorage.source}|${inUse.source}`),
  },
  {
    target: 'business_criticality',
    parts: [importance, forWhom],
    not: /\b(?:migration|move|wave|ticket|incident|owner|driver|service request)\b/,
  },
  {
    target: 'application_name',
    parts: [runsOn, appWords],
    not: /\b(?:support|supported|number|count|id|version|type|date|owner|team|contact|group|level|status|server|os|hours|provider|owner)\b/,
  },
];

/** Headers in many words that mean one thing, in any language: "Quand peut-on intervenir ?", "HDD bel. [GB]". */
export function matchConcepts(header: ParsedHeader, matches: Matches): void {
  const text = [...header.words, ...header.bracketWords].join(' ');
  if (!text.includes(' ')) return;
  for (const { target, parts, not } of concepts) {
    if (not?.test(text) === true || !parts.every((part) => part.test(text))) continue;
    const phrase = target.replaceAll('_', ' ');
    matches.keep({ target, kind: 'partial', phrase, ambiguous: false, weight: conceptWeight });
  }
}

/** As sure as a phrase that leaves one unknown word over. */
const conceptWeight = 2;
