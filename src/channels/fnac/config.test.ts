import { describe, expect, test } from 'vitest';
import { cleanUrl, fnacConfig, mainUrlOptions } from './config.ts';

const config = {
  mainUrl: 'NA',
  salesUrl: 'https://services.example/allotementWS-CXF/services/V09_43/EtatVentes?wsdl',
  contingentUrl: 'https://services.example/Contingentement',
  contingentUser: 'u',
  contingentPassword: 'p',
  prepareUrl: 'https://services.example/PrepareCtrlAcces?WSDL',
  getAccessUrl: ' https://services.example/GetCtrlAcces ',
  accessUser: 'u',
  accessPassword: 'p',
  managerCode: 'MOS',
};

describe('settings', () => {
  test('a URL that ends in ?wsdl is cleaned, and it is told', () => {
    expect(cleanUrl('https://a.example/S?wsdl')).toEqual({
      url: 'https://a.example/S',
      cleaned: true,
    });
    expect(cleanUrl('https://a.example/S')).toEqual({ url: 'https://a.example/S', cleaned: false });
    const read = fnacConfig.parse(config);
    expect(read.salesUrl).toMatch(/EtatVentes$/);
    expect(read.prepareUrl).toBe('https://services.example/PrepareCtrlAcces');
    expect(read.getAccessUrl).toBe('https://services.example/GetCtrlAcces');
  });

  test('the main URL may be NA, empty or missing', () => {
    expect(fnacConfig.parse({ ...config, mainUrl: '' }).mainUrl).toBe('');
    const { mainUrl: _, ...without } = config;
    expect(fnacConfig.parse(without).mainUrl).toBe('');
  });

  test.each([
    { salesUrl: 'ftp://a.example/x' },
    { salesUrl: '' },
    { contingentPassword: '' },
    { managerCode: '  ' },
    { unknown: 'x' },
  ])('refuses %j', (wrong) => {
    expect(fnacConfig.safeParse({ ...config, ...wrong }).success).toBe(false);
  });
});

test.each([
  ['NA', null, false],
  ['', null, false],
  ['NA?next=10', 10, false],
  ['NA?next=0', null, false],
  ['NA?next=ten', null, false],
  ['NA?next=10&noParentMethodLimitation=true&notAllPerformancesAtOnce=1', 1, true],
  // As it looks when it was copied out of an HTML page.
  ['NA?next=10&noParentMethodLimitation=true¬AllPerformancesAtOnce=1', 1, true],
  ['NA?noParentMethodLimitation=false', null, false],
])('options of %j', (mainUrl, performancesPerCall, everythingFromOnePerformance) => {
  expect(mainUrlOptions(mainUrl)).toEqual({ performancesPerCall, everythingFromOnePerformance });
});
