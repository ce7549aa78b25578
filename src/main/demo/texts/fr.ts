/** What the demo says, in French: a paragraph a text; its lines are broken when it is printed. */
import type { TextLanguage } from '../../../runs/remedies.ts';
import { count, listed } from './words.ts';

export interface ToldQuarantine {
  roots: number;
  messages: number;
}

const waiting = ({ roots, messages }: ToldQuarantine): string =>
  `${count(messages, 'message', 'messages')}, ${count(roots, 'cause', 'causes')}`;

export const fr = {
  language: 'fr' as TextLanguage,
  locale: 'fr-FR',
  welcome: `Parterre : la démo. Un musée, le MoSA, vend une partie de ses places par un revendeur,
    la FNAC. Ici la FNAC est un simulateur, qui parle son protocole. Chaque étape peut être
    interrompue et reprise.`,
  taken: (title: string) => `${title} : déjà fait.`,
  stopped: "Arrêté. La même commande reprend l'histoire où elle en est.",

  titles: {
    house: 'La maison MoSA',
    form: 'La fiche de mise en vente',
    export: 'Mise en vente : les contingents',
    sales: 'Un premier jour de ventes',
    returns: 'Des retours, et du désordre',
    night: 'Intégration de la nuit',
    price: 'Un prix qui diffère',
    category: 'Une catégorie 22',
    cancellation: 'Une annulation qui rend trop, et la revente derrière elle',
    noon: 'Intégration de midi',
    wish: 'Une place reprise, vendue entre-temps',
    'last-evening': 'La dernière soirée se vend mal',
    list: 'Une liste de places qui diffère',
    door: "Contrôle d'accès",
    evening: 'Intégration du soir',
    before: 'Ce qui attend une personne',
    map: 'Corriger : la catégorie 22',
    reprice: 'Corriger : le prix',
    reseller: 'Corriger : ce que le revendeur doit corriger',
    replay: 'Rejouer tous les cas',
    reconcile: 'Rapprochement',
    duplicate: 'Un billet perdu, un duplicata',
    refund: 'Un remboursement partiel',
    'new-price': 'Un prix qui change',
    'gardens-before': 'Une salle qui vendait avant Parterre',
    gardens: 'La reprise : décrire et comparer',
    adopt: 'La reprise : adopter et intégrer',
    'former-price': "L'ancien prix, un jour trop tard",
    counter: 'Le guichet vend aussi',
    'foreign-seats': 'Des places qui ne sont pas à vendre',
    'ways-out': 'Les issues des cas',
    reported: 'Un cas signalé se clôt de lui-même',
    'cancel-show': 'Une séance annulée',
    'refund-show': 'Le revendeur rembourse ses acheteurs',
    file: 'Un fichier de ventes',
    payment: 'Un paiement reçu',
    close: 'Le mois est clos',
    late: 'Une vente tardive',
    last: 'Dernier rapprochement',
  },

  house: `Le musée des diapositives : 2 saisons, une grande salle à deux étages et un auditorium, 5
    produits vendables, 10 séances, 4 contingents, les correspondances et les programmations.`,
  form: (codes: readonly string[]) => `La FNAC connaît ${listed(codes)} : séances, tarifs et prix.`,
  handedOver: (places: number) => `${places} places remises à la FNAC : places numérotées et quotas
    des zones. La première réponse se perd en route : Parterre demande par sa référence ce qui a été
    fait, et ne répète rien à l'aveugle.`,
  sold: (tickets: number, orders: number) => `La FNAC vend ${tickets} billets en ${orders}
    commandes : places numérotées, zone libre, billets datés et non datés, compétition.`,
  returned: (told: { cancelled: number; refunded: number; others: number; reordered: number }) =>
    `${told.cancelled} annulations, ${told.refunded} remboursements partiels, ${told.others}
    duplicatas, échanges et changements de nom ; ${told.reordered} lignes arrivent dans le désordre,
    25 arrivent deux fois.`,
  tooDear: 'La FNAC vend 5 billets de CHALK4 à 13,00 ; ici, la séance coûte 12,00.',
  category22: `8 ventes dans une catégorie de client que personne ne connaît ici, dont une annulée
    aussitôt : cette annulation attend derrière sa vente.`,
  oddCancellation: `Le billet de la place 1FA/B/1, payé 35,00, est annulé contre 36,80 ; la place
    est revendue. L'annulation attend une décision, la revente attend l'annulation.`,
  wish: `Les places 1FA/K/1 et K/2 sont voulues pour Ticketnet. La FNAC rend K/2 ; K/1 est déjà
    vendue : elle reste vendue, le souhait tombe, et son auteur l'apprend.`,
  lastEvening: 'Le quota de CHALK6 passe de 200 à 140 : la FNAC rend 60 places.',
  otherList: (differences: number) => `La liste de la FNAC pour EXT2 oublie la place 1FA/H/8, que le
    rapprochement retrouve parmi ${differences} différences (les autres attendent un cas).`,
  doorList: (codes: number) => `La liste de CHALK1 est demandée, puis récupérée : ${codes} codes.
    Trois billets vendus à l'instant ne sont pas encore intégrés : leurs codes ouvrent déjà la
    porte.`,
  before: (quarantine: ToldQuarantine) =>
    `En quarantaine : ${waiting(quarantine)} ; derrière une cause, les autres attendent.`,
  mapped: `OccCont/FNAC_A devient 15|60|22 : les 8 ventes en attente entrent d'elles-mêmes, puis
    l'annulation qui attendait derrière l'une d'elles.`,
  repriced: 'CHALK4 est une nocturne : son prix est de 13,00 à compter du deuxième jour.',
  resellerCorrected: `La FNAC remet 1FA/H/8 dans sa liste, et annonce à nouveau l'annulation, contre
    35,00 : elle est intégrée, et la revente qui attendait la suit.`,
  replayed: (quarantine: ToldQuarantine) => `Restent en quarantaine : ${waiting(quarantine)}.`,
  sameLists: 'Place par place et billet par billet : les deux listes sont les mêmes.',
  otherLists: (here: number, there: number, others: number) =>
    `${here + there + others} différences : ${here} ici, ${there} là-bas, ${others} autres.`,

  duplicate: (ticket: string) =>
    `Un spectateur a perdu son billet ${ticket} : la FNAC lui en imprime un duplicata.`,
  atTheDoor: (code: string, answer: string) => `À la porte, le code ${code} : « ${answer} ».`,
  partlyRefunded: (ticket: string, answer: string) => `La FNAC rend 7,00 sur le billet ${ticket},
    payé 35,00 : le compte d'attente baisse d'autant, la place reste vendue, et à la porte :
    « ${answer} ».`,
  newPrice: (integrated: string) => `CHALK2 passe de 12,00 à 14,00 ce matin à 0 h, et la FNAC ne le
    sait pas encore : elle en vend trois à 12,00. Dans les 24 heures qui suivent un changement,
    l'ancien prix passe, et le journal le dit. ${integrated}`,
  formerPrice: (integrated: string) => `Un magasin vend encore deux billets de CHALK2 à 12,00, 34
    heures après le changement : deux cas. Un autre vend déjà à 14,00. ${integrated}`,
  gardensBefore: (places: number, tickets: number) => `Le Théâtre des Jardins rejoint le musée. Son
    ancienne billetterie a remis ${places} places à la FNAC, qui en a vendu ${tickets} et annulé
    une. Parterre n'en sait encore rien.`,
  gardens: (here: number, there: number, others: number) => `La salle, ses prix et ses
    correspondances entrent par un fichier ; le compte s'ouvre aujourd'hui. Le rapprochement :
    ${here} places ou billets que seule la FNAC connaît, ${there} que nous sommes seuls à connaître,
    ${count(others, 'autre différence', 'autres différences')}.`,
  adopted: (seats: number, integrated: string, left: number) => `${seats} places libres ici et
    là-bas rejoignent l'allotement sans être envoyées. Puis les ventes : ${integrated}
    Rapprochement : ${count(left, 'différence', 'différences')}.`,
  counter: (
    isRefused: boolean,
  ) => `Le guichet du musée vend deux places de la grande salle et quatre
    entrées de CHALK1. Il voulait aussi 1F/A/L/5 : ${
      isRefused ? 'refusé, la place est chez la FNAC, qui peut la vendre.' : 'vendue.'
    }`,
  foreignSeats: (integrated: string, quarantine: ToldQuarantine) => `Un magasin de la FNAC vend
    1FB/G/20, G/21 et G/22, qui sont dans le contingent de SecuTix, et rend 36,80 sur un billet payé
    35,00. ${integrated} En quarantaine : ${waiting(quarantine)}.`,
  settled: [
    `G/20 reçoit une autre place, N/39 de la réserve ; G/21 reste en surréservation, et la porte
    dira « Voir le guichet » ; G/22 est signalée à la FNAC et attend son annulation.`,
    `Le remboursement de 36,80 et les deux ventes à 12,00 sont acceptés. L'annulation du deuxième
    jour, que la FNAC a corrigée, est écartée : nos livres restent comme ils sont.`,
  ],
  reportReady: (subject: string, to: string) => `Le courriel à la FNAC et son Excel sont prêts, pour
    ${to} : « ${subject} ».`,
  reported: `La FNAC annule la vente de G/22 : son message clôt le cas de lui-même.`,
  inQuarantine: (quarantine: ToldQuarantine) => `En quarantaine : ${waiting(quarantine)}.`,
  cancelledShow: (
    tickets: number,
  ) => `Le second jour du tournoi d'échecs est annulé. La FNAC rend ce
    qu'elle n'a pas vendu ; ses ${tickets} billets sont à rembourser par elle, qui seule connaît les
    acheteurs. Leurs codes sont fermés. La lettre à la FNAC est prête, avec la liste :`,
  letter: (to: string, subject: string) => [`À : ${to}`, `Objet : ${subject}`],
  refundedShow: (left: number) => `La FNAC rembourse ses acheteurs, et le dit : il reste
    ${count(left, 'billet', 'billets')} à rembourser. Les places qu'elle retrouve ainsi lui sont
    reprises aussi.`,
  file: (integrated: string) => `La FNAC envoie aussi par courriel le fichier de ses ventes de
    CHALK1, à la minute et sans numéro d'opération ; quelqu'un l'importe. Tout y est connu.
    ${integrated}`,
  payment: (month: string, document: string, balance: string) => `Le mois se solde par ${month} :
    ventes, moins remboursements et commissions. La FNAC les vire (${document}) ; elle doit encore
    ${balance}.`,
  closed: (period: string) => `Le mois ${period} est clos : plus rien n'y entre.`,
  late: `Un magasin resté hors ligne rapporte deux ventes du mois clos. Elles sont comptées dans le
    mois ouvert, comme écritures tardives, et gardent l'heure de la vente.`,

  integratedCounts: [
    ['messages', 'message lu', 'messages lus'],
    ['integrated', 'vente', 'ventes'],
    ['cancelled', 'annulation', 'annulations'],
    ['refunded', 'remboursement', 'remboursements'],
    ['replaced', 'duplicata', 'duplicatas'],
    ['exchanged', 'échange', 'échanges'],
    ['renamed', 'changement de nom', 'changements de nom'],
    ['alreadyKnown', 'déjà connu', 'déjà connus'],
    ['quarantined', 'en quarantaine', 'en quarantaine'],
  ] as readonly (readonly [string, string, string])[],
  nothingNew: 'Rien de nouveau.',
  waiting,

  figuresTitle: "Comptes de l'histoire, tirés des livres :",
  figures: {
    contingented: 'Places contingentées et invendues',
    exported: 'dont à la FNAC (allotement)',
    takenBack: 'Places reprises',
    messages: 'Messages de la FNAC',
    integrated: 'Ventes intégrées',
    cancelled: 'Annulations',
    refunded: 'Remboursements partiels',
    others: 'Duplicatas, échanges, noms',
    alreadyKnown: 'Répétitions, déjà connues',
    orders: 'Commandes',
    tickets: 'Billets valides',
    codes: 'Codes qui ouvrent la porte',
    before: 'En quarantaine avant les corrections',
    after: 'En quarantaine après',
    settled: 'Cas réglés',
    corrected: 'dont par une correction',
    setAside: 'Messages écartés par quelqu’un',
    balance: "Compte d'attente",
    received: 'Paiements reçus',
    closedPeriods: 'Mois clos',
    lateOperations: 'Opérations tardives',
    refundedMinor: 'Remboursé sur des billets valides',
    withinGrace: "Vendus à l'ancien prix, dans les 24 h",
    accepted: "Vendus à l'ancien prix, acceptés",
    replacedCodes: 'Codes remplacés par un duplicata',
    overbooked: 'Billets en surréservation',
    reseated: 'Billets sur une autre place',
    counterSold: 'Places vendues par le guichet',
    counterRefused: 'Lignes refusées au guichet',
    showRefunded: 'Séance annulée : billets remboursés',
    showToBeRefunded: 'Séance annulée : à rembourser',
    adoptedSeats: 'Reprise : places à la FNAC',
    adoptedTickets: 'Reprise : billets',
    beforeOpening: "dont vendus avant l'ouverture du compte",
    adoptedDifference: 'Reprise : écart des comptes',
    importedLines: 'Fichier importé : lignes',
    importedMessages: 'Fichier importé : messages nouveaux',
    missingHere: 'Rapprochement : manquent ici',
    missingThere: 'Rapprochement : manquent là-bas',
    different: 'Rapprochement : diffèrent',
    doubleSold: 'Vendues deux fois',
    lost: 'Perdus',
    seconds: 'Secondes',
  },

  goesOn: `La FNAC continue de vendre, et Parterre d'intégrer, jusqu'à Ctrl-C. Dans une autre
    fenêtre :`,
  web: (address: string) => `L'application web : ${address}`,
  signIn: (password: string) => `Mot de passe de chacun : ${password}`,
  roles: {
    manager: 'responsable de billetterie',
    box_office: 'guichet',
    administrator: 'administration',
    auditor: 'audit, en lecture',
    steward: "contrôle d'accès",
  },
  busy: 'une autre exécution est en cours.',
  allOver: 'Toutes les séances de cette démo sont passées : recommencez dans un dossier neuf.',
  cancels: (ticket: string) => `La FNAC annule le billet ${ticket}.`,
  sells: (tickets: number, performance: string) => `La FNAC vend ${tickets} × ${performance}.`,
  soldOut: (performance: string) => `La FNAC n'a plus assez de places pour ${performance}.`,
  integrated: (told: string) => `Intégré : ${told}`,
  ended: 'Arrêté.',

  refusals: {
    otherOrganisation: (codes: readonly string[]) =>
      `Cette base contient déjà ${listed(codes)} : la démo veut une base à elle.`,
    foreignMosa: "Cette base contient un MoSA que la démo n'a pas créé : elle ne le touche pas.",
    olderDemo: "Cette base tient la démo d'une version antérieure, dont l'histoire est une autre.",
    otherFolder: (folder: string) =>
      `Choisissez un autre dossier : PARTERRE_DATA=.parterre/demo npm run demo (ici : ${folder}).`,
    otherDatabase: `Créez-en une : createdb parterre_demo, puis
      DATABASE_URL=postgres://…/parterre_demo npm run demo.`,
    booksMissing: (folder: string) => [
      `Cette base a commencé une démo ; les livres du revendeur manquent : ${folder}`,
      `Indiquez par PARTERRE_DATA le dossier où elle a commencé, ou reprenez sur une base neuve.`,
    ],
    runsAlready: (folder: string) => [
      `Une démo tourne déjà avec les livres du revendeur de ${folder}.`,
      `Arrêtez-la (Ctrl-C), ou choisissez un autre dossier avec PARTERRE_DATA et une autre base.`,
    ],
  },
};

export type StoryTexts = typeof fr;
export type StepName = keyof typeof fr.titles;
