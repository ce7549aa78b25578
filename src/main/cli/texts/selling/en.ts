/** Ready to sell, the steps to it, sales forms and the export for accounting, in English. */
import { ready } from '../../../../exchange/selling/texts/en.ts';

export const selling = {
  ...ready,
  'ready.nothing': '{interface}: nothing to sell is still to come.',
  'ready.count': '{interface} ({reseller}): ready {ready} of {count}.',
  'selling.none': 'Nothing is to be put on sale.',
  'selling.form_sent': 'sales form sent',
  'selling.mappings_received': 'codes received',
  'selling.seats_sent': 'seats sent',
  'selling.test_tickets': 'test tickets integrated and cancelled',
  'selling.open': 'open',
  'selling.marked': '{product} ({interface}): {step}.',
  'selling.cleared': '{product} ({interface}): no longer "{step}".',
  'selling.unchanged': 'It was so already.',
  'selling.tests_living':
    'Tests that are not cancelled yet: {count}. Have the reseller cancel them, or say --anyway.',
  'selling.mode_ended': 'Test mode of {product} has ended.',
  'form.written': 'Written: {files}',
  'form.marked': 'Marked as sent; prices told: {count}.',
  'form.missing': 'Without a price in the form: {what}.',
  'form.answer_none': 'The file brings no code that is new.',
  'form.answer_would': 'It would be: {created} new, {updated} changed. Nothing was written.',
  'form.answer_saved': 'Saved: {created} new, {updated} changed.',
  'form.answer_left': 'Codes still missing: {count}.',
  'form.fault': 'Row {row}: {fault}',
  'form.not_a_form': '{file} is no sales form of ours: {reason}.',
  'form.other_interface': 'This form is for {interface}.',
  'form.not_sellable': '{product} cannot be sold by resellers.',
  'account.exported': '{file}: {lines} lines. Balance moved by {amount}.',
} as const;
