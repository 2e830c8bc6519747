export type ProductKind = 'database' | 'runtime' | 'middleware';

export interface ProductName {
  readonly kind: ProductKind;
  /** Key of the lifecycle catalogue where it knows the product. */
  readonly product: string;
  readonly name: string;
  /** Finds the name; the version is looked for right after it. */
  readonly pattern: RegExp;
  readonly version: 'dotted' | 'sql_server' | 'oracle' | 'java' | 'vr' | 'none';
}

type Row = readonly [
  kind: ProductKind,
  product: string,
  name: string,
  pattern: RegExp,
  version?: ProductName['version'],
];

/** Names that hold others come first; a text between the name and its version belongs to the pattern. */
const rows: readonly Row[] = [
  [
    'database',
    'mssqlserver',
    'SQL Server',
    /\b(?:microsoft |ms[ -]?)?sql ?server\b|\bmssql(?:server)?\b|\bms[ -]sql\b|\bsqlserver/i,
    'sql_server',
  ],
  ['middleware', 'weblogic', 'WebLogic', /\b(?:oracle |bea )?web ?logic(?: server)?/i, 'oracle'],
  ['middleware', 'oracle-forms', 'Oracle Forms', /\boracle (?:forms|reports)/i, 'oracle'],
  [
    'middleware',
    'oracle-ebs',
    'Oracle E-Business Suite',
    /\boracle (?:e-?business suite|ebs|apex|fusion middleware|soa suite|glassfish)/i,
  ],
  ['runtime', 'oracle-jdk', 'Oracle JDK', /\boracle (?:jdk|java)/i, 'java'],
  ['database', 'mysql', 'MySQL', /\b(?:oracle )?my ?sql(?: community| enterprise)?(?: server)?\b/i],
  ['database', 'mariadb', 'MariaDB', /\bmaria ?db(?: server)?/i],
  [
    'database',
    'oracle-database',
    'Oracle Database',
    /\boracle(?! (?:linux|enterprise linux|vm|solaris|cloud|unbreakable))(?: (?:database|db|rdbms|server))?(?: (?:enterprise|standard|express)(?: edition)?)?(?: rac)?(?=\W|\d|$)/i,
    'oracle',
  ],
  ['database', 'postgresql', 'PostgreSQL', /\bpostgre(?:s|sql)?(?:ql)?\b|\bpgsql\b|\bedb postgres/i],
  ['database', 'ibm-db2', 'IBM Db2', /\b(?:ibm )?db ?2(?: (?:luw|udb|for z\/os))?\b/i, 'vr'],
  ['database', 'sap-hana', 'SAP HANA', /\b(?:sap )?hana(?: db)?\b/i],
  ['database', 'sap-ase', 'SAP ASE', /\bsybase(?: ase)?|\bsap ase\b|adaptive server enterprise/i],
  ['database', 'informix', 'Informix', /\binformix/i],
  ['database', 'teradata', 'Teradata', /\bteradata/i],
  ['database', 'mongodb', 'MongoDB', /\bmongo ?(?:db)?\b/i],
  ['database', 'redis', 'Redis', /\bredis\b/i],
  ['database', 'apache-cassandra', 'Apache Cassandra', /\b(?:apache )?cassandra\b/i],
  ['database', 'couchbase-server', 'Couchbase', /\bcouchbase(?: server)?/i],
  ['database', 'neo4j', 'Neo4j', /\bneo4j\b/i],
  ['database', 'influxdb', 'InfluxDB', /\binflux ?db\b/i],
  ['database', 'elasticsearch', 'Elasticsearch', /\belastic ?search\b/i],
  ['database', 'opensearch', 'OpenSearch', /\bopen ?search\b/i],
  ['database', 'solr', 'Apache Solr', /\b(?:apache )?solr\b/i],
  ['database', 'memcached', 'Memcached', /\bmemcached?\b/i],
  ['database', 'ms-access', 'Microsoft Access', /\b(?:ms|microsoft)[ -]?access\b/i],
  ['database', 'sqlite', 'SQLite', /\bsqlite\b/i],
  ['database', 'adabas', 'Adabas', /\badabas\b/i],
  ['database', 'ims', 'IBM IMS', /\bims(?: db)?\b/i],
  ['database', 'firebird', 'Firebird', /\bfirebird\b|\binterbase\b/i],
  ['database', 'progress', 'Progress OpenEdge', /\bopenedge\b|\bprogress db\b/i],
  [
    'runtime',
    'dotnetfx',
    '.NET Framework',
    /(?:\bmicrosoft )?\.net ?(?:framework|fx)(?: version)?|\bdotnet ?framework|\.net(?= ?[1-4]\.[0-9])(?! ?core)/i,
  ],
  ['runtime', 'dotnet', '.NET', /(?:\basp)?\.net(?: core)?\b|\bdotnet(?: ?core)?\b/i],
  [
    'runtime',
    'java',
    'Java',
    /\b(?:java(?! ?script)|jdk|jre|j2ee|openjdk|jvm)(?:[ -]?(?:se|ee|jdk|jre|runtime|development kit))?\b|\b(?:jdk|jre|java)(?=\d)/i,
    'java',
  ],
  ['runtime', 'nodejs', 'Node.js', /\bnode(?:\.?js|(?= ?\d))\b/i],
  ['runtime', 'python', 'Python', /\bpython\b|\bpython(?=\d)/i],
  ['runtime', 'php', 'PHP', /\bphp\b|\bphp(?=\d)/i],
  ['runtime', 'ruby', 'Ruby', /\bruby\b(?! on rails)/i],
  ['runtime', 'perl', 'Perl', /\bperl\b/i],
  ['runtime', 'go', 'Go', /\bgolang\b|\bgo(?= ?1\.\d)/i],
  ['runtime', 'cobol', 'COBOL', /\bcobol\b/i, 'none'],
  ['runtime', 'visual-basic', 'Visual Basic', /\bvisual basic\b|\bvb ?6\b/i, 'none'],
  ['runtime', 'powerbuilder', 'PowerBuilder', /\bpower ?builder\b/i],
  ['runtime', 'coldfusion', 'ColdFusion', /\bcold ?fusion\b/i],
  ['middleware', 'tomcat', 'Apache Tomcat', /\b(?:apache )?tomcat\b/i],
  [
    'middleware',
    'websphere',
    'WebSphere',
    /\b(?:ibm )?web ?sphere(?: application server| liberty)?(?! mq)\b/i,
  ],
  ['middleware', 'ibm-mq', 'IBM MQ', /\b(?:websphere |ibm )?mq(?: ?series)?\b/i],
  ['middleware', 'red-hat-jboss-eap', 'JBoss EAP', /\bjboss(?: eap)?\b/i],
  ['middleware', 'wildfly', 'WildFly', /\bwildfly\b/i],
  ['middleware', 'iis', 'IIS', /\b(?:microsoft |ms )?iis\b|\binternet information serv\w+/i],
  ['middleware', 'apache-kafka', 'Apache Kafka', /\b(?:apache )?kafka\b/i],
  ['middleware', 'apache-activemq', 'Apache ActiveMQ', /\b(?:apache )?activemq\b/i],
  [
    'middleware',
    'apache-http-server',
    'Apache HTTP Server',
    /\bapache(?: http(?: server|d)?|2| web server)?\b(?! (?:tomcat|kafka|cassandra|solr|activemq|spark|hadoop))|\bhttpd\b/i,
  ],
  ['middleware', 'nginx', 'nginx', /\bnginx\b/i],
  ['middleware', 'haproxy', 'HAProxy', /\bhaproxy\b/i],
  ['middleware', 'eclipse-jetty', 'Jetty', /\bjetty\b/i],
  ['middleware', 'glassfish', 'GlassFish', /\bglassfish\b/i],
  ['middleware', 'rabbitmq', 'RabbitMQ', /\brabbit ?mq\b/i],
  ['middleware', 'biztalk', 'BizTalk Server', /\bbiztalk(?: server)?\b/i],
  ['middleware', 'sharepoint', 'SharePoint', /\bshare ?point(?: server)?\b/i],
  [
    'middleware',
    'msexchange',
    'Exchange Server',
    /\b(?:ms |microsoft )exchange(?: server)?\b|\bexchange server\b/i,
  ],
  ['middleware', 'spring-boot', 'Spring Boot', /\bspring ?boot\b/i],
  ['middleware', 'drupal', 'Drupal', /\bdrupal\b/i],
  ['middleware', 'wordpress', 'WordPress', /\bwordpress\b/i],
  ['middleware', 'cics', 'CICS', /\bcics\b/i],
];

export const productNames: readonly ProductName[] = rows.map(([kind, product, name, pattern, version]) => ({
  kind,
  product,
  name,
  pattern,
  version: version ?? 'dotted',
}));
