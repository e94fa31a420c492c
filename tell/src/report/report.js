// Reading needs none of this: n and p move between uncertain places, Esc hides what a mark says.
(() => {
  // The pages of a batch name the rule of an edit; the table of rules says what it does.
  const reasons = new Map([...document.querySelectorAll(".rules tbody tr")].map((row) => [row.cells[0].textContent, row.cells[2].textContent]));
  for (const mark of document.querySelectorAll("[data-r]")) {
    const [name, rule] = [mark.dataset.t === undefined ? "aria-description" : "data-t", mark.dataset.r];
    mark.setAttribute(name, `${mark.getAttribute(name)} ${rule}: ${reasons.get(rule) || ""}`);
  }
  // The pages before and behind this one, in the order of the files.
  const up = document.querySelector("nav.up a");
  if (up && document.order) {
    const root = new URL(".", up.href);
    const here = document.order.findIndex((page) => new URL(page, root).pathname === location.pathname);
    for (const [name, step] of [["prev", -1], ["next", 1]]) {
      const page = here < 0 ? undefined : document.order[here + step];
      const link = document.querySelector(`nav.up .${name}`);
      if (page) { link.href = new URL(page, root).href; link.rel = name; link.hidden = false; }
    }
  }
  // In a frame without an address of its own a link to a place of the page would lead to the page around it.
  if (location.protocol === "about:") {
    document.addEventListener("click", (event) => {
      const link = event.target.closest && event.target.closest("a[href^='#']");
      if (!link) return;
      event.preventDefault();
      const place = document.getElementById(link.getAttribute("href").slice(1));
      if (!place) return;
      for (let fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
      place.focus();
      place.scrollIntoView({ block: "center" });
    });
  }
  const places = [...document.querySelectorAll("main a.u[id]")];
  const show = document.documentElement.classList;
  for (const event of ["focusin", "mouseover"]) document.addEventListener(event, () => show.remove("hush"));
  const after = (here, there) => here.compareDocumentPosition(there) & Node.DOCUMENT_POSITION_FOLLOWING;
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return show.add("hush");
    if (event.ctrlKey || event.metaKey || event.altKey || !places.length) return;
    const on = document.getElementById("keys");
    if (!on || !on.checked || (event.key !== "n" && event.key !== "p")) return;
    const here = document.activeElement || document.body;
    const next = event.key === "n"
      ? here === document.body ? places[0] : places.find((place) => after(here, place)) || places[0]
      : here === document.body ? places.at(-1) : places.findLast((place) => after(place, here)) || places.at(-1);
    next.focus();
    next.scrollIntoView({ block: "center" });
    event.preventDefault();
  });
})();
