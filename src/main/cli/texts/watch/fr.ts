export const watch = {
  'watch.none': "Rien de neuf : rien n'est ouvert.",
  'watch.server': 'Serveur de courrier : {state}',
  'watch.server_set': 'réglé',
  'watch.server_missing':
    "PARTERRE_SMTP_URL n'est pas réglé : les courriers attendent, trois jours au plus",
  'watch.told': 'dit {count} fois, en dernier le {at}',
  'watch.untold': 'pas encore dit',
  'watch.no_deliveries': 'Aucun envoi.',
  'watch.no_hooks': 'Aucun crochet.',
  'watch.hook_added':
    'Le crochet {name} est ajouté. Son secret, montré cette seule fois : {secret}',
  'watch.hook_url': "L'adresse doit être en http ou https, sans mot de passe.",
  'watch.hook_taken': 'Il y a déjà un crochet {name}.',
  'watch.hook_removed': 'Le crochet {name} est retiré.',
  'watch.hook_unknown': "Il n'y a pas de crochet {name}.",
  'watch.delivered': 'Remis à {to}.',
  'watch.not_delivered': 'Non remis à {to} : {detail}',
  'watch.again': 'À renvoyer : {ids}.',
  'watch.not_again': 'Aucun envoi {ids} ne peut être renvoyé.',
  'watch.preference': '{email} : {mode}.',
} as const;
