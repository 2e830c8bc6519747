import { cleanText } from './text';

const lineBreak = /<br\s*\/?>|\r\n|\r|\n/gi;

/**
 * The parts of a cell with several values, cleaned, without empty ones, each once. Semicolons, bars and line
 * breaks separate before commas do: a comma stays inside a part where one of the others separates.
 */
export function splitList(text: string): readonly string[] {
  const lines = text.replace(lineBreak, '\n');
  const parts = /[;|\n]/.test(lines) ? lines.split(/[;|\n]/) : lines.split(',');
  const cleaned = parts.map(cleanText).filter((part) => part !== '');
  return [...new Set(cleaned)];
}

/** How many parts a cell has, split by comma, semicolon, bar or line break; empty parts do not count. */
export function countParts(text: string): number {
  let parts = 0;
  let inside = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 44 || code === 59 || code === 124 || code === 10) {
      inside = false;
    } else if (!inside && code !== 32 && code !== 13) {
      inside = true;
      parts += 1;
    }
  }
  return parts;
}
