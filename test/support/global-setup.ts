import { needsServers } from './selected-projects';
import { keepStop } from './running-servers';
import { startTestServers } from './test-servers';

async function globalSetup(): Promise<void> {
  if (needsServers(process.argv.slice(2))) keepStop(await startTestServers());
}

export = globalSetup;
