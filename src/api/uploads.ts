/** Files as the body of a request, as they are: the route names the types that it takes. */
import type { Api } from './route.ts';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const CSV = 'text/csv';

/** Routes whose body is a file, never JSON; other content types are answered 415. */
export function withUploads(
  app: Api,
  types: readonly string[],
  routes: (files: Api) => void,
): void {
  app.register(async (scope) => {
    const files = scope as unknown as Api;
    files.removeAllContentTypeParsers();
    files.addContentTypeParser([...types], { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    );
    routes(files);
  });
}

/** The body's bytes; none where nothing was sent. */
export function fileOf(body: unknown): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

/** A name for a download that every header can carry. */
export function downloadName(...parts: readonly string[]): string {
  const name = parts
    .join('-')
    .replaceAll(/[^\w.-]/g, '_')
    .slice(0, 150);
  return `attachment; filename="${name}"`;
}
