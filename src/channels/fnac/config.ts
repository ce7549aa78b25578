import { z } from 'zod';
import type { ConfigField, Texts } from '../contract/channel.ts';

const WSDL_SUFFIX = /\?(?:wsdl|singleWsdl)$/i;

/** What a URL is without the `?wsdl` that FNAC's mails carry, and whether something was cut. */
export function cleanUrl(text: string): { url: string; cleaned: boolean } {
  const url = text.trim().replace(WSDL_SUFFIX, '');
  return { url, cleaned: url !== text.trim() };
}

const serviceUrl = z
  .string()
  .transform((text) => cleanUrl(text).url)
  .pipe(z.url({ protocol: /^https?$/, error: 'An http(s) address' }));

/** What rides on the query of the main URL. What FNAC means by them is not public; ours is this. */
export interface MainUrlOptions {
  /** The most performances one call covers; null: no limit. */
  performancesPerCall: number | null;
  /** A run started from one performance still takes everything the reseller reports. */
  everythingFromOnePerformance: boolean;
}

/** Reads `NA?next=10&notAllPerformancesAtOnce=1`; `NA` and nothing at all are fine. */
export function mainUrlOptions(mainUrl: string): MainUrlOptions {
  // The slide shows `&not…` as `¬`, which is what copying it out of a mail gives.
  const query = mainUrl.replaceAll('¬', '&not').split('?')[1] ?? '';
  const options = new URLSearchParams(query);
  const next = /^[1-9]\d{0,5}$/.test(options.get('next') ?? '')
    ? Number(options.get('next'))
    : null;
  return {
    performancesPerCall: isOn(options.get('notAllPerformancesAtOnce')) ? 1 : next,
    everythingFromOnePerformance: isOn(options.get('noParentMethodLimitation')),
  };
}

function isOn(value: string | null): boolean {
  return value === 'true' || value === '1';
}

export const fnacConfig = z.strictObject({
  mainUrl: z.string().default(''),
  salesUrl: serviceUrl,
  contingentUrl: serviceUrl,
  contingentUser: z.string().min(1),
  contingentPassword: z.string().min(1),
  prepareUrl: serviceUrl,
  getAccessUrl: serviceUrl,
  accessUser: z.string().min(1),
  accessPassword: z.string().min(1),
  managerCode: z.string().trim().min(1).max(64),
  /** A folder with a venue's own WSDLs; by default those that we ship. */
  wsdlFolder: z.string().min(1).optional(),
});

export type FnacConfig = z.output<typeof fnacConfig>;

function field(secret: boolean, label: Texts): ConfigField {
  return { label, secret };
}

export const fnacFields: Readonly<Record<keyof FnacConfig, ConfigField>> = {
  mainUrl: field(false, {
    fr: 'URL principale (NA possible)',
    en: 'Main URL (NA is fine)',
    de: 'Haupt-URL (NA möglich)',
    it: 'URL principale (NA ammesso)',
    es: 'URL principal (se admite NA)',
  }),
  salesUrl: field(false, {
    fr: 'URL EtatVentes',
    en: 'EtatVentes URL',
    de: 'URL EtatVentes',
    it: 'URL EtatVentes',
    es: 'URL EtatVentes',
  }),
  contingentUrl: field(false, {
    fr: 'URL Allotements',
    en: 'Allotments URL',
    de: 'URL Allotements',
    it: 'URL Allotements',
    es: 'URL Allotements',
  }),
  contingentUser: field(false, {
    fr: 'Utilisateur Allotements',
    en: 'Allotments user',
    de: 'Benutzer Allotements',
    it: 'Utente Allotements',
    es: 'Usuario Allotements',
  }),
  contingentPassword: field(true, {
    fr: 'Mot de passe Allotements',
    en: 'Allotments password',
    de: 'Passwort Allotements',
    it: 'Password Allotements',
    es: 'Contraseña Allotements',
  }),
  prepareUrl: field(false, {
    fr: 'URL prepareAccessControl',
    en: 'prepareAccessControl URL',
    de: 'URL prepareAccessControl',
    it: 'URL prepareAccessControl',
    es: 'URL prepareAccessControl',
  }),
  getAccessUrl: field(false, {
    fr: 'URL getAccessControl',
    en: 'getAccessControl URL',
    de: 'URL getAccessControl',
    it: 'URL getAccessControl',
    es: 'URL getAccessControl',
  }),
  accessUser: field(false, {
    fr: 'Utilisateur getAccessControl',
    en: 'getAccessControl user',
    de: 'Benutzer getAccessControl',
    it: 'Utente getAccessControl',
    es: 'Usuario getAccessControl',
  }),
  accessPassword: field(true, {
    fr: 'Mot de passe getAccessControl',
    en: 'getAccessControl password',
    de: 'Passwort getAccessControl',
    it: 'Password getAccessControl',
    es: 'Contraseña getAccessControl',
  }),
  managerCode: field(false, {
    fr: 'Code gestionnaire Allotements',
    en: 'Manager code',
    de: 'Verwaltercode',
    it: 'Codice gestore',
    es: 'Código de gestor',
  }),
  wsdlFolder: field(false, {
    fr: 'Dossier des WSDL fournis par la FNAC (facultatif)',
    en: 'Folder with WSDLs from FNAC (optional)',
    de: 'Ordner mit WSDLs der FNAC (freiwillig)',
    it: 'Cartella dei WSDL forniti da FNAC (facoltativa)',
    es: 'Carpeta de los WSDL de FNAC (opcional)',
  }),
};
