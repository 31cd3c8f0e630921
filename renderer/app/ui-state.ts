import { create } from 'zustand';

/** What a call log starts with; everything may be left for the user to type. */
export interface LogCallStart {
  customerId?: string;
  visitId?: string;
  kind?: 'call' | 'visit' | 'video' | 'message' | 'event';
  keepsPromiseIds?: string[];
  completesTaskIds?: string[];
}

/** A record whose history is shown, with the words it is known by; the field it starts with. */
export interface HistorySubject {
  entity: string;
  id: string;
  label: string;
  field?: string;
}

interface UiState {
  history: HistorySubject | null;
  logCall: LogCallStart | null;
  planVisit: { customerId?: string; startsAt?: string } | null;
  newCustomer: { name?: string } | null;
  palette: boolean;
  shortcuts: boolean;
  navExpanded: boolean;
  openLogCall(start?: LogCallStart): void;
  openPlanVisit(start?: { customerId?: string; startsAt?: string }): void;
  openNewCustomer(start?: { name?: string }): void;
  set(
    change: Partial<
      Pick<
        UiState,
        'logCall' | 'planVisit' | 'newCustomer' | 'history' | 'palette' | 'shortcuts' | 'navExpanded'
      >
    >,
  ): void;
}

/** Panels of the frame that any screen may open. */
export const useUi = create<UiState>((set) => ({
  history: null,
  logCall: null,
  planVisit: null,
  newCustomer: null,
  palette: false,
  shortcuts: false,
  navExpanded: false,
  openLogCall: (start = {}) => set({ logCall: start, palette: false }),
  openPlanVisit: (start = {}) => set({ planVisit: start, palette: false }),
  openNewCustomer: (start = {}) => set({ newCustomer: start, palette: false }),
  set: (change) => set(change),
}));
