// The network with pointer and keys: whoever is pointed at keeps the lines to those that were met.

"use strict";

function only(event) {
  const on = event.type === "pointerover" || event.type === "focusin";
  const picture = event.target.closest?.("svg.network");
  if (!picture) return;
  const node = event.target.closest("[data-node]")?.dataset.node;
  picture.classList.toggle("pointed", on && Boolean(node));
  const near = new Set([node]);
  for (const line of picture.querySelectorAll("line[data-ends]")) {
    const ends = line.dataset.ends.split(" ");
    const lit = ends.includes(node);
    line.classList.toggle("lit", lit);
    if (lit) ends.forEach((end) => near.add(end));
  }
  for (const other of picture.querySelectorAll("[data-node]")) {
    other.classList.toggle("lit", near.has(other.dataset.node));
  }
}

for (const name of ["pointerover", "pointerout", "focusin", "focusout"]) {
  document.addEventListener(name, only);
}
