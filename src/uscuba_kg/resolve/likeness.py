"""When two tellings are of one meeting, and when they cannot be."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence

import msgspec

from uscuba_kg.model import DateRange, PartialDate, Ref, ThingKind
from uscuba_kg.resolve.days import LEAP_YEAR, Days, days, each_day, holds_both, meet
from uscuba_kg.resolve.tellings import Told

_DAY = dt.timedelta(days=1)
_ENOUGH_PEOPLE = 2
"""How many must be common to two tellings that know no day."""

_SLIPS_APART = 2
"""How many days two tellings of one round can be apart: one the day before, one the day after."""


class Node(msgspec.Struct, frozen=True, eq=False, gc=False):
    """Frames that say the same of series, dates and place, so that they need one comparison."""

    members: tuple[Told, ...]
    dates: DateRange
    articles: frozenset[str]
    people: frozenset[Ref]
    chairs: frozenset[tuple[Ref, Ref]]

    @property
    def told(self) -> Told:
        """Any of the frames: what is compared, all of them say."""
        return self.members[0]

    @property
    def traits(self) -> Hashable:
        """All that can make nodes of different articles clash."""
        told = self.told
        return told.series, told.ordinal, self.dates, told.place, self.chairs


def nodes_of(tellings: Iterable[Told]) -> list[Node]:
    """Give the nodes of dated frames; those without a series are told apart by their people."""
    alike: dict[Hashable, list[Told]] = defaultdict(list)
    for number, told in enumerate(tellings):
        own = None if told.series is not None and not told.apart else number
        alike[told.series, told.dates, told.place, told.ordinal, told.family, own].append(told)
    return [node for members in alike.values() if (node := _node(members)) is not None]


def _node(members: Sequence[Told]) -> Node | None:
    dates = members[0].dates
    if dates is None:
        return None
    return Node(
        members=tuple(members),
        dates=dates,
        articles=frozenset(t.article for t in members),
        people=frozenset().union(*(t.people for t in members)),
        chairs=frozenset().union(*(t.chairs for t in members)),
    )


def single(node: Node) -> list[Node]:
    """Give each frame of a node as a node of its own."""
    return [alone for told in node.members if (alone := _node([told])) is not None]


def is_day(date: PartialDate) -> bool:
    """Tell whether a date is a day of a known year."""
    return date.year is not None and date.day is not None


def same(a: Node, b: Node) -> bool:
    """Tell whether two nodes that don't clash tell of one meeting.

    In one series, dates that meet are enough (:func:`_one_round`). Without a series it takes the
    same kind of encounter and a participant of both; where one of them has a listed series, the
    same place and first day also do. Of a month, or a day without a year, it takes the same place
    and two people.
    """
    one, other = a.told, b.told
    if one.series is not None and one.series == other.series:
        return _one_round(a, b)
    if not meet(a.dates, b.dates) or (one.listed and other.listed):
        return False
    if one.family != other.family:
        return False
    if not (is_day(a.dates.start) and is_day(b.dates.start)):
        return _same_people_there(a, b)
    if a.people & b.people:
        return True
    if not one.listed and not other.listed:
        return False
    return one.place is not None and one.place == other.place and a.dates.start == b.dates.start


def _same_people_there(a: Node, b: Node) -> bool:
    """Tell whether both name the place and two people, or the same month and two actors."""
    one, other = a.told, b.told
    if not (known_together(one) and known_together(other)) or one.place != other.place:
        return False
    common = a.people & b.people
    if a.dates != b.dates or one.start is None or one.start.year is None:
        common = frozenset(who for who in common if who.kind == ThingKind.PERSON)
    return len(common) >= _ENOUGH_PEOPLE


def _one_round(a: Node, b: Node) -> bool:
    """Tell whether two nodes of one series tell of one round.

    Where both know the day, a slip in the number or in the place is a conflict of sources and no
    second round; two slips are too many. Of days next to each other something else must be common:
    the place, the number or a person.
    """
    one, other = a.told, b.told
    slips = int(_numbered_apart(one, other)) + int(_elsewhere(one, other))
    if meet(a.dates, b.dates):
        return slips <= int(_days_apart(a, b) == 0)
    return not slips and _days_apart(a, b) == 1 and _have_in_common(a, b)


def _have_in_common(a: Node, b: Node) -> bool:
    """Tell whether both name the place, the number or one of the people."""
    one, other = a.told, b.told
    if one.place is not None and one.place == other.place:
        return True
    if one.ordinal is not None and one.ordinal == other.ordinal:
        return True
    return any(who.kind == ThingKind.PERSON for who in a.people & b.people)


def _days_apart(a: Node, b: Node) -> int | None:
    """How many days lie between two ranges of days, 0 where they meet; None of anything vaguer."""
    dates = (a.dates, b.dates)
    if not all(is_day(date) for each in dates for date in (each.start, each.end)):
        return None
    one, other = map(days, dates)
    if one is None or other is None:
        return None
    return max(0, (other[0] - one[1]).days, (one[0] - other[1]).days)


def known_together(told: Told) -> bool:
    """Tell whether a frame is known by its place and its people, where its day alone is not."""
    start = told.start
    if start is None or start.month is None or told.place is None:
        return False
    return len(told.people) >= _ENOUGH_PEOPLE


def clash(a: Node, b: Node, spans: Iterable[Days] = ()) -> bool:
    """Tell whether two nodes cannot be of one meeting.

    Days that do not meet still agree where a third telling's range (``spans``) holds both. What one
    article tells apart stays apart, unless it is of one series and the same days. Of one series a
    meeting can hold slips of several articles: in place, in number, and a day before or after.
    """
    one, other = a.told, b.told
    if _judged_apart(a, b):
        return True
    in_one_series = one.series is not None and one.series == other.series
    if one.listed and other.listed and not in_one_series:
        return True
    met = meet(a.dates, b.dates)
    slips = _numbered_apart(one, other) or _elsewhere(one, other)
    if a.articles & b.articles and (slips or not (in_one_series and met)):
        return True
    apart = _days_apart(a, b)
    if in_one_series and apart is not None and apart <= _SLIPS_APART:
        return False
    if in_one_series and _numbered_apart(one, other):
        return True
    if not met and not any(holds_both(span, a.dates, b.dates) for span in spans):
        return True
    return _elsewhere(one, other) or (not in_one_series and _led_by_others(a, b))


def _numbered_apart(one: Told, other: Told) -> bool:
    """Tell whether both give a number, and not the same."""
    return bool(one.ordinal and other.ordinal and one.ordinal != other.ordinal)


def _judged_apart(a: Node, b: Node) -> bool:
    """Tell whether a person judged that a telling of one is not of a meeting of the other."""
    return any(
        judged.ref.key == other.alone and other.article.startswith(judged.article)
        for one in a.members
        for judged in one.apart
        for other in b.members
    )


def _elsewhere(one: Told, other: Told) -> bool:
    """Tell whether both name a place and neither lies in the other."""
    if one.place is None or other.place is None:
        return False
    return one.place.key not in other.within and other.place.key not in one.within


def _led_by_others(a: Node, b: Node) -> bool:
    """Tell whether both say who led one side, and nobody is named by both."""
    if not a.chairs or not b.chairs:
        return False
    sides = {side for side, _ in a.chairs} & {side for side, _ in b.chairs}
    return any(not {c for c in a.chairs & b.chairs if c[0] == side} for side in sides)


def spans_of(nodes: Iterable[Node]) -> tuple[Days, ...]:
    """Give the ranges of several full days that nodes tell, each once."""
    found = {
        span
        for node in nodes
        if is_day(node.dates.start) and is_day(node.dates.end)
        if (span := days(node.dates)) is not None and span[0] < span[1]
    }
    return tuple(sorted(found))


def blocks(node: Node) -> set[Hashable]:
    """Give the keys that a node shares with every node that can be the same as it."""
    span, told = days(node.dates), node.told
    if span is None:
        return set()
    keys: set[Hashable] = set()
    if told.series is not None:
        keys |= {("series", told.series, *month) for month in _months(_widened(span))}
        keys |= {("any-year", told.series, month) for _, month in _months(span)}
    if is_day(node.dates.start):
        keys |= {("who", told.family, day, who) for day in each_day(span) for who in node.people}
        if told.place is not None:
            keys.add(("where", told.family, span[0], told.place))
    if known_together(told):
        for year, month in _months(span):
            keys.add(("month", told.family, year, month, told.place))
            keys.add(("any-year", told.family, month, told.place))
    return keys


def yearless_blocks(node: Node) -> set[Hashable]:
    """Give the keys under which a day without a year finds the days it can be."""
    span = days(node.dates, LEAP_YEAR)
    if span is None:
        return set()
    told = node.told
    keys: set[Hashable] = {("any-year", told.series, month) for _, month in _months(span)}
    if told.series is None:
        keys = {("any-year", told.family, month, told.place) for _, month in _months(span)}
    return keys


def _widened(span: Days) -> Days:
    """A span with the days before and after it, by which a slip may be off."""
    return span[0] - _DAY, span[1] + _DAY


def _months(span: Days) -> list[tuple[int, int]]:
    first, last = span[0].year * 12 + span[0].month - 1, span[1].year * 12 + span[1].month - 1
    return [(month // 12, month % 12 + 1) for month in range(first, last + 1)]
