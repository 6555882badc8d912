from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import article
from uscuba_kg.annotate.sentences import find_sentences
from uscuba_kg.model import Annotated, MentionKind
from uscuba_kg.packs.load import pack_for
from uscuba_kg.pipeline import read_article

K = MentionKind


def annotated(text: str, language: str = "en") -> Annotated:
    return read_article(article(text, language))


def found(text: str, kind: MentionKind, language: str = "en") -> list[tuple[str, str | None]]:
    return [(m.surface, m.entity) for m in annotated(text, language).mentions if m.kind == kind]


@pytest.mark.parametrize(
    ("text", "language", "kind", "wanted"),
    [
        ("The U.S. Coast Guardsmen left.", "en", K.STATE, [("U.S.", "united-states")]),
        ("The U.S. Coast Guard left.", "en", K.BODY, [("U.S. Coast Guard", "uscg")]),
        ("Give us a call.", "en", K.STATE, []),
        (
            "The Departments of State, Homeland Security, and Justice came.",
            "en",
            K.BODY,
            [
                ("Departments of State", "state-department"),
                ("Homeland Security", "dhs"),
                ("Justice", "doj"),
            ],
        ),
        (
            "Clerks of the State, Homeland Security and Justice departments sang.",
            "en",
            K.BODY,
            [
                ("State", "state-department"),
                ("Homeland Security", "dhs"),
                ("Justice departments", "doj"),
            ],
        ),
        ("The Sand, Gravel and Lime departments came.", "en", K.BODY, []),
        (
            "Asistieron los ministros de Justicia, Rita Mena, y del Interior, Hugo Lara.",
            "es",
            K.BODY,
            [],
        ),
        ("They met Utah’s Ann Carter.", "en", K.PERSON, [("Ann Carter", None)]),
        (
            "Asistieron los ministerios de Justicia y del Interior.",
            "es",
            K.BODY,
            [("ministerios de Justicia", "minjus"), ("Interior", "minint")],
        ),
        (
            "The Bureaus of Western Hemisphere Affairs and Office of Old Maps came; the Department "
            "of Commerce’s Office of Tides, Winds, and Moons did not.",
            "en",
            K.BODY,
            [
                ("Bureaus of Western Hemisphere Affairs", "bureau-western-hemisphere-affairs"),
                ("Office of Old Maps", None),
                ("Department of Commerce", "commerce"),
                ("Office of Tides, Winds, and Moons", None),
            ],
        ),
        (
            "The Cuban Foreign Ministry spoke first. The Cuban Ministry added that it was late.",
            "en",
            K.BODY,
            [("Cuban Foreign Ministry", "minrex"), ("Ministry", "minrex")],
        ),
        ("The Cuban Ministry added that it was late.", "en", K.BODY, []),
        (
            "Habló el Comité Presidencial para las Artes de EE.UU. Nadie más habló.",
            "es",
            K.BODY,
            [("Comité Presidencial para las Artes de EE.UU.", None)],
        ),
        (
            "The Office of Unheard Affairs sent a letter.",
            "en",
            K.BODY,
            [("Office of Unheard Affairs", None)],
        ),
        (
            "Deputy Minister Ernesto Quintanilla Pardo spoke.",
            "en",
            K.PERSON,
            [("Ernesto Quintanilla Pardo", None)],
        ),
        (
            "Habló Lara Whitfield, directora de Asuntos Marítimos.",
            "es",
            K.PERSON,
            [("Lara Whitfield", None)],
        ),
        ("Alex Alemán llegó.", "es", K.PERSON, [("Alex Alemán", None)]),
        ("President Obama spoke.", "en", K.PERSON, [("Obama", "barack-obama")]),
        (
            "Charles Redfield, a spokesman, said so. Redfield left.",
            "en",
            K.PERSON,
            [("Charles Redfield", None), ("Redfield", None)],
        ),
        ("Buenos Aires is a city; Monday Morning is not.", "en", K.PERSON, []),
        (
            "Deputy Assistant Secretary for Border, Immigration, and Trade Policy",
            "en",
            K.POST,
            [("Deputy Assistant Secretary for Border, Immigration, and Trade Policy", None)],
        ),
        ("She shook her head at the chair.", "en", K.POST, []),
        (
            "They signed a memorandum of understanding.",
            "en",
            K.AGREEMENT,
            [("memorandum of understanding", None)],
        ),
    ],
)
def test_what_a_text_names(
    text: str, language: str, kind: MentionKind, wanted: list[tuple[str, str | None]]
) -> None:
    assert found(text, kind, language) == wanted


def test_two_people_of_one_surname_stay_two() -> None:
    text = "Bruno Rodríguez and Gustavo Rodríguez met the visitors. Rodríguez was late."
    people = [m for m in annotated(text).mentions if m.kind == K.PERSON]
    assert [m.surface for m in people] == ["Bruno Rodríguez", "Gustavo Rodríguez"]


def test_a_topic_inside_a_name_is_no_topic() -> None:
    text = "The Ministry of Agriculture discussed civil aviation."
    assert [t.value for t in annotated(text).topics] == ["civil-aviation"]


@pytest.mark.parametrize(
    ("text", "language", "sentences"),
    [
        ("They met in Washington, D.C. on Friday. Mr. Kozak led.", "en", 2),
        ("It was signed in the U.S. The text is short.", "en", 2),
        (
            "Rep. Jim McGovern (D-Mass.) arrived on Friday. He left (by air.) Others stayed.",
            "en",
            3,
        ),
        ("La delegación de EE.UU. llegó ayer. El Sr. Pérez habló.", "es", 2),
        ("Rights in Cuba.Increased cooperation helps.", "en", 2),
        ("He said so.[1] She did not.[2]", "en", 2),
        ("A title without a stop\nA sentence follows.", "en", 2),
    ],
)
def test_where_sentences_end(text: str, language: str, sentences: int) -> None:
    assert len(find_sentences(text, pack_for(language))) == sentences


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Deputy Minister Ana Ruiz, ",
                "the U.S. Embassy in Havana ",
                "“migration talks” ",
                "🇨🇺 ",
                "señor Núñez; ",
                "on January 18-19 ",
                "met with ",
                "El canciller ",
                "(DHS) ",
                "\n\n",
                ". ",
                "é́",
                "Washington ",
                "\u2028",
            ]
        ),
        max_size=25,
    ).map("".join)
    | st.text(max_size=200),
    st.sampled_from(["en", "es"]),
)
def test_offsets_are_sacred(text: str, language: str) -> None:
    result = annotated(text, language)
    for mention in (*result.mentions, *result.nested, *result.topics, *result.quotations):
        assert text[mention.span.start : mention.span.end] == mention.surface
    ordered = [m.span for m in result.mentions]
    assert all(a.end <= b.start for a, b in itertools.pairwise(ordered))
