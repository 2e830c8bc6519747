import { foldText } from './text';

const particle = '(?:van|von|de|der|den|da|do|dos|di|du|la|le|del|bin|al|el|zu|ter)';
const word = "\\p{Lu}[\\p{L}'’-]+";
const initials = new RegExp(`^(?:\\p{Lu}\\.\\s?){1,3}(?:${particle}\\s){0,2}${word}(?:\\s${word})?$`, 'u');
const initialLast = new RegExp(`^${word},?\\s(?:\\p{Lu}\\.\\s?){1,3}$`, 'u');
const full = new RegExp(`^${word}(?:\\s\\p{Lu}\\.)?(?:\\s(?:${particle}\\s){0,2}${word}){1,3}$`, 'u');
const commaForm = new RegExp(
  `^(?:${particle}\\s){0,2}${word}(?:\\s${word})?,\\s?${word}(?:\\s(?:${word}|\\p{Lu}\\.))?$`,
  'u',
);

/** Common given names in the languages that the product reads; folded. */
const givenNames: ReadonlySet<string> = new Set(
  (
    'aaron adam adrian ahmed alan albert alejandro alessandro alex alexander alexandra alfred ali alice alicia alina ' +
    'amanda amelie amy ana anders andre andrea andreas andrew angela anita ann anna anne annette anthony antoine anton ' +
    'antonio arjun arnaud arthur ashley astrid aurelie barbara beatrice beatriz ben benjamin bernard bernd bettina bianca ' +
    'birgit bjorn bob brian bruno camille carina carl carla carlos carmen caroline catherine cecile chantal charles ' +
    'charlotte chloe chris christian christina christine christoph christophe christopher claire clara claudia claus ' +
    'cristina daniel daniela danielle david deborah denis dennis diana diego dieter dietmar dirk dominik dominique donald ' +
    'dora edgar edith eduard eduardo edward elena elisabeth elizabeth ella emily emma enrique eric erik erika ernst esther ' +
    'eva fabian fabio fatima felipe felix fernanda fernando florian francesca francisco francois frank frederic ' +
    'friedrich gabriel gabriela gary georg george gerard gerd gilles giulia giuseppe greg guido guillaume gunter gustavo ' +
    'hannah hans harald harry heather heidi heiko heinz helen helena helga henning henri henrik henry herbert holger hugo ' +
    'ian ibrahim ignacio ines ingo ingrid irene isabel isabelle ivan jack jacob jacqueline jacques jakob james jan jana jane ' +
    'janet jason javier jean jeff jennifer jens jeremy jerome jesper jessica jim joachim joan joana joao joe joel johan ' +
    'johann johannes john jonas jonathan jordi jorg jorge jose joseph josh juan judith julia julian julie julien jurgen ' +
    'justin kai karen karin karl karsten katharina kathrin katrin kenneth kerstin kevin kim klaus konrad kristin kurt ' +
    'lars laura laurent lea leonardo lena leon leonie lisa lorenzo louis louise luca lucas lucia lucie luis luisa lukas ' +
    'luke lydia magdalena manfred manuel manuela marc marcel marcelo marco marcos marcus margaret maria marie mariana ' +
    'marina mario marion mark markus marta martha martin martina mary mathias mathieu matthew matthias maurice max ' +
    'maximilian mehmet melanie michael michaela michel michelle miguel mike mohamed mohammed monica monika nadine nancy ' +
    'natalia nathalie nicolas nicole niels nina norbert olaf olga oliver olivia olivier oscar pablo pamela pascal patrice ' +
    'patricia patrick paul paula paulo pedro peter petra philip philipp philippe pierre priya rachel rafael rainer ralf ' +
    'ralph ramon raphael raul rebecca regina renate rene ricardo richard rita robert roberto roger roland rolf roman ' +
    'ronald rosa ruben rudolf ruth ryan sabine sam samantha samuel sandra sandrine sara sarah sascha scott sebastian sergio ' +
    'silke silvia simon simone sofia sonia sophie stefan stefanie stephan stephane stephanie stephen steve steven susan ' +
    'susanne sven svenja sylvia sylvie tamara tanja tatiana teresa theo theresa thierry thomas thorsten tim timo tina tobias ' +
    'tom torsten uli ulrich ulrike ursula ute uwe valentin valerie vanessa vera veronica victor victoria vincent virginie ' +
    'volker walter wei werner wilhelm william wolfgang xavier yann yves yvonne zoe'
  ).split(' '),
);

/** Words that make a capitalised pair a team or a company and no person. */
const groupWords =
  /\b(?:team|ops|operations|group|gruppe|support|department|dept|abteilung|desk|services?|systems?|solutions?|inc|ltd|gmbh|llc|corp|company|admins?|office|security|network|database|server|it|linux|windows|unix)\b/i;

/**
 * Whether a cell holds the name of a person: initials with a family name, a known given name with a family name,
 * or `Family, Given`. Two capitalised words alone are not enough (`Data Mart`).
 */
export function looksLikePerson(text: string): boolean {
  if (text.length < 4 || text.length > 60 || groupWords.test(text)) {
    return false;
  }
  if (initials.test(text) || initialLast.test(text)) {
    return true;
  }
  if (full.test(text)) {
    return givenNames.has(givenPart(text.split(' ')[0]));
  }
  return commaForm.test(text) && givenNames.has(givenPart(text.split(',')[1]?.trim().split(' ')[0]));
}

function givenPart(name: string | undefined): string {
  return foldText((name ?? '').split('-')[0] ?? '');
}
