/** Words one letter apart that both mean something in the names of applications and machines. */
const pairs: readonly (readonly [string, string])[] = (
  'contract contact|contractor contactor|trading tracing|tracking trucking|parking packing|' +
  'painting printing|casting costing|posting pasting|banking backing|lending landing|meeting melting|' +
  'planning planting|staging staying|testing tasting|loading leading|leasing leading|charge change|' +
  'country county|funding finding|logging lodging|sending spending|shipping shopping|shipping skipping|' +
  'staffing stuffing|transit transmit|adapter adopter|adaption adoption|compiler complier|' +
  'complaint compliant|causal casual|martial marital|united untied|desert dessert|discrete discreet|' +
  'stationary stationery|parent patent|patient patent|expense expanse|hearing heating|labels lapels|' +
  'letter latter|polling pulling|portal postal|present prevent|painter printer|remote remove|' +
  'reply replay|senior sensor|submit summit|tuning turning|weather leather|protect project|' +
  'protector projector|planner planter|report resort|retail retain|sampling sapling|scoring storing|' +
  'scoring scouring|sorting sporting|stock stack|tracker trucker|training trailing|training straining|' +
  'writing waiting|routing rooting|routing routine|pricing prising|placing playing|placing plating|' +
  'sourcing souring|catering cantering|course coarse|crate create|delay decay|export expert|' +
  'filing filling|float flat|freight fright|grant grand|guest quest|health heath|hiring hiking|' +
  'import impart|lesson lessen|lesson lesion|listing lifting|listing lasting|moving mowing|' +
  'outlet outset|paying playing|plane plant|pledge ledge|pooling polling|prime price|racing rating|' +
  'reading reaping|reporting resorting|rental renal|saving sawing|savings sayings|search starch|' +
  'sharing sharding|sharing shaking|sizing seizing|solver silver|spare share|stalling stalking|' +
  'stream steam|streaming steaming|string sting|stringer stinger|survey surrey|switch swatch|' +
  'tender tinder|timer timber|tracing tracking|trading grading|tracking tacking|treasury treasure|' +
  'trending tending|union onion|verify versify|warning warming|washing wishing|welding wedding|prd pre|' +
  'prd prf|prd ppd|stg str|int inc|prod proc|prod prof|dev dep|dev der|test text|test rest|read lead|' +
  'reader leader|writer waiter|master mister|inbound unbound|static statics|hot host|host post|' +
  'front font|back pack|internal interval|ordering bordering|orders borders|border boarder|' +
  'claims clams|current currant|dairy diary|detection defection|detection dejection|election erection|' +
  'section suction|injection infection|connection confection|location vocation|relation elation|' +
  'donation dotation'
)
  .split('|')
  .flatMap((pair) => {
    const [one, two] = pair.split(' ');
    return one === undefined || two === undefined ? [] : [[one, two] as const];
  });

/** Whether two spellings differ in exactly two such words, as `contract-01` and `contact-01` do. */
export function areConfusable(one: string, two: string): boolean {
  return pairs.some(
    ([first, second]) => turnsInto(one, two, [first, second]) || turnsInto(one, two, [second, first]),
  );
}

function turnsInto(one: string, two: string, [from, to]: readonly [string, string]): boolean {
  for (let at = one.indexOf(from); at !== -1; at = one.indexOf(from, at + 1)) {
    if (one.slice(0, at) + to + one.slice(at + from.length) === two) return true;
  }
  return false;
}
