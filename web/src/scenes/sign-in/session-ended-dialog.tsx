/** The session ended while a scene was open: signing in again, over the scene, loses nothing. */
import { Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { SignInForm } from './sign-in-form.tsx';

export function SessionEndedDialog() {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t('signIn.ended')}
    >
      <Stack>
        <Text size="sm">{t('signIn.endedWhy')}</Text>
        <SignInForm />
      </Stack>
    </Modal>
  );
}
