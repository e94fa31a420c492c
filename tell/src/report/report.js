// Reading needs none of this: n and p move between uncertain places, Esc hides what a mark says.
(() => {
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
