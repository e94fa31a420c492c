// The index of a batch: sorting, searching, filtering, and the plot that leads to the pages. The list reads without it.
(() => {
  const table = document.querySelector("table.files");
  if (!table) return;
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const tools = document.querySelector(".tools");
  const found = tools.querySelector("output");
  const search = tools.querySelector("input[type=search]");
  const boxes = [...tools.querySelectorAll("input[type=checkbox]")];

  const filter = () => {
    const words = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const kinds = boxes.filter((box) => box.checked).map((box) => box.value);
    let shown = 0;
    for (const row of rows) {
      const name = row.cells[0].textContent.toLowerCase();
      const has = (row.dataset.k || "").split(" ");
      row.hidden = !words.every((word) => name.includes(word)) || kinds.length > 0 && !kinds.some((kind) => has.includes(kind));
      shown += row.hidden ? 0 : 1;
    }
    found.textContent = found.dataset.words.replace("#", shown);
  };
  search.addEventListener("input", filter);
  boxes.forEach((box) => box.addEventListener("change", filter));

  const value = (row, column) => {
    const text = row.cells[column] ? row.cells[column].textContent : "";
    const number = parseFloat(text.replace(/[^\d.]/g, ""));
    return column === 0 || Number.isNaN(number) ? text : number;
  };
  const compare = (a, b) => typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), undefined, { numeric: true });
  for (const [column, head] of [...table.tHead.rows[0].cells].entries()) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "descending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "ascending" : "descending");
      const sign = down ? 1 : -1;
      rows.sort((a, b) => sign * compare(value(a, column), value(b, column)));
      body.append(...rows);
    });
  }

  // A bar of the plot is a page in the order of the walk.
  const plot = document.querySelector("svg.plot");
  if (plot) {
    const order = rows.filter((row) => row.dataset.n).sort((a, b) => a.dataset.n - b.dataset.n);
    plot.addEventListener("click", (event) => {
      const box = plot.getBoundingClientRect();
      const row = order[Math.floor((event.clientX - box.left) / box.width * order.length)];
      const link = row && row.querySelector("a");
      if (link) location.href = link.href;
    });
  }
  tools.hidden = false;
  filter();
})();
