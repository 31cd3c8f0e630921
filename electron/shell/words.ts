import { app } from 'electron';

const WORDS = {
  'zh-CN': {
    open: '打开',
    cancel: '取消',
    openOutside: '在其他程序中打开?',
    edit: '编辑',
    view: '显示',
    broken: '页面无法载入。已保存的内容都在。请重新启动走访簿。',
    csv: 'CSV 文件',
    excel: 'Excel 工作簿',
    pdf: 'PDF 文件',
    text: '文本文件',
    all: '所有文件',
  },
  'zh-TW': {
    open: '開啟',
    cancel: '取消',
    openOutside: '在其他程式中開啟?',
    edit: '編輯',
    view: '顯示',
    broken: '頁面無法載入。已儲存的內容都在。請重新啟動走訪簿。',
    csv: 'CSV 檔案',
    excel: 'Excel 活頁簿',
    pdf: 'PDF 檔案',
    text: '文字檔',
    all: '所有檔案',
  },
  en: {
    open: 'Open',
    cancel: 'Cancel',
    openOutside: 'Open in another program?',
    edit: 'Edit',
    view: 'View',
    broken: 'The page cannot be loaded. What was saved is safe. Please restart Visitbook.',
    csv: 'CSV files',
    excel: 'Excel workbooks',
    pdf: 'PDF files',
    text: 'Text files',
    all: 'All files',
  },
} as const;

let chosen: keyof typeof WORDS | 'system' = 'system';

/** Follows the language the user chose. */
export const setWordsLanguage = (language: keyof typeof WORDS | 'system'): void => {
  chosen = language;
};

const systemLanguage = (): keyof typeof WORDS => {
  const locale = app.getPreferredSystemLanguages()[0] ?? app.getLocale();
  if (/^zh[-_](TW|HK|MO|Hant)/i.test(locale)) return 'zh-TW';
  return /^zh/i.test(locale) ? 'zh-CN' : 'en';
};

/** The few words main itself shows: dialogs, menu, the last resort. */
export const words = (): (typeof WORDS)[keyof typeof WORDS] =>
  WORDS[chosen === 'system' ? systemLanguage() : chosen];
