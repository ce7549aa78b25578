import { businessTexts } from '../text-types.ts';

/** De negocio: alguien debe decidir. */
export const business = businessTexts({
  'product.not_sellable': `{product} no se puede vender en un revendedor
    | Los revendedores venden eventos, competiciones y entradas de visita; este producto es de otro
      tipo: {kind}.
    | Quite {product} de la ficha de venta y comunique esta entrada al revendedor.`,
  'product.not_on_channel': `{product} no está a la venta en este canal
    | El producto no tiene calendario de venta en el canal de la interfaz.
    | Póngalo a la venta en el canal, o acepte esta entrada una sola vez.`,
  'product.outside_window': `{product} no estaba a la venta en ese momento
    | La venta es del {at}, fuera del calendario de venta. Cuenta la fecha de la venta, no la de su
      integración.
    | Corrija el calendario de venta, o acepte esta entrada una sola vez.`,
  'performance.preparing': `La sesión {performance} está aún en preparación
    | El revendedor ha vendido una sesión que usted no ha abierto todavía.
    | Abra la sesión: las entradas en espera se retoman solas.`,
  'performance.suspended': `La sesión {performance} está suspendida
    | Sus ventas están paradas; el revendedor puede tener aún asientos.
    | Retire lo no vendido de {reseller}, o reabra la sesión.`,
  'performance.cancelled': `La sesión {performance} está cancelada
    | Esta venta es posterior a la cancelación.
    | Comuníquela al revendedor para que reembolse a su cliente, o acéptela.`,
  'performance.closed': `La sesión {performance} está cerrada
    | Sus cifras son definitivas, y un mensaje del revendedor aún la afecta.
    | Reabra la sesión (un responsable, con un motivo), o regístrelo con retraso en el período
      actual.`,
  'pass.not_valid_then': `{product} ya no era válido el {day}
    | La entrada se vendió después del fin de la validez.
    | Prolongue la validez, acepte esta entrada, o comuníquela al revendedor.`,
  'seat.unknown': `El asiento {seat} no existe en la sala
    | Ningún asiento de la configuración de la sesión se llama así.
    | Corrija la correspondencia de bloque, fila o asiento; o dé otro asiento a la entrada.`,
  'seat.missing': `La entrada no indica asiento
    | La categoría {category} es numerada, y el mensaje no tiene bloque, fila ni asiento.
    | Dé un asiento a la entrada, o comuníquela al revendedor.`,
  'seat.not_in_allotment': `El asiento {seat} no está en el cupo entregado al revendedor
    | Vendió un asiento que usted no le confió, o que le retiró.
    | Dé otro asiento, tome del stock de la sala, guárdela como sobreventa, o comuníquela.`,
  'seat.other_contingent': `El asiento {seat} es de otro contingente: {contingent}
    | El revendedor lo indica en un cupo que no es el del asiento.
    | Corrija la correspondencia del contingente, mueva el asiento, o acepte esta entrada.`,
  'seat.sold': `El asiento {seat} ya está vendido
    | La entrada {holder} ocupa este asiento en la misma sesión.
    | Dé otro asiento a una de las dos, guarde la suya, tome la de ellos, o comunique el doble.`,
  'seat.sold_missing_here': `El asiento {seat} está vendido en el revendedor, aquí no
    | Para {performance} el revendedor lo da por vendido; la venta no ha llegado.
    | Integre las ventas; si sigue faltando, pídala a {person}.`,
  'seat.wrong_category': `El asiento {seat} no es de la categoría indicada
    | El revendedor indica {reported}; aquí el asiento es de {ours}.
    | Corrija la correspondencia de la categoría o la categoría del asiento; si no, acepte la
      entrada o comuníquela.`,
  'seat.adopted': `El asiento {seat} se vendió sin haberse exportado
    | Estaba libre en el contingente de esta interfaz: la venta está integrada.
    | Nada que hacer si empieza a mitad de temporada; si no, lance una comparación.`,
  'seat.taken_over': `El asiento {seat} pasó a otra entrada
    | Usted lo dio a esta entrada. {holder} lo tenía: ahora está en sobreventa, o era una venta suya
      que se liberó.
    | Busque otro lugar al portador anterior antes de la función, o avísele.`,
  'count.over': `No quedan bastantes plazas para {place}
    | Quedaban {left} en la parte del revendedor, y vendió más.
    | Tome del stock de la sala, dé otra plaza, guárdela como sobreventa, o comuníquela.`,
  'tariff.not_allowed': `La tarifa {tariff} no va a los revendedores
    | Solo se les confían tarifas de contactos o colectividades ocasionales.
    | Haga corresponder la categoría de cliente con otra tarifa.`,
  'price.missing': `No tiene precio para esta entrada
    | El revendedor vendió a {reported}; no hay precio para esta tarifa y categoría en la fecha de
      la venta.
    | Añada el precio, o acepte el del revendedor.`,
  'price.differs': `El precio difiere: {reported} en lugar de {ours}
    | El revendedor vendió a {reported}; su lista de precios dice {ours} en la fecha de la venta.
    | Acepte la diferencia (esta entrada, o todas las iguales), corrija su precio, registre el suyo,
      o comuníquela al revendedor.`,
  'price.negative': `El precio de la entrada es negativo o falta
    | El mensaje dice {reported}. Un precio de 0 es un precio; uno negativo no.
    | Comunique esta entrada a {person}.`,
  'price.grace': `Un precio de antes o después de un cambio: {reported}
    | Su lista dice {ours} en ese instante; el otro precio aún pasa durante un tiempo.
    | Nada que hacer. Si continúa, compruebe que el revendedor tiene el nuevo precio.`,
  'price.booked_ours': `Se registra su precio: {ours} en lugar de {reported}
    | La interfaz registra su precio cuando difieren.
    | La diferencia se verá en la liquidación del revendedor: aclárela allí.`,
  'commission.differs': `La comisión no es la acordada: {reported} en lugar de {ours}
    | La venta se registra con la comisión del revendedor.
    | Compruebe la comisión acordada, o reclame la diferencia en la liquidación.`,
  'price.booked_theirs': `Se registra el precio del revendedor: {reported} en lugar de {ours}
    | La interfaz registra el precio del revendedor cuando difieren.
    | Compruebe su lista de precios, o la ficha de venta del revendedor.`,
  'currency.differs': `La moneda difiere: {reported} en lugar de {ours}
    | El revendedor vendió en una moneda que no es la de la interfaz.
    | Corrija la moneda de la interfaz, o comunique esta entrada al revendedor.`,
  'barcode.used': `El código de barras {barcode} ya está en uso
    | Otra entrada tiene este código: abriría la puerta una sola vez.
    | Guarde la suya, tome la de ellos, o pida un código nuevo a {person}.`,
  'barcode.missing': `La entrada no tiene código de barras
    | El mensaje no trae ninguno; esta entrada no abrirá la puerta.
    | Pida los códigos al revendedor (preparar y luego recoger el control de acceso).`,
  'ticket.living': `La entrada {ticket} ya existe
    | Una entrada válida tiene este número, y nada anuncia su anulación.
    | Busque la anulación en el revendedor; si no, guarde la suya, tome la de ellos, o
      comuníquela.`,
  'content.differs': `La misma operación llega con otro contenido
    | Para la entrada {ticket} difiere de lo ya tomado: {fields}.
    | Compare, y guarde lo suyo, tome lo de ellos, o comunique la diferencia.`,
  'sale.missing': `La venta de la entrada {ticket} no ha llegado aún
    | Está su anulación o reembolso, no su venta. El código ya se rechaza en la puerta.
    | Espere la próxima integración; si sigue faltando, pídala a {person}.`,
  'blocked.behind': `Este mensaje espera a otro
    | Trata de la entrada {ticket}, que tiene un caso anterior sin resolver.
    | Resuelva el caso del que depende: este seguirá solo.`,
  'refund.exceeds': `El reembolso supera el precio
    | {amount} por devolver, pero la entrada costó {price} y ya se devolvieron {refunded}.
    | Compruébelo con {person}, y acepte o comunique.`,
  'account.closed': `La cuenta de espera está cerrada
    | Las ventas de {interface} no se pueden registrar en ninguna cuenta.
    | Reabra la cuenta de espera, o elija otra en la interfaz.`,
  'account.ceiling': `Se alcanzó el tope de la cuenta de espera
    | El revendedor debe {balance}, el tope es {ceiling}.
    | Registre un pago, suba el tope, o acepte estas entradas.`,
  'names.missing': `Falta un nombre en la entrada {ticket}
    | El producto es nominativo, y el beneficiario falta o es ficticio.
    | Acepte la entrada así, o pida el nombre al revendedor.`,
  'instant.ambiguous': `La hora de la venta existe dos veces
    | {at} cae en la hora que el cambio de hora repite; vale la primera.
    | Nada que hacer, salvo que dos operaciones de la misma entrada se crucen.`,
  'message.kind_not_supported': `Este revendedor no envía este tipo de mensaje
    | Llegó un mensaje de tipo {kind}, que la interfaz no prevé.
    | Comuníquelo al soporte con el número de la ejecución: {number}.`,
  'export.not_supported': `{product} no se exporta a este revendedor
    | No recibe plazas para este tipo de producto: el contingente es un límite, comprobado al
      integrar.
    | Indique el límite en la ficha de venta.`,
  'wish.lapsed': `La retirada del asiento {seat} ha caducado
    | El revendedor ya lo había vendido (entrada {ticket}). La pidió: {by}.
    | Elija otro asiento, o dé otro a esta entrada.`,
  'interface.hidden': `La interfaz {interface} está oculta
    | Una interfaz oculta no ejecuta nada.
    | Hágala visible en la pestaña General cuando esté lista.`,
  'interface.archived': `La interfaz {interface} está archivada
    | Una interfaz archivada solo sirve para consultar.
    | Use la interfaz que la sustituye, o sáquela del archivo.`,
  'interface.no_pending_account': `La interfaz {interface} no tiene cuenta de espera
    | Sin cuenta de espera nadie puede pagar las ventas del revendedor.
    | Elija una cuenta de espera en la pestaña General; el punto de venta debe aceptarla y el
      contacto debe estar autorizado.`,
  'interface.no_files': `{reseller} no tiene archivos de ventas
    | La interfaz {interface} no conoce ningún archivo de este revendedor.
    | Elija la interfaz cuyo revendedor envía archivos, o integre sus ventas en línea.`,
  'import.no_performance': `No se indica la función del archivo
    | El archivo no la nombra: hágalo usted. Hace falta exactamente una.
    | Indique la función (el producto para un pase sin fecha) e importe de nuevo.`,
});
