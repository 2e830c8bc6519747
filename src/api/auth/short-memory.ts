interface Entry<Value> {
  readonly value: Promise<Value>;
  readonly expiresAt: number;
}

export interface MemoryLimits {
  readonly maxEntries: number;
  readonly maxAgeMs: number;
}

/** Remembers answers for a short time, the oldest forgotten first; questions asked at once share one answer. */
export class ShortMemory<Value> {
  private readonly entries = new Map<string, Entry<Value>>();

  constructor(
    private readonly limits: MemoryLimits,
    private readonly now: () => number = Date.now,
  ) {}

  /** The remembered answer, else that of `ask`; an answer that is an error is not remembered. */
  async recall(key: string, ask: () => Promise<Value>): Promise<Value> {
    const known = this.entries.get(key);
    if (known !== undefined && known.expiresAt > this.now()) return known.value;
    const entry = { value: ask(), expiresAt: this.now() + this.limits.maxAgeMs };
    this.entries.delete(key);
    this.entries.set(key, entry);
    this.forgetOldest();
    try {
      return await entry.value;
    } catch (error) {
      if (this.entries.get(key) === entry) this.entries.delete(key);
      throw error;
    }
  }

  private forgetOldest(): void {
    for (const key of this.entries.keys()) {
      if (this.entries.size <= this.limits.maxEntries) return;
      this.entries.delete(key);
    }
  }
}
