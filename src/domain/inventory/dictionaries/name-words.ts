import type { DictionaryLine } from './meaning';

/**
 * Tokens of names. Only whole tokens count, so that `feedback01` holds no `db`, `three` no `hr`, `elba` no `lb`.
 * `server@role` gives a machine its role and, without any machine evidence, the meaning of `bareNameWords`.
 */
export const nameWords: readonly DictionaryLine[] = [
  [
    'server@database',
    'db|dbs|sql|mssql|sqlsrv|database|datenbank|ora|oracle|orcl|mysql|mariadb|pg|pgsql|postgres|postgresql|psql|mongo|mongodb|db2|hana|sybase|cassandra|informix|rac|dwh|bdd|teradata',
  ],
  ['server@cache', 'redis|memcached|memcache|cache'],
  ['server@web', 'web|www|iis|apache|nginx|http|httpd|portal|intranet|webserver|frontend|fe'],
  [
    'server@application',
    'app|apps|appl|application|api|svc|tomcat|jboss|wildfly|weblogic|websphere|was|wls|sap|backend|be|erp|crm',
  ],
  ['server@domain_controller', 'dc|ad|adc|adds|ldap|domaincontroller'],
  ['server@dns', 'dns|ns|dhcp|ntp'],
  ['server@file', 'file|files|fs|fileserver|nfs|ftp|sftp|print|prt|ps|share'],
  ['server@mail', 'mail|exch|exchange|smtp|mx|imap|postfix|owa'],
  ['server@backup', 'backup|bkp|bck|bkup|veeam|netbackup|nbu|tsm|commvault|networker'],
  [
    'server@monitoring',
    'mon|monitoring|nagios|zabbix|prometheus|grafana|splunk|elk|log|logs|syslog|scom|prtg|icinga',
  ],
  ['server@terminal', 'ctx|citrix|xenapp|rds|rdsh|ts|jump|bastion|vdi'],
  ['server@proxy', 'proxy|squid|prx'],
  ['server@batch', 'batch|etl|job|jobs|sched|scheduler|controlm'],
  ['server@middleware', 'mq|kafka|rabbit|rabbitmq|esb|queue|activemq|mule|tibco'],
  ['server@ci', 'jenkins|gitlab|git|build|ci|nexus|sonar|artifactory|runner'],
  ['server@security', 'pki|ca|radius|vpn|siem|nps'],
  ['server@management', 'sccm|wsus|mgmt|mgt|puppet|ansible|satellite|vcenter|vrops|vcsa'],
  ['server', 'server|srv|serv|svr|serveur|servidor|host|node|vm|linux|win|lnx|rhel'],
  ['server/hypervisor', 'esx|esxi|hyperv|hypervisor|vmhost|kvm|xen|proxmox|pve|ahv'],
  ['network/firewall', 'fw|firewall|fwl|fortigate|asa|palo|pfsense'],
  ['network/switch', 'sw|switch|swi|swt|coresw|leaf|spine'],
  ['network/router', 'rtr|router|rt|rtrs'],
  ['network/wireless', 'wap|wlc|wlan|wifi'],
  ['load_balancer', 'lb|slb|loadbalancer|f5|bigip|ltm|gtm|netscaler|haproxy|vip|elb|alb|nlb'],
  ['storage', 'san|nas|storage|stor|netapp|filer|vnx|isilon|3par|datastore|lun|tape'],
  ['container', 'docker|container|pod'],
  ['cluster', 'cluster|clu|cls|cl'],
  ['cluster/kubernetes', 'k8s|kubernetes|openshift|ocp|rke'],
  ['end_user_device/laptop', 'laptop|notebook|lap|lt|nb'],
  ['end_user_device/workstation', 'desktop|ws|wks|workstation|pc'],
  ['end_user_device/printer', 'printer|prn|prnt|drucker|mfp'],
  ['facility/power', 'ups|pdu|usv'],
  ['facility', 'rack|cabinet|chassis|enclosure'],
];

/** What a role means when the row says nothing about a machine. Roles that are absent stay servers. */
export const bareNameMeanings: Readonly<Record<string, string>> = {
  database: 'database',
  cache: 'database/cache',
  web: 'application/web',
  application: 'application',
  backup: 'application',
  monitoring: 'application',
  middleware: 'component/middleware',
  mail: 'application',
  batch: 'application',
};

/** Environment and filler tokens that may stand beside role tokens in one run of letters (`prddb`, `sqlsrv`). */
export const fillerTokens: ReadonlySet<string> = new Set(
  'prod|prd|prod|tst|test|dev|uat|qa|stg|dr|srv|svr|server|vm|host|node|win|lnx|int|ext|dmz|cl'.split('|'),
);

/** Service ports that say what a listener is (IANA service names). */
export const portRoles: ReadonlyMap<number, string> = new Map([
  [1433, 'database'],
  [1434, 'database'],
  [1521, 'database'],
  [1526, 'database'],
  [3306, 'database'],
  [5432, 'database'],
  [27017, 'database'],
  [50000, 'database'],
  [30015, 'database'],
  [9042, 'database'],
  [6379, 'cache'],
  [11211, 'cache'],
  [80, 'web'],
  [443, 'web'],
  [8080, 'application'],
  [8443, 'application'],
  [25, 'mail'],
  [587, 'mail'],
  [53, 'dns'],
  [88, 'domain_controller'],
  [445, 'file'],
  [2049, 'file'],
  [1414, 'middleware'],
  [5672, 'middleware'],
  [9092, 'middleware'],
  [3128, 'proxy'],
]);
