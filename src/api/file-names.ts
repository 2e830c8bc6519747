const unsafe = /[\p{Cc}\p{Cf}\p{Cs}"\\]/gu;

/** A file name as people may see it: last path segment, no control or direction characters, at most 200 long. */
export function displayName(name: string | undefined): string {
  const last = (name ?? '').split(/[/\\]/).at(-1) ?? '';
  const clean = last.normalize('NFC').replaceAll(unsafe, '').trim().slice(0, 200).replaceAll(unsafe, '');
  return clean === '' || clean === '.' || clean === '..' ? 'upload' : clean;
}
