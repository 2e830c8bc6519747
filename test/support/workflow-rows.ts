import type {
  DiscoveryFlowInput,
  FlowState,
  GateOutcome,
  RecordCommandRequest,
} from '../../src/domain/flow/messages';
import type { EstatePhase, Gate, ImportPhase, Phase } from '../../src/domain/flow/phases';
import { type CommandType, type FlowStatus, isTerminal, judgeCommand } from '../../src/domain/flow/status';

interface ImportRow {
  readonly importId: string;
  readonly published: ImportPhase[];
  waitingFor: Gate | null;
}

interface CommandRow {
  readonly commandId: string;
  readonly type: CommandType;
  readonly importId: string | null;
  consumed: boolean;
}

interface GateRow {
  version: number;
  open: boolean;
  decided: boolean;
}

/** The rows of one flow, kept in memory under the same rules that the database activities obey. */
export class FlowRows {
  status: FlowStatus = 'initialized';
  pausedFrom: FlowStatus | null = null;
  waitingFor: Gate | null = null;
  closedReason: string | null = null;
  failure: { phase: Phase | null; code: string; message: string } | null = null;
  readonly imports: ImportRow[] = [];
  readonly estate: EstatePhase[] = [];
  readonly gates = new Map<Gate, GateRow>();
  readonly commands: CommandRow[] = [];
  readonly runIds: string[] = [];
  /** Every status the flow ever had, and every phase that was begun or published, in order. */
  readonly trail: string[] = [];
  /** Phases that work until they are released or stopped by a command. */
  readonly held = new Set<Phase>();
  /** Phases that hear no command and end by a Temporal cancel only. */
  readonly deaf = new Set<Phase>();
  /** Errors that the next attempts of a phase end with. */
  readonly faults = new Map<Phase, unknown[]>();
  /** Gates that the phase before them opens. */
  readonly blocking = new Set<Gate>();

  constructor(readonly input: DiscoveryFlowInput) {}

  open(runId: string): FlowState {
    const first = this.input.import;
    if (this.runIds.length === 0 && first !== null) this.addImport(first.importId);
    if (!this.runIds.includes(runId)) this.runIds.push(runId);
    return this.state();
  }

  state(): FlowState {
    return {
      status: this.status,
      pausedFrom: this.pausedFrom,
      waitingFor: this.waitingFor,
      imports: this.imports.map(({ importId, published, waitingFor }) => ({
        importId,
        publishedPhases: [...published],
        waitingFor,
      })),
      publishedEstatePhases: [...this.estate],
      stopPending: this.pendingStop !== undefined,
    };
  }

  setStatus(status: FlowStatus): void {
    if (this.status === status) return;
    this.status = status;
    this.trail.push(`= ${status}`);
  }

  addImport(importId: string): void {
    if (!this.imports.some((entry) => entry.importId === importId))
      this.imports.push({ importId, published: [], waitingFor: null });
  }

  importRow(importId: string): ImportRow {
    const row = this.imports.find((entry) => entry.importId === importId);
    if (row === undefined) throw new Error(`No import ${importId}`);
    return row;
  }

  get pendingStop(): 'pause' | 'cancel' | undefined {
    const row = this.commands.find(
      ({ type, consumed }) => !consumed && (type === 'pause' || type === 'cancel'),
    );
    return row && (row.type === 'cancel' ? 'cancel' : 'pause');
  }

  hasPending(type: CommandType): boolean {
    return this.commands.some((row) => row.type === type && !row.consumed);
  }

  /** What the API and `recordCommand` do: judges, and writes the row when the table accepts it. */
  accept(type: CommandType, commandId: string, importId: string | null = null): boolean {
    if (this.commands.some((row) => row.commandId === commandId)) return true;
    const acceptsImports = !this.trail.includes('asset_inventory');
    const { status, pausedFrom } = this;
    if (!judgeCommand(type, { status, pausedFrom, acceptsImports }).accepted) return false;
    if (type === 'decide') {
      const gate = this.waitingFor && this.gates.get(this.waitingFor);
      if (!gate) return false;
      gate.decided = true;
    }
    this.commands.push({ commandId, type, importId, consumed: false });
    return true;
  }

  record({ type, key }: RecordCommandRequest): boolean {
    return type !== 'add_import' && this.accept(type, key);
  }

  applyCommands(): FlowState {
    for (const row of this.commands) {
      if (row.consumed || row.type === 'decide') continue;
      row.consumed = true;
      this.apply(row);
    }
    return this.state();
  }

  settle(gateName: Gate): GateOutcome {
    const gate = this.gates.get(gateName);
    const decided = gate !== undefined && gate.open && gate.decided;
    if (decided) {
      gate.open = false;
      gate.decided = false;
      this.blocking.delete(gateName);
      for (const row of this.commands) if (row.type === 'decide') row.consumed = true;
      this.leaveGate(gateName);
    }
    return { decided, state: this.state() };
  }

  /** Opens the gate, or finds it open; a new set of rows raises its version. */
  openGate(name: Gate): number {
    const gate = this.gates.get(name) ?? { version: 0, open: false, decided: false };
    this.gates.set(name, gate);
    gate.version += 1;
    gate.open = true;
    gate.decided = false;
    this.waitingFor = name;
    this.setStatus('waiting_for_approval');
    return gate.version;
  }

  close(status: 'completed' | 'cancelled', reason: string | null): FlowState {
    const blocked = this.pendingStop !== undefined || this.hasPending('add_import');
    if (status === 'completed' && blocked) return this.state();
    if (!isTerminal(this.status) || this.closedReason === null) this.closedReason = reason ?? status;
    this.setStatus(status);
    return this.state();
  }

  private leaveGate(name: Gate): void {
    this.waitingFor = null;
    this.setStatus('running');
    for (const entry of this.imports) {
      if (entry.waitingFor !== name) continue;
      entry.waitingFor = null;
      if (name === 'mapping_approval') entry.published.push('field_mapping');
    }
  }

  private apply({ type, importId }: CommandRow): void {
    const context = { status: this.status, pausedFrom: this.pausedFrom, acceptsImports: true };
    const verdict = judgeCommand(type, context);
    if (!verdict.accepted) return;
    if (type === 'add_import' && importId !== null) this.addImport(importId);
    if (type === 'rerun') for (const entry of this.imports) entry.waitingFor = null;
    if (type === 'pause' && verdict.changes) this.pausedFrom = this.status;
    if (type === 'resume') this.pausedFrom = null;
    this.setStatus(verdict.target);
  }
}
