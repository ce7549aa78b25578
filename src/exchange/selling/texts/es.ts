/** What *ready to sell?* found, in Spanish: what is wrong, and after the colon what to do. */
export const ready = {
  'ready.interface.hidden': 'La interfaz no es visible ({state}): hágala visible.',
  'ready.interface.contact': 'Su contacto falta o no puede pagar a cuenta: autorícelo.',
  'ready.interface.point_of_sale':
    'Su punto de venta falta o no acepta la cuenta pendiente: permítalo.',
  'ready.account.missing': 'No tiene cuenta pendiente: asígnele una.',
  'ready.account.closed': 'Su cuenta pendiente está cerrada: ábrala.',
  'ready.account.ceiling_full': `Se deben {balanceMinor}, el tope es {ceilingMinor} y las ventas se
    detienen: registre el pago.`,
  'ready.account.ceiling_passed':
    'Se deben {balanceMinor}, el tope es {ceilingMinor}; las ventas siguen.',
  'ready.channel.no_contingent': 'Ningún cupo sirve a su canal de venta: asigne uno.',
  'ready.product.not_sellable':
    'Los revendedores no pueden vender esta clase de producto ({kind}).',
  'ready.product.not_taken': 'Este revendedor no toma esta clase de producto ({kind}).',
  'ready.product.filtered_out':
    'La interfaz no toma este producto: añádalo a su lista de productos.',
  'ready.product.over': 'Su validez terminó el {until}.',
  'ready.performance.none': 'No tiene ninguna función por venir.',
  'ready.performance.preparing': 'En preparación: nada sale antes de que esté en curso.',
  'ready.performance.suspended': 'Suspendida: reanúdela.',
  'ready.performance.cancelled': 'Anulada.',
  'ready.performance.closed': 'Cerrada.',
  'ready.performance.past': 'Ha empezado o ha pasado.',
  'ready.window.none': 'No está a la venta en el canal: dele un período de venta.',
  'ready.window.closed': 'Su venta en el canal terminó {closedAt}: prolónguela.',
  'ready.window.not_yet': 'Su venta en el canal abre {opensAt}.',
  'ready.mapping.product': 'El producto {ours} no tiene código en el revendedor.',
  'ready.mapping.configuration':
    'Dos funciones empiezan a la vez y la sala {ours} no tiene código en el revendedor.',
  'ready.mapping.category': 'La categoría {ours} no tiene código en el revendedor.',
  'ready.mapping.block': 'El bloque o la zona {ours} no tiene código en el revendedor.',
  'ready.mapping.contingent': 'El cupo {ours} no tiene código en el revendedor.',
  'ready.mapping.tariffs': 'Ninguna tarifa de la temporada tiene código en el revendedor.',
  'ready.mapping.tariff':
    'La tarifa {ours} tiene precio y no código: el revendedor no puede venderla.',
  'ready.mapping.unseen': 'El revendedor usó «{value}» ({word}), a lo que nada corresponde.',
  'ready.tariff.wrong_kind': `La tarifa {ours} («{value}») no es para compradores ocasionales: quite
    su correspondencia.`,
  'ready.price.none': 'Ninguna tarifa del revendedor tiene precio aquí: introduzca los precios.',
  'ready.price.missing': 'Sin precio para {category} en {tariff}: introdúzcalo.',
  'ready.price.currency': 'El precio de {category} en {tariff} está en {currency}.',
  'ready.price.to_announce': 'Precios no anunciados al revendedor: {count}.',
  'ready.vat.missing': 'El tipo de IVA no se conoce: cuenta como 0.',
  'ready.contingent.empty': 'Los cupos del canal no tienen ninguna plaza.',
  'ready.counter.missing': 'El pase no tiene contador: introduzca sus plazas.',
  'ready.seats.no_contingent':
    'Asientos libres en ningún cupo, que no van a ningún revendedor: {count}.',
  'ready.seats.kept_home': 'Asientos especiales que el cupo no envía: {count}.',
  'ready.seats.refused': 'Plazas rechazadas por el revendedor: {count}.',
  'ready.name.not_carried':
    'Plazas en {name} que el revendedor no podría distinguir por su nombre: {places}.',
  'ready.tests.living': 'Billetes de prueba aún no anulados: {count}.',
  'ready.cases.open': 'Casos abiertos: {count}.',
} as const;
