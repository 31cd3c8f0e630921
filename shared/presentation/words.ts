import enBadRow from './locales/en/badRow.json' with { type: 'json' };
import enDocuments from './locales/en/documents.json' with { type: 'json' };
import enFields from './locales/en/fields.json' with { type: 'json' };
import enOutbox from './locales/en/outbox.json' with { type: 'json' };
import enVocabulary from './locales/en/vocabulary.json' with { type: 'json' };
import cnBadRow from './locales/zh-CN/badRow.json' with { type: 'json' };
import cnDocuments from './locales/zh-CN/documents.json' with { type: 'json' };
import cnFields from './locales/zh-CN/fields.json' with { type: 'json' };
import cnOutbox from './locales/zh-CN/outbox.json' with { type: 'json' };
import cnVocabulary from './locales/zh-CN/vocabulary.json' with { type: 'json' };
import twBadRow from './locales/zh-TW/badRow.json' with { type: 'json' };
import twDocuments from './locales/zh-TW/documents.json' with { type: 'json' };
import twFields from './locales/zh-TW/fields.json' with { type: 'json' };
import twOutbox from './locales/zh-TW/outbox.json' with { type: 'json' };
import twVocabulary from './locales/zh-TW/vocabulary.json' with { type: 'json' };

/** Languages a document can be written in. */
export type DocumentLanguage = 'zh-CN' | 'zh-TW' | 'en';

/** The words of one language by `namespace:path.of.key`; a key nobody knows answers with its last part. */
export type Words = (key: string) => string;

const LOCALES: Record<DocumentLanguage, Record<string, unknown>> = {
  'zh-CN': {
    badRow: cnBadRow,
    documents: cnDocuments,
    fields: cnFields,
    outbox: cnOutbox,
    vocabulary: cnVocabulary,
  },
  'zh-TW': {
    badRow: twBadRow,
    documents: twDocuments,
    fields: twFields,
    outbox: twOutbox,
    vocabulary: twVocabulary,
  },
  en: {
    badRow: enBadRow,
    documents: enDocuments,
    fields: enFields,
    outbox: enOutbox,
    vocabulary: enVocabulary,
  },
};

const inside = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;

/**
 * Labels outside the page: headers and values of workbooks and CSV files. The page loads the same files, so that a
 * column is called the same everywhere. Values of a newer peer that no list knows show as they are.
 */
export const wordsOf =
  (language: DocumentLanguage): Words =>
  (key) => {
    const path = key.split(/[:.]/);
    const found = path.reduce<unknown>(inside, LOCALES[language]);
    return typeof found === 'string' ? found : (path.at(-1) ?? key);
  };
