/** Values that a JSON schema allows, for fast-check; and values that it most likely forbids. */
import fc from 'fast-check';

export interface JsonSchema {
  $ref?: string;
  type?: string;
  const?: unknown;
  enum?: readonly unknown[];
  anyOf?: readonly JsonSchema[];
  oneOf?: readonly JsonSchema[];
  properties?: Readonly<Record<string, JsonSchema>>;
  required?: readonly string[];
  items?: JsonSchema;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  minLength?: number;
  pattern?: string;
  format?: string;
}

export interface SchemaWorld {
  /** Ids that are there, by the beginning of the id. */
  ids: ReadonlyMap<string, string>;
}

const STRANGE = ['', ' ', '\u0000', '\ud800', "'; --", '%', '🎭', '٣', '../..', 'é'.repeat(300)];

export function allowed(schema: JsonSchema, world: SchemaWorld): fc.Arbitrary<unknown> {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map((one) => allowed(one, world)));
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'object':
      return objects(schema, world);
    case 'array': {
      const { items = {}, minItems: minLength = 0, maxItems = 4 } = schema;
      return fc.array(allowed(items, world), { minLength, maxLength: Math.min(4, maxItems) });
    }
    case 'integer':
    case 'number': {
      const { minimum: min = -1e12, maximum: max = 1e12 } = schema;
      return fc.oneof(
        fc.integer({ min: Math.max(min, -(2 ** 31)), max: Math.min(max, 2 ** 31 - 1) }),
      );
    }
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return texts(schema, world);
  }
}

function objects(schema: JsonSchema, world: SchemaWorld): fc.Arbitrary<unknown> {
  const { properties = {}, required = [] } = schema;
  const model = Object.fromEntries(
    Object.entries(properties).map(([name, one]) => [name, allowed(one, world)]),
  );
  return fc.record(model, { requiredKeys: [...required] });
}

function texts(schema: JsonSchema, { ids }: SchemaWorld): fc.Arbitrary<string> {
  const { pattern, format, minLength = 0, maxLength = 40 } = schema;
  if (format === 'date') {
    return fc
      .date({ noInvalidDate: true, min: new Date('2000-01-01'), max: new Date('2099-01-01') })
      .map((date) => date.toISOString().slice(0, 10));
  }
  const free = fc.string({ minLength, maxLength: Math.min(maxLength, 40), unit: 'grapheme' });
  const strange = fc.constantFrom(...STRANGE);
  if (pattern === undefined) return fc.oneof(free, strange);
  const known = ids.get(/^\^([a-z]{3}_)/.exec(pattern)?.[1] ?? '');
  const made = pattern.includes('\\0') ? free : fc.stringMatching(new RegExp(pattern));
  return known === undefined ? fc.oneof(made, strange) : fc.oneof(fc.constant(known), made);
}

/** Anything at all, or an allowed object with one field that is anything at all. */
export function forbidden(schema: JsonSchema, world: SchemaWorld): fc.Arbitrary<unknown> {
  const names = Object.keys(schema.properties ?? {});
  const anything = fc.jsonValue({ maxDepth: 2 });
  if (names.length === 0) return anything;
  const broken = fc
    .tuple(allowed(schema, world), fc.constantFrom(...names, 'unknown'), anything)
    .map(([value, name, wrong]) => ({ ...(value as object), [name]: wrong }));
  return fc.oneof(anything, broken);
}
