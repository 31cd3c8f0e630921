import { describe, expect, test } from 'vitest';
import { attachmentName } from './attachment-name.ts';

describe('the name an attachment is kept under', () => {
  test.each([
    ['合同.pdf', '合同.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\x\\..\\secret.docx', 'secret.docx'],
    ['..', 'file'],
    ['', 'file'],
    ['   .hidden', 'hidden'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ['a\u0000b\r\n.txt', 'ab.txt'],
    ['nul', '_nul'],
    ['COM1.txt', '_COM1.txt'],
    ['console.txt', 'console.txt'],
    ['a:b*c?.txt', 'a-b-c-.txt'],
    ['trailing. . ', 'trailing'],
    ['\ud800.txt', '\ufffd.txt'],
  ])('%j is %j', (given, kept) => {
    expect(attachmentName(given)).toBe(kept);
  });

  test('a long name keeps its ending', () => {
    const kept = attachmentName(`${'文'.repeat(400)}.xlsx`);
    expect(kept).toHaveLength(255);
    expect(kept.endsWith('文.xlsx')).toBe(true);
  });

  test('a long name is not cut through a character', () => {
    expect(attachmentName(`${'😀'.repeat(200)}.txt`)).toMatch(/^(😀)+\.txt$/u);
  });
});
