// What a reader shows of a book: measured in the documents it has laid out, in the same way for every reader.
'use strict';

const LEEWAY = 1;  // pixels: layout rounds
const EXCERPT = 40;  // characters that tell an editor where to look

/** The columns that a reader breaks a document into: where the first begins, how wide each is, how far the next is. */
const columnsOf = page => {
  const look = page.defaultView.getComputedStyle;
  const broken = [page.documentElement, page.body].find(box => look(box).columnWidth !== 'auto');
  const box = broken ?? page.body;
  const style = look(box);
  const [left, right, top, bottom] = ['Left', 'Right', 'Top', 'Bottom'].map(side => parseFloat(style[`padding${side}`]));
  const {x, y} = box.getBoundingClientRect();
  const width = box.clientWidth - left - right;
  const gap = parseFloat(style.columnGap) || 0;
  const count = broken ? Math.max(1, Math.floor((width + gap) / (parseFloat(style.columnWidth) + gap))) : 1;
  const step = (width + gap) / count;
  const floor = broken ? y + box.clientHeight - bottom : Infinity;
  return {start: x + left, step, width: step - gap, top: y + top, bottom: floor, paged: Boolean(broken)};
};

const textsOf = page => {
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode())
    if (walker.currentNode.data.trim() && walker.currentNode.parentElement.checkVisibility()) texts.push(walker.currentNode);
  return texts;
};

const rectanglesOf = node => {
  const range = node.ownerDocument.createRange();
  range.selectNodeContents(node);
  return [...range.getClientRects()].filter(({width, height}) => width && height);
};

/** Whether a piece of a line stands in one column; a line's box may be lower than the face's own height. */
const stands = ({start, step, width, top, bottom, paged}, piece, size) => {
  const column = paged ? Math.floor((piece.left - start + LEEWAY) / step) : 0;
  const left = start + column * step;
  const spare = Math.max(0, (piece.height - size) / 2) + LEEWAY;
  return piece.left >= left - LEEWAY && piece.right <= left + width + LEEWAY
    && piece.top >= top - spare && piece.bottom <= bottom + spare;
};

const excerpt = text => text.trim().slice(0, EXCERPT);

const clippedIn = page => {
  const columns = columnsOf(page);
  const sizeOf = node => parseFloat(page.defaultView.getComputedStyle(node.parentElement).fontSize);
  const texts = textsOf(page).filter(node => rectanglesOf(node).some(piece => !stands(columns, piece, sizeOf(node))));
  const pictures = [...page.images].filter(image => !stands(columns, image.getBoundingClientRect(), Infinity));
  const boxes = [...page.body.querySelectorAll('*')].filter(box =>
    page.defaultView.getComputedStyle(box).overflowX !== 'visible' && box.scrollWidth > box.clientWidth + LEEWAY);
  return [...texts.map(node => node.data), ...pictures.map(({src}) => src), ...boxes.map(box => box.textContent)]
    .map(excerpt);
};

const channels = colour => {
  const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
  return {rgb: [red, green, blue], alpha};
};

/** WCAG's relative luminance. */
const luminance = rgb => {
  const [red, green, blue] = rgb.map(part => part / 255).map(part =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

/** The paper of a document on which nothing is painted: white by day, whatever the reader's colour scheme says at night. */
const canvasOf = page => {
  const probe = page.createElement('div');
  probe.style.backgroundColor = 'Canvas';
  page.documentElement.append(probe);
  const colour = page.defaultView.getComputedStyle(probe).backgroundColor;
  probe.remove();
  return channels(colour).rgb;
};

const behind = element => {
  for (let box = element; box; box = box.parentElement) {
    const {rgb, alpha} = channels(box.ownerDocument.defaultView.getComputedStyle(box).backgroundColor);
    if (alpha > 0.5) return rgb;
  }
  return canvasOf(element.ownerDocument);
};

const contrast = element => {
  const {rgb} = channels(element.ownerDocument.defaultView.getComputedStyle(element).color);
  const [dark, light] = [luminance(rgb), luminance(behind(element))].sort((one, other) => one - other);
  return (light + 0.05) / (dark + 0.05);
};

const READABLE = 4.5;  // WCAG 2, level AA, for text of any size

const faintIn = page => textsOf(page).map(node => ({text: node.data, ratio: contrast(node.parentElement)}))
  .filter(({ratio}) => ratio < READABLE).map(({text, ratio}) => `${ratio.toFixed(1)}: ${excerpt(text)}`);

const onScreen = node => {
  const frame = node.ownerDocument.defaultView.frameElement.getBoundingClientRect();
  return rectanglesOf(node).some(({left, right, top, bottom}) =>
    frame.left + left < innerWidth && frame.left + right > 0 && frame.top + top < innerHeight && frame.top + bottom > 0);
};

// What our styles set in the middle; a reader that sets its own alignment on paragraphs must not pull it aside.
const MIDDLE = '.title-page p, .opener .number, hgroup p, p.byline, p.column';

const strayedIn = page => [...page.querySelectorAll(MIDDLE)]
  .filter(head => page.defaultView.getComputedStyle(head).textAlign !== 'center').map(head => excerpt(head.textContent));

/** All that the tests ask of the place at which a reader stands. */
const sightOf = documents => {
  const seen = documents.flatMap(textsOf).filter(onScreen);
  const headed = seen.filter(node => node.parentElement.closest('h1'));
  const joined = nodes => nodes.map(node => node.data).join('');
  return {
    words: joined(seen), chapter: joined(headed),
    clipped: documents.flatMap(clippedIn), faint: documents.flatMap(faintIn),
    strayed: documents.flatMap(strayedIn),
  };
};
