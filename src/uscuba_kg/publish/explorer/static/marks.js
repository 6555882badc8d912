// Evidence with pointer and keys: a fact that is pointed at shows its words, words their facts.

"use strict";

function light(event) {
  const on = event.type === "pointerover" || event.type === "focusin";
  const passage = event.target.closest?.(".passage");
  if (!passage) return;
  const fact = event.target.closest("[data-fact]");
  const mark = event.target.closest("mark[data-facts]");
  const numbers = fact ? [fact.dataset.fact] : mark ? mark.dataset.facts.split(" ") : [];
  for (const other of passage.querySelectorAll("mark[data-facts]")) {
    const meant = other.dataset.facts.split(" ").some((n) => numbers.includes(n));
    other.classList.toggle("lit", on && Boolean(fact) && meant);
  }
  for (const other of passage.querySelectorAll("[data-fact]")) {
    other.classList.toggle("lit", on && Boolean(mark) && numbers.includes(other.dataset.fact));
  }
}

for (const name of ["pointerover", "pointerout", "focusin", "focusout"]) {
  document.addEventListener(name, light);
}
