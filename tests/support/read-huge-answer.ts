import { createHttp } from '../../src/transport/http.ts';
import { openSoap } from '../../src/transport/soap.ts';

/**
 * Reads a huge answer in a process of its own, so that what it takes of memory is its own.
 * Arguments: WSDL, endpoint. Prints one JSON line: records, most bytes held over the start, and
 * the length of what the recording keeps.
 */
const [wsdlFile = '', endpoint = ''] = process.argv.slice(2);
const http = createHttp({ allowHosts: ['localhost'], limits: { maxBytes: 400 * 1024 * 1024 } });
let kept = 0;
const soap = await openSoap({
  wsdlFile,
  endpoint,
  credentials: null,
  http,
  recorder: {
    record(call) {
      kept = call.response?.length ?? -1;
    },
  },
  clock: () => new Date(0),
  keep: ['numero'],
});
let records = 0;
let most = 0;
const start = process.memoryUsage.rss();
const query = { record: 'vente', fields: new Set(['numero', 'prix']) };
for await (const batch of soap.records('lister', { code: 'MOS' }, query)) {
  records += batch.length;
  most = Math.max(most, process.memoryUsage.rss() - start);
}
http.close();
process.stdout.write(`${JSON.stringify({ records, most, kept })}\n`);
