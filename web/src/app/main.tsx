import '@fontsource-variable/inter/index.css';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import '@mantine/spotlight/styles.layer.css';
import '@mantine/dates/styles.layer.css';
import './theme/base.css';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startTranslations } from '@/i18n';
import { App } from './App';
import { nonce } from './nonce';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root.');
// Mantine takes the nonce from its provider; what locks scrolling behind a dialog takes it from here.
setNonce(nonce());
await startTranslations(navigator.languages);
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
