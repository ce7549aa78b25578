import type { LanguageTexts } from '../text-types.ts';
import { eventTexts, otherTexts } from '../text-types.ts';
import { business } from './fr-business.ts';

const other = otherTexts({
  'mapping.missing': `Correspondance manquante : {word} « {value} »
    | Le revendeur emploie « {value} », et aucune de vos données ({word}) n'y correspond.
    | Ajoutez la ligne dans Correspondances, ou marquez la valeur « pas à nous » ; les messages en
      attente seront repris aussitôt.`,
  'mapping.ambiguous': `Correspondance ambiguë : {word} « {value} »
    | Plusieurs de vos données peuvent être désignées : {candidates}.
    | Précisez la ligne dans Correspondances (par exemple Parent/Code), pour une seule d'entre
      elles.`,
  'mapping.ours_missing': `{ours} n'a pas de nom chez le revendeur
    | Pour envoyer des places, il faut le mot du revendeur pour {word} {ours}.
    | Ajoutez la ligne {ours} dans Correspondances ; l'export suivant la prendra.`,
  'external.unreachable': `{reseller} est injoignable
    | Le service {service} ne répond pas à son adresse : {detail}.
    | Recommencez plus tard ; si cela revient, vérifiez l'adresse dans l'onglet Général, puis
      appelez {person}.`,
  'external.timeout': `{reseller} n'a pas répondu à temps
    | Le service {service} a été trop long : {detail}.
    | Recommencez ; si cela revient, appelez {person} (l'appel est joint à l'exécution).`,
  'external.reset': `La liaison avec {reseller} a été coupée
    | Le service {service} a rompu la connexion en cours de route : {detail}.
    | Recommencez ; si cela revient, appelez {person} (l'appel est joint à l'exécution).`,
  'external.tls': `La liaison avec {reseller} n'est pas sûre
    | Le certificat du service {service} a été refusé : {detail}.
    | Ne contournez pas : demandez à {person} quand le certificat sera corrigé.`,
  'external.status': `{reseller} a refusé l'appel (statut {status})
    | Le service {service} a répondu par une erreur : {detail}.
    | Recommencez ; si cela revient, appelez {person} (l'appel est joint à l'exécution).`,
  'external.redirect': `{reseller} renvoie vers un autre serveur
    | Le service {service} redirige l'appel, ce qui n'est pas suivi : {detail}.
    | Demandez à {person} la bonne adresse, et corrigez-la dans l'onglet Général.`,
  'external.address_refused': `Cette adresse ne peut pas être appelée
    | L'adresse du service {service} mène à un réseau privé ou est mal écrite : {detail}.
    | Corrigez l'adresse dans l'onglet Général, ou faites autoriser cet hôte par le support
      (PARTERRE_ALLOW_HOSTS).`,
  'external.too_large': `La réponse de {reseller} est trop volumineuse
    | Le service {service} a dépassé la taille admise : {detail}.
    | Recommencez ; si cela revient, demandez à {person} ce qui est envoyé.`,
  'external.truncated': `La réponse de {reseller} est incomplète
    | Le service {service} s'est arrêté avant la fin. Ce qui était entier est gardé.
    | Recommencez : la lecture reprend où elle s'était arrêtée. Si cela revient, appelez {person}.`,
  'external.not_well_formed': `La réponse de {reseller} est illisible
    | Le service {service} a envoyé un document mal formé (ligne {line}, colonne {column}).
    | Recommencez ; si cela revient, envoyez l'appel joint à {person}.`,
  'external.html': `{reseller} a répondu par une page web
    | Au lieu du document attendu, le service {service} a envoyé une page (souvent : maintenance).
    | Recommencez plus tard ; si cela revient, appelez {person}.`,
  'external.charset': `La réponse de {reseller} a des caractères faux
    | Le service {service} annonce un jeu de caractères et en emploie un autre.
    | Envoyez l'appel joint à {person} : rien n'a été deviné.`,
  'external.dtd': `La réponse de {reseller} est refusée
    | Le service {service} a envoyé une définition de document (DTD), que nous refusons toujours.
    | Prévenez {person} : ce n'est pas une réponse normale.`,
  'external.entity': `La réponse de {reseller} est refusée
    | Le service {service} a envoyé des entités XML, que nous refusons toujours.
    | Prévenez {person} : ce n'est pas une réponse normale.`,
  'external.empty': `{reseller} a répondu par du vide
    | Le service {service} n'a rien envoyé.
    | Recommencez ; si cela revient, appelez {person}.`,
  'external.unexpected_answer': `{reseller} a répondu autre chose
    | La réponse du service {service} n'est pas celle de la question posée : {detail}.
    | Recommencez ; si cela revient, envoyez l'appel joint à {person}.`,
  'external.fault_authentication': `{reseller} refuse l'identifiant ou le mot de passe
    | Le service {service} n'accepte pas l'accès qui est réglé.
    | Retapez l'identifiant et le mot de passe dans l'onglet Général, puis testez la connexion ;
      s'ils sont bons, appelez {person}.`,
  'external.fault_unknown_manager': `{reseller} ne connaît pas ce code gestionnaire
    | Le service {service} répond, mais pas pour ce code.
    | Vérifiez le code gestionnaire dans l'onglet Général, ou demandez-le à {person}.`,
  'external.fault_unknown_product': `{reseller} ne connaît pas un produit
    | Le service {service} ne trouve pas cette manifestation : {detail}.
    | Vérifiez la correspondance du produit ; si elle est bonne, demandez à {person} si la fiche
      de mise en vente est saisie.`,
  'external.fault_busy': `{reseller} est occupé
    | Le service {service} demande de revenir plus tard : {detail}.
    | Recommencez dans quelques minutes.`,
  'external.fault_internal': `Panne chez {reseller}
    | Le service {service} signale une erreur interne : {detail}.
    | Recommencez ; si cela revient, appelez {person} (l'appel est joint à l'exécution).`,
  'external.fault_other': `{reseller} a répondu par une erreur
    | Le service {service} dit : {detail}.
    | Recommencez ; si cela revient, appelez {person} (l'appel est joint à l'exécution).`,
  'external.unknown_outcome': `On ne sait pas si {reseller} a exécuté la commande {reference}
    | La commande est partie et la réponse s'est perdue : {detail}.
    | Ne refaites rien à la main : l'exécution suivante demandera d'abord ce qu'elle est devenue.`,
  'external.never_arrived': `La commande {reference} n'est jamais arrivée
    | Interrogé, {reseller} ne la connaît pas : rien n'a été fait.
    | Relancez l'export : elle repartira sous une nouvelle référence.`,
  'external.unreadable_message': `Une ligne du revendeur est illisible
    | Le champ {field} contient « {value} », qui ne se comprend pas. La ligne est gardée.
    | Envoyez-la à {person} ; les autres lignes sont intégrées.`,
  'external.seat_refused': `{reseller} refuse la place {seat}
    | Pour {performance}, motif du revendeur : {reason}. Elle ne sera pas renvoyée chaque nuit.
    | Corrigez ce qu'il reproche et relancez à la main, ou appelez {person}.`,
  'external.seat_unknown_there': `{reseller} ne connaît pas la place {seat}
    | Elle devait être dans son allotement pour {performance}, et il ne l'a pas.
    | Lancez un rapprochement de la séance pour voir toutes les différences.`,
  'external.list_failed': `{reseller} n'a pas pu préparer sa liste de codes
    | Pour {performance}, motif du revendeur : {reason}.
    | Redemandez la liste ; si cela revient, appelez {person} avant l'ouverture des portes.`,
  'external.file_empty': `Le fichier {file} est vide
    | Il ne contient rien, ou que des lignes blanches.
    | Redemandez-le à {person} ; s'il a été coupé en chemin, récupérez-le de nouveau.`,
  'external.file_format': `{file} n'est pas un fichier des ventes de {reseller}
    | Son début est autre : {detail}. Rien n'en a été lu.
    | Choisissez le fichier tel que {reseller} l'a envoyé, pas celui qu'un tableur a enregistré.`,
  'external.file_changed': `{file} a changé pendant la lecture
    | Quelqu'un l'écrivait encore. Ce qui a été lu est intégré.
    | Importez-le de nouveau quand il est complet : ce qui est connu ne change rien.`,
  'external.file_charset': `Le fichier contient de l'UTF-8 au lieu de Windows-1252
    | La ligne {line} est la première. Ces lignes ont été lues en UTF-8.
    | Regardez un nom accentué ; s'il est faux, demandez à {person} le jeu de caractères.`,
  'external.file_dictionary': `Le fichier n'a pas de dictionnaire « {dictionary} »
    | Ses codes ont été pris tels quels, sans contrôle.
    | Si une correspondance manque, demandez à {person} le fichier complet.`,
  'external.file_letters': `Opérations autres que V et A : {letters}
    | La ligne {line} est la première. Tout sauf V est lu comme une annulation.
    | Demandez à {person} ce qu'elles veulent dire avant le prochain fichier, et vérifiez ces
      billets.`,
  'external.line_columns': `Une ligne a {found} colonnes au lieu de {expected}
    | Une colonne manque, ou une valeur contient un séparateur. Rien n'y est sûr.
    | Envoyez le fichier à {person} ; les autres lignes sont intégrées.`,
  'external.line_quote': `Une ligne contient un guillemet isolé
    | La fin de la valeur est inconnue. Chaque ligne est lue pour elle-même.
    | Envoyez le fichier à {person} ; les autres lignes sont intégrées.`,
  'external.line_bytes': `Une ligne contient autre chose que du texte
    | Un NUL ou un autre caractère de contrôle : le fichier a été abîmé en chemin.
    | Récupérez-le de nouveau, ou envoyez-le à {person} ; les autres lignes sont intégrées.`,
  'external.line_long': `Une ligne est trop longue
    | Elle a {size} octets, {limit} sont admis : il manque des fins de ligne.
    | Envoyez le fichier à {person} ; les autres lignes sont intégrées.`,
  'external.code_not_listed': `« {value} » n'est pas dans le dictionnaire « {dictionary} »
    | Le fichier n'explique pas ce code à son début : il est incomplet, ou une colonne est
      décalée.
    | Envoyez le fichier à {person} ; les autres lignes sont intégrées.`,
  'external.excel_number': `Un tableur a abîmé un numéro
    | Le champ {field} contient « {value} » : des chiffres sont perdus.
    | Importez le fichier tel que {reseller} l'a envoyé ; les autres lignes sont intégrées.`,
  'technical.unexpected': `Erreur inattendue
    | Le programme s'est arrêté là où il n'aurait pas dû : {detail}. Rien n'est écrit à moitié.
    | Appelez le support avec le numéro de l'exécution : {number}.`,
  'technical.database': `La base de données n'a pas répondu comme prévu
    | {detail}
    | Recommencez ; si cela revient, appelez le support avec le numéro de l'exécution : {number}.`,
  'technical.configuration': `Un réglage manque ou ne va pas
    | À vérifier : {fields}.
    | Corrigez-le dans l'onglet Général ; sinon appelez le support avec le numéro de l'exécution :
      {number}.`,
  'technical.worker_died': `L'exécution {run} a été interrompue
    | Le programme qui la menait s'est arrêté ; ce qui était écrit reste, le reste est repris.
    | Rien à faire si l'exécution suivante est bonne ; sinon appelez le support avec le numéro
      {number}.`,
});

const events = eventTexts({
  'run.waited': `A attendu la fin de l'exécution {run} ({function}, lancée par {startedBy}).`,
  'run.took_over': `A repris le compte de l'exécution {run} ({function}), interrompue.`,
  'run.simulation': `Simulation : rien n'est écrit, sauf ce journal.`,
  'run.cancelled': `Arrêtée à la demande ; ce qui était écrit reste.`,
  'schedule.fails': `La programmation « {schedule} » a échoué {failures} fois de suite ; elle se
    met en pause à {pauseAfter}.`,
  'schedule.paused': `La programmation « {schedule} » est en pause : elle a échoué {failures}
    fois de suite. Corrigez la cause, puis reprenez-la.`,
  'integrate.done': `{integrated} messages intégrés, {quarantined} en quarantaine, {repeated} déjà
    connus.`,
  'integrate.nothing': `Rien de nouveau chez {reseller}.`,
  'integrate.not_ours': `{messages} messages ne sont pas à nous : comptés, pas gardés.`,
  'import.done': `{file} : {lines} lignes lues.`,
  'import.no_codes': `{tickets} billets sont arrivés sans code : aucun n'ouvre la porte avant que
    le revendeur le donne (préparer, puis récupérer le contrôle d'accès).`,
  'import.again': `{file} a déjà été importé le {at} : ce qui est connu ne change rien.`,
  'export.sent': `{performance}, {contingent} : {accepted} places acceptées, {refused} refusées.`,
  'export.nothing': `Rien à exporter ni à reprendre.`,
  'export.not_yet': `{performance} est encore en préparation : ses places partiront à son
    ouverture.`,
  'export.suspended': `{performance} est suspendue : rien ne part ; l'invendu peut être repris.`,
  'export.over': `{performance} est passée, clôturée ou annulée : rien ne part plus.`,
  'take_back.done': `{performance}, {contingent} : {withdrawn} places reprises, {sold} déjà
    vendues.`,
  'take_back.nothing': `Rien à reprendre.`,
  'command.found_out': `La commande {reference}, restée sans réponse, est éclaircie : {result}.`,
  'replay.done': `{settled} messages repris, {remaining} attendent encore.`,
  'account.ceiling_reached': `Le compte d'attente {account} a passé {percent} % de son plafond :
    {balance} sur {ceiling}.`,
  'reconcile.done': `{compared} places et billets comparés, {differences} différences.`,
  'reconcile.adopted': '{places} places que le revendeur a déjà sont adoptées.',
  'access.prepared': `{performance} : liste des codes demandée (n° {request}).`,
  'access.not_ready': `{performance} : la liste n° {request} n'est pas encore prête.`,
  'access.fetched': `{performance} : {codes} codes reçus, {added} ajoutés, {refused} refusés.`,
  'access.differs': `{performance} : {codes} codes annulés chez le revendeur ouvrent encore ici ;
    intégrez les ventes avant l'ouverture des portes.`,
  'access.nothing': `Aucune liste de codes à demander ni à récupérer.`,
  'connection.ok': `{service} : la connexion fonctionne.`,
});

export const fr: LanguageTexts = {
  problems: { ...other, ...business },
  events,
  terms: {
    word: {
      product: 'produit',
      performance: 'séance',
      tariff: 'tarif',
      seat_category: 'catégorie de place',
      block: 'bloc',
      logical_configuration: 'configuration logique',
      contingent: 'contingent',
      row: 'rang',
      seat: 'place',
    },
    function: {
      export: 'export des contingents',
      take_back: 'reprise',
      integrate: 'intégration des ventes',
      prepare_access: "préparation du contrôle d'accès",
      fetch_access: "récupération du contrôle d'accès",
      reconcile: 'rapprochement',
      replay: 'reprise des cas',
      test_connection: 'test de connexion',
    },
    state: {
      running: 'en cours',
      ok: 'réussie',
      warning: 'avec remarques',
      error: 'en erreur',
      cancelled: 'arrêtée',
    },
    class: {
      mapping: 'correspondance',
      external: 'externe',
      technical: 'technique',
      business: 'métier',
    },
    product_kind: {
      event: 'événement',
      competition: 'compétition',
      visit_pass: 'billet de visite',
      open_pass: 'billet ouvert',
      season_ticket: 'abonnement',
      package: 'forfait',
      group_visit_pass: 'visite de groupe',
    },
    message_kind: {
      sale: 'vente',
      cancellation: 'annulation',
      refund: 'remboursement',
      replacement: 'duplicata',
      exchange: 'échange',
      holder: 'changement de nom',
    },
    field: {
      order: 'commande',
      replaces: 'billet remplacé',
      product: 'produit',
      performance: 'séance',
      start: 'date et heure',
      hall: 'salle',
      block: 'bloc',
      row: 'rang',
      seat: 'place',
      allotment: 'allotement',
      category: 'catégorie',
      tariff: 'tarif',
      priceMinor: 'prix',
      givenBackMinor: 'montant rendu',
      commissionMinor: 'commission',
      currency: 'devise',
      outlet: 'point de vente',
      barcode: 'code-barres',
      lastName: 'nom',
      firstName: 'prénom',
    },
    count: {
      messages: 'message lu|messages lus',
      integrated: 'vente intégrée|ventes intégrées',
      cancelled: 'annulation|annulations',
      refunded: 'remboursement|remboursements',
      replaced: 'duplicata|duplicatas',
      exchanged: 'échange|échanges',
      renamed: 'changement de nom|changements de nom',
      corrected: 'corrigé|corrigés',
      quarantined: 'en quarantaine|en quarantaine',
      waiting: "en attente d'un autre|en attente d'un autre",
      unreadable: 'illisible|illisibles',
      alreadyKnown: 'déjà connu|déjà connus',
      notOurs: 'pas à nous|pas à nous',
      elsewhere: "pour une autre interface|pour d'autres interfaces",
      setAside: 'écarté|écartés',
      to_export: 'place à exporter|places à exporter',
      exported: 'place exportée|places exportées',
      to_take_back: 'place à reprendre|places à reprendre',
      taken_back: 'place reprise|places reprises',
      kept: 'place gardée par le revendeur|places gardées par le revendeur',
      kept_home: 'place gardée à la maison|places gardées à la maison',
      unmapped: 'place sans correspondance|places sans correspondance',
      unknown: 'commande sans réponse|commandes sans réponse',
      sold_missing_here: 'vente qui manque ici|ventes qui manquent ici',
      compared: 'place ou billet comparé|places et billets comparés',
      differences: 'différence|différences',
      adopted: 'place adoptée|places adoptées',
      prepared: 'liste demandée|listes demandées',
      codes: 'code reçu|codes reçus',
      added: 'ajouté|ajoutés',
      refused: 'refusé|refusés',
    },
    key: {
      order: 'commande',
      ticket: 'billet',
      product: 'produit',
      performance: 'séance',
      seat: 'place',
      places: 'places',
      position: 'ligne',
    },
    command_outcome: {
      done: 'faite',
      refused: 'refusée',
      unknown: 'toujours incertaine',
      'never-arrived': 'jamais arrivée chez le revendeur',
    },
    nobody: 'votre contact chez {reseller}',
    times: 'fois',
  },
};
