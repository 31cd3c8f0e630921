import { useHotkeys } from '@mantine/hooks';
import { useNavigate } from 'react-router';

/** Escape goes back, unless something stands over the page that Escape closes. */
export const useBack = (): void => {
  const navigate = useNavigate();
  useHotkeys([['Escape', () => document.querySelector('[role="dialog"], [role="menu"]') ?? navigate(-1)]]);
};
