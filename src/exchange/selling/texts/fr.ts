/** What *ready to sell?* found, in French: what is wrong, and after the colon what to do. */
export const ready = {
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
} as const;
