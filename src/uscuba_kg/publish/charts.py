"""Pictures of a graph, by matplotlib: the same graph gives the same SVG."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from uscuba_kg.errors import InputError, OutputError
from uscuba_kg.publish.chart_data import (
    RIGHT,
    Network,
    Point,
    columns,
    network,
    strongest,
    timeline,
    topics_by_year,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ENDINGS = (".png", ".svg")
"""The endings of picture files; each names a format."""
KINDS = ("network", "timeline", "topics")

_WORDS = {
    "en": {
        "timeline": "Meetings of Cuba and the United States",
        "network": "Who met whom",
        "topics": "What meetings were about, in number of meetings",
        "none": "outside any series",
        "Held": "held", "Planned": "planned", "Cancelled": "cancelled",
        "cuba": "for Cuba", "united-states": "for the United States",
    },
    "es": {
        "timeline": "Encuentros de Cuba y Estados Unidos",
        "network": "Quién se reunió con quién",
        "topics": "De qué trataron los encuentros, en número de encuentros",
        "none": "fuera de toda serie",
        "Held": "celebrado", "Planned": "previsto", "Cancelled": "cancelado",
        "cuba": "por Cuba", "united-states": "por Estados Unidos",
    },
}  # fmt: skip
_MARKS: Mapping[str, Mapping[str, Any]] = {
    "Held": {"marker": "o", "facecolor": "#1f5a8a", "edgecolor": "#1f5a8a"},
    "Planned": {"marker": "o", "facecolor": "none", "edgecolor": "#1f5a8a"},
    "Cancelled": {"marker": "x", "color": "#b0413e"},
}
_SIDES = {"cuba": "#b0413e", "united-states": "#1f5a8a"}
_OTHER = "#8a8a84"
_COLUMNS = ("united-states", RIGHT)
_MOST_PEOPLE, _MOST_TOPICS = 60, 25


def draw(graph: Path, kind: str, output: Path, language: str = "en") -> None:
    """Draw a graph's timeline, network or topics into a file, whole or not at all.

    ``language`` is that of the words in the picture. Raises InputError where the graph holds nothing
    to draw, OutputError where the file cannot be written, or matplotlib is not
    installed.
    """
    if output.suffix.lower() not in ENDINGS:
        raise OutputError(
            f"no picture has the ending {output.suffix!r}",
            place=str(output),
            remedy=f"Use one of {' '.join(ENDINGS)}.",
        )
    try:
        import matplotlib
    except ImportError as error:
        raise OutputError(
            "pictures need matplotlib",
            remedy="Install them with: pip install 'uscuba-kg[plot]'",
        ) from error
    # without a salt matplotlib names the parts of an SVG at random
    matplotlib.rcParams.update(
        {"svg.hashsalt": "uscuba-kg", "svg.fonttype": "none", "font.size": 9, "figure.dpi": 150}
    )
    words = _WORDS[language]
    if kind == "timeline":
        figure = _timeline(timeline(graph, language), words)
    elif kind == "network":
        figure = _network(network(graph), words)
    else:
        figure = _topics(topics_by_year(graph, language), words)
    _save(figure, output)


def _save(figure: Figure, output: Path) -> None:
    beside = output.with_name(f".{output.stem}.partial{output.suffix}")
    still = {"Date": None} if output.suffix.lower() == ".svg" else {"Software": None}
    try:
        figure.savefig(beside, bbox_inches="tight", metadata=still)
        beside.replace(output)
    except OSError as error:
        raise OutputError(error.strerror or str(error), place=str(output)) from error
    finally:
        beside.unlink(missing_ok=True)


def _nothing(what: str) -> InputError:
    return InputError(f"the graph holds no {what} to draw", remedy="Draw one with more articles.")


def _timeline(points: Sequence[Point], words: Mapping[str, str]) -> Figure:
    from matplotlib.figure import Figure

    if not points:
        raise _nothing("dated meetings")
    counts = Counter(point.series or words["none"] for point in points)
    rows = sorted(counts, key=lambda name: (name == words["none"], -counts[name], name))[::-1]
    figure = Figure(figsize=(9, 1.2 + 0.32 * len(rows)))
    axes = figure.add_subplot()
    for status, mark in _MARKS.items():
        of_status = [p for p in points if p.status == status]
        # matplotlib draws days, though its types speak of numbers alone
        days: Any = [p.day for p in of_status]
        axes.scatter(
            days,
            [rows.index(p.series or words["none"]) for p in of_status],
            s=34,
            linewidths=1.2,
            label=words[status],
            alpha=0.85,
            **mark,
        )
    axes.set_yticks(range(len(rows)), rows)
    axes.set_ylim(-0.7, len(rows) - 0.3)
    axes.grid(axis="x", color="#e4e3dd")
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, frameon=False)
    axes.set_title(words["timeline"], loc="left", fontweight="bold", pad=24)
    return figure


def _network(found: Network, words: Mapping[str, str]) -> Figure:
    """Two columns, a side each, with a line for every two people who met, as wide as often."""
    from matplotlib.figure import Figure

    ties = strongest(found.ties, _MOST_PEOPLE)
    if not ties:
        raise _nothing("two people of two sides who met")
    both = columns(ties, found.sides)
    longest = max(len(column) for column in both)
    figure = Figure(figsize=(8, 1.2 + 0.2 * longest))
    axes = figure.add_subplot()
    heights = {
        name: row * (longest - 1) / max(1, len(column) - 1) if len(column) > 1 else longest / 2
        for column in both
        for row, name in enumerate(column)
    }
    across = {name: x for x, column in enumerate(both) for name in column}
    for tie in ties:
        ends = (tie.one, tie.other)
        axes.plot(
            [across[name] for name in ends],
            [heights[name] for name in ends],
            color="#b5b4ad",
            linewidth=0.6 + 0.8 * tie.meetings,
            zorder=1,
        )
    for name, x in across.items():
        color = _SIDES.get(found.sides[name], _OTHER)
        axes.scatter(x, heights[name], s=22, color=color, zorder=2)
        side = "right" if x == 0 else "left"
        axes.annotate(
            name,
            (x, heights[name]),
            xytext=(-7 if x == 0 else 7, 0),
            textcoords="offset points",
            ha=side,
            va="center",
            fontsize=8,
        )
    for x, side in enumerate(_COLUMNS):
        axes.text(x, -1.6, words[side], ha="center", color=_SIDES[side], fontweight="bold")
    axes.set_xlim(-0.9, 1.9)
    axes.set_ylim(longest, -2.2)
    axes.set_title(words["network"], loc="left", fontweight="bold")
    axes.set_axis_off()
    return figure


def _topics(found: Mapping[str, Counter[int]], words: Mapping[str, str]) -> Figure:
    from matplotlib.figure import Figure

    if not found:
        raise _nothing("topics of dated meetings")
    topics = list(found)[:_MOST_TOPICS]
    years = range(
        min(y for t in topics for y in found[t]), max(y for t in topics for y in found[t]) + 1
    )
    shown = [year for year in years if any(found[t][year] for t in topics)]
    figure = Figure(figsize=(2.5 + 0.32 * len(shown), 1 + 0.26 * len(topics)))
    axes = figure.add_subplot()
    cells = [[found[topic][year] or float("nan") for year in shown] for topic in topics]
    axes.imshow(cells, cmap="Blues", vmin=0, aspect="auto")
    for row, topic in enumerate(topics):
        for column, year in enumerate(shown):
            count = found[topic][year]
            if count:
                light = count > 0.6 * max(max(found[t].values()) for t in topics)
                ink = "white" if light else "black"
                axes.text(column, row, str(count), ha="center", va="center", color=ink, fontsize=7)
    axes.set_xticks(range(len(shown)), [str(year) for year in shown], rotation=90)
    axes.set_yticks(range(len(topics)), topics)
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.set_title(words["topics"], loc="left", fontweight="bold")
    return figure
