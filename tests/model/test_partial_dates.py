from __future__ import annotations

import datetime as dt

import pytest

from uscuba_kg.model import DateRange, PartialDate

DAY, MONTH, YEAR = PartialDate(2023, 1, 18), PartialDate(2023, 1), PartialDate(2023)
YEARLESS = PartialDate(None, 1, 18)


@pytest.mark.parametrize(
    ("date", "lexical", "first", "last"),
    [
        (DAY, "2023-01-18", dt.date(2023, 1, 18), dt.date(2023, 1, 18)),
        (MONTH, "2023-01", dt.date(2023, 1, 1), dt.date(2023, 1, 31)),
        (PartialDate(2016, 2), "2016-02", dt.date(2016, 2, 1), dt.date(2016, 2, 29)),
        (PartialDate(2015, 12), "2015-12", dt.date(2015, 12, 1), dt.date(2015, 12, 31)),
        (YEAR, "2023", dt.date(2023, 1, 1), dt.date(2023, 12, 31)),
        (YEARLESS, "--01-18", None, None),
    ],
)
def test_a_date_is_as_wide_as_it_is_vague(
    date: PartialDate, lexical: str, first: dt.date | None, last: dt.date | None
) -> None:
    assert (date.lexical, date.first_day(), date.last_day()) == (lexical, first, last)


@pytest.mark.parametrize(
    ("a", "b", "fits", "meets"),
    [
        (DAY, MONTH, True, True),
        (DAY, YEARLESS, True, True),
        (DAY, PartialDate(2023, 1, 19), False, False),
        (YEAR, YEARLESS, True, False),
        (YEAR, PartialDate(2022, 1), False, False),
        (MONTH, PartialDate(None, 2, 18), False, False),
    ],
)
def test_dates_meet_only_where_they_speak_of_one_thing(
    a: PartialDate, b: PartialDate, fits: bool, meets: bool
) -> None:
    assert (a.fits(b), b.fits(a)) == (fits, fits)
    assert (a.meets(b), b.meets(a)) == (meets, meets)


def test_a_range_is_written_as_edtf() -> None:
    assert DateRange(DAY, PartialDate(2023, 1, 19)).edtf == "2023-01-18/2023-01-19"
    assert DateRange(YEARLESS, YEARLESS).edtf == "XXXX-01-18"
