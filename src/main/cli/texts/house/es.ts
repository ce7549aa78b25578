/** Tests, door lists and refused places, in Spanish. */
export const house = {
  'tests.none': 'No queda ninguna prueba en un revendedor.',
  'tests.left': 'Pruebas aún no anuladas; cada una ocupa su plaza: {count}.',
  'tests.mode': 'Modo de prueba ({interface}): {what}, desde el {since}, {until}.',
  'tests.until_open': 'hasta que se abran las ventas',
  'tests.ended': 'terminado el {at}',
  'tests.on': 'El modo de prueba está activo: {what}. Termina cuando se abren las ventas.',
  'tests.off': 'El modo de prueba está apagado: {what}.',
  'tests.unchanged': 'Ya estaba así.',
  'tests.on_sale': `{what} está a la venta desde el {opens}: lo que llega no es una prueba.
    Marque las entradas por su número: parterre tests mark.`,
  'tests.too_wide': '"{what}" cubriría toda una ejecución. Escriba más del número.',
  'tests.marked': 'Marcadas como pruebas: {count}. Cuenta: {amount}.',
  'tests.lifted': 'Ya no son pruebas: {count}. Cuenta: {amount}.',
  'tests.same': 'Ya estaba así: {tickets}.',
  'tests.unknown': '{reseller} no tiene aquí estas entradas: {tickets}.',
  'door_list.written': 'Códigos en {file}: {count}.',
  'door_list.unwritable': `No están en la lista, porque su formato no puede contenerlos:
    {codes}. Quien los lleva debe ir a la taquilla.`,
  'door_list.our_code':
    'Nuestro código "{value}" no puede estar en este formato. Cámbielo en la casa.',
  'door_list.not_a_pass': '{product} tiene sesiones: nómbrelas con --performance PRODUCTO/CÓDIGO.',
  'block.blocked': '{code} ya no abre ninguna puerta.',
  'block.unblocked': '{code} ya no está bloqueado. Ahora responde: {answer}.',
  'block.unchanged': '{code} ya estaba así.',
  'block.unknown': 'Nadie ha comunicado a esta casa el código {code}.',
  'refused.none': 'Ninguna plaza está rechazada.',
  'refused.place': '{performance} {contingent} {place} ({quantity}): {reason}, {at}',
  'refused.no_reason': 'sin motivo',
  'refused.how': `Para que la próxima exportación las envíe otra vez: parterre refused send
    --performance PRODUCTO/CÓDIGO.`,
  'refused.cleared': 'Plazas que salen con la próxima exportación: {count}.',
} as const;
