/** The frame: navigation on the left, the scene beside it. On a tablet only the icons remain. */
import {
  ActionIcon,
  Menu,
  Select,
  Stack,
  Text,
  Tooltip,
  useMantineColorScheme,
} from '@mantine/core';
import {
  IconCheck,
  IconDeviceDesktop,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconSun,
  IconUserCircle,
} from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { actFor } from '../api/send.ts';
import type { Me } from '../api/session.ts';
import { ME_KEY, signOut } from '../api/session.ts';
import { SCENES } from '../scenes/scenes.ts';
import { changeLanguage, LANGUAGES } from '../words/texts.ts';

export function Frame({ me, children }: { me: Me; children: ReactNode }) {
  const { t } = useTranslation();
  const shown = SCENES.filter(({ action }) => me.actions.includes(action));
  return (
    <div className="frame">
      <a className="skip" href="#scene">
        {t('nav.skip')}
      </a>
      <nav className="frame-nav" aria-label={t('nav.label')}>
        <div className="frame-name">
          <img src="/favicon.svg" alt="" width={24} height={24} />
          <span className="frame-word">Parterre</span>
        </div>
        <OrganisationSwitch me={me} />
        <Stack gap={2}>
          {shown.map(({ to, name, icon: Icon }) => (
            <Tooltip key={to} label={t(name)} position="right" hiddenFrom="lg">
              <Link to={to} className="nav-link" activeOptions={{ exact: to === '/' }}>
                <Icon size={18} stroke={1.6} aria-hidden />
                <span className="nav-label">{t(name)}</span>
              </Link>
            </Tooltip>
          ))}
        </Stack>
        <Stack gap="xs" mt="auto">
          <div className="frame-foot-wide">
            <Text size="sm" truncate>
              {me.author}
            </Text>
            <Text size="xs" c="dimmed">
              {t(`role.${me.role}`)}
            </Text>
          </div>
          <FrameTools />
        </Stack>
      </nav>
      <main id="scene" className="frame-main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

/** Only for who is of several: everything on the page is then another house's. */
function OrganisationSwitch({ me }: { me: Me }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { organisations } = me;
  if (organisations.length < 2) return null;
  return (
    <Select
      aria-label={t('nav.organisation')}
      data={organisations.map(({ code, name }) => ({ value: code, label: name }))}
      value={organisations.find(({ current }) => current)?.code ?? null}
      onChange={(code) => {
        actFor(code);
        void client.resetQueries();
      }}
    />
  );
}

function FrameTools() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const leave = async (): Promise<void> => {
    await signOut();
    // First who is signed in, nobody, so that the page hears of it; then all that they had read.
    client.setQueryData(ME_KEY, null);
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== ME_KEY[0] });
  };
  return (
    <div style={{ display: 'flex', flexWrap: 'wrap', gap: 4 }}>
      <LanguageMenu />
      <SchemeMenu />
      <Tooltip label={t('nav.account')}>
        <Link to="/settings" className="nav-tool" aria-label={t('nav.account')}>
          <IconUserCircle size={18} stroke={1.6} aria-hidden />
        </Link>
      </Tooltip>
      <Tooltip label={t('nav.signOut')}>
        <ActionIcon variant="subtle" color="gray" aria-label={t('nav.signOut')} onClick={leave}>
          <IconLogout size={18} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

/** Also on the sign-in page: one must be able to read before one is known. */
export function LanguageMenu() {
  const { t, i18n } = useTranslation();
  return (
    <Menu position="right-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('nav.language')}>
          <IconLanguage size={18} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {LANGUAGES.map((language) => (
          <Menu.Item
            key={language}
            lang={language}
            leftSection={<Mark isOn={language === i18n.language} />}
            onClick={() => changeLanguage(language)}
          >
            {t(`language.${language}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

const SCHEMES = [
  { scheme: 'light', icon: IconSun },
  { scheme: 'dark', icon: IconMoon },
  { scheme: 'auto', icon: IconDeviceDesktop },
] as const;

function SchemeMenu() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Icon = SCHEMES.find(({ scheme }) => scheme === colorScheme)?.icon ?? IconSun;
  return (
    <Menu position="right-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('nav.scheme')}>
          <Icon size={18} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {SCHEMES.map(({ scheme }) => (
          <Menu.Item
            key={scheme}
            leftSection={<Mark isOn={scheme === colorScheme} />}
            onClick={() => setColorScheme(scheme)}
          >
            {t(`scheme.${scheme}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Mark({ isOn }: { isOn: boolean }) {
  return <IconCheck size={14} style={{ visibility: isOn ? 'visible' : 'hidden' }} aria-hidden />;
}
