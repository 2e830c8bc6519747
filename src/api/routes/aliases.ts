import type { Route } from '../route';

interface Alias {
  readonly method: Route['method'];
  readonly path: string;
  /** Path of the route that answers. */
  readonly of: string;
}

/** Older paths that are answered by the same handlers. The only place where a path has a second name. */
const aliases: readonly Alias[] = [
  { method: 'post', path: '/data-import/upload', of: '/data-import/store-import' },
  { method: 'post', path: '/unified-discovery/flow/initialize', of: '/unified-discovery/flows/initialize' },
  { method: 'get', path: '/context/me', of: '/me' },
];

/** The routes with their second names. */
export function withAliases(routes: readonly Route[]): Route[] {
  const added = aliases.map(({ method, path, of }) => {
    const route = routes.find((known) => known.method === method && known.path === of);
    if (route === undefined) throw new Error(`${path} is an alias of ${of}, which is no route`);
    return { ...route, path, summary: `${route.summary} (another name of ${of})` };
  });
  return [...routes, ...added];
}
