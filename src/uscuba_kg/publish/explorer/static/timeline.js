// The timeline with pointer and keys: drag across it to zoom in, + and - to zoom, arrows from
// meeting to meeting, a name beside the dot that is pointed at. All of it is also to be had by
// the links and the form beside the picture.

"use strict";

const DAY = 86400000;
const LEFT = 0.012;
const RIGHT = 0.988;

function picture() {
  return document.getElementById("timeline-picture");
}

function dayAt(svg, x) {
  const box = svg.getBoundingClientRect();
  const share = Math.min(Math.max(((x - box.left) / box.width - LEFT) / (RIGHT - LEFT), 0), 1);
  const from = Date.parse(picture().dataset.from);
  const to = Date.parse(picture().dataset.to);
  return new Date(from + Math.round(((to - from) * share) / DAY) * DAY);
}

function show(first, last) {
  const form = document.querySelector("form[data-live]");
  form.elements.from.value = first.toISOString().slice(0, 10);
  form.elements.to.value = last.toISOString().slice(0, 10);
  form.requestSubmit();
}

let drag = null;

document.addEventListener("pointerdown", (event) => {
  const svg = event.target.closest?.("#timeline-picture svg");
  if (!svg || !document.querySelector("form[data-live]") || event.button || event.pointerType === "touch" || event.target.closest("a")) return;
  const band = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  band.setAttribute("class", "brush");
  band.setAttribute("y", 16);
  band.setAttribute("height", Number(svg.getAttribute("height")) - 16);
  svg.append(band);
  drag = { svg, band, from: event.clientX };
});

document.addEventListener("pointermove", (event) => {
  if (!drag) return;
  const left = drag.svg.getBoundingClientRect().left;
  drag.band.setAttribute("x", Math.min(drag.from, event.clientX) - left);
  drag.band.setAttribute("width", Math.abs(event.clientX - drag.from));
});

document.addEventListener("pointerup", (event) => {
  if (!drag) return;
  const { svg, band, from } = drag;
  drag = null;
  band.remove();
  if (Math.abs(event.clientX - from) < 12) return;
  const [first, last] = [dayAt(svg, from), dayAt(svg, event.clientX)].sort((a, b) => a - b);
  show(first, last);
});

document.addEventListener("keydown", (event) => {
  const inside = event.target.closest?.("#timeline-picture");
  if (!inside || event.ctrlKey || event.metaKey || event.altKey) return;
  const zoom = { "+": "nearer", "=": "nearer", "-": "farther" }[event.key];
  if (zoom) {
    document.querySelector(`[data-zoom="${zoom}"]`)?.click();
    event.preventDefault();
    return;
  }
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  const marks = [...inside.querySelectorAll("a.mark")];
  if (!step || !marks.length) return;
  const at = marks.indexOf(event.target.closest("a.mark"));
  marks[Math.min(Math.max(at + step, 0), marks.length - 1)].focus();
  event.preventDefault();
});

// one stop of the tab key for the whole picture: arrows go on from there
function settle() {
  for (const wide of document.querySelectorAll("#timeline-picture, .wide:has(.heat)")) {
    wide.scrollLeft = wide.scrollWidth; // where a narrow screen shows a part, the latest years
  }
  picture()?.querySelectorAll("a.mark").forEach((mark) => mark.setAttribute("tabindex", "-1"));
}

const tip = document.createElement("div");
tip.className = "tip";
tip.hidden = true;
tip.setAttribute("aria-hidden", "true");
document.body.append(tip);

function point(event) {
  const mark = event.target.closest?.("#timeline-picture a.mark");
  tip.hidden = !mark;
  if (!mark) return;
  const native = mark.querySelector("title");
  if (native) native.remove();
  tip.textContent = mark.getAttribute("aria-label");
  const box = mark.querySelector("circle").getBoundingClientRect();
  const left = Math.min(box.left + scrollX, scrollX + innerWidth - tip.offsetWidth - 12);
  tip.style.setProperty("left", `${Math.max(left, 8)}px`);
  tip.style.setProperty("top", `${box.bottom + scrollY + 6}px`);
}

// where the picture is scrolled, as on a phone, the names of the lanes stay in view
function keepNames(event) {
  if (event.target.id !== "timeline-picture") return;
  for (const name of event.target.querySelectorAll(".lane-name")) {
    name.setAttribute("x", event.target.scrollLeft);
  }
}

document.addEventListener("scroll", keepNames, true);
document.addEventListener("pointerover", point);
document.addEventListener("focusin", point);
document.addEventListener("followed", settle);
document.addEventListener("followed", () => (tip.hidden = true));
settle();
