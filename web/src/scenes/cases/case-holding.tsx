/** Who works on a case: take it, note what is known, give it to another. */
import { Button, Group, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Case } from '../../api/generated/client.ts';
import { postCasesHandOver, postCasesNote, postCasesTake } from '../../api/generated/client.ts';
import { KEYS } from '../../api/reading.ts';
import { useMe } from '../../api/session.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

export function CaseHolding({ of }: { of: Case }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const me = useMe().data?.author;
  const [isNoting, setNoting] = useState(false);
  const onSuccess = () => client.invalidateQueries({ queryKey: KEYS.cases });
  const cases = [of.id];
  const take = useMutation({ mutationFn: () => postCasesTake({ cases }), onSuccess });
  const leave = useMutation({
    mutationFn: () => postCasesHandOver({ cases, to: null }),
    onSuccess,
  });
  return (
    <div>
      <Group gap="xs">
        {of.takenBy === me ? (
          <Button variant="default" loading={leave.isPending} onClick={() => leave.mutate()}>
            {t('case.leave')}
          </Button>
        ) : (
          <Button variant="default" loading={take.isPending} onClick={() => take.mutate()}>
            {t('case.take')}
          </Button>
        )}
        <Button variant="default" onClick={() => setNoting(!isNoting)} aria-expanded={isNoting}>
          {t('case.writeNote')}
        </Button>
      </Group>
      <ProblemNotice error={take.error ?? leave.error} />
      {isNoting ? <NoteForm of={of} done={() => setNoting(false)} /> : null}
    </div>
  );
}

function NoteForm({ of, done }: { of: Case; done(): void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [note, setNote] = useState(of.note ?? '');
  const save = useMutation({
    mutationFn: () => postCasesNote({ cases: [of.id], note }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: KEYS.cases });
      done();
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <ProblemNotice error={save.error} />
      <Textarea
        mt="xs"
        label={t('case.noteLabel')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        autosize
        minRows={2}
      />
      <Button type="submit" mt="xs" loading={save.isPending}>
        {t('act.save')}
      </Button>
    </form>
  );
}
