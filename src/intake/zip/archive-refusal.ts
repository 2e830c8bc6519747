import { DomainError } from '../../domain/errors';

/** Why an archive is not unpacked, each with what to do. */
const hints = {
  damaged: 'The archive is damaged or cut off; pack it again',
  encrypted: 'Pack the files without a password',
  nested: 'Unpack the archive inside and pack its files directly',
  too_many_entries: 'Pack only the files that hold tables',
  unpacked_too_large: 'Upload the files themselves, or split them',
  overlapping_entries: 'Pack the files again with an ordinary program',
  repeated_name: 'Give every file in the archive a name of its own',
  unsafe_name: 'Pack the files with plain relative names',
  link: 'Pack the file itself and no link to it',
  size_differs: 'The archive lies about the size of its files; pack it again',
  compression: 'Pack the files with the usual method (deflate)',
} as const;
export type ArchiveFault = keyof typeof hints;

/** UPLOAD_006 with the reason and what to do about it. */
export function archiveRefusal(
  reason: ArchiveFault,
  details: Readonly<Record<string, unknown>> = {},
  cause?: unknown,
): DomainError {
  return new DomainError('UPLOAD_006', { reason, hint: hints[reason], ...details }, { cause });
}
