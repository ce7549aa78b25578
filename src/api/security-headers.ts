/** What every answer tells the browser; the web's pages and the documentation bring a policy. */
import type { FastifyHelmetOptions } from '@fastify/helmet';

const YEAR_SECONDS = 31_536_000;

/**
 * `isSecure`: people reach the server by https only, as PARTERRE_URL says; behind a proxy that
 * ends TLS the server itself hears plain HTTP and could not know. Without it nothing may tell a
 * browser to come by https: in a house without certificates it would find nobody there.
 */
export function securityHeaders(isSecure: boolean): FastifyHelmetOptions {
  return {
    global: true,
    // An answer of the API is no page: opened as one it loads nothing and stands in no frame.
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'frame-ancestors': ["'none'"],
        'base-uri': ["'none'"],
        'form-action': ["'none'"],
      },
    },
    xFrameOptions: { action: 'deny' },
    strictTransportSecurity: isSecure ? { maxAge: YEAR_SECONDS, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
  };
}

/** The documentation's policy, without what only https can answer and what leads elsewhere. */
export function documentationPolicy(isSecure: boolean): (policy: string) => string {
  return (policy) => {
    const kept = policy
      .split(';')
      .map((part) => part.trim().replace(/ validator\.swagger\.io| https:(?= |$)/g, ''))
      .filter((part) => part !== '' && (isSecure || part !== 'upgrade-insecure-requests'));
    return kept.join('; ');
  };
}
