/**
 * The one place where the names of the wire are written down. A venue that receives FNAC's own
 * WSDLs puts them into a folder (the setting `wsdlFolder`) and changes the names here.
 */

export const SERVICES = [
  'EtatVentes',
  'Contingentement',
  'PrepareCtrlAcces',
  'GetCtrlAcces',
] as const;
export type ServiceName = (typeof SERVICES)[number];

/** The fields of an operation that we read; what is not named here never leaves the parser. */
export const OPERATION_FIELDS = [
  'sequence',
  'type',
  'numeroOperation',
  'dateOperation',
  'pointDeVente',
  'numeroBillet',
  'numeroCommande',
  'billetRemplace',
  'manifestation',
  'seance',
  'dateSeance',
  'salle',
  'bloc',
  'allotement',
  'typeTarif',
  'categorieClient',
  'rang',
  'place',
  'prix',
  'montantRembourse',
  'commission',
  'devise',
  'codeBarres',
  'nom',
  'prenom',
  'liberePlace',
  'test',
] as const;
export type OperationField = (typeof OPERATION_FIELDS)[number];

/** Not for a log, a recording or a case's excerpt: a person's name, and what opens the door. */
const PRIVATE_FIELDS: readonly string[] = ['nom', 'prenom', 'codeBarres'];

export const LISTED_PLACE_FIELDS = [
  'allotement',
  'bloc',
  'rang',
  'place',
  'typeTarif',
  'etat',
  'numeroBillet',
] as const;

export const ACCESS_ENTRY_FIELDS = [
  'codeBarres',
  'numeroBillet',
  'etat',
  'bloc',
  'rang',
  'place',
] as const;

const FAULT = ['faultcode', 'faultstring', 'code', 'message'];
const REQUEST = [
  'codeGestionnaire',
  'curseur',
  'nombreMax',
  'manifestation',
  'seance',
  'dateSeance',
  'salle',
];
const PAGE = ['suite', 'curseurSuivant'];

/** The elements (and namespaces) that a recording keeps, per service; all else is blanked. */
export const KEPT: Readonly<Record<ServiceName, readonly string[]>> = {
  EtatVentes: [
    'urn:parterre:fnac:etat-ventes:1',
    'urn:parterre:fnac:commun:1',
    ...FAULT,
    ...REQUEST,
    ...PAGE,
    ...OPERATION_FIELDS.filter((field) => !PRIVATE_FIELDS.includes(field)),
  ],
  Contingentement: [
    'urn:parterre:fnac:contingentement:1',
    'urn:parterre:fnac:commun:1',
    ...FAULT,
    ...REQUEST,
    ...PAGE,
    ...LISTED_PLACE_FIELDS,
    'reference',
    'cle',
    'quantite',
    'resultat',
    'motif',
    'libres',
    'vendues',
  ],
  PrepareCtrlAcces: [
    'urn:parterre:fnac:prepare-ctrl-acces:1',
    'urn:parterre:fnac:commun:1',
    ...FAULT,
    ...REQUEST,
    'numeroDemande',
  ],
  GetCtrlAcces: [
    'urn:parterre:fnac:get-ctrl-acces:1',
    'urn:parterre:fnac:commun:1',
    ...FAULT,
    ...REQUEST,
    ...PAGE,
    'numeroDemande',
    'motif',
    ...ACCESS_ENTRY_FIELDS.filter((field) => !PRIVATE_FIELDS.includes(field)),
  ],
};

/** The fields of an unreadable operation that a case may show. */
export const SHOWN_FIELDS: ReadonlySet<string> = new Set(
  OPERATION_FIELDS.filter((field) => !PRIVATE_FIELDS.includes(field)),
);
