import type { DocumentLanguage } from '#shared/presentation/words.ts';

const FONTS: Record<DocumentLanguage, string> = {
  'zh-CN': 'Microsoft YaHei',
  'zh-TW': 'Microsoft JhengHei',
  en: 'Calibri',
};

const TOP = '<alignment vertical="top"/>';
const WRAPPED = '<alignment vertical="top" wrapText="1"/>';
const plain = (format: number): string =>
  `<xf numFmtId="${format}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1">${TOP}</xf>`;

/** The looks a cell may have, in the order Excel numbers them. */
const STYLES = {
  none: '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
  header: `<xf numFmtId="0" fontId="1" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>`,
  text: `<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">${WRAPPED}</xf>`,
  quoted: `<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyAlignment="1">${WRAPPED}</xf>`,
  whole: plain(3),
  two: plain(4),
  three: plain(164),
  date: plain(165),
  moment: plain(166),
} as const;
export type CellStyle = keyof typeof STYLES;

const NUMBERS = new Map(Object.keys(STYLES).map((name, n) => [name, n]));
export const styleOf = (style: CellStyle): number => NUMBERS.get(style) ?? 0;

/** xl/styles.xml */
export const stylesXml = (language: DocumentLanguage): string => {
  const font = `<sz val="10"/><name val="${FONTS[language]}"/>`;
  const none = '<border><left/><right/><top/><bottom/><diagonal/></border>';
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="3"><numFmt numFmtId="164" formatCode="#,##0.000"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="166" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts><fonts count="2"><font>${font}</font><font><b/>${font}</font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFF3F1EB"/><bgColor indexed="64"/></patternFill></fill></fills><borders count="2">${none}<border><left/><right/><top/><bottom style="thin"><color rgb="FF0F766E"/></bottom><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${NUMBERS.size}">${Object.values(STYLES).join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
};
