import { type Command, InvalidArgumentError } from 'commander';
import type { DetectionHint } from '../intake/detection/detection-hint';
import { type Delimiter, delimiters, type Encoding, encodings } from '../intake/types';

/** What a person says on the command line of how a file is to be read. */
export interface ReadingOptions {
  readonly encoding?: Encoding;
  readonly delimiter?: Delimiter;
  readonly headerLine?: number;
  readonly sheet?: readonly string[];
}

/** Adds the options to a command that takes files. */
export function withReadingOptions(command: Command): Command {
  return command
    .option('--sheet <name>', 'only this sheet, or file of an archive; may be given several times', collect)
    .option('--encoding <name>', `read text as ${encodings.join(', ')}`, encodingOf)
    .option('--delimiter <mark>', 'the mark between cells: , ; | or tab', delimiterOf)
    .option('--header-line <number>', 'the line with the column names; 0: there is none', lineOf);
}

/** The same as the intake takes it. */
export function hintOf({ encoding, delimiter, headerLine }: ReadingOptions): DetectionHint {
  return {
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter }),
    ...(headerLine === undefined ? {} : { headerLine }),
  };
}

/** The same as the API takes it, with further settings; undefined when nothing was said. */
export function settingsOf(
  options: ReadingOptions,
  further: Readonly<Record<string, string | undefined>> = {},
): string | undefined {
  const { encoding, delimiter, headerLine: header_line, sheet: sheets } = options;
  const settings = { encoding, delimiter, header_line, sheets, ...further };
  return Object.values(settings).some((value) => value !== undefined) ? JSON.stringify(settings) : undefined;
}

function collect(name: string, known: readonly string[] = []): string[] {
  return [...known, name];
}

function encodingOf(text: string): Encoding {
  const found = encodings.find((name) => name === text.toLowerCase());
  if (found === undefined) throw new InvalidArgumentError(`Known: ${encodings.join(', ')}.`);
  return found;
}

function delimiterOf(text: string): Delimiter {
  const mark = text.toLowerCase() === 'tab' || text === String.raw`\t` ? '\t' : text;
  const found = delimiters.find((known) => known === mark);
  if (found === undefined) throw new InvalidArgumentError('Known: , ; | and tab.');
  return found;
}

function lineOf(text: string): number {
  const line = Number(text);
  if (!/^\d+$/.test(text) || line > 1_000_000) throw new InvalidArgumentError('Give a line number.');
  return line;
}
