import { parseBody } from '../validation';
import { ChosenSettings, type ChosenSettingsValues } from '../schemas/start';

/** How the sender wants a file to be read: `options` goes before `processing_config`. */
export function choicesOf(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  // The schema's output is what `parseBody` returns.
  const { processing_config, options } = parseBody(ChosenSettings, fields) as ChosenSettingsValues;
  return { ...processing_config, ...options };
}
