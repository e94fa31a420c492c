// The page: files come in, the library cleans them, and the report of each is shown in a frame, where it can be decided.
(async () => {
  const $ = (id) => document.getElementById(id);
  try {
    await wasm_bindgen({ module_or_path: "qingyang_web_bg.wasm" });
  } catch (error) {
    // A browser reads no other file beside a page that it opened from a disk.
    $("status").textContent = `${WORDS.zh.served} ${WORDS.en.served} (${error.message})`;
    $("status").classList.add("failed");
    return;
  }
  const { clean, version } = wasm_bindgen;

  // Language: the choice of before, else that of the browser.
  const asked = new URLSearchParams(location.search).get("lang") || navigator.language;
  let language = asked.startsWith("zh") ? "zh" : "en";
  const speak = () => {
    const words = WORDS[language];
    document.documentElement.lang = language === "zh" ? "zh-Hans" : "en";
    document.title = words.title;
    for (const element of document.querySelectorAll("[data-w]")) element.textContent = words[element.dataset.w];
    $("language").textContent = words.other;
    $("language").lang = language === "zh" ? "en" : "zh-Hans";
    $("report").title = words.report;
    $("version").textContent = `qingyang ${version()}.`;
  };
  $("language").addEventListener("click", () => {
    language = language === "zh" ? "en" : "zh";
    speak();
    if (inputs.length) run();
  });

  let inputs = [];
  let results = [];
  const options = () => {
    const form = $("input");
    return JSON.stringify({
      furniture: form.furniture.checked ? "drop" : "keep",
      blank_lines: form.blank_lines.checked,
      split: form.split.checked ? "sentence" : "unit",
      cjk_latin_space: form.cjk_latin_space.checked ? "one" : "none",
    });
  };

  const run = () => {
    const words = WORDS[language];
    $("status").textContent = words.busy;
    // The browser shows the line before the work begins.
    setTimeout(() => {
      results = inputs.map(({ name, bytes }) => ({ name, ...JSON.parse(clean(name, bytes, options(), language)) }));
      const failed = results.filter((result) => result.error);
      $("status").textContent = [words.done(results.length - failed.length, failed.length), ...failed.map((r) => `${r.name}: ${r.error}`)].join(" ");
      $("status").classList.toggle("failed", failed.length > 0);
      const good = results.filter((result) => !result.error);
      $("which").replaceChildren(...good.map((result, n) => new Option(result.name + words.uncertain(result.uncertain), n)));
      $("results").hidden = good.length === 0;
      if (good.length) show();
      document.body.dataset.done = String(Number(document.body.dataset.done || 0) + 1);
    });
  };
  const chosen = () => results.filter((result) => !result.error)[$("which").selectedIndex];
  const show = () => { $("report").srcdoc = chosen().report; };
  $("which").addEventListener("change", show);

  // The text as it is shown: with what was decided in the frame.
  const decided = () => {
    const page = $("report").contentDocument;
    return page && page.qingyang ? page.qingyang.texts().join("") : chosen().text;
  };
  const cell = (text) => `"${String(text ?? "").replaceAll('"', '""').replace(/^[=+\-@\t\r]/, "'$&")}"`;
  const table = () => {
    const rows = results.filter((result) => !result.error).flatMap((result) => JSON.parse(result.json).pages.flatMap((page) =>
      page.articles.map((article) => {
        const units = new Map(page.units.map((unit) => [unit.id, unit]));
        const text = article.body.map((id) => units.get(id)).filter((unit) => unit && unit.role !== "byline").map((unit) => unit.text);
        return [result.name, page.page.date, article.kicker, article.title, article.deck, article.byline, text.join("\n")];
      })));
    const head = ["input", "date", "kicker", "headline", "deck", "byline", "text"];
    return "\ufeff" + [head, ...rows].map((row) => row.map(cell).join(",") + "\r\n").join("");
  };
  const save = (name, blob) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  const bare = (name) => name.replace(/\.[^./]*$/, "");
  for (const button of document.querySelectorAll("[data-save]")) {
    button.addEventListener("click", () => {
      const [kind, one] = [button.dataset.save, chosen()];
      if (kind === "zip") {
        const good = results.filter((result) => !result.error);
        return save("qingyang.zip", zip(good.flatMap((r) => [[`${bare(r.name)}.txt`, r === one ? decided() : r.text], [`${bare(r.name)}.md`, r.markdown]])));
      }
      const text = { txt: decided, md: () => one.markdown, json: () => one.json, csv: table }[kind]();
      save(`${kind === "csv" ? "articles" : bare(one.name).split("/").pop()}.${kind}`, new Blob([text], { type: "text/plain" }));
    });
  }

  const take = async (files) => {
    const list = [...files].filter((file) => !file.name.startsWith("."));
    inputs = await Promise.all(list.map(async (file) => ({
      name: file.webkitRelativePath || file.name,
      bytes: new Uint8Array(await file.arrayBuffer()),
    })));
    inputs.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
    if (inputs.length) run();
  };
  for (const [button, input] of [["files", "file"], ["folder", "tree"]]) {
    $(button).addEventListener("click", () => $(input).click());
    $(input).addEventListener("change", () => take($(input).files));
  }
  $("input").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = $("text").value;
    if (text) inputs = [{ name: `${WORDS[language].pasted}.txt`, bytes: new TextEncoder().encode(text) }];
    if (inputs.length) run();
  });
  $("input").addEventListener("change", (event) => { if (event.target.type === "checkbox" && inputs.length) run(); });

  // A folder that is dropped is walked.
  const walk = async (entry, path = "") => {
    if (entry.isFile) {
      const file = await new Promise((done, fail) => entry.file(done, fail));
      Object.defineProperty(file, "webkitRelativePath", { value: path + file.name });
      return [file];
    }
    const reader = entry.createReader();
    const files = [];
    for (;;) {
      const entries = await new Promise((done, fail) => reader.readEntries(done, fail));
      if (!entries.length) return files;
      for (const one of entries) files.push(...await walk(one, `${path}${entry.name}/`));
    }
  };
  addEventListener("dragover", (event) => { event.preventDefault(); document.body.classList.add("over"); });
  addEventListener("dragleave", () => document.body.classList.remove("over"));
  addEventListener("drop", async (event) => {
    event.preventDefault();
    document.body.classList.remove("over");
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
    const files = entries.length ? (await Promise.all(entries.map((entry) => walk(entry)))).flat() : event.dataTransfer.files;
    take(files);
  });
  speak();
  document.body.dataset.ready = version();
})();
