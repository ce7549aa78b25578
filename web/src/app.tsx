/** What every scene stands in: theme, texts, data, addresses. */
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { isSignedOut, ProblemError } from './api/problem.ts';
import { sessionEnded } from './api/session.ts';
import { createAppRouter } from './routes.tsx';
import { theme } from './theme.ts';
import { RunDrawerProvider } from './ui/run-drawer.tsx';

const RETRIES_MAX = 2;

function createClient(): QueryClient {
  const onError = (error: unknown, of: { meta: Record<string, unknown> | undefined }): void => {
    // A wrong password is an answer to the form that sent it.
    if (isSignedOut(error) && of.meta?.isSignIn !== true) sessionEnded();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError: (error, _sent, _made, of) => onError(error, of) }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        // A refusal stays a refusal; what did not arrive may arrive.
        retry: (count, error) =>
          count < RETRIES_MAX && !(error instanceof ProblemError && error.problem.status >= 400),
      },
    },
  });
}

export function App() {
  const [client] = useState(createClient);
  const [router] = useState(createAppRouter);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <Notifications position="bottom-left" autoClose={6_000} />
      <QueryClientProvider client={client}>
        <RunDrawerProvider>
          <RouterProvider router={router} />
        </RunDrawerProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
