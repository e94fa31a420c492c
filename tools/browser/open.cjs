// Opens the Chromium of the system without a window, and what the scripts have in common.
const { readFileSync } = require("node:fs");
const { chromium } = require("playwright-core");

exports.open = (options = {}) => chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
  ...options,
});

// A linear congruential generator (Numerical Recipes): the same decisions each time.
exports.generator = (seed) => {
  let state = seed >>> 0;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
};

// What axe finds wrong on a page, in light and dark. `ready` waits until the page is there. The policy of the page would not let
// axe in.
exports.axe = async (browser, url, ready = async () => {}) => {
  const found = [];
  for (const colorScheme of ["light", "dark"]) {
    const page = await browser.newPage({ bypassCSP: true, colorScheme });
    await page.goto(url);
    await ready(page);
    await page.addScriptTag({ content: readFileSync(require.resolve("axe-core/axe.min.js"), "utf8") });
    const violations = await page.evaluate(async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
      .map((v) => `${v.id}: ${v.nodes.length}: ${v.nodes[0].html} ${v.nodes[0].failureSummary}`));
    found.push(...violations.map((violation) => `${colorScheme}: ${violation}`));
    await page.close();
  }
  return found;
};
