const stampedParts = /(?:[-_. ]?(?:v?\d+(?:[-_.:]\d+)*|copy|final|export|draft|new))+$/gi;

/**
 * The name of the source behind an upload when nobody names it: the product that was recognised, and the file's name
 * without extension, dates and numbers, so that next week's export of the same system is the same source.
 */
export function defaultSourceName(filename: string, product: string | null): string {
  const stem = filename.replace(/\.[a-z0-9]{1,8}(?:\.gz)?$/i, '');
  const plain = stem
    .replaceAll(/20\d{2}[-_.]?(?:0[1-9]|1[0-2])[-_.]?(?:0[1-9]|[12]\d|3[01])/g, '')
    .replaceAll(stampedParts, '')
    .replaceAll(/[-_. ]+/g, ' ')
    .trim()
    .toLowerCase();
  const name = plain === '' ? stem.trim().toLowerCase() : plain;
  return product === null ? name : `${product}: ${name}`;
}
