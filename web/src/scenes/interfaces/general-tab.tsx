/** The fields of the slide, to be read; passwords are never shown. */
import { Stack, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Interface } from '../../api/generated/client.ts';
import { useFormats } from '../../words/formats.ts';
import { LANGUAGES } from '../../words/texts.ts';

type Fact = readonly [name: string, value: string];

export function GeneralTab({ of }: { of: Interface }) {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  const names = LANGUAGES.flatMap((language): Fact[] => {
    const name = of.names[language];
    return name ? [[t('interface.nameIn', { language: t(`language.${language}`) }), name]] : [];
  });
  const settings = Object.entries(of.config)
    .toSorted(bySlide)
    .map(([name, value]): Fact => {
      const key = `setting.${name}`;
      return [i18n.exists(key) ? t(key) : name, String(value)];
    });
  const tolerance = formats.money(of.priceToleranceMinor, of.currency);
  return (
    <Stack gap="lg" maw="52rem">
      <Section title={t('interface.identity')}>
        <Facts
          of={[
            [t('interfaces.code'), of.code],
            [t('interfaces.reseller'), of.reseller],
            ...names,
            [t('interfaces.status'), t(`interfaceStatus.${of.status}`)],
          ]}
        />
      </Section>
      <Section title={t('interface.money')}>
        <Facts
          of={[
            [t('interfaces.policy'), t(`pricePolicy.${of.pricePolicy}`)],
            [t('interface.tolerance'), tolerance],
            [t('interface.currency'), of.currency],
            [
              t('interface.pendingAccount'),
              of.pendingAccount === null ? t('interface.noAccount') : t('interface.hasAccount'),
            ],
          ]}
        />
      </Section>
      <Section title={t('interface.connection')}>
        <Facts
          of={[
            [t('interfaces.account'), of.account],
            [t('interface.zone'), of.timeZone],
            ...settings,
          ]}
        />
      </Section>
      <Section title={t('interface.people')}>
        {of.people.length === 0 ? (
          t('interface.nobody')
        ) : (
          <Facts
            of={of.people.map(({ name, mail, phone }) => [
              name,
              [mail, phone].filter(Boolean).join(' · '),
            ])}
          />
        )}
      </Section>
      <Link to="/cases" search={{ interface: of.id }}>
        {t('interface.toCases')}
      </Link>
    </Stack>
  );
}

/** In the order of the slide; what it does not have comes after. */
const SETTINGS = [
  'mainUrl',
  'salesUrl',
  'contingentUrl',
  'contingentUser',
  'prepareUrl',
  'getAccessUrl',
  'accessUser',
  'managerCode',
];

function bySlide([one]: [string, unknown], [other]: [string, unknown]): number {
  const place = (name: string): number =>
    SETTINGS.includes(name) ? SETTINGS.indexOf(name) : SETTINGS.length;
  return place(one) - place(other);
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <Title order={2} mb="xs">
        {title}
      </Title>
      {children}
    </section>
  );
}

function Facts({ of }: { of: readonly Fact[] }) {
  return (
    <dl className="facts">
      {of.map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
