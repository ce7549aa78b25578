/** A delivery as a mail: a subject, a text, and HTML that says the same. */
import type { DeliveryContent, ToldItem } from '../domain/watch/delivery.ts';
import { withFrenchSpaces } from '../runs/remedies.ts';
import type { DescribedNews, NewsReader } from './describe-news.ts';
import { describeNews, onOneLine, textsOf } from './describe-news.ts';
import type { NewsTexts } from './texts/news-texts.ts';

export interface RenderedMail {
  subject: string;
  text: string;
  html: string;
}

/** What is urgent first, then what is new, then the rest. */
const ORDER: readonly ToldItem['reason'][] = [
  'hours_before',
  'day_before',
  'first',
  'reminder',
  'digest',
  'closed',
  'test',
];
/** A subject longer than this is cut by readers anyway. */
const SUBJECT_MAX = 140;
/** More would not be read; the last line says how many there are. */
const ITEMS_MAX = 50;

export function renderMail(
  content: DeliveryContent,
  to: { language: string; baseUrl: string | null },
): RenderedMail {
  const { language, texts } = textsOf(to.language);
  const { timeZone } = content.organisation;
  const reader: NewsReader = { language, timeZone, baseUrl: to.baseUrl };
  const items = [...content.items].sort(
    (a, b) => ORDER.indexOf(a.reason) - ORDER.indexOf(b.reason),
  );
  const described = items.slice(0, ITEMS_MAX).map((item) => describeNews(item, reader));
  const more = items.length - described.length;
  const interfaces = [...new Set(items.map((item) => item.interface))].join(', ');
  const said = onOneLine(texts.footer)
    .replace('{interfaces}', () => interfaces)
    .replace('{organisation}', () => content.organisation.name);
  const footer = language === 'fr' ? withFrenchSpaces(said) : said;
  return {
    subject: subjectOf(content, items, described, texts),
    text: textOf(described, more, footer, texts),
    html: htmlOf(described, more, footer, texts, language),
  };
}

function subjectOf(
  content: DeliveryContent,
  items: readonly ToldItem[],
  described: readonly DescribedNews[],
  texts: NewsTexts,
): string {
  const [item] = items;
  const [first] = described;
  if (item === undefined || first === undefined) return content.organisation.name;
  const count = String(items.length - 1);
  const title =
    item.reason === 'test' ? texts.test : `${item.interface}: ${first.kind}, ${first.title}`;
  const whole =
    item.reason === 'digest'
      ? texts.digest.replace('{count}', String(items.length))
      : items.length === 1
        ? title
        : texts.several.replace('{title}', () => cut(title)).replace('{count}', count);
  // A line break in a name would begin another header.
  return `[${content.organisation.code}] ${cut(whole.replaceAll(/[\r\n\t]+/g, ' '))}`;
}

function cut(text: string): string {
  return text.length <= SUBJECT_MAX ? text : `${text.slice(0, SUBJECT_MAX - 1)}…`;
}

function textOf(
  described: readonly DescribedNews[],
  more: number,
  footer: string,
  texts: NewsTexts,
): string {
  const blocks = described.map((one) =>
    [
      `${one.kind} (${one.reason})`,
      one.title,
      one.explanation,
      ...one.facts,
      one.remedy === '' ? '' : `${texts.toDo}: ${one.remedy}`,
      one.link === null ? '' : `${texts.look}: ${one.link}`,
      one.command === null ? '' : `$ ${one.command}`,
    ]
      .filter((line) => line !== '')
      .join('\n'),
  );
  if (more > 0) blocks.push(`+ ${more}`);
  return `${[...blocks, `-- \n${footer}`].join('\n\n')}\n`;
}

function htmlOf(
  described: readonly DescribedNews[],
  more: number,
  footer: string,
  texts: NewsTexts,
  language: string,
): string {
  const blocks = described.map((one) => {
    const lines = [
      `<h2 style="font-size:1.1em;margin:0">${escaped(one.kind)} `,
      `<small>(${escaped(one.reason)})</small></h2>`,
      `<p><strong>${escaped(one.title)}</strong></p>`,
      one.explanation === '' ? '' : `<p>${escaped(one.explanation)}</p>`,
      one.facts.length === 0
        ? ''
        : `<ul>${one.facts.map((fact) => `<li>${escaped(fact)}</li>`).join('')}</ul>`,
      one.remedy === '' ? '' : `<p><b>${escaped(texts.toDo)}:</b> ${escaped(one.remedy)}</p>`,
      one.link === null
        ? ''
        : `<p><a href="${escaped(one.link)}">${escaped(texts.look)}: ${escaped(one.link)}</a></p>`,
      one.command === null ? '' : `<p><code>$ ${escaped(one.command)}</code></p>`,
    ];
    return `<section style="margin:0 0 2em">\n${lines.filter(Boolean).join('\n')}\n</section>`;
  });
  if (more > 0) blocks.push(`<p>+ ${more}</p>`);
  return [
    `<!doctype html>\n<html lang="${language}"><head><meta charset="utf-8"></head>`,
    '<body style="font-family:sans-serif;max-width:42em">',
    ...blocks,
    `<hr><p><small>${escaped(footer)}</small></p>`,
    '</body></html>\n',
  ].join('\n');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
