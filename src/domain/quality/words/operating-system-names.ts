export type OperatingSystemFamily =
  | 'windows'
  | 'linux'
  | 'unix'
  | 'hypervisor'
  | 'mainframe'
  | 'appliance'
  | 'macos';

/** How an operating system is recognised in a text, and how the version after its name is written. */
export interface OperatingSystemName {
  readonly pattern: RegExp;
  /** Key of the lifecycle catalogue where it knows the product. */
  readonly product: string;
  readonly family: OperatingSystemFamily;
  readonly name: string;
  readonly version:
    | 'windows_server'
    | 'windows'
    | 'major_minor'
    | 'suse'
    | 'sun'
    | 'aix'
    | 'hpux'
    | 'vr'
    | 'plain';
}

type Row = readonly [
  pattern: RegExp,
  product: string,
  family: OperatingSystemFamily,
  name: string,
  version?: OperatingSystemName['version'],
];

/** Names that hold others come first (`Oracle Linux` before `Linux`, `Photon` before `VMware`). */
const rows: readonly Row[] = [
  [/photon/i, 'vmware-photon', 'linux', 'VMware Photon OS'],
  [/\besxi?\b|vmware esx|vmkernel/i, 'vmware-esxi', 'hypervisor', 'VMware ESXi', 'major_minor'],
  [/\bxcp-ng\b/i, 'xcp-ng', 'hypervisor', 'XCP-ng', 'major_minor'],
  [/xenserver|citrix hypervisor/i, 'xenserver', 'hypervisor', 'Citrix Hypervisor', 'major_minor'],
  [/proxmox/i, 'proxmox-ve', 'hypervisor', 'Proxmox VE'],
  [/nutanix|\bahv\b|\baos\b/i, 'nutanix-aos', 'hypervisor', 'Nutanix AOS', 'major_minor'],
  [/hyper-?v server/i, 'windows-server', 'windows', 'Hyper-V Server', 'windows_server'],
  [
    /\bwin(?:dows)?\s*(?:nt|server)\b|\bwin(?:dows)?[^\d]{0,24}(?:2000|2003|2008|2012|2016|2019|2022|2025)\b|\bw(?:in)?2k(?:3|8|12|16|19|22)?\b|\bserver (?:2003|2008|2012|2016|2019|2022|2025)\b/i,
    'windows-server',
    'windows',
    'Windows Server',
    'windows_server',
  ],
  [/\bwin(?:dows)?\b ?(?:11|10|8\.1|8|7|vista|xp)?|\bwindows/i, 'windows', 'windows', 'Windows', 'windows'],
  [
    /oracle (?:enterprise )?linux|\boel ?\d|\bol ?[5-9]\b|\boel\b|unbreakable enterprise/i,
    'oracle-linux',
    'linux',
    'Oracle Linux',
    'major_minor',
  ],
  [/red ?hat|\brhel|\brh-?el\b|\brhes\b/i, 'rhel', 'linux', 'Red Hat Enterprise Linux', 'major_minor'],
  [/centos\W*stream/i, 'centos-stream', 'linux', 'CentOS Stream'],
  [/\bcent ?os/i, 'centos', 'linux', 'CentOS', 'major_minor'],
  [/\brocky/i, 'rocky-linux', 'linux', 'Rocky Linux', 'major_minor'],
  [/\balma ?linux/i, 'almalinux', 'linux', 'AlmaLinux', 'major_minor'],
  [/scientific linux/i, 'scientific-linux', 'linux', 'Scientific Linux', 'major_minor'],
  [/amazon linux|\bamzn\b|\bami linux/i, 'amazon-linux', 'linux', 'Amazon Linux', 'major_minor'],
  [/open ?suse/i, 'opensuse', 'linux', 'openSUSE', 'major_minor'],
  [/\bsles\b|\bsles ?\d|\bsled\b|suse|novell linux/i, 'sles', 'linux', 'SUSE Linux Enterprise', 'suse'],
  [/ubuntu/i, 'ubuntu', 'linux', 'Ubuntu', 'major_minor'],
  [/debian/i, 'debian', 'linux', 'Debian'],
  [/fedora/i, 'fedora', 'linux', 'Fedora'],
  [/flatcar|coreos/i, 'flatcar', 'linux', 'CoreOS'],
  [
    /kali|linux mint|arch linux|gentoo|raspbian|alpine|turbolinux|asianux|mandriva/i,
    'linux',
    'linux',
    'Linux',
    'plain',
  ],
  [/\baix\b/i, 'ibm-aix', 'unix', 'IBM AIX', 'aix'],
  [/solaris|sunos/i, 'oracle-solaris', 'unix', 'Solaris', 'sun'],
  [/hp-?ux/i, 'hp-ux', 'unix', 'HP-UX', 'hpux'],
  [/tru64|digital unix|\bosf1\b/i, 'tru64', 'unix', 'Tru64 UNIX'],
  [/\birix\b/i, 'irix', 'unix', 'IRIX'],
  [/sco (?:unix|openserver)|openserver|unixware/i, 'sco', 'unix', 'SCO UNIX'],
  [/freebsd/i, 'freebsd', 'unix', 'FreeBSD', 'major_minor'],
  [/(?:open|net)bsd/i, 'bsd', 'unix', 'BSD', 'major_minor'],
  [/openvms|\bvms\b/i, 'openvms', 'mainframe', 'OpenVMS'],
  [/z ?\/ ?os\b|\bzos\b|\bmvs\b|\bos ?\/ ?390\b/i, 'z-os', 'mainframe', 'z/OS', 'vr'],
  [/z ?\/ ?vm\b|\bzvm\b/i, 'z-vm', 'mainframe', 'z/VM', 'vr'],
  [/z ?\/ ?vse\b|\bvse\b/i, 'z-vse', 'mainframe', 'z/VSE', 'vr'],
  [/z ?\/ ?tpf\b/i, 'z-tpf', 'mainframe', 'z/TPF', 'vr'],
  [
    /\bibm ?i\b|\bi5 ?\/ ?os\b|\bos ?\/ ?400\b|\bas ?\/ ?400\b|\biseries\b/i,
    'ibm-i',
    'mainframe',
    'IBM i',
    'vr',
  ],
  [/\bbs2000\b|\bgcos\b|nonstop|guardian|\bmcp\b|os ?2200/i, 'mainframe', 'mainframe', 'Mainframe', 'plain'],
  [/netware/i, 'netware', 'appliance', 'NetWare', 'major_minor'],
  [/mac ?os|os x\b/i, 'macos', 'macos', 'macOS', 'major_minor'],
  [
    /ios[ -]?xe|ios[ -]?xr|cisco ios|\bnx-?os\b|\basa\b|junos|pan-?os|forti(?:os|gate)|arubaos|\beos\b|comware|routeros|gaia\b|big-?ip|tmos|netscaler/i,
    'network-os',
    'appliance',
    'Network operating system',
    'plain',
  ],
  [
    /ontap|data domain|\bdd ?os\b|purity|onefs|isilon|powerstore|3par/i,
    'storage-os',
    'appliance',
    'Storage operating system',
    'plain',
  ],
  [/linux/i, 'linux', 'linux', 'Linux', 'plain'],
  [/\bunix\b/i, 'unix', 'unix', 'UNIX', 'plain'],
];

export const operatingSystemNames: readonly OperatingSystemName[] = rows.map(
  ([pattern, product, family, name, version]) => ({
    pattern,
    product,
    family,
    name,
    version: version ?? 'major_minor',
  }),
);

/** Release names that stand for a version. */
export const releaseNames: readonly (readonly [RegExp, string, string])[] = [
  [/\bnoble\b/i, 'ubuntu', '24.04'],
  [/\bjammy\b/i, 'ubuntu', '22.04'],
  [/\bfocal\b/i, 'ubuntu', '20.04'],
  [/\bbionic\b/i, 'ubuntu', '18.04'],
  [/\bxenial\b/i, 'ubuntu', '16.04'],
  [/\btrusty\b/i, 'ubuntu', '14.04'],
  [/\btrixie\b/i, 'debian', '13'],
  [/\bbookworm\b/i, 'debian', '12'],
  [/\bbullseye\b/i, 'debian', '11'],
  [/\bbuster\b/i, 'debian', '10'],
  [/\bstretch\b/i, 'debian', '9'],
  [/\bjessie\b/i, 'debian', '8'],
  [/\bwheezy\b/i, 'debian', '7'],
];
