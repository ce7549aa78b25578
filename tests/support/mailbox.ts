/** A real SMTP server on loopback that keeps what it is sent. */
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

export interface KeptMail {
  to: string;
  subject: string;
  messageId: string;
  headers: string;
  text: string;
  html: string;
}

export interface Mailbox {
  readonly url: string;
  readonly port: number;
  readonly mails: KeptMail[];
  /** Answers every recipient with this status from now on; null: takes them. */
  refuse(status: number | null): void;
  stop(): Promise<void>;
}

export async function startMailbox(port = 0): Promise<Mailbox> {
  const mails: KeptMail[] = [];
  let status: number | null = null;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo(_address, _session, done) {
      if (status === null) return done();
      done(Object.assign(new Error('not now'), { responseCode: status }));
    },
    onData(stream, session, done) {
      textOf(stream).then((raw) => {
        for (const { address } of session.envelope.rcptTo) mails.push(readMail(address, raw));
        done();
      }, done);
    },
  });
  server.on('error', () => {});
  await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready));
  const { port: taken } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${taken}`,
    port: taken,
    mails,
    refuse: (next) => {
      status = next;
    },
    stop: () => new Promise((stopped) => server.close(() => stopped())),
  };
}

function readMail(to: string, raw: string): KeptMail {
  const [head = ''] = raw.split('\r\n\r\n', 1);
  const headers = head.replaceAll(/\r\n[ \t]+/g, ' ');
  const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(headers)?.[1] ?? '';
  const boundary = /boundary="([^"]+)"/.exec(headers)?.[1] ?? '';
  const parts = raw.split(`--${boundary}`).slice(1, -1);
  const part = (type: string) => decodePart(parts.find((one) => one.includes(type)) ?? '');
  return {
    to,
    subject: decodeWords(header('Subject')),
    messageId: header('Message-ID'),
    headers,
    text: part('text/plain'),
    html: part('text/html'),
  };
}

function decodePart(part: string): string {
  const at = part.indexOf('\r\n\r\n');
  const head = part.slice(0, at);
  const body = part.slice(at + 4).replaceAll('\r\n', '\n');
  if (/base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8');
  return /quoted-printable/i.test(head) ? decodeQuoted(body.replaceAll('=\n', '')) : body;
}

function decodeQuoted(text: string): string {
  const bytes = text.replaceAll(/=([0-9A-F]{2})/gi, (_all, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

function decodeWords(text: string): string {
  return text
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([QB])\?([^?]*)\?=/gi, (_all, way: string, word: string) =>
      way.toUpperCase() === 'B'
        ? Buffer.from(word, 'base64').toString('utf8')
        : decodeQuoted(word.replaceAll('_', ' ')),
    );
}
