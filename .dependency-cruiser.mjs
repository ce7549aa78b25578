// The walls of the house (docs/ARCHITECTURE.md). Each message says where to go instead.
// `npm run check` reads this file through scripts/check-walls.ts; tests/house/walls.test.ts keeps
// one forbidden import per wall and expects it to be refused.

/** One wall: modules under `from` may import, of our own code, only what `may` matches. */
function wall(name, from, may, comment) {
  return {
    name,
    severity: 'error',
    comment,
    from: { path: from },
    to: { path: '^(src|web|tests|bench|scripts)/', pathNot: may },
  };
}

/** Modules that are about tests: they may use what tests/ offers. */
const tests = '\\.test\\.tsx?$';
const testSupport = '^tests/support/';
const aChannel = '^src/channels/(?!contract/)([^/]+)/';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'domain-is-pure',
      severity: 'error',
      comment:
        'domain imports nothing but itself (and temporal-polyfill): no I/O, no clock, no database. ' +
        'Take what you need as a parameter; the verb in src/exchange that calls you reads and writes.',
      from: { path: '^src/domain/', pathNot: tests },
      // A path that begins with a dot leads to no file: the types say so.
      to: { pathNot: ['^src/domain/', '(^|/)temporal-polyfill(/|$)', '^\\.'] },
    },
    wall(
      'domain-tests-stay-home',
      '^src/domain/.*\\.test\\.tsx?$',
      ['^src/domain/', testSupport],
      'A test of domain needs only domain. A test that needs a database or a channel belongs to ' +
        'tests/exchange, one of a whole course of events to tests/simulation.',
    ),
    wall(
      'channel-knows-the-contract',
      aChannel,
      [
        '^src/channels/$1/',
        '^src/channels/contract/',
        '^src/domain/',
        '^src/transport/',
        testSupport,
      ],
      'A channel imports channels/contract, types of domain and types of transport: never another ' +
        'channel, store or exchange. What two channels share belongs to channels/contract; what ' +
        'needs the books belongs to a verb in src/exchange, which reads the canonical message.',
    ),
    wall(
      'contract-knows-no-channel',
      '^src/channels/contract/',
      ['^src/channels/contract/', '^src/domain/', '^src/transport/', testSupport],
      'The contract knows no reseller and no books: say the difference as a capability, and the ' +
        'books half of a contract test goes to tests/exchange.',
    ),
    {
      name: 'channel-takes-types-only',
      severity: 'error',
      comment:
        'From domain and transport a channel takes types only (import type). The ports reach it ' +
        'through open(config, ports); a rule of domain is applied in src/exchange, not on the wire.',
      from: { path: '^src/channels/', pathNot: [tests, '^src/channels/[^/]+/simulator/'] },
      to: { path: '^src/(domain|transport)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'channel-opens-no-socket',
      severity: 'error',
      comment:
        'A channel reaches the world through the ports of transport: bounded, recorded, redacted. ' +
        'Only its simulator/ (and tests) may open a server.',
      from: { path: aChannel, pathNot: [tests, '^src/channels/[^/]+/simulator/'] },
      to: {
        path: [
          '^(node:)?(http|https|http2|net|tls|dgram|dns|child_process|worker_threads)(/|$)',
          '(^|/)node_modules/(@electric-sql|kysely|pg|pg-boss|fastify|undici|ssh2[^/]*)/',
          '^(@electric-sql/.*|kysely|pg|pg-boss|fastify|undici|ssh2.*)$',
        ],
      },
    },
    wall(
      'store-keeps-rows',
      '^src/store/',
      ['^src/store/', '^src/domain/', testSupport],
      'store imports domain and nothing else of ours: it reads and writes rows. What decides goes to ' +
        'src/domain, what combines several stores to a verb in src/exchange.',
    ),
    wall(
      'exchange-is-the-verbs',
      '^src/exchange/',
      [
        '^src/exchange/',
        '^src/domain/',
        '^src/channels/contract/',
        '^src/store/',
        '^src/runs/',
        testSupport,
      ],
      'exchange imports domain, channels/contract, store and runs. It is given an opened channel by ' +
        'main (ask its capabilities, never its name) and is called by jobs and api.',
    ),
    wall(
      'jobs-call-exchange',
      '^src/jobs/',
      [
        '^src/jobs/',
        '^src/exchange/',
        '^src/runs/',
        '^src/domain/',
        '^src/channels/contract/',
        testSupport,
      ],
      'A job calls a verb of src/exchange; it holds no rule, no query and no wire of its own.',
    ),
    wall(
      'api-calls-exchange',
      '^src/api/',
      [
        '^src/api/',
        '^src/exchange/',
        '^src/runs/',
        '^src/domain/',
        '^src/channels/contract/',
        // The words of a news, as src/runs has those of a line; its mails and calls stay with main.
        '^src/notify/describe-news\\.ts$',
        testSupport,
      ],
      'A route calls a verb of src/exchange and answers through a presenter; queries live in ' +
        'src/store behind that verb, and channels are mounted by src/main.',
    ),
    wall(
      'web-calls-the-api',
      '^web/',
      ['^web/'],
      'web imports only the generated API client (web/), never the server: put what the screen ' +
        'needs into a route and its presenter in src/api, and generate the client anew.',
    ),
    {
      name: 'main-alone-knows-the-registry',
      severity: 'error',
      comment:
        'Only src/main (and tests, bench) knows which channels there are. Take the opened channel, ' +
        'or the list, as a parameter, and let the composition root pass it.',
      from: { pathNot: ['^src/main/', '^tests/', '^bench/', tests] },
      to: { path: '^src/channels/registry\\.ts$' },
    },
    {
      name: 'main-is-the-top',
      severity: 'error',
      comment:
        'src/main is where things are put together: nothing below may import it. Move what you ' +
        'need down to the folder it belongs to.',
      from: { path: '^(src|web)/', pathNot: '^src/main/' },
      to: { path: '^src/main/' },
    },
    {
      name: 'product-without-tests',
      severity: 'error',
      comment:
        'Code that ships imports no tests, no bench, no scripts. A simulator or a test kit that ' +
        'ships lives with its channel or in src/channels/contract.',
      from: { path: '^(src|web)/', pathNot: tests },
      to: { path: '^(tests|bench|scripts)/|\\.test\\.tsx?$' },
    },
    {
      name: 'rooms-have-names',
      severity: 'error',
      comment:
        'No utils, common, helpers: name the folder or file after what it does, and put it where ' +
        'its one user is, or with the noun it is about.',
      from: { pathNot: 'node_modules' },
      to: {
        path: '(^|/)(utils?|common|helpers?|misc)(/|\\.[cm]?[jt]sx?$)',
        pathNot: 'node_modules|^[^/.]+$',
      },
    },
    {
      name: 'no-circles',
      severity: 'error',
      comment:
        'Two modules that import each other cannot be read, tested or moved alone: move what both ' +
        'need into a third, or pass it as a parameter. (Types may refer to each other.)',
      from: { path: '^(src|web)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    // TypeScript 7 has no API that dependency-cruiser could parse with: without this parser it
    // cruises no module at all and is green.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    // What a build writes is nobody's room, and goes while it is read.
    exclude: { path: '^web/dist' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'] },
  },
};
