/** What *ready to sell?* found, in English: what is wrong, and after the colon what to do. */
export const ready = {
  'ready.interface.hidden': 'The interface is not visible ({state}): make it visible.',
  'ready.interface.contact': 'Its contact is missing or may not pay on account: authorise it.',
  'ready.interface.point_of_sale':
    'Its point of sale is missing or takes no pending account: allow it.',
  'ready.account.missing': 'It has no pending account: give it one.',
  'ready.account.closed': 'Its pending account is closed: open it.',
  'ready.account.ceiling_full':
    '{balanceMinor} is owed, the ceiling is {ceilingMinor}, and sales stop: book the payment.',
  'ready.account.ceiling_passed':
    '{balanceMinor} is owed, the ceiling is {ceilingMinor}; sales go on.',
  'ready.channel.no_contingent': 'No contingent serves its sales channel: assign one.',
  'ready.product.not_sellable': 'Resellers may not sell this kind of product ({kind}).',
  'ready.product.not_taken': 'This reseller does not take this kind of product ({kind}).',
  'ready.product.filtered_out':
    'The interface does not take this product: add it to its list of products.',
  'ready.product.over': 'Its validity ended on {until}.',
  'ready.performance.none': 'It has no performance to come.',
  'ready.performance.preparing': 'In preparation: nothing leaves before it is running.',
  'ready.performance.suspended': 'Suspended: resume it.',
  'ready.performance.cancelled': 'Cancelled.',
  'ready.performance.closed': 'Closed.',
  'ready.performance.past': 'It has begun or is over.',
  'ready.window.none': 'Not on sale on the channel: give it a period of sale.',
  'ready.window.closed': 'Its sale on the channel ended {closedAt}: prolong it.',
  'ready.window.not_yet': 'Its sale on the channel opens {opensAt}.',
  'ready.mapping.product': 'The product {ours} has no code at the reseller.',
  'ready.mapping.configuration':
    'Two performances start together and the hall {ours} has no code at the reseller.',
  'ready.mapping.category': 'The category {ours} has no code at the reseller.',
  'ready.mapping.block': 'The block or zone {ours} has no code at the reseller.',
  'ready.mapping.contingent': 'The contingent {ours} has no code at the reseller.',
  'ready.mapping.tariffs': 'No tariff of the season has a code at the reseller.',
  'ready.mapping.tariff': 'The tariff {ours} has a price and no code: the reseller cannot sell it.',
  'ready.mapping.unseen': 'The reseller used "{value}" ({word}), which nothing is mapped to.',
  'ready.tariff.wrong_kind':
    'The tariff {ours} ("{value}") is not for occasional buyers: take its mapping away.',
  'ready.price.none': 'No tariff of the reseller has a price here: enter the prices.',
  'ready.price.missing': 'No price for {category} in {tariff}: enter it.',
  'ready.price.currency': 'The price for {category} in {tariff} is in {currency}.',
  'ready.price.to_announce': 'Prices that the reseller was not told: {count}.',
  'ready.vat.missing': 'The rate of VAT is not known: it is reckoned as 0.',
  'ready.contingent.empty': 'The contingents of the channel have no place of it.',
  'ready.counter.missing': 'The pass has no counter: enter its places.',
  'ready.seats.no_contingent': 'Free seats in no contingent, which go to no reseller: {count}.',
  'ready.seats.kept_home': 'Special seats that the contingent does not send: {count}.',
  'ready.seats.refused': 'Places that the reseller refused: {count}.',
  'ready.name.not_carried':
    'Places in {name} whose name the reseller cannot be told apart: {places}.',
  'ready.tests.living': 'Tests that are not cancelled yet: {count}.',
  'ready.cases.open': 'Open cases: {count}.',
} as const;
