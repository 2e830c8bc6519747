/**
 * Support dates of operating systems, databases and runtimes.
 *
 * The dates are facts published by the vendors, collected by the endoflife.date project
 * (https://endoflife.date, MIT licence, copyright the endoflife.date contributors) or read from the vendor's own
 * page where that project has no entry. Every product names its source.
 */
import { contentPlatforms } from './content-platforms';
import { databasesCommercial } from './databases-commercial';
import { databasesOpen } from './databases-open';
import { databasesSearchAndCache } from './databases-search-and-cache';
import { frameworks } from './frameworks';
import { java } from './java';
import { languages } from './languages';
import { messaging } from './messaging';
import { middleware } from './middleware';
import { redHatFamily } from './red-hat-family';
import { suseAndDebianFamily } from './suse-and-debian-family';
import { teamTools } from './team-tools';
import { unixAndMainframe } from './unix-and-mainframe';
import { virtualization } from './virtualization';
import { windows } from './windows';
import type { LifecycleCatalogue } from './types';

export type { LifecycleCatalogue, ProductLifecycle, VersionLifecycle } from './types';

export const lifecycleCatalogue: LifecycleCatalogue = {
  catalogueVersion: '2026.08.1',
  asOf: '2026-08-22',
  products: [
    ...windows,
    ...redHatFamily,
    ...suseAndDebianFamily,
    ...unixAndMainframe,
    ...virtualization,
    ...databasesCommercial,
    ...databasesOpen,
    ...databasesSearchAndCache,
    ...java,
    ...languages,
    ...frameworks,
    ...contentPlatforms,
    ...middleware,
    ...messaging,
    ...teamTools,
  ],
};
