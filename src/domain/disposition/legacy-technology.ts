import type { AttributeName, AttributeValues } from '../attributes/types';
import { textOf } from './fact-values';

/** A technology that few people maintain today and that no cloud runs as a service of its own. */
export interface LegacyTechnology {
  readonly name: string;
  readonly pattern: RegExp;
}

const technology = (name: string, words: string): LegacyTechnology => ({
  name,
  pattern: new RegExp(`(?<![a-z0-9])(?:${words})(?![a-z0-9])`, 'i'),
});

/** Matched as whole words, so that "flashcards" is not Flash. */
export const legacyTechnologies: readonly LegacyTechnology[] = [
  technology('COBOL', 'cobol'),
  technology('CICS', 'cics'),
  technology('IMS', 'ibm ims|ims[/ ]?(?:db|dc|tm)'),
  technology('PL/I', 'pl/i|pl/1'),
  technology('Fortran', 'fortran(?: ?(?:77|90))?'),
  technology('RPG', 'rpg(?: ?(?:ii|iii|iv|400|le))?'),
  technology('Natural/Adabas', 'adabas|natural[ /]adabas|software ag natural'),
  technology('IDMS', 'idms'),
  technology('mainframe', 'mainframe|z[/ ]?os|z/?vse|os/390|system z|zseries|jcl|vsam|bs2000'),
  technology('AS/400', 'as/?400|i ?series|ibm i|os/?400|i5/?os'),
  technology('OpenVMS', 'openvms|vax(?:/vms)?|alphaserver'),
  technology('NonStop', 'tandem|nonstop'),
  technology('HP-UX', 'hp-?ux'),
  technology('Tru64', 'tru64|digital unix'),
  technology('SCO UNIX', 'sco (?:unix|openserver)|unixware'),
  technology('NetWare', 'netware'),
  technology('OS/2', 'os/2'),
  technology('Visual Basic 6', 'vb ?[456](?:\\.0)?|visual basic [456](?:\\.0)?'),
  technology('classic ASP', 'classic asp|asp classic|asp [123]\\.0'),
  technology('WinForms', 'win ?forms|windows forms'),
  technology('.NET Remoting', '\\.net remoting'),
  technology('DCOM', 'dcom|com\\+'),
  technology('CORBA', 'corba'),
  technology('Flash', '(?:adobe |macromedia )?flash(?: player)?|adobe flex'),
  technology('Silverlight', 'silverlight'),
  technology('Java applets', 'java applets?|applets?|java web start'),
  technology('EJB 2', 'ejb ?2(?:\\.[01x])?|entity beans?'),
  technology('Struts 1', 'struts ?1(?:\\.[0-9x]+)?'),
  technology('PowerBuilder', 'power ?builder'),
  technology('Delphi', 'delphi'),
  technology('FoxPro', '(?:visual )?foxpro'),
  technology('Clipper or dBase', 'clipper|dbase'),
  technology('Progress 4GL', 'progress 4gl|openedge 4gl|informix[ -]4gl'),
  technology('Oracle Forms', 'oracle forms|forms 6i|oracle reports'),
  technology('Gupta', 'gupta|sqlwindows|centura'),
  technology('Lotus Notes', '(?:lotus|hcl|ibm) (?:notes|domino)|lotus notes/domino|domino'),
  technology('Microsoft Access', '(?:ms|microsoft) access'),
  technology('ColdFusion', 'coldfusion|cfml'),
  technology('Smalltalk', 'smalltalk'),
  technology('Uniface', 'uniface'),
  technology('CA Gen', 'ca gen|cool:gen'),
  technology('Perl CGI', 'perl cgi|cgi-bin'),
];

/** Attributes that state technology. Names and descriptions are left out: they speak of what a thing is for. */
const statingAttributes: readonly AttributeName[] = [
  'technology_stack',
  'architecture_pattern',
  'application_type',
  'operating_system',
  'database_engine',
  'server_role',
  'model',
];

const known = new Map<string, readonly string[]>();
const memoryLimit = 50_000;

function legacyNamesIn(text: string): readonly string[] {
  let names = known.get(text);
  if (!names) {
    names = legacyTechnologies.filter(({ pattern }) => pattern.test(text)).map(({ name }) => name);
    if (known.size >= memoryLimit) known.clear();
    known.set(text, names);
  }
  return names;
}

export interface LegacyFinding {
  readonly name: string;
  readonly attribute: AttributeName;
}

/** Legacy technologies that the values state, each once, with the attribute that states it. */
export function findLegacyTechnologies(values: AttributeValues): readonly LegacyFinding[] {
  const found = new Map<string, AttributeName>();
  for (const attribute of statingAttributes) {
    const text = textOf(values, attribute);
    if (text === '') continue;
    for (const name of legacyNamesIn(text)) if (!found.has(name)) found.set(name, attribute);
  }
  return [...found].map(([name, attribute]) => ({ name, attribute }));
}

const ofMembers = new WeakMap<AttributeValues, readonly LegacyFinding[]>();

/** Like `findLegacyTechnologies`, for values that several applications share; they are read once. */
export function findLegacyOfMember(values: AttributeValues): readonly LegacyFinding[] {
  let found = ofMembers.get(values);
  if (!found) {
    found = findLegacyTechnologies(values);
    ofMembers.set(values, found);
  }
  return found;
}
