import type { DictionaryLine } from './meaning';

/** Beginnings or words of operating systems that say more than "a server"; folded, matched as whole words, first line wins. */
export const operatingSystems: readonly DictionaryLine[] = [
  [
    'server/hypervisor',
    'esxi|esx|vmware esx server|vmkernel|vmware infrastructure|hyper v server|proxmox|proxmox ve|xenserver|citrix hypervisor|citrix xenserver|xcp ng|ahv|nutanix ahv|acropolis|rhev hypervisor|ovirt node|oracle vm server|powervm|photon esx',
  ],
  ['server/mainframe', 'z os|zos|z vm|zvm|z vse|zvse|os 390|os390|mvs|bs2000|gcos|vse esa|tpf'],
  ['server/midrange', 'ibm i|os 400|os400|i5 os|i5os|iseries|openvms|nonstop|as400'],
  [
    'network/firewall',
    'fortios|pan os|panos|gaia|cisco asa|asa software|adaptive security appliance|firepower|ftd|screenos|sonicos|pfsense|opnsense|sophos xg|sophos sfos|watchguard fireware|fireware|checkpoint|check point|secureplatform|stonegate|ipso',
  ],
  [
    'load_balancer',
    'tmos|big ip|bigip|netscaler|citrix adc|a10 acos|acos|alteon os|f5|avi vantage|kemp|loadmaster',
  ],
  [
    'network/switch',
    'nx os|nxos|arista eos|eos arista|aruba os cx|arubaos cx|procurve|comware|ftos|dell networking os|os10|cumulus|cumulus linux|exos|extremexos|extreme networks|catos|catalyst os|brocade fastiron|ironware|dnos|enos|cnos|sonic network',
  ],
  [
    'network/router',
    'ios xr|iosxr|junos|juniper junos|routeros|mikrotik|vyos|timos|sros|nokia sr os|edgeos|vrp|huawei vrp',
  ],
  ['network', 'cisco ios|ios xe|iosxe|ios software|network os|nos network'],
  ['network/wireless', 'aireos|arubaos|ruckus|wlc software|meraki|unifi'],
  ['storage/san_switch', 'fabric os|fos brocade|san os|mds san os'],
  [
    'storage',
    'ontap|data ontap|netapp|onefs|isilon onefs|purity|purity os|unityvsa|vnx|enginuity|powermax os|hypermax|data domain os|dd os|ddos|synology|dsm|qnap|qts|freenas|truenas|nexenta|3par|inform os|nimble os|spectrum virtualize|storwize|eos storage|quantum|storeonce',
  ],
  ['facility/power', 'apc aos|network management card'],
  [
    'end_user_device',
    'windows xp|windows vista|windows 7|windows 8|windows 8 1|windows 10|windows 11|windows 98|windows 95|windows me|win xp|win 7|win 8|win 10|win 11|win7|win8|win10|win11|win xp pro|windows 7 professional|macos|mac os x|mac os|os x|osx|apple ios|iphone os|ipados|ios iphone|android|chrome os|chromeos|windows phone|windows ce|windows embedded|windows iot|windows rt|tizen|thinos|igel os|windows 2000 professional|microsoft windows client',
  ],
];

/** Families whose presence means a server unless something better is known. Whole words. */
export const serverFamilies: ReadonlySet<string> = new Set(
  (
    'windows|win2k|win2003|win2008|win2012|win2016|win2019|win2022|w2k3|w2k8|w2k12|w2k16|w2k19|w2k22|linux|redhat|rhel|centos|ubuntu|debian|suse|sles|sled|oracle|oel|ol|rocky|' +
    'alma|almalinux|fedora|amazon|amzn|photon|solaris|sunos|aix|hpux|hp|unix|ux|bsd|freebsd|openbsd|netbsd|tru64|irix|sco|netware|coreos|flatcar|gentoo|opensuse|clearlinux|scientific|xenix|unixware|alpine|openeuler|kylin|astra|nt'
  ).split('|'),
);

/** Makers and models; folded, matched as whole words, first line wins. */
export const models: readonly DictionaryLine[] = [
  [
    'server/virtual_machine',
    'vmware virtual platform|vmware virtual machine|vmware7 1|vmware20 1|vmware|virtual machine|virtual platform|kvm|hvm domu|xen hvm|openstack nova|openstack compute|google compute engine|virtualbox|standard pc|qemu|bochs|ahv|nutanix ahv|rhev hypervisor|ovirt node vm|amazon ec2|alibaba cloud ecs|bhyve|parallels|powervm lpar|cloudstack|droplet|ec2',
  ],
  ['server/mainframe', 'ibm z14|ibm z15|ibm z16|zseries|system z|z196|zec12'],
  [
    'server/midrange',
    'as400|iseries|power 740|power 750|power 770|power s814|power s824|power s914|power s922|power e850|power e870|power e880|9117|8286|9009|8203|pseries|system p',
  ],
  [
    'server/physical',
    'proliant|poweredge|thinksystem|system x|primergy|ucs b200|ucs c220|ucs c240|ucsb|ucsc|bladecenter|superserver|sun fire|sparc|sparc t4|sparc m7|x3650|x3550|apollo|synergy 480|synergy|integrity|superdome|flex system|fusionserver|xfusion|prolinea|bl460c|dl360|dl380|dl580|m630|r630|r640|r720|r730|r740|r750|primequest|altix|nx 3060|nxnode|hx series|bullion|express5800|rx300|rx2540|tx300',
  ],
  [
    'network/firewall',
    'fortigate|pa 220|pa 820|pa 850|pa 3020|pa 3220|pa 5220|pa 5050|asa5505|asa5506|asa5510|asa5512|asa5515|asa5525|asa5545|asa 5505|asa 5515|asa 5525|asa 5585|firepower|srx100|srx240|srx300|srx340|srx1500|srx|sonicwall|sophos xg|watchguard|firebox|check point|quantum security gateway|barracuda ng|cloudgen',
  ],
  ['load_balancer', 'big ip|bigip|netscaler|citrix adc|mpx|sdx|thunder adc|alteon|loadmaster|kemp'],
  [
    'storage/san_switch',
    'mds 9148|mds 9250|mds 9710|mds|brocade 300|brocade 6505|brocade g620|brocade 6510|ds 6610b',
  ],
  [
    'network/switch',
    'catalyst|nexus|ws c2960|ws c3750|ws c3850|c9300|c9200|c9500|ex2200|ex3300|ex3400|ex4200|ex4300|qfx5100|qfx|dcs 7050|dcs 7280|procurve|powerconnect|comware|aruba 2930f|aruba 2540|sg300|sg350|s5700|icx|summit x440|summit|powerswitch|networking n1500|officeconnect',
  ],
  [
    'network/router',
    'isr4331|isr4321|isr4451|isr 4331|isr|asr 1001|asr1001|asr|mx80|mx104|mx240|mx480|c1111|cisco 2901|cisco 2911|cisco 1941|cisco 881|ccr1036|edgerouter|routerboard|netengine',
  ],
  [
    'network/wireless',
    'aironet|unifi u6|unifi u7|u6 pro|u6 lite|u6 lr|u7 pro|u7 lite|u7 mesh|u7pg2|uap6mp|uap ac|ac pro|air ap|air cap|aruba ap|meraki mr|unifi ap|uap|ruckus r510|wlc 2504|wlc 5520|c9800',
  ],
  [
    'storage',
    'netapp|fas2552|fas2650|fas2750|fas8200|aff a200|aff a220|aff a300|fas|aff|vnx|vnx5200|unity|unity 300|unity 400|vmax|powermax|powerstore|isilon|xtremio|data domain|dd2500|dd6300|compellent|equallogic|sc4020|msa 2040|msa 2050|3par|storeserv|nimble|storeonce|primera|alletra|flasharray|flashblade|pure storage|storwize|flashsystem|ds3500|ds8000|xiv|ts3200|ts3500|storagetek|synology|diskstation|rackstation|qnap|tape library|msl2024|msl4048|eternus|oceanstor|hnas|vsp g200|vsp|hcp',
  ],
  [
    'end_user_device/laptop',
    'notebook|notebook pc|laptop|chromebook|latitude|thinkpad|elitebook|probook|macbook|macbookpro|macbook pro|macbook air|xps 13|xps 15|zbook|lifebook|surface|surface pro|surface laptop|travelmate|toughbook|inspiron|vostro|ideapad|spectre|envy|portege|tecra|satellite',
  ],
  [
    'end_user_device/workstation',
    'compaq 8300|compaq 6300|compaq 6000|compaq 8200|elite sff|desktop mini|all in one pc|nuc|optiplex|thinkcentre|elitedesk|prodesk|imac|mac mini|mac pro|thinkstation|precision|precision tower|esprimo|compaq elite|compaq pro|veriton|z240|z440|eliteone|all in one',
  ],
  [
    'end_user_device/printer',
    'laserjet|officejet|deskjet|designjet|workcentre|versalink|imagerunner|bizhub|taskalfa|ecosys|phaser|colorqube|lexmark|brother mfc|brother hl|stylus|pagewide|aficio|zebra',
  ],
  [
    'end_user_device/peripheral',
    'ultrasharp|ultrawide|thinkvision|prodisplay|elitedisplay|flexscan|viewsonic|benq|odyssey|predator monitor|monitor|syncmaster',
  ],
  [
    'end_user_device',
    'rugged tablet|tablet|iphone|ipad|galaxy|pixel|wyse|ip phone 7841|cp 7841|cp 8841|thin client t620|t630',
  ],
  [
    'facility/power',
    'smart ups|smart ups rt|symmetra|ap7920|ap8941|ap8853|eaton 5px|eaton 9px|rack pdu|switched rack pdu|metered rack pdu|liebert|galaxy ups',
  ],
  [
    'facility',
    'netshelter|patch panel|rack enclosure|bladesystem c7000|c7000|ucs 5108|m1000e|poweredge m1000e|synergy 12000',
  ],
];

/** Makers that build mostly one kind of equipment; folded whole words. */
export const makers: readonly DictionaryLine[] = [
  [
    'server/virtual_machine',
    'vmware inc|vmware|qemu|xen|innotek gmbh|nutanix ahv|amazon ec2|google|red hat kvm|openstack foundation|parallels|bochs|digitalocean|alibaba cloud',
  ],
  [
    'network/firewall',
    'fortinet|palo alto networks|palo alto|check point|checkpoint|sonicwall|watchguard|sophos|stormshield|barracuda',
  ],
  [
    'network',
    'cisco|cisco systems|juniper|juniper networks|arista|arista networks|aruba|aruba networks|extreme networks|mikrotik|ubiquiti|ruckus|meraki|tp link|netgear|d link|zyxel|alcatel lucent enterprise|allied telesis|avaya|riverbed|infoblox|silver peak',
  ],
  ['load_balancer', 'f5|f5 networks|f5 inc|a10 networks|radware|kemp|kemp technologies'],
  [
    'storage',
    'netapp|emc|emc corporation|dell emc storage|pure storage|hitachi data systems|hitachi vantara|nimble storage|synology|qnap|quantum|brocade|storagetek|infinidat|nexsan|overland|spectra logic|isilon|data domain',
  ],
  [
    'facility/power',
    'apc|american power conversion|eaton|liebert|vertiv|raritan|servertech|server technology|geist|riello|socomec',
  ],
  ['facility', 'rittal|panduit|schroff|knurr|knuerr|legrand|netbotz'],
  [
    'end_user_device/printer',
    'lexmark|xerox|canon|brother|epson|kyocera|ricoh|konica minolta|zebra technologies|zebra|oki',
  ],
  [
    'end_user_device',
    'apple|apple inc|samsung|wyse|igel|lg electronics|eizo|logitech|polycom|yealink|jabra|plantronics',
  ],
];
