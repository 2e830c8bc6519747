const camelNames = new Map<string, string>();

function camelName(column: string): string {
  let name = camelNames.get(column);
  if (name === undefined) {
    name = column.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    camelNames.set(column, name);
  }
  return name;
}

/**
 * A row with its column names in camel case; what stands inside JSON columns is left as it is. The caller names the
 * shape, which the schema tests hold against the catalogue.
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- each caller names the shape of its own statement
export function camelRow<Row>(row: Readonly<Record<string, unknown>>): Row {
  const result: Record<string, unknown> = {};
  for (const column of Object.keys(row)) result[camelName(column)] = row[column];
  return result as Row; // the columns of the statement, which each caller writes beside its row type
}
