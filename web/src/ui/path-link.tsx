/** A link to an address that the server gave, followed without loading the page again. */
import { useRouter } from '@tanstack/react-router';
import type { MouseEvent, ReactNode } from 'react';

export function PathLink({ path, children }: { path: string; children: ReactNode }) {
  const { history } = useRouter();
  const follow = (event: MouseEvent<HTMLAnchorElement>): void => {
    // A new tab or window is the browser's.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    history.push(path);
  };
  return (
    <a href={path} onClick={follow}>
      {children}
    </a>
  );
}
