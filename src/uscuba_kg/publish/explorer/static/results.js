// What a query gives: asked of the endpoint, shown as a table, in time, or as a network.

"use strict";

const OWN = "https://w3id.org/uscuba-kg/";
const ROWS = 500;
const box = document.getElementById("results");
const head = document.getElementById("results-head");
const view = document.getElementById("view");
const views = document.querySelector(".views");
const downloads = document.querySelector(".downloads");
const labels = box.dataset;
const ask_form = document.getElementById("query-form");
const endpoint = ask_form.action;

function node(name, attributes = {}, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
}

function drawn(name, attributes = {}, ...content) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
}

let asking = null;
let shown = new URL(location).searchParams.get("view") ?? "table";

// The address holds what is seen, so that it can be shared and read in the other language: the
// query, or the question as long as it is asked as it stands, and how the rows are shown.
function share(query) {
  const page = new URL(location);
  const said = page.searchParams;
  if (query !== area.defaultValue || !said.has("question")) {
    said.delete("question");
    said.set("query", query);
  }
  if (shown === "table") said.delete("view");
  else said.set("view", shown);
  history.replaceState(null, "", page);
  for (const link of document.querySelectorAll(".languages a")) {
    const other = new URL(page);
    other.searchParams.set("lang", link.lang);
    link.href = other.href;
  }
}

async function run() {
  const query = area.value;
  share(query);
  asking?.abort();
  asking = new AbortController();
  markLine(0);
  problem.hidden = true;
  box.hidden = false;
  head.textContent = labels.busy;
  const begun = performance.now();
  try {
    const answer = await fetch(endpoint, {
      method: "POST",
      body: new URLSearchParams({ query }),
      headers: { Accept: "application/sparql-results+json, application/n-triples;q=0.9" },
      signal: asking.signal,
    });
    const text = await answer.text();
    if (!answer.ok) return fail(text, "en");
    const seconds = ((performance.now() - begun) / 1000).toFixed(2);
    show_results(read(text, answer.headers.get("Content-Type") ?? ""), query, seconds);
  } catch (error) {
    if (error.name !== "AbortError") fail(labels.lost, document.documentElement.lang);
  }
}

function fail(text, language) {
  const [, line, column] = text.match(/line (\d+),? column (\d+)/i) ?? [];
  box.hidden = true;
  tell(text.trim().slice(0, 1000), language);
  markLine(Number(line ?? 0), Number(column ?? 0));
}

function read(text, type) {
  if (type.includes("json")) {
    const found = JSON.parse(text);
    if ("boolean" in found) return { verdict: found.boolean };
    return { names: found.head.vars, rows: found.results.bindings };
  }
  return { names: ["subject", "predicate", "object"], rows: triples(text), graph: true };
}

// N-Triples, line by line (RDF 1.1)
function triples(text) {
  const term = /<([^>]*)>|(_:[^\s]+)|"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?/g;
  const rows = [];
  for (const line of text.split("\n")) {
    const found = [...line.matchAll(term)].map(([, iri, blank, words, tongue, datatype]) => {
      if (iri !== undefined) return { type: "uri", value: unescaped(iri) };
      if (blank) return { type: "bnode", value: blank };
      return { type: "literal", value: unescaped(words), "xml:lang": tongue, datatype };
    });
    if (found.length === 3) rows.push({ subject: found[0], predicate: found[1], object: found[2] });
  }
  return rows;
}

function unescaped(text) {
  const plain = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f" };
  return text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, four, eight, one) =>
    one ? (plain[one] ?? one) : String.fromCodePoint(parseInt(four ?? eight, 16)),
  );
}

function counted(count) {
  const number = count.toLocaleString(document.documentElement.lang);
  return (count === 1 ? labels.rowsOne : labels.rowsOther).replace("{n}", number);
}

function show_results(found, query, seconds) {
  box.hidden = false;
  views.replaceChildren();
  view.replaceChildren();
  downloads.replaceChildren();
  const took = labels.seconds.replace("{s}", seconds);
  if ("verdict" in found) {
    head.textContent = `${found.verdict ? labels.yes : labels.no} · ${took}`;
    say(head.textContent);
    return;
  }
  head.textContent = `${counted(found.rows.length)} · ${took}`;
  say(head.textContent);
  const kinds = { table: () => table(found) };
  const dated = found.names.find((n) => some(found.rows, n, isDate) && found.rows.some((r) => r[n] && isDay(r[n])));
  if (dated && !found.graph) kinds.timeline = () => inTime(found, dated);
  const ends = found.names.filter((n) => n !== dated && some(found.rows, n, isName));
  if (found.graph) kinds.network = () => network(found, "subject", "object");
  else if (ends.length > 1) kinds.network = () => network(found, ends[0], ends[1]);
  const show = (name) => {
    for (const button of views.children) button.setAttribute("aria-pressed", String(button.value === name));
    view.replaceChildren(kinds[name]());
  };
  for (const name of Object.keys(kinds)) {
    const button = node("button", { type: "button", value: name }, labels[name]);
    button.addEventListener("click", () => {
      shown = name;
      show(name);
      share(query);
    });
    views.append(button);
  }
  show(Object.hasOwn(kinds, shown) ? shown : "table");
  const forms = found.graph ? ["ttl", "nt", "jsonld", "rdf"] : ["csv", "tsv", "json", "xml"];
  downloads.append(`${labels.download} `);
  for (const form of forms) {
    const address = `${endpoint}?${new URLSearchParams({ query, format: form })}`;
    downloads.append(node("a", { href: address, download: `results.${form}` }, form.toUpperCase()), " ");
  }
}

const some = (rows, name, test) => rows.some((row) => row[name]) && rows.every((r) => !r[name] || test(r[name]));
const isDay = (term) => /^\d{4}(-\d\d(-\d\d)?)?$/.test(term.value) && !/integer$/.test(term.datatype ?? "");
const isDate = (term) => isDay(term) || /^--\d\d-\d\d$/.test(term.value); // a day may lack its year
const isNumber = (term) => /(integer|decimal|double|float)$/.test(term.datatype ?? "");
const isName = (term) => !isNumber(term) && !isDate(term) && term.value.length < 120;

function local(iri) {
  return iri.startsWith(OWN) ? ask_form.dataset.base + iri.slice(OWN.length - 1) : iri;
}

function brief(iri) {
  if (iri.startsWith(`${OWN}id/`)) return iri.slice(OWN.length + 3);
  return shortened(iri).replace(/^<(.*)>$/, "$1");
}

function written(term) {
  if (!term) return "";
  if (term.type !== "uri") return term.value;
  if (!/^https?:/.test(term.value)) return term.value;
  return node("a", { href: local(term.value), title: term.value }, brief(term.value));
}

function table(found, all = false) {
  const made = node("table", { class: "rows answers" });
  const numbers = new Set(found.names.filter((n) => some(found.rows, n, isNumber)));
  const cells = found.names.map((n) =>
    node("th", numbers.has(n) ? { scope: "col", class: "number-column" } : { scope: "col" }, n),
  );
  made.append(node("thead", {}, node("tr", {}, ...cells)));
  const shown = all ? found.rows.length : Math.min(found.rows.length, ROWS);
  const body = node("tbody");
  const fill = () => {
    body.replaceChildren(...found.rows.slice(0, shown).map((row) => answer(found.names, row, numbers)));
    linkNames(body);
  };
  made.append(body);
  fill();
  sortable(made, (column, down) => {
    const key = (row) => row[found.names[column]]?.value ?? "";
    const order = (a, b) => (a === "") - (b === "") || (down ? -1 : 1) * compare(a, b);
    found.rows.sort((a, b) => order(key(a), key(b)));
    fill();
  });
  const wide = node("div", { class: "wide", role: "group", tabindex: "0", "aria-label": labels.table }, made);
  if (shown === found.rows.length) return wide;
  const more = node("button", { type: "button" }, labels.more.replace("{n}", String(found.rows.length)));
  more.addEventListener("click", () => view.replaceChildren(table(found, true)));
  return node("div", {}, wide, more);
}

function answer(names, row, numbers) {
  const cells = names.map((name) => {
    const cell = node("td", { "data-label": name }, written(row[name]));
    if (row[name]?.["xml:lang"]) cell.lang = row[name]["xml:lang"];
    if (numbers.has(name)) cell.className = "number-column";
    else if (row[name] && isDate(row[name])) cell.className = "day";
    return cell;
  });
  return node("tr", {}, ...cells);
}

// Words that are the name of exactly one thing become a link to it.
async function linkNames(body) {
  const cells = new Map();
  for (const cell of body.querySelectorAll("td:not(.day, .number-column)")) {
    const name = cell.textContent;
    if (name.length < 2 || name.length > 200 || cell.firstElementChild) continue;
    cells.set(name, [...(cells.get(name) ?? []), cell]);
  }
  const names = [...cells.keys()].slice(0, 400);
  for (let at = 0; at < names.length; at += 40) {
    const asked = new URLSearchParams(names.slice(at, at + 40).map((name) => ["name", name]));
    const answer = await fetch(`${ask_form.dataset.things}&${asked}`);
    if (!answer.ok) return;
    const { things } = await answer.json();
    for (const [name, href] of Object.entries(things)) {
      for (const cell of cells.get(name) ?? []) cell.replaceChildren(node("a", { href }, name));
    }
  }
}

// Rows in time: a dot for each, stacked where days are close; rows of one name share a lane.
function inTime(found, dated) {
  const days = (text) => Date.parse(text.length === 4 ? `${text}-07-01` : text.length === 7 ? `${text}-15` : text);
  const rows = found.rows.filter((r) => r[dated] && isDay(r[dated])).map((r) => ({ at: days(r[dated].value), row: r }));
  rows.sort((a, b) => a.at - b.at);
  const first = new Date(rows[0].at).getUTCFullYear();
  const last = new Date(rows.at(-1).at).getUTCFullYear() + 1;
  const [from, to] = [Date.UTC(first, 0, 1), Date.UTC(last, 0, 1)];
  const across = (at) => 1.2 + (97.6 * (at - from)) / (to - from);
  const ends = [];
  const placed = rows.map(({ at, row }) => {
    const x = across(at);
    let level = ends.findIndex((end) => x - end >= 1.45);
    if (level < 0) level = ends.length;
    ends[level] = x;
    return { x, level, row };
  });
  const base = 40 + ends.length * 11;
  const picture = drawn("svg", { class: "timeline", width: "100%", height: base + 8, role: "group", "aria-label": labels.timeline });
  const step = Math.max(1, Math.ceil((last - first) / 12));
  for (let year = first; year <= last; year += step) {
    const x = `${across(Date.UTC(year, 0, 1))}%`;
    picture.append(
      drawn("line", { x1: x, x2: x, y1: 18, y2: base, class: "tick" }),
      drawn("text", { x, y: 12, "text-anchor": "middle" }, String(year)),
    );
  }
  picture.append(drawn("line", { class: "base", x1: 0, x2: "100%", y1: base, y2: base }));
  for (const { x, level, row } of placed) {
    const label = found.names.filter((n) => row[n]).map((n) => brief(row[n].value)).join(" · ");
    const iri = found.names.map((n) => row[n]).find((t) => t?.type === "uri" && t.value.startsWith(OWN))?.value;
    const dot = drawn("circle", { cx: `${x}%`, cy: base - 6 - level * 11, r: 4.5 });
    const name = drawn("title", {}, label);
    picture.append(
      iri
        ? drawn("a", { class: "mark", href: local(iri), "aria-label": label }, name, dot)
        : drawn("g", { class: "mark", role: "img", "aria-label": label }, name, dot),
    );
  }
  return node("div", { class: "wide picture", role: "group", tabindex: "0", "aria-label": labels.timeline }, picture);
}

// Two columns of a table as two columns of names, each near to what it is tied to.
function network(found, one, other) {
  const ties = new Map();
  for (const row of found.rows) {
    if (!row[one] || !row[other]) continue;
    const key = `${row[one].value}\n${row[other].value}`;
    ties.set(key, { from: row[one], to: row[other], count: (ties.get(key)?.count ?? 0) + 1 });
  }
  const most = [...ties.values()].sort((a, b) => b.count - a.count).slice(0, 150);
  const side = (end) => [...new Set(most.map((t) => t[end].value))];
  const columns = { from: side("from"), to: side("to") };
  for (let sweep = 0; sweep < 6; sweep += 1) {
    for (const [moved, fixed] of [["to", "from"], ["from", "to"]]) {
      const place = new Map(columns[fixed].map((v, i) => [v, i / columns[fixed].length]));
      const mean = new Map(
        columns[moved].map((v) => {
          const met = most.filter((t) => t[moved].value === v).map((t) => place.get(t[fixed].value));
          return [v, met.reduce((a, b) => a + b, 0) / met.length];
        }),
      );
      columns[moved].sort((a, b) => mean.get(a) - mean.get(b));
    }
  }
  const height = 22 * Math.max(columns.from.length, columns.to.length) + 28;
  const y = (end, value) => 14 + ((columns[end].indexOf(value) + 0.5) * (height - 28)) / columns[end].length;
  const picture = drawn("svg", { class: "network", width: "100%", height, role: "group", "aria-label": labels.network });
  const lines = drawn("g", { class: "lines" });
  picture.append(lines);
  for (const tie of most) {
    const [a, b] = [tie.from.value, tie.to.value];
    lines.append(
      drawn("line", {
        x1: "40%", x2: "60%", y1: y("from", a), y2: y("to", b), "stroke-width": Math.min(1 + (tie.count - 1) * 0.8, 6),
        "data-ends": `from${columns.from.indexOf(a)} to${columns.to.indexOf(b)}`,
      }),
    );
  }
  for (const [end, x, anchor] of [["from", 40, "end"], ["to", 60, "start"]]) {
    columns[end].forEach((value, i) => {
      const term = most.find((t) => t[end].value === value)[end];
      const label = brief(value);
      const text = drawn("text", { x: `${x}%`, dx: end === "from" ? -9 : 9, y: y(end, value) + 4, "text-anchor": anchor }, label.length > 32 ? `${label.slice(0, 31)}…` : label);
      const dot = drawn("circle", { cx: `${x}%`, cy: y(end, value), r: 4.5, class: "side-other" });
      const link = term.type === "uri" && /^https?:/.test(value);
      picture.append(drawn(link ? "a" : "g", { "data-node": `${end}${i}`, ...(link ? { href: local(value) } : {}) }, dot, text));
    });
  }
  return node("div", { class: "wide picture", role: "group", tabindex: "0", "aria-label": labels.network }, picture);
}

ask_form.addEventListener("submit", (event) => {
  event.preventDefault();
  run();
});
if (ask_form.dataset.run) run();
