// Opens the page of web/dist from a file server, gives it files, and tells what it makes of them.
//
//   node web.cjs DIST FILE…
//
// Writes one line of JSON for each file: its name, its text, and the same as the frame shows it; then a line with what axe finds
// wrong, with what the page asked for, and with faults.
const { createServer } = require("node:http");
const { readFileSync, existsSync } = require("node:fs");
const { join, basename, extname } = require("node:path");
const { open } = require("./open.cjs");

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm" };

(async () => {
  const [dist, ...files] = process.argv.slice(2);
  const server = createServer((request, response) => {
    const path = join(dist, basename(new URL(request.url, "http://localhost").pathname) || "index.html");
    if (!existsSync(path)) return response.writeHead(404).end();
    response.writeHead(200, { "Content-Type": TYPES[extname(path)] || "text/plain" }).end(readFileSync(path));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const root = `http://127.0.0.1:${server.address().port}/`;
  const browser = await open();
  const page = await browser.newPage({ viewport: { width: 320, height: 900 } });
  const [faults, asked] = [[], new Set()];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("request", (request) => asked.add(new URL(request.url()).protocol + new URL(request.url()).host));
  await page.goto(`${root}?lang=en`);
  await page.waitForSelector("body[data-ready]", { timeout: 120000 });
  await page.setInputFiles("#file", files);
  await page.waitForSelector("body[data-done='1']", { timeout: 120000 });
  for (let n = 0; n < files.length; n++) {
    const name = await page.selectOption("#which", String(n)).then(() => page.locator("#which option").nth(n).textContent());
    await page.waitForFunction((name) => document.getElementById("report").contentDocument?.querySelector("h1")?.textContent === name, name.replace(/ \(.*/, ""), { timeout: 60000 });
    const shown = await page.evaluate(() => document.getElementById("report").contentDocument.qingyang?.texts().join("") ?? null);
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("[data-save=txt]")]);
    console.log(JSON.stringify({ name, text: readFileSync(await download.path(), "utf8"), shown }));
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  const plain = await browser.newPage({ bypassCSP: true });
  await plain.goto(`${root}?lang=zh`);
  await plain.waitForSelector("body[data-ready]", { timeout: 120000 });
  await plain.addScriptTag({ content: readFileSync(require.resolve("axe-core/axe.min.js"), "utf8") });
  const violations = await plain.evaluate(async () => (await axe.run(document)).violations.map((v) => `${v.id}: ${v.nodes[0].html}`));
  console.log(JSON.stringify({ violations, asked: [...asked], faults, wide }));
  await browser.close();
  server.close();
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
