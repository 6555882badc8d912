"""Which frames of all articles are one meeting: same series and dates, or people, place and day.

Frames with a full day come first and make the groups; those that know only a month, a year or a day
without a year join the one group that they fit. Where two would do, a frame stays alone and an
Issue says so. Nothing here depends on the order of the input.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from itertools import combinations

from uscuba_kg.model import Issue
from uscuba_kg.resolve.likeness import (
    Node,
    blocks,
    clash,
    is_day,
    known_together,
    nodes_of,
    same,
    single,
    spans_of,
    yearless_blocks,
)
from uscuba_kg.resolve.tellings import Told

_DAY, _MONTH, _YEAR, YEARLESS, NOTHING = range(5)


def group(tellings: Sequence[Told]) -> tuple[list[tuple[Told, ...]], list[Told]]:
    """Give the frames of each meeting, and the frames that fit several."""
    tiers: dict[int, list[Told]] = defaultdict(list)
    for told in tellings:
        tiers[tier_of(told)].append(told)
    dated = [told for tier in (_DAY, _MONTH, _YEAR) for told in tiers[tier]]
    groups, doubtful = group_dated(dated)
    # the same day without a year may be of two years
    nodes = [alone for node in nodes_of(tiers[YEARLESS]) for alone in single(node)]
    free, torn = _attach(nodes, groups)
    groups += [[node] for node in (*free, *torn)]
    doubtful += [node.told for node in torn]
    meetings = [members_of(found) for found in groups]
    meetings += [(told,) for told in tiers[NOTHING]]
    return sorted(meetings, key=_first), doubtful


def group_dated(tellings: Iterable[Told]) -> tuple[list[list[Node]], list[Told]]:
    """Group frames of which the year is known; gives those that fit several, too."""
    tiers: dict[int, list[Told]] = defaultdict(list)
    for told in tellings:
        tiers[tier_of(told)].append(told)
    groups, torn = _join(nodes_of(tiers[_DAY]))
    doubtful = [alone for node in torn for alone in single(node)]
    groups += [[node] for node in doubtful]
    for tier in (_MONTH, _YEAR):
        free, torn = _attach(nodes_of(tiers[tier]), groups)
        found, more = _join(free)
        alone = [one for node in (*torn, *more) for one in single(node)]
        groups += [*found, *([node] for node in alone)]
        doubtful += alone
    return groups, [node.told for node in doubtful]


def members_of(nodes: Iterable[Node]) -> tuple[Told, ...]:
    """Give the frames of a group in their order."""
    return tuple(sorted((told for node in nodes for told in node.members), key=Told.order))


def _first(members: Sequence[Told]) -> tuple[object, ...]:
    return members[0].order()


def tier_of(told: Told) -> int:
    """How well its dates identify a frame."""
    start = told.start
    if start is None:
        return NOTHING
    if is_day(start):
        return _DAY
    if told.series is None and not known_together(told):
        return NOTHING
    if start.year is None:
        return YEARLESS
    return _YEAR if start.month is None else _MONTH


def doubt_of(told: Told) -> Issue:
    """Say that a frame fits several meetings."""
    return Issue(
        "ambiguous-meeting",
        told.source,
        f"“{told.telling.exact}” fits several meetings told elsewhere and is kept apart; "
        "name its day, place or participants to tell which it is.",
        told.telling.span,
    )


def _join(nodes: Sequence[Node]) -> tuple[list[list[Node]], list[Node]]:
    """Give the nodes that are one meeting, and those that would join what cannot be one."""
    near = _neighbours(nodes)
    groups: list[list[Node]] = []
    torn: list[Node] = []
    for part in _parts(near, set(near)):
        bridges = _bridges(part, near, nodes) if _clashes([nodes[n] for n in part]) else set()
        torn += [nodes[n] for n in sorted(bridges)]
        for rest in _parts(near, part - bridges):
            found = [nodes[n] for n in sorted(rest)]
            if _clashes(found):
                torn += found
            else:
                groups.append(found)
    return groups, torn


def _neighbours(nodes: Sequence[Node]) -> dict[int, set[int]]:
    """The nodes that are the same as each, found through the keys they share."""
    by_block: dict[Hashable, list[int]] = defaultdict(list)
    for number, node in enumerate(nodes):
        for block in blocks(node):
            by_block[block].append(number)
    near: dict[int, set[int]] = {number: set() for number in range(len(nodes))}
    for numbers in by_block.values():
        for one, other in combinations(numbers, 2):
            if other in near[one]:
                continue
            if same(nodes[one], nodes[other]) and not clash(nodes[one], nodes[other]):
                near[one].add(other)
                near[other].add(one)
    return near


def _parts(near: dict[int, set[int]], among: set[int]) -> list[set[int]]:
    """The connected parts of a graph, only through the nodes that it may use."""
    left, found = set(among), []
    for start in sorted(among):
        if start not in left:
            continue
        part, waiting = {start}, [start]
        while waiting:
            fresh = (near[waiting.pop()] & among) - part
            part |= fresh
            waiting.extend(fresh)
        left -= part
        found.append(part)
    return found


def _clashes(nodes: Sequence[Node]) -> bool:
    """Tell whether any two nodes clash; where no article tells two, alike nodes count once."""
    spans, compared = spans_of(nodes), list(nodes)
    articles = Counter(article for node in nodes for article in node.articles)
    if all(count == 1 for count in articles.values()):
        compared = list({node.traits: node for node in nodes}.values())
    return any(clash(one, other, spans) for one, other in combinations(compared, 2))


def _bridges(part: set[int], near: dict[int, set[int]], nodes: Sequence[Node]) -> set[int]:
    """The nodes that are the same as two which cannot be one meeting."""
    spans = spans_of(nodes[n] for n in sorted(part))
    return {
        n
        for n in part
        if any(clash(nodes[u], nodes[v], spans) for u, v in combinations(sorted(near[n]), 2))
    }


def _attach(nodes: Sequence[Node], groups: list[list[Node]]) -> tuple[list[Node], list[Node]]:
    """Let each node join the one group it fits.

    Gives the nodes that fit none, and those that fit several groups, or one that another joins
    which they clash with.
    """
    by_block: dict[Hashable, set[int]] = defaultdict(set)
    for number, members in enumerate(groups):
        for block in {b for node in members for b in blocks(node)}:
            by_block[block].add(number)
    free: list[Node] = []
    torn: list[Node] = []
    joining: dict[int, list[Node]] = defaultdict(list)
    for node in nodes:
        keys = blocks(node) or yearless_blocks(node)
        near = sorted(set().union(*(by_block.get(key, set()) for key in keys)))
        fitting = [number for number in near if fits(node, groups[number])]
        if len(fitting) == 1:
            joining[fitting[0]].append(node)
        else:
            (torn if fitting else free).append(node)
    for number, added in sorted(joining.items()):
        clashing = clashing_nodes(added, groups[number])
        torn += clashing
        groups[number] = [*groups[number], *(node for node in added if node not in clashing)]
    return free, torn


def fits(node: Node, members: Iterable[Node]) -> bool:
    """Tell whether a frame can be of a meeting, and is like one of its frames."""
    known = tuple(members)
    spans = spans_of(known)
    return any(same(node, m) for m in known) and not any(clash(node, m, spans) for m in known)


def clashing_nodes(added: Sequence[Node], members: Iterable[Node]) -> list[Node]:
    """Of frames that fit one meeting give those that cannot be of it together."""
    spans = spans_of(members)
    pairs = [(a, b) for a, b in combinations(added, 2) if clash(a, b, spans)]
    return [node for node in added if any(node is a or node is b for a, b in pairs)]
