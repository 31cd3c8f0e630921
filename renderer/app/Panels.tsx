import { NewCustomer } from '../features/customer/NewCustomer.tsx';
import { HistoryPanel } from '../features/history/HistoryPanel.tsx';
import { LogCallPanel } from '../features/log-call/LogCallPanel.tsx';
import { Palette } from '../features/palette/Palette.tsx';
import { Shortcuts } from '../features/palette/Shortcuts.tsx';
import { PlanVisit } from '../features/visits/PlanVisit.tsx';

/** Short tasks that slide over any screen. */
export const Panels = () => (
  <>
    <Palette />
    <Shortcuts />
    <LogCallPanel />
    <PlanVisit />
    <NewCustomer />
    <HistoryPanel />
  </>
);
