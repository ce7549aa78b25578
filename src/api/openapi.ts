/** The OpenAPI document: how operations are named, and which schemas it keeps. */
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';

/** Says of each operation its name, and what its caller must be allowed to do. */
export const describeOperation: typeof jsonSchemaTransform = (route) => {
  const made = jsonSchemaTransform(route);
  const { method } = route.route;
  const action = route.route.config?.action;
  const operationId = operationIdOf(typeof method === 'string' ? method : 'GET', route.url);
  return {
    ...made,
    schema: {
      ...made.schema,
      operationId,
      ...(action === undefined ? {} : { 'x-action': action }),
      ...(action === 'public' ? { security: [] } : {}),
    },
  };
};

/**
 * The name of an operation, made of its address, so that no two are alike:
 * `GET /interfaces/:interface/mappings` is `getInterfaceMappings`.
 */
export function operationIdOf(method: string, url: string): string {
  const words: string[] = [];
  for (const step of url.replace(/^\/api\/v1/, '').split('/')) {
    const name = step.replace(/^:|^\{|\}$/g, '');
    const isParameter = name !== step;
    // `interfaces/:interface` is one interface.
    if (isParameter && words.at(-1)?.startsWith(name)) words.pop();
    if (name !== '') words.push(name);
  }
  const parts = words.join('-').split(/[^a-zA-Z0-9]+/);
  const name = parts.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');
  return `${method.toLowerCase()}${name}`;
}

type Transform = typeof jsonSchemaTransformObject;

/** Every schema with a name comes twice, as it is read and as it is told: most need only one. */
export const keepUsedSchemas: Transform = (input) => {
  const document = jsonSchemaTransformObject(input);
  if (!('components' in document) || document.components?.schemas === undefined) return document;
  const { components, ...rest } = document;
  const { schemas = {}, ...others } = components;
  const used = new Set<string>();
  const follow = (of: unknown): void => {
    for (const [, name = ''] of JSON.stringify(of).matchAll(REFERENCE)) {
      if (used.has(name)) continue;
      used.add(name);
      follow(schemas[name] ?? null);
    }
  };
  follow(rest);
  const kept = Object.entries(schemas).filter(([name]) => used.has(name));
  return {
    ...rest,
    components: { ...others, schemas: Object.fromEntries(kept) },
  } as ReturnType<Transform>;
};

const REFERENCE = /"#\/components\/schemas\/([^"]+)"/g;
