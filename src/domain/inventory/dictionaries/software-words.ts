import type { DictionaryLine } from './meaning';

/** Words for applications, databases, components and containers, folded. */
export const softwareWords: readonly DictionaryLine[] = [
  [
    'application',
    'application|applications|app|apps|appl|business app|business application|business applications|mapped application|software application|' +
      'anwendung|anwendungen|applikation|applikationen|fachanwendung|fachverfahren|applicatif|aplicacion|aplicaciones|' +
      'aplicacao|aplicacoes|aplicativo|aplicativos|software|programme|logiciel|logiciels|programa|system|it system|information system|' +
      'business system|systeme d information|sistema|sistema de informacion|sistema de informacao|enterprise application|' +
      'enterprise app|erp|crm|cots|custom|custom application|custom app|package|packaged application|business solution|solution|business software|' +
      'tool|product|legacy application|core application|line of business application|lob application|application suite|' +
      'fachapplikation|it anwendung|application metier|aplicacion de negocio|aplicacao de negocio|portfolio application',
  ],
  [
    'application/web',
    'web application|web app|webapp|website|web site|web sites|portal|web portal|webanwendung|application web|site web|aplicacion web|sitio web|aplicacao web|web interface|frontend|front end|internet application',
  ],
  ['application/mobile', 'mobile app|mobile application|mobile|application mobile|mobile anwendung'],
  [
    'application/desktop',
    'desktop application|desktop app|client application|fat client|rich client application|client server application',
  ],
  [
    'application/saas',
    'saas|saas application|software as a service|cloud application|cloud service application|cloud app',
  ],
  [
    'application/service',
    'service|services|business service|application service|technical service|web service|webservice|rest service|' +
      'microservice|microservices|micro service|api|rest api|api service|dienst|it service|it dienst|servicio|servico|' +
      'backend|back end|backend service|windows service|calculated application service|mapped application service|' +
      'business service offering|service offering|technical service offering|soap service|service instance|serverless function|lambda|function|function app',
  ],
  ['application/batch', 'batch|batch job|batch application|etl|etl job|scheduled job|interface'],
  [
    'component/middleware',
    'middleware|message queue|message broker|queue|mq|esb|enterprise service bus|message bus|event bus|kafka|rabbitmq|ibm mq|' +
      'activemq|messaging|integration platform|broker|queue manager|intergiciel|event broker|integration middleware',
  ],
  ['component/api_gateway', 'api gateway|apigateway|api management|gateway api|api gw'],
  [
    'component/web_server',
    'iis|apache|nginx|apache http server|microsoft iis web server|web server software|iis website|virtual directory|tomcat|apache tomcat|jboss|websphere|weblogic|application server software|j2ee server|application pool',
  ],
  [
    'component',
    'component|components|komponente|composant|componente|application component|software component|module|modul|library|' +
      'software instance|running process|process|software server|runtime|application instance|installed software|' +
      'software installation|configuration file|certificate|ssl certificate|zertifikat|scheduled task',
  ],
  [
    'database',
    'database|databases|db|dbs|data base|datenbank|datenbanken|base de donnees|bases de donnees|bdd|sgbd|base de datos|' +
      'bases de datos|banco de dados|bancos de dados|bd|bbdd|rdbms|dbms|sql|sql database|relational database|' +
      'database catalog|database service|managed database|dbaas|schema|database schema|data store|nosql|nosql database|' +
      'oracle|oracle database|oracle db|mysql|mysql database|mariadb|mariadb database|postgres|postgresql|postgresql database|mongodb|mongodb database|cassandra|' +
      'mssql|mssql database|ms sql|sql server|microsoft sql server|sql server database|db2|db2 database|sybase|informix|' +
      'hana|sap hana|sap hana database|teradata|vertica|couchbase|ms access|access database|dynamodb|cosmos db|cosmosdb|aurora|rds|cloud database|clickhouse|snowflake',
  ],
  [
    'database/instance',
    'database instance|db instance|datenbankinstanz|instance de base de donnees|instancia de base de datos|instancia de banco de dados|mssql instance|oracle instance|mysql instance|postgresql instance|db2 instance|sql instance|sql server instance|ms sql server instance|mongodb instance|rds instance|mssql server instance|sybase instance',
  ],
  [
    'database/cache',
    'cache|caches|in memory cache|distributed cache|redis|redis cache|memcached|memcache|elasticache|zwischenspeicher|hazelcast|key value store',
  ],
  ['database/search', 'elasticsearch|opensearch|search engine|solr|search index'],
  [
    'database/data_warehouse',
    'data warehouse|datawarehouse|dwh|data mart|datamart|data lake|entrepot de donnees|olap',
  ],
  [
    'database/cluster',
    'database cluster|db cluster|rac cluster|oracle rac|galera cluster|always on availability group|availability group',
  ],
  [
    'container',
    'container|containers|docker|docker container|conteneur|contenedor|conteiner|contentor|oci container|lxc|lxc container|container instance',
  ],
  ['container/pod', 'pod|pods|kubernetes pod|k8s pod'],
  [
    'container/workload',
    'deployment|statefulset|daemonset|replicaset|kubernetes deployment|kubernetes workload|kubernetes service|kubernetes namespace|namespace|openshift project',
  ],
  ['container/image', 'container image|docker image|image|container registry'],
];
