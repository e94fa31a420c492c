// Opens reports in headless Chromium: axe-core in both schemes and at 400 % zoom, no request to any network, no
// sideways scrolling, n and p move from one uncertain place to the next, and the time until all is loaded. With a
// second argument it leaves screenshots in that folder.
//
//   npm install --prefix /tmp/report-check axe-core puppeteer-core
//   qingyang page.txt --report /tmp/page.html -o /tmp/page.txt
//   NODE_PATH=/tmp/report-check/node_modules node tools/report-check/check.mjs /tmp/page.html /tmp/shots
//
// CHROMIUM names the browser (default /usr/bin/chromium). Status 1 where something is wrong. Not part of cargo test.
import { createRequire } from "node:module";
import { readFileSync, mkdtempSync, mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(join(process.env.NODE_PATH ?? "/tmp/report-check/node_modules", "x.js"));
const puppeteer = require("puppeteer-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const [file, shots] = process.argv.slice(2);
if (!file) {
  console.error("usage: check.mjs REPORT.html [SCREENSHOT_FOLDER]");
  process.exit(2);
}
if (shots) mkdirSync(shots, { recursive: true });
const profile = mkdtempSync(join(tmpdir(), "report-check-"));
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  userDataDir: profile,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
// axe takes minutes beyond so many elements.
const AXE_ELEMENTS = 20000;
let bad = 0;
const wrong = (said) => { bad += 1; console.log("WRONG " + said); };
// 1280 px at 400 % zoom is 320 px wide and 256 px high.
const views = [["light", 1280, 900, 1], ["dark", 1280, 900, 1], ["light", 320, 256, 2], ["dark", 320, 256, 2]];
for (const [scheme, width, height, deviceScaleFactor] of views) {
  const page = await browser.newPage();
  await page.setBypassCSP(true); // for axe only; the page has its own policy
  await page.setViewport({ width, height, deviceScaleFactor });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  page.on("request", (r) => { if (!r.url().startsWith("file:")) wrong(`asks for ${r.url()}`); });
  page.on("pageerror", (e) => wrong(String(e)));
  const name = `${scheme} ${width} px`;
  const from = Date.now();
  await page.goto(pathToFileURL(resolve(file)).href, { waitUntil: "load", timeout: 120000 });
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  const seconds = (Date.now() - from) / 1000;
  if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) wrong(`${name}: scrolls sideways`);
  const places = await page.evaluate(() => document.querySelectorAll("main .row a.u").length);
  if (shots) await page.screenshot({ path: join(shots, `${scheme}-${width}.png`) });
  if (places > 0) {
    const at = () => page.evaluate(() => [...document.querySelectorAll("main .row a.u")].indexOf(document.activeElement));
    const seen = [];
    for (const key of ["n", "n", "p", "p"]) { await page.keyboard.press(key); seen.push(await at()); }
    const want = [0, 1 % places, 0, places - 1];
    if (String(seen) !== String(want)) wrong(`${name}: n n p p go to ${seen}, not ${want}`);
    await page.keyboard.press("n");
    if (shots) await page.screenshot({ path: join(shots, `${scheme}-${width}-place.png`) });
  }
  const elements = await page.evaluate(() => document.querySelectorAll("*").length);
  const told = `${name}: loaded in ${seconds.toFixed(2)} s, ${elements} elements, ${places} uncertain places`;
  if (elements > AXE_ELEMENTS) {
    console.log(`${told}, too long for axe: check a shorter page`);
    await page.close();
    continue;
  }
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  for (const v of violations) {
    wrong(`${name}: ${v.id} (${v.impact}): ${v.help}: ${v.nodes.length} nodes, first ${v.nodes[0].html.slice(0, 300)}`);
    console.log("  " + v.nodes[0].failureSummary?.replaceAll("\n", "\n  "));
  }
  console.log(`${told}, axe: ${passes.length} rules passed, ${violations.length} violated`);
  await page.close();
}
await browser.close();
rmSync(profile, { recursive: true, force: true });
process.exit(bad ? 1 : 0);
