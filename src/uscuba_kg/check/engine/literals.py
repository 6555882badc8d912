"""Literals by value: which are well-formed, and which is less (XML Schema 1.1 part 2, SPARQL 1.1)."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from uscuba_kg.rdf.terms import Literal
from uscuba_kg.rdf.vocab import RDF, XSD

LANG_STRING = RDF + "langString"
_INTEGERS: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "long": (-(1 << 63), (1 << 63) - 1),
    "int": (-(1 << 31), (1 << 31) - 1),
    "short": (-(1 << 15), (1 << 15) - 1),
    "byte": (-128, 127),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "unsignedLong": (0, (1 << 64) - 1),
    "unsignedInt": (0, (1 << 32) - 1),
    "unsignedShort": (0, (1 << 16) - 1),
    "unsignedByte": (0, 255),
}
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DOUBLE = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN")
_ZONE = r"(?P<zone>Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
_YEAR, _MONTH, _DAY = (
    r"(?P<year>-?(?:[1-9][0-9]{3,}|0[0-9]{3}))",
    r"(?P<month>0[1-9]|1[0-2])",
    (r"(?P<day>0[1-9]|[12][0-9]|3[01])"),
)
_TIME = r"(?P<hour>[01][0-9]|2[0-4]):(?P<minute>[0-5][0-9]):(?P<second>[0-5][0-9](?:\.[0-9]+)?)"
_MOMENTS = {
    "date": f"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}",
    "dateTime": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}",
    "time": f"{_TIME}{_ZONE}",
    "gYear": f"{_YEAR}{_ZONE}",
    "gYearMonth": f"{_YEAR}-{_MONTH}{_ZONE}",
    "gMonthDay": f"--{_MONTH}-{_DAY}{_ZONE}",
    "gMonth": f"--{_MONTH}{_ZONE}",
    "gDay": f"---{_DAY}{_ZONE}",
}
_CLOCK = r"(?:T(?=.)(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?)?"
_FOUR = r"(?:[A-Za-z0-9+/] ?)"
_SHAPES = {
    **{kind: re.compile(pattern) for kind, pattern in _MOMENTS.items()},
    "boolean": re.compile("true|false|1|0"),
    "decimal": _DECIMAL,
    "double": _DOUBLE,
    "float": _DOUBLE,
    "duration": re.compile(rf"-?P(?=.)(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?{_CLOCK}"),
    "dayTimeDuration": re.compile(rf"-?P(?=.)(?:[0-9]+D)?{_CLOCK}"),
    "yearMonthDuration": re.compile(r"-?P(?=.)(?:[0-9]+Y)?(?:[0-9]+M)?"),
    "hexBinary": re.compile(r"(?:[0-9a-fA-F]{2})*"),
    "base64Binary": re.compile(rf"(?:{_FOUR}{{4}})*(?:{_FOUR}{{2}}(?:{_FOUR}=|= ?=))?"),
    "language": re.compile(r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*"),
}  # fmt: skip
_FEBRUARY, _THIRTY = 2, (4, 6, 9, 11)
_WIDEST = 14 * 3600
"""Seconds by which a moment without a zone may lie elsewhere."""


@lru_cache(maxsize=1 << 14)
def well_formed(lexical: str, datatype: str) -> bool:
    """Tell whether a literal's words are a value of its datatype; unknown datatypes take any."""
    if not datatype.startswith(XSD):
        return True
    kind = datatype[len(XSD) :]
    if kind in _INTEGERS:
        if not _INTEGER.fullmatch(lexical):
            return False
        least, most = _INTEGERS[kind]
        number = Decimal(lexical)  # Python refuses to read an int of 5,000 digits
        return (least is None or number >= least) and (most is None or number <= most)
    pattern = _SHAPES.get(kind)
    if pattern is None:
        return True
    match = pattern.fullmatch(lexical)
    return match is not None and (kind not in _MOMENTS or _exists(match.groupdict()))


def _exists(parts: dict[str, str | None]) -> bool:
    """Tell whether a day is in the calendar, and an hour in the day."""
    if parts.get("hour") == "24" and (
        parts["minute"] != "00" or set(str(parts["second"])) - {*"0."}
    ):
        return False
    if not parts.get("day") or not parts.get("month"):
        return True
    day, month = int(str(parts["day"])), int(str(parts["month"]))
    if month == _FEBRUARY:
        year = parts.get("year")
        leap = year is None or (
            int(year) % 4 == 0 and (int(year) % 100 != 0 or int(year) % 400 == 0)
        )
        return day <= (29 if leap else 28)
    return day <= (30 if month in _THIRTY else 31)


DERIVED = frozenset(XSD + kind for kind in _INTEGERS if kind != "integer")
"""Datatypes that Oxigraph does not tell from xsd:integer."""

Value = tuple[str, Any, bool]
"""What can be compared: its kind, its place in the order of the kind, whether it has a zone."""


@lru_cache(maxsize=1 << 14)
def value_of(literal: Literal) -> Value | None:
    """The value of a literal, for comparison; None where it has none that has an order."""
    kind = literal.datatype.removeprefix(XSD)
    if literal.language or not literal.datatype.startswith(XSD):
        return None
    if not well_formed(literal.lexical, literal.datatype):
        return None
    if kind in _INTEGERS or kind == "decimal":
        return "number", Decimal(literal.lexical), True
    if kind in ("double", "float"):
        number = float(literal.lexical.replace("INF", "inf"))
        return ("number", number, True) if number == number else None
    if kind == "string":
        return "string", literal.lexical, True
    if kind == "boolean":
        return "boolean", literal.lexical in ("true", "1"), True
    if kind in _MOMENTS:
        match = _SHAPES[kind].fullmatch(literal.lexical)
        return _moment(kind, match.groupdict()) if match else None
    return None


def _moment(kind: str, parts: dict[str, str | None]) -> Value:
    """A moment in seconds of a calendar that goes on for ever, in both directions."""
    year = int(parts.get("year") or 1972)
    month, day = int(parts.get("month") or 1), int(parts.get("day") or 1)
    seconds = Decimal(_days(year, month, day)) * 86_400
    if parts.get("hour"):
        seconds += int(str(parts["hour"])) * 3600 + int(str(parts["minute"])) * 60
        seconds += Decimal(str(parts["second"]))
    zone = parts.get("zone")
    if zone and zone != "Z":
        shift = int(zone[1:3]) * 3600 + int(zone[4:6]) * 60
        seconds += shift if zone[0] == "-" else -shift
    return kind, seconds, zone is not None


def _days(year: int, month: int, day: int) -> int:
    """Days since a beginning in the proleptic Gregorian calendar."""
    if month <= _FEBRUARY:
        year, month = year - 1, month + 12
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * month - 457) // 5 + day


def compare(one: Literal, other: Literal) -> int | None:
    """-1, 0 or 1 as SPARQL orders two literals; None where it does not."""
    a, b = value_of(one), value_of(other)
    if a is None or b is None or a[0] != b[0]:
        return None
    if a[2] != b[2]:  # a moment without a zone: sure only where no zone could turn the order
        gap = a[1] - b[1]
        return None if abs(gap) <= _WIDEST else (1 if gap > 0 else -1)
    return int(a[1] > b[1]) - int(a[1] < b[1])


def holds(one: object, other: object, order: Callable[[int], bool]) -> bool:
    """Tell whether two terms are literals in a certain order."""
    if not isinstance(one, Literal) or not isinstance(other, Literal):
        return False
    found = compare(one, other)
    return found is not None and order(found)


def language_fits(tag: str, wanted: str) -> bool:
    """Tell whether a language tag falls into a range, as SPARQL's langMatches does (RFC 4647)."""
    tag, wanted = tag.lower(), wanted.lower()
    return bool(tag) and (wanted == "*" or tag == wanted or tag.startswith(wanted + "-"))
