/** What every address has around it: the sign-in, or the frame with the scene. */
import { Navigate, Outlet, useRouterState } from '@tanstack/react-router';
import { useMe, useSessionEnded } from '../api/session.ts';
import { SessionEndedDialog } from '../scenes/sign-in/session-ended-dialog.tsx';
import { SignInScene } from '../scenes/sign-in/sign-in-scene.tsx';
import { Frame } from './frame.tsx';
import { ProblemPage } from './problem-notice.tsx';
import { FrameSkeleton } from './skeletons.tsx';

export function RootLayout() {
  const path = useRouterState({ select: (state) => state.location.pathname });
  // The link of a new password is for who cannot sign in yet.
  return path === '/set-password' ? <Outlet /> : <SignedInLayout />;
}

/** Where somebody may be who does not read the scenes: a steward. */
const WITHOUT_READING = ['/door', '/settings'];

function SignedInLayout() {
  const path = useRouterState({ select: (state) => state.location.pathname });
  // While the next scene is loaded the one before is still shown.
  const shown = useRouterState({ select: (state) => state.matches.at(-1)?.pathname ?? '' });
  const me = useMe();
  const hasEnded = useSessionEnded();
  if (me.isPending) return <FrameSkeleton />;
  if (me.isError) return <ProblemPage error={me.error} again={() => me.refetch()} />;
  if (me.data === null) return <SignInScene />;
  const mayStay = (at: string): boolean =>
    me.data?.actions.includes('read') === true || WITHOUT_READING.includes(at);
  return (
    <Frame me={me.data}>
      {mayStay(path) ? null : <Navigate to="/door" replace />}
      {mayStay(shown) ? <Outlet /> : null}
      {hasEnded ? <SessionEndedDialog /> : null}
    </Frame>
  );
}
