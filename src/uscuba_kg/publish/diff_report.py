"""A difference between two graphs for people and machines: text, Markdown, JSON."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from uscuba_kg.publish.diff import Change, Difference


def difference_json(difference: Difference) -> str:
    """Give a difference as JSON."""
    return msgspec.json.format(msgspec.json.encode(difference), indent=1).decode()


def difference_lines(difference: Difference) -> Iterator[str]:
    """Give a difference as plain text: what it comes to, then the facts, article by article."""
    yield headline(difference)
    for extra in _extras(difference):
        yield f"  {extra}"
    for source, things in _by_source(difference).items():
        yield ""
        yield source
        for thing, changes in things.items():
            yield f"  {thing}"
            for change in changes:
                yield f"    {_in_words(change)}"


def difference_markdown(difference: Difference) -> Iterator[str]:
    """Give a difference as Markdown, as it may stand under a pull request."""
    yield f"### {headline(difference)}"
    yield ""
    for extra in _extras(difference):
        yield f"- {_escaped(extra)}"
    for source, things in _by_source(difference).items():
        yield ""
        yield f"**{_escaped(source)}**"
        yield ""
        for thing, changes in things.items():
            yield f"- {_escaped(thing)}"
            for change in changes:
                yield f"  - {_escaped(_in_words(change))}"


def headline(difference: Difference) -> str:
    """What a difference comes to, in one sentence."""
    if difference.same:
        return "The two graphs are the same."
    facts = [
        (len(difference.came), "came"),
        (len(difference.went), "went"),
        (len(difference.changed), "changed"),
    ]
    told = ", ".join(f"{count} {verb}" for count, verb in facts if count) or "none differs"
    return f"Facts: {told}. Claims: {difference.claims_came} came, {difference.claims_went} went."


def _extras(difference: Difference) -> Iterator[str]:
    for title in difference.articles_came:
        yield f"article came: {title}"
    for title in difference.articles_went:
        yield f"article went: {title}"
    for renamed in difference.renamed:
        yield f"renamed: {renamed.label}: {renamed.old} is now {renamed.new}"
    if difference.others:
        yield f"{difference.others} triples of names and background differ"


def _by_source(difference: Difference) -> dict[str, dict[str, list[Change]]]:
    """The changes under the first article that states them, and under the thing they are about."""
    found: dict[str, dict[str, list[Change]]] = {}
    for change in sorted((*difference.came, *difference.went, *difference.changed)):
        source = change.sources[0] if change.sources else "No article"
        found.setdefault(source, {}).setdefault(change.subject, []).append(change)
    return found


def _in_words(change: Change) -> str:
    """One change on one line: a sign, the property, and the values."""
    sign = {"came": "+", "went": "-", "changed": "~"}[change.kind]
    values = " -> ".join(v for v in (change.old, change.new) if v)
    more = len(change.sources) - 1
    also = f" (and {more} more article{'s' if more > 1 else ''})" if more > 0 else ""
    return f"{sign} {change.predicate}: {values}{also}"


def _escaped(words: str) -> str:
    r"""Words that Markdown takes as they stand.

    >>> _escaped("a *b* <c> [d]")
    'a \\*b\\* \\<c\\> \\[d\\]'
    """
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>#|!~" else c for c in words)
