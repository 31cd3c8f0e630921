import { app } from 'electron';

const WORDS = {
  'zh-CN': {
    open: '打开',
    cancel: '取消',
    openOutside: '在其他程序中打开?',
    edit: '编辑',
    view: '显示',
    broken: '已保存的内容都在。请再试一次;若仍不行,请重新启动走访簿,并把日志交给支持人员。',
    name: '走访簿',
    undo: '撤销',
    redo: '重做',
    cut: '剪切',
    copy: '复制',
    paste: '粘贴',
    selectAll: '全选',
    actualSize: '实际大小',
    zoomIn: '放大',
    zoomOut: '缩小',
    fullScreen: '全屏',
    reload: '重新载入',
    devTools: '开发者工具',
    window: '窗口',
    minimize: '最小化',
    close: '关闭',
    help: '帮助',
    about: '关于走访簿',
    again: '再试一次',
    brokenTitle: '页面无法载入',
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
    broken: '已儲存的內容都在。請再試一次;若仍不行,請重新啟動走訪簿,並把記錄檔交給支援人員。',
    name: '走訪簿',
    undo: '復原',
    redo: '重做',
    cut: '剪下',
    copy: '拷貝',
    paste: '貼上',
    selectAll: '全選',
    actualSize: '實際大小',
    zoomIn: '放大',
    zoomOut: '縮小',
    fullScreen: '全螢幕',
    reload: '重新載入',
    devTools: '開發者工具',
    window: '視窗',
    minimize: '最小化',
    close: '關閉',
    help: '說明',
    about: '關於走訪簿',
    again: '再試一次',
    brokenTitle: '頁面無法載入',
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
    broken:
      'What was saved is safe. Try again; if that does not help, restart Visitbook and send the log to support.',
    name: 'Visitbook',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select all',
    actualSize: 'Actual size',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    fullScreen: 'Full screen',
    reload: 'Reload',
    devTools: 'Developer tools',
    window: 'Window',
    minimize: 'Minimize',
    close: 'Close',
    help: 'Help',
    about: 'About Visitbook',
    again: 'Try again',
    brokenTitle: 'The page cannot be loaded',
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
