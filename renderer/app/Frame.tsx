import { Button, Kbd, Menu, Tooltip, UnstyledButton } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconChevronLeft, IconChevronRight, IconPlus, IconSearch } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, Outlet, useLocation, useNavigate } from 'react-router';
import { SyncBadge } from '../features/sync/SyncBadge.tsx';
import { TeamBadge } from '../features/team/TeamBadge.tsx';
import { createActions } from './create-actions.ts';
import { destinations } from './destinations.ts';
import classes from './Frame.module.css';
import { notifyError } from './notify.tsx';
import { StatusBar } from './StatusBar.tsx';
import { useUi } from './ui-state.ts';
import { undoLast } from './undo.ts';

const Panels = lazy(() => import('./Panels.tsx').then((m) => ({ default: m.Panels })));

/** The frame of the app: navigation, title bar, content, status bar and the panels any screen may open. */
export const Frame = () => {
  const { t } = useTranslation();
  const ui = useUi();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const here = destinations.find((place) => pathname.startsWith(place.path));
  useHotkeys(
    [
      ['mod+K', () => ui.set({ palette: true })],
      ['mod+L', () => ui.openLogCall()],
      ['mod+shift+N', () => ui.openNewCustomer()],
      ['mod+shift+V', () => ui.openPlanVisit()],
      ...destinations.map(
        (place, index) => [`alt+${index + 1}`, () => navigate(place.path)] as [string, () => void],
      ),
      ['alt+ArrowLeft', () => navigate(-1)],
      ['alt+ArrowRight', () => navigate(1)],
    ],
    [],
  );
  useHotkeys([
    ['mod+Z', () => void undoLast().catch(notifyError)],
    ['shift+?', () => ui.set({ shortcuts: true })],
  ]);
  return (
    <div className={classes.frame} data-nav={ui.navExpanded ? 'wide' : 'narrow'}>
      <a className={classes.skip} href="#content">
        {t('frame.skip')}
      </a>
      <nav className={classes.nav} aria-label={t('frame.navigation')}>
        {destinations.map((place, index) => (
          <Tooltip
            key={place.id}
            label={`${t(`nav.${place.id}`)}  Alt+${index + 1}`}
            position="right"
            disabled={ui.navExpanded}
          >
            <NavLink to={place.path} className={classes.link} data-place={place.id}>
              <place.icon size={20} stroke={1.6} aria-hidden />
              {place.id === 'sync' && <SyncBadge />}
              {place.id === 'team' && <TeamBadge />}
              <span className={classes.label}>
                {t(ui.navExpanded ? `nav.${place.id}` : `navShort.${place.id}`)}
              </span>
            </NavLink>
          </Tooltip>
        ))}
        <UnstyledButton
          className={classes.expand}
          aria-label={t(ui.navExpanded ? 'frame.collapse' : 'frame.expand')}
          onClick={() => ui.set({ navExpanded: !ui.navExpanded })}
        >
          {ui.navExpanded ? <IconChevronLeft size={16} /> : <IconChevronRight size={16} />}
        </UnstyledButton>
      </nav>
      <header className={classes.header}>
        <div className={classes.title}>{here ? t(`nav.${here.id}`) : ''}</div>
        <UnstyledButton className={classes.search} onClick={() => ui.set({ palette: true })}>
          <IconSearch size={16} stroke={1.6} aria-hidden />
          <span>{t('frame.search')}</span>
          <Kbd size="xs" aria-hidden>
            Ctrl K
          </Kbd>
        </UnstyledButton>
        <Menu position="bottom-end" width={250}>
          <Menu.Target>
            <Button leftSection={<IconPlus size={16} />} size="sm" className={classes.create}>
              {t('frame.create')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {createActions.map((action) => (
              <Menu.Item
                key={action.id}
                leftSection={<action.icon size={16} stroke={1.6} />}
                rightSection={action.keys && <Kbd size="xs">{action.keys}</Kbd>}
                onClick={() => action.run(navigate)}
              >
                {t(`create.${action.id}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </header>
      <main className={classes.content} id="content" tabIndex={-1}>
        <Suspense fallback={null}>
          <Outlet />
        </Suspense>
      </main>
      <StatusBar />
      <Suspense fallback={null}>
        <Panels />
      </Suspense>
    </div>
  );
};
