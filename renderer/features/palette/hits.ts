import type { NavigateFunction } from 'react-router';
import type { Output } from '#shared/contracts/registry.ts';
import { pathOf } from '../../app/destinations.ts';
import type { PaletteEntry } from './PaletteItem.tsx';

/** Lines of the palette for what the search found. */
export const hitEntries = (
  hits: Output<'search.query'>['hits'],
  navigate: NavigateFunction,
): PaletteEntry[] =>
  hits.map((hit) => ({
    id: hit.id,
    group: 'hits',
    kind: hit.entity,
    title: hit.title,
    line: hit.line,
    at: hit.entity === 'customer' ? null : hit.at,
    run: () => void navigate(pathOf(hit.entity, hit.id, hit.customerId)),
  }));
