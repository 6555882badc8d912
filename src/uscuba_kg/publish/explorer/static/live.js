// Parts of a page that follow a form, or a link that stays, without the page being loaded anew.
// What a server would send for the same address is fetched, and the parts named by the form put
// in; the address follows. Without this script the same forms and links simply load the page.

"use strict";

let latest = 0;

// Tell a screen reader what has changed; the same words twice are told once.
function say(text) {
  document.getElementById("said").textContent = (text ?? "").replace(/\s+/g, " ").trim();
}

async function follow(address, parts, push) {
  const turn = ++latest;
  const answer = await fetch(address, { headers: { Accept: "text/html" } });
  const text = await answer.text();
  if (turn !== latest) return;
  const fresh = new DOMParser().parseFromString(text, "text/html");
  for (const id of parts) {
    const here = document.getElementById(id);
    const there = fresh.getElementById(id);
    if (here && there) here.replaceWith(there);
  }
  for (const field of document.querySelectorAll("form[data-live] [name]")) {
    if (field === document.activeElement) continue;
    const now = fresh.querySelector(`form[data-live] [name="${CSS.escape(field.name)}"]`);
    if (now) field.value = now.value;
  }
  for (const link of document.querySelectorAll(".languages a")) {
    const now = fresh.querySelector(`.languages a[lang="${link.lang}"]`);
    if (now) link.href = now.href;
  }
  say(parts.map((id) => document.querySelector(`#${id} [data-said]`)?.textContent).find(Boolean));
  history[push ? "pushState" : "replaceState"](null, "", address);
  document.dispatchEvent(new CustomEvent("followed"));
}

function addressOf(form) {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value) fields.append(name, value);
  const query = fields.toString();
  return form.action.split("?")[0] + (query ? "?" + query : "");
}

function partsOf(form) {
  return form.dataset.live.split(" ");
}

const form = document.querySelector("form[data-live]");
if (form) {
  let waiting = 0;
  const go = () => follow(addressOf(form), partsOf(form), false);
  form.addEventListener("change", go);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go();
  });
  form.addEventListener("input", (event) => {
    if (!event.target.matches("[type=search]")) return;
    clearTimeout(waiting);
    waiting = setTimeout(go, 120);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-stay], a[data-reset]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const again = link.dataset.zoom;
    follow(link.href, partsOf(form), true).then(() => {
      if (again) document.querySelector(`[data-zoom="${again}"]`)?.focus();
    });
  });
  addEventListener("popstate", () => follow(location.href, partsOf(form), false));
}
