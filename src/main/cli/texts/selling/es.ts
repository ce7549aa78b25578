/** Listo para la venta, sus pasos, fichas de venta, exportación contable, en español. */
import { ready } from '../../../../exchange/selling/texts/es.ts';

export const selling = {
  ...ready,
  'ready.nothing': '{interface}: nada por vender está por venir.',
  'ready.count': '{interface} ({reseller}): listos {ready} de {count}.',
  'selling.none': 'Nada hay que poner a la venta.',
  'selling.form_sent': 'ficha de venta enviada',
  'selling.mappings_received': 'códigos recibidos',
  'selling.seats_sent': 'asientos enviados',
  'selling.test_tickets': 'billetes de prueba integrados y anulados',
  'selling.open': 'abierto',
  'selling.marked': '{product} ({interface}): {step}.',
  'selling.cleared': '{product} ({interface}): ya no «{step}».',
  'selling.unchanged': 'Ya era así.',
  'selling.tests_living': `Billetes de prueba aún no anulados: {count}. Haga que el revendedor los
    anule, o diga --anyway.`,
  'selling.mode_ended': 'El modo de prueba de {product} ha terminado.',
  'form.written': 'Escritos: {files}',
  'form.marked': 'Marcada como enviada; precios anunciados: {count}.',
  'form.missing': 'Sin precio en la ficha: {what}.',
  'form.answer_none': 'El archivo no trae ningún código nuevo.',
  'form.answer_would': 'Serían: {created} nuevos, {updated} cambiados. No se escribió nada.',
  'form.answer_saved': 'Guardados: {created} nuevos, {updated} cambiados.',
  'form.answer_left': 'Códigos que aún faltan: {count}.',
  'form.fault': 'Fila {row}: {fault}',
  'form.not_a_form': '{file} no es una ficha de venta nuestra: {reason}.',
  'form.other_interface': 'Esta ficha es para {interface}.',
  'form.not_sellable': '{product} no puede ser vendido por revendedores.',
  'account.exported': '{file}: {lines} líneas. El saldo varió en {amount}.',
} as const;
