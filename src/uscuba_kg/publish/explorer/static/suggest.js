// Names offered under the search field of every page while one types; Enter alone searches.

"use strict";

const field = document.getElementById("find");
if (field) {
  const offers = document.createElement("ul");
  offers.id = "suggestions";
  offers.className = "suggestions";
  offers.hidden = true;
  offers.setAttribute("role", "listbox");
  offers.setAttribute("aria-label", field.labels[0].textContent);
  field.after(offers);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", "suggestions");
  field.setAttribute("aria-expanded", "false");
  let at = -1;
  let waiting = 0;
  let asked = 0;

  const shut = () => {
    asked += 1;
    at = -1;
    offers.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };

  const ask = async () => {
    const turn = ++asked;
    const answer = await fetch(`${field.dataset.names}&q=${encodeURIComponent(field.value)}`);
    const { names } = await answer.json();
    if (turn !== asked) return;
    if (!names.length) return shut();
    at = -1;
    offers.replaceChildren(
      ...names.map((found, i) => {
        const row = document.createElement("li");
        row.id = `suggestion-${i}`;
        row.dataset.href = found.href;
        row.setAttribute("role", "option");
        row.setAttribute("aria-selected", "false");
        const kind = document.createElement("span");
        kind.textContent = found.kind;
        row.append(found.name, " ", kind);
        row.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          location.href = found.href;
        });
        return row;
      }),
    );
    offers.hidden = false;
    field.setAttribute("aria-expanded", "true");
  };

  const step = (by) => {
    const rows = [...offers.children];
    at = (at + by + rows.length + (at < 0 && by < 0 ? 1 : 0)) % rows.length;
    rows.forEach((row, i) => row.setAttribute("aria-selected", String(i === at)));
    field.setAttribute("aria-activedescendant", rows[at].id);
    rows[at].scrollIntoView({ block: "nearest" });
  };

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    if (field.value.trim().length < 2) return shut();
    waiting = setTimeout(ask, 120);
  });
  field.addEventListener("keydown", (event) => {
    if (offers.hidden) return;
    if (event.key === "ArrowDown") step(1);
    else if (event.key === "ArrowUp") step(-1);
    else if (event.key === "Escape") shut();
    else if (event.key === "Enter" && at >= 0) location.href = offers.children[at].dataset.href;
    else return;
    event.preventDefault();
  });
  field.addEventListener("blur", shut);
}
