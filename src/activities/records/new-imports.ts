import type { ImportRequest } from '../../domain/flow/messages';
import type { NewImport } from '../../db/imports/imports';

/** The imports of an upload: one for each of its tables, in file order, at least one. */
export function newImports(
  request: ImportRequest,
  importedBy: string | null,
): readonly [NewImport, ...NewImport[]] {
  const { importId, place, detection, furtherTables = [], ...ofUpload } = request;
  const shared = { ...ofUpload, importedBy };
  return [
    { ...shared, id: importId, place, detection },
    ...furtherTables.map((table) => ({
      ...shared,
      id: table.importId,
      place: table.place,
      detection: table.detection,
    })),
  ];
}
