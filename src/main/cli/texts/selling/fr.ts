/** Prêt à vendre, ses étapes, fiches de mise en vente, export comptable, en français. */
import { ready } from '../../../../exchange/selling/texts/fr.ts';

export const selling = {
  ...ready,
  'ready.nothing': '{interface} : rien à vendre n’est à venir.',
  'ready.count': '{interface} ({reseller}) : prêts {ready} sur {count}.',
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
