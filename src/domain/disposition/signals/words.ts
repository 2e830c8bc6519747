/** Patterns that reduce what records say to the values of signals; first hit wins. */
export type WordTable<Value extends string> = readonly (readonly [Value, RegExp])[];

/** The first value whose pattern is found in the text; null when none is. */
export function valueInWords<Value extends string>(table: WordTable<Value>, text: string): Value | null {
  if (text === '') return null;
  for (const [value, pattern] of table) if (pattern.test(text)) return value;
  return null;
}

export const statusWords: WordTable<'active' | 'inactive' | 'in_stock' | 'retired'> = [
  [
    'retired',
    /\b(?:retired|decommission\w*|decom|disposed|scrapped|end of life|obsolete|archived|removed|deleted)\b/i,
  ],
  ['in_stock', /\b(?:in[_ ]stock|spare|in storage|warehouse)\b/i],
  [
    'inactive',
    /\b(?:inactive|disabled|unused|not in use|out of service|shut ?down|stopped|offline|non[- ]operational)\b/i,
  ],
  [
    'active',
    /\b(?:active|in use|in service|installed|operational|live|production|running|online|maintenance)\b/i,
  ],
];

export const stageWords: WordTable<'invest' | 'migrate' | 'keep' | 'replace' | 'retire'> = [
  [
    'retire',
    /\b(?:retir\w*|sunset\w*|eliminate|phas\w*[- ]out|end[- ]of[- ]life|eol|decommission\w*|decline|divest|remove|disposal)\b/i,
  ],
  ['replace', /\b(?:replac\w*|substitut\w*|supersed\w*)\b/i],
  ['invest', /\b(?:invest|grow\w*|strategic|evolv\w*|enhance|innovat\w*|core)\b/i],
  ['migrate', /\b(?:migrate|move|consolidate)\b/i],
  ['keep', /\b(?:tolerate|retain|keep|hold|contain|sustain)\b/i],
];

export const unusedWords =
  /(?:^|[^a-z])(?:decom(?:mission(?:ed|ing)?)?|to be (?:deleted|removed|decommissioned|retired)|do[ _-]?not[ _-]?use|(?:no longer|not) (?:used|in use|needed)|unused|obsolete|orphan(?:ed)?|zombie|scheduled for (?:removal|retirement))(?:$|[^a-z])/i;

/** Descriptions speak of other things too; only what they say outright of the asset counts. */
export const unusedStatement =
  /^\W*(?:decom\w*|unused|obsolete|orphan(?:ed)?|do not use)\b|\b(?:to be (?:deleted|removed|decommissioned|retired)|scheduled for (?:removal|retirement|decommissioning)|no longer (?:used|in use|needed)|not in use)\b/i;

export const originWords: WordTable<'custom' | 'package' | 'saas'> = [
  ['saas', /\b(?:saas|software[- ]as[- ]a[- ]service|cloud service)\b/i],
  [
    'package',
    /\b(?:cots|custom_cots|commercial|off[- ]the[- ]shelf|packaged?|vendor|third[- ]party|3rd[- ]party|isv|bought|purchased|licensed|standard software|standardsoftware|erp)\b/i,
  ],
  [
    'custom',
    /\b(?:custom\w*|bespoke|in[- ]?house|home[- ]?grown|proprietary|internally (?:built|developed)|self[- ]developed|own development|eigenentwicklung|individual\w*|developed|d[ée]veloppement interne|desarrollo propio)\b/i,
  ],
];

export const ownVendorWords =
  /^(?:internal|in[- ]?house|self|own|custom|none|n\/a|company|eigenentwicklung)\b/i;

/** Functions for which a service is sold by several vendors, by product or purpose. */
export const commodityWords =
  /\b(?:exchange|e-?mail|mail server|sharepoint|file ?shar(?:e|ing)|intranet|wiki|confluence|jira|crm|customer relationship|siebel|hr ?(?:ms|is|system)|human resources|payroll|talent|recruit\w*|expense|travel booking|help ?desk|service ?desk|itsm|ticketing|remedy|web ?conferenc\w*|video ?conferenc\w*|chat|collaboration|time ?sheets?|time tracking|learning management|lms|survey|document management|dms|e-?signature|survey|procurement|web ?shop|newsletter|cms|content management|backup|antivirus|monitoring|log management|code repository|gitlab|source control)\b/i;

export const architectureWords: WordTable<
  'monolith' | 'client_server' | 'tiered' | 'services' | 'containers'
> = [
  ['containers', /\b(?:container\w*|docker|kubernetes|k8s|openshift|helm)\b/i],
  ['services', /\b(?:micro-?services?|soa|service[- ]oriented|serverless|event[- ]driven|api[- ]first)\b/i],
  [
    'client_server',
    /\b(?:client[-/ ]server|fat[- ]client|thick[- ]client|rich[- ]client|2[- ]tier|two[- ]tier|desktop)\b/i,
  ],
  ['monolith', /\b(?:monolith\w*|single[- ]tier|1[- ]tier|all[- ]in[- ]one|big ball)\b/i],
  [
    'tiered',
    /\b(?:n[- ]tier|multi[- ]tier|3[- ]tier|three[- ]tier|tiered|layered|mvc|web application|web[- ]based)\b/i,
  ],
];

export const platformWords: WordTable<'vmware' | 'other_virtual' | 'physical' | 'cloud'> = [
  [
    'cloud',
    /\b(?:aws|amazon|ec2|azure(?! stack)|gcp|google cloud|oci|oracle cloud|ibm cloud|alibaba|public cloud|iaas|paas)\b/i,
  ],
  ['vmware', /\b(?:vmware|vsphere|esxi?|vcenter|vcf)\b/i],
  [
    'other_virtual',
    /\b(?:hyper-?v|kvm|xen\w*|ahv|nutanix|proxmox|ovirt|rhev|rhv|openstack|virtualbox|qemu|ldom|lpar|powervm|oracle vm|ovm|virtual\w*|vm)\b/i,
  ],
  ['physical', /\b(?:physical|bare[- ]?metal|none|dedicated|blade|rack ?mount\w*|appliance)\b/i],
];

/** What makers, models and systems of virtual machines are called. */
export const hardwareWords: WordTable<'vmware' | 'other_virtual'> = [
  ['vmware', /\bvmware\b|\besxi?\b/i],
  ['other_virtual', /virtual|kvm|\bvm\b/i],
];

export const hostingWords: WordTable<'cloud' | 'saas'> = [
  ['saas', /\b(?:saas|software[- ]as[- ]a[- ]service)\b/i],
  ['cloud', /\b(?:public cloud|cloud|aws|azure|gcp|iaas|paas)\b/i],
];
/** Hosting words that contain "cloud" and still mean the own data centre. */
export const ownHostingWords = /\b(?:private cloud|on[- ]?prem\w*|colo\w*|own data ?cent|hybrid)\b/i;

export const systemWords: WordTable<'mainframe' | 'midrange' | 'unix' | 'appliance' | 'commodity'> = [
  [
    'mainframe',
    /\b(?:mainframe|z[/ ]?os|z[/ ]?vm|z[/ ]?vse|os\/390|mvs|z ?series|system z|bs2000|vms|openvms|nonstop|tandem|unisys|mcp|os ?2200|gcos)\b/i,
  ],
  ['midrange', /\b(?:as\/?400|i ?series|ibm i|os\/?400|i5\/?os)\b/i],
  ['unix', /\b(?:aix|solaris|sunos|hp-?ux|tru64|irix|sco|unixware|sparc|pa-?risc|itanium|power[6-9])\b/i],
  [
    'appliance',
    /\b(?:appliance|data ?ontap|ontap|pan-?os|fortios|junos|nx-?os|ios[- ]x[er]|big-?ip|tmos|gaia|exadata|netezza|datapower|isilon|onefs|data domain|firmware)\b/i,
  ],
  [
    'commodity',
    /\b(?:windows|win ?(?:server|20\d\d|nt|xp|7|8|10|11)|linux|red ?hat|rhel|centos|ubuntu|debian|suse|sles|fedora|rocky|alma\w*|oracle linux|oel|photon|amazon linux|el[5-9]|freebsd|netware)\b/i,
  ],
];

export const managedEngineWords =
  /\b(?:sql ?server|mssql\w*|oracle\w*|postgres\w*|mysql|mariadb|db2|mongo\w*|redis|cassandra|elastic\w*|opensearch|memcached|neo4j|cosmos|aurora|couchbase)\b/i;

export const boundRegulationWords =
  /\b(?:itar|top[- ]secret|secret|(?<!not |un)classified|export[- ]controlled|sovereign\w*|data residency|residency|must (?:stay|remain)|on[- ]?prem(?:ises)? (?:only|required)|no[- ]cloud|cloud (?:prohibited|forbidden|not allowed)|air[- ]?gapped|national security|vs-nfd)\b/i;
export const regulatedWords =
  /\b(?:pci\w*|hipaa|sox|gdpr|dsgvo|gxp|fda|basel|mifid|glba|fedramp|nist|iso ?27\d+|dora|nis ?2|bafin|finma|restricted|confidential|phi|pii|highly sensitive)\b/i;
export const noRegulationWords = /^(?:none|no|n\/a|public|internal|not applicable|-)$/i;

export const latencyWords =
  /\b(?:scada|plc|dcs|mes|ics|hmi|historian|shop[- ]?floor|plant(?: floor)?|factory|production line|manufacturing (?:execution|line|cell)|ot|low[- ]latency|latency[- ]sensitive|ultra[- ]low|real[- ]?time control|trading floor|high[- ]frequency|medical device|modality|pacs|point of sale|pos terminal|store server|branch server|door access|badge reader|building management|cctv|telephony|pbx)\b/i;

/** Descriptions mention plants and tills in passing; only an outright statement counts there. */
export const statedLatencyWords =
  /\b(?:low[- ]latency|latency[- ]sensitive|ultra[- ]low|real[- ]?time control|scada|plc|must (?:stay|be) (?:close|near|next) to)\b/i;

export const vmwareCloudWords =
  /\b(?:vmc(?: on aws)?|vmware cloud|vmware engine|gcve|azure vmware|avs|evs|ocvs|hcx|cloudsimple|relocate)\b/i;

export const notReadyWords =
  /\b(?:not[ _-]?ready|no|unready|unsuitable|blocked|not suitable|not recommended|false|red)\b/i;
export const nothingFoundWords = /^no (?:issues?|blockers?|problems?|warnings?)\b/i;
export const readyWords = /\b(?:ready|yes|suitable|true|green|high|good)\b/i;
