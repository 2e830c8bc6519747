import type { AssetType } from '../lists';

/** A member of a group as its name and its reason tell it. */
export interface NamedMember {
  readonly name: string;
  readonly assetType: AssetType;
}

const mostNames = 2;

function byName(one: NamedMember, two: NamedMember): number {
  if (one.name === two.name) return 0;
  return one.name < two.name ? -1 : 1;
}

function listed(assets: readonly NamedMember[]): string {
  const names = assets.toSorted(byName).map((asset) => asset.name);
  if (names.length <= mostNames + 1) return names.join(' + ');
  return `${names.slice(0, mostNames).join(' + ')} + ${String(names.length - mostNames)} more`;
}

/** The name of a group: its applications, else its machines. */
export function groupName(members: readonly NamedMember[]): string {
  const [only, ...others] = members;
  if (only !== undefined && others.length === 0) return only.name;
  const applications = members.filter((member) => member.assetType === 'application');
  return listed(applications.length > 0 ? applications : members);
}

function plural(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Why the members of a group that hard edges made belong together, in words. */
export function compositionReason(members: readonly NamedMember[]): string {
  const [only] = members;
  if (only !== undefined && members.length === 1) {
    return only.assetType === 'application'
      ? 'application without known servers'
      : 'nothing must move with it';
  }
  const count = (type: AssetType) => members.filter((one) => one.assetType === type).length;
  const applications = count('application');
  const rest = members.length - applications - count('server') - count('database');
  const parts = [
    [applications, 'application'],
    [count('server'), 'server'],
    [count('database'), 'database'],
    [rest, 'other asset'],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([number, noun]) => plural(number, noun));
  return `${said.join(', ')} that run on or contain each other`;
}
