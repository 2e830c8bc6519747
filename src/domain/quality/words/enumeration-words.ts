import type { AssetType, Criticality, Disposition, Environment, MigrationScope } from '../../lists';

/** Folded words of each member, split by bars, in English, German, French, Spanish, Portuguese, Italian and Dutch. */
type Words<Member extends string> = Readonly<Partial<Record<Member, string>>>;

export const environmentWords: Words<Environment> = {
  production:
    'production|prod|prd|live|p|pr|produktion|produktiv|produktivumgebung|produktivsystem|produccion|producao|prod env|production environment|in production|pro|exploitation|produkcja|produzione|esercizio|ambiente di produzione|productie|productieomgeving|drift',
  staging:
    'staging|stage|stg|pre production|preproduction|pre prod|preprod|preprd|ppd|ppr|pp|vorproduktion|preproduccion|pre produccion|pre producao|preproducao|prelive|pre live|abnahme staging',
  test: 'test|tst|testing|t|testumgebung|testsystem|essai|tests|prueba|pruebas|teste|testes|integration|int|sit|system test|integrationstest|integration test|recette technique|collaudo|prova|ambiente di test|testomgeving',
  qa: 'qa|q|quality|quality assurance|qas|qualitatssicherung|qs|qualification|qualif|calidad|qualidade|homologation technique',
  uat: 'uat|user acceptance|user acceptance test|user acceptance testing|acceptance|acc|abnahme|abnahmeumgebung|recette|homologation|homologacao|homologacion|aceptacion|aceitacao|acceptatie|acceptatieomgeving|certificazione',
  development:
    'development|dev|devel|develop|d|entwicklung|entw|entwicklungsumgebung|entwicklungssystem|developpement|desarrollo|desenvolvimento|des|developer|dvl|sviluppo|ambiente di sviluppo|ontwikkeling|ontwikkelomgeving|ontwikkel|utveckling',
  disaster_recovery:
    'disaster recovery|dr|drp|failover|notfall|ausfall|k fall|pra|plan de reprise|secours|reprise d activite|recuperacion de desastres|recuperacao de desastres|contingencia|contingency|bcp|backup site|standby site',
  sandbox:
    'sandbox|sbx|sand box|playground|lab|labor|demo|poc|proof of concept|training|trn|schulung|formation|bac a sable|laboratorio|formacion|treinamento',
  unknown: 'unknown|unbekannt|inconnu|desconocido|desconhecido',
};

export const criticalityWords: Words<Criticality> = {
  critical:
    'critical|crit|mission critical|missioncritical|business critical|very high|highest|extreme|c|tier 0|tier 1|tier0|tier1|t0|t1|p0|p1|platinum|vital|1 most critical|1 critical|kritisch|unternehmenskritisch|geschaftskritisch|sehr hoch|critique|tres haute|tres eleve|tres elevee|critico|critica|muy alta|muy alto|muito alta|muito alto|urgent|kritiek|zeer hoog|bedrijfskritisch|molto alta|molto alto|kritisk',
  high: 'high|h|tier 2|tier2|t2|p2|gold|important|major|essential|2 somewhat critical|2 high|hoch|wichtig|haute|haut|eleve|elevee|forte|importante|alta|alto|business important|significant|hoog|belangrijk|hog',
  medium:
    'medium|med|m|mid|moderate|normal|standard|average|tier 3|tier3|t3|p3|silver|3 less critical|3 medium|3 moderate|mittel|moyen|moyenne|moderee|modere|media|medio|moderado|moderada|departmental|business operational|midden|middel|gemiddeld|normaal|normale|medel',
  low: 'low|l|tier 4|tier4|t4|p4|tier 5|tier5|bronze|minor|non critical|noncritical|not critical|4 not critical|4 low|none critical|niedrig|gering|unkritisch|nicht kritisch|faible|bas|basse|mineure|non critique|baja|bajo|baixa|baixo|menor|no critico|nao critico|administrative|very low|lowest|laag|bassa|basso|niet kritisch|non critica|lag',
};

export const scopeWords: Words<MigrationScope> = {
  in: 'in|in scope|inscope|yes|y|true|1|included|include|ja|im scope|im umfang|oui|dans le perimetre|inclus|si|incluido|dentro del alcance|en alcance|sim|incluida|no escopo|dentro do escopo|x|migrate',
  out: 'out|out of scope|outofscope|no|n|false|0|excluded|exclude|nein|ausserhalb|nicht im scope|ausgeschlossen|non|hors perimetre|exclu|fuera de alcance|excluido|nao|fora do escopo|not in scope',
  deferred:
    'deferred|defer|later|postponed|on hold|hold|phase 2|verschoben|zuruckgestellt|spater|differe|reporte|plus tard|aplazado|diferido|pospuesto|adiado|postergado',
};

export const dispositionWords: Words<Disposition> = {
  rehost:
    'rehost|re host|rehosting|lift and shift|lift shift|lift n shift|lift&shift|reheberger|rehospedar|1 1|migrate as is|as is|vm migration',
  relocate:
    'relocate|re locate|relocation|hypervisor level lift and shift|vmware cloud|avs|vmc|umziehen|relocaliser|reubicar|realocar',
  replatform:
    'replatform|re platform|replatforming|lift and reshape|lift tinker and shift|lift and optimize|reshape|paas|cambiar de plataforma|nouvelle plateforme',
  refactor:
    'refactor|re factor|refactoring|refaktorieren|refactoriser|refactorizar|refatorar|modernize|modernise|modernisieren|moderniser|modernizar',
  rearchitect:
    're architect|rearchitect|rearchitecting|re architecting|redesign|rebuild|re build|cloud native|neu entwickeln|reconcevoir|redisenar|reconstruir',
  repurchase:
    'repurchase|re purchase|replace|rewrite|re write|drop and shop|buy|saas|move to saas|ersetzen|ablosen|abloesung|ablosung|neu kaufen|remplacer|racheter|reemplazar|recomprar|substituir|sustituir|vervangen|sostituire|sostituzione',
  retire:
    'retire|retired|retirement|decommission|decommissioned|decom|turn off|sunset|shut down|stilllegen|abschalten|stilllegung|abschaltung|decommissionner|arreter|retirer|retirar|dar de baja|desativar|descomissionar|aposentar|eliminate|uitfaseren|afvoeren|dismettere|dismissione|stoppen',
  retain:
    'retain|retained|revisit|keep|stay|remain|do nothing|no change|tolerate|behalten|beibehalten|bleibt|conserver|garder|maintenir|conservar|mantener|retener|manter|reter|not migrating|leave as is|behouden|handhaven|mantenere|conservare',
};

/** Canonical words of the attribute `status`; it is no closed list, other words are kept as they stand. */
export const lifecycleStates = [
  'active',
  'standby',
  'maintenance',
  'inactive',
  'planned',
  'in_stock',
  'retired',
] as const;
export type LifecycleState = (typeof lifecycleStates)[number];

export const statusWords: Words<LifecycleState> = {
  active:
    'active|installed|running|up|in use|in service|inservice|operational|live|online|deployed|in production|production|ok|enabled|aktiv|in betrieb|betrieb|produktiv|installiert|im einsatz|actif|active service|en service|en production|installe|en uso|activo|activa|operativo|instalado|en servicio|ativo|ativa|em uso|em producao|operacional|poweredon|powered on|on|non obsolete|connected|healthy|normal|available|attivo|attiva|in esercizio|in uso|in produzione|operativa|actief|in gebruik|in productie',
  standby:
    'standby|stand by|passive|hot standby|cold standby|bereitschaft|en attente|en espera|em espera|reserve',
  maintenance:
    'maintenance|in maintenance|under maintenance|repair|in repair|repair in progress|wartung|in wartung|in reparatur|en maintenance|en mantenimiento|mantenimiento|em manutencao|manutencao|upgrade in progress|dr standby maintenance',
  inactive:
    'inactive|stopped|down|offline|off|disabled|poweredoff|powered off|non operational|not operational|nonoperational|shutdown|shut down|unused|not in use|suspended|inaktiv|ausser betrieb|abgeschaltet|gestoppt|inactif|arrete|hors service|eteint|inactivo|inactiva|detenido|apagado|fuera de servicio|inativo|inativa|parado|desligado|disconnected|failed|disattivo|inattivo|fuori servizio|spento|niet actief|inactief|buiten gebruik',
  planned:
    'planned|pending|ordered|on order|pending install|in planning|future|pipeline|geplant|bestellt|planifie|commande|en projet|planificado|pedido|planejado|encomendado|staged|draft|build|in build|implementation|in implementation|development|pianificato|gepland|in ontwikkeling|in sviluppo|besteld',
  in_stock:
    'in stock|stock|inventory|spare|in storage|warehouse|lager|auf lager|en stock|en inventario|almacen|em estoque|estoque|undeployed|ready to deploy|in transit|voorraad|op voorraad|in magazzino|magazzino',
  retired:
    'retired|decommissioned|decommissioning|decommission|disposed|end of life|obsolete|removed|deleted|archived|absent|stolen|retire|pending disposal|sunset|ausgemustert|stillgelegt|ausser dienst|verschrottet|mis au rebut|reforme|decommissionne|retirado|dado de baja|obsoleto|desativado|aposentado|descartado|scrapped|dismesso|dismessa|in dismissione|afgevoerd|uitgefaseerd',
};

export const powerStates = ['on', 'off', 'suspended'] as const;
export type PowerState = (typeof powerStates)[number];

export const powerStateWords: Words<PowerState> = {
  on: 'poweredon|powered on|power on|on|running|started|up|vm running|ein|eingeschaltet|lauft|allume|en marche|demarre|encendido|en ejecucion|ligado|ligada|em execucao|poweron|active|booted|online|acceso|accesa|aan|ingeschakeld',
  off: 'poweredoff|powered off|power off|off|stopped|shutdown|shut down|down|deallocated|stopped deallocated|vm deallocated|vm stopped|terminated|aus|ausgeschaltet|gestoppt|eteint|arrete|apagado|detenido|desligado|desligada|parado|poweroff|saved off|halted|offline|spento|spenta|uit|uitgeschakeld',
  suspended:
    'suspended|paused|saved|hibernated|standby|sleeping|angehalten|pausiert|suspendu|en pause|suspendido|pausado|suspenso|suspendida',
};

/** Words that name a type of asset on their own; classification weighs them with other evidence. */
export const assetTypeWords: Words<AssetType> = {
  server:
    'server|servers|srv|physical server|virtual server|vm|virtual machine|host|linux server|windows server|unix server|aix server|esx server|esx host|esxi|hypervisor|mainframe|virtual|physical|rack server|blade|blade server|bare metal|virtuelle maschine|virtueller server|physischer server|rechner|serveur|serveur physique|serveur virtuel|machine virtuelle|servidor|servidor fisico|servidor virtual|maquina virtual|instance|ec2 instance|compute|node|virtualserver|physicalserver|guest|netware server|solaris server|hpux server|vmware virtual machine instance|server fisico|server virtuale|macchina virtuale|fisico|virtuale|fysieke server|virtuele server|virtuele machine|fysiek|virtueel',
  application:
    'application|app|applications|business application|business service|application service|software|web application|webapp|anwendung|fachanwendung|applikation|applicatif|logiciel|service applicatif|aplicacion|aplicacao|aplicativo|sistema|web service|service|web server software|website|web site|module|appl|applicazione|applicativo|applicatie|toepassing',
  database:
    'database|db|databases|database instance|db instance|database server|dbms|rdbms|datenbank|datenbankserver|datenbankinstanz|base de donnees|bdd|sgbd|base de datos|bd|banco de dados|oracle database|sql database|mssql instance|sql instance|catalog|database catalog',
  network:
    'network|network device|networking|firewall|switch|router|gateway|access point|wireless access point|network gear|ip switch|ip router|ip firewall|wlan controller|netzwerk|netzwerkgerat|netzwerkkomponente|reseau|equipement reseau|commutateur|routeur|pare feu|red|dispositivo de red|conmutador|enrutador|cortafuegos|rede|dispositivo de rede|roteador|comutador|vpn|modem|hub|bridge|wan optimizer|netgear|apparato di rete|netwerkcomponent|netwerkapparaat',
  load_balancer:
    'load balancer|loadbalancer|lb|adc|application delivery controller|lastverteiler|repartiteur de charge|equilibreur de charge|balanceador de carga|balanceador|vip|reverse proxy',
  storage:
    'storage|storage array|storage device|san|nas|san switch|disk array|filer|tape library|storage server|storage volume|backup appliance|speicher|speichersystem|stockage|baie de stockage|almacenamiento|cabina de almacenamiento|armazenamento|volume|datastore|file share',
  security:
    'security|security appliance|ids|ips|hsm|proxy|waf|siem|security device|sicherheit|securite|seguridad|seguranca|pki|ids ips',
  container:
    'container|docker container|pod|kubernetes pod|containers|conteneur|contenedor|container image|docker',
  cluster:
    'cluster|clusters|cluster node group|kubernetes cluster|vmware cluster|failover cluster|server cluster|k8s cluster|grappe|rac|grupo de servidores|vcenter cluster',
  end_user_device:
    'desktop|laptop|notebook|workstation|pc|personal computer|thin client|tablet|smartphone|mobile device|mobile phone|printer|monitor|arbeitsplatz|arbeitsstation|drucker|ordinateur|ordinateur portable|poste de travail|imprimante|portatil|ordenador|computadora|impresora|computador|estacao de trabalho|impressora|client|ip phone|phone|scanner|peripheral|chromebook|telefon|portatile|stampante|werkstation|werkplek|beeldscherm',
  facility:
    'ups|pdu|rack|patch panel|power|cooling|usv|onduleur|sai|facility|chassis|enclosure|kvm switch|crac|generator|cabling|baie|patchpanel',
  component:
    'component|memory module|disk|hard disk|cpu|nic|network adapter|power supply|komponente|composant|componente|storage disk|processor|raid controller|controller',
};
