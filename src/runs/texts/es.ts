import type { LanguageTexts } from '../text-types.ts';
import { eventTexts, otherTexts } from '../text-types.ts';
import { business } from './es-business.ts';

const other = otherTexts({
  'mapping.missing': `Falta la correspondencia: {word} «{value}»
    | El revendedor usa «{value}», y ningún dato suyo ({word}) le corresponde.
    | Añada la línea en Correspondencias, o marque el valor «no es nuestro»; los mensajes en espera
      se retoman al momento.`,
  'mapping.ambiguous': `Correspondencia ambigua: {word} «{value}»
    | Pueden ser varios de sus datos: {candidates}.
    | Precise la línea en Correspondencias (por ejemplo Parent/Code), para uno solo de ellos.`,
  'mapping.ours_missing': `{ours} no tiene nombre en el revendedor
    | Para enviar plazas hace falta su palabra para {word} {ours}.
    | Añada la línea {ours} en Correspondencias; la próxima exportación la tomará.`,
  'external.unreachable': `No se puede contactar con {reseller}
    | El servicio {service} no responde en su dirección: {detail}.
    | Inténtelo más tarde; si se repite, compruebe la dirección en la pestaña General y llame a
      {person}.`,
  'external.timeout': `{reseller} no respondió a tiempo
    | El servicio {service} tardó demasiado: {detail}.
    | Inténtelo de nuevo; si se repite, llame a {person} (la llamada va adjunta a la ejecución).`,
  'external.reset': `Se cortó la conexión con {reseller}
    | El servicio {service} rompió la conexión a mitad de camino: {detail}.
    | Inténtelo de nuevo; si se repite, llame a {person} (la llamada va adjunta a la ejecución).`,
  'external.tls': `La conexión con {reseller} no es segura
    | Se rechazó el certificado del servicio {service}: {detail}.
    | No lo evite: pregunte a {person} cuándo se corregirá el certificado.`,
  'external.status': `{reseller} rechazó la llamada (estado {status})
    | El servicio {service} respondió con un error: {detail}.
    | Inténtelo de nuevo; si se repite, llame a {person} (la llamada va adjunta a la ejecución).`,
  'external.redirect': `{reseller} remite a otro servidor
    | El servicio {service} redirige la llamada, y no se sigue: {detail}.
    | Pida a {person} la dirección correcta, y corríjala en la pestaña General.`,
  'external.address_refused': `No se puede llamar a esta dirección
    | La dirección del servicio {service} lleva a una red privada o está mal escrita: {detail}.
    | Corrija la dirección en la pestaña General, o haga autorizar el host por el soporte
      (PARTERRE_ALLOW_HOSTS).`,
  'external.too_large': `La respuesta de {reseller} es demasiado grande
    | El servicio {service} superó el tamaño admitido: {detail}.
    | Inténtelo de nuevo; si se repite, pregunte a {person} qué se envía.`,
  'external.truncated': `La respuesta de {reseller} está incompleta
    | El servicio {service} se detuvo antes del final. Lo que llegó entero se guarda.
    | Inténtelo de nuevo: la lectura sigue donde paró. Si se repite, llame a {person}.`,
  'external.not_well_formed': `La respuesta de {reseller} no se puede leer
    | El servicio {service} envió un documento mal formado (línea {line}, columna {column}).
    | Inténtelo de nuevo; si se repite, envíe la llamada adjunta a {person}.`,
  'external.html': `{reseller} respondió con una página web
    | En lugar del documento, el servicio {service} envió una página (a menudo: mantenimiento).
    | Inténtelo más tarde; si se repite, llame a {person}.`,
  'external.charset': `La respuesta de {reseller} tiene caracteres erróneos
    | El servicio {service} anuncia un juego de caracteres y usa otro.
    | Envíe la llamada adjunta a {person}: no se adivinó nada.`,
  'external.dtd': `La respuesta de {reseller} se rechaza
    | El servicio {service} envió una definición de documento (DTD), que rechazamos siempre.
    | Avise a {person}: no es una respuesta normal.`,
  'external.entity': `La respuesta de {reseller} se rechaza
    | El servicio {service} envió entidades XML, que rechazamos siempre.
    | Avise a {person}: no es una respuesta normal.`,
  'external.empty': `{reseller} no respondió nada
    | El servicio {service} no envió nada.
    | Inténtelo de nuevo; si se repite, llame a {person}.`,
  'external.unexpected_answer': `{reseller} respondió otra cosa
    | La respuesta del servicio {service} no es la de la pregunta: {detail}.
    | Inténtelo de nuevo; si se repite, envíe la llamada adjunta a {person}.`,
  'external.fault_authentication': `{reseller} rechaza el usuario o la contraseña
    | El servicio {service} no acepta el acceso configurado.
    | Escriba de nuevo usuario y contraseña en la pestaña General y pruebe la conexión; si son
      correctos, llame a {person}.`,
  'external.fault_unknown_manager': `{reseller} no conoce este código de gestor
    | El servicio {service} responde, pero no para este código.
    | Compruebe el código de gestor en la pestaña General, o pídalo a {person}.`,
  'external.fault_unknown_product': `{reseller} no conoce un producto
    | El servicio {service} no encuentra este evento: {detail}.
    | Compruebe la correspondencia del producto; si es correcta, pregunte a {person} si la ficha de
      venta está introducida.`,
  'external.fault_busy': `{reseller} está ocupado
    | El servicio {service} pide volver más tarde: {detail}.
    | Inténtelo de nuevo en unos minutos.`,
  'external.fault_internal': `Avería en {reseller}
    | El servicio {service} comunica un error interno: {detail}.
    | Inténtelo de nuevo; si se repite, llame a {person} (la llamada va adjunta a la ejecución).`,
  'external.fault_other': `{reseller} respondió con un error
    | El servicio {service} dice: {detail}.
    | Inténtelo de nuevo; si se repite, llame a {person} (la llamada va adjunta a la ejecución).`,
  'external.unknown_outcome': `No se sabe si {reseller} ejecutó la orden {reference}
    | La orden salió y la respuesta se perdió: {detail}.
    | No repita nada a mano: la próxima ejecución preguntará primero qué fue de ella.`,
  'external.never_arrived': `La orden {reference} nunca llegó
    | Preguntado, {reseller} no la conoce: no se hizo nada.
    | Lance de nuevo la exportación: saldrá con otra referencia.`,
  'external.unreadable_message': `Una línea del revendedor no se puede leer
    | El campo {field} contiene «{value}», que no tiene sentido. La línea se guarda.
    | Envíela a {person}; las demás líneas están integradas.`,
  'external.seat_refused': `{reseller} rechaza el asiento {seat}
    | Para {performance}, motivo del revendedor: {reason}. No se reenvía cada noche.
    | Corrija la causa y lance a mano, o llame a {person}.`,
  'external.seat_unknown_there': `{reseller} no conoce el asiento {seat}
    | Debería estar en su cupo para {performance}, y no está.
    | Lance una comparación de la sesión para ver todas las diferencias.`,
  'external.list_failed': `{reseller} no pudo preparar su lista de códigos
    | Para {performance}, motivo del revendedor: {reason}.
    | Pida la lista de nuevo; si se repite, llame a {person} antes de abrir las puertas.`,
  'external.file_empty': `El archivo {file} está vacío
    | No contiene nada, o solo líneas en blanco.
    | Pídalo de nuevo a {person}; si se cortó por el camino, recójalo otra vez.`,
  'external.file_format': `{file} no es un archivo de ventas de {reseller}
    | Empieza de otra manera: {detail}. No se ha leído nada.
    | Elija el archivo tal como lo envió {reseller}, no uno guardado por una hoja de cálculo.`,
  'external.file_changed': `{file} cambió durante la lectura
    | Alguien lo estaba escribiendo todavía. Lo leído está integrado.
    | Impórtelo de nuevo cuando esté completo: lo conocido no cambia nada.`,
  'external.file_charset': `El archivo contiene UTF-8 en lugar de Windows-1252
    | La línea {line} es la primera. Esas líneas se han leído en UTF-8.
    | Mire un nombre con acentos; si está mal, pregunte a {person} el juego de caracteres.`,
  'external.file_dictionary': `Al archivo le falta el diccionario «{dictionary}»
    | Sus códigos se han tomado tal cual, sin comprobarlos.
    | Si falta una correspondencia, pida a {person} el archivo completo.`,
  'external.file_letters': `Operaciones distintas de V y A: {letters}
    | La línea {line} es la primera. Todo menos V se lee como anulación.
    | Pregunte a {person} qué significan antes del próximo archivo, y compruebe esas entradas.`,
  'external.line_columns': `Una línea tiene {found} columnas en lugar de {expected}
    | Falta una columna, o un valor contiene un separador. Nada en ella es seguro.
    | Envíe el archivo a {person}; las demás líneas están integradas.`,
  'external.line_quote': `Una línea contiene una comilla suelta
    | No se sabe dónde acaba el valor. Cada línea se lee por sí misma.
    | Envíe el archivo a {person}; las demás líneas están integradas.`,
  'external.line_bytes': `Una línea contiene bytes que no son texto
    | Un NUL u otro carácter de control: el archivo se dañó por el camino.
    | Recoja el archivo otra vez, o envíelo a {person}; las demás líneas están integradas.`,
  'external.line_long': `Una línea es demasiado larga
    | Tiene {size} bytes, se admiten {limit}: faltan finales de línea.
    | Envíe el archivo a {person}; las demás líneas están integradas.`,
  'external.code_not_listed': `«{value}» no está en el diccionario «{dictionary}»
    | El archivo no explica este código al principio: está incompleto, o una columna está
      desplazada.
    | Envíe el archivo a {person}; las demás líneas están integradas.`,
  'external.excel_number': `Una hoja de cálculo ha estropeado un número
    | El campo {field} contiene «{value}»: se han perdido cifras.
    | Importe el archivo tal como lo envió {reseller}; las demás líneas están integradas.`,
  'technical.unexpected': `Error inesperado
    | El programa se detuvo donde no debía: {detail}. Nada queda escrito a medias.
    | Llame al soporte con el número de la ejecución: {number}.`,
  'technical.database': `La base de datos no respondió como debía
    | {detail}
    | Inténtelo de nuevo; si se repite, llame al soporte con el número de la ejecución: {number}.`,
  'technical.configuration': `Un ajuste falta o no es correcto
    | Por comprobar: {fields}.
    | Corríjalo en la pestaña General; si no, llame al soporte con el número de la ejecución:
      {number}.`,
  'technical.worker_died': `La ejecución {run} se interrumpió
    | El programa que la llevaba terminó; lo escrito queda, el resto se retoma.
    | Nada que hacer si la próxima va bien; si no, llame al soporte con el número {number}.`,
});

const events = eventTexts({
  'run.waited': `Esperó el fin de la ejecución {run} ({function}, lanzada por {startedBy}).`,
  'run.took_over': `Retomó la cuenta de la ejecución {run} ({function}), interrumpida.`,
  'run.simulation': `Simulación: solo se escribe este registro.`,
  'run.cancelled': `Detenida a petición; lo escrito queda.`,
  'schedule.fails': `La programación «{schedule}» ha fallado {failures} veces seguidas; a las
    {pauseAfter} se pone en pausa.`,
  'schedule.paused': `La programación «{schedule}» está en pausa: ha fallado {failures} veces
    seguidas. Corrija la causa y reanúdela.`,
  'integrate.done': `{integrated} mensajes integrados, {quarantined} en cuarentena, {repeated} ya
    conocidos.`,
  'integrate.nothing': `Nada nuevo en {reseller}.`,
  'integrate.not_ours': `{messages} mensajes no son nuestros: contados, no guardados.`,
  'import.done': `{file}: {lines} líneas leídas.`,
  'import.no_codes': `{tickets} entradas llegaron sin código: ninguna abre la puerta hasta que el
    revendedor lo dé (preparar y luego recoger los accesos).`,
  'import.again': `{file} ya se importó el {at}: lo conocido no cambia nada.`,
  'export.sent': `{performance}, {contingent}: {accepted} plazas aceptadas, {refused} rechazadas.`,
  'export.nothing': `Nada que exportar ni que retirar.`,
  'export.not_yet': `{performance} está aún en preparación: no sale nada todavía.`,
  'export.suspended': `{performance} está suspendida: no sale nada; lo no vendido se puede
    retirar.`,
  'export.over': `{performance} ha pasado, está cerrada o cancelada: ya no sale nada.`,
  'take_back.done': `{performance}, {contingent}: {withdrawn} plazas retiradas, {sold} ya
    vendidas.`,
  'take_back.nothing': `Nada que retirar.`,
  'command.found_out': `La orden {reference}, que quedó sin respuesta, está aclarada: {result}.`,
  'replay.done': `{settled} mensajes retomados, {remaining} esperan aún.`,
  'account.ceiling_reached': `La cuenta de espera {account} ha superado el {percent} % de su tope:
    {balance} de {ceiling}.`,
  'reconcile.done': `{compared} plazas y entradas comparadas, {differences} diferencias.`,
  'reconcile.adopted': '{places} plazas que el revendedor ya tiene han sido adoptadas.',
  'access.prepared': `{performance}: lista de códigos pedida (n.º {request}).`,
  'access.not_ready': `{performance}: la lista n.º {request} no está lista aún.`,
  'access.fetched': `{performance}: {codes} códigos recibidos, {added} añadidos, {refused}
    rechazados.`,
  'access.differs': `{performance}: {codes} códigos anulados en el revendedor aún abren aquí;
    integre las ventas antes de abrir las puertas.`,
  'access.nothing': `Ninguna lista de códigos que pedir ni recoger.`,
  'connection.ok': `{service}: la conexión funciona.`,
});

export const es: LanguageTexts = {
  problems: { ...other, ...business },
  events,
  terms: {
    word: {
      product: 'producto',
      performance: 'sesión',
      tariff: 'tarifa',
      seat_category: 'categoría de asiento',
      block: 'bloque',
      logical_configuration: 'configuración lógica',
      contingent: 'contingente',
      row: 'fila',
      seat: 'asiento',
    },
    function: {
      export: 'exportación de contingentes',
      take_back: 'retirada',
      integrate: 'integración de ventas',
      prepare_access: 'preparación del control de acceso',
      fetch_access: 'recogida del control de acceso',
      reconcile: 'comparación',
      replay: 'reanudación de casos',
      test_connection: 'prueba de conexión',
    },
    state: {
      running: 'en curso',
      ok: 'correcta',
      warning: 'con avisos',
      error: 'con errores',
      cancelled: 'detenida',
    },
    class: {
      mapping: 'correspondencia',
      external: 'externa',
      technical: 'técnica',
      business: 'de negocio',
    },
    product_kind: {
      event: 'evento',
      competition: 'competición',
      visit_pass: 'entrada de visita',
      open_pass: 'entrada abierta',
      season_ticket: 'abono',
      package: 'paquete',
      group_visit_pass: 'visita de grupo',
    },
    message_kind: {
      sale: 'venta',
      cancellation: 'anulación',
      refund: 'reembolso',
      replacement: 'duplicado',
      exchange: 'cambio',
      holder: 'cambio de nombre',
    },
    field: {
      order: 'pedido',
      replaces: 'entrada sustituida',
      product: 'producto',
      performance: 'sesión',
      start: 'fecha y hora',
      hall: 'sala',
      block: 'bloque',
      row: 'fila',
      seat: 'asiento',
      allotment: 'cupo',
      category: 'categoría',
      tariff: 'tarifa',
      priceMinor: 'precio',
      givenBackMinor: 'importe devuelto',
      commissionMinor: 'comisión',
      currency: 'moneda',
      outlet: 'punto de venta',
      barcode: 'código de barras',
      lastName: 'apellido',
      firstName: 'nombre',
    },
    count: {
      messages: 'mensaje leído|mensajes leídos',
      integrated: 'venta integrada|ventas integradas',
      cancelled: 'anulación|anulaciones',
      refunded: 'reembolso|reembolsos',
      replaced: 'duplicado|duplicados',
      exchanged: 'cambio|cambios',
      renamed: 'cambio de nombre|cambios de nombre',
      corrected: 'corregido|corregidos',
      quarantined: 'en cuarentena|en cuarentena',
      waiting: 'a la espera de otro|a la espera de otro',
      unreadable: 'ilegible|ilegibles',
      alreadyKnown: 'ya conocido|ya conocidos',
      notOurs: 'ajeno|ajenos',
      elsewhere: 'para otra interfaz|para otras interfaces',
      setAside: 'apartado|apartados',
      to_export: 'plaza por exportar|plazas por exportar',
      exported: 'plaza exportada|plazas exportadas',
      to_take_back: 'plaza por recuperar|plazas por recuperar',
      taken_back: 'plaza recuperada|plazas recuperadas',
      kept: 'plaza que conserva el revendedor|plazas que conserva el revendedor',
      kept_home: 'plaza que queda en casa|plazas que quedan en casa',
      unmapped: 'plaza sin correspondencia|plazas sin correspondencia',
      unknown: 'orden sin respuesta|órdenes sin respuesta',
      sold_missing_here: 'venta que falta aquí|ventas que faltan aquí',
      compared: 'plaza o entrada comparada|plazas y entradas comparadas',
      differences: 'diferencia|diferencias',
      adopted: 'plaza adoptada|plazas adoptadas',
      prepared: 'lista solicitada|listas solicitadas',
      codes: 'código recibido|códigos recibidos',
      added: 'añadido|añadidos',
      refused: 'rechazado|rechazados',
    },
    key: {
      order: 'pedido',
      ticket: 'entrada',
      product: 'producto',
      performance: 'función',
      seat: 'asiento',
      places: 'plazas',
      position: 'línea',
    },
    command_outcome: {
      done: 'hecha',
      refused: 'rechazada',
      unknown: 'sigue siendo incierta',
      'never-arrived': 'nunca llegó al revendedor',
    },
    nobody: 'su contacto en {reseller}',
    times: 'veces',
  },
};
