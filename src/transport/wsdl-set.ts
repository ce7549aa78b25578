import { readFile, realpath } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { readXmlBytes } from './xml.ts';

/** A WSDL that we do not open, and why. */
export class WsdlRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WsdlRefused';
  }
}

const filesMax = 64;
const bytesMax = 4 * 1024 * 1024;

/**
 * Reads a WSDL and all it imports before the soap library does, and refuses what would leave the
 * folder: addresses of the network, absolute paths, `..`, links that point outside. Uploaded sets
 * come from users. Throws WsdlRefused, and XmlError for what is not XML (a DTD among others).
 */
export async function checkWsdlSet(wsdlFile: string, folder = dirname(wsdlFile)): Promise<void> {
  const root = await realpath(folder);
  const waiting = [wsdlFile];
  const seen = new Set<string>();
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    const real = await inside(root, file);
    if (seen.has(real)) continue;
    seen.add(real);
    if (seen.size > filesMax) throw new WsdlRefused(`more than ${filesMax} files`);
    const bytes = await readFile(real);
    if (bytes.length > bytesMax) throw new WsdlRefused(`${file} is over ${bytesMax} bytes`);
    for (const location of importsOf(bytes)) waiting.push(resolve(dirname(file), location));
  }
}

async function inside(root: string, file: string): Promise<string> {
  let real: string;
  try {
    real = await realpath(file);
  } catch {
    throw new WsdlRefused(`${relative(root, file)} is not in the set`);
  }
  const way = relative(root, real);
  if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) {
    throw new WsdlRefused('an import leads out of the folder of the WSDL');
  }
  return real;
}

function importsOf(bytes: Uint8Array): string[] {
  const locations: string[] = [];
  readXmlBytes(bytes, {
    open(element) {
      if (!['import', 'include', 'redefine', 'override'].includes(element.local)) return;
      const location = element.attributes.schemaLocation ?? element.attributes.location;
      if (location === undefined) return;
      if (/^[a-z][a-z0-9+.-]*:/i.test(location) || /^[/\\]/.test(location)) {
        throw new WsdlRefused(`an import of ${location.slice(0, 100)}: only files of the set`);
      }
      locations.push(location);
    },
  });
  return locations;
}
