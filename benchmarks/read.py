"""How fast articles are read, how time grows with their length, and where it goes.

    .venv/bin/python benchmarks/read.py [--articles 2000] [--longest 10000]

No two articles are alike: each is put together, with a fixed seed, of sentences of the shipped and
the made articles of one language, those about something else of the sentences below. Seconds are
those of one core, whatever else the machine does. Of a thousand articles a hundred are read first:
patterns are compiled, and words learnt, when they are first met.
"""

from __future__ import annotations

import argparse
import cProfile
import hashlib
import pstats
import random
import resource
import time
from collections.abc import Callable
from pathlib import Path

from uscuba_kg import Article, Reading
from uscuba_kg.annotate.sentences import find_sentences
from uscuba_kg.ingest import list_inputs, read_source
from uscuba_kg.packs.load import pack_for
from uscuba_kg.pipeline import read_article, read_text
from uscuba_kg.rdf.emit import emit
from uscuba_kg.relate.relate import relate
from uscuba_kg.resolve import resolve
from uscuba_kg.resources import seeds_dir
from uscuba_kg.world import load_world

SEED = 1961
LENGTH = 2_000
MADE = Path(__file__).parents[1] / "tests" / "gold" / "made"
ELSEWHERE = {
    "en": (
        "The river rose by two metres in the night and the lower road was closed.",
        "She baked the bread slowly, as her grandmother had, with rye and a little honey.",
        "The home side led at half-time but lost in the last minute, 3-2.",
        "“We have never had so many apples,” said the farmer, Hanna Brook.",
        "A new bridge for trams will open in the spring of 2027.",
        "The orchestra played the slow movement as if it had all the time in the world.",
        "Prices of milk fell by four per cent in March, the statistics office reported.",
        "Nobody knows who painted the small portrait that was found under the stairs.",
        "The librarian, who has worked there for thirty years, retires on Friday.",
        "Two foxes were seen near the playground, and the school asked parents to stay calm.",
        "The committee met on 4 May to choose the colour of the benches.",
        "Scientists in Uppsala measured how fast moss grows on slate.",
    ),
    "es": (
        "El río subió dos metros durante la noche y se cortó el camino de abajo.",
        "Amasó el pan despacio, como su abuela, con centeno y un poco de miel.",
        "El equipo local ganaba al descanso, pero perdió en el último minuto, 3-2.",
        "“Nunca tuvimos tantas manzanas”, dijo la agricultora Ana Arroyo.",
        "Un puente nuevo para tranvías se abrirá en la primavera de 2027.",
        "La orquesta tocó el movimiento lento como si tuviera todo el tiempo del mundo.",
        "El precio de la leche bajó un cuatro por ciento en marzo, informó la oficina.",
        "Nadie sabe quién pintó el pequeño retrato hallado bajo la escalera.",
        "La bibliotecaria, que trabaja allí desde hace treinta años, se jubila el viernes.",
        "Se vieron dos zorros cerca del parque, y la escuela pidió calma a los padres.",
        "La comisión se reunió el 4 de mayo para elegir el color de los bancos.",
        "Unos científicos midieron en Upsala lo rápido que crece el musgo en la pizarra.",
    ),
}

Pools = dict[str, list[str]]


def pools() -> Pools:
    """The sentences of the shipped and the made articles, by language."""
    found: Pools = {}
    for source in list_inputs([str(seeds_dir() / "articles"), str(MADE)]):
        for article in read_source(source, None)[0]:
            text = article.text
            spans = find_sentences(text, pack_for(article.language))
            found.setdefault(article.language, []).extend(text[s.start : s.end] for s in spans)
    return found


def recombined(draw: random.Random, sentences: Pools, length: int) -> Article:
    """An article of about that many characters, three sentences to a paragraph."""
    language = draw.choice(sorted(sentences))
    told: list[str] = []
    size = 0
    while size < length:
        sentence = draw.choice(sentences[language])
        told.append(sentence + ("\n\n" if len(told) % 3 == 2 else " "))
        size += len(told[-1])
    text = "".join(told).strip()
    sha = hashlib.sha256(text.encode()).hexdigest()
    return Article(text, sha, f"{sha[:12]}.txt", language)


def seconds(work: Callable[[], object]) -> float:
    """How long a core works on it."""
    started = time.process_time()
    work()
    return time.process_time() - started


def print_speed(name: str, articles: list[Article]) -> None:
    """How many articles of a kind are read in a second."""
    used = seconds(lambda: [read_text(article) for article in articles])
    characters = sum(len(a.text) for a in articles) // len(articles)
    print(f"{name:<24}{len(articles) / used:>8.0f} articles a second, {characters} characters each")


def print_stages(articles: list[Article]) -> None:
    """What each stage takes of an article, and the functions that take most."""
    world = load_world()
    annotated = []
    readings: list[Reading] = []
    triples: list[object] = []
    stages: dict[str, Callable[[], object]] = {
        "annotate": lambda: annotated.extend(map(read_article, articles)),
        "relate": lambda: readings.extend(
            relate(a, pack_for(a.article.language), world) for a in annotated
        ),
        "resolve and emit": lambda: triples.extend(emit(resolve(readings, world))),
    }
    print(f"\n{'stage':<24}{'ms an article':>14}")
    for name, work in stages.items():
        print(f"{name:<24}{seconds(work) * 1000 / len(articles):>14.2f}")
    print(f"{len(triples)} triples")
    profile = cProfile.Profile(time.process_time)
    profile.runcall(lambda: [read_text(article) for article in articles[:100]])
    spent = {at: row[2] for at, row in pstats.Stats(profile).stats.items()}  # type: ignore[attr-defined]
    print(f"\n{'function':<44}{'own share':>10}")
    for (file, line, name), own in sorted(spent.items(), key=lambda f: -f[1])[:12]:
        place = f"{Path(file).stem}: {name}" if line else name
        print(f"{place[:43]:<44}{own / sum(spent.values()):>10.1%}")


def print_growth(draw: random.Random, sentences: Pools, longest: int) -> None:
    """What a thousand characters take in texts of more and more of them."""
    print(f"\n{'characters':>12}{'seconds':>10}{'ms a thousand':>15}{'peak MB':>9}")
    size = 1_000
    while size <= longest * 1_000:
        article = recombined(draw, sentences, size)
        used = seconds(lambda article=article: read_text(article))  # type: ignore[misc]
        print(f"{size:>12}{used:>10.2f}{used * 1e6 / size:>15.2f}{peak():>9.0f}", flush=True)
        size *= 10


def peak() -> float:
    """The most memory used so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--articles", type=int, default=2_000, help="of each kind")
    parser.add_argument("--longest", type=int, default=10_000, help="thousands of characters")
    chosen = parser.parse_args()
    draw = random.Random(SEED)
    ours = pools()
    for _ in range(chosen.articles // 10):
        read_text(recombined(draw, ours, LENGTH))
    relevant = [recombined(draw, ours, LENGTH) for _ in range(chosen.articles)]
    others = [recombined(draw, ELSEWHERE, LENGTH) for _ in range(chosen.articles)]
    print_speed("of the two states", relevant)
    print_speed("of something else", others)
    print_stages(relevant[: max(100, chosen.articles // 4)])
    print(f"\npeak memory {peak():.0f} MB")
    print_growth(draw, ours, chosen.longest)


if __name__ == "__main__":
    main()
