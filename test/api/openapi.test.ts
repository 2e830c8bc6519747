import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startTestApi, type TestApi } from '../support/api-server';

const file = path.resolve(__dirname, '../../docs/openapi.json');

let api: TestApi;
let document: any; // oxlint-disable-line typescript/no-explicit-any -- a document of any shape is looked at

beforeAll(async () => {
  api = await startTestApi();
  const response = await fetch(`${api.url}/openapi.json`);
  document = await response.json();
  if (process.env['SURVEYOR_TEST_UPDATE'] === '1') {
    writeFileSync(file, `${JSON.stringify(document, undefined, 2)}\n`);
  }
});

afterAll(async () => {
  await api.close();
});

interface Operation {
  readonly name: string;
  readonly path: string;
  readonly operation: any; // oxlint-disable-line typescript/no-explicit-any -- as above
}

function operations(): Operation[] {
  return Object.entries(document.paths).flatMap(([where, methods]) =>
    Object.entries(methods as object).map(([method, operation]) => ({
      name: `${method} ${where}`,
      path: where,
      operation,
    })),
  );
}

test('the committed document is the one that the server serves', () => {
  const committed: unknown = JSON.parse(readFileSync(file, 'utf8'));

  expect(committed).toEqual(document);
});

test('every reference of the document leads to something', () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(
    (match) => match[1] ?? '',
  );
  const broken = references.filter((reference) => {
    const found = reference
      .replace('#/', '')
      .split('/')
      .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document);
    return found === undefined;
  });

  expect(references.length).toBeGreaterThan(100);
  expect(broken).toEqual([]);
});

test('the document has what OpenAPI 3.1 demands of one', () => {
  const all = operations();
  const ids = all.map(({ operation }) => operation.operationId);

  expect(document.openapi).toBe('3.1.0');
  expect(document.info).toMatchObject({ title: expect.any(String), version: expect.any(String) });
  expect(new Set(ids).size).toBe(ids.length);
  for (const { name, path: where, operation } of all) {
    const named = [...where.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    const declared = operation.parameters
      .filter((parameter: { in: string }) => parameter.in === 'path')
      .map((parameter: { name: string }) => parameter.name);
    expect({ name, declared }).toEqual({ name, declared: named });
    expect(Object.keys(operation.responses).length).toBeGreaterThan(0);
    for (const response of Object.values<{ description: string }>(operation.responses)) {
      expect(response.description).not.toBe('');
    }
    for (const schemes of operation.security) {
      expect(Object.keys(schemes).every((scheme) => scheme in document.components.securitySchemes)).toBe(
        true,
      );
    }
  }
});

test('the page with the documentation loads nothing from elsewhere', async () => {
  const page = await fetch(`${api.url}/docs`);
  const html = await page.text();

  expect(page.status).toBe(200);
  expect([...html.matchAll(/(?:src|href)="(.*?)"/g)].every((match) => match[1]?.startsWith('/docs/'))).toBe(
    true,
  );
  for (const match of html.matchAll(/(?:src|href)="(.*?)"/g)) {
    const asset = await fetch(`${api.url}${match[1]}`);
    expect({ asset: match[1], status: asset.status }).toEqual({ asset: match[1], status: 200 });
  }
});
