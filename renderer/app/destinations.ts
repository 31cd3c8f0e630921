import {
  type Icon,
  IconCalendarEvent,
  IconFileText,
  IconPhone,
  IconRefresh,
  IconScript,
  IconSettings,
  IconSun,
  IconUsers,
  IconUsersGroup,
} from '@tabler/icons-react';

/** The places of the navigation, in order; Alt+1 … open them. Labels are `common:nav.<id>`. */
export interface Destination {
  id: 'today' | 'customers' | 'visits' | 'calls' | 'reports' | 'scripts' | 'sync' | 'team' | 'settings';
  path: string;
  icon: Icon;
}

export const destinations: readonly Destination[] = [
  { id: 'today', path: '/today', icon: IconSun },
  { id: 'customers', path: '/customers', icon: IconUsers },
  { id: 'visits', path: '/visits', icon: IconCalendarEvent },
  { id: 'calls', path: '/calls', icon: IconPhone },
  { id: 'reports', path: '/reports', icon: IconFileText },
  { id: 'scripts', path: '/scripts', icon: IconScript },
  { id: 'sync', path: '/sync', icon: IconRefresh },
  { id: 'team', path: '/team', icon: IconUsersGroup },
  { id: 'settings', path: '/settings', icon: IconSettings },
];

/** Where a record is shown. */
export const pathOf = (entity: string, id: string, customerId?: string | null): string => {
  switch (entity) {
    case 'customer':
      return `/customers/${id}`;
    case 'visit':
      return `/visits/${id}`;
    case 'visitReport':
      return `/reports/${id}`;
    case 'note':
      return `/notes/${id}`;
    case 'script':
      return `/scripts/${id}`;
    default:
      return customerId ? `/customers/${customerId}?focus=${entity}:${id}` : '/today';
  }
};
