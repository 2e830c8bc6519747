export interface TableOptions {
  /** Physical line of the header row, from 1, when a person has chosen it. */
  readonly headerLine?: number;
  /** Records that an earlier attempt has taken already. */
  readonly skipRows?: number;
}
