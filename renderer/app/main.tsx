import '@fontsource-variable/inter/index.css';
import '@mantine/core/styles.css';
import '@mantine/dates/styles.css';
import '@mantine/notifications/styles.css';
import './global.css';
import { createRoot } from 'react-dom/client';
import { config as configureZod } from 'zod';
import { App } from './App.tsx';
import { languageOf, startI18n } from './i18n.ts';
import { syncWhenOnline } from './online.ts';
import { followSession } from './session.ts';
import { shell } from './shell-client.ts';

// the content security policy forbids what zod's compiler would try
configureZod({ jitless: true });

const start = async (): Promise<void> => {
  const info = await followSession();
  await shell('shell.connect', {});
  const language = info.language === 'system' ? languageOf(info.locale) : info.language;
  document.documentElement.lang = language;
  await startI18n(language);
  const root = document.getElementById('root');
  if (!root) throw new Error('the page has no root');
  createRoot(root).render(<App />);
  syncWhenOnline();
};

void start();
