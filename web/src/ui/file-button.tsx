/** A button that fetches a file and hands it to the browser: a refusal is told beside it. */
import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { exchange } from '../api/send.ts';
import { ProblemNotice } from './problem-notice.tsx';

export function FileButton(of: { url: string; name: string; label: string; disabled?: boolean }) {
  const { url, name, label, disabled = false } = of;
  const fetching = useMutation({ mutationFn: () => saveFile(url, name) });
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconDownload size={15} aria-hidden />}
        loading={fetching.isPending}
        disabled={disabled}
        onClick={() => fetching.mutate()}
      >
        {label}
      </Button>
      <ProblemNotice error={fetching.error} />
    </>
  );
}

/** Fetched by the page itself, so that the organisation goes along. Throws ProblemError. */
async function saveFile(url: string, name: string): Promise<void> {
  const response = await exchange(url, {});
  const named = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1];
  const address = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = address;
  link.download = named ?? name;
  link.click();
  URL.revokeObjectURL(address);
}
