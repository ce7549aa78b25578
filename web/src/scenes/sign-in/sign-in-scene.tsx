/** The first page: who are you? */
import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LanguageMenu } from '../../ui/frame.tsx';
import { SignInForm } from './sign-in-form.tsx';

export function SignInScene() {
  const { t } = useTranslation();
  return (
    <Stack component="main" align="center" pt="12vh" px="md">
      <Paper withBorder p="xl" w="100%" maw="24rem">
        <Group justify="space-between" mb="md">
          <Group gap="sm">
            <img src="/favicon.svg" alt="" width={28} height={28} />
            <Title order={1}>Parterre</Title>
          </Group>
          <LanguageMenu />
        </Group>
        <SignInForm />
        <Text size="xs" c="dimmed" mt="md">
          {t('signIn.forgotten')}
        </Text>
      </Paper>
    </Stack>
  );
}
