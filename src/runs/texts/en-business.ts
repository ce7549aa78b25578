import { businessTexts } from '../text-types.ts';

/** Business: someone must decide. */
export const business = businessTexts({
  'product.not_sellable': `{product} cannot be sold by a reseller
    | Resellers sell events, competitions and visit passes; this product is another kind: {kind}.
    | Take {product} off the reseller's sales form, then report this ticket to it.`,
  'product.not_on_channel': `{product} is not on sale on this channel
    | The product has no sales calendar on the interface's channel.
    | Put it on sale on the channel, or accept this ticket once.`,
  'product.outside_window': `{product} was not on sale at that moment
    | The sale is dated {at}, outside the channel's sales calendar. The date of the sale counts,
      not the date it was integrated.
    | Correct the sales calendar, or accept this ticket once.`,
  'performance.preparing': `The performance {performance} is still being prepared
    | The reseller has sold a performance that you have not opened yet.
    | Open the performance: the waiting tickets are taken up by themselves.`,
  'performance.suspended': `The performance {performance} is suspended
    | Its sales are stopped; the reseller may still hold seats.
    | Take the unsold seats back from {reseller}, or reopen the performance.`,
  'performance.cancelled': `The performance {performance} is cancelled
    | This sale was made after the performance was cancelled.
    | Report it to the reseller so that it refunds its buyer, or accept it.`,
  'performance.closed': `The performance {performance} is closed
    | Its figures are final, and a message of the reseller still touches it.
    | Reopen the performance (a manager, with a reason), or book it late in the current period.`,
  'pass.not_valid_then': `{product} was no longer valid on {day}
    | The ticket was sold after the product's validity had ended.
    | Extend the product's validity, accept this ticket, or report it to the reseller.`,
  'seat.unknown': `The seat {seat} does not exist in the house
    | No seat of the performance's configuration has this name.
    | Correct the mapping of block, row or seat; or give the ticket another seat.`,
  'seat.missing': `The ticket names no seat
    | The category {category} is numbered, and the message has no block, row or seat.
    | Give the ticket a seat, or report it to the reseller.`,
  'seat.not_in_allotment': `The seat {seat} is not in the reseller's allotment
    | It sold a seat that you did not hand over, or that you took back.
    | Give another seat, draw from house stock, keep it as overbooking, or report it.`,
  'seat.other_contingent': `The seat {seat} belongs to another contingent: {contingent}
    | The reseller reports it under an allotment that is not the seat's.
    | Correct the mapping of the contingent, move the seat, or accept this ticket.`,
  'seat.sold': `The seat {seat} is sold already
    | The ticket {holder} holds this seat for the same performance.
    | Give one of the two another seat, keep yours, take theirs, or report the double sale.`,
  'seat.sold_missing_here': `The seat {seat} is sold at the reseller, not here
    | For {performance} the reseller says that the seat is sold; the sale has not arrived.
    | Integrate the sales; if it is still missing, ask {person} for it.`,
  'seat.wrong_category': `The seat {seat} is not of the category reported
    | The reseller reports {reported}; here the seat is {ours}.
    | Correct the mapping of the category, or the seat's category; else accept or report it.`,
  'seat.adopted': `The seat {seat} was sold without having been exported
    | It was free in this interface's contingent: the sale is integrated.
    | Nothing to do when you start in mid-season; otherwise run a reconciliation.`,
  'seat.taken_over': `The seat {seat} went to another ticket
    | You gave it to this ticket. {holder} had it: it is overbooked now, or a sale of your own that
      was freed.
    | Find the former holder another place before the performance, or tell them.`,
  'count.over': `Not enough places left for {place}
    | {left} were left in the reseller's share, and it sold beyond it.
    | Draw from house stock, give another place, keep it as overbooking, or report it.`,
  'tariff.not_allowed': `The tariff {tariff} does not go to resellers
    | Only tariffs for occasional contacts or occasional communities may be handed to them.
    | Map the customer category to another tariff.`,
  'price.missing': `You have no price for this ticket
    | The reseller sold at {reported}; there is no price for this tariff and category at the date
      of the sale.
    | Add the price, or accept the reseller's.`,
  'price.differs': `The price differs: {reported} instead of {ours}
    | The reseller sold at {reported}; your price list says {ours} at the date of the sale.
    | Accept the difference (this ticket, or all with the same one), correct your price, book
      yours, or report it to the reseller.`,
  'price.negative': `The ticket's price is negative or missing
    | The message says {reported}. A price of 0 is a price; a negative one is not.
    | Report this ticket to {person}.`,
  'price.grace': `A price from before or after a change: {reported}
    | Your price list says {ours} at that instant; the other price still passes for a while.
    | Nothing to do. If it goes on, check that the reseller has received the new price.`,
  'price.booked_ours': `Your price is booked: {ours} instead of {reported}
    | The interface is set to book your price when they differ.
    | The difference will show in the reseller's statement: settle it there.`,
  'commission.differs': `The commission is not the agreed one: {reported} instead of {ours}
    | The sale is booked with the reseller's commission.
    | Check the agreed commission, or claim the difference in the reseller's statement.`,
  'price.booked_theirs': `The reseller's price is booked: {reported} instead of {ours}
    | The interface is set to book the reseller's price when they differ.
    | Check your price list, or the reseller's sales form.`,
  'currency.differs': `The currency differs: {reported} instead of {ours}
    | The reseller sold in another currency than the interface's.
    | Correct the interface's currency, or report this ticket to the reseller.`,
  'barcode.used': `The barcode {barcode} is in use already
    | Another ticket has this code: it would open the door only once.
    | Keep yours, take theirs, or ask {person} for a new code.`,
  'barcode.missing': `The ticket has no barcode
    | The message carries none; this ticket will not open the door.
    | Ask the reseller for its codes (prepare, then fetch access).`,
  'ticket.living': `The ticket {ticket} exists already
    | A living ticket has this number, and nothing announces its cancellation.
    | Look for the cancellation at the reseller; else keep yours, take theirs, or report it.`,
  'content.differs': `The same operation comes with other contents
    | For the ticket {ticket} this differs from what was taken: {fields}.
    | Compare, then keep yours, take theirs, or report the difference to the reseller.`,
  'sale.missing': `The sale of the ticket {ticket} has not arrived yet
    | Its cancellation or refund is here, its sale is not. The code is refused at the door already.
    | Wait for the next integration; if the sale is still missing, ask {person} for it.`,
  'blocked.behind': `This message waits for another
    | It is about the ticket {ticket}, which has an earlier case that is not settled.
    | Settle the case it depends on: this one follows by itself.`,
  'refund.exceeds': `The refund exceeds the price
    | {amount} to give back, while the ticket cost {price} and {refunded} were given back before.
    | Check with {person}, then accept or report it.`,
  'account.closed': `The pending account is closed
    | The sales of {interface} cannot be booked on any account.
    | Reopen the pending account, or choose another one in the interface.`,
  'account.ceiling': `The ceiling of the pending account is reached
    | The reseller owes {balance}, the ceiling is {ceiling}.
    | Record a payment, raise the ceiling, or accept these tickets.`,
  'names.missing': `The ticket {ticket} lacks a name
    | The product needs names, and the beneficiary is missing or a placeholder.
    | Accept the ticket as it is, or ask the reseller for the name.`,
  'instant.ambiguous': `The hour of the sale exists twice
    | {at} lies in the hour that the clock change repeats; the first was taken.
    | Nothing to do, unless two operations of one ticket cross.`,
  'message.kind_not_supported': `This reseller does not send this kind of message
    | A message of the kind {kind} came, and the interface does not foresee it.
    | Report it to support with the run's number: {number}.`,
  'export.not_supported': `{product} is not exported to this reseller
    | It takes no places for this kind of product: its contingent is a limit, checked when sales
      are integrated.
    | State the limit on the sales form.`,
  'wish.lapsed': `Taking the seat {seat} back has lapsed
    | The reseller had sold it already (ticket {ticket}). It was asked for by: {by}.
    | Choose another seat, or give this ticket another one.`,
  'interface.hidden': `The interface {interface} is hidden
    | A hidden interface runs nothing.
    | Make it visible in its General tab when it is ready.`,
  'interface.archived': `The interface {interface} is archived
    | An archived interface is for reading only.
    | Use the interface that replaces it, or take it out of the archive.`,
  'interface.no_pending_account': `The interface {interface} has no pending account
    | Without a pending account nobody can pay for the reseller's sales.
    | Choose a pending account in its General tab; the point of sale must accept it and the contact
      must be authorised for it.`,
  'interface.no_files': `{reseller} has no sales files
    | The interface {interface} knows no file of this reseller.
    | Choose the interface whose reseller sends files, or integrate its sales over the wire.`,
  'import.no_performance': `The performance of the file is not named
    | The file does not name it, so whoever imports it does. Exactly one is needed.
    | Name the performance (for an undated pass the product) and import again.`,
});
