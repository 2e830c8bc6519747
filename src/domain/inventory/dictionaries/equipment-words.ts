import type { DictionaryLine } from './meaning';

/** Words for clusters, network, storage, security, clients, passive equipment and others, folded. */
export const equipmentWords: readonly DictionaryLine[] = [
  [
    'cluster',
    'cluster|clusters|server cluster|grappe|grappe de serveurs|serververbund|failover cluster|windows cluster|ha cluster|cluster resource|cluster node group|cluster de servidores|farm|server farm|server pool|windows failover cluster',
  ],
  [
    'cluster/virtualization_cluster',
    'vmware cluster|esx cluster|esxi cluster|vcenter cluster|hyper v cluster|compute cluster|vsphere cluster|nutanix cluster|virtualization cluster|resource pool|esx resource pool|cluster compute resource|drs cluster',
  ],
  [
    'cluster/kubernetes',
    'kubernetes cluster|k8s cluster|k8s|kubernetes|openshift|openshift cluster|eks cluster|aks cluster|gke cluster|container cluster|docker swarm|swarm cluster|rancher cluster',
  ],
  [
    'network',
    'network|networking|network device|network devices|network equipment|network gear|network hardware|netgear|ip device|netzwerk|netzwerkgerat|netzwerkgeraet|' +
      'netzwerkkomponente|reseau|equipement reseau|materiel reseau|peripherique reseau|red|equipo de red|dispositivo de red|rede|equipamento de rede|' +
      'dispositivo de rede|network appliance|network infrastructure|network node|modem|media converter|hub|repeater|san switch fabric|wan optimizer|wan accelerator|equipements reseau|telecom equipment|' +
      'cisco ios|cisco xe|cisco ios xe|cisco xr|cisco nxos|cisco s300|arista eos|juniper junos|juniper|hp procurve|hp comware|huawei vrp|aruba os|mikrotik routeros|extreme exos|dell os10|' +
      'sd wan|sdwan|voip gateway|voice gateway|pbx|ip pbx|session border controller|telefonanlage',
  ],
  [
    'network/switch',
    'switch|switches|ip switch|network switch|ethernet switch|core switch|access switch|distribution switch|leaf|spine|leaf switch|spine switch|tor switch|top of rack switch|l2 switch|l3 switch|layer 3 switch|stack switch|switch stack|netzwerk switch|commutateur|commutateur reseau|conmutador|comutador|access switches|core switches|management switch|aggregation switch|distribution|access',
  ],
  [
    'network/router',
    'router|routers|ip router|edge router|core router|wan router|routeur|enrutador|roteador|border router|customer edge|provider edge',
  ],
  [
    'network/firewall',
    'firewall|firewalls|ip firewall|fw|ngfw|next generation firewall|firewall appliance|firewall device|firewall hardware|pare feu|parefeu|cortafuegos|palo alto firewall|cisco asa|fortigate|checkpoint firewall|utm|security gateway|web application firewall|waf|virtual firewall|firewall cluster',
  ],
  [
    'network/wireless',
    'access point|wireless access point|wifi access point|wlan access point|wap|wireless|wifi|wlan|wireless controller|wireless lan controller|wlan controller|wlc|point d acces|punto de acceso|ponto de acesso|ap',
  ],
  ['network/vpn', 'vpn|vpn gateway|vpn concentrator|vpn appliance|ssl vpn'],
  [
    'network/virtual_network',
    'virtual network|vnet|vpc|vlan|subnet|subnets|network segment|ip network|cloud network|dvs|distributed virtual switch|virtual switch|port group|security zone|network interface|nic|network adapter|elastic ip|public ip address|nat gateway|internet gateway|transit gateway',
  ],
  ['network/dns', 'dns|dns zone|dns appliance|ddi|ipam|infoblox|dhcp'],
  [
    'load_balancer',
    'load balancer|load balancers|loadbalancer|loadbalancers|lb|slb|lastverteiler|repartiteur de charge|equilibreur de charge|balanceador|balanceador de carga|f5|f5 big ip|big ip|bigip|netscaler|citrix adc|citrix netscaler|haproxy|adc|application delivery controller|elb|alb|nlb|application load balancer|network load balancer|virtual ip|vip|load balancer service|load balancer pool|load balancer appliance|virtual server lb|f5 bigip|f5 load balancer|gtm|global traffic manager|local traffic manager|ltm|load balancing',
  ],
  [
    'storage',
    'storage|storages|storage device|storage devices|storage system|storage server|storage hardware|speicher|speichersystem|storage equipment|stockage|baie de stockage|almacenamiento|sistema de almacenamiento|armazenamento|cabina de almacenamiento|mass storage|mass storage device|storage appliance|storage node|storage volume|volume|lun|disk|disks|festplatte|hard disk|storage pool|object storage|bucket|s3|s3 bucket|blob storage|storage account|file share|fileshare|nfs share|smb share|share|netzlaufwerk|file system|managed disk|block storage',
  ],
  [
    'storage/array',
    'storage array|disk array|san array|all flash array|disk system|raid array|array|baie|storage controller|flash array',
  ],
  ['storage/san', 'san|storage area network|san fabric|fibre channel|fc fabric|fibre channel array'],
  [
    'storage/san_switch',
    'san switch|fc switch|fibre channel switch|storage switch|fiber channel switch|fibre switch',
  ],
  ['storage/nas', 'nas|network attached storage|filer|netapp|nas filer|isilon|file storage'],
  [
    'storage/tape',
    'tape|tape library|tape drive|bandbibliothek|bandothek|librairie de sauvegarde|libreria de cintas|tape storage|autoloader|virtual tape library|vtl',
  ],
  [
    'storage/backup_appliance',
    'backup appliance|backup storage|data domain|deduplication appliance|backup device',
  ],
  ['storage/datastore', 'datastore|vmware datastore|vcenter datastore|datastores'],
  [
    'security',
    'security|security device|security appliance|sicherheit|securite|seguridad|seguranca|ids|ips|ids ips|intrusion detection system|intrusion prevention system|siem|hsm|hardware security module|identity provider|antivirus|security tool|security system|vulnerability scanner|nac|dlp|pam|mail gateway|email gateway|web gateway|secure web gateway|email security gateway|access control system',
  ],
  ['security/security_group', 'security group|network security group|nsg|security groups'],
  [
    'end_user_device',
    'end user device|end user devices|client|client device|endpoint|endpoints|user device|thin client|zero client|arbeitsplatz|endgerat|terminal|poste client|tablet|tablets|ipad|tablette|smartphone|smartphones|mobile phone|mobile device|handy|handheld|cell phone|telephone|phone|phones|ip phone|voip phone|iphone|telefon|telefono|telefone|android|mobiltelefon|chromebook|kiosk|pos|pos terminal|point of sale|barcode scanner|poste de travail virtuel|virtual desktop|vdi|vdi desktop',
  ],
  [
    'end_user_device/workstation',
    'workstation|workstations|pc|pcs|personal computer|desktop|desktops|desktop pc|desktop computer|arbeitsplatzrechner|arbeitsstation|arbeitsplatz pc|poste de travail|poste fixe|puesto de trabajo|estacion de trabajo|estacao de trabalho|mini pc|all in one|imac|mac|windows client|ordenador|ordinateur de bureau|tower|mac mini|client computer|unite centrale|ordenador de sobremesa',
  ],
  [
    'end_user_device/laptop',
    'laptop|laptops|notebook|notebooks|portable|ordinateur portable|pc portable|portatil|ordenador portatil|ultrabook|macbook|macbook pro|computer portatile|laptop computer|notebook computer',
  ],
  [
    'end_user_device/printer',
    'printer|printers|drucker|netzwerkdrucker|imprimante|imprimantes|impresora|impresoras|impressora|impressoras|multifunction printer|mfp|mfd|multifunktionsgerat|copier|plotter|scanner|fax|label printer|network printer|photocopieur',
  ],
  [
    'end_user_device/peripheral',
    'monitor|monitors|display|bildschirm|ecran|moniteur|pantalla|projector|beamer|docking station|keyboard|mouse|webcam|headset|peripheral|peripherique|peripheriques|camera|ip camera|video conferencing|videokonferenz|tv|digital signage|accessory|accessories|conference phone',
  ],
  [
    'facility',
    'iot|iot device|iot devices|iot gateway|smart device|sensor|sensors|plc|plcs|sps|hmi|rtu|dcs|scada|scada device|ics device|ot device|automate programmable|automata programable|clp|' +
      'facility|facilities|rack|racks|server rack|cabinet|enclosure|chassis|blade chassis|blade enclosure|baie informatique|bastidor|armario|schrank|serverschrank|passive|passive device|passive equipment|passives equipment|equipement passif|patch panel|patchpanel|patchfeld|panneau de brassage|cable|cabling|kabel|cable management|building|data center|datacenter|data centre|rechenzentrum|centre de donnees|room|server room|serverraum|salle|sensor|environmental sensor|environmental monitoring|blanking panel|shelf|kvm switch|kvm console|console server|terminal server console|optical distribution frame',
  ],
  [
    'facility/power',
    'ups|uninterruptible power supply|pdu|power distribution unit|power|power strip|usv|onduleur|sai|power equipment|generator|rack pdu|steckdosenleiste|power supply|power feed|nobreak|alimentation',
  ],
  [
    'facility/cooling',
    'cooling|air conditioning|crac|hvac|klimaanlage|climatisation|aire acondicionado|chiller|crah',
  ],
  [
    'machine',
    'windows|computer|computers|computer system|ordinateur|ordinateurs|computador|computadora|computadores|equipo|equipos|machine|machines|maschine|maquina|hardware|host|hosts|hote|hotes|device|devices|gerat|geraet|gerate|dispositivo|appareil|asset|assets|ci|configuration item|configurationitem|it asset|it hardware|infrastructure|infrastruktur|inventory item|appliance|appliances|equipment|it equipment|materiel|equipement|equipamento|cloud resource|resource|object|objekt|element|konfigurationselement|item',
  ],
  ['other/external', 'external|extern|externe|externo|third party|external system|partner'],
  [
    'machine',
    'other|others|sonstiges|sonstige|andere|autre|autres|otro|otros|outro|outros|unknown|unbekannt|inconnu|desconocido|misc|miscellaneous|generic|undefined|divers',
  ],
];

/** Words for rows that are no assets at all: people, places of business, papers. Folded. */
export const nonAssetWords: ReadonlyMap<string, 'person' | 'not_an_asset'> = new Map([
  ...'user|users|person|persons|people|contact|contacts|group|user group|employee|team|support group|benutzer|utilisateur|usuario|personne|persona|kontakt|ldap group|assignment group'
    .split('|')
    .map((word) => [word, 'person'] as const),
  ...'location|locations|site|company|organization|organisation|department|contract|contracts|license|licence|licenses|software license|vendor|supplier|cost center|incident|change|change request|ticket|document|warranty|standort|vertrag|lizenz|contrat|licence logicielle|contrato|licencia|licenca|purchase order|invoice|consumable|consumables'
    .split('|')
    .map((word) => [word, 'not_an_asset'] as const),
]);
