// foliate-js's own reader.html, as the tests use it: through its contents list, and its view for turning pages.
'use strict';

/** Each line of the reader's list of contents, with its level from 1. */
const linesOf = (list, level = 1) => [...list.children].flatMap(item => [
  {level, link: item.querySelector(':scope > a')},
  ...[...item.querySelectorAll(':scope > ol')].flatMap(inner => linesOf(inner, level + 1)),
]);
const lines = () => linesOf(document.querySelector('#toc-view > ol'));

const THROTTLE = 200;  // milliseconds; for 100 after it has turned a page foliate-js takes no order

let userStyle = '';

globalThis.book = {
  async ready() {
    await until(() => document.querySelector('#toc-view > ol') && globalThis.reader?.view?.lastLocation);
    await pause(THROTTLE);
    reader.view.addEventListener('load', ({detail: {doc}}) =>
      doc.head.append(Object.assign(doc.createElement('style'), {textContent: userStyle})));
  },
  contents: () => lines().map(({level, link}) => [level, link.textContent]),
  async open(at) {
    const shown = new Promise(done => reader.view.addEventListener('relocate', done, {once: true}));
    lines()[at].link.click();
    await shown;
  },
  pages: () => reader.view.book.sections.length,
  turn: at => reader.view.goTo(at),
  documents: () => reader.view.renderer.getContents().map(({doc}) => doc),
  // Foliate's own setting of the text's size comes to the same: a style of the reader's in every document.
  enlarge(percent) { userStyle = `html { font-size: ${percent}% }`; },
  night() {},  // it follows the system, which the tests set
};
