/** What matters of an exported history before it is decoded. */
export interface ExportedHistory {
  readonly events: readonly ExportedEvent[];
  readonly workflowId: string;
  readonly workflowType: string;
}

interface ExportedEvent {
  readonly id: string;
  /** The exporter's spelling: a name, or a number when it did not know the event. */
  readonly type: string | number;
  readonly hasContent: boolean;
}

/** The first type of event that tctl does not know: workflow updates and all that came after them. */
const firstTypeUnknownToTctl = 41;

const noHistory = 'The file is not a history: it has no list of events';

/** The events of a parsed history, or the sentence that says why it is none. */
export function readExported(json: unknown): ExportedHistory | string {
  const events = property(json, 'events');
  if (!Array.isArray(events) || events.length === 0) return noHistory;
  const start = property(events[0], 'workflowExecutionStartedEventAttributes');
  const workflowType = property(property(start, 'workflowType'), 'name');
  if (typeof workflowType !== 'string') return 'The history does not begin with the start of a workflow';
  const workflowId = property(start, 'workflowId');
  const read = events.map(readEvent);
  const gap = read.findIndex(({ id }, index) => id !== String(index + 1));
  if (gap >= 0) return `The history is not whole: event ${gap + 1} is missing`;
  if (!events.some((event) => property(event, 'workflowTaskStartedEventAttributes')))
    return 'The history holds no workflow task: there is nothing to replay';
  return {
    events: read,
    workflowId: typeof workflowId === 'string' && workflowId !== '' ? workflowId : 'replayed',
    workflowType,
  };
}

/** Why an export can't be replayed although its workflow may be fine, or undefined. */
export function describeUnreadable({ events }: ExportedHistory): string | undefined {
  const dropped = events.find(({ type, hasContent }) => !hasContent && isUnknownToTctl(type));
  if (dropped === undefined) return undefined;
  return (
    `Event ${dropped.id} (type ${dropped.type}) has lost its content: tctl does not know workflow updates and later ` +
    'events, so export this run with `temporal workflow show --output json` or replay it with --workflow'
  );
}

/** One sentence on which event differs, from the SDK's report. */
export function describeViolation({ events }: ExportedHistory, report: string): string {
  const reason = reasonOf(report);
  const id = /HistoryEvent\(id: (\d+)/.exec(report)?.[1] ?? /event[ _]id:? ?(\d+)/i.exec(report)?.[1];
  const event = events.find((candidate) => candidate.id === id);
  if (event === undefined) return `The workflow code differs from the history: ${reason}`;
  return `The workflow code differs from the history at event ${event.id} (${eventName(event.type)}): ${reason}`;
}

/** The core's own words without the wrapping of a failed workflow task. */
function reasonOf(report: string): string {
  const quoted = /message: "((?:[^"\\]|\\.)*)"/.exec(report)?.[1] ?? report.replace(/^.*Details: /s, '');
  return quoted
    .replace(/^\[TMPRL\d+\] (?:Nondeterminism error: )?/, '')
    .replaceAll('\\"', '"')
    .replace(/\\n[\s\S]*$/, '')
    .trim();
}

/** `EVENT_TYPE_TIMER_STARTED` of `temporal` and `TimerStarted` of tctl are the same event. */
function eventName(type: string | number): string {
  if (typeof type === 'number') return `type ${type}`;
  if (!type.startsWith('EVENT_TYPE_')) return type;
  const words = type.slice('EVENT_TYPE_'.length).toLowerCase().split('_');
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function readEvent(event: unknown): ExportedEvent {
  const type = property(event, 'eventType');
  const names = typeof event === 'object' && event !== null ? Object.keys(event) : [];
  return {
    id: String(property(event, 'eventId')),
    type: typeof type === 'number' || typeof type === 'string' ? type : 'unknown',
    hasContent: names.some((name) => name.endsWith('EventAttributes')),
  };
}

function isUnknownToTctl(type: string | number): boolean {
  return typeof type === 'number'
    ? type >= firstTypeUnknownToTctl
    : /^\d+$/.test(type) || /update/i.test(type);
}

function property(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Reflect.get(value, key);
}
