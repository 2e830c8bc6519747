import { type TenantTrx, tenantOf } from '../connection/tenant';

const uuidPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A UUID as it stands in the text of a COPY, which takes no bindings. Throws for anything else. */
export function uuidLiteral(id: string): string {
  if (!uuidPattern.test(id)) throw new TypeError('Not a UUID');
  return `'${id}'`;
}

/** A list of UUIDs as it stands in the text of a COPY. Throws for anything else. */
export function uuidListLiteral(ids: readonly string[]): string {
  for (const id of ids) if (!uuidPattern.test(id)) throw new TypeError('Not a UUID');
  return `'{${ids.join(',')}}'::uuid[]`;
}

/** A whole number as it stands in the text of a COPY. Throws for anything else. */
export function integerLiteral(value: number): string {
  if (!Number.isSafeInteger(value)) throw new TypeError('Not a whole number');
  return String(value);
}

/** The condition that leads every key, for the text of a COPY; `alias` names the table. */
export function tenantCondition(trx: TenantTrx, alias = ''): string {
  const { clientAccountId, engagementId } = tenantOf(trx);
  const prefix = alias === '' ? '' : `${alias}.`;
  return `${prefix}client_account_id = ${uuidLiteral(clientAccountId)} and ${prefix}engagement_id = ${uuidLiteral(engagementId)}`;
}
