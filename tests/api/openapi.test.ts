import { createConfig, lintFromString } from '@redocly/openapi-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApi } from '../../src/api/server.ts';
import { isAction } from '../../src/domain/people/role.ts';
import { routesOfPeople } from '../support/api.ts';

interface Operation {
  operationId?: string;
  summary?: string;
  tags?: string[];
  'x-action'?: string;
  responses: Record<string, { description?: string }>;
  parameters?: { name: string; in: string; required?: boolean }[];
}

const notOurRules = {
  // Every error is told once, as the `default` answer: problem+json, whatever its status.
  'operation-4xx-response': 'off',
} as const;

/** The description that clients are generated from. */
describe('the OpenAPI document', () => {
  const routes = [routesOfPeople({} as never)];
  const app = createApi({ exchange: {} as never, identify: async () => null, routes });
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
          (operation['x-action'] === 'public' || isAction(operation['x-action'] ?? '')) &&
          Object.values(responses).every(({ description }) => description !== undefined) &&
          named.every((name) => inPath.some((one) => one.name === name));
        if (!fine) wrong.push(`${method} ${path}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('lints clean by the recommended rules', async () => {
    const config = await createConfig({ extends: ['recommended'], rules: notOurRules });
    const problems = await lintFromString({ source: text, config });
    expect(
      problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer]),
    ).toEqual([]);
  });

  it('would find what the rules ask for', async () => {
    const config = await createConfig({ extends: ['recommended'], rules: notOurRules });
    const broken = { ...document, paths: { '/a/{b}': { get: { responses: {} } } } };
    const problems = await lintFromString({ source: JSON.stringify(broken), config });
    const rules = problems.map(({ ruleId }) => ruleId);
    expect(rules).toEqual(expect.arrayContaining(['operation-operationId', 'operation-summary']));
  });

  it('names every operation once, by its address', () => {
    const names = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(names).toEqual([...new Set(names)]);
    expect(document.paths['/api/v1/interfaces/{interface}/mappings']?.get?.operationId).toBe(
      'getInterfaceMappings',
    );
    expect(document.paths['/api/v1/cases/hand-over']?.post?.operationId).toBe('postCasesHandOver');
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
