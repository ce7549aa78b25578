/** What `parterre account` and `parterre prices` say in French. */
export const account = {
  'account.none': "Aucun compte d'attente. Un fichier de maison les apporte (pending_accounts).",
  'account.which': "Dites quel compte d'attente : --account CODE, parmi {codes}.",
  'account.unknown': "Il n'y a pas de compte d'attente {code}, seulement {codes}.",
  'account.balance': '{account} ({contact}) : {balance} dus, sans plafond.',
  'account.balance_of_ceiling':
    '{account} ({contact}) : {balance} dus, {percent} % du plafond de {ceiling}.',
  'account.checked': 'Le grand livre donne {ledger}, comme le solde.',
  'account.check_failed':
    'Le grand livre donne {ledger}, mais le solde dit {balance}. Appelez le support.',
  'account.interface': '{interface} ({reseller}) : dernière intégration réussie {last}.',
  'account.interface_never': '{interface} ({reseller}) : aucune intégration réussie.',
  'account.opened_at': "Les ventes d'avant {at} ne font pas d'écriture.",
  'account.closed_through': "Clos jusqu'à {period} inclus ({by}, {day}).",
  'account.all_open': "Aucun mois n'est clos.",
  'account.columns': 'mois|brut|commission|net|facturé|payé|ajusté|dû',
  'account.waiting': 'En attente dans des cas ouverts : {cases} messages, {amount}.',
  'account.sold': '{period} : vendu {sales}, rendu {refunds}, brut {gross}.',
  'account.vat': 'TVA {rate} % : {vat} dans {gross}.',
  'account.net': 'Commission {commission} (dont TVA {vat}), net {net}.',
  'account.late': 'Écritures tardives, de mois clos : {entries}, {amount}.',
  'account.kind_sale': 'vente',
  'account.kind_refund': 'remboursement',
  'account.kind_commission': 'commission',
  'account.kind_payment': 'paiement',
  'account.kind_commission_invoice': 'facture de commission',
  'account.kind_adjustment': 'ajustement',
  'account.amount_unreadable': "« {amount} » n'est pas un montant. Écrivez-le comme {example}.",
  'account.entered': '{kind} {document}, {amount} : {account} doit maintenant {balance}.',
  'account.entered_late': 'Son mois est clos : elle compte en {period}, comme écriture tardive.',
  'account.invoice_booked':
    '{booked} en étaient déjà portés avec les ventes et ne comptent pas deux fois.',
  'account.known': "{document} est déjà saisi. Rien n'a été écrit.",
  'account.ceiling_waits':
    '{cases} messages attendaient de la place sous le plafond. Reprenez-les : parterre replay.',
  'account.amount_zero': 'Une écriture de 0 ne dit rien. Donnez son montant.',
  'account.document_missing': 'Le numéro de la pièce manque : --document NUMÉRO.',
  'account.reason_missing':
    "Rien d'autre n'explique un ajustement. Dites pourquoi : --reason TEXTE.",
  'account.day_future': "{day} n'est pas encore là. Saisissez-le alors, ou corrigez la date.",
  'account.document_differs': `{document} est déjà saisi, par {author} le {entered}, avec {amount}
    ou une autre date. Corrigez le vôtre, ou saisissez la différence comme ajustement.`,
  'account.period_closed': `{period} est clos (tout jusqu'à {through}). Saisissez-le tardivement,
    sa date gardée : --late le porte en {open}.`,
  'account.period_order': "Les mois se closent dans l'ordre : closez {next} avant {period}.",
  'account.period_running':
    '{period} court encore : ses ventes sont à venir. Attendez sa fin, ou dites --even-running.',
  'account.period_future': "{period} n'a pas commencé. Un mois à venir ne se clôt pas.",
  'account.period_unreadable': "« {period} » n'est pas un mois. Écrivez-le comme 2026-11.",
  'account.day_unreadable': "« {day} » n'est pas un jour. Écrivez-le comme 2026-11-24.",
  'account.period_is_closed':
    '{period} de {account} est clos. Ses opérations suivantes seront portées tardivement.',
  'account.period_known': '{period} était déjà clos.',
  'account.open_cases':
    '{interface} : {cases} cas ouverts de ce temps seraient portés tardivement.',
  'account.integration_old':
    '{interface} : la dernière intégration réussie, {last}, a commencé avant la fin du mois.',
  'account.integration_none': '{interface} : aucune intégration réussie.',
  'account.close_anyway':
    "Rien n'a été clos. Occupez-vous-en d'abord, ou closez avec --despite-warnings.",
  'account.ceiling_set':
    'Le plafond de {account} est maintenant {ceiling}, il était {before} ; {balance} dus.',
  'account.no_ceiling': 'aucun',
  'account.ceiling_negative': "Un plafond n'est pas inférieur à 0. Pour aucun, dites none.",
  'account.statement_kept': `Le relevé {document} de {period} est gardé : {lines} lignes, brut
    {gross}, commission {commission}. Comparez-le : parterre account statement compare.`,
  'account.statement_differs': `Le relevé {document} de {period} est déjà gardé avec d'autres
    montants, par {author} le {entered}. Une correction a son propre numéro, et peut le remplacer
    : --replaces {document}.`,
  'account.statement_unknown': `Il n'y a pas de relevé {document} de {period} à remplacer. Voir
    parterre account statement list.`,
  'account.statement_currency':
    "Le compte est en {account}, l'interface en {interface} : leurs montants ne se comparent pas.",
  'account.statement_sums':
    'Les lignes donnent {lines}, et non {typed}. Vérifiez le fichier, ou omettez le total saisi.',
  'account.statement_none_ever':
    'Aucun relevé. Apportez-en un : parterre account statement import FICHIER.',
  'account.statement_none':
    'Aucun relevé de {period}. Apportez-en un : parterre account statement import FICHIER.',
  'account.statement_line': `{period} {document} : brut {gross}, commission {commission},
    {cleared} lignes pointées sur {lines} ({author}, {day})`,
  'account.side_ours':
    'chez nous : brut {gross}, commission {commission}, net {net}, billets {tickets}',
  'account.side_theirs':
    'chez le revendeur : brut {gross}, commission {commission}, net {net}, billets {tickets}',
  'account.agrees': '{period} concorde au centime.',
  'account.differences': 'Différences : {count}',
  'account.cleared': '{cleared} lignes pointées, {open} sans accord.',
  'account.difference': '{what} : chez nous {ours}, chez le revendeur {theirs} : {cause}',
  'account.ticket': 'billet {ticket}',
  'account.passes': 'billets sans séance',
  'account.whole': 'au total',
  'account.cause_open_case': 'un cas ouvert',
  'account.cause_test': 'un billet de test chez nous',
  'account.cause_other_period': "ses opérations chez nous sont d'un autre mois",
  'account.cause_before_opening': "vendu avant l'ouverture du compte",
  'account.cause_late_entry': 'arrivé après la clôture, porté en {period}',
  'account.cause_missing_here': 'manque chez nous',
  'account.cause_missing_there': 'manque chez le revendeur',
  'account.cause_amount': 'les montants diffèrent',
  'account.cause_commission': 'les commissions diffèrent',
  'account.file_line': 'ligne {line} : {fault}',
  'account.nothing_kept': "Rien du fichier n'a été gardé.",
  'statement.table': '{message} {cure}',
  'statement.empty': "Il n'y a aucune ligne sous les titres.",
  'statement.amount': "« {value} » n'est pas un montant lisible d'une seule façon.",
  'statement.neither': 'La ligne ne nomme ni billet ni séance.',
  'statement.performance':
    "Il n'y a pas de séance « {value} ». Écrivez PRODUIT/CODE, ou le produit et le début.",
  'prices.none': '{reseller} connaît tous les prix.',
  'prices.line': '{what} : {before} → {amount} dès le {from}',
  'prices.to_announce': `À annoncer à {reseller} : {count}. Le courriel : parterre prices mail ;
    une fois envoyé : parterre prices announce.`,
  'prices.announced': 'Marqués comme annoncés à {reseller} : {count}.',
  'prices.every_performance': 'toutes les séances',
  'prices.every_category': 'toutes catégories',
  'prices.first': 'aucun',
} as const;
