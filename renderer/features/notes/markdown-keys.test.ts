import { describe, expect, it } from 'vitest';
import { continueList, prefixLine, wrap } from './markdown-keys.ts';

describe('continueList', () => {
  it.each([
    ['- milk', '- milk\n- '],
    ['  * deep', '  * deep\n  * '],
    ['3. three', '3. three\n4. '],
    ['- [x] done', '- [x] done\n- [ ] '],
  ])('goes on after %j', (text, expected) => {
    const edit = continueList(text, text.length);
    expect(edit).toEqual({ text: expected, start: expected.length, end: expected.length });
  });

  it('ends the list in an empty item', () => {
    expect(continueList('- a\n- ', 6)).toEqual({ text: '- a\n', start: 4, end: 4 });
  });

  it.each(['plain', '# heading', '-no space'])('leaves %j to the browser', (text) => {
    expect(continueList(text, text.length)).toBeNull();
  });
});

describe('wrap', () => {
  it('marks the selection and takes the marks away again', () => {
    const once = wrap('say bold now', 4, 8, '**');
    expect(once).toEqual({ text: 'say **bold** now', start: 6, end: 10 });
    expect(wrap(once.text, once.start, once.end, '**')).toEqual({ text: 'say bold now', start: 4, end: 8 });
  });
});

describe('prefixLine', () => {
  it('starts the line of the caret with a mark, and takes it away again', () => {
    const once = prefixLine('one\ntwo', 5, '- [ ] ');
    expect(once).toEqual({ text: 'one\n- [ ] two', start: 11, end: 11 });
    expect(prefixLine(once.text, once.start, '- [ ] ').text).toBe('one\ntwo');
  });
});
