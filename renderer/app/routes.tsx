import { type ComponentType, lazy } from 'react';
import { createHashRouter, Navigate } from 'react-router';
import { Today } from '../features/today/Today.tsx';
import { Frame } from './Frame.tsx';

const load = <Name extends string>(from: () => Promise<Record<Name, ComponentType>>, name: Name) =>
  lazy(() => from().then((module) => ({ default: module[name] })));

const Customers = load(() => import('../features/customers/Customers.tsx'), 'Customers');
const CustomerPage = load(() => import('../features/customer/CustomerPage.tsx'), 'CustomerPage');
const Visits = load(() => import('../features/visits/Visits.tsx'), 'Visits');
const VisitPage = load(() => import('../features/visits/VisitPage.tsx'), 'VisitPage');
const Calls = load(() => import('../features/calls/Calls.tsx'), 'Calls');
const Reports = load(() => import('../features/reports/Reports.tsx'), 'Reports');
const ReportPage = load(() => import('../features/reports/ReportPage.tsx'), 'ReportPage');
const NotePage = load(() => import('../features/notes/NotePage.tsx'), 'NotePage');
const Scripts = load(() => import('../features/scripts/Scripts.tsx'), 'Scripts');
const Settings = load(() => import('../features/settings/Settings.tsx'), 'Settings');
const SyncPage = load(() => import('../features/sync/SyncPage.tsx'), 'SyncPage');
const TeamPage = load(() => import('../features/team/TeamPage.tsx'), 'TeamPage');
const ImportPage = load(() => import('../features/import/ImportPage.tsx'), 'ImportPage');

/** Every place of the app. Deep links, back and forward work, because each is a route. */
export const router = createHashRouter([
  {
    element: <Frame />,
    children: [
      { index: true, element: <Navigate to="/today" replace /> },
      { path: '/today', element: <Today /> },
      { path: '/customers', element: <Customers /> },
      { path: '/customers/:id', element: <CustomerPage /> },
      { path: '/visits', element: <Visits /> },
      { path: '/visits/:id', element: <VisitPage /> },
      { path: '/calls', element: <Calls /> },
      { path: '/reports', element: <Reports /> },
      { path: '/reports/:id', element: <ReportPage /> },
      { path: '/notes/:id', element: <NotePage /> },
      { path: '/scripts', element: <Scripts /> },
      { path: '/scripts/:id', element: <Scripts /> },
      { path: '/settings', element: <Settings /> },
      { path: '/settings/:section', element: <Settings /> },
      { path: '/sync', element: <SyncPage /> },
      { path: '/sync/:tab', element: <SyncPage /> },
      { path: '/team', element: <TeamPage /> },
      { path: '/team/:tab', element: <TeamPage /> },
      { path: '/import', element: <ImportPage /> },
      { path: '*', element: <Navigate to="/today" replace /> },
    ],
  },
]);
