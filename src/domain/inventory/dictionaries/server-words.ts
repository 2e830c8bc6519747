import type { DictionaryLine } from './meaning';

/** Words for servers in English, German, French, Spanish and Portuguese, folded (lower case, no accents). */
export const serverWords: readonly DictionaryLine[] = [
  [
    'server',
    'server|servers|srv|serveur|serveurs|servidor|servidores|host server|it server|server hardware|compute|compute node|' +
      'linux|linux server|linux servers|unix|unix server|windows|windows server|windows servers|aix server|aix|solaris server|solaris|hp ux server|' +
      'hpux|hpux server|rhel server|ubuntu server|suse server|netware server|serveur linux|serveur windows|' +
      'serveur unix|servidor linux|servidor windows|linux host|windows host|rechner|node|knoten|os instance|' +
      'operating system instance|betriebssysteminstanz|osx server|freebsd server|bsd',
  ],
  [
    'server/virtual_machine',
    'virtual machine|virtual machines|vm|vms|vmware|virtual server|virtual servers|virtual|virtuell|virtuel|virtuelle|' +
      'guest|guest vm|vmware guest|vmware vm|vmware virtual machine|vmware virtual machine instance|vmware instance|hyper v guest|hyper v vm|hyper v virtual machine|' +
      'kvm guest|xen guest|proxmox vm|nutanix vm|virtual machine instance|virtual server instance|vm instance|' +
      'virtual host|virtueller server|virtuelle maschine|virtuelle maschinen|machine virtuelle|machines virtuelles|' +
      'serveur virtuel|maquina virtual|maquinas virtuales|maquinas virtuais|servidor virtual|instance|' +
      'cloud instance|cloud server|cloud vm|cloud host|ec2|ec2 instance|ec2 server|aws instance|azure vm|azure virtual machine|gce|gce instance|gcp instance|' +
      'compute engine|droplet|virtual appliance|vapp|instanz|instancia|virtual guest|openstack instance|' +
      'windows vm|linux vm|virtual node|lpar|logical partition|solaris zone|vds|vps|qemu|virtualmachine|' +
      'virtual desktop infrastructure server',
  ],
  [
    'server/physical',
    'physical server|physical servers|physical|bare metal|bare metal server|baremetal|blade|blade server|blade servers|rack server|' +
      'tower server|rackmount|rack mount server|rack mounted server|server blade|physical host|physical machine|standalone server|' +
      'physischer server|physisch|hardware server|serveur physique|physique|serveur lame|lame|servidor fisico|fisico|' +
      'servidor de rack|servidor blade|maquina fisica|machine physique|server hardware physical|ucs blade|' +
      'dedicated server|serveur dedie|servidor dedicado',
  ],
  [
    'server/hypervisor',
    'hypervisor|hypervisors|esx|esxi|esx server|esxi server|esxi host|esx host|vmware esxi|vmware esx|vmware host|vmware esx server|' +
      'vmware server|hyper v|hyper v host|hyper v server|virtualization host|virtualisation host|virtualization server|virtualization hosts|kvm|kvm host|' +
      'xen host|xenserver|xen server|citrix hypervisor|proxmox|proxmox host|ahv|ahv host|nutanix host|nutanix node|' +
      'nutanix server|rhev host|ovirt host|vm host|vm server|vmhost|host system|hostsystem|virtualisierungshost|' +
      'virtualisierungsserver|hyperviseur|hote de virtualisation|hote esx|hote esxi|hipervisor|host de virtualizacion|' +
      'host de virtualizacao|virtualization platform host|ibm frame|hyper v node',
  ],
  [
    'server/mainframe',
    'mainframe|mainframe lpar|mainframe hardware|zseries|z series|system z|ibm z|zos|z os|grossrechner|ordinateur central|' +
      'zos server|macroordenador|mainframe server|sysplex|zlinux',
  ],
  [
    'server/midrange',
    'as400|as 400|iseries|i series|ibm i|system i|power systems|midrange|midrange server|pseries|ibm power|alphaserver|' +
      'openvms|tandem|nonstop|hp nonstop',
  ],
  [
    'server@web',
    'web server|web servers|webserver|serveur web|servidor web|http server|iis server|apache server',
  ],
  [
    'server@application',
    'application server|app server|appserver|application servers|app servers|applikationsserver|anwendungsserver|serveur d application|' +
      'serveur applicatif|serveur d applications|servidor de aplicaciones|servidor de aplicacion|servidor de aplicacoes|servidor de aplicacao|' +
      'servidor de aplicativos|sap server|terminal server farm member',
  ],
  [
    'server@database',
    'database server|db server|dbserver|database servers|db servers|sql server host|datenbankserver|datenbank server|serveur de base de donnees|' +
      'serveur de bases de donnees|serveur bdd|serveur sgbd|servidor de base de datos|servidor de bases de datos|' +
      'servidor de banco de dados|servidor de bd|database host|db host|oracle server|mysql server|mssql server',
  ],
  [
    'server@file',
    'file server|fileserver|file and print server|file print server|dateiserver|serveur de fichiers|serveur de fichier|' +
      'servidor de archivos|servidor de ficheros|servidor de arquivos|servidor de ficheiros|print server|druckserver|' +
      'serveur d impression|servidor de impresion|servidor de impressao|ftp server|sftp server',
  ],
  [
    'server@mail',
    'mail server|email server|e mail server|exchange server|mailserver|smtp server|mail relay|serveur de messagerie|' +
      'serveur mail|servidor de correo|servidor de correio|servidor de e mail|servidor de email|groupware server',
  ],
  [
    'server@domain_controller',
    'domain controller|domaincontroller|active directory server|active directory domain controller|ad server|ad domain controller|' +
      'domaenencontroller|domanencontroller|controleur de domaine|controlador de dominio|ldap server|directory server',
  ],
  ['server@dns', 'dns server|name server|nameserver|dhcp server|dns dhcp server|serveur dns|servidor dns'],
  [
    'server@backup',
    'backup server|backupserver|serveur de sauvegarde|servidor de respaldo|servidor de backup|media server|sicherungsserver',
  ],
  [
    'server@terminal',
    'citrix server|terminal server|terminalserver|rds server|remote desktop server|xenapp server|jump server|jump host|' +
      'jumphost|bastion|bastion host|rds host|session host|vdi server|vdi host',
  ],
  ['server@proxy', 'proxy server|reverse proxy|reverse proxy server|forward proxy|web proxy'],
  ['server@monitoring', 'monitoring server|log server|syslog server|nagios server|management server'],
  ['server@batch', 'batch server|etl server|job server|scheduler server'],
  ['server@middleware', 'middleware server|integration server|message server|messaging server|mq server'],
  ['server@ci', 'build server|ci server|build agent|jenkins server'],
  ['server@security', 'ca server|pki server|certificate server|radius server|vpn server|security server'],
];
