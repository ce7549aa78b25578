import { businessTexts } from '../text-types.ts';

/** Métier : quelqu'un doit décider. */
export const business = businessTexts({
  'product.not_sellable': `{product} ne se vend pas chez un revendeur
    | Les revendeurs vendent des événements, des compétitions et des billets de visite ; ce
      produit est d'un autre type : {kind}.
    | Retirez {product} de la fiche de mise en vente du revendeur, puis signalez-lui ce billet.`,
  'product.not_on_channel': `{product} n'est pas en vente sur cette filière
    | Le produit n'a aucun calendrier de vente sur la filière de l'interface.
    | Mettez-le en vente sur la filière, ou acceptez ce billet une seule fois.`,
  'product.outside_window': `{product} n'était pas en vente à ce moment-là
    | La vente est datée du {at}, hors du calendrier de vente de la filière. La date de la vente
      compte, pas celle de son intégration.
    | Corrigez le calendrier de vente, ou acceptez ce billet une seule fois.`,
  'performance.preparing': `La séance {performance} est encore en préparation
    | Le revendeur a vendu une séance que vous n'avez pas encore ouverte.
    | Ouvrez la séance : les billets en attente seront repris d'eux-mêmes.`,
  'performance.suspended': `La séance {performance} est suspendue
    | Ses ventes sont arrêtées ; le revendeur peut encore détenir des sièges.
    | Reprenez l'invendu chez {reseller}, ou rouvrez la séance.`,
  'performance.cancelled': `La séance {performance} est annulée
    | Cette vente est postérieure à l'annulation de la séance.
    | Signalez-la au revendeur pour qu'il rembourse son client, ou acceptez-la.`,
  'performance.closed': `La séance {performance} est clôturée
    | Ses chiffres sont arrêtés, et un message du revendeur la concerne encore.
    | Rouvrez la séance (un responsable, avec un motif), ou passez l'écriture en tardif sur la
      période en cours.`,
  'pass.not_valid_then': `{product} n'était plus valable le {day}
    | Le billet a été vendu après la fin de validité du produit.
    | Prolongez la validité du produit, acceptez ce billet, ou signalez-le au revendeur.`,
  'seat.unknown': `La place {seat} n'existe pas dans la salle
    | Aucune place de la configuration de la séance ne porte ce nom.
    | Corrigez la correspondance de bloc, de rang ou de place ; ou donnez une autre place au
      billet.`,
  'seat.missing': `Le billet n'indique pas de place
    | La catégorie {category} est numérotée, et le message n'a ni bloc, ni rang, ni place.
    | Donnez une place au billet, ou signalez-le au revendeur.`,
  'seat.not_in_allotment': `La place {seat} n'est pas dans l'allotement du revendeur
    | Il a vendu une place que vous ne lui avez pas confiée, ou que vous lui avez reprise.
    | Donnez une autre place, prenez sur le stock de la salle, gardez le billet en surbooking, ou
      signalez-le au revendeur.`,
  'seat.other_contingent': `La place {seat} est d'un autre contingent : {contingent}
    | Le revendeur l'annonce dans un allotement qui n'est pas celui de la place.
    | Corrigez la correspondance du contingent, déplacez la place, ou acceptez ce billet.`,
  'seat.sold': `La place {seat} est déjà vendue
    | Le billet {holder} occupe cette place pour la même séance.
    | Donnez une autre place à l'un des deux, gardez le vôtre, prenez le leur, ou signalez le
      double au revendeur.`,
  'seat.sold_missing_here': `La place {seat} est vendue chez le revendeur, pas chez vous
    | Pour {performance}, le revendeur annonce la place vendue ; la vente n'est pas arrivée ici.
    | Intégrez les ventes ; si elle manque encore, demandez-la à {person}.`,
  'seat.wrong_category': `La place {seat} n'est pas de la catégorie annoncée
    | Le revendeur annonce {reported} ; chez vous la place est en {ours}.
    | Corrigez la correspondance de catégorie, ou la catégorie de la place ; sinon acceptez le
      billet ou signalez-le.`,
  'seat.adopted': `La place {seat} a été vendue sans avoir été exportée
    | Elle était libre dans le contingent de cette interface : la vente est intégrée.
    | Rien à faire si c'est un démarrage en cours de saison ; sinon lancez un rapprochement.`,
  'seat.taken_over': `La place {seat} a changé de billet
    | Vous l'avez donnée à ce billet. {holder} l'avait : il est maintenant en surréservation, ou
      vendu par vous et libéré.
    | Placez l'ancien porteur ailleurs avant la séance, ou prévenez-le.`,
  'count.over': `Plus assez de places pour {place}
    | Il en restait {left} dans la part du revendeur, et il a vendu au-delà.
    | Prenez sur le stock de la salle, donnez une autre place, gardez le billet en surbooking, ou
      signalez-le au revendeur.`,
  'tariff.not_allowed': `Le tarif {tariff} ne va pas aux revendeurs
    | Seuls les tarifs de contacts ou de collectivités occasionnels peuvent leur être confiés.
    | Faites correspondre la catégorie de client à un autre tarif.`,
  'price.missing': `Pas de prix chez vous pour ce billet
    | Le revendeur a vendu à {reported} ; la grille n'a pas de prix pour ce tarif et cette
      catégorie à la date de la vente.
    | Ajoutez le prix, ou acceptez celui du revendeur.`,
  'price.differs': `Le prix diffère : {reported} au lieu de {ours}
    | Le revendeur a vendu à {reported} ; votre grille dit {ours} à la date de la vente.
    | Acceptez l'écart (ce billet, ou tous ceux du même écart), corrigez votre prix, comptez le
      vôtre, ou signalez-le au revendeur.`,
  'price.negative': `Le prix du billet est négatif ou absent
    | Le message annonce {reported}. Un prix de 0 est un prix ; un prix négatif n'en est pas un.
    | Signalez ce billet à {person}.`,
  'price.grace': `Prix d'avant ou d'après un changement : {reported}
    | Votre grille dit {ours} à cet instant ; l'autre prix reste admis pendant le délai de grâce.
    | Rien à faire. Si cela dure, vérifiez que le revendeur a bien reçu le nouveau prix.`,
  'price.booked_ours': `Votre prix est compté : {ours} au lieu de {reported}
    | L'interface est réglée pour compter votre prix quand ils diffèrent.
    | L'écart se retrouvera au décompte du revendeur : réglez-le avec lui.`,
  'commission.differs': `La commission n'est pas celle convenue : {reported} au lieu de {ours}
    | La vente est comptée avec la commission du revendeur.
    | Vérifiez la commission convenue, ou réclamez l'écart au décompte du revendeur.`,
  'price.booked_theirs': `Le prix du revendeur est compté : {reported} au lieu de {ours}
    | L'interface est réglée pour compter le prix du revendeur quand ils diffèrent.
    | Vérifiez votre grille, ou la fiche de mise en vente du revendeur.`,
  'currency.differs': `La devise diffère : {reported} au lieu de {ours}
    | Le revendeur a vendu dans une autre devise que celle de l'interface.
    | Corrigez la devise de l'interface, ou signalez ce billet au revendeur.`,
  'barcode.used': `Le code-barres {barcode} sert déjà
    | Un autre billet porte ce code : il n'ouvrirait la porte qu'une fois.
    | Gardez le vôtre, prenez le leur, ou demandez un nouveau code à {person}.`,
  'barcode.missing': `Le billet n'a pas de code-barres
    | Le message n'en donne pas ; ce billet n'ouvrira pas la porte.
    | Demandez les codes au revendeur (préparer, puis récupérer le contrôle d'accès).`,
  'ticket.living': `Le billet {ticket} existe déjà
    | Un billet vivant porte ce numéro, et rien n'annonce son annulation.
    | Cherchez l'annulation chez le revendeur ; sinon gardez le vôtre, prenez le leur, ou
      signalez.`,
  'content.differs': `La même opération arrive avec un autre contenu
    | Pour le billet {ticket}, ceci diffère de ce qui est déjà pris : {fields}.
    | Comparez, puis gardez le vôtre, prenez le leur, ou signalez l'écart au revendeur.`,
  'sale.missing': `La vente du billet {ticket} n'est pas encore arrivée
    | Son annulation ou son remboursement est là, pas sa vente. Le code est déjà refusé à l'entrée.
    | Attendez la prochaine intégration ; si la vente manque toujours, demandez-la à {person}.`,
  'blocked.behind': `Ce message en attend un autre
    | Il concerne le billet {ticket}, dont un cas antérieur n'est pas réglé.
    | Réglez le cas dont il dépend : celui-ci suivra de lui-même.`,
  'refund.exceeds': `Le remboursement dépasse le prix
    | {amount} à rendre, alors que le billet valait {price} et que {refunded} ont déjà été rendus.
    | Vérifiez avec {person}, puis acceptez ou signalez.`,
  'account.closed': `Le compte d'attente est fermé
    | Les ventes de {interface} ne peuvent être portées sur aucun compte.
    | Rouvrez le compte d'attente, ou choisissez-en un autre dans l'interface.`,
  'account.ceiling': `Le plafond du compte d'attente est atteint
    | Le revendeur doit {balance}, pour un plafond de {ceiling}.
    | Enregistrez un paiement, relevez le plafond, ou acceptez ces billets.`,
  'names.missing': `Il manque un nom sur le billet {ticket}
    | Le produit est nominatif, et le bénéficiaire est absent ou fictif.
    | Acceptez le billet tel quel, ou demandez le nom au revendeur.`,
  'instant.ambiguous': `L'heure de la vente existe deux fois
    | {at} tombe dans l'heure que le changement d'heure répète ; la première a été retenue.
    | Rien à faire, sauf si deux opérations du même billet se croisent.`,
  'message.kind_not_supported': `Ce revendeur n'envoie pas ce genre de message
    | Un message de type {kind} est arrivé, et l'interface ne le prévoit pas.
    | Signalez-le au support avec le numéro de l'exécution : {number}.`,
  'export.not_supported': `{product} ne s'exporte pas chez ce revendeur
    | Il ne reçoit pas de places pour ce type de produit : son contingent est une limite, vérifiée
      à l'intégration.
    | Indiquez la limite sur la fiche de mise en vente.`,
  'wish.lapsed': `La reprise de la place {seat} est caduque
    | Le revendeur l'avait déjà vendue (billet {ticket}). La demande venait de : {by}.
    | Choisissez une autre place, ou donnez-en une autre à ce billet.`,
  'interface.hidden': `L'interface {interface} est masquée
    | Une interface masquée n'exécute rien.
    | Rendez-la visible dans l'onglet Général quand elle est prête.`,
  'interface.archived': `L'interface {interface} est archivée
    | Une interface archivée ne sert plus qu'à la consultation.
    | Utilisez l'interface qui la remplace, ou désarchivez-la.`,
  'interface.no_pending_account': `L'interface {interface} n'a pas de compte d'attente
    | Sans compte d'attente, les ventes du revendeur ne peuvent être payées par personne.
    | Choisissez un compte d'attente dans l'onglet Général ; le point de vente doit l'accepter et
      le contact doit y être autorisé.`,
  'interface.no_files': `{reseller} n'a pas de fichier des ventes
    | L'interface {interface} ne connaît aucun fichier de ce revendeur.
    | Choisissez l'interface du revendeur qui envoie des fichiers, ou intégrez ses ventes en
      ligne.`,
  'import.no_performance': `La séance du fichier n'est pas indiquée
    | Le fichier ne la nomme pas : c'est à vous de le faire. Il en faut exactement une.
    | Nommez la séance (le produit pour un billet sans date) et importez de nouveau.`,
});
