import type { AttributeValues } from '../../src/domain/attributes/types';
import type { Tenant } from '../../src/domain/flow/messages';
import { addTenant, createTestDatabase, type TestDatabase } from './database';
import { estateActivities, type EstateTestActivities } from './estate';

/** What the tests of one file share; the tenant is a new one for each test. */
export interface UsedEstate {
  readonly database: TestDatabase;
  readonly activities: EstateTestActivities;
  readonly tenant: Tenant;
  /** Goes on as another tenant. */
  changeTenant(): Promise<void>;
}

/** A database of the file's own with the activities of the estate, from before its first test to after its last. */
export function useEstate(batchRows?: number): UsedEstate {
  let database: TestDatabase;
  let activities: EstateTestActivities;
  let tenant: Tenant;

  beforeAll(async () => {
    database = await createTestDatabase();
    activities = estateActivities(database, batchRows);
  });

  const changeTenant = async (): Promise<void> => {
    tenant = await addTenant(database);
  };

  beforeEach(changeTenant);

  afterAll(async () => {
    await database.drop();
  });

  return {
    get database() {
      return database;
    },
    get activities() {
      return activities;
    },
    get tenant() {
      return tenant;
    },
    changeTenant,
  };
}

/** The record of a server that runs Windows, with the given name. */
export function aMachine(name: string, more: AttributeValues = {}): AttributeValues {
  return { name, hostname: name, operating_system: 'Windows Server 2016', ...more };
}
