// A small reader around epub.js, as web shops and libraries build them: the contents beside one page.
'use strict';

const epub = ePub('/book.epub');
const view = epub.renderTo('page', {width: '100%', height: '100%', flow: 'paginated', spread: 'none'});
const list = document.querySelector('#contents');
const links = () => [...list.children];
let opened = Promise.resolve();

const show = (entries, level) => {
  for (const {label, href, subitems} of entries) {
    const link = Object.assign(document.createElement('a'), {textContent: label.trim(), href: '#'});
    link.className = ['', 'chapter', 'article'][level];
    link.dataset.level = level;
    link.onclick = () => { opened = view.display(href); return false; };
    list.append(link);
    show(subitems, level + 1);
  }
};

const begun = epub.loaded.navigation.then(({toc}) => { show(toc, 1); return view.display(); });

globalThis.book = {
  ready: () => begun,
  contents: () => links().map(link => [Number(link.dataset.level), link.textContent]),
  async open(at) {
    links()[at].click();
    await opened;
  },
  pages: () => epub.spine.length,
  turn: at => view.display(at),
  documents: () => view.getContents().map(({document}) => document),
  enlarge: percent => view.themes.fontSize(`${percent}%`),
  // What readers made with epub.js commonly do: two colours for the page, and nothing for its links.
  night() {
    view.themes.override('color', '#ddd');
    view.themes.override('background', '#111');
  },
};
