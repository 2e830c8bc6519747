import type { WrittenJson } from './route';

/** An answer, and the edition of what it says. */
export interface KeptAnswer {
  readonly edition: string;
  readonly answer: WrittenJson;
}

/** Keeps answers as long as their texts fit together, the oldest forgotten first. Whoever asks checks the edition. */
export class KeptAnswers {
  private readonly answers = new Map<string, KeptAnswer>();
  private characters = 0;

  constructor(private readonly mostCharacters: number) {}

  find(key: string): KeptAnswer | undefined {
    return this.answers.get(key);
  }

  keep(key: string, kept: KeptAnswer): void {
    this.forget(key);
    this.answers.set(key, kept);
    this.characters += kept.answer.text.length;
    for (const oldest of this.answers.keys()) {
      if (this.characters <= this.mostCharacters) return;
      this.forget(oldest);
    }
  }

  private forget(key: string): void {
    this.characters -= this.answers.get(key)?.answer.text.length ?? 0;
    this.answers.delete(key);
  }
}
