import { readConfig } from '../../src/runtime/config';
import { startEmbedded } from '../../src/runtime/embedded/embedded';

/** A process that owns embedded servers: prints where they are as one JSON line, and stops them on SIGTERM. */
async function own(): Promise<void> {
  const servers = await startEmbedded({
    settings: readConfig(process.env),
    temporalUi: false,
    onProgress: (line) => process.stderr.write(`${line}\n`),
    durable: false,
  });
  process.once('SIGTERM', () => void servers.stop().then(() => clearInterval(alive)));
  const alive = setInterval(() => undefined, 60_000);
  process.stdout.write(`${JSON.stringify({ postgres: servers.postgres, temporal: servers.temporal })}\n`);
}

own().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
