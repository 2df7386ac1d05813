// Opens pages in headless Chromium: nothing on the console, no request leaves,
// axe finds nothing serious, no table of digits is cut off, what is printed is
// light, and a screenshot of each in both colour schemes.
//
//   node browser.js CHROMIUM FOLDER PAGE.html...
'use strict';
const fs = require('fs');
const path = require('path');
const puppeteer = require('puppeteer-core');

const [chromium, folder, ...pages] = process.argv.slice(2);
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

async function look(browser, file, width, scheme) {
  const page = await browser.newPage();
  const faults = [];
  await page.setBypassCSP(true);  // for axe alone, which is put into the page
  page.on('console', (m) => faults.push(`console: ${m.text()}`));
  page.on('pageerror', (e) => faults.push(`error: ${e}`));
  page.on('request', (r) => {
    if (!r.url().startsWith('file://' + path.resolve(file))) {
      faults.push(`request: ${r.url().slice(0, 100)}`);
    }
  });
  await page.setViewport({width, height: 900});
  await page.emulateMediaFeatures(
      [{name: 'prefers-color-scheme', value: scheme}]);
  await page.goto('file://' + path.resolve(file), {waitUntil: 'load'});
  const size = await page.evaluate(() => document.documentElement.scrollWidth);
  if (size > width) faults.push(`${size} wide on a screen of ${width}`);
  // Names from outside may be long, and then scroll; a card's tables are words.
  const cut = await page.evaluate(
      () => [...document.querySelectorAll('.wide')]
                .filter((box) => box.scrollWidth > box.clientWidth)
                .map((box) => `${box.getAttribute('aria-label')}: ` +
                         `${box.scrollWidth} in ${box.clientWidth}`));
  if (!path.basename(file).startsWith('hostile')) {
    faults.push(...cut.map((c) => `table is cut off: ${c}`));
  }
  const name = `${path.basename(file, '.html')}-${width}-${scheme}.png`;
  await page.screenshot({path: path.join(folder, name), fullPage: true});
  // Both at once: either of puppeteer's calls takes the other back.
  const session = await page.createCDPSession();
  const emulate = (media) => session.send('Emulation.setEmulatedMedia', {
    media, features: [{name: 'prefers-color-scheme', value: scheme}],
  });
  await emulate('print');
  const printed = await page.evaluate(() => {
    const style = getComputedStyle(document.body);
    return [style.backgroundColor, style.color].join(' on ');
  });
  if (printed !== 'rgb(255, 255, 255) on rgb(27, 31, 36)') {
    faults.push(`prints as ${printed}`);
  }
  await emulate('screen');
  await page.evaluate(axe);
  const found = await page.evaluate(() => axe.run());
  for (const v of found.violations) {
    if (v.impact === 'serious' || v.impact === 'critical') {
      faults.push(`axe: ${v.id}: ${v.nodes[0].html.slice(0, 200)}`);
    }
  }
  await page.close();
  return faults.map((f) => `${name}: ${f}`);
}

(async () => {
  const browser = await puppeteer.launch({
    executablePath: chromium, headless: true,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const faults = [];
  for (const file of pages) {
    for (const width of [390, 1280]) {
      for (const scheme of ['light', 'dark']) {
        faults.push(...await look(browser, file, width, scheme));
      }
    }
  }
  await browser.close();
  console.log(faults.join('\n') || 'nothing to complain of');
  process.exit(faults.length === 0 ? 0 : 1);
})();
