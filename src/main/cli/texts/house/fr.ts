/** Tests, door lists and refused places, in French. */
export const house = {
  'tests.none': 'Il ne reste aucun billet de test chez un revendeur.',
  'tests.left': 'Tests pas encore annulés ; chacun tient sa place : {count}.',
  'tests.mode': 'Mode test ({interface}) : {what}, depuis le {since}, {until}.',
  'tests.until_open': "jusqu'à l'ouverture des ventes",
  'tests.ended': 'terminé le {at}',
  'tests.on': "Le mode test est actif : {what}. Il finit à l'ouverture des ventes.",
  'tests.off': 'Le mode test est arrêté : {what}.',
  'tests.unchanged': "C'était déjà ainsi.",
  'tests.on_sale': `{what} est en vente depuis le {opens} : ce qui arrive n'est pas un test.
    Marquez les billets par leur numéro : parterre tests mark.`,
  'tests.too_wide': '« {what} » couvrirait toute une exécution. Écrivez davantage du numéro.',
  'tests.marked': 'Marqués comme tests : {count}. Compte : {amount}.',
  'tests.lifted': 'Ne sont plus des tests : {count}. Compte : {amount}.',
  'tests.same': "C'était déjà le cas : {tickets}.",
  'tests.unknown': "{reseller} n'a pas ces billets ici : {tickets}.",
  'door_list.written': 'Codes dans {file} : {count}.',
  'door_list.unwritable': `Absents de la liste, car son format ne peut pas les porter : {codes}.
    Leurs porteurs doivent passer au guichet.`,
  'door_list.our_code': `Notre code « {value} » ne peut pas figurer dans ce format. Changez-le
    dans la maison.`,
  'door_list.not_a_pass': '{product} a des séances : nommez-les avec --performance PRODUIT/CODE.',
  'block.blocked': "{code} n'ouvre plus aucune porte.",
  'block.unblocked': "{code} n'est plus bloqué. Il répond maintenant : {answer}.",
  'block.unchanged': '{code} était déjà ainsi.',
  'block.unknown': "Personne n'a annoncé le code {code} à cette maison.",
  'refused.none': "Aucune place n'est refusée.",
  'refused.place': '{performance} {contingent} {place} ({quantity}) : {reason}, {at}',
  'refused.no_reason': 'sans raison donnée',
  'refused.how': `Pour que le prochain export les renvoie : parterre refused send --performance
    PRODUIT/CODE.`,
  'refused.cleared': 'Places qui partiront avec le prochain export : {count}.',
} as const;
