/** An inventory as CSV: servers of several applications, with what they depend on; the same for the same number. */
export function estateFile(servers: number): string {
  const header = [
    'Name',
    'Hostname',
    'IP Address',
    'Operating System',
    'CPU Count',
    'RAM (GB)',
    'Environment',
    'Application',
    'Depends On',
  ];
  const rows = Array.from({ length: servers }, (_, index) => serverRow(index));
  return `${[header, ...rows].map((cells) => cells.join(',')).join('\n')}\n`;
}

const systems = [
  'Red Hat Enterprise Linux 7.9',
  'Windows Server 2012 R2',
  'Ubuntu 22.04',
  'Windows Server 2019',
] as const;
const environments = ['Production', 'Test', 'Development'] as const;
const serversOfApplication = 5;

function serverRow(index: number): string[] {
  const name = (number: number): string => `srv-${String(number).padStart(6, '0')}`;
  const application = Math.floor(index / serversOfApplication);
  const isFirst = index % serversOfApplication === 0;
  return [
    name(index),
    `${name(index)}.corp.example`,
    `10.${Math.floor(index / 65_536) % 256}.${Math.floor(index / 256) % 256}.${index % 256}`,
    systems[index % systems.length] ?? '',
    String(2 ** (index % 5)),
    String(4 * (1 + (index % 16))),
    environments[application % environments.length] ?? '',
    `Application ${application}`,
    isFirst ? '' : name(index - 1),
  ];
}
