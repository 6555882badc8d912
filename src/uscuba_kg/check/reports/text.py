"""The outcome in words for people: what is wrong, where it stands, which words are behind, what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from uscuba_kg.check.entries import Entry, Sentence
from uscuba_kg.check.findings import words
from uscuba_kg.check.outcome import Outcome
from uscuba_kg.model import Finding
from uscuba_kg.rdf.turtle import short_iri
from uscuba_kg.rdf.vocab import ID

SHAPE = "https://w3id.org/uscuba-kg/shapes#"
_COLOURS = {"violation": "31", "warning": "33", "info": "36"}
_LONGEST = 160


def short(iri: str) -> str:
    """An IRI as people write it; ``id:meeting/...`` is what ``explain`` takes."""
    for prefix, namespace in (("id", ID), ("shape", SHAPE)):
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return short_iri(iri) if "://" in iri and " " not in iri else iri


def message(finding: Finding, language: str) -> str:
    """What a finding says in a language, or in another where it does not speak that."""
    messages = dict(finding.messages)
    return messages.get(language) or messages.get("en") or next(iter(messages.values()), "")


def one_line(text: str, longest: int = _LONGEST) -> str:
    """Words on one line, without what could steer a terminal, and no longer than so much."""
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return text if len(text) <= longest else text[: longest - 1] + "…"


def text_lines(
    outcome: Outcome, language: str = "en", *, most: int = 0, colour: bool = False
) -> Iterator[str]:
    """Give the outcome line by line; ``most`` findings are told, 0 means all."""
    told = words()["report"][language]
    head = told["good"] if outcome.conforms else told["bad"]
    count = len(outcome.entries)
    yield f"{head}: {outcome.triples} {told['triples']}, {count} {told['findings']}."
    shown = outcome.entries[:most] if most else outcome.entries
    counts = Counter(map(_kind, outcome.entries))
    for (severity, shape), group in groupby(shown, key=_kind):
        entries = list(group)
        yield ""
        title = f"{told[severity].upper()} {short(shape) or '-'} ({counts[severity, shape]})"
        yield f"\x1b[{_COLOURS[severity]}m{title}\x1b[0m" if colour else title
        yield from _group(entries, language, told)
    if len(shown) < count:
        yield ""
        yield told["more"].format(count=count - len(shown))
    if outcome.known:
        yield told["known"].format(count=len(outcome.known))
    if outcome.fixed:
        yield told["fixed"].format(count=len(outcome.fixed))
        for known in outcome.fixed:
            yield f"  {short(known.shape)} {short(known.focus)}"


def _kind(entry: Entry) -> tuple[str, str]:
    return entry.finding.severity, entry.finding.shape


def _group(entries: Iterable[Entry], language: str, told: dict[str, Any]) -> Iterator[str]:
    """One shape's findings: a message where it changes, then thing by thing."""
    last = ""
    for focus, of_focus in groupby(entries, key=lambda e: e.finding.focus):
        same = list(of_focus)
        said = one_line(message(same[0].finding, language), 400)
        if said != last:
            yield f"  {said}"
            last = said
        label = one_line(_label(same[0], language))
        name = one_line(short(focus))
        if name:
            yield f"    {label} <{name}>" if label else f"    {name}"
        place = same[0].place
        for entry in same:
            yield f"      {_what(entry.finding, told)}"
        if place is not None:
            yield f"      {place.file}:{place.line}"
        for sentence in same[0].sentences:
            yield f"      {_quoted(sentence)}"


def _what(finding: Finding, told: dict[str, Any]) -> str:
    where = f"{told['at']} {one_line(short(finding.path))}" if finding.path else ""
    what = f"{told['value']} {one_line(short(finding.value))!r}" if finding.value else ""
    parts = ", ".join(part for part in (where, what) if part)
    return f"{parts} [{finding.component}]".lstrip()


def _label(entry: Entry, language: str) -> str:
    labels = entry.labels
    return labels.get(language) or labels.get("en") or next(iter(labels.values()), "")


def _quoted(sentence: Sentence) -> str:
    text = one_line(f"{sentence.before}[{sentence.exact}]{sentence.after}")
    title = one_line(sentence.title or short(sentence.article))
    day = f" ({sentence.published})" if sentence.published else ""
    return f"{text} — {title}{day}"
