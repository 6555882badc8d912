"""The loader: what a small world holds, and what each mistake in a file is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from uscuba_kg.errors import SeedError
from uscuba_kg.model import Fact, Label, PartialDate, Predicate, Ref, ThingKind
from uscuba_kg.world import World, read_world
from uscuba_kg.world.outlets import Home, home_of

FILES = {
    "states.csv": (
        "id,label_en,label_es,alternates_en,demonyms_en,demonyms_es,valid_from\n"
        "cuba,Cuba,Cuba,Republic of Cuba,Cuban|Cubans,cubano|cubana,1902-05-20\n"
        "united-states,United States,Estados Unidos,U.S.|US,American|U.S.,estadounidense,1776\n"
    ),
    "places.csv": (
        "id,kind,label_en,label_es,parent,state\n"
        "havana,city,Havana,La Habana,,cuba\n"
        'hotel-mar,venue,"Hotel Mar, Havana",Hotel Mar,havana,cuba\n'
    ),
    "organizations.csv": (
        "id,kind,label_en,label_es,alternates_es,hidden_en,parent,state,wikidata,valid_to\n"
        "cuban-government,government,Government of Cuba,Gobierno de Cuba,,,,cuba,,\n"
        "minrex,ministry,Foreign Ministry,Ministerio de Relaciones Exteriores,"
        "MINREX|Cancillería,,cuban-government,cuba,Q10330349,\n"
        "us-desk,unit,United States Division,Dirección General de Estados Unidos,,"
        "United State Division,minrex,cuba,,2015-07\n"
    ),
    "people.csv": (
        "id,label_en,label_es,alternates_es,state\n"
        "ana-ruiz,Ana M. Ruiz Soto,Ana M. Ruiz Soto,Ana Ruiz,cuba\n"
    ),
    "series.csv": (
        "id,label_en,label_es,valid_from,valid_to\n"
        "mail-talks,Mail talks,Conversaciones postales,2009,2015-12\n"
    ),
    "agreements.csv": (
        "id,label_en,label_es,valid_from\nmail-plan,Mail plan,Plan postal,2016-03-11\n"
    ),
    "posts.csv": (
        "person,label_en,label_es,body,start,end\n"
        "ana-ruiz,Deputy Minister,Viceministra,minrex,2013-02,2018-02-09\n"
        "ana-ruiz,Head of Division,Directora,us-desk,,2013\n"
    ),
    "outlets.csv": (
        "id,label_en,alternates_en,domains,state,official\n"
        "daily,The Daily,Daily,daily.example|d.example,united-states,\n"
        "ministry-site,Site of the ministry,,minrex.example,cuba,yes\n"
    ),
    "titles.csv": (
        "id,label_en,label_es,alternates_en,alternates_es\n"
        "deputy-minister,Deputy Minister,Viceministro,Vice Minister,Viceministra\n"
        "major,Major,Mayor,,\n"
    ),
}
TOPICS = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix uscuba: <https://w3id.org/uscuba-kg/ontology#> .
<https://w3id.org/uscuba-kg/id/topic/oil-spill-response> a skos:Concept ;
  skos:notation "oil-spill-response" ;
  skos:prefLabel "oil spill response"@en , "respuesta a derrames de petróleo"@es ;
  skos:altLabel "oil"@en ; uscuba:weakCue "Oil"@en .
<https://w3id.org/uscuba-kg/id/topic/migration> a skos:Concept ;
  skos:notation "migration" ; skos:prefLabel "migration"@en , "migración"@es .
<https://w3id.org/uscuba-kg/id/topics> a skos:ConceptScheme ; skos:prefLabel "Topics"@en .
"""


def write(folder: Path, changes: dict[str, str], topics: str = TOPICS) -> Path:
    for file, text in {**FILES, **changes}.items():
        (folder / file).write_text(text, encoding="utf-8")
    (folder / "topics.ttl").write_text(topics, encoding="utf-8")
    return folder


def read(folder: Path) -> World:
    return read_world(folder, folder / "topics.ttl")


def test_a_small_world_is_read_whole(tmp_path: Path) -> None:
    world = read(write(tmp_path, {}))
    assert list(world.entries) == [
        "cuba", "united-states", "havana", "hotel-mar", "cuban-government", "minrex", "us-desk",
        "ana-ruiz", "mail-talks", "mail-plan",
    ]  # fmt: skip
    desk = world.entries["us-desk"]
    assert (desk.kind, desk.subtype, desk.parent, desk.state) == (
        ThingKind.ORGANIZATION,
        "unit",
        "minrex",
        "cuba",
    )
    assert desk.valid_to == PartialDate(2015, 7)
    assert desk.labels == (
        Label("United States Division", "en"),
        Label("Dirección General de Estados Unidos", "es"),
        Label("United State Division", "en", "hidden"),
    )
    assert world.entries["cuba"].demonyms[2] == Label("cubano", "es")
    assert world.entries["mail-plan"].valid_from == PartialDate(2016, 3, 11)


def test_a_language_is_a_column_and_no_more(tmp_path: Path) -> None:
    series = "id,label_en,label_es,label_fr\nmail-talks,Mail talks,Conversaciones,Pourparlers\n"
    world = read(write(tmp_path, {"series.csv": series}))
    assert world.entries["mail-talks"].labels[2] == Label("Pourparlers", "fr")


@pytest.mark.parametrize(
    ("publisher", "url", "home"),
    [
        ("The Daily", None, Home("united-states", official=False)),
        ("daily", "https://minrex.example/x", Home("united-states", official=False)),
        ("Daily (Hoy)", None, Home("united-states", official=False)),
        ("Foreign Ministry", None, Home("cuba", official=True)),
        ("MINREX", None, Home("cuba", official=True)),
        ("A Gazette", "https://www.minrex.example/talks?id=7", Home("cuba", official=True)),
        (None, "http://d.example:80/", Home("united-states", official=False)),
        ("A Gazette", None, None),
        ("A Gazette", "https://notd.example/", None),
        (None, "https://[broken", None),
        ("", "", None),
    ],
)
def test_an_outlet_is_found_by_name_or_address(
    tmp_path: Path, publisher: str | None, url: str | None, home: Home | None
) -> None:
    assert home_of(publisher, url, read(write(tmp_path, {}))) == home


def test_posts_keep_unknown_ends_unknown(tmp_path: Path) -> None:
    world = read(write(tmp_path, {}))
    known = [(p.body, p.start, p.end) for p in world.posts_of("ana-ruiz")]
    assert known == [
        ("minrex", PartialDate(2013, 2), PartialDate(2018, 2, 9)),
        ("us-desk", None, PartialDate(2013)),
    ]
    assert world.posts_of("nobody") == ()


def test_topics_are_the_concepts_that_bear_a_notation(tmp_path: Path) -> None:
    topics = read(write(tmp_path, {})).topics
    assert [topic.id for topic in topics] == ["migration", "oil-spill-response"]
    assert topics[1].labels[0] == Label("oil spill response", "en")
    assert topics[1].weak == frozenset({"oil"})
    assert topics[0].weak == frozenset()


@pytest.mark.parametrize(
    ("key", "kind", "subtype", "background"),
    [
        (
            "us-desk",
            ThingKind.ORGANIZATION,
            "unit",
            (
                Fact(Predicate.UNIT_OF, Ref(ThingKind.ORGANIZATION, "minrex")),
                Fact(Predicate.OF_STATE, Ref(ThingKind.STATE, "cuba")),
            ),
        ),
        (
            "minrex",
            ThingKind.ORGANIZATION,
            "ministry",
            (Fact(Predicate.OF_STATE, Ref(ThingKind.STATE, "cuba")),),
        ),
        (
            "cuban-government",
            ThingKind.ORGANIZATION,
            None,
            (Fact(Predicate.OF_STATE, Ref(ThingKind.STATE, "cuba")),),
        ),
        (
            "ana-ruiz",
            ThingKind.PERSON,
            None,
            (Fact(Predicate.OF_STATE, Ref(ThingKind.STATE, "cuba")),),
        ),
        (
            "mail-talks",
            ThingKind.SERIES,
            None,
            (Fact(Predicate.START, PartialDate(2009)), Fact(Predicate.END, PartialDate(2015, 12))),
        ),
        ("mail-plan", ThingKind.AGREEMENT, None, ()),
        ("hotel-mar", ThingKind.PLACE, None, ()),
        ("migration", ThingKind.TOPIC, None, ()),
    ],
)
def test_things_carry_their_background(
    tmp_path: Path, key: str, kind: ThingKind, subtype: str | None, background: tuple[Fact, ...]
) -> None:
    thing = read(write(tmp_path, {})).thing(key)
    assert (thing.ref, thing.subtype) == (Ref(kind, key), subtype)
    assert thing.background == background


def test_a_thing_has_its_wikidata_item(tmp_path: Path) -> None:
    world = read(write(tmp_path, {}))
    assert world.thing("minrex").wikidata == "Q10330349"
    assert world.thing("us-desk").wikidata is None
    with pytest.raises(KeyError):
        world.thing("atlantis")


def exchanged(file: str, old: str, new: str) -> dict[str, str]:
    assert old in FILES[file]
    return {file: FILES[file].replace(old, new, 1)}


MISTAKES = {
    "unknown column": (
        exchanged("states.csv", "valid_from", "founded"),
        "states.csv:1: unknown column 'founded'",
    ),
    "a column twice": (
        exchanged("states.csv", "alternates_en", "label_en"),
        "states.csv:1: a column stands twice",
    ),
    "too few cells": (
        exchanged("places.csv", "havana,city,Havana,La Habana,,cuba", "havana,city,Havana"),
        "places.csv:2: 3 cells under 6 columns",
    ),
    "not an id": (
        exchanged("people.csv", "ana-ruiz", "Ana Ruiz"),
        "people.csv:2: id 'Ana Ruiz' is not an id",
    ),
    "id twice in a file": (
        exchanged("places.csv", "hotel-mar", "havana"),
        "places.csv:3: id 'havana' is already taken at",
    ),
    "id twice over files": (
        exchanged("series.csv", "mail-talks", "minrex"),
        "series.csv:2: id 'minrex' is already taken at",
    ),
    "id of a topic": (
        exchanged("series.csv", "mail-talks", "migration"),
        "series.csv:2: id 'migration' is also that of a topic",
    ),
    "unknown kind": (
        exchanged("organizations.csv", "minrex,ministry", "minrex,bureau"),
        "organizations.csv:3: unknown kind 'bureau'",
    ),
    "unknown parent": (
        exchanged("organizations.csv", "Division,minrex", "Division,mincex"),
        "organizations.csv:4: unknown parent 'mincex'",
    ),
    "parent within itself": (
        exchanged("organizations.csv", "Gobierno de Cuba,,,,", "Gobierno de Cuba,,,us-desk,"),
        "'cuban-government' lies within itself",
    ),
    "unknown state": (
        exchanged("people.csv", "Ruiz,cuba", "Ruiz,atlantis"),
        "people.csv:2: unknown state 'atlantis'",
    ),
    "a state that is none": (
        exchanged("people.csv", "Ruiz,cuba", "Ruiz,havana"),
        "people.csv:2: unknown state 'havana'",
    ),
    "a day that does not exist": (
        exchanged("posts.csv", "2018-02-09", "2018-02-30"),
        "posts.csv:2: end '2018-02-30' is not a date",
    ),
    "a date in words": (
        exchanged("agreements.csv", "2016-03-11", "March 2016"),
        "agreements.csv:2: valid_from 'March 2016' is not a date",
    ),
    "an end before its start": (
        exchanged("posts.csv", "2018-02-09", "2012"),
        "posts.csv:2: end 2012 lies before start 2013-02",
    ),
    "not a Wikidata item": (
        exchanged("organizations.csv", "Q10330349", "10330349"),
        "organizations.csv:3: wikidata '10330349' is not an item",
    ),
    "no label": (
        exchanged("series.csv", "Mail talks,Conversaciones postales", ","),
        "series.csv:2: there is no label",
    ),
    "a space too many": (
        exchanged("organizations.csv", "MINREX|", "MINREX |"),
        "organizations.csv:3: alternates_es holds an empty name or stray white space",
    ),
    "an empty name": (
        exchanged("organizations.csv", "MINREX|", "MINREX||"),
        "organizations.csv:3: alternates_es holds an empty name or stray white space",
    ),
    "an outlet nowhere": (
        exchanged("outlets.csv", "cuba,yes", "atlantis,yes"),
        "outlets.csv:3: unknown state 'atlantis'",
    ),
    "an outlet half official": (
        exchanged("outlets.csv", "cuba,yes", "cuba,half"),
        "outlets.csv:3: official 'half' is neither yes nor empty",
    ),
    "a post of nobody": (
        exchanged("posts.csv", "ana-ruiz", "ana-soto"),
        "posts.csv:2: unknown person 'ana-soto'",
    ),
    "a post nowhere": (
        exchanged("posts.csv", "Viceministra,minrex", "Viceministra,havana"),
        "posts.csv:2: unknown body 'havana'",
    ),
    "an open quotation mark": (
        exchanged("places.csv", 'Havana",', "Havana,"),
        "places.csv: the file cannot be read",
    ),
}


@pytest.mark.parametrize("case", MISTAKES, ids=str)
def test_a_mistake_is_told_with_its_place_and_a_remedy(tmp_path: Path, case: str) -> None:
    changes, expected = MISTAKES[case]
    folder = write(tmp_path, changes)
    with pytest.raises(SeedError) as caught:
        read(folder)
    assert expected in str(caught.value)
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("topics", "expected"),
    [
        ("<urn:a> <urn:b> .", "the topics cannot be read"),
        (TOPICS.replace('"migration" ;', '"oil-spill-response" ;'), "two topics bear one notation"),
    ],
)
def test_bad_topics_are_told(tmp_path: Path, topics: str, expected: str) -> None:
    folder = write(tmp_path, {}, topics)
    with pytest.raises(SeedError, match=expected):
        read(folder)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    folder = write(tmp_path, {})
    (folder / "series.csv").unlink()
    with pytest.raises(SeedError, match=r"series\.csv: the file cannot be read"):
        read(folder)
    with pytest.raises(SeedError, match="the topics cannot be read"):
        read_world(write(tmp_path, {}), tmp_path / "none.ttl")
