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
  const wasm = wasm_bindgen;

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
    $("version").textContent = `qingyang ${wasm.version()}.`;
  };
  $("language").addEventListener("click", () => {
    language = language === "zh" ? "en" : "zh";
    speak();
    if (inputs.length) run();
  });

  let inputs = [];
  let results = [];
  // The file whose report is in the frame, the document that was there before, and whether its decisions are in it.
  let [shown, before, restored] = [null, null, false];
  const options = () => {
    const form = $("input");
    return JSON.stringify({
      furniture: form.furniture.checked ? "drop" : "keep",
      blank_lines: form.blank_lines.checked,
      split: form.split.checked ? "sentence" : "unit",
      cjk_latin_space: form.cjk_latin_space.checked ? "one" : "none",
    });
  };

  // Takes the files in anew. What was decided in a file stays, where its places are still there.
  const run = () => {
    const words = WORDS[language];
    keep();
    const lists = new Map(results.map((result) => [result.name, result.list]));
    $("status").textContent = words.busy;
    // The browser shows the line before the work begins.
    setTimeout(() => {
      const chosen = options();
      results = inputs.map(({ name, bytes, fresh }) => ({
        name, bytes, options: chosen, list: (!fresh && lists.get(name)) || "", ...JSON.parse(wasm.show(name, bytes, chosen, language)),
      }));
      for (const input of inputs) input.fresh = false;
      const failed = results.filter((result) => result.error);
      $("status").textContent = [words.done(results.length - failed.length, failed.length), ...failed.map((r) => `${r.name}: ${r.error}`)].join(" ");
      $("status").classList.toggle("failed", failed.length > 0);
      $("which").replaceChildren(...good().map((result, n) => new Option(result.name + words.uncertain(result.uncertain), n)));
      $("results").hidden = good().length === 0;
      if (good().length) show();
      document.body.dataset.done = String(Number(document.body.dataset.done || 0) + 1);
    });
  };
  const good = () => results.filter((result) => !result.error);
  const show = () => {
    [shown, before, restored] = [good()[$("which").selectedIndex], $("report").contentDocument, false];
    $("report").srcdoc = shown.report;
  };
  // The report in the frame, with what was decided in it before; nothing while it is loading.
  const report = () => {
    const page = $("report").contentDocument;
    if (!shown || !page || page === before || !page.qingyang) return null;
    if (!restored) page.qingyang.restore(shown.list);
    restored = true;
    return page.qingyang;
  };
  $("report").addEventListener("load", report);
  // Keeps what was decided in the frame.
  const keep = () => {
    const page = report();
    if (page) shown.list = page.decided() ? page.list() : "";
  };
  $("which").addEventListener("change", () => { keep(); show(); });

  // A file in all formats, with what was decided.
  const saved = ({ name, bytes, options, list }) => JSON.parse(wasm.save(name, bytes, options, list));
  // One table of all articles. The files have the same head.
  const rows = (table) => table.slice(table.indexOf("\r\n") + 2);
  const table = () => "\ufeff" + good().map((result, n) => (n ? rows(saved(result).table) : saved(result).table)).join("");
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
      keep();
      const [kind, one] = [button.dataset.save, good()[$("which").selectedIndex]];
      if (kind === "zip") {
        const files = good().flatMap((result) => {
          const { text, markdown } = saved(result);
          return [[`${bare(result.name)}.txt`, text], [`${bare(result.name)}.md`, markdown]];
        });
        return save("qingyang.zip", zip(files));
      }
      const text = { txt: () => saved(one).text, md: () => saved(one).markdown, json: () => saved(one).json, csv: table }[kind]();
      save(`${kind === "csv" ? "articles" : bare(one.name).split("/").pop()}.${kind}`, new Blob([text], { type: "text/plain" }));
    });
  }

  const take = async (files) => {
    const list = [...files].filter((file) => !file.name.startsWith("."));
    inputs = await Promise.all(list.map(async (file) => ({
      name: file.webkitRelativePath || file.name,
      bytes: new Uint8Array(await file.arrayBuffer()),
      fresh: true,
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
    if (text) inputs = [{ name: `${WORDS[language].pasted}.txt`, bytes: new TextEncoder().encode(text), fresh: true }];
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
  // The worker keeps the files of the site, so that the page opens without a network.
  if (navigator.serviceWorker) navigator.serviceWorker.register("worker.js").catch(() => {});
  document.body.dataset.ready = wasm.version();
})();
