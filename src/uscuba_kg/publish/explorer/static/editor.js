// The editor: the textarea stays what is typed into; behind it the same text is painted, beside it
// stand the numbers of the lines, and what may follow is offered in a list.

"use strict";

const area = document.getElementById("query");
const queryForm = document.getElementById("query-form");
const paint = document.querySelector(".paint pre");
const lines = document.querySelector(".lines");
const editor = document.querySelector(".editor");
const problem = document.getElementById("problem");

function repaint() {
  paintSparql(area.value, paint);
  const count = area.value.split("\n").length;
  area.rows = Math.max(count, 8);
  lines.textContent = Array.from({ length: count }, (_, i) => i + 1).join("\n");
}

function follow_scroll() {
  paint.style.transform = `translateX(${-area.scrollLeft}px)`;
}

// What is wrong: the endpoint speaks English, the page has its own words for most of that.
function tell(text, language) {
  let told = text;
  for (const [said, own] of JSON.parse(problem.dataset.said)) {
    const plain = said.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{(\w+)\}/g, "(?<$1>.+?)");
    const filled = (...found) => own.replace(/\{(\w+)\}/g, (_, name) => found.at(-1)[name]);
    told = told.replace(new RegExp(plain, "g"), plain.includes("(?<") ? filled : own);
  }
  problem.textContent = told;
  problem.lang = told === text ? language : document.documentElement.lang;
  problem.hidden = false;
}

// An error at its line: the number marked, the caret put there.
function markLine(line, column) {
  paint.querySelector(".bad-line")?.remove();
  if (!line) return;
  const at = area.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  const band = document.createElement("i");
  band.className = "bad-line";
  band.style.top = `calc(var(--line-height) * ${line - 1})`;
  paint.append(band);
  area.focus({ preventScroll: true });
  area.setSelectionRange(at + Math.max((column || 1) - 1, 0), at + Math.max((column || 1) - 1, 0));
}

// --- completion

let known = { prefixes: {}, terms: [] };
let offered = [];
let chosen = -1;
let start = 0;
let turn = 0;

const list = document.createElement("ul");
list.id = "completions";
list.className = "completions";
list.setAttribute("role", "listbox");
list.hidden = true;
editor.append(list);
area.setAttribute("aria-autocomplete", "list");
area.setAttribute("aria-controls", "completions");

fetch(queryForm.dataset.terms)
  .then((answer) => answer.json())
  .then((found) => {
    known = found;
    known.terms.forEach((term) => (term.short = shortened(term.iri)));
  });

function shortened(iri) {
  const fitting = Object.entries(known.prefixes).filter(([, space]) => iri.startsWith(space));
  fitting.sort((a, b) => b[1].length - a[1].length);
  const best = fitting.find(([, space]) => /^[\p{L}\p{N}_][\p{L}\p{N}_-]*$/u.test(iri.slice(space.length)));
  return best ? `${best[0]}:${iri.slice(best[1].length)}` : `<${iri}>`;
}

function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function candidates(word) {
  const asked = plain(word);
  if (word.startsWith("?") || word.startsWith("$")) {
    const here = new Set(area.value.match(/[?$][\p{L}\p{N}_]+/gu));
    here.delete(word);
    return [...here].filter((v) => plain(v).startsWith(asked)).map((v) => ({ insert: v, name: "", kind: "" }));
  }
  if (declaring()) {
    const spaces = Object.entries(known.prefixes).filter(([prefix]) => `${prefix}:`.startsWith(asked));
    return spaces.map(([prefix, space]) => ({ insert: `${prefix}: <${space}>`, name: "", kind: "" }));
  }
  const terms = known.terms.map((t) => ({ insert: t.short, name: t.name, kind: t.kind, meaning: t.meaning }));
  if (word.includes(":")) return terms.filter((t) => plain(t.insert).startsWith(asked));
  const words = KEYWORDS.split(" ").filter((k) => plain(k).startsWith(asked) && k.length > 1);
  const prefixes = Object.keys(known.prefixes).filter((p) => p.startsWith(asked));
  return [
    ...words.map((k) => ({ insert: k, name: "", kind: "" })),
    ...prefixes.map((p) => ({ insert: `${p}:`, name: known.prefixes[p], kind: "" })),
    ...terms.filter((t) => plain(t.insert.split(":")[1] ?? "").startsWith(asked) || plain(t.name).includes(asked)),
  ];
}

function before() {
  return area.value.slice(0, area.selectionStart);
}

function wordBefore() {
  return before().match(/[?$]?[\p{L}\p{N}_-]*:?[\p{L}\p{N}_-]*$/u)[0];
}

// Whether the caret stands behind PREFIX, where a prefix comes with what it stands for.
function declaring() {
  return /\bPREFIX\s+[\p{L}\p{N}_-]*:?$/iu.test(before());
}

function inText() {
  // whether the caret stands in a comment, a string or an IRI, where nothing is offered
  const at = area.selectionStart;
  for (const token of area.value.matchAll(TOKEN)) {
    if (token.index >= at) return false;
    const { comment, string, iri } = token.groups;
    if ((comment || string || iri) && at <= token.index + token[0].length - (comment ? 0 : 1)) return true;
  }
  return false;
}

async function offer(forced) {
  const mine = ++turn;
  const word = wordBefore();
  const short = word.replace(/[?$:]/g, "").length < 2 && !word.endsWith(":") && !declaring();
  if (inText() || (!forced && short)) return close();
  start = area.selectionStart - word.length;
  show(candidates(word).slice(0, 12), word);
  if (word.length < 3 || /[?$:]/.test(word) || declaring()) return;
  const answer = await fetch(`${queryForm.dataset.names}&q=${encodeURIComponent(word)}`);
  const { names } = await answer.json();
  if (mine !== turn) return;
  const things = names.map((n) => ({ insert: `<${n.iri}>`, name: n.name, kind: n.kind }));
  // whoever has chosen something in the meantime keeps it
  const [place, held] = [chosen, offered[chosen]?.insert];
  show([...candidates(word).slice(0, Math.max(6, place + 1)), ...things.slice(0, 8)], word);
  if (place >= 0) choose(Math.max(0, offered.findIndex((item) => item.insert === held)));
}

function show(found, word) {
  offered = found.filter((item) => item.insert !== word);
  chosen = -1;
  area.removeAttribute("aria-activedescendant");
  list.hidden = !offered.length;
  list.replaceChildren(
    ...offered.map((item, i) => {
      const row = document.createElement("li");
      row.id = `completion-${i}`;
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", "false");
      const code = document.createElement("code");
      code.textContent = item.insert.startsWith("<") ? item.name : item.insert;
      const note = document.createElement("span");
      note.textContent = [item.insert.startsWith("<") ? "" : item.name, item.kind].filter(Boolean).join(" · ");
      row.append(code, note);
      if (item.meaning) row.title = item.meaning;
      row.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        take(i);
      });
      return row;
    }),
  );
  const rows = area.value.slice(0, start).split("\n");
  list.style.setProperty("--row", String(rows.length));
  list.style.setProperty("--column", String(rows.at(-1).length));
}

function close() {
  turn += 1;
  list.hidden = true;
  offered = [];
  chosen = -1;
  area.removeAttribute("aria-activedescendant");
}

function choose(index) {
  chosen = (index + offered.length) % offered.length;
  [...list.children].forEach((row, i) => row.setAttribute("aria-selected", String(i === chosen)));
  area.setAttribute("aria-activedescendant", `completion-${chosen}`);
  list.children[chosen].scrollIntoView({ block: "nearest" });
}

function take(index) {
  const { insert } = offered[index];
  area.setRangeText(insert, start, area.selectionStart, "end");
  declare(insert);
  close();
  repaint();
  area.focus();
  if (insert.endsWith(":")) offer(false);
}

// A prefix that is used and not declared is declared at the top.
function declare(insert) {
  const prefix = insert.match(/^([\p{L}][\p{L}\p{N}_-]*):/u)?.[1];
  if (!prefix || !known.prefixes[prefix]) return;
  if (new RegExp(`PREFIX\\s+${prefix}:`, "i").test(area.value)) return;
  const caret = area.selectionStart;
  const line = `PREFIX ${prefix}: <${known.prefixes[prefix]}>\n`;
  area.setRangeText(line, 0, 0, "preserve");
  area.setSelectionRange(caret + line.length, caret + line.length);
}

area.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    close();
    queryForm.requestSubmit();
  } else if (event.key === " " && event.ctrlKey) {
    event.preventDefault();
    offer(true);
  } else if (!list.hidden) {
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen < 0 ? -1 : chosen - 1);
    else if (event.key === "Escape") close();
    else if ((event.key === "Enter" || event.key === "Tab") && chosen >= 0) take(chosen);
    else return;
    event.preventDefault();
  } else if (event.key === "Enter") {
    // a new line begins as far in as the one before it
    const indent = area.value.slice(0, area.selectionStart).match(/(?:^|\n)([ \t]*)[^\n]*$/)[1];
    if (!indent) return;
    event.preventDefault();
    area.setRangeText(`\n${indent}`, area.selectionStart, area.selectionEnd, "end");
    repaint();
  }
});
area.addEventListener("input", () => {
  repaint();
  offer(false);
});
area.addEventListener("scroll", follow_scroll);
area.addEventListener("blur", close);
editor.classList.add("painted");
repaint();
