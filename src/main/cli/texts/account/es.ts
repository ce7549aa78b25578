/** What `parterre account` and `parterre prices` say in Spanish. */
export const account = {
  'account.none': 'Aún no hay cuenta de espera. Un archivo de la casa las trae (pending_accounts).',
  'account.which': 'Diga qué cuenta de espera: --account CODE, una de {codes}.',
  'account.unknown': 'No hay cuenta de espera {code}, solo {codes}.',
  'account.balance': '{account} ({contact}): {balance} debidos, sin tope.',
  'account.balance_of_ceiling':
    '{account} ({contact}): {balance} debidos, {percent} % del tope de {ceiling}.',
  'account.checked': 'El libro suma {ledger}, como el saldo.',
  'account.check_failed': 'El libro suma {ledger}, pero el saldo dice {balance}. Llame a soporte.',
  'account.interface': '{interface} ({reseller}): última integración lograda {last}.',
  'account.interface_never': '{interface} ({reseller}): ninguna integración lograda.',
  'account.opened_at': 'Las ventas antes de {at} no se anotan.',
  'account.closed_through': 'Cerrado hasta {period} inclusive ({by}, {day}).',
  'account.all_open': 'Ningún mes está cerrado.',
  'account.columns': 'mes|bruto|comisión|neto|facturado|pagado|ajustado|debido',
  'account.waiting': 'En espera en casos abiertos: {cases} mensajes, {amount}.',
  'account.sold': '{period}: vendido {sales}, devuelto {refunds}, bruto {gross}.',
  'account.vat': 'IVA {rate} %: {vat} en {gross}.',
  'account.net': 'Comisión {commission} (IVA incluido {vat}), neto {net}.',
  'account.late': 'Anotaciones tardías, de meses cerrados: {entries}, {amount}.',
  'account.kind_sale': 'venta',
  'account.kind_refund': 'reembolso',
  'account.kind_commission': 'comisión',
  'account.kind_payment': 'pago',
  'account.kind_commission_invoice': 'factura de comisión',
  'account.kind_adjustment': 'ajuste',
  'account.amount_unreadable': '«{amount}» no es un importe. Escríbalo como {example}.',
  'account.entered': '{kind} {document}, {amount}: {account} debe ahora {balance}.',
  'account.entered_late': 'Su mes está cerrado: cuenta en {period}, como anotación tardía.',
  'account.invoice_booked': '{booked} ya estaban anotados con las ventas y no cuentan dos veces.',
  'account.known': '{document} ya está anotado. No se escribió nada.',
  'account.ceiling_waits':
    '{cases} mensajes esperaban lugar bajo el tope. Retómelos: parterre replay.',
  'account.amount_zero': 'Una anotación de 0 no dice nada. Dé su importe.',
  'account.document_missing': 'Falta el número del documento: --document NÚMERO.',
  'account.reason_missing': 'Nada más explica un ajuste. Diga por qué: --reason TEXTO.',
  'account.day_future': '{day} está por llegar. Anótelo entonces, o corrija el día.',
  'account.document_differs': `{document} ya está anotado, por {author} el {entered}, con {amount}
    u otro día. Corrija el suyo, o anote la diferencia como ajuste.`,
  'account.period_closed': `{period} está cerrado (todo hasta {through}). Anótelo tarde, con su
    día: --late lo anota en {open}.`,
  'account.period_order': 'Los meses se cierran en orden: cierre {next} antes que {period}.',
  'account.period_running':
    '{period} aún corre: faltan ventas. Espere su fin, o diga --even-running.',
  'account.period_future': '{period} no ha empezado. Un mes futuro no se cierra.',
  'account.period_unreadable': '«{period}» no es un mes. Escríbalo como 2026-11.',
  'account.day_unreadable': '«{day}» no es un día. Escríbalo como 2026-11-24.',
  'account.period_is_closed':
    '{period} de {account} está cerrado. Sus operaciones posteriores se anotan tarde.',
  'account.period_known': '{period} ya estaba cerrado.',
  'account.open_cases': '{interface}: {cases} casos abiertos de este tiempo se anotarían tarde.',
  'account.integration_old':
    '{interface}: la última integración lograda, {last}, empezó antes del fin del mes.',
  'account.integration_none': '{interface}: ninguna integración lograda.',
  'account.close_anyway':
    'No se cerró nada. Ocúpese antes de ello, o cierre con --despite-warnings.',
  'account.ceiling_set':
    'El tope de {account} es ahora {ceiling}, era {before}; {balance} debidos.',
  'account.no_ceiling': 'ninguno',
  'account.ceiling_negative': 'Un tope no es menor que 0. Para ninguno, diga none.',
  'account.statement_kept': `El extracto {document} de {period} está guardado: {lines} líneas,
    bruto {gross}, comisión {commission}. Compárelo: parterre account statement compare.`,
  'account.statement_differs': `El extracto {document} de {period} ya está guardado con otros
    importes, por {author} el {entered}. Una corrección tiene su propio número, y puede
    reemplazarlo: --replaces {document}.`,
  'account.statement_unknown':
    'No hay extracto {document} de {period} que reemplazar. Vea parterre account statement list.',
  'account.statement_currency':
    'La cuenta está en {account}, la interfaz en {interface}: sus importes no se comparan.',
  'account.statement_sums':
    'Las líneas suman {lines}, no {typed}. Revise el archivo, u omita el total escrito.',
  'account.statement_none_ever':
    'Ningún extracto. Traiga uno: parterre account statement import ARCHIVO.',
  'account.statement_none':
    'Ningún extracto de {period}. Traiga uno: parterre account statement import ARCHIVO.',
  'account.statement_line': `{period} {document}: bruto {gross}, comisión {commission}, {cleared}
    de {lines} líneas cotejadas ({author}, {day})`,
  'account.side_ours':
    'nuestro: bruto {gross}, comisión {commission}, neto {net}, entradas {tickets}',
  'account.side_theirs':
    'del revendedor: bruto {gross}, comisión {commission}, neto {net}, entradas {tickets}',
  'account.agrees': '{period} coincide al céntimo.',
  'account.differences': 'Diferencias: {count}',
  'account.cleared': '{cleared} líneas cotejadas ahora, {open} sin acuerdo.',
  'account.difference': '{what}: nuestro {ours}, del revendedor {theirs}: {cause}',
  'account.ticket': 'entrada {ticket}',
  'account.passes': 'entradas sin función',
  'account.whole': 'en total',
  'account.cause_open_case': 'un caso abierto',
  'account.cause_test': 'aquí una entrada de prueba',
  'account.cause_other_period': 'sus operaciones aquí son de otro mes',
  'account.cause_before_opening': 'vendida antes de abrir la cuenta',
  'account.cause_late_entry': 'llegó tras el cierre, anotada en {period}',
  'account.cause_missing_here': 'falta aquí',
  'account.cause_missing_there': 'falta allí',
  'account.cause_amount': 'los importes difieren',
  'account.cause_commission': 'las comisiones difieren',
  'account.file_line': 'línea {line}: {fault}',
  'account.nothing_kept': 'No se guardó nada del archivo.',
  'statement.table': '{message} {cure}',
  'statement.empty': 'No hay líneas bajo los títulos.',
  'statement.amount': '«{value}» no es un importe legible de una sola manera.',
  'statement.neither': 'La línea no nombra ni entrada ni función.',
  'statement.performance':
    'No hay función «{value}». Escriba PRODUCTO/CÓDIGO, o producto e inicio.',
  'prices.none': '{reseller} conoce todos los precios.',
  'prices.line': '{what}: {before} → {amount} desde {from}',
  'prices.to_announce': `Por anunciar a {reseller}: {count}. El correo: parterre prices mail; una
    vez enviado: parterre prices announce.`,
  'prices.announced': 'Marcados como anunciados a {reseller}: {count}.',
  'prices.every_performance': 'toda función',
  'prices.every_category': 'toda categoría',
  'prices.first': 'ninguno',
} as const;
