/** One element of an array of a JSON document, or one line of NDJSON, as bytes. */
export interface JsonElement {
  /** Dotted path of the array inside the document; null for the document itself. */
  readonly table: string | null;
  readonly bytes: Buffer;
  /** Physical line, from 1, on which it starts. */
  readonly line: number;
  /** Key-value pairs that stand in the bytes, repeated ones included. */
  readonly pairs: number;
  readonly hasOddNumbers: boolean;
  /** Only the beginning is kept. */
  readonly isTooLarge: boolean;
}

/** Longest element that is parsed; of a longer one only the beginning is kept. */
export const maxElementBytes = 8 * 1024 * 1024;

/** Reads elements out of chunks of UTF-8. */
export interface JsonElementScanner {
  push(chunk: Buffer): void;
  finish(): void;
  /** Elements read since the last call. */
  take(): readonly JsonElement[];
}
