/** An import as far as it says which others it belongs with. */
export interface UploadedTable {
  readonly flowId: string;
  readonly dataSourceId: string | null;
  /** The stored upload. */
  readonly objectId: string;
  readonly formatId: string | null;
}

/** Tables that no product wrote and that list no parts are alike. */
const anyTable = 'table';

interface Group {
  readonly id: string;
  readonly formats: Set<string>;
}

/**
 * For each table the upload it counts to: tables of one file belong together, and so do files of one flow and source
 * that are different tables of a product (an RVTools workbook that was saved tab by tab) or parts of what another one
 * lists. A table that comes again begins the next export. `tables` in the order in which they came.
 */
export function uploadGroups(tables: readonly UploadedTable[]): string[] {
  const groupOf = new Map<string, string>();
  const lastOf = new Map<string, Group>();
  for (const [objectId, { key, formats }] of uploadsOf(tables)) {
    const last = lastOf.get(key);
    const group =
      last !== undefined && complement(last.formats, formats)
        ? last
        : { id: objectId, formats: new Set<string>() };
    for (const format of formats) group.formats.add(format);
    lastOf.set(key, group);
    groupOf.set(objectId, group.id);
  }
  return tables.map(({ objectId }) => groupOf.get(objectId) ?? objectId);
}

/** Different tables of one product, parts counting to every product. */
function complement(known: ReadonlySet<string>, formats: ReadonlySet<string>): boolean {
  if ([...formats].some((format) => known.has(format))) return false;
  const products = [...known, ...formats].map((format) => format.split('.', 1)[0]);
  return new Set(products.filter((product) => product !== 'parts')).size < 2;
}

interface Upload {
  /** Uploads of one flow and source have one key. */
  readonly key: string;
  readonly formats: Set<string>;
}

/** The uploads of known sources. */
function uploadsOf(tables: readonly UploadedTable[]): Map<string, Upload> {
  const uploads = new Map<string, Upload>();
  for (const { flowId, dataSourceId, objectId, formatId } of tables) {
    if (dataSourceId === null) continue;
    const upload = uploads.get(objectId) ?? { key: `${flowId}/${dataSourceId}`, formats: new Set() };
    upload.formats.add(formatId ?? anyTable);
    uploads.set(objectId, upload);
  }
  return uploads;
}
