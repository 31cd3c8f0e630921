import { diffTexts } from '../../ui/text-diff.ts';

/** A stretch of two texts laid over each other. */
export interface Stretch {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** Two texts as one: what went, what came, what stayed. */
export const inlineDiff = (before: string, after: string): Stretch[] => {
  const { left, right } = diffTexts(before, after);
  const stretches: Stretch[] = [];
  let at = 0;
  const addUntilCommon = (): void => {
    for (let piece = right[at]; piece?.differs; piece = right[at]) {
      stretches.push({ kind: 'added', text: piece.text });
      at += 1;
    }
  };
  for (const piece of left) {
    if (piece.differs) {
      stretches.push({ kind: 'removed', text: piece.text });
      continue;
    }
    addUntilCommon();
    stretches.push({ kind: 'same', text: piece.text });
    at += 1;
  }
  addUntilCommon();
  return stretches;
};

const AROUND = 40;

/** The same with what stayed cut down to what stands beside a change. */
export const folded = (stretches: readonly Stretch[]): Stretch[] =>
  stretches.map((stretch, index) => {
    const { kind, text } = stretch;
    if (kind !== 'same') return stretch;
    const head = index === 0 ? '' : text.slice(0, AROUND);
    const tail = index === stretches.length - 1 ? '' : text.slice(-AROUND);
    return head.length + tail.length + 8 >= text.length ? stretch : { kind, text: `${head} … ${tail}` };
  });

const RELATED = 0.3;

/** Whether two texts have enough in common to be read laid over each other. */
export const areRelated = (stretches: readonly Stretch[]): boolean => {
  const length = (kind: Stretch['kind']): number =>
    stretches.filter((stretch) => stretch.kind === kind).reduce((sum, { text }) => sum + text.length, 0);
  const same = length('same');
  return same >= RELATED * (same + Math.max(length('added'), length('removed')));
};
