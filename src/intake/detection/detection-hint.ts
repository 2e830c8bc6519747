import type { UploadChoices } from '../table-choices';

/** What the sender says about a file; the bytes decide, but what a person has chosen is believed. */
export interface DetectionHint extends UploadChoices {
  readonly filename?: string;
  readonly mimeType?: string;
  readonly maxColumns?: number;
  /** The bytes are the whole file; by default they are when they are fewer than `detectionBytes`. */
  readonly isWhole?: boolean;
}
