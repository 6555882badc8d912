"""Which names of people that no authority file lists are one person, over all articles.

A name and the state it acts for tell a person; a fuller name takes in a shorter one only where
nobody else could be meant. A single word is a surname or a first name: it names somebody in its own
article and nobody beyond it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Set
from typing import TypeAlias

import msgspec

from uscuba_kg.text import slug

Side: TypeAlias = str | None


class Form(msgspec.Struct, frozen=True, order=True, gc=False):
    """A folded name with the state that it acts for, ``""`` where that is not told.

    ``article`` is the hash of the only article where a single word means somebody, else ``""``.
    """

    name: str
    side: str = ""
    article: str = ""


def form_of(folded: str, side: Side, article: str) -> Form:
    """Give the form of a name as an article tells it."""
    return Form(folded, side or "", "" if " " in folded else article)


class _Person(msgspec.Struct, frozen=True, gc=False):
    """One name of one person, with its words; ``articles`` are those that use it."""

    form: Form
    words: tuple[str, ...]
    articles: frozenset[Hashable]

    @property
    def key(self) -> str:
        """The key that it has where nobody else bears the name."""
        return _key(self.form, frozenset())


def join_people(
    told: Iterable[tuple[Form, Hashable]], apart: Set[frozenset[str]] = frozenset()
) -> dict[Form, str]:
    """Give every form the key of its person; ``told`` pairs forms with the articles that use them.

    ``apart`` holds pairs of keys that are two persons whatever their names.

    >>> long, short = Form("ana ruiz soto", "cuba"), Form("ana ruiz")
    >>> sorted(set(join_people([(long, "a"), (short, "b")]).values()))
    ['ana-ruiz-soto']
    """
    articles: dict[Form, set[Hashable]] = defaultdict(set)
    for form, article in told:
        articles[form].add(article)
    person_of = dict(_by_name(articles))
    users: dict[Form, set[Hashable]] = defaultdict(set)
    for form, person in person_of.items():
        users[person] |= articles[form]
    people = [_Person(f, tuple(f.name.split()), frozenset(users[f])) for f in sorted(users)]
    fuller = _without_clashes(_join_fuller(people, apart))
    crowded = _names_of_several(people)
    return {
        form: _key(fuller.get(person, person), crowded)
        for form, person in sorted(person_of.items())
    }


def _by_name(forms: Iterable[Form]) -> Iterator[tuple[Form, Form]]:
    """Pair each form with its person's: the same name is one, unless two states claim it."""
    alike: dict[tuple[str, str], list[Form]] = defaultdict(list)
    for form in forms:
        alike[form.name, form.article].append(form)
    for same in alike.values():
        sides = sorted({form.side for form in same if form.side})
        for form in same:
            side = sides[0] if len(sides) == 1 else form.side
            yield form, Form(form.name, side, form.article)


def _join_fuller(people: Iterable[_Person], apart: Set[frozenset[str]]) -> dict[Form, Form]:
    """Pair a shorter name with the one fuller name that it must be; the fullest names first."""
    longest_first = sorted(people, key=lambda p: (-len(p.words), p.form))
    bearing: dict[str, list[_Person]] = defaultdict(list)
    joined: dict[Form, Form] = {}
    for person in longest_first:
        if len(person.words) < 2:
            continue
        rarest = min((bearing[word] for word in person.words), key=len)
        roots = {
            joined.get(other.form, other.form)
            for other in rarest
            if _is_short_for(person, other) and frozenset({person.key, other.key}) not in apart
        }
        if len(roots) == 1:
            root = roots.pop()
            if _sides_agree(root.side, person.form.side):
                joined[person.form] = root
        for word in set(person.words):
            bearing[word].append(person)
    return joined


def _is_short_for(short: _Person, full: _Person) -> bool:
    """Tell whether a name can be a shorter form of another: the same words in the same order.

    The first names must agree; within one article two surnames are enough.
    """
    if len(short.words) >= len(full.words) or not _sides_agree(short.form.side, full.form.side):
        return False
    if short.words[0] != full.words[0] and not short.articles & full.articles:
        return False
    rest = iter(full.words)
    return all(word in rest for word in short.words)


def _sides_agree(one: str, other: str) -> bool:
    return not one or not other or one == other


def _without_clashes(joined: Mapping[Form, Form]) -> dict[Form, Form]:
    """Leave apart the shorter names of two states that met in a fuller name of neither."""
    sides: dict[Form, set[str]] = defaultdict(set)
    for form, root in joined.items():
        sides[root] |= {side for side in (form.side, root.side) if side}
    return {
        form: root
        for form, root in joined.items()
        if len(sides[root]) < 2 or (not form.side and not root.side)
    }


def _names_of_several(people: Iterable[_Person]) -> frozenset[tuple[str, str]]:
    """The names that two people bear."""
    count: dict[tuple[str, str], int] = defaultdict(int)
    for person in people:
        count[person.form.name, person.form.article] += 1
    return frozenset(name for name, bearers in count.items() if bearers > 1)


def _key(form: Form, crowded: frozenset[tuple[str, str]]) -> str:
    key = slug(form.name) or "unnamed"
    if form.article:
        key = f"{key}-{form.article[:8]}"
    if form.side and (form.name, form.article) in crowded:
        return f"{form.side}/{key}"
    return key
