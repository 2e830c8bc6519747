const operatingSystem =
  /\b(?:windows|win(?:dows)? ?(?:server )?(?:20(?:00|03|08|12|16|19|22|25)|10|11|7|8|xp|nt)|linux|red ?hat|rhel ?\d|centos|ubuntu|debian|suse|sles|fedora|rocky|almalinux|oel ?\d|aix|solaris|sunos|hp-?ux|esxi?|vmware photon|photon os|z\/os|z\/vm|ibm i|os\/400|as\/400|i5\/os|mac ?os|os x|freebsd|openbsd|netbsd|android|ios (?:xe|xr|\d)|nx-os|junos|pan-os|fortios|data ?ontap|openvms|tru64|raspbian|kali|amazon linux|chrome ?os|netware|el[5-9]\b)/i;
const product =
  /\b(?:sql ?server|mssql|oracle(?: database| db| ?\d)|postgres(?:ql)?|mysql|mariadb|db2|mongo(?:db)?|redis|cassandra|sybase|informix|teradata|elasticsearch|couchbase|sap hana|hana|java|jdk|jre|openjdk|\.net|dotnet|asp\.net|node(?:\.?js)?|python|php|ruby|perl|golang|cobol|tomcat|weblogic|websphere|jboss|wildfly|iis|apache|nginx|glassfish|rabbitmq|kafka|activemq|ibm mq|mqseries|spring boot|angular|react|drupal|wordpress|sharepoint|coldfusion|ms access|exchange server|biztalk)\b/i;

/** Whether a text names an operating system; cheap, for profiling. `readOperatingSystem` says which. */
export function mentionsOperatingSystem(text: string): boolean {
  return operatingSystem.test(text);
}

/** Whether a text names a database, runtime or middleware; cheap, for profiling. `readProduct` says which. */
export function mentionsProduct(text: string): boolean {
  return product.test(text);
}
