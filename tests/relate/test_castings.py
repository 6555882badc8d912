"""Who is said to have led, hosted or taken part, however a sentence puts it."""

from __future__ import annotations

import hashlib

import pytest

from uscuba_kg.annotate.annotate import annotate
from uscuba_kg.model import Article
from uscuba_kg.packs.load import pack_for
from uscuba_kg.relate.cast import cast_of
from uscuba_kg.relate.relate import set_scene
from uscuba_kg.world import load_world

CASES = [
    ("en", "The talks were presided over by Josefina Vidal.", {"Josefina Vidal": "chair"}),
    ("en", "The Cuban side, which Josefina Vidal headed, asked for a pause.", {"Josefina Vidal": "chair"}),
    ("en", "Josefina Vidal of Cuba, who co-chaired the session, left early.", {"Josefina Vidal": "chair"}),
    ("en", "Rounding out the Cuban delegation were Gustavo Machín and José Ramón Cabañas.",
     {"Gustavo Machín": "member", "José Ramón Cabañas": "member"}),
    ("en", "With her were Gustavo Machín, of the Foreign Ministry, and José Ramón Cabañas.",
     {"Gustavo Machín": "member", "José Ramón Cabañas": "member"}),
    ("en", "Opposite him sat Josefina Vidal.", {"Josefina Vidal": "member"}),
    ("en", "Josefina Vidal, a lawyer by training, welcomed the visitors.", {"Josefina Vidal": "host"}),
    ("es", "Copresidieron el encuentro Josefina Vidal y John Creamer.",
     {"Josefina Vidal": "chair", "John Creamer": "chair"}),
    ("es", "A la delegación visitante la presidió Josefina Vidal.", {"Josefina Vidal": "chair"}),
    ("es", "La acompañaron Gustavo Machín y José Ramón Cabañas.",
     {"Gustavo Machín": "member", "José Ramón Cabañas": "member"}),
    ("es", "Los atendió el martes Josefina Vidal.", {"Josefina Vidal": "host"}),
    ("es", "Por Cuba participaron Josefina Vidal y Gustavo Machín.",
     {"Josefina Vidal": "member", "Gustavo Machín": "member"}),
    ("en", "Josefina Vidal was in charge of the Cuban delegation.", {"Josefina Vidal": "chair"}),
    ("en", "Josefina Vidal was in charge of the gardens.", {}),
    ("en", "The group from the island answered to Josefina Vidal.", {"Josefina Vidal": "chair"}),
    ("en", "Of the visitors the senior was Josefina Vidal.", {"Josefina Vidal": "chair"}),
    ("en", "Josefina Vidal is to receive all three.", {"Josefina Vidal": "host"}),
    ("en", "Josefina Vidal is to publish all three.", {}),
    ("en", "Sessions had been fixed for Tuesday with Josefina Vidal.", {"Josefina Vidal": "member"}),
    ("en", "For Havana spoke Josefina Vidal.", {"Josefina Vidal": "member"}),
    ("en", "Josefina Vidal opened the archive last year; she did not attend this session.", {}),
    ("es", "Josefina Vidal, que encabezó un grupo de abogados, sonrió.", {"Josefina Vidal": "chair"}),
    ("es", "Por los visitantes dirigió Josefina Vidal.", {"Josefina Vidal": "chair"}),
    ("es", "Josefina Vidal estuvo al frente de los anfitriones.", {"Josefina Vidal": "chair"}),
    ("es", "Josefina Vidal estuvo al frente de los libros.", {}),
    ("es", "Vino con ella Gustavo Machín.", {"Gustavo Machín": "member"}),
    ("es", "Josefina Vidal mandó un saludo.", {}),
    ("en", "Jim McGovern (D-Mass.) arrived in Cuba on Friday.", {"Jim McGovern": "member"}),
    ("en", "Making the trip are Josefina Vidal and Gustavo Machín.",
     {"Josefina Vidal": "member", "Gustavo Machín": "member"}),
    ("en", "Talks were held with Josefina Vidal.", {"Josefina Vidal": "member"}),
    ("en", "Talks were announced by Josefina Vidal.", {}),
    ("en", "Josefina Vidal placed the call.", {"Josefina Vidal": "member"}),
    ("en", "Josefina Vidal placed the vase.", {}),
    ("en", "Josefina Vidal gave the visitors two hours of her evening.", {"Josefina Vidal": "host"}),
    ("en", "Among those who flew down were Josefina Vidal and two growers.", {"Josefina Vidal": "member"}),
    ("en", "Opposite the Texans was Josefina Vidal.", {"Josefina Vidal": "member"}),
    ("en", "Josefina Vidal exchanged gifts with Gustavo Machín.",
     {"Josefina Vidal": "member", "Gustavo Machín": "member"}),
    ("es", "Por nosotros llevó la voz Josefina Vidal.", {"Josefina Vidal": "chair"}),
    ("es", "Josefina Vidal, que mandaba la delegación, sonrió.", {"Josefina Vidal": "chair"}),
    ("es", "Josefina Vidal, que mandaba cartas, sonrió.", {}),
    ("es", "De un lado de la mesa, John Creamer; del otro, Josefina Vidal.",
     {"John Creamer": "member", "Josefina Vidal": "member"}),
    ("es", "La llamada la hizo Josefina Vidal.", {"Josefina Vidal": "member"}),
    ("es", "Le tocó el turno a Josefina Vidal.", {"Josefina Vidal": "member"}),
    ("es", "Se les unió Josefina Vidal.", {"Josefina Vidal": "member"}),
    ("es", "Josefina Vidal entregó la nota a John Creamer.",
     {"Josefina Vidal": "member", "John Creamer": "member"}),
    ("es", "No irá Josefina Vidal.", {}),
    ("en", "Josefina Vidal wrote a book about Gustavo Machín.", {}),
    ("es", "Josefina Vidal escribió un libro sobre Gustavo Machín.", {}),
    ("en", "William Harrow, a deputy assistant secretary of state, and Ricardo Alarcon, speaker of Cuba's parliament, led the delegations.",
     {"William Harrow": "chair", "Ricardo Alarcon": "chair"}),
    ("en", "Josefina Vidal, head of the Cuban delegation, was hopeful.",
     {"Josefina Vidal": "chair"}),
    ("en", "Josefina Vidal traveled with them as head of the delegation.",
     {"Josefina Vidal": "chair"}),
    ("en", "Josefina Vidal traveled with them as head of the orchestra.",
     {"Josefina Vidal": "member"}),
    ("en", "Its leader was Josefina Vidal.", {"Josefina Vidal": "chair"}),
    ("en", "Its reader was Josefina Vidal.", {}),
    ("en", "Josefina Vidal was the delegation's leader.", {"Josefina Vidal": "chair"}),
    ("en", "John Creamer led eleven growers and a state senator to Cuba last week.",
     {"John Creamer": "chair"}),
    ("en", "John Creamer, who with Josefina Vidal headed the group, was hopeful.",
     {"John Creamer": "chair", "Josefina Vidal": "chair"}),
    ("en", "John Creamer was to have headed the U.S. team.", {"John Creamer": "chair"}),
    ("en", "John Creamer was to have painted the U.S. team.", {}),
    ("en", "John Creamer announced that the mission which he led had come home.",
     {"John Creamer": "chair"}),
    ("en", "John Creamer led the U.S. delegation and Josefina Vidal the Cuban one.",
     {"John Creamer": "chair", "Josefina Vidal": "chair"}),
    ("en", "The Cuban team had Josefina Vidal at its head.", {"Josefina Vidal": "chair"}),
    ("en", "In charge of the Cuban side was Josefina Vidal.", {"Josefina Vidal": "chair"}),
    ("en", "In charge of the Cuban archive was Josefina Vidal.", {}),
    ("en", "Rounding out the American group were John Creamer and Marcus Reed.",
     {"John Creamer": "member", "Marcus Reed": "member"}),
    ("en", "Gustavo Machín was at Josefina Vidal's side.",
     {"Gustavo Machín": "member", "Josefina Vidal": "member"}),
    ("en", "John Creamer was on the phone with Josefina Vidal twice.",
     {"John Creamer": "member", "Josefina Vidal": "member"}),
    ("en", "Absent was Josefina Vidal.", {}),
    ("en", "Dinner was given by Josefina Vidal.", {"Josefina Vidal": "host"}),
    ("en", "Advice was given by Josefina Vidal.", {}),
    ("es", "John Creamer, subsecretario adjunto de Estado y cabeza del equipo norteamericano, sonrió.",
     {"John Creamer": "chair"}),
    ("es", "Josefina Vidal, jefa de la delegación local, sonrió.", {"Josefina Vidal": "chair"}),
    ("es", "Josefina Vidal, jefa de la biblioteca local, sonrió.", {}),
    ("es", "La delegación tuvo por jefa a Josefina Vidal.", {"Josefina Vidal": "chair"}),
    ("es", "Josefina Vidal comandaba el equipo local.", {"Josefina Vidal": "chair"}),
    ("es", "Correspondió encabezar la representación cubana a Josefina Vidal.",
     {"Josefina Vidal": "chair"}),
    ("es", "Josefina Vidal encabezó el grupo cubano, y John Creamer, el estadounidense.",
     {"Josefina Vidal": "chair", "John Creamer": "chair"}),
    ("es", "Por Washington llevaba la voz John Creamer.", {"John Creamer": "chair"}),
    ("es", "Como jefa de la delegación de Cuba actuó Josefina Vidal.", {"Josefina Vidal": "chair"}),
    ("es", "Ausente estuvo Josefina Vidal.", {}),
    ("es", "Fue huésped de Josefina Vidal en una finca.", {"Josefina Vidal": "host"}),
    ("es", "La víspera había cenado con él Josefina Vidal.", {"Josefina Vidal": "member"}),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "wanted"), CASES)
def test_a_sentence_casts_its_actors(language: str, text: str, wanted: dict[str, str]) -> None:
    article = Article(text, hashlib.sha256(text.encode()).hexdigest(), "example", language)
    pack, world = pack_for(language), load_world()
    scene = set_scene(annotate(article, pack, world), pack, world)
    found = {
        place.node.mention.surface if place.node.mention else "": {
            str(c.role) for c in place.castings
        }
        for actor in cast_of(scene.lines, scene.names)
        for place in actor.appearances
        if place.castings
    }
    assert set(found) == set(wanted)
    assert all(role in found[name] for name, role in wanted.items())
