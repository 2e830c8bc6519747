import type { AttributeName } from '../../attributes/types';

/** Patterns over folded values that speak for an attribute whose values are words. */
export const valueWords: { readonly [name in AttributeName]?: RegExp } = {
  availability_zone: /^(?:[a-z]{2}(?: gov)? [a-z]+ \d ?[a-z]|[a-z]+ [a-z]+\d [a-z]|(?:az|zone) ?\w|nova)$/,
  network_zone:
    /\b(?:dmz|lan|wan|internal|external|intranet|extranet|internet|trust|untrust|trusted|untrusted|perimeter|corporate|guest|restricted|secure|public|private|production|ot|it|iot|scada|control|supervisory|enterprise|safety|field|server|user|vlan)\b/,
  dependency_type:
    /(?:depends on|used by|runs on|hosted on|hosts|connects|connected by|contains|member of|replicat|calls|\bapi\b|uses|\bsync|\basync|batch|file transfer|hard|soft|database connection|consumes|feeds)/,
  protocol:
    /^(?:tcp|udp|icmp|http|https|ssh|tls|ssl|ldaps?|smb|nfs|ftp|sftp|jdbc|odbc|rdp|snmp|dns|soap|rest|amqp|mqtt|grpc|6|17|1)(?:\b|$)/,
  hosting_model:
    /\b(?:on ?prem(?:ise|ises)?|cloud|saas|paas|iaas|colo(?:cation)?|hosted|azure|aws|gcp|private|public|hybrid|internal|external|vendor|local|nube|nuvem|interne|externe|lokal|data ?cent(?:er|re)|mainframe|outsourced)\b/,
  lifecycle_stage:
    /\b(?:plan(?:ning|ned)?|build|operate|operational|production|active|retire|retiring|retired|sunset|phase|invest|maintain|contain|tolerate|migrate|eliminate|emerging|mainstream|legacy|development|growth|mature|decline|end of life|pilot|run|deploy|design|use|live)\b/,
  virtualization_platform:
    /\b(?:vmware|esxi?|vsphere|vcenter|hyper ?v|kvm|xen(?:server)?|citrix|nutanix|ahv|acropolis|proxmox|ovirt|rhev|openstack|virtualbox|oracle vm|powervm|physical|bare ?metal|none|aws|azure|gcp|google|qemu|olvm)\b/,
  database_engine:
    /(?:oracle|sql|mysql|maria|postgres|mongo|db2|sybase|informix|redis|cassandra|elastic|dynamo|access|hana|teradata|couch|neo4j|firebird|progress|exadata|aurora|sqlite|ingres|interbase|adabas)/,
  technology_stack:
    /(?:java|\.net|net framework|net core|asp|php|python|ruby|node|angular|react|vue|spring|tomcat|weblogic|websphere|iis|cobol|abap|sap|c#|c\+\+|oracle forms|delphi|visual basic|\bvb|perl|golang|scala|kotlin|apache|nginx|jboss|wildfly|drupal|wordpress|sharepoint|power ?builder|coldfusion|javascript|typescript|html|django|rails|docker|kubernetes|swift|laravel|jsp|jee|j2ee|fortran|rpg|mulesoft|biztalk|lamp)/,
  manufacturer:
    /\b(?:dell|hp|hpe|hewlett|lenovo|ibm|cisco|vmware|microsoft|fujitsu|supermicro|oracle|sun|nutanix|huawei|juniper|arista|fortinet|palo alto|f5|netapp|emc|pure|hitachi|apple|acer|asus|aruba|extreme|brocade|checkpoint|check point|inspur|qemu|xen|red hat|amazon|google|siemens|philips|ge|toshiba|samsung|brother|canon|ricoh|xerox|epson|apc|schneider|eaton|mikrotik|ubiquiti|zebra|nec|bull|atos)\b/,
  server_role:
    /\b(?:web|app|application|db|database|sql|file|print|domain controller|dc|dns|dhcp|mail|exchange|proxy|backup|monitoring|batch|middleware|cache|queue|etl|bi|reporting|gateway|bastion|jump|citrix|terminal|ftp|sftp|ad|ldap|license|build|ci|management|api|frontend|backend|infrastructure|balancer|storage|fichiers|impression|messagerie|controleur|domaine|donnees|sauvegarde|applicatif|dateien?|dateiserver|druck|druckserver|domanencontroller|datenbank|mailserver|webserver|anwendungs?server|archivos|ficheros|arquivos|correo|impresion|impressao|datos|dados|dominio|aplicaciones|aplicacao|posta|stampa|bestanden|fileserver|printserver|controller|firewall|hypervisor|worker|node|cluster|dienste|virtualisierung)\b/,
  data_classification:
    /\b(?:public|internal|confidential|restricted|secret|sensitive|private|personal|intern|vertraulich|streng|offentlich|geheim|confidentiel|interne|publique|restreint|secret|confidencial|interno|interna|publico|publica|restringido|restrito|restrita|sigiloso|official|proprietary|c[0-4]|highly)\b/,
  compliance_scope:
    /\b(?:pci|sox|hipaa|gdpr|dsgvo|rgpd|lgpd|iso ?27\d*|soc ?[12]|fedramp|fisma|nist|glba|ferpa|gxp|fda|basel|dora|nis ?2|kritis|hds|itar|cjis|ens|lopd|bafin|mifid|solvency|none|hitech|nerc|ccpa)\b/,
  application_type:
    /\b(?:custom|cots|saas|package|packaged|bespoke|in ?house|off the shelf|web|desktop|mobile|batch|mainframe|client server|eigenentwicklung|standard|progiciel|specifique|desarrollo|comercial|mercado|proprio|portal|erp|crm|database|service|commercial|open source|vendor|thick client|internal|business|infrastructure)\b/,
  cloud_readiness:
    /(?:ready|suitable|not suitable|conditional|blocked|unknown|yes|no|partial|eligible|high|medium|low|apt|pret|prepar|geeignet|fit|candidate|pronto|listo)/,
  migration_complexity:
    /^(?:very )?(?:low|medium|high|simple|moderate|complex|easy|hard|difficult|xs|s|m|l|xl|xxl|niedrig|mittel|hoch|gering|faible|moyenne?|elevee?|forte?|baja|media|alta|baixa|[0-9]{1,2}|trivial|average|standard|extreme)(?: complexity| high| low)?$/,
  architecture_pattern:
    /(?:monolith|micro ?service|client|server|tier|soa|event|serverless|layer|mainframe|web|distributed|standalone|batch|capas|camadas|couches|schicht|peer|hub|cloud native|modular|etl)/,
  license:
    /(?:perpetual|subscription|enterprise|open source|gpl|apache|mit|per user|named|concurrent|cal\b|core|oem|volume|site|commercial|free|byol|saas|proprietary|ula|user|device|standard|license|licen[cz])/,
  change_tolerance:
    /(?:low|medium|high|window|weekend|sunday|saturday|night|anytime|monthly|weekly|quarter|mon|tue|wed|thu|fri|sat|sun|\d{1,2}[:h ]|none|freeze|business hours|daily|never|dom|sab|nacht|wochenende|nuit)/,
  availability_requirement:
    /(?:^9\d(?:[.,]\d+)?\s?%?$|\d{2}(?:[.,]\d+)?\s?%|24\s?[x/]\s?7|8\s?[x/]\s?5|gold|silver|bronze|platinum|tier|high|medium|low|business hours|standard|critical|yes|no|\d\s?[x/]\s?\d)/,
  migration_wave:
    /(?:wave|welle|vague|ola|onda|oleada|phase|fase|batch|group|lot|tranche|bundle|sprint|release|pilot|move|tbd|\bw ?\d|^\d{1,3}$|oleada|lote)/,
  dr_tier:
    /(?:tier|gold|silver|bronze|platinum|class|klasse|level|dr|^[0-5]$|yes|no|critical|high|medium|low|none|^t[0-5]$)/,
  discovery_source:
    /(?:sccm|servicenow|service-now|vcenter|vmware|rvtools|nessus|qualys|manual|import|agent|scan|snmp|wmi|ssh|aws|azure|gcp|ad\b|active directory|intune|jamf|lansweeper|device42|flexera|bigfix|csv|excel|discovery|ansible|tanium|crowdstrike|glpi|fusion|ocs|spreadsheet|api|tool)/,
};
