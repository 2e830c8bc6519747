import { stopServers } from './running-servers';

export = stopServers;
