// Opens the Chromium of the system without a window.
const { chromium } = require("playwright-core");

exports.open = (options = {}) => chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
  ...options,
});
