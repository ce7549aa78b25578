/** Prêt à vendre, ses étapes, fiches de mise en vente, export comptable, en français. */
export const selling = {
  'ready.nothing': '{interface} : rien à vendre n’est à venir.',
  'ready.count': '{interface} ({reseller}) : prêts {ready} sur {count}.',
  'ready.interface.hidden': 'L’interface n’est pas visible ({state}) : rendez-la visible.',
  'ready.interface.contact':
    'Son contact manque ou ne peut pas payer par compte d’attente : autorisez-le.',
  'ready.interface.point_of_sale':
    'Son point de vente manque ou n’accepte pas le compte d’attente : permettez-le.',
  'ready.account.missing': 'Elle n’a pas de compte d’attente : donnez-lui-en un.',
  'ready.account.closed': 'Son compte d’attente est fermé : ouvrez-le.',
  'ready.account.ceiling_full': `{balanceMinor} sont dus, le plafond est de {ceilingMinor} et les
    ventes s’arrêtent : saisissez le paiement.`,
  'ready.account.ceiling_passed':
    '{balanceMinor} sont dus, le plafond est de {ceilingMinor} ; les ventes continuent.',
  'ready.channel.no_contingent': 'Aucun contingent ne sert son canal de vente : affectez-en un.',
  'ready.product.not_sellable':
    'Les revendeurs ne peuvent pas vendre ce genre de produit ({kind}).',
  'ready.product.not_taken': 'Ce revendeur ne prend pas ce genre de produit ({kind}).',
  'ready.product.filtered_out':
    'L’interface ne prend pas ce produit : ajoutez-le à sa liste de produits.',
  'ready.product.over': 'Sa validité a pris fin le {until}.',
  'ready.performance.none': 'Il n’a aucune séance à venir.',
  'ready.performance.preparing': 'En préparation : rien ne part avant qu’elle soit en cours.',
  'ready.performance.suspended': 'Suspendue : reprenez-la.',
  'ready.performance.cancelled': 'Annulée.',
  'ready.performance.closed': 'Clôturée.',
  'ready.performance.past': 'Elle a commencé ou elle est passée.',
  'ready.window.none': 'Pas en vente sur le canal : donnez-lui une période de vente.',
  'ready.window.closed': 'Sa vente sur le canal a fini le {closedAt} : prolongez-la.',
  'ready.window.not_yet': 'Sa vente sur le canal ouvre le {opensAt}.',
  'ready.mapping.product': 'Le produit {ours} n’a pas de code chez le revendeur.',
  'ready.mapping.configuration':
    'Deux séances commencent ensemble et la salle {ours} n’a pas de code chez le revendeur.',
  'ready.mapping.category': 'La catégorie {ours} n’a pas de code chez le revendeur.',
  'ready.mapping.block': 'Le bloc ou la zone {ours} n’a pas de code chez le revendeur.',
  'ready.mapping.contingent': 'Le contingent {ours} n’a pas de code chez le revendeur.',
  'ready.mapping.tariffs': 'Aucun tarif de la saison n’a de code chez le revendeur.',
  'ready.mapping.tariff':
    'Le tarif {ours} a un prix et pas de code : le revendeur ne peut pas le vendre.',
  'ready.mapping.unseen':
    'Le revendeur a employé « {value} » ({word}), que rien ne fait correspondre.',
  'ready.tariff.wrong_kind': `Le tarif {ours} (« {value} ») n’est pas pour les acheteurs
    occasionnels : ôtez sa correspondance.`,
  'ready.price.none': 'Aucun tarif du revendeur n’a de prix ici : saisissez les prix.',
  'ready.price.missing': 'Pas de prix pour {category} au tarif {tariff} : saisissez-le.',
  'ready.price.currency': 'Le prix de {category} au tarif {tariff} est en {currency}.',
  'ready.price.to_announce': 'Prix non annoncés au revendeur : {count}.',
  'ready.vat.missing': 'Le taux de TVA n’est pas connu : il compte pour 0.',
  'ready.contingent.empty': 'Les contingents du canal n’en ont aucune place.',
  'ready.counter.missing': 'Le pass n’a pas de compteur : saisissez ses places.',
  'ready.seats.no_contingent':
    'Places libres dans aucun contingent, qui ne vont à aucun revendeur : {count}.',
  'ready.seats.kept_home': 'Places spéciales que le contingent n’envoie pas : {count}.',
  'ready.seats.refused': 'Places refusées par le revendeur : {count}.',
  'ready.name.not_carried':
    'Places de {name} que le revendeur ne pourrait pas distinguer par leur nom : {places}.',
  'ready.tests.living': 'Billets de test pas encore annulés : {count}.',
  'ready.cases.open': 'Cas ouverts : {count}.',
  'selling.none': 'Rien n’est à mettre en vente.',
  'selling.form_sent': 'fiche de mise en vente envoyée',
  'selling.mappings_received': 'codes reçus',
  'selling.seats_sent': 'places envoyées',
  'selling.test_tickets': 'billets de test intégrés et annulés',
  'selling.open': 'ouvert',
  'selling.marked': '{product} ({interface}) : {step}.',
  'selling.cleared': '{product} ({interface}) : plus « {step} ».',
  'selling.unchanged': 'C’était déjà ainsi.',
  'selling.tests_living': `Billets de test pas encore annulés : {count}. Faites-les annuler par le
    revendeur, ou dites --anyway.`,
  'selling.mode_ended': 'Le mode test de {product} est terminé.',
  'form.written': 'Écrits : {files}',
  'form.marked': 'Marquée comme envoyée ; prix annoncés : {count}.',
  'form.missing': 'Sans prix dans la fiche : {what}.',
  'form.answer_none': 'Le fichier n’apporte aucun code nouveau.',
  'form.answer_would': 'Ce serait : {created} nouveaux, {updated} modifiés. Rien n’a été écrit.',
  'form.answer_saved': 'Enregistrés : {created} nouveaux, {updated} modifiés.',
  'form.answer_left': 'Codes qui manquent encore : {count}.',
  'form.fault': 'Ligne {row} : {fault}',
  'form.not_a_form': '{file} n’est pas une fiche de mise en vente de nous : {reason}.',
  'form.other_interface': 'Cette fiche est pour {interface}.',
  'form.not_sellable': '{product} ne peut pas être vendu par des revendeurs.',
  'account.exported': '{file} : {lines} lignes. Le solde a bougé de {amount}.',
} as const;
