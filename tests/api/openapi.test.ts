import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApi } from '../../src/api/server.ts';
import { isAction } from '../../src/domain/people/role.ts';

interface Operation {
  summary?: string;
  tags?: string[];
  'x-action'?: string;
  responses: Record<string, { description?: string }>;
  parameters?: { name: string; in: string; required?: boolean }[];
}

/** The description that clients are generated from. */
describe('the OpenAPI document', () => {
  const app = createApi({ exchange: {} as never, identify: async () => null });
  let document: {
    openapi: string;
    paths: Record<string, Record<string, Operation>>;
    tags: { name: string }[];
  };
  let text = '';
  beforeAll(async () => {
    await app.ready();
    text = (await app.inject('/api/v1/openapi.json')).body;
    document = JSON.parse(text);
  });
  afterAll(() => app.close());

  it('is version 3.1 and its references lead somewhere', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    const references = [...text.matchAll(/"\$ref":"#([^"]+)"/g)].map(([, path = '']) => path);
    expect(references.length).toBeGreaterThan(20);
    const lost = references.filter((path) => {
      const steps = path.split('/').slice(1);
      let at: unknown = document;
      for (const step of steps) at = (at as Record<string, unknown> | undefined)?.[step];
      return at === undefined;
    });
    expect(lost).toEqual([]);
  });

  it('says of each operation what it does, who may call it, and what it answers', () => {
    const known = new Set(document.tags.map(({ name }) => name));
    const wrong: string[] = [];
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        const { summary, tags = [], responses, parameters = [] } = operation;
        const inPath = parameters.filter((one) => one.in === 'path' && one.required);
        const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
        const fine =
          summary !== undefined &&
          tags.length === 1 &&
          tags.every((tag) => known.has(tag)) &&
          isAction(operation['x-action'] ?? '') &&
          Object.values(responses).every(({ description }) => description !== undefined) &&
          named.every((name) => inPath.some((one) => one.name === name));
        if (!fine) wrong.push(`${method} ${path}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('has pages for people, under a policy that runs no foreign script', async () => {
    const page = await app.inject('/api/v1/docs/');
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-security-policy']).toContain("script-src 'self'");
    expect((await app.inject('/api/v1/nothing')).json()).toMatchObject({
      status: 404,
      code: 'route.unknown',
    });
  });
});
