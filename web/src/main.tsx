/** Starts the web application: texts first, then the page. */
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './ui/ui.css';
import './ui/door.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { startTexts } from './words/texts.ts';

await startTexts();
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has an element #root.');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
