import { DomainError } from '../../domain/errors';

const hints = {
  damaged: 'The workbook is damaged or cut off; save it again in a spreadsheet program',
  document_type:
    'The workbook holds a document type or entities, which spreadsheets never write; save it again',
  part_too_large: 'A description inside the workbook is too large; save the sheet as a new workbook',
  row_too_long: 'A row of the sheet is too long; save the sheet as CSV',
} as const;
export type WorkbookFault = keyof typeof hints;

/** UPLOAD_006 with the reason and what to do; `part` names the file inside the workbook. */
export function workbookRefusal(reason: WorkbookFault, part: string): DomainError {
  return new DomainError('UPLOAD_006', { reason, part, hint: hints[reason] });
}

const typeHints = {
  xls_or_encrypted: 'It is an old .xls workbook; open it in a spreadsheet and save it as .xlsx',
  encrypted: 'The workbook is protected by a password; save it without one',
  xlsm: 'The workbook may hold macros, which are never read; save it as .xlsx',
  xlsb: 'Save the workbook as .xlsx instead of .xlsb',
  ods: 'Save the spreadsheet as .xlsx or CSV',
  document: 'It is a document and no spreadsheet; upload a workbook, CSV or JSON',
} as const;
export type UnreadType = keyof typeof typeHints;

/** UPLOAD_001 for a container that is no plain workbook. */
export function typeRefusal(detected: UnreadType): DomainError {
  const name = detected === 'xls_or_encrypted' ? 'xls' : detected;
  return new DomainError('UPLOAD_001', { detected: name, hint: typeHints[detected] });
}
