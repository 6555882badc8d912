"""An explanation as lines for a terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from uscuba_kg.publish.ask import one_line
from uscuba_kg.publish.explain import Explanation, Source, Told


def explanation_lines(
    explanation: Explanation, mark: tuple[str, str] = ("[", "]")
) -> Iterator[str]:
    """Give an explanation line by line; ``mark`` stands around the words that are the evidence."""
    if explanation.replaced:
        yield f"{explanation.replaced} is now known as"
    yield explanation.iri
    if explanation.labels:
        yield f"  {' / '.join(explanation.labels)} ({', '.join(explanation.types)})"
    for reason in explanation.why:
        yield f"  {reason}"
    yield f"  {len(explanation.claims)} claim{'' if len(explanation.claims) == 1 else 's'}"
    for told in explanation.claims:
        yield ""
        yield one_line(told.fact) + _verdict(told)
        yield f"    {_sentence(told, mark)}"
        yield f"    {_where(told.source)}"
        yield f"    {told.rule}, confidence {told.confidence:g}, characters {told.start} to {told.end}"


def _verdict(told: Told) -> str:
    return "" if told.accepted else "   (not accepted: another reading won)"


def _where(source: Source) -> str:
    kept = "retold" if source.retold else ""
    known = ", ".join(w for w in (kept, source.publisher, source.issued, source.url) if w)
    return one_line(source.title + (f" ({known})" if known else ""))


def _sentence(told: Told, mark: tuple[str, str]) -> str:
    """The sentence on one line, its evidence marked."""
    before = " " if told.before[-1:].isspace() else ""
    after = " " if told.after[:1].isspace() else ""
    marked = f"{mark[0]}{one_line(told.exact)}{mark[1]}"
    return f"{one_line(told.before)}{before}{marked}{after}{one_line(told.after)}"


def explanation_json(explanation: Explanation) -> str:
    """Give an explanation as JSON."""
    return msgspec.json.format(msgspec.json.encode(explanation), indent=1).decode()


def told_why(told: Told) -> str:
    """How a claim was read: its rule, and how sure that is."""
    return f"{told.rule}, confidence {told.confidence:g}" + (
        "" if told.accepted else ", not accepted: another reading won"
    )
