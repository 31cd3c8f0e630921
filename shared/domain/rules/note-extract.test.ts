import { describe, expect, test } from 'vitest';
import { noteLines, withoutExtracts } from './note-extract.ts';

/** A Wednesday. */
const TAKEN = '2026-03-04';
const short = (body: string) =>
  noteLines(body, TAKEN).map(({ kind, madeBy, text, dueOn, done }) =>
    [kind === 'promise' ? `promise of ${madeBy}` : 'task', text, dueOn, ...(done ? ['done'] : [])].join(
      ' | ',
    ),
  );

describe('lines that are turned', () => {
  test.each([
    // 简体
    ['我答应明天发资料给他', 'promise of me | 发资料给他 | 2026-03-05'],
    ['- 我承诺下周三前给出用款方案', 'promise of me | 给出用款方案 | 2026-03-11'],
    ['承诺：请风控同事提前看报表', 'promise of me | 请风控同事提前看报表 | '],
    ['谈了费率，我答应了客户周五前回复。还聊了孩子。', 'promise of me | 回复 | 2026-03-06'],
    ['客户答应月底前转入 50 万元', 'promise of customer | 转入 50 万元 | 2026-03-31'],
    ['对方承诺提供保险单', 'promise of customer | 提供保险单 | '],
    ['下一步：准备资产分布图，3月20日', 'task | 准备资产分布图 | 2026-03-20'],
    ['- [ ] 查一下大额存单额度', 'task | 查一下大额存单额度 | '],
    ['* [x] 更新手机号码', 'task | 更新手机号码 |  | done'],
    ['待办：在周五的会上提一句', 'task | 在周五的会上提一句 | 2026-03-06'],
    ['1. **下一步**：约科技同事', 'task | 约科技同事 | '],
    // 繁體
    ['我答應後天把說明書送過去', 'promise of me | 把說明書送過去 | 2026-03-06'],
    ['承諾：下週三前回覆', 'promise of me | 回覆 | 2026-03-11'],
    ['客戶承諾提供報表', 'promise of customer | 提供報表 | '],
    ['待辦事項：更新證書', 'task | 更新證書 | '],
    // English
    ['I promised to send the fee sheet by Friday.', 'promise of me | send the fee sheet | 2026-03-06'],
    ["We spoke of rates, and I've promised him to call tomorrow", 'promise of me | call | 2026-03-05'],
    ['Promise: bring the brochure', 'promise of me | bring the brochure | '],
    [
      'The customer promised to transfer the balance by March 31',
      'promise of customer | transfer the balance | 2026-03-31',
    ],
    ['Next step: draft the proposal (2026-12-01)', 'task | draft the proposal | 2026-12-01'],
    ['TODO: order the forms', 'task | order the forms | '],
    ['> - [ ] call the [branch](https://example.com)', 'task | call the branch | '],
  ])('%s', (body, expected) => {
    expect(short(body)).toEqual([expected]);
  });
});

test.each([
  ["I'll see what can be done"],
  ['I will think about it'],
  ['他问我下一步怎么走'],
  ['没有答应任何事'],
  ['承诺书已经签了'],
  ['- 普通一条'],
  ['- [ ] '],
  ['下一步：'],
  ['[ ] not in a list'],
  ['She compromised on the price'],
  ['```\n- [ ] in code\n```'],
])('%s is left alone', (body) => {
  expect(short(body)).toEqual([]);
});

test('the items of a list under a heading of tasks or promises count, the text around does not', () => {
  const body =
    '## 下一步\n说明一下：\n- 发产品清单，周五\n- 约下次见面\n\n## 讨论\n- 利率\n\n### 承诺\n1. 明天打电话';
  expect(short(body)).toEqual([
    'task | 发产品清单 | 2026-03-06',
    'task | 约下次见面 | ',
    'promise of me | 打电话 | 2026-03-05',
  ]);
});

test('says on which line each stands, whatever ends the lines', () => {
  expect(noteLines('a\r\n- [ ] b\r\n\r\n下一步：c', TAKEN).map((one) => one.line)).toEqual([1, 3]);
});

test('what was talked about remains when promises, tasks and their headings are taken out', () => {
  const body = '# 纪要\n谈了续作。\n\n## 约定\n我答应周五给方案\n- [ ] 查额度\n\n## 讨论\n- 账期六十天\n';
  expect(withoutExtracts(body)).toBe('# 纪要\n谈了续作。\n\n## 讨论\n- 账期六十天');
});
