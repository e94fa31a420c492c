// Looks at pages of a report: what axe finds wrong, and whether the keyboard alone decides.
//
//   node look.cjs PAGE.html…
//
// Writes one line of JSON for each page: violations, how often Tab was pressed until a mark was reached, the list and the text
// after one decision, and which line the first box of a layout leads to.
const { readFileSync } = require("node:fs");
const { pathToFileURL } = require("node:url");
const { axe, open } = require("./open.cjs");

// Tab, x and s, and nothing else.
const byKeys = async (page) => {
  const marks = await page.locator("[data-d][tabindex], a[data-d]").count();
  if (marks === 0) return {};
  let tabs = 0;
  do {
    await page.keyboard.press("Tab");
    tabs += 1;
  } while (tabs < 2000 && !(await page.evaluate(() => document.activeElement.dataset.d)));
  await page.keyboard.press("x");
  const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("s")]);
  const list = readFileSync(await download.path(), "utf8");
  return { tabs, list, text: await page.evaluate(() => document.qingyang.texts().join("")) };
};

// A click on each box of a layout leads to its line, and chooses what can be decided there.
const byBoxes = (page) => page.evaluate(() => [...document.querySelectorAll("a.box")].map((box) => {
  box.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
  const line = document.getElementById(location.hash.slice(1));
  const chosen = [...document.querySelectorAll(".chosen")].some((mark) => line && line.contains(mark));
  return [line ? Number(line.dataset.n) : null, chosen, box.classList.contains("here")];
}));

(async () => {
  const browser = await open();
  for (const file of process.argv.slice(2)) {
    const url = pathToFileURL(file).href;
    const violations = await axe(browser, url);
    const page = await browser.newPage();
    const faults = [];
    page.on("pageerror", (error) => faults.push(String(error)));
    page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
    await page.goto(url);
    const keys = await byKeys(page);
    const boxes = await byBoxes(page);
    console.log(JSON.stringify({ violations, faults, boxes, ...keys }));
    await page.close();
  }
  await browser.close();
})().catch((error) => {
  console.error(error);
  process.exit(1);
});
