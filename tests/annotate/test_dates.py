"""What the words say of time, and which day they mean from a given day of publication."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import article
from uscuba_kg.annotate.calendar import resolve_dates
from uscuba_kg.annotate.dates import find_dates, load_date_words
from uscuba_kg.model import Mention, Span
from uscuba_kg.resources import packs_dir
from uscuba_kg.text import fold

PUBLISHED = "2023-01-20"  # a Friday

ENGLISH = [
    ("The dialogue was held on January 18-19, 2023.", ["2023-01-18/2023-01-19"]),
    ("They met on 18 and 19 January 2023 in Havana.", ["2023-01-18/2023-01-19"]),
    ("They met from January 18 to 19.", ["2023-01-18/2023-01-19"]),
    ("On January 18, 18-19, officials met.", ["2023-01-18/2023-01-19"]),
    ("The visit ran from 30 November to 2 December 2022.", ["2022-11-30/2022-12-02"]),
    ("The talks of November 30-December 1, 2022 were cordial.", ["2022-11-30/2022-12-01"]),
    ("The round was held on November 15.", ["2022-11-15"]),
    ("The round was held on Tuesday, Nov. 15th.", ["2022-11-15"]),
    ("The next round will be held on April 12.", ["2023-04-12"]),
    ("They last met in April.", ["2022-04"]),
    ("They signed it in April 2016.", ["2016-04"]),
    ("It was signed in December of last year.", ["2022-12"]),
    ("A first accord was signed in 1984.", ["1984"]),
    ("They met on Tuesday.", ["2023-01-17"]),
    ("They will meet on Tuesday.", ["2023-01-24"]),
    ("They met on Wednesday and Thursday.", ["2023-01-18/2023-01-19"]),
    ("They met on Friday.", ["2023-01-20"]),
    ("The envoys arrived yesterday.", ["2023-01-19"]),
    ("The envoys leave tomorrow.", ["2023-01-21"]),
    ("The two sides met last week.", ["2023-01"]),
    ("The two sides met last month.", ["2022-12"]),
    ("A year ago they could not agree.", ["2022"]),
    ("Three months ago they could not agree.", ["2022-10"]),
    ("They met on January 18. The following day they signed.", ["2023-01-18", "2023-01-19"]),
    ("The 1st of March was chosen.", ["2022-03-01"]),
    ("The text is dated 2022-11-15.", ["2022-11-15"]),
    ("They may meet again and march on.", []),
    ("Some 300 people and 22 U.S.C. 6021 were named.", []),
    ("The damage was 1,500 dollars in 12 categories.", []),
    ("On February 30 nothing happens.", []),
    ("The 2015-18 dialogue is over.", []),
]
SPANISH = [
    ("El diálogo se celebró el 18 y 19 de enero de 2023.", ["2023-01-18/2023-01-19"]),
    ("Se reunieron del 18 al 19 de enero.", ["2023-01-18/2023-01-19"]),
    ("Fue del 30 de noviembre al 1 de diciembre de 2022.", ["2022-11-30/2022-12-01"]),
    ("La ronda fue el 15 de noviembre.", ["2022-11-15"]),
    ("La ronda será el próximo 12 de abril.", ["2023-04-12"]),
    ("La última cita fue en abril pasado.", ["2022-04"]),
    ("Lo firmaron en abril de 2016.", ["2016-04"]),
    ("Está preso desde el 3 de diciembre del año pasado.", ["2022-12-03"]),
    ("Se reunieron el martes.", ["2023-01-17"]),
    ("Se reunirán el martes.", ["2023-01-24"]),
    ("Se reunieron miércoles y jueves.", ["2023-01-18/2023-01-19"]),
    ("Los enviados llegaron ayer.", ["2023-01-19"]),
    ("Se vieron hace un mes.", ["2022-12"]),
    ("Se vieron hace tres meses.", ["2022-10"]),
    ("Se vieron la semana pasada.", ["2023-01"]),
    ("Un primer acuerdo se firmó en 1984.", ["1984"]),
    ("Washington, 4 de febrero, 2016", ["2016-02-04"]),
    ("Se reunieron el 18 de enero y al día siguiente firmaron.", ["2023-01-18", "2023-01-19"]),
    ("El 1ro de marzo fue la fecha elegida.", ["2022-03-01"]),
    ("Hay 5.911 expedientes y 12 categorías.", []),
    ("Pidió 121.000 millones en 300 páginas.", []),
    ("El 31 de abril no existe.", []),
]


def mentions(text: str, language: str, published: str | None = PUBLISHED) -> tuple[Mention, ...]:
    words = load_date_words(packs_dir() / language)
    return resolve_dates(
        article(text, language, published), find_dates(text, fold(text), words), words
    )


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [("en", *row) for row in ENGLISH] + [("es", *row) for row in SPANISH],
)
def test_the_day_that_words_mean(language: str, text: str, values: list[str]) -> None:
    assert [m.value for m in mentions(text, language)] == values


@pytest.mark.parametrize(
    ("text", "value", "rule"),
    [
        (
            "HAVANA, Nov. 15, 2022 (Wire) - The talks were held on Tuesday.",
            "2022-11-15",
            "date.weekday-of-date",
        ),
        (
            "The memorandum was signed in May 2016. They met on May 17.",
            "2016-05-17",
            "date.year-told-before",
        ),
        ("They met on January 18 and 19.", "XXXX-01-18/XXXX-01-19", "date.no-year"),
        ("They met on Tuesday.", None, None),
        ("They met last week.", None, None),
    ],
)
def test_without_metadata_only_the_text_dates(
    text: str, value: str | None, rule: str | None
) -> None:
    found = mentions(text, "en", None)
    if value is None:
        assert found == ()
    else:
        assert (found[-1].value, found[-1].rule) == (value, rule)


def test_a_footnote_dates_what_the_body_tells_and_a_slip_in_it_does_not() -> None:
    body = "On April 17 the two sides met. Cuba has taken flights since April 2023."
    notes = "\n\n[1] A. Writer, A headline, Gazette (April 18, 2024); B. Writer, Diario (April 18, 2022)."
    words = load_date_words(packs_dir() / "en")
    source = article(body + notes, "en", None, footnotes=(Span(len(body), len(body) + len(notes)),))
    found = resolve_dates(source, find_dates(source.text, fold(source.text), words), words)
    assert (found[0].value, found[0].rule) == ("2024-04-17", "date.year-from-footnote")


def test_a_year_never_comes_from_noise() -> None:
    text = "Elections on January 19, 2021 shake markets\n\nOn January 18 the two sides met."
    words = load_date_words(packs_dir() / "en")
    source = article(text, "en", None, noise=(Span(0, 43),))
    found = resolve_dates(source, find_dates(text, fold(text), words), words)
    assert [m.value for m in found] == ["XXXX-01-18"]


@given(st.text(max_size=300), st.sampled_from(["en", "es"]))
def test_any_text_is_read_and_offsets_hold(text: str, language: str) -> None:
    for mention in mentions(text, language):
        assert text[mention.span.start : mention.span.end] == mention.surface
