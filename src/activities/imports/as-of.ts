const dated = /(?<!\d)(20\d{2})[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)/;

/** The day that a file name carries (`RVTools_export_2026-03-14`, `cmdb20260314`), as midnight UTC. */
export function dateInFileName(name: string): Date | undefined {
  const match = dated.exec(name);
  if (match === null) return undefined;
  const [, year, month, day] = match;
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.getUTCDate() !== Number(day) ? undefined : date;
}
