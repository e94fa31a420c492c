// Deciding: each offer of a page has parts in the clean text (i[data-e], with the other text in data-o) and marks (data-d).
// A list of decisions is what was decided, for `--apply`.
(() => {
  const bar = document.querySelector(".bar");
  if (!bar) return;
  const [AS_IS, CONFIRMED, REFUSED] = [0, 1, 2];
  const NAMES = ["", "yes", "no"];
  const words = JSON.parse(bar.dataset.words);
  const say = bar.querySelector("output");
  const undo = [];
  let chosen = null;

  // The text of a part of the page; signs of unseen characters are turned back into these.
  const textOf = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (!node.classList.contains("c")) return [...node.childNodes].map(textOf).join("");
    const sign = node.textContent;
    if (sign.startsWith("[U+")) return String.fromCodePoint(parseInt(sign.slice(3, -1), 16));
    return sign === "␡" ? "\x7f" : String.fromCodePoint(sign.codePointAt(0) - 0x2400);
  };

  const sections = [...document.querySelectorAll("main section")].flatMap((section) => {
    const script = section.querySelector("script[type='application/json']");
    if (!script) return [];
    const { head, offers, refused } = JSON.parse(script.textContent);
    const all = offers.map(([rule, source, end, line, kept, decided]) =>
      ({ rule, source, end, line, kept: !!kept, parts: [], marks: [], state: decided ? CONFIRMED : AS_IS }));
    for (const part of section.querySelectorAll("[data-e]")) {
      const text = textOf(part);
      all[part.dataset.e].parts.push({ part, text, html: part.innerHTML, other: part.dataset.o });
    }
    for (const mark of section.querySelectorAll("[data-d]")) {
      all[mark.dataset.d].marks.push(mark);
      mark.offer = all[mark.dataset.d];
    }
    return [{ section, head, refused, all }];
  });
  if (!sections.length) return;

  const show = (offer) => {
    for (const { part, html, other } of offer.parts) {
      if (offer.state === REFUSED) part.textContent = other;
      else part.innerHTML = html;
    }
    for (const mark of offer.marks) {
      mark.classList.toggle("yes", offer.state === CONFIRMED);
      mark.classList.toggle("no", offer.state === REFUSED);
    }
  };
  const count = () => sections.flatMap((s) => s.all).filter((offer) => offer.state !== AS_IS).length;
  const tell = () => {
    const state = chosen ? words.states[chosen.state] : words.none;
    say.textContent = `${state} ${words.count.replace("#", count())}`;
    for (const button of bar.querySelectorAll("button")) {
      const needs = { confirm: chosen, flip: chosen, undo: undo.length, save: true }[button.dataset.do];
      button.setAttribute("aria-disabled", String(!needs));
    }
  };
  const set = (offer, state, remember = true) => {
    if (remember) undo.push([offer, offer.state]);
    offer.state = state;
    show(offer);
    tell();
  };

  const record = (offer) => {
    const { rule, source, end, line, state, parts } = offer;
    const refused = state === REFUSED;
    const [text, other] = [parts.map((p) => p.text).join(""), parts.map((p) => p.other).join("")];
    return rule
      ? { kind: "edit", source, end, line, rule, keep: refused, proposed: false, seen: true, before: other, after: text }
      : { kind: "break", source, line, keep: offer.kept !== refused, proposed: offer.kept, seen: true };
  };
  const list = () => sections.map(({ head, refused, all }) => {
    const decided = all.filter((offer) => offer.state !== AS_IS).map(record).concat(refused);
    return [head, ...decided.map((one, n) => ({ place: n + 1, ...one }))].map((one) => JSON.stringify(one) + "\n").join("");
  }).join("");
  // Takes up a list again, where its places are still there.
  const restore = (text) => {
    const key = ({ rule, source, end }) => (rule ? `${rule} ${source} ${end}` : `break ${source}`);
    const made = new Map(text.split("\n").filter(Boolean).map((line) => JSON.parse(line)).map((one) => [key(one), one]));
    for (const offer of sections.flatMap((s) => s.all)) {
      const one = made.get(key(offer));
      if (!one) continue;
      offer.state = (offer.rule ? one.keep : one.keep !== offer.kept) ? REFUSED : CONFIRMED;
      show(offer);
    }
    tell();
  };
  const save = () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([list()], { type: "application/x-ndjson" }));
    link.download = "decisions.jsonl";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  const act = {
    confirm: () => chosen && set(chosen, chosen.state === CONFIRMED ? AS_IS : CONFIRMED),
    flip: () => chosen && set(chosen, chosen.state === REFUSED ? AS_IS : REFUSED),
    undo: () => {
      const last = undo.pop();
      if (last) set(last[0], last[1], false);
    },
    save,
  };
  // The boxes of these lines on the page of a layout.
  const lines = (all) => {
    for (const box of document.querySelectorAll(".box.here")) box.classList.remove("here");
    for (const line of all) document.querySelector(`.box[href="#${line.id}"]`)?.classList.add("here");
  };
  const choose = (mark) => {
    for (const other of document.querySelectorAll(".chosen")) other.classList.remove("chosen");
    chosen = mark.offer;
    for (const same of chosen.marks) same.classList.add("chosen");
    lines(chosen.marks.map((mark) => mark.closest(".l[id]")).filter(Boolean));
    tell();
  };
  for (const event of ["focusin", "click"]) {
    document.addEventListener(event, ({ target }) => {
      const box = target.closest && target.closest(".box");
      // Of the marks of a line the last one is its break.
      const line = box && document.getElementById(box.getAttribute("href").slice(1));
      const mark = line ? [...line.querySelectorAll("[data-d]")].at(-1) : target.closest && target.closest("[data-d]");
      if (mark && mark.offer) choose(mark);
    });
  }
  bar.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (button) act[button.dataset.do]();
  });
  const KEYS = { c: "confirm", x: "flip", u: "undo", s: "save" };
  document.addEventListener("keydown", (event) => {
    const keys = document.getElementById("keys");
    if (event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key] || !keys || !keys.checked) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target !== keys) return;
    act[KEYS[event.key]]();
    event.preventDefault();
  });
  for (const offer of sections.flatMap((s) => s.all)) if (offer.state !== AS_IS) show(offer);
  bar.hidden = false;
  tell();
  // For other scripts of the page, and for tests.
  document.qingyang = { list, restore, decided: count, texts: () => sections.map(({ section }) => [...section.querySelectorAll(".prf")].map(textOf).join("")) };
})();
