// Takes the picture of a report for the README: figures, list of places, and what is said of the first place.
//
//   target/release/qingyang fixtures/headlines-painted-glyph-by-glyph-on-four-stories/raw.txt --uncertain 0.99 \
//     --report /tmp/page.html -o /tmp/page.txt
//   NODE_PATH=/tmp/report-check/node_modules node tools/report-check/picture.mjs /tmp/page.html /tmp/report.png
//   convert /tmp/report.png -colors 96 docs/report.png
import { createRequire } from "node:module";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(join(process.env.NODE_PATH ?? "/tmp/report-check/node_modules", "x.js"));
const puppeteer = require("puppeteer-core");
const [file, picture] = process.argv.slice(2);
const profile = mkdtempSync(join(tmpdir(), "report-picture-"));
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  userDataDir: profile,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
const page = await browser.newPage();
await page.setViewport({ width: 1280, height: 1010 });
await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "light" }]);
await page.goto(pathToFileURL(resolve(file)).href);
await page.keyboard.press("n"); // what is said of the first uncertain place
await page.evaluate(() => scrollTo(0, 0));
await page.screenshot({ path: picture });
await browser.close();
rmSync(profile, { recursive: true, force: true });
