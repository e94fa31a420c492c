// Decides on pages of a report as a person would, by keys and by clicks, and tells what the page shows then.
//
//   node decide.cjs SEED PAGE.html…
//
// Writes one line of JSON for each page: its text as it is shown, the list that "save decisions" downloads, and how many
// decisions of each kind it has. SEED chooses what is decided.
const { readFileSync } = require("node:fs");
const { pathToFileURL } = require("node:url");
const { generator, open } = require("./open.cjs");

const decide = async (page, random) => {
  const marks = page.locator("[data-d]");
  const count = await marks.count();
  for (let n = 0; n < count; n++) {
    if (random(2) === 0) continue;
    const how = random(10);
    const mark = marks.nth(n);
    await mark.evaluate((element) => {
      element.tabIndex = element.tabIndex < 0 ? -1 : element.tabIndex;
      element.scrollIntoView({ block: "center" });
    });
    if (how < 2) {
      await mark.dispatchEvent("click");
      await page.locator(`.bar [data-do=${how ? "flip" : "confirm"}]`).click();
    } else {
      await mark.dispatchEvent("focusin");
      await page.keyboard.press(how < 8 ? "x" : "c");
    }
    if (random(8) === 0) await page.keyboard.press("u");
  }
};

(async () => {
  const [seed, ...files] = process.argv.slice(2);
  const browser = await open();
  for (const [n, file] of files.entries()) {
    const context = await browser.newContext({ acceptDownloads: true });
    const page = await context.newPage();
    const faults = [];
    page.on("pageerror", (error) => faults.push(String(error)));
    page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
    await page.goto(pathToFileURL(file).href);
    await decide(page, generator(Number(seed) + n));
    const texts = await page.evaluate(() => document.qingyang ? document.qingyang.texts() : null);
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator(".bar [data-do=save]").click()]);
    const list = readFileSync(await download.path(), "utf8");
    console.log(JSON.stringify({ text: texts.join(""), list, faults }));
    await context.close();
  }
  await browser.close();
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
