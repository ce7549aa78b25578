import { account } from './account/fr.ts';
import { cases } from './cases/fr.ts';
import { cliTexts } from './cli-texts.ts';
import { house } from './house/fr.ts';
import { people } from './people/fr.ts';
import { schedules } from './schedules/fr.ts';
import { selling } from './selling/fr.ts';
import { watch } from './watch/fr.ts';

export const fr = cliTexts({
  ...house,
  ...people,
  ...schedules,
  'interface.which': "Indiquez l'interface : --interface CODE, parmi {codes}.",
  'interface.unknown': "Il n'y a pas d'interface {code}, seulement {codes}.",
  'interface.none': "Aucune interface pour l'instant.",
  'interface.visible': 'visible',
  'interface.hidden': 'masquée',
  'interface.archived': 'archivée',
  'performance.unknown':
    "Il n'y a pas de séance {text}. Écrivez PRODUIT/CODE ou PRODUIT/AAAA-MM-JJTHH:MM.",
  'performance.several': "Plusieurs séances s'appellent {text} : {which}.",
  'product.unknown': "Il n'y a pas de produit {code}.",
  'run.unknown': "Il n'y a pas d'exécution {number}. Voyez parterre runs list.",
  'run.none': "Aucune exécution pour l'instant.",
  'run.not_running': "L'exécution {number} n'est pas en cours : {state}.",
  'run.asked_to_stop': "L'arrêt de l'exécution {number} est demandé.",
  'run.waiting': "En attente de l'exécution {number} ({function}, {by}) …",
  'run.busy': `{reseller} : l'exécution {number} ({function}, {by}) tient le compte. Attendez sa
    fin, ou ôtez --no-wait.`,
  'run.forgotten': 'Appels enregistrés oubliés : {count}.',
  'import.report': 'Ligne par ligne : {file}',
  'season.unknown': "Il n'y a pas de saison « {season} ». Il y a {seasons}.",
  'word.unknown': "« {word} » n'est pas une donnée. Il y a {words}.",
  'mappings.none': "Aucune correspondance pour l'instant.",
  'mappings.unknown': "Il n'y a pas de correspondance {ids}.",
  'mappings.exported': 'Les correspondances de {interface} sont dans {file}.',
  'mappings.kept': 'gardée, absente du fichier : {line}',
  'mappings.row': 'Ligne {row} : {fault}',
  'mappings.nothing_written': "Rien du fichier n'a été écrit.",
  'mappings.same': 'Rien ne diffère.',
  'mappings.would': `Ce serait : nouvelles {created}, changées {updated}, supprimées {removed}.
    Écrivez avec --apply.`,
  'mappings.saved': 'Enregistré : nouvelles {created}, changées {updated}, supprimées {removed}.',
  'mappings.freed': 'Messages libérés : {count}.',
  'mappings.settled': 'Messages qui ne sont pas à nous : {count}.',
  'mappings.read_again': 'Messages relus : {count}.',
  'mappings.replay_hindered': `Les correspondances sont enregistrées, mais leurs messages n'ont
    pas tous été relus : {problem}. Lancez parterre replay une fois cela réglé.`,
  'mappings.every_season': 'toutes les saisons',
  'mappings.not_ours': '(pas à nous)',
  'mappings.stays': 'laissée : {line} : {why}',
  'copy.same_there': 'elle y est déjà',
  'copy.other_there': 'une autre y est',
  'copy.ours_missing': "cette saison n'a pas cet objet",
  'queue.empty': 'Toutes les valeurs vues ont une correspondance.',
  'queue.entry': '{word} « {value} »{parent} : vue {count} ×, du {first} au {last}',
  'queue.parent': ' (avec {parent})',
  'suggestion.same_code': 'même code',
  'suggestion.numeric_neighbour': 'voisin de {detail}',
  'suggestion.similar_name': 'nom semblable',
  'suggestion.most_used': 'vendu {detail} × récemment',
  did_you_mean: 'Pensiez-vous à {keys} ?',
  'mapping.word_unknown': "« {word} » n'est pas une donnée.",
  'mapping.season_unknown': "Il n'y a pas de saison {season}.",
  'mapping.ours_empty': 'Notre code manque. Donnez-le, ou marquez la valeur « pas à nous ».',
  'mapping.ours_unknown': "La maison n'a pas de « {ours} ».",
  'mapping.ours_other_season': "« {ours} » est d'une autre saison ({seasons}).",
  'mapping.ours_twice': '« {ours} » a déjà une correspondance de cette saison. Changez celle-là.',
  'mapping.not_ours_with_ours':
    "Une valeur qui n'est pas à nous n'a pas de code à nous. Ôtez « {ours} », ou la marque.",
  'mapping.value_empty': 'Une valeur du revendeur est vide.',
  'mapping.value_spaces': '« {value} » commence ou finit par une espace.',
  'mapping.value_twice': '« {value} » figure deux fois.',
  'mapping.value_claimed':
    "« {value} » voudrait dire à la fois « {ours} » et « {other} ». Donnez-la à l'un des deux.",
  'mapping.value_also_not_ours':
    "« {value} » correspond à « {other} » et est marquée « pas à nous ». Gardez l'un des deux.",
  'mapping.product_kind': 'Les revendeurs ne peuvent pas vendre « {ours} » : {kind}.',
  'mapping.tariff_kind': `« {ours} » ne peut pas aller aux revendeurs : son public n'est pas de
    contacts ou collectivités occasionnels.`,
  'mapping.rule_invalid': "La règle n'est pas valable ({what}).",
  'sheet.unreadable': "Le fichier n'est pas un fichier Excel lisible (.xlsx) : {reason}",
  'sheet.too_large': 'Le fichier a {bytes} octets ; {most} au plus sont lus.',
  'sheet.no_heading': `Les titres (donnée, notre code, id externe) ne sont pas dans les {rows}
    premières lignes. Partez d'un fichier exporté.`,
  'sheet.heading_twice': 'Le titre « {heading} » figure deux fois.',
  'sheet.not_text': `La cellule contient {value}, qui n'est plus ce qui a été saisi. Mettez-la
    au format texte et saisissez à nouveau.`,
  'sheet.word_unknown': "« {value} » n'est pas une donnée.",
  'sheet.season_unknown':
    "Il n'y a pas de saison « {value} ». Laissez vide pour toutes les saisons.",
  'sheet.yes_or_no': "« {value} » n'est ni oui ni non.",
  'sheet.rule_unreadable': "« {value} » n'est pas une règle. Écrivez-la comme {example}.",
  'sheet.id_unreadable': "« {value} » n'est pas le numéro d'une correspondance.",
  'sheet.id_twice':
    'La ligne {row} a le même numéro. Laissez-le vide pour une nouvelle correspondance.',
  // The life of performances.
  'life.none': 'Aucune séance.',
  'life.state.preparing': 'en préparation',
  'life.state.running': 'en vente',
  'life.state.suspended': 'suspendue',
  'life.state.cancelled': 'annulée',
  'life.state.closed': 'close',
  'life.column.performance': 'séance',
  'life.column.start': 'début',
  'life.column.state': 'état',
  'life.column.allotted': 'invendus',
  'life.column.sold': 'billets',
  'life.column.to_refund': 'à rembourser',
  'life.column.cases': 'cas',
  'life.verb.suspend': 'suspendre',
  'life.verb.resume': 'reprendre',
  'life.verb.cancel': 'annuler',
  'life.verb.move': 'déplacer',
  'life.verb.reseat': 'replacer',
  'life.verb.close': 'clore',
  'life.verb.reopen': 'rouvrir',
  'life.is': '{performance} : {state}.',
  'life.foretold': "Rien n'est écrit : voici ce qui se passerait.",
  'life.unchanged': "Rien ne change : c'était déjà fait.",
  'life.on_sale': `{reseller} : encore {seats} places numérotées et {places} places comptées en
    vente, dont {asked} redemandées.`,
  'life.not_on_sale': "Aucun revendeur n'en a de places.",
  'life.offer_take_back':
    'Pour les redemander : ajoutez --take-back. La prochaine exécution les demande.',
  'life.asked': '{reseller} : {places} places redemandées ; la prochaine exécution les demande.',
  'life.codes': 'Codes fermés : {codes}. Billets à rembourser par leurs revendeurs : {tickets}.',
  'life.letter': 'Courriel pour {reseller} ({to}) :',
  'life.no_address': 'aucune adresse',
  'life.list_written': 'La liste est dans {file}.',
  'life.list_empty': "Rien à rembourser : aucune liste n'est écrite.",
  'life.own_heading': 'Ventes propres du lieu, dont la billetterie prévient les acheteurs :',
  'life.own.sold': '{reference} : {count} vendues {seats}',
  'life.own.held': '{reference} : {count} retenues {seats}',
  'life.moved': '{performance} : {from} → {to}',
  'life.reseated': '{ticket} : {from} → {to}',
  'life.left': `Les places quittées sont bloquées sous la référence « reseat BILLET » ;
    libérez-les par parterre house seats.`,
  'life.category': 'Ligne {line} : {seat} est en catégorie {to}, le billet a été vendu en {from}.',
  'life.dropped': "Places d'un contingent que l'autre configuration n'a pas : {count}.",
  'life.former_starts': 'Débuts précédents : {starts}',
  'life.interface': `{interface} ({reseller}) : {tickets} billets, {allotted} places invendues,
    ventes lues le {last}`,
  'life.to_refund': '{reseller} : {tickets} billets à rembourser avant le {due}.',
  'life.overdue': '{reseller} : {tickets} billets non remboursés depuis le {due}.',
  'life.never': 'jamais',
  'life.before_closing': 'Avant de la clore :',
  'life.warning.not_begun': "Elle n'a pas commencé : {start}.",
  'life.warning.integration_old':
    "{interface} : la dernière bonne intégration ({last}) date du début ou d'avant.",
  'life.warning.allotment': '{interface} : {places} places invendues chez le revendeur.',
  'life.warning.travelling': '{interface} : {places} places dans des commandes sans réponse.',
  'life.warning.cases': '{count} cas ouverts.',
  'life.warning.provisional': '{count} codes provisoires.',
  'life.warning.to_be_refunded': '{count} billets à rembourser par leurs revendeurs.',
  'life.nothing_done': "Rien n'a été fait.",
  'life.anyway': 'Réglez cela, ou dites --anyway.',
  'life.and_more': '… et {count} autres.',
  'life.configuration_unknown': "Il n'y a pas de configuration {code}, seulement {codes}.",
  'life.fault.unknown': "La séance n'existe plus.",
  'life.fault.state': 'Elle est {state} : impossible de la {verb}.',
  'life.fault.reason_missing': 'Dites pourquoi : --reason.',
  'life.fault.start_unreadable':
    "« {start} » n'est pas un début : écrivez AAAA-MM-JJTHH:MM, un jour qui existe.",
  'life.fault.start_taken': '{performance} commence au même moment ({start}) dans la même salle.',
  'life.fault.start_was_others':
    '{performance} commençait alors ({start}) : ses messages tardifs iraient à celle-ci.',
  'life.fault.commands_open':
    "{places} places sont dans des commandes sans réponse : lancez d'abord un export.",
  'life.fault.source_unknown': 'Ligne {line} : ni billet valable ni place de la séance : {source}.',
  'life.fault.source_several':
    'Ligne {line} : plusieurs billets ont le numéro {source} ; donnez la place.',
  'life.fault.source_counted': 'Ligne {line} : {source} est une place comptée, sans numéro.',
  'life.fault.source_not_taken': "Ligne {line} : personne n'a acheté {source}.",
  'life.fault.source_twice': 'Ligne {line} : {source} est déjà replacé par une autre ligne.',
  'life.fault.target_unknown': "Ligne {line} : la place {seat} n'existe pas.",
  'life.fault.target_twice': 'Ligne {line} : {seat} est déjà donnée ligne {other}.',
  'life.fault.target_taken': 'Ligne {line} : {seat} est prise ({by}).',
  'life.fault.not_placed':
    "{seat} ({by}) n'a pas de place de ce nom : reprenez-la, ou replacez-la par la table.",
  'life.fault.in_use': `{sold} places vendues, {held} retenues, {allotted} chez des revendeurs :
    reprenez-les, gardez-les par nom (--keep : {kept} y sont, {lost} non) ou replacez-les
    (--reseat FICHIER).`,
  'life.fault.zone_missing':
    "La zone {zone} n'existe pas dans l'autre configuration : {taken} places prises.",
  'life.fault.zone_too_small':
    "Zone {zone} : {taken} places prises, {capacity} dans l'autre configuration.",
  'life.fault.zone_in_use':
    'Zone {zone} : {taken} places prises ; gardez-les par nom (--keep), ou reprenez-les.',
  'life.fault.table_too_large': 'Le fichier est trop grand : {bytes} octets, {most} au plus.',
  'life.fault.table_unreadable': 'Le fichier ne se lit pas : {reason}.',
  'life.fault.table_columns':
    'Ligne {line} : il faut deux colonnes, billet (ou ancienne place) et nouvelle place.',
  'life.fault.table_empty': 'Le fichier ne contient aucune ligne.',
  // End of the life of performances.
  ...cases,
  ...watch,
  ...account,
  ...selling,
});
