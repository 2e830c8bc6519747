import type { DependencyType } from '../lists';
import { memoised } from '../inventory/memo';
import { foldText } from '../inventory/classification/words';

/** How a relation of a parent (or source) to a child (or target) reads as a dependency. */
export interface RelationMeaning {
  readonly type: DependencyType;
  /** True: the child is the end that depends. */
  readonly reversed: boolean;
}

/** Verbs whose subject depends on the object; folded. The words before `::` speak of the parent. */
const forward: readonly (readonly [DependencyType, string])[] = [
  [
    'depends_on',
    'depends on|depend on|dependent on|depends upon|requires|needs|relies on|dependency|dependency of type|application dependency|uses service|consumes|subscribes to|gets dr from|dr provided by|dr for|failover to|managed by|monitored by|authenticated by|powered by|cooled by|backed up by|secured by|protected by|authenticates with|exposed by|integrates with|depende de|haengt ab von|hangt ab von|abhangig von|depend de|benotigt|benoetigt|registered on|fed by|licensed by|controlled by|administered by|provided by|supported by|proxied by|load balanced by|applicative flow to|storage provided by|logs to|sends logs to|upstream|southbound|outgoing|outbound',
  ],
  [
    'runs_on',
    'runs on|run on|running on|executes on|deployed on|deployed to|installed on|instantiates|laeuft auf|lauft auf|s execute sur|se ejecuta en|executa em|implemented on|instance of|implemented by|execute sur|deployed in|is installed on',
  ],
  [
    'hosted_on',
    'hosted on|hosted by|virtualized by|virtualised by|located on|resides on|registered on host|gehostet auf|gehostet von|heberge sur|heberge par|alojado en|alojado por|hospedado em|hospedado por|placed on|stored on|allocated from|mounted on|virtualizado por|provisioned from|located in|contained by|contained in',
  ],
  [
    'member_of',
    'member of|is member of|members of|part of|belongs to|in cluster|mitglied von|gehoert zu|gehort zu|teil von|membre de|fait partie de|miembro de|membro de|parte de|node of|component of|child of|cluster member of|in rack|owned by',
  ],
  [
    'connects_to',
    'connects to|connected to|connects with|communicates with|talks to|exchanges data with|sends data to|publishes to|ip connection to|ip connection|calls|routes to|forwards to|network connection|verbunden mit|kommuniziert mit|connecte a|se connecte a|conecta con|se conecta a|conecta a|conectado a|flows to|transfers to|links to|interfaces with|interface to|applicative flow|connection|tcp|udp|feeds|writes to|flow|sends to|submits to|load balances|attached to|data flow|data_flow|uplink to|synchronizes with',
  ],
  [
    'uses',
    'uses|use|utilizes|utilises|accesses|reads from|queries|nutzt|verwendet|utilise|utiliza|usa|receives data from|reads|allocated to user|impacted by|storage of|uses storage of|uses database',
  ],
  [
    'replicates_to',
    'replicates to|replicated to|replication to|mirrors to|mirrored to|dr replicates to|copies to|syncs to|repliziert nach|replique vers|replica a|standby|data guard to|log ships to',
  ],
];

/** Verbs whose object depends on the subject: the second halves of ServiceNow's pairs, and their kin. */
const backward: readonly (readonly [DependencyType, string])[] = [
  [
    'depends_on',
    'used by|required by|needed by|dependency for|is needed by|supports|provides dr for|provides service to|provides|manages|monitors|authenticates|powers|cools|backs up|secures|protects|exposes|consumed by|subscribed by|dependents|has dependents|controls|administers|enables|serves|northbound|incoming|inbound|downstream|impacts|provides storage for|benutzt von|verwendet von|utilise par|usado por|utilizado por',
  ],
  [
    'runs_on',
    'runs|executes|running|has installed|instantiated by|deploys|fuehrt aus|fuhrt aus|has instance|ejecuta|execute|implements',
  ],
  [
    'hosted_on',
    'hosts|host of|host for|virtualizes|virtualises|houses|hostet|heberge|aloja|hospeda|locates|stores|provisions|allocated to',
  ],
  [
    'member_of',
    'members|has member|has members|contains|consists of|cluster of|includes|comprises|owns|parent of|has component|has part|enthalt|enthaelt|contient|contiene|contem|has node|aggregates|composed of|has registered',
  ],
  [
    'connects_to',
    'connected by|called by|receives data from server|is connected by|receives calls from|ip connection from|receives from|subscribed to by|routed from',
  ],
  ['uses', 'accessed by|queried by|read by|sends data'],
  [
    'replicates_to',
    'replicated by|replicates from|replication from|mirrored by|mirror of|replica of|standby for|standby of|dr copy of|copy of|provides replication for',
  ],
];

type Line = readonly [DependencyType, string];

function readLines(lines: readonly Line[], reversed: boolean): [string, RelationMeaning][] {
  return lines.flatMap(([type, phrases]) =>
    phrases.split('|').map((phrase): [string, RelationMeaning] => [phrase, { type, reversed }]),
  );
}

/** Later entries of a map win, so the table is filled backwards: forward readings and first lines have the last word. */
const table: ReadonlyMap<string, RelationMeaning> = new Map(
  [...readLines(forward, false), ...readLines(backward, true)].toReversed(),
);

/** Wordings of products that read against the grain of their words. */
const exceptions: ReadonlyMap<string, RelationMeaning> = new Map([
  // The parent is the primary: it sends its changes to the child that provides the recovery.
  ['dr provided by', { type: 'replicates_to', reversed: false }],
  ['provides dr for', { type: 'replicates_to', reversed: true }],
  // The parent is the source of the data, and the receiver needs it.
  ['sends data to', { type: 'connects_to', reversed: false }],
  ['receives data from', { type: 'connects_to', reversed: true }],
  ['instantiates', { type: 'runs_on', reversed: false }],
]);

const fallback: RelationMeaning = { type: 'depends_on', reversed: false };

function lookUp(phrase: string): RelationMeaning | undefined {
  return exceptions.get(phrase) ?? table.get(phrase) ?? table.get(phrase.replace(/^(?:is|are|has|was) /, ''));
}

function read(text: string): RelationMeaning {
  const [parentWords = '', childWords = ''] = text.split('::');
  const byParent = lookUp(foldText(parentWords));
  if (byParent !== undefined) return byParent;
  const byChild = childWords === '' ? undefined : lookUp(foldText(childWords));
  return byChild === undefined ? fallback : { type: byChild.type, reversed: !byChild.reversed };
}

/**
 * Type and direction of a relation "parent TYPE child". ServiceNow writes both readings, `Hosted on::Hosts`: the
 * first speaks of the parent. Unknown words mean that the first end depends on the second.
 */
export const relationMeaning: (text: string) => RelationMeaning = memoised(read);
