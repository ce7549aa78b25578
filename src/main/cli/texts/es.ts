import { account } from './account/es.ts';
import { cases } from './cases/es.ts';
import { cliTexts } from './cli-texts.ts';
import { house } from './house/es.ts';
import { people } from './people/es.ts';
import { schedules } from './schedules/es.ts';
import { selling } from './selling/es.ts';
import { watch } from './watch/es.ts';

export const es = cliTexts({
  ...house,
  ...people,
  ...schedules,
  'interface.which': 'Indique la interfaz: --interface CODE, una de {codes}.',
  'interface.unknown': 'No hay interfaz {code}, solo {codes}.',
  'interface.none': 'Todavía ninguna interfaz.',
  'interface.visible': 'visible',
  'interface.hidden': 'oculta',
  'interface.archived': 'archivada',
  'performance.unknown':
    'No hay función {text}. Escriba PRODUCTO/CÓDIGO o PRODUCTO/AAAA-MM-DDTHH:MM.',
  'performance.several': 'Varias funciones se llaman {text}: {which}.',
  'product.unknown': 'No hay producto {code}.',
  'run.unknown': 'No hay ejecución {number}. Vea parterre runs list.',
  'run.none': 'Todavía ninguna ejecución.',
  'run.not_running': 'La ejecución {number} no está en curso: {state}.',
  'run.asked_to_stop': 'Se ha pedido parar la ejecución {number}.',
  'run.waiting': 'A la espera de la ejecución {number} ({function}, {by}) …',
  'run.busy': `{reseller}: la ejecución {number} ({function}, {by}) tiene la cuenta. Espere a
    que acabe, o quite --no-wait.`,
  'run.forgotten': 'Llamadas registradas olvidadas: {count}.',
  'import.report': 'Línea por línea: {file}',
  'season.unknown': 'No hay temporada «{season}». Hay {seasons}.',
  'word.unknown': '«{word}» no es un dato. Hay {words}.',
  'mappings.none': 'Todavía ninguna correspondencia.',
  'mappings.unknown': 'No hay correspondencia {ids}.',
  'mappings.exported': 'Las correspondencias de {interface} están en {file}.',
  'mappings.kept': 'se conserva, no está en el archivo: {line}',
  'mappings.row': 'Fila {row}: {fault}',
  'mappings.nothing_written': 'No se ha escrito nada del archivo.',
  'mappings.same': 'Nada difiere.',
  'mappings.would':
    'Serían: {created} nuevas, {updated} cambiadas, {removed} borradas. Escriba con --apply.',
  'mappings.saved': 'Guardado: {created} nuevas, {updated} cambiadas, {removed} borradas.',
  'mappings.freed': 'Mensajes liberados: {count}.',
  'mappings.settled': 'Mensajes ajenos: {count}.',
  'mappings.read_again': 'Mensajes leídos de nuevo: {count}.',
  'mappings.replay_hindered': `Las correspondencias están guardadas, pero no todos sus mensajes
    se han leído de nuevo: {problem}. Lance parterre replay cuando esté resuelto.`,
  'mappings.every_season': 'todas las temporadas',
  'mappings.not_ours': '(ajeno)',
  'mappings.stays': 'se deja: {line}: {why}',
  'copy.same_there': 'ya está',
  'copy.other_there': 'hay otra',
  'copy.ours_missing': 'esa temporada no lo tiene',
  'queue.empty': 'Todos los valores vistos tienen una correspondencia.',
  'queue.entry': '{word} «{value}»{parent}: visto {count} ×, del {first} al {last}',
  'queue.parent': ' (con {parent})',
  'suggestion.same_code': 'mismo código',
  'suggestion.numeric_neighbour': 'junto a {detail}',
  'suggestion.similar_name': 'nombre parecido',
  'suggestion.most_used': 'vendido {detail} × últimamente',
  did_you_mean: '¿Quería decir {keys}?',
  'mapping.word_unknown': '«{word}» no es un dato.',
  'mapping.season_unknown': 'No hay temporada {season}.',
  'mapping.ours_empty': 'Falta nuestro código. Indíquelo, o marque el valor como ajeno.',
  'mapping.ours_unknown': 'La casa no tiene «{ours}».',
  'mapping.ours_other_season': '«{ours}» es de otra temporada ({seasons}).',
  'mapping.ours_twice': '«{ours}» ya tiene una correspondencia de esta temporada. Cambie esa.',
  'mapping.not_ours_with_ours':
    'Un valor ajeno no tiene código nuestro. Quite «{ours}», o la marca.',
  'mapping.value_empty': 'Un valor del revendedor está vacío.',
  'mapping.value_spaces': '«{value}» empieza o acaba con un espacio.',
  'mapping.value_twice': '«{value}» figura dos veces.',
  'mapping.value_claimed':
    '«{value}» querría decir a la vez «{ours}» y «{other}». Déselo a uno de los dos.',
  'mapping.value_also_not_ours':
    '«{value}» corresponde a «{other}» y está marcado como ajeno. Conserve uno de los dos.',
  'mapping.product_kind': 'Los revendedores no pueden vender «{ours}»: {kind}.',
  'mapping.tariff_kind': `«{ours}» no puede ir a revendedores: su público no es de contactos o
    colectivos ocasionales.`,
  'mapping.rule_invalid': 'La regla no es válida ({what}).',
  'sheet.unreadable': 'El archivo no es un archivo Excel legible (.xlsx): {reason}',
  'sheet.too_large': 'El archivo tiene {bytes} bytes; se leen como mucho {most}.',
  'sheet.no_heading': `Los títulos (dato, nuestro código, id externo) no están en las primeras
    {rows} filas. Parta de un archivo exportado.`,
  'sheet.heading_twice': 'El título «{heading}» figura dos veces.',
  'sheet.not_text': `La celda contiene {value}, que ya no es lo que se escribió. Póngala en
    formato texto y escríbalo de nuevo.`,
  'sheet.word_unknown': '«{value}» no es un dato.',
  'sheet.season_unknown': 'No hay temporada «{value}». Déjela vacía para todas las temporadas.',
  'sheet.yes_or_no': '«{value}» no es ni sí ni no.',
  'sheet.rule_unreadable': '«{value}» no es una regla. Escríbala como {example}.',
  'sheet.id_unreadable': '«{value}» no es el número de una correspondencia.',
  'sheet.id_twice':
    'La fila {row} tiene el mismo número. Déjelo vacío para una correspondencia nueva.',
  // The life of performances.
  'life.none': 'Ninguna función.',
  'life.state.preparing': 'en preparación',
  'life.state.running': 'a la venta',
  'life.state.suspended': 'suspendida',
  'life.state.cancelled': 'cancelada',
  'life.state.closed': 'cerrada',
  'life.column.performance': 'función',
  'life.column.start': 'inicio',
  'life.column.state': 'estado',
  'life.column.allotted': 'sin vender',
  'life.column.sold': 'entradas',
  'life.column.to_refund': 'por reembolsar',
  'life.column.cases': 'casos',
  'life.verb.suspend': 'suspender',
  'life.verb.resume': 'reanudar',
  'life.verb.cancel': 'cancelar',
  'life.verb.move': 'mover',
  'life.verb.reseat': 'reubicar',
  'life.verb.close': 'cerrar',
  'life.verb.reopen': 'reabrir',
  'life.is': '{performance}: {state}.',
  'life.foretold': 'No se ha escrito nada: esto es lo que ocurriría.',
  'life.unchanged': 'Nada cambia: ya estaba hecho.',
  'life.on_sale': `{reseller}: todavía {seats} localidades numeradas y {places} plazas contadas a
    la venta, de ellas {asked} pedidas.`,
  'life.not_on_sale': 'Ningún revendedor tiene plazas.',
  'life.offer_take_back': 'Para pedirlas: --take-back. La próxima ejecución las pide.',
  'life.asked': '{reseller}: {places} plazas pedidas; la próxima ejecución las pide.',
  'life.codes':
    'Códigos cerrados: {codes}. Entradas que sus revendedores deben reembolsar: {tickets}.',
  'life.letter': 'Correo para {reseller} ({to}):',
  'life.no_address': 'ninguna dirección',
  'life.list_written': 'La lista está en {file}.',
  'life.list_empty': 'Nada que reembolsar: no se escribe ninguna lista.',
  'life.own_heading': 'Propias de la sala, a cuyos compradores avisa la taquilla:',
  'life.own.sold': '{reference}: {count} vendidas {seats}',
  'life.own.held': '{reference}: {count} retenidas {seats}',
  'life.moved': '{performance}: {from} → {to}',
  'life.reseated': '{ticket}: {from} → {to}',
  'life.left': `Las localidades dejadas quedan bloqueadas con la referencia «reseat ENTRADA»;
    libérenlas con parterre house seats.`,
  'life.category': 'Línea {line}: {seat} es de categoría {to}, la entrada se vendió en {from}.',
  'life.dropped': 'Plazas de un contingente que la otra configuración no tiene: {count}.',
  'life.former_starts': 'Inicios anteriores: {starts}',
  'life.interface': `{interface} ({reseller}): {tickets} entradas, {allotted} plazas sin vender,
    ventas leídas {last}`,
  'life.to_refund': '{reseller}: {tickets} entradas por reembolsar antes del {due}.',
  'life.overdue': '{reseller}: {tickets} entradas sin reembolsar desde el {due}.',
  'life.never': 'nunca',
  'life.before_closing': 'Antes de cerrarla:',
  'life.warning.not_begun': 'No ha empezado: {start}.',
  'life.warning.integration_old':
    '{interface}: la última buena integración ({last}) es anterior al inicio.',
  'life.warning.allotment': '{interface}: {places} plazas sin vender en el revendedor.',
  'life.warning.travelling': '{interface}: {places} plazas en órdenes sin respuesta.',
  'life.warning.cases': '{count} casos abiertos.',
  'life.warning.provisional': '{count} códigos provisionales.',
  'life.warning.to_be_refunded': '{count} entradas que sus revendedores deben reembolsar.',
  'life.nothing_done': 'No se ha hecho nada.',
  'life.anyway': 'Resuelvan esto, o digan --anyway.',
  'life.and_more': '… y {count} más.',
  'life.configuration_unknown': 'No hay configuración {code}, solo {codes}.',
  'life.fault.unknown': 'La función ya no existe.',
  'life.fault.state': 'Está {state}: no se puede {verb}.',
  'life.fault.reason_missing': 'Digan por qué: --reason.',
  'life.fault.start_unreadable':
    '«{start}» no es un inicio: escriban AAAA-MM-DDTHH:MM, un día que exista.',
  'life.fault.start_taken': '{performance} empieza a la misma hora ({start}) en la misma sala.',
  'life.fault.start_was_others':
    '{performance} empezaba entonces ({start}): sus mensajes tardíos irían a esta.',
  'life.fault.commands_open':
    '{places} plazas están en órdenes sin respuesta: ejecuten antes una exportación.',
  'life.fault.source_unknown':
    'Línea {line}: ni entrada válida ni localidad de la función: {source}.',
  'life.fault.source_several':
    'Línea {line}: varias entradas tienen el número {source}; indiquen la localidad.',
  'life.fault.source_counted': 'Línea {line}: {source} es una plaza contada, sin número.',
  'life.fault.source_not_taken': 'Línea {line}: nadie ha comprado {source}.',
  'life.fault.source_twice': 'Línea {line}: {source} ya lo reubica otra línea.',
  'life.fault.target_unknown': 'Línea {line}: no existe la localidad {seat}.',
  'life.fault.target_twice': 'Línea {line}: {seat} ya se da en la línea {other}.',
  'life.fault.target_taken': 'Línea {line}: {seat} está ocupada ({by}).',
  'life.fault.not_placed':
    '{seat} ({by}) no tiene localidad con ese nombre: retírenla, o reubíquenla con la tabla.',
  'life.fault.in_use': `{sold} localidades vendidas, {held} retenidas, {allotted} en
    revendedores: retírenlas, consérvenlas por nombre (--keep: {kept} están, {lost} no) o
    reubíquenlas (--reseat ARCHIVO).`,
  'life.fault.zone_missing':
    'La otra configuración no tiene la zona {zone}: {taken} plazas ocupadas.',
  'life.fault.zone_too_small':
    'Zona {zone}: {taken} plazas ocupadas, {capacity} en la otra configuración.',
  'life.fault.zone_in_use':
    'Zona {zone}: {taken} plazas ocupadas; consérvenlas por nombre (--keep), o retírenlas.',
  'life.fault.table_too_large':
    'El archivo es demasiado grande: {bytes} bytes, {most} como máximo.',
  'life.fault.table_unreadable': 'El archivo no se puede leer: {reason}.',
  'life.fault.table_columns':
    'Línea {line}: hacen falta dos columnas, entrada (o localidad antigua) y localidad nueva.',
  'life.fault.table_empty': 'El archivo no contiene ninguna línea.',
  // End of the life of performances.
  ...cases,
  ...watch,
  ...account,
  ...selling,
});
