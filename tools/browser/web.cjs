// Opens the page of web/dist from a file server, gives it files, decides in their reports, and tells what it saves.
//
//   node web.cjs DIST FILE…
//
// Writes one line of JSON for each file: its name, its text as the frame shows it before and after the decisions, the list of
// these, and what is saved of it; then a line with the table and the archive of all, with what axe finds wrong, with what the page
// asked for, with faults, and with what the page gives when the server is gone.
const { createServer } = require("node:http");
const { readFileSync, existsSync } = require("node:fs");
const { join, basename, extname } = require("node:path");
const { axe, generator, open } = require("./open.cjs");

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm" };
const LONG = { timeout: 120000 };

const serve = (dist) => new Promise((done) => {
  const server = createServer((request, response) => {
    const path = join(dist, basename(new URL(request.url, "http://localhost").pathname) || "index.html");
    if (!existsSync(path)) return response.writeHead(404).end();
    response.writeHead(200, { "Content-Type": TYPES[extname(path)] || "text/plain" }).end(readFileSync(path));
  });
  server.listen(0, "127.0.0.1", () => done(server));
});

const saved = async (page, kind) => {
  const [download] = await Promise.all([page.waitForEvent("download"), page.click(`[data-save=${kind}]`)]);
  return readFileSync(await download.path());
};

// The files of an archive that are stored as they are.
const unzipped = (bytes) => {
  const files = {};
  for (let at = 0; bytes.readUInt32LE(at) === 0x04034b50;) {
    const [size, name] = [bytes.readUInt32LE(at + 18), bytes.readUInt16LE(at + 26)];
    const from = at + 30 + name;
    files[bytes.subarray(at + 30, from).toString()] = bytes.subarray(from, from + size).toString();
    at = from + size;
  }
  return files;
};

// Gives the files to the page, and waits until they are cleaned.
const give = async (page, files) => {
  const before = Number(await page.evaluate(() => document.body.dataset.done || 0));
  await page.setInputFiles("#file", files);
  await page.waitForFunction((n) => document.body.dataset.done === String(n), before + 1, LONG);
};

// Shows a file, and waits until its report is in the frame.
const choose = async (page, n) => {
  await page.selectOption("#which", String(n));
  const option = await page.locator("#which option").nth(n).textContent();
  const name = option.replace(/ \(.*/, "");
  const is = (name) => document.getElementById("report").contentDocument?.querySelector("h1")?.textContent === name;
  await page.waitForFunction(is, name, LONG);
  await page.waitForFunction(() => document.getElementById("report").contentDocument.readyState === "complete", undefined, LONG);
  return name;
};
const shown = (page) => page.evaluate(() => document.getElementById("report").contentDocument.qingyang?.texts().join("") ?? null);

// Decides about a third of the marks in the frame.
const decide = (page, random) => page.evaluate((drawn) => {
  const frame = document.getElementById("report").contentDocument;
  for (const [n, mark] of [...frame.querySelectorAll("[data-d]")].entries()) {
    const key = ["x", "c"][drawn[n % drawn.length]];
    if (!key) continue;
    mark.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
    frame.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  }
  return frame.qingyang.list();
}, Array.from({ length: 101 }, () => random(6)));

(async () => {
  const [dist, ...files] = process.argv.slice(2);
  const server = await serve(dist);
  const root = `http://127.0.0.1:${server.address().port}/`;
  const browser = await open();
  const context = await browser.newContext({ viewport: { width: 320, height: 900 } });
  const page = await context.newPage();
  const [faults, asked] = [[], new Set()];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("request", (request) => asked.add(new URL(request.url()).protocol + new URL(request.url()).host));
  await page.goto(`${root}?lang=en`);
  await page.waitForSelector("body[data-ready]", LONG);
  await give(page, files);
  const random = generator(18);
  for (let n = 0; n < files.length; n++) {
    const name = await choose(page, n);
    const plain = await shown(page);
    const list = await decide(page, random);
    const record = { name, plain, list, shown: await shown(page) };
    for (const kind of ["txt", "md", "json"]) record[kind] = (await saved(page, kind)).toString();
    console.log(JSON.stringify(record));
  }
  // The reports of the other files are not in the frame any more.
  const [table, archive] = [(await saved(page, "csv")).toString(), unzipped(await saved(page, "zip"))];
  await choose(page, 0);
  const again = await shown(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  const violations = await axe(browser, `${root}?lang=zh`, (page) => page.waitForSelector("body[data-ready]", LONG));

  await page.evaluate(() => navigator.serviceWorker.ready);
  const caches = await page.evaluate(() => caches.keys());
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await context.setOffline(true);
  await page.reload();
  await page.waitForSelector("body[data-ready]", LONG);
  await give(page, files.slice(0, 1));
  await choose(page, 0);
  const offline = (await saved(page, "txt")).toString();
  console.log(JSON.stringify({ table, archive, again, violations, asked: [...asked], faults, wide, caches, offline }));
  await browser.close();
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
