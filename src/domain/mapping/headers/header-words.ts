/** Spellings of the words of headers, brought to one form per meaning. */
const spellings: Readonly<Record<string, string>> = {
  address:
    'addr addy addrs addresses adr adress adresse adresses direccion direcciones endereco enderecos dir adres adressen indirizzo indirizzi',
  application:
    'app apps appl appli application applications applicaton anwendung anwendungen applikation aplicacion aplicaciones aplicacao aplicacoes aplicativo aplicativos applicatif applicatie applicaties applicazione applicazioni applicativi',
  allocated: 'alloc allocation allocations allocato allocata',
  consumed: 'cons consumption',
  power: 'pwr',
  provisioned: 'prov',
  architecture: 'arch architektur arquitectura arquitetura architectuur architettura',
  authorization: 'authorisation',
  average:
    'avg mean averaged mittel mittelwert durchschnitt durchschnittlich moyenne moyen promedio media medio gemiddeld gemiddelde',
  building: 'bldg bldng gebaude edificio batiment predio',
  room: 'rm',
  business: 'biz bus',
  capacity: 'cap capacite kapazitat capacidad capacidade kapazitaet capaciteit capacita',
  category: 'cat categorie kategorie categoria categories categorias',
  center: 'centre centro zentrum',
  classification: 'klassifizierung klassifikation clasificacion classificacao',
  cluster: 'clusters',
  comment:
    'comments commentaire commentaires kommentar kommentare comentario comentarios remark remarks bemerkung bemerkungen anmerkung anmerkungen opmerking opmerkingen toelichting commento commenti',
  component: 'components composants composant componentes componente komponente komponenten',
  configuration: 'config cfg konfiguration configuracion configuracao configuratie configurazione',
  core: 'cores kerne kern coeurs coeur nucleos nucleo kernen',
  cost: 'costs kosten cout couts costo costos coste costes custo custos costi',
  count: 'cnt qty quantity anzahl nombre cantidad quantidade qtd qtde cant aantal hoeveelheid quantita',
  cpu: 'cpus',
  criticality:
    'criticity crit kritikalitat kritikalitaet criticite criticidad criticidade kriticiteit kritikaliteit criticita',
  database: 'db dbs databases datenbank datenbanken bdd',
  data: 'daten donnees datos dados gegevens dati',
  date: 'datum fecha dt',
  department: 'dept dep abteilung departement departamento depto dpto',
  description:
    'desc descr descripcion descricao beschreibung designation bezeichnung omschrijving descrizione',
  device: 'devices gerat geraet appareil dispositivo apparaat apparaten apparato apparati',
  disk: 'disks hdd hdds disque disques disco discos platte platten festplatte festplatten vdisk drive drives schijf schijven dischi',
  domain: 'domains domane domaene domaine dominio',
  environment:
    'env environnement umgebung entorno ambiente enviroment environments envt envmt environement omgeving',
  equipment: 'equipement equipo equipamento equipos equipements',
  code: 'cd cde codigo',
  group: 'grp grupo groupe groep gruppo',
  hardware: 'hw',
  host: 'hosts',
  identifier: 'id ids ident identifiant identificador kennung kennzeichen identificatie identificativo',
  information: 'info infos',
  installation: 'install installed installdate installatie installazione',
  ip: 'ips',
  last: 'letzte letzter letztes dernier derniere ultimo ultima latest laatst laatste',
  level: 'lvl niveau nivel stufe livello',
  license: 'licence licenses licences lizenz licencia licenca lic licentie licenties licenza licenze',
  location: 'loc locations standort lieu emplacement localisation ubicacion localizacion localizacao locatie',
  mac: 'macs',
  machine: 'maschine maquina machines macchina macchine',
  maintenance: 'maint wartung mantenimiento manutencao onderhoud manutenzione',
  management: 'mgmt mgt',
  manager: 'mgr',
  manufacturer:
    'mfr mfg manuf maker hersteller fabricant constructeur fabricante fabrikant produttore costruttore',
  memory: 'mem ram arbeitsspeicher hauptspeicher memoire memoria speicher geheugen werkgeheugen',
  model: 'modell modele modelo models modello',
  name: 'nm names nom nome nombres namen bezeichner naam',
  network: 'netz netzwerk reseau red rede net nw netwerk rete',
  number: 'no nr num nbr nb numero nummer nro numbers',
  operating: 'oper betriebs',
  organization: 'organisation org organizacion organizacao orga',
  owner:
    'ownr own owners eigentumer eigentuemer besitzer proprietaire propietario proprietario dueno eigenaar',
  peak: 'max maximum maximal spitze spitzenwert pic pico maximo maximale piek picco massimo massima maximaal',
  physical: 'phys physisch physique fisico fysiek fysieke',
  port: 'ports puerto poort porta',
  primary: 'prim principal primaire primar primario primaria',
  priority: 'prio prioritat prioritaet priorite prioridad prioridade prioriteit priorita',
  processor:
    'proc procs processors processeur processeurs procesador procesadores processador processadores prozessor prozessoren processore processori',
  purchase: 'kauf achat compra aankoop aanschaf acquisto',
  read: 'reads rd lesen lecture lectura leitura',
  responsible:
    'resp verantwortlich verantwortlicher verantwortliche responsable responsables responsavel responsaveis verantwoordelijk verantwoordelijke responsabile',
  security: 'sec sicherheit securite seguridad seguranca beveiliging sicurezza',
  serial: 'ser serie seriennummer sernr seriale',
  server: 'srv svr srvr svrs servers serveur serveurs servidor servidores serwer',
  service: 'svc services dienst servicio servicos servico dienste',
  size: 'taille grosse groesse tamano tamanho grootte omvang dimensione dimensioni',
  software: 'sw logiciel logiciels',
  source: 'src quelle fuente origen origem bron sorgente origine',
  speed: 'geschwindigkeit vitesse velocidad velocidade snelheid velocita',
  stage: 'stages',
  status: 'stat state states zustand statut etat estado situacao situacion stato',
  storage: 'stor stockage speicherplatz almacenamiento armazenamento opslag',
  subnet: 'subnets subnetz subred subrede sousreseau',
  support: 'sup supp soporte suporte ondersteuning supporto',
  supplier: 'suppliers lieferant fournisseur proveedor fornecedor leverancier fornitore',
  system: 'sys systems sistema systeme systeem systemen sistemi',
  target: 'ziel cible destino tgt',
  team: 'teams equipe gruppe',
  technical: 'tech technisch technischer technique tecnico technische tecnica',
  technology: 'technologie technologies tecnologia tecnologias technologien technologieen tecnologie',
  time: 'zeit hora heure tijd tempo',
  type: 'typ tipo types tipos art soort tipologia',
  update: 'updated maj aktualisierung actualizacion atualizacao bijgewerkt aggiornamento aggiornato',
  user: 'usuaria usuarias users usr usuario usuarios utilisateur utilisateurs benutzer nutzer anwender utilizadores usager usagers gebruiker gebruikers utente utenti',
  utilization:
    'utilisation usage util use auslastung utilizacion utilizacao uso nutzung load occupation gebruik utilizzo belasting',
  vcpu: 'vcpus vcores vcore',
  vendor: 'vendors editeur anbieter',
  version: 'ver vers versions versao versione versie versioni',
  virtual: 'virtuell virtuelle virtuel virtuelle virtueel virtuele virtuale virtuali',
  virtualization:
    'virtualisation virtualisierung virtualizacion virtualizacao virtualisatie virtualizzazione',
  vm: 'vms vmname',
  wave: 'waves welle vague ola onda golf ondata',
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
    'according total overall full complete assigned configured s what which how many does do here are where our your this desired tms utc gmt timestamp epoch quel quelle quels quelles qui que est il elle son sa ses wer wen welche welcher welches ist sind hat es gibt wie cual cuales quien que es hay qual quais quem ha tem chi che sono wat welke wie er is zijn van het een bij te aan di della dei degli delle il lo gli',
);

/** Words that say what the row is, and so add nothing to what the column is. */
export const carrierWords = wordSet(
  'server vm host machine asset ci device computer node instance system equipment hardware resource ' +
    'item code configuration virtual guest it component endpoint object record entity element rechner ordinateur ' +
    'ordenador computador equipo ativo activo actif workload inventory cmdb properties property metadata spec detail details information ext attr attribute attributes vmware misc corporate owning functional fonctionnel funcional fachlich general official estimated est approximate approx',
);

/** Words that name the row of an application list, and so add nothing there. */
export const applicationWords = wordSet('application software product program tool solution');
