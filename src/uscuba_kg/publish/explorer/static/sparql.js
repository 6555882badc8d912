// The tokens of SPARQL 1.1, for the eye: what a stretch of a query is. No judge of correctness.

"use strict";

const KEYWORDS =
  "SELECT CONSTRUCT DESCRIBE ASK WHERE FROM NAMED PREFIX BASE DISTINCT REDUCED OPTIONAL UNION MINUS GRAPH FILTER BIND " +
  "VALUES AS ORDER BY ASC DESC GROUP HAVING LIMIT OFFSET UNDEF IN NOT EXISTS COUNT SUM MIN MAX AVG SAMPLE " +
  "GROUP_CONCAT SEPARATOR STR LANG LANGMATCHES DATATYPE BOUND IRI URI BNODE RAND ABS CEIL FLOOR ROUND CONCAT STRLEN " +
  "UCASE LCASE ENCODE_FOR_URI CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER YEAR MONTH DAY HOURS MINUTES SECONDS " +
  "TIMEZONE TZ NOW UUID STRUUID MD5 SHA1 SHA256 SHA384 SHA512 COALESCE IF STRLANG STRDT SAMETERM ISIRI ISURI ISBLANK " +
  "ISLITERAL ISNUMERIC REGEX SUBSTR REPLACE TRUE FALSE A";
const KEYWORD_SET = new Set(KEYWORDS.split(" "));

const TOKEN = new RegExp(
  [
    "(?<comment>#[^\\n]*)",
    "(?<iri><[^<>\"{}|^`\\\\\\s]*>)",
    "(?<string>\"\"\"[\\s\\S]*?(?:\"\"\"|$)|'''[\\s\\S]*?(?:'''|$)|\"(?:[^\"\\\\\\n]|\\\\.)*\"?|'(?:[^'\\\\\\n]|\\\\.)*'?)",
    "(?<variable>[?$][\\p{L}\\p{N}_]+)",
    "(?<name>[\\p{L}][\\p{L}\\p{N}_.-]*:[\\p{L}\\p{N}_:%.\\\\/-]*|:[\\p{L}\\p{N}_:%.-]+)",
    "(?<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)",
    "(?<number>\\b\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?\\b)",
    "(?<word>[\\p{L}_][\\p{L}\\p{N}_]*)",
  ].join("|"),
  "gu",
);

// Paint a query into an element as spans, one class a kind of token.
function paintSparql(text, element) {
  const made = document.createDocumentFragment();
  let last = 0;
  for (const token of text.matchAll(TOKEN)) {
    let [kind] = Object.entries(token.groups).find(([, value]) => value !== undefined);
    if (kind === "word") kind = KEYWORD_SET.has(token[0].toUpperCase()) ? "keyword" : "";
    if (!kind) continue;
    made.append(text.slice(last, token.index));
    const span = document.createElement("span");
    span.className = `t-${kind}`;
    span.textContent = token[0];
    made.append(span);
    last = token.index + token[0].length;
  }
  made.append(text.slice(last), "\n");
  element.replaceChildren(made);
}
