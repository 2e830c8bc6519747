import { createLogger, sdkFields } from '../../src/runtime/logging';

function capture(logFormat: 'json' | 'pretty') {
  const lines: string[] = [];
  const logger = createLogger(
    'worker',
    { logLevel: 'info', logFormat },
    { write: (line) => lines.push(line) },
  );
  return { logger, lines };
}

test('a JSON line has the time, the level word, the message and the process', () => {
  const { logger, lines } = capture('json');

  logger.info({ flowId: 'f-1', phase: 'data_import', durationMs: 12 }, 'phase finished');

  expect(JSON.parse(lines[0] ?? '')).toEqual({
    time: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T.*Z$/),
    level: 'info',
    msg: 'phase finished',
    process: 'worker',
    flowId: 'f-1',
    phase: 'data_import',
    durationMs: 12,
  });
});

test('secrets are hidden wherever they stand in the first three levels', () => {
  const { logger, lines } = capture('json');

  logger.info(
    {
      password: 'hush',
      request: { headers: { authorization: 'hush', cookie: 'hush', 'set-cookie': 'hush' }, apiKey: 'hush' },
      user: { token: 'hush', secret: 'hush' },
    },
    'request',
  );

  expect(lines[0]).not.toContain('hush');
  expect(lines[0]?.match(/\(hidden\)/g)).toHaveLength(7);
});

test('a plain line shows the message, the fields and the stack of an error', () => {
  const { logger, lines } = capture('pretty');

  logger.error({ flowId: 'f-1', err: new Error('disk full') }, 'phase failed');

  expect(lines[0]).toMatch(
    /^\d{2}:\d{2}:\d{2}\.\d{3} ERROR worker phase failed flowId=f-1\n {2}Error: disk full\n/,
  );
});

test('fields of the SDK get our names, and the tenant comes from the workflow id', () => {
  const fields = sdkFields({
    workflowId: 'discovery/c-1/e-1/f-1',
    runId: 'r-1',
    activityType: 'importFile',
    attempt: 2,
    taskToken: 'long',
    namespace: 'default',
  });

  expect(fields).toEqual({
    clientAccountId: 'c-1',
    engagementId: 'e-1',
    flowId: 'f-1',
    workflowId: 'discovery/c-1/e-1/f-1',
    runId: 'r-1',
    activity: 'importFile',
    attempt: 2,
  });
});
