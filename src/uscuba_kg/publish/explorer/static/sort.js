// Tables whose heads sort them: each head becomes a button that says how it sorts.

"use strict";

const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;

// ``resort`` sorts what a table shows a part of: it gets the column, and whether down.
function sortable(table, resort) {
  if (table.querySelector(".sorter")) return;
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sorter";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      if (resort) return resort(column, down);
      const body = table.tBodies[0];
      const key = (row) => row.cells[column].dataset.sort ?? row.cells[column].textContent;
      const rows = [...body.rows].map((row) => [key(row), row]);
      rows.sort((a, b) => (a[0] === "") - (b[0] === "") || (down ? -1 : 1) * compare(a[0], b[0]));
      body.append(...rows.map(([, row]) => row));
    });
  });
}

const sortAll = () => document.querySelectorAll("table.sortable").forEach(sortable);
document.addEventListener("followed", sortAll);
sortAll();
