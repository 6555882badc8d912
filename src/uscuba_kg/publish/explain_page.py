"""An explanation as one HTML page that needs nothing else: each article with its words marked.

Made as a tree and written by the standard library, so that nothing of a graph or an article is ever
taken for markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from xml.etree import ElementTree as ET

from uscuba_kg.model import Span
from uscuba_kg.publish.explain import Explanation, Source, Told
from uscuba_kg.publish.explain_report import told_why

_STYLE = """
:root { color-scheme: light dark; --mark: #ffe58a; --ink: #1b1b1b; --page: #fdfdfb; }
:root { --soft: #5c5c58; --line: #d9d8d2; --plain: system-ui, sans-serif; }
@media (prefers-color-scheme: dark) {
  :root { --mark: #6b5a12; --ink: #ececea; --page: #191a1c; --soft: #a9aaa6; --line: #3b3c3f; }
}
body { margin: 0; background: var(--page); color: var(--ink); }
body { font: 1.05rem/1.6 Georgia, "Times New Roman", serif; }
main { max-width: 46rem; margin: 0 auto; padding: 2rem 1.2rem 5rem; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .3rem; }
h2 { font-size: 1.2rem; margin: 2.4rem 0 .2rem; }
p, ul { margin: .4rem 0; overflow-wrap: anywhere; }
.soft { color: var(--soft); font-family: var(--plain); font-size: .85rem; }
table { border-collapse: collapse; width: 100%; margin-top: 1rem; }
table { font-family: var(--plain); font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .8rem .35rem 0; }
th, td { border-bottom: 1px solid var(--line); }
mark { background: var(--mark); color: inherit; padding: 0 .1em; border-radius: .15em; }
.text { white-space: pre-wrap; }
.lost { text-decoration: line-through; }
a { color: inherit; }
"""


def explanation_page(explanation: Explanation, texts: Mapping[str, str] | None = None) -> str:
    """Give the page of an explanation.

    ``texts`` maps the IRI of an article to its text as ingested: such an article is shown whole,
    others by the sentences that the graph keeps. Offsets are code points of that text.
    """
    html = ET.Element("html", lang="en")
    head = ET.SubElement(html, "head")
    ET.SubElement(head, "meta", charset="utf-8")
    ET.SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    title = explanation.labels[0] if explanation.labels else explanation.iri
    ET.SubElement(head, "title").text = title
    ET.SubElement(head, "style").text = _STYLE
    main = ET.SubElement(ET.SubElement(html, "body"), "main")
    ET.SubElement(main, "h1").text = title
    names = " / ".join((*explanation.labels[1:], ", ".join(explanation.types)))
    ET.SubElement(main, "p", {"class": "soft"}).text = names
    ET.SubElement(main, "p", {"class": "soft"}).text = explanation.iri
    for reason in explanation.why:
        ET.SubElement(main, "p").text = reason
    sources = _sources(explanation.claims)
    _facts(main, explanation.claims, sources, title)
    for number, (source, claims) in enumerate(sources, start=1):
        article = _article(main, number, source)
        _words(article, claims, (texts or {}).get(source.iri), title)
    return "<!DOCTYPE html>\n" + ET.tostring(html, encoding="unicode", method="html") + "\n"


def _sources(claims: Sequence[Told]) -> list[tuple[Source, list[Told]]]:
    """The articles in order of publication, each with its claims in order of the text."""
    ordered = sorted(claims, key=lambda t: (t.source.issued, t.source.iri, t.start, t.end))
    return [(source, list(found)) for source, found in groupby(ordered, key=lambda t: t.source)]


def _facts(
    main: ET.Element,
    claims: Sequence[Told],
    sources: Sequence[tuple[Source, list[Told]]],
    title: str,
) -> None:
    """The facts as a table, each with links to the articles that state it."""
    place = {source.iri: number for number, (source, _) in enumerate(sources, start=1)}
    table = ET.SubElement(main, "table")
    heads = ET.SubElement(ET.SubElement(table, "thead"), "tr")
    for head in ("Fact", "Asserted", "Said by"):
        ET.SubElement(heads, "th", scope="col").text = head
    body = ET.SubElement(table, "tbody")
    for fact, together in groupby(sorted(claims, key=_by_fact), key=lambda t: (t.fact, t.accepted)):
        row = ET.SubElement(body, "tr")
        words = ET.SubElement(row, "td", {} if fact[1] else {"class": "lost"})
        words.text = _in_words(fact[0], title)
        ET.SubElement(row, "td").text = "yes" if fact[1] else "no, another reading won"
        cell = ET.SubElement(row, "td")
        for number in sorted({place[told.source.iri] for told in together}):
            anchor = ET.SubElement(cell, "a", href=f"#article-{number}")
            anchor.text, anchor.tail = f"[{number}]", " "


def _in_words(fact: str, title: str) -> str:
    """A fact as the page of a thing tells it, without the name of the thing itself."""
    subject, predicate, value = fact.split(" | ", 2)
    who = subject.removesuffix(f"({title})").strip()
    return f"{predicate}: {value}" if subject == title else f"{who} · {predicate}: {value}"


def _by_fact(told: Told) -> tuple[str, bool]:
    return told.fact, not told.accepted


def _article(main: ET.Element, number: int, source: Source) -> ET.Element:
    """The section of an article, with what is known of it."""
    section = ET.SubElement(main, "section", id=f"article-{number}")
    ET.SubElement(section, "h2").text = f"[{number}] {source.title}"
    about = ET.SubElement(section, "p", {"class": "soft"})
    retold = "retold in other words; nobody's own words stand between quotation marks"
    known = [w for w in (retold if source.retold else "", source.publisher, source.issued) if w]
    about.text = " · ".join(known) + (" · " if known and source.url else "")
    if source.url.startswith(("http://", "https://")):
        ET.SubElement(about, "a", href=source.url).text = source.url
    return section


def _words(section: ET.Element, claims: Sequence[Told], text: str | None, title: str) -> None:
    """The words of an article with the evidence marked, and what was read out of them."""
    if text is not None:
        whole = ET.SubElement(section, "p", {"class": "text"})
        _marked(whole, text, [Span(t.start, t.end) for t in claims])
    for sentence, told in _sentences(claims):
        if text is None:
            start = told[0].start - len(told[0].before)
            spans = [Span(t.start - start, t.end - start) for t in told]
            _marked(ET.SubElement(section, "p", {"class": "text"}), sentence, spans)
        listing = ET.SubElement(section, "ul")
        for one in told:
            item = ET.SubElement(listing, "li", {"class": "soft"})
            item.text = f"{_in_words(one.fact, title)} “{one.exact}” ({told_why(one)})"


def _sentences(claims: Sequence[Told]) -> Iterator[tuple[str, list[Told]]]:
    """The sentences of one article, each with the claims that rest on it."""
    found: dict[tuple[int, str], list[Told]] = {}
    for told in claims:
        sentence = told.before + told.exact + told.after
        found.setdefault((told.start - len(told.before), sentence), []).append(told)
    for (_, sentence), together in sorted(found.items()):
        yield sentence, together


def _marked(parent: ET.Element, text: str, spans: Iterable[Span]) -> None:
    """Put a text into an element, with marks around the words that any span covers."""
    at = 0
    last: ET.Element | None = None
    for span in _merged(spans):
        between = text[at : span.start]
        if last is None:
            parent.text = (parent.text or "") + between
        else:
            last.tail = between
        last = ET.SubElement(parent, "mark")
        last.text = text[span.start : span.end]
        at = span.end
    if last is None:
        parent.text = text[at:]
    else:
        last.tail = text[at:]


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that overlap made one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found
