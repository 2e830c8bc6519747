import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { Readable } from 'node:stream';
import { createLocalObjectStore } from '../../src/objects/local-object-store';
import type { ObjectPlace, ObjectStore } from '../../src/objects/object-store';
import { createS3ObjectStore, type S3Settings } from '../../src/objects/s3-object-store';
import { eventually } from './eventually';

/** A store that a child process can open. */
export type StoreAddress =
  | { readonly kind: 'local'; readonly folder: string }
  | { readonly kind: 's3'; readonly settings: S3Settings };

interface Order {
  readonly address: StoreAddress;
  readonly place: ObjectPlace;
}

/** Begins an upload in a process of its own and kills that when 20 MiB of it were sent and its traces can be seen. */
export async function killDuringUpload(
  address: StoreAddress,
  place: ObjectPlace,
  isSeen: () => Promise<boolean>,
): Promise<void> {
  const order: Order = { address, place };
  const child = fork(__filename, [JSON.stringify(order)], {
    execArgv: ['-r', path.join(__dirname, 'register-typescript.cjs')],
  });
  const ended = once(child, 'exit');
  await Promise.race([once(child, 'message'), ended]);
  await eventually(async () => {
    if (!(await isSeen())) throw new Error('Nothing is seen of the upload');
  });
  child.kill('SIGKILL');
  const [code, signal] = await ended;
  if (signal !== 'SIGKILL') throw new Error(`The uploading process ended by itself with ${String(code)}`);
}

function openStore(address: StoreAddress): ObjectStore {
  switch (address.kind) {
    case 'local':
      return createLocalObjectStore(address.folder);
    case 's3':
      return createS3ObjectStore(address.settings);
  }
}

/** Sends 20 MiB, says so once the store asks for more, and then nothing. */
function endless(): Readable {
  const piece = Buffer.alloc(1024 ** 2);
  let sent = 0;
  return new Readable({
    highWaterMark: piece.length,
    read() {
      sent += 1;
      if (sent <= 20) this.push(piece);
      else process.send?.('half');
    },
  });
}

if (require.main === module) {
  process.on('message', () => undefined); // the channel to the parent keeps the process alive until it is killed
  const { address, place } = JSON.parse(process.argv[2] ?? '{}') as Order; // written by `killDuringUpload`
  void openStore(address).put(place, endless(), { maxBytes: 1024 ** 3, inspect: () => undefined });
}
