/** Tests, door lists and refused places, in English. */
export const house = {
  'tests.none': 'No test is left at a reseller.',
  'tests.left': 'Tests that are not cancelled yet; each holds its place: {count}.',
  'tests.mode': 'Test mode ({interface}): {what}, since {since}, {until}.',
  'tests.until_open': 'until sales open',
  'tests.ended': 'ended {at}',
  'tests.on': 'Test mode is on: {what}. It ends when sales open.',
  'tests.off': 'Test mode is off: {what}.',
  'tests.unchanged': 'It was so already.',
  'tests.on_sale': `{what} is on sale since {opens}: what comes in is no test. Mark tickets by
    their numbers: parterre tests mark.`,
  'tests.too_wide': '"{what}" would cover a whole run. Write more of the number.',
  'tests.marked': 'Marked as tests: {count}. Account: {amount}.',
  'tests.lifted': 'No tests any more: {count}. Account: {amount}.',
  'tests.same': 'They were so already: {tickets}.',
  'tests.unknown': '{reseller} has no such ticket here: {tickets}.',
  'door_list.written': 'Codes in {file}: {count}.',
  'door_list.unwritable': `Not in the list, because its format cannot hold them: {codes}. Their
    bearers need the box office.`,
  'door_list.our_code': 'Our code "{value}" cannot stand in this format. Change it in the house.',
  'door_list.not_a_pass': '{product} has performances: name them with --performance PRODUCT/CODE.',
  'block.blocked': '{code} opens no door any more.',
  'block.unblocked': '{code} is not blocked any more. It now answers: {answer}.',
  'block.unchanged': '{code} was so already.',
  'block.unknown': 'Nobody has told this house of the code {code}.',
  'refused.none': 'No place is refused.',
  'refused.place': '{performance} {contingent} {place} ({quantity}): {reason}, {at}',
  'refused.no_reason': 'no reason given',
  'refused.how': `To let the next export send them again: parterre refused send --performance
    PRODUCT/CODE.`,
  'refused.cleared': 'Places that leave with the next export: {count}.',
} as const;
