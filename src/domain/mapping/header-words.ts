/** Spellings of the words of headers, brought to one form per meaning. */
const spellings: Readonly<Record<string, string>> = {
  address:
    'addr addy addrs addresses adr adress adresse adresses direccion direcciones endereco enderecos dir',
  application:
    'app apps appl appli application applications applicaton anwendung anwendungen applikation aplicacion aplicaciones aplicacao aplicacoes aplicativo aplicativos applicatif',
  architecture: 'arch architektur arquitectura arquitetura',
  authorization: 'authorisation',
  average:
    'avg mean averaged mittel mittelwert durchschnitt durchschnittlich moyenne moyen promedio media medio',
  building: 'bldg bldng gebaude edificio batiment predio',
  room: 'rm',
  business: 'biz bus',
  capacity: 'cap capacite kapazitat capacidad capacidade kapazitaet',
  category: 'cat categorie kategorie categoria categories categorias',
  center: 'centre centro zentrum',
  classification: 'klassifizierung klassifikation clasificacion classificacao',
  cluster: 'clusters',
  comment:
    'comments commentaire commentaires kommentar kommentare comentario comentarios remark remarks bemerkung bemerkungen anmerkung anmerkungen',
  component: 'components composants composant componentes componente komponente komponenten',
  configuration: 'config cfg konfiguration configuracion configuracao',
  core: 'cores kerne kern coeurs coeur nucleos nucleo',
  cost: 'costs kosten cout couts costo costos coste costes custo custos',
  count: 'cnt qty quantity anzahl nombre cantidad quantidade qtd qtde cant',
  cpu: 'cpus',
  criticality: 'criticity crit kritikalitat kritikalitaet criticite criticidad criticidade',
  database: 'db dbs databases datenbank datenbanken bdd',
  data: 'daten donnees datos dados',
  date: 'datum fecha dt',
  department: 'dept dep abteilung departement departamento depto dpto',
  description: 'desc descr descripcion descricao beschreibung designation bezeichnung',
  device: 'devices gerat geraet appareil dispositivo',
  disk: 'disks hdd hdds disque disques disco discos platte platten festplatte festplatten vdisk drive drives',
  domain: 'domains domane domaene domaine dominio',
  environment: 'env environnement umgebung entorno ambiente enviroment environments envt envmt environement',
  equipment: 'equipement equipo equipamento equipos equipements',
  code: 'cd cde codigo',
  group: 'grp grupo groupe',
  hardware: 'hw',
  host: 'hosts',
  identifier: 'id ids ident identifiant identificador kennung kennzeichen',
  information: 'info infos',
  installation: 'install installed installdate',
  ip: 'ips',
  last: 'letzte letzter letztes dernier derniere ultimo ultima latest',
  level: 'lvl niveau nivel stufe',
  license: 'licence licenses licences lizenz licencia licenca lic',
  location: 'loc locations standort lieu emplacement localisation ubicacion localizacion localizacao',
  mac: 'macs',
  machine: 'maschine maquina machines',
  maintenance: 'maint wartung mantenimiento manutencao',
  management: 'mgmt mgt',
  manager: 'mgr',
  manufacturer: 'mfr mfg manuf maker hersteller fabricant constructeur fabricante',
  memory: 'mem ram arbeitsspeicher hauptspeicher memoire memoria speicher',
  model: 'modell modele modelo models',
  name: 'nm names nom nome nombres namen bezeichner',
  network: 'netz netzwerk reseau red rede net nw',
  number: 'no nr num nbr nb numero nummer nro numbers',
  operating: 'oper betriebs',
  organization: 'organisation org organizacion organizacao orga',
  owner: 'ownr own owners eigentumer eigentuemer besitzer proprietaire propietario proprietario dueno',
  peak: 'max maximum maximal spitze spitzenwert pic pico maximo maximale',
  physical: 'phys physisch physique fisico',
  port: 'ports puerto',
  primary: 'prim principal primaire primar primario primaria',
  priority: 'prio prioritat prioritaet priorite prioridad prioridade',
  processor:
    'proc procs processors processeur processeurs procesador procesadores processador processadores prozessor prozessoren',
  purchase: 'kauf achat compra',
  read: 'reads rd lesen lecture lectura leitura',
  responsible:
    'verantwortlich verantwortlicher verantwortliche responsable responsables responsavel responsaveis',
  security: 'sec sicherheit securite seguridad seguranca',
  serial: 'ser serie seriennummer sernr',
  server: 'srv svr srvr svrs servers serveur serveurs servidor servidores serwer',
  service: 'svc services dienst servicio servicos servico dienste',
  size: 'taille grosse groesse tamano tamanho',
  software: 'sw logiciel logiciels',
  source: 'src quelle fuente origen origem',
  speed: 'geschwindigkeit vitesse velocidad velocidade',
  stage: 'stages',
  status: 'stat state states zustand statut etat estado situacao situacion',
  storage: 'stor stockage speicherplatz almacenamiento armazenamento',
  subnet: 'subnets subnetz subred subrede sousreseau',
  support: 'sup supp soporte suporte',
  supplier: 'suppliers lieferant fournisseur proveedor fornecedor',
  system: 'sys systems sistema systeme',
  target: 'ziel cible destino tgt',
  team: 'teams equipe gruppe',
  technical: 'tech technisch technischer technique tecnico technische',
  technology: 'technologie technologies tecnologia tecnologias technologien',
  time: 'zeit hora heure',
  type: 'typ tipo types tipos art',
  update: 'updated maj aktualisierung actualizacion atualizacao',
  user: 'usuaria usuarias users usr usuario usuarios utilisateur utilisateurs benutzer nutzer anwender utilizadores usager usagers',
  utilization: 'utilisation usage util use auslastung utilizacion utilizacao uso nutzung load occupation',
  vcpu: 'vcpus vcores vcore',
  vendor: 'vendors editeur anbieter',
  version: 'ver vers versions versao versione',
  virtual: 'virtuell virtuelle virtuel virtuelle',
  virtualization: 'virtualisation virtualisierung virtualizacion virtualizacao',
  vm: 'vms vmname',
  wave: 'waves welle vague ola onda',
  write: 'writes wr schreiben ecriture escritura escrita',
  zone: 'zona zonas zones',
};

const canonicalWords: ReadonlyMap<string, string> = new Map(
  Object.entries(spellings).flatMap(([word, others]) =>
    others.split(' ').map((other): [string, string] => [other, word]),
  ),
);

/** Every spelling that is brought to a common form. */
export const spelledWords: readonly string[] = [...canonicalWords.keys()];

/** The common form of a folded, lower-case word: `srv` → `server`, `hosts` → `host`. */
export function canonicalWord(word: string): string {
  return canonicalWords.get(word) ?? word;
}

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(' ').map(canonicalWord));
}

/** Words without a meaning of their own in a header. */
export const fillerWords = wordSet(
  'of the a an in de du des la le les l d del do da dos das el los las der die von fur fuer for per pro par por ' +
    'und and et y e on at is as with to a au aux en em zu im am current actual currently value field column ' +
    'according total overall full complete assigned configured s what which how many does do here are where our your this',
);

/** Words that say what the row is, and so add nothing to what the column is. */
export const carrierWords = wordSet(
  'server vm host machine asset ci device computer node instance system equipment hardware resource ' +
    'item code configuration virtual guest it component endpoint object record entity element rechner ordinateur ' +
    'ordenador computador equipo ativo activo actif workload inventory cmdb properties property metadata spec detail details information ext attr attribute attributes vmware misc corporate owning functional fonctionnel funcional fachlich general official estimated est approximate approx',
);

/** Words that name the row of an application list, and so add nothing there. */
export const applicationWords = wordSet('application software product program tool solution');
