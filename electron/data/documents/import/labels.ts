import type { Labels } from '#shared/domain/import/fields.ts';
import en from '#shared/presentation/locales/en/vocabulary.json' with { type: 'json' };
import zhCN from '#shared/presentation/locales/zh-CN/vocabulary.json' with { type: 'json' };
import zhTW from '#shared/presentation/locales/zh-TW/vocabulary.json' with { type: 'json' };

const LANGUAGES: readonly Record<string, unknown>[] = [zhCN, zhTW, en];
const known = new Map<string, ReadonlyMap<string, string>>();

/** The labels under which we show a choice ourselves, in all languages, to its values: what we export comes back. */
export const labelsOf: Labels = (vocabulary) => {
  let labels = known.get(vocabulary);
  if (!labels) {
    labels = new Map(
      LANGUAGES.flatMap((language) =>
        Object.entries((language[vocabulary] ?? {}) as Record<string, string>).map(
          ([value, label]): [string, string] => [label.normalize('NFKC').toLowerCase(), value],
        ),
      ),
    );
    known.set(vocabulary, labels);
  }
  return labels;
};
