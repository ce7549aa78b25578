/** A button that says what it will do before it does it. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

interface ConfirmProps {
  /** On the button, and on the one that does it. */
  word: string;
  /** The button's name for who does not see the row. */
  name: string;
  /** What will happen. */
  effect: string;
  act: {
    mutateAsync(said: undefined): Promise<unknown>;
    isPending: boolean;
    error: unknown;
    reset(): void;
  };
}

export function ConfirmButton({ word, name, effect, act }: ConfirmProps) {
  const { t } = useTranslation();
  const [isOpen, dialog] = useDisclosure(false);
  const open = (): void => {
    act.reset();
    dialog.open();
  };
  const doIt = async (): Promise<void> => {
    await act.mutateAsync(undefined).then(dialog.close, () => {});
  };
  return (
    <>
      <Button variant="default" aria-label={name} onClick={open}>
        {word}
      </Button>
      <Modal
        opened={isOpen}
        onClose={dialog.close}
        title={name}
        closeButtonProps={{ 'aria-label': t('act.close') }}
      >
        <Stack>
          <Text>{effect}</Text>
          <ProblemNotice error={act.error} />
          <Group justify="flex-end">
            <Button variant="default" onClick={dialog.close} data-autofocus>
              {t('act.close')}
            </Button>
            <Button color="red.8" loading={act.isPending} onClick={doIt}>
              {word}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
