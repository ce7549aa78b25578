import { SaxesParser } from 'saxes';

/** An element of a request, by local name; the simulator cares for no prefix. */
export interface Element {
  name: string;
  text: string;
  children: Element[];
}

/** Reads a request. Throws an Error when it is not well formed. */
export function parseXml(text: string): Element {
  const root: Element = { name: '', text: '', children: [] };
  const path: Element[] = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    const element: Element = { name: localName(tag.name), text: '', children: [] };
    path.at(-1)?.children.push(element);
    path.push(element);
  });
  parser.on('text', (text) => {
    const element = path.at(-1);
    if (element) element.text += text;
  });
  parser.on('cdata', (text) => {
    const element = path.at(-1);
    if (element) element.text += text;
  });
  parser.on('closetag', () => {
    path.pop();
  });
  parser.write(text).close();
  return root;
}

export function child(element: Element, name: string): Element | undefined {
  return element.children.find((candidate) => candidate.name === name);
}

/** The text of a child, or null where it is missing or empty. */
export function textOf(element: Element, name: string): string | null {
  const text = child(element, name)?.text.trim();
  return text === undefined || text === '' ? null : text;
}

export function escapeXml(text: string): string {
  if (!/[&<>"]/.test(text)) return text;
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

export function unescapeXml(text: string): string {
  if (!text.includes('&')) return text;
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

/** `<name>text</name>`, or nothing where there is no text to tell. */
export function tag(name: string, text: string | number | boolean | null | undefined): string {
  if (text === null || text === undefined) return '';
  return `<${name}>${escapeXml(String(text))}</${name}>`;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
