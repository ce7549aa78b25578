/** `/sign-in` when one is signed in already: the way home. A directory comes back here too. */
import { Navigate } from '@tanstack/react-router';

export function HomeAgain() {
  return <Navigate to="/" replace />;
}
