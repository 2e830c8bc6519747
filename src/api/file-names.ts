const unsafe = /[\p{Cc}\p{Cf}\p{Cs}"\\]/gu;

/** A file name as people may see it: last path segment, no control or direction characters, at most 200 long. */
export function displayName(name: string | undefined): string {
  const last = (name ?? '').split(/[/\\]/).at(-1) ?? '';
  const clean = last.normalize('NFC').replaceAll(unsafe, '').trim().slice(0, 200);
  return clean === '' || clean === '.' || clean === '..' ? 'upload' : clean;
}

/** A `Content-Disposition` value for a download (RFC 6266, UTF-8 name by RFC 5987). */
export function attachment(name: string): string {
  const clean = displayName(name);
  const ascii = clean.replaceAll(/[^\x20-\x7e]/g, '_').replaceAll('"', '');
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(clean)}`;
}
