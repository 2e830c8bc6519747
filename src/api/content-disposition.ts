/** `Content-Disposition` of a download (RFC 6266): an ASCII name for old clients, and the whole one. */
export function attachment(filename: string): string {
  const plain = filename
    .normalize('NFKD')
    .replaceAll(/[^\x20-\x7E]/g, '')
    .replaceAll(/["\\%;]/g, '_')
    .trim();
  const whole = encodeURIComponent(filename).replaceAll(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain === '' ? 'download' : plain}"; filename*=UTF-8''${whole}`;
}
