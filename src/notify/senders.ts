/** The ways out of the house, as the outbox uses them. */
import type { DeliveryContent, SendResult } from '../domain/watch/delivery.ts';
import type { HookAddress, Senders } from '../exchange/watch/deliver.ts';
import type { ClaimedDelivery } from '../store/outbox-store.ts';
import type { Http } from '../transport/http.ts';
import { describeNews, textsOf } from './describe-news.ts';
import { callHook } from './hooks.ts';
import { renderMail } from './render-mail.ts';
import { createSmtp } from './smtp.ts';

export interface SenderSettings {
  /**
   * PARTERRE_SMTP_URL (`smtp://user:password@host:587`), PARTERRE_MAIL_FROM (`Parterre
   * <parterre@venue.example>`), PARTERRE_URL (where the application is served, for links).
   */
  env: Readonly<Record<string, string | undefined>>;
  http: Http;
}

export interface OpenSenders extends Senders {
  close(): void;
}

export function createSenders({ env, http }: SenderSettings): OpenSenders {
  const url = env.PARTERRE_SMTP_URL || null;
  const from = env.PARTERRE_MAIL_FROM || 'Parterre <parterre@localhost>';
  const smtp = url === null ? null : createSmtp({ url, from });
  const baseUrl = env.PARTERRE_URL ? env.PARTERRE_URL.replace(/\/+$/, '') : null;
  const domain = /@([^\s>]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';
  return {
    mail:
      smtp === null
        ? null
        : (delivery) => {
            const { id, recipient: to, language, content } = delivery;
            const { code } = content.organisation;
            const messageId = `<parterre.${encodeURIComponent(code)}.${id}@${domain}>`;
            const mail = renderMail(content, { language, baseUrl });
            return smtp.send({ ...mail, messageId, to, language });
          },
    webhook: (delivery, address, at) => {
      const body = webhookBody(delivery, baseUrl);
      return post(http, address, { ...delivery, body, at });
    },
    chat: (delivery, address, at) => {
      const body = JSON.stringify({ text: chatText(delivery, baseUrl) });
      return post(http, address, { ...delivery, body, at });
    },
    close: () => smtp?.close(),
  };
}

function post(
  http: Http,
  address: HookAddress,
  { id, content, body, at }: { id: number; content: DeliveryContent; body: string; at: Date },
): Promise<SendResult> {
  return callHook(http, address, { id, event: eventOf(content), body, at });
}

function eventOf(content: DeliveryContent): string {
  return `news.${content.items[0]?.reason ?? 'test'}`;
}

/** Facts for a program, and the sentences for a person who reads the program's screen. */
function webhookBody({ id, content, language: asked }: ClaimedDelivery, baseUrl: string | null) {
  const { organisation, at, items } = content;
  const { language } = textsOf(asked);
  const reader = { language, timeZone: organisation.timeZone, baseUrl };
  const [item] = items;
  if (item === undefined) throw new Error('A webhook tells one news.');
  const { title, explanation, remedy, command, link } = describeNews(item, reader);
  return JSON.stringify({
    id: String(id),
    event: eventOf(content),
    at,
    organisation: organisation.code,
    news: {
      id: `news_${item.newsId}`,
      kind: item.kind,
      interface: item.interface,
      reseller: item.reseller,
      code: item.facts.code,
      params: item.facts.params,
      run: item.facts.run,
      count: item.facts.count,
      openedAt: item.openedAt,
      dueAt: item.dueAt,
    },
    text: { language, title, explanation, remedy, command, link },
  });
}

function chatText({ content, language: asked }: ClaimedDelivery, baseUrl: string | null): string {
  const { organisation, items } = content;
  const { language, texts } = textsOf(asked);
  const reader = { language, timeZone: organisation.timeZone, baseUrl };
  const blocks = items.map((item) => {
    const { kind, reason, title, remedy, command, link } = describeNews(item, reader);
    const what = remedy === '' ? '' : `${texts.toDo}: ${remedy}`;
    const lines = [`[${organisation.code}] ${item.interface}: ${kind} (${reason})`, title, what];
    return [...lines, link ?? command ?? ''].filter((line) => line !== '').join('\n');
  });
  return blocks.join('\n\n');
}
