import {
  type Icon,
  IconCalendarPlus,
  IconFileImport,
  IconPhonePlus,
  IconUserPlus,
} from '@tabler/icons-react';
import type { NavigateFunction } from 'react-router';
import { useUi } from './ui-state.ts';

/** What can be made from anywhere: the + menu and the command palette show the same list. Labels are `create.<id>`. */
export interface CreateAction {
  id: 'logCall' | 'customer' | 'visit' | 'import';
  icon: Icon;
  keys: string | null;
  run(navigate: NavigateFunction): void;
}

export const createActions: readonly CreateAction[] = [
  { id: 'logCall', icon: IconPhonePlus, keys: 'Ctrl L', run: () => useUi.getState().openLogCall() },
  { id: 'visit', icon: IconCalendarPlus, keys: 'Ctrl Shift V', run: () => useUi.getState().openPlanVisit() },
  { id: 'customer', icon: IconUserPlus, keys: 'Ctrl Shift N', run: () => useUi.getState().openNewCustomer() },
  { id: 'import', icon: IconFileImport, keys: null, run: (navigate) => void navigate('/import') },
];
