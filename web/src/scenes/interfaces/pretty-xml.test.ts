import { describe, expect, it } from 'vitest';
import { prettyXml } from './pretty-xml.ts';

describe('XML for people', () => {
  it('has a line for each element', () => {
    expect(prettyXml('<?xml version="1.0"?><a><b>1</b><c/><d><e x="1">2</e></d></a>')).toBe(
      [
        '<?xml version="1.0"?>',
        '<a>',
        '  <b>1</b>',
        '  <c/>',
        '  <d>',
        '    <e x="1">2</e>',
        '  </d>',
        '</a>',
      ].join('\n'),
    );
  });

  it('leaves alone what is none', () => {
    expect(prettyXml('{"a":1}')).toBe('{"a":1}');
  });
});
