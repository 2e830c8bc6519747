/** Projects whose tests need neither a database nor a Temporal server. */
const SERVERLESS = new Set(['unit', 'replay']);

/**
 * Whether a jest command line can reach a test that needs servers: it does unless it selects only projects without,
 * or names only files of such projects.
 */
export function needsServers(args: readonly string[]): boolean {
  const selected = valuesOf(args, '--selectProjects');
  if (selected.length > 0) return selected.some((project) => !SERVERLESS.has(project));
  const paths = args.filter((argument) => !argument.startsWith('-') && argument.includes('test/'));
  return paths.length === 0 || paths.some((file) => !SERVERLESS.has(projectOf(file)));
}

/** The values of a flag: `--flag a b` up to the next flag, or `--flag=a`. */
function valuesOf(args: readonly string[], flag: string): string[] {
  const values: string[] = [];
  let inside = false;
  for (const argument of args) {
    if (argument.startsWith('-')) {
      inside = argument === flag;
      if (argument.startsWith(`${flag}=`)) values.push(argument.slice(flag.length + 1));
    } else if (inside && !argument.includes('/')) values.push(argument);
  }
  return values;
}

function projectOf(file: string): string {
  return /test\/([^/]+)/.exec(file)?.[1] ?? '';
}
