import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Context, Middleware } from 'koa';
import { DomainError } from '../../domain/errors';
import { openApiDocument } from '../openapi';
import type { Route } from '../route';

const assetFolder = path.dirname(require.resolve('swagger-ui-dist/package.json'));

const assets = new Set([
  'swagger-ui.css',
  'swagger-ui-bundle.js',
  'swagger-ui-standalone-preset.js',
  'favicon-16x16.png',
  'favicon-32x32.png',
]);

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Surveyor API</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css">
    <link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
  </head>
  <body>
    <main id="swagger-ui"></main>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

const start = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger-ui', deepLinking: true });\n`;

/** Serves `/openapi.json` and, without any outside request, `/docs`. */
export function documentation(routes: readonly Route[], version: string): Middleware {
  const document = JSON.stringify(openApiDocument(routes, version));
  return async (ctx, next) => {
    const isRead = ctx.method === 'GET' || ctx.method === 'HEAD';
    if (ctx.path === '/openapi.json' && isRead) return answer(ctx, 'application/json', document);
    if (ctx.path === '/docs' && isRead) return answer(ctx, 'text/html', page);
    if (ctx.path === '/docs/start.js' && isRead) return answer(ctx, 'text/javascript', start);
    if (ctx.path.startsWith('/docs/') && isRead) return serveAsset(ctx, ctx.path.slice('/docs/'.length));
    return next();
  };
}

function answer(ctx: Context, type: string, body: string): void {
  ctx.state['route'] = ctx.path;
  ctx.type = type;
  ctx.body = body;
}

async function serveAsset(ctx: Context, name: string): Promise<void> {
  ctx.state['route'] = '/docs/:asset';
  if (!assets.has(name)) throw new DomainError('HTTP_404');
  const file = path.join(assetFolder, name);
  ctx.type = path.extname(name);
  ctx.length = (await stat(file)).size;
  ctx.body = createReadStream(file);
}
