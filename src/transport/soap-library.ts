import type { Client, IHttpClient } from 'soap';
import { writeWithRepeats } from './soap-repeats.ts';

/**
 * A value of an answer: texts as they came, trimmed and never turned into numbers or dates;
 * elements that the schema repeats are arrays; an empty element is `''` where the schema says
 * text, else null; `xsi:nil` is left out.
 */
export type SoapValue =
  | string
  | null
  | readonly SoapValue[]
  | { readonly [name: string]: SoapValue };

// Types that the library would turn into floats, dates (of the server's zone) and booleans.
const textTypes =
  'int integer short long byte unsignedInt unsignedLong unsignedShort positiveInteger ' +
  'nonNegativeInteger double float decimal bool boolean dateTime date time';
const asText = Object.fromEntries(
  textTypes.split(' ').map((type) => [type, (text: string) => text]),
);

export interface WrittenRequest {
  readonly xml: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The soap library as a writer and a reader: it never gets a socket. */
export class SoapLibrary {
  readonly operations: readonly string[];
  private readonly client: Client;
  private readonly outputs: ReadonlyMap<string, string>;
  private readonly taken: { request: WrittenRequest | null };

  private constructor(client: Client, taken: { request: WrittenRequest | null }) {
    this.client = client;
    this.taken = taken;
    this.outputs = outputsOf(client);
    this.operations = [...this.outputs.keys()];
  }

  static async open(wsdlFile: string, endpoint: string): Promise<SoapLibrary> {
    const taken: { request: WrittenRequest | null } = { request: null };
    // It "sends" into our hand; the answer is read by our own client.
    const httpClient = {
      request(_url: string, data: string, _done: unknown, headers: Record<string, string>) {
        taken.request = { xml: data, headers };
      },
    } as unknown as IHttpClient;
    const { createClientAsync } = await import('soap');
    const client = await createClientAsync(
      wsdlFile,
      { httpClient, disableCache: true, customDeserializer: asText, strict: true },
      endpoint,
    );
    return new SoapLibrary(client, taken);
  }

  /** Throws when the operation is unknown or an argument holds what XML cannot. */
  write(operation: string, args: Readonly<Record<string, unknown>>): WrittenRequest {
    if (!this.outputs.has(operation)) throw new Error(`${operation} is not in the WSDL`);
    let headers: WrittenRequest['headers'] = {};
    const xml = writeWithRepeats(args, (whole) => {
      const written = this.writeWhole(operation, whole);
      headers = written.headers;
      return written.xml;
    });
    const request = { xml, headers };
    if (/[^\t\n\r -\ufffd]/.test(request.xml)) {
      throw new Error(`an argument of ${operation} holds a character that XML does not know`);
    }
    return request;
  }

  private writeWhole(operation: string, args: Readonly<Record<string, unknown>>): WrittenRequest {
    this.taken.request = null;
    const method = this.client[operation] as (args: unknown, done: () => void) => void;
    method(args, () => {});
    const { request } = this.taken as { request: WrittenRequest | null };
    if (request === null) throw new Error(`${operation} could not be written`);
    return request;
  }

  output(operation: string): string {
    return this.outputs.get(operation) ?? '';
  }

  /** The element of the body as the WSDL describes it. */
  read(text: string, operation: string): SoapValue {
    const envelope = this.client.wsdl.xmlToObject(text) as { Body?: Record<string, SoapValue> };
    return envelope.Body?.[this.output(operation)] ?? null;
  }
}

/** Operation → local name of the element that answers it. */
function outputsOf(client: Client): Map<string, string> {
  const outputs = new Map<string, string>();
  const bindings = client.wsdl.definitions.bindings as Record<
    string,
    { methods: Record<string, { output?: { $name?: string } }> }
  >;
  for (const binding of Object.values(bindings)) {
    for (const [name, method] of Object.entries(binding.methods)) {
      outputs.set(name, method.output?.$name ?? '');
    }
  }
  return outputs;
}
