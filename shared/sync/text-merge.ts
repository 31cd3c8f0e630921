import { diff3Merge } from 'node-diff3';

/** Lines, and within a line sentences: people edit different sentences of one paragraph. Joined, they are the text again. */
const piecesOf = (text: string): string[] =>
  text.match(/[^\n。！？；!?;]*(?:[。！？；!?;]+|\n|$)/g)?.filter(Boolean) ?? [];

const apart = (first: string, second: string): string =>
  first === '' || second === '' || first.endsWith('\n') ? `${first}${second}` : `${first}\n${second}`;

/**
 * Brings two texts together that both started from `before`. Where both changed the same place, both stay, `first` above
 * `second`; nothing that either typed is dropped.
 */
export const mergeTexts = (before: string, first: string, second: string): string => {
  const merged = diff3Merge(piecesOf(first), piecesOf(before), piecesOf(second), {
    excludeFalseConflicts: true,
  });
  return merged
    .map((part) =>
      part.ok
        ? part.ok.join('')
        : part.conflict
          ? apart(part.conflict.a.join(''), part.conflict.b.join(''))
          : '',
    )
    .join('');
};
