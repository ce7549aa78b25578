/** Mails over SMTP. */
import { createTransport } from 'nodemailer';
import type { SendResult } from '../domain/watch/delivery.ts';

export interface Mail {
  /** The same for each attempt: by it a reader's mailbox knows a repeat. */
  messageId: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  language: string;
}

export interface Smtp {
  send(mail: Mail): Promise<SendResult>;
  close(): void;
}

const TIMEOUT_MS = 30_000;

/** `smtp://user:password@host:port` or `smtps://…`; STARTTLS is used where the server offers it. */
export function createSmtp(settings: { url: string; from: string }): Smtp {
  const transport = createTransport({
    url: settings.url,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    // Nothing in a mail may make us read a file or call an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ messageId, to, subject, text, html, language }) {
      try {
        await transport.sendMail({
          from: settings.from,
          // As an object: a name or an address with a comma does not become two.
          to: { name: '', address: to },
          subject,
          text,
          html,
          messageId,
          headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
        });
        return { outcome: 'delivered', status: 250, detail: null };
      } catch (error) {
        return failure(error);
      }
    },
    close: () => transport.close(),
  };
}

/** Only a refused recipient is final: anything else may be mended within three days. */
function failure(error: unknown): SendResult {
  const { responseCode, code, command } = error as {
    responseCode?: number;
    code?: string;
    command?: string;
  };
  const status = responseCode ?? null;
  const refused = command === 'RCPT TO' && status !== null && status >= 500;
  const where = command === undefined || command === 'CONN' ? 'connecting' : command;
  const what = status === null ? (code ?? 'unknown') : String(status);
  return {
    outcome: refused ? 'refused' : 'retry',
    status,
    detail: `the mail server failed at ${where} (${what})`,
  };
}
