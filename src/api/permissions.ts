import type { Role } from '../domain/lists';

export const permissions = [
  'discovery.read',
  'discovery.import',
  'discovery.map',
  'discovery.resolve',
  'discovery.execute',
  'discovery.delete',
  'monitoring.view',
  'accounts.manage',
  'platform.manage',
] as const;
export type Permission = (typeof permissions)[number];

const viewer: readonly Permission[] = ['discovery.read', 'monitoring.view'];
const analyst: readonly Permission[] = [...viewer, 'discovery.import', 'discovery.map', 'discovery.resolve'];
const engagementManager: readonly Permission[] = [...analyst, 'discovery.execute', 'discovery.delete'];
const clientAdmin: readonly Permission[] = [...engagementManager, 'accounts.manage'];

/** The one permission table: what each role may do within its membership. */
export const rolePermissions: Readonly<Record<Role, readonly Permission[]>> = {
  viewer,
  analyst,
  engagement_manager: engagementManager,
  client_admin: clientAdmin,
  platform_admin: permissions,
};

export function hasPermission(role: Role, permission: Permission): boolean {
  return rolePermissions[role].includes(permission);
}
