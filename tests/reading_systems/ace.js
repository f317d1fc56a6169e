// Ace over many books in one browser: `node ace.js PLACE BOOK…` writes PLACE/0/report.json and so on.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const {createRequire} = require('node:module');

const [installed, place, ...books] = process.argv.slice(2);
const load = createRequire(path.join(installed, 'package.json'));
const ace = load('@daisy/ace-core');
const puppeteer = load('puppeteer');

const AT_ONCE = 2;  // pages, as many as a machine that builds has processors

/**
 * Ace's own runner starts a browser for each book, opens a tab for each page, and sends it a megabyte of scripts: three
 * times the work. This one keeps browser and tabs; the scripts wait in the tab for the next page.
 */
const runner = {
  concurrency: AT_ONCE,
  idle: [],
  setTimeout() {},
  async launch() {},
  async close() {},
  async run(url, scripts) {
    const tab = this.idle.pop() ?? await this.open(scripts);
    await tab.goto(url);
    const found = await tab.evaluate(() => new Promise((done, fail) =>
      window.daisy.ace.run((error, result) => error ? fail(error) : done(result))));
    this.idle.push(tab);
    return found;
  },
  async open(scripts) {
    const tab = await this.browser.newPage();
    await tab.evaluateOnNewDocument(scripts.map(script => fs.readFileSync(script, 'utf8')).join(';\n'));
    return tab;
  },
};

const main = async () => {
  runner.browser = await puppeteer.launch({args: ['--no-sandbox', '--disable-gpu']});
  for (const [number, book] of books.entries())
    await ace(book, {cwd: '/', outdir: path.join(place, String(number)), silent: true, initLogger: true}, runner);
  await runner.browser.close();
};

main().catch(error => { console.error(error); process.exit(1); });
