"""Which names are one person, what things are called, and which posts, bodies and speakers there are."""

from __future__ import annotations

import pytest

from articles import article as written
from articles import built
from resolve.frames import (
    ENTRIES,
    asserted,
    background,
    body,
    claims_of,
    holds,
    keys,
    labels,
    listed,
    part_of,
    person,
    says,
    tell,
    together,
)
from uscuba_kg.model import Fact, Named, Predicate, Reading, Ref, ThingKind


def present(*people: Named) -> list[Reading]:
    """One article for each name."""
    return [
        tell(f"{who.name} was there on May 2, 2018, as article {number} says.", "2018-05-02", members=[who])
        for number, who in enumerate(people)
    ]  # fmt: skip


def people(*named: Named) -> list[str]:
    return keys(together(*present(*named)), ThingKind.PERSON)


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ([person("Rosa Peña", "cuba"), person("Rosa Pena", "cuba")], ["rosa-pena"]),
        ([person("Rosa Peña", "cuba"), person("Rosa Peña")], ["rosa-pena"]),
        (
            [person("Rosa Peña", "cuba"), person("Rosa Peña", "united-states")],
            ["cuba/rosa-pena", "united-states/rosa-pena"],
        ),
        (
            [person("Rosa Peña", "cuba"), person("Rosa Peña", "united-states"), person("Rosa Peña")],
            ["cuba/rosa-pena", "rosa-pena", "united-states/rosa-pena"],
        ),
        ([person("Rosa Peña Lugo", "cuba"), person("Rosa Peña")], ["rosa-pena-lugo"]),
        ([person("Rosa Peña Lugo"), person("Rosa Lugo", "cuba")], ["rosa-pena-lugo"]),
        ([person("John F. Carr"), person("John Carr")], ["john-f-carr"]),
        (
            [person("Rosa Peña Lugo Díaz"), person("Rosa Peña Lugo"), person("Rosa Peña")],
            ["rosa-pena-lugo-diaz"],
        ),
        (
            [person("Rosa Peña Lugo", "cuba"), person("Rosa Peña", "united-states")],
            ["rosa-pena", "rosa-pena-lugo"],
        ),
        (
            [person("Rosa Peña Lugo"), person("Rosa Peña Díaz"), person("Rosa Peña")],
            ["rosa-pena", "rosa-pena-diaz", "rosa-pena-lugo"],
        ),
        (
            [person("Rosa Peña Lugo"), person("Rosa Peña", "cuba"), person("Rosa Lugo", "united-states")],
            ["rosa-lugo", "rosa-pena", "rosa-pena-lugo"],
        ),
        ([person("María Rosa Peña"), person("Rosa Peña")], ["maria-rosa-pena", "rosa-pena"]),
        ([person("Rosa Levine Cava"), person("Levine Cava")], ["levine-cava", "rosa-levine-cava"]),
        (
            [person("Rosa Peña Lugo Díaz"), person("Rosa Lugo Peña")],
            ["rosa-lugo-pena", "rosa-pena-lugo-diaz"],
        ),
        ([listed("josefina-vidal"), person("Josefina Vidal Lugo")], ["josefina-vidal", "josefina-vidal-lugo"]),
        ([listed("ana-ruiz"), person("Ana Ruiz", "united-states")], ["ana-ruiz", "unlisted/ana-ruiz"]),
    ],
)  # fmt: skip
def test_names_of_people_join_or_stay_apart(named: list[Named], expected: list[str]) -> None:
    assert people(*named) == expected
    assert people(*reversed(named)) == expected


def test_a_bare_surname_is_somebody_in_its_own_article_only() -> None:
    readings = present(person("Castro", "cuba"), person("Castro", "cuba"), person("Raúl Castro"))
    own = [f"castro-{reading.article.sha256[:8]}" for reading in readings[:2]]
    assert keys(together(*readings), ThingKind.PERSON) == sorted([*own, "raul-castro"])


def test_within_one_article_two_surnames_are_enough() -> None:
    text = "Rosa Levine Cava came on May 2, 2018; Levine Cava spoke."
    reading = tell(text, "2018-05-02", members=[person("Rosa Levine Cava"), person("Levine Cava")])
    assert keys(together(reading), ThingKind.PERSON) == ["rosa-levine-cava"]


def test_a_person_is_called_by_the_fullest_name_in_every_language() -> None:
    readings = [
        tell("Rosa Peña came on May 2, 2018.", "2018-05-02", members=[person("Rosa Peña")]),
        tell("Rosa Peña Lugo left on May 3, 2018.", "2018-05-03", members=[person("Rosa Peña Lugo")]),
        tell("Rosa Peña llegó el 4 de mayo de 2018.", "2018-05-04", language="es", members=[person("Rosa Peña")]),
    ]  # fmt: skip
    assert labels(together(*readings), Ref(ThingKind.PERSON, "rosa-pena-lugo")) == {
        ("Rosa Peña Lugo", "en", "preferred"),
        ("Rosa Peña", "en", "alternative"),
        ("Rosa Peña Lugo", "es", "preferred"),
        ("Rosa Peña", "es", "alternative"),
    }


def test_the_name_that_a_short_form_had_alone_still_answers() -> None:
    long, short = present(person("Rosa Peña Lugo"), person("Rosa Peña"))
    old, new = (Ref(ThingKind.PERSON, key) for key in ("rosa-pena", "rosa-pena-lugo"))
    assert (old, new) in together(long, short).replaced
    assert together(long).replaced == together(short).replaced == ()


def test_an_unlisted_body_bears_its_side_and_its_kind() -> None:
    office = body("Office of Harbor Affairs", "cuba", "unit")
    knowledge = together(tell("The Office of Harbor Affairs came on May 2, 2018.", "2018-05-02", members=[office]))  # fmt: skip
    ref = Ref(ThingKind.ORGANIZATION, "cuba/office-of-harbor-affairs")
    assert next(t for t in knowledge.things if t.ref == ref).subtype == "unit"
    state = Ref(ThingKind.STATE, "cuba")
    assert background(knowledge, ref) == (Fact(Predicate.OF_STATE, state),)
    assert state in {t.ref for t in knowledge.things}


def test_bodies_of_one_name_and_two_sides_are_two() -> None:
    both = [body("Migration Office", side) for side in ("cuba", "united-states")]
    knowledge = together(tell("Both migration offices met on May 2, 2018.", "2018-05-02", members=both))  # fmt: skip
    assert keys(knowledge, ThingKind.ORGANIZATION) == [
        "cuba/migration-office",
        "united-states/migration-office",
    ]


@pytest.mark.parametrize(
    ("organization", "side", "key"),
    [
        (listed("minrex"), "cuba", "minrex/deputy-minister"),
        (body("Office of Harbor Affairs", "cuba"), "cuba", "cuba/office-of-harbor-affairs/deputy-minister"),
        (None, "cuba", "cuba/deputy-minister"),
        (None, None, "deputy-minister"),
    ],
)  # fmt: skip
def test_a_post_is_known_by_its_title_and_body(
    organization: Named | None, side: str | None, key: str
) -> None:
    text = "Deputy Minister Rosa Peña spoke."
    knowledge = together(holds(text, person("Rosa Peña", side), "Deputy Minister", organization, side=side))  # fmt: skip
    post = Ref(ThingKind.POST, key)
    assert asserted(knowledge, Predicate.HOLDS) == {post}
    assert labels(knowledge, post) == {("Deputy Minister", "en", "preferred")}
    bodies = {claim.object.key for claim in claims_of(knowledge, Predicate.POST_IN)}  # type: ignore[union-attr]
    assert bodies == ({key.rpartition("/")[0]} if organization else set())


def test_the_label_of_a_post_is_that_of_all_articles() -> None:
    minrex, who = listed("minrex"), person("Rosa Peña")
    one = holds("Deputy minister Rosa Peña spoke.", who, "deputy minister", minrex)
    two = holds("Rosa Peña, Deputy Minister, spoke.", who, "Deputy Minister", minrex)
    ref = Ref(ThingKind.POST, "minrex/deputy-minister")
    expected = {("Deputy Minister", "en", "preferred"), ("Deputy minister", "en", "alternative")}
    assert labels(together(one, two), ref) == labels(together(two, one), ref) == expected


def test_a_part_belongs_to_its_body_and_not_to_itself() -> None:
    unit, whole = body("U.S. Division", "cuba"), listed("minrex")
    text = "The U.S. Division of the Foreign Ministry wrote."
    (claim,) = claims_of(together(part_of(text, unit, whole)), Predicate.UNIT_OF)
    assert (claim.subject.key, claim.object) == ("cuba/u-s-division", Ref(whole.kind, "minrex"))
    assert claims_of(together(part_of(text, whole, whole)), Predicate.UNIT_OF) == []


def unnamed(label: str, side: str | None) -> Named:
    return Named(ThingKind.SPEAKER, label, None, side)


def test_speakers_without_a_name_are_one_for_an_article_a_label_and_a_side() -> None:
    text = "“We agree,” an official said; “we agree,” an official of the other side said."
    cuban, other = unnamed("official", "cuba"), unnamed("official", "united-states")
    first = says(text, "We agree", cuban, cuban, other)
    second = says("“We agree,” an official said.", "We agree", cuban)
    knowledge = together(first, second)
    one, two = first.article.sha256[:12], second.article.sha256[:12]
    expected = [f"{one}/cuba/official", f"{one}/united-states/official", f"{two}/cuba/official"]
    assert keys(knowledge, ThingKind.SPEAKER) == sorted(expected)
    behalf = {(c.subject.key, c.object.key) for c in claims_of(knowledge, Predicate.ON_BEHALF_OF)}  # type: ignore[union-attr]
    assert behalf == {(key, key.split("/")[1]) for key in expected}


def test_a_statement_is_known_by_its_article_and_its_place_in_it() -> None:
    reading = says("“The talks were useful,” Rosa Peña said.", "The talks were useful", person("Rosa Peña"))  # fmt: skip
    knowledge = together(reading)
    assert keys(knowledge, ThingKind.STATEMENT) == [f"{reading.article.sha256[:16]}-1-22"]
    assert asserted(knowledge, Predicate.TEXT) == {"The talks were useful"}
    assert asserted(knowledge, Predicate.SPEAKER) == {Ref(ThingKind.PERSON, "rosa-pena")}


def test_a_known_thing_keeps_the_names_of_the_authority_data() -> None:
    knowledge = together(*present(Named(ThingKind.PERSON, "Ms. Vidal", "josefina-vidal", "cuba")))
    entry = next(e for e in ENTRIES if e.id == "josefina-vidal")
    assert labels(knowledge, Ref(entry.kind, entry.id)) == {
        (label.text, label.language, label.rank) for label in entry.labels
    }


def test_a_post_is_one_in_all_wordings_and_languages() -> None:
    texts = (
        ("en", "Cuban Foreign Minister Bruno Rodríguez met John Kerry in Havana on May 3, 2016."),
        (
            "es",
            "El canciller cubano, Bruno Rodríguez, se reunió con John Kerry en La Habana el 3 de mayo de 2016.",
        ),
    )
    knowledge = built(*(written(text, language) for language, text in texts)).knowledge
    held = {
        c.object
        for c in knowledge.claims
        if c.predicate == Predicate.HOLDS and c.subject.key == "bruno-rodriguez"
    }
    assert held == {Ref(ThingKind.POST, "cuba/minister-of-foreign-affairs")}
