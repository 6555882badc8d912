"""What is kept between builds of an archive, so that a build touches only what depends on a change.

Gists of articles, and what they settled, stand in one SQLite file; all decisions are those of
:mod:`uscuba_kg.resolve`, asked for the parts of the archive that can touch each other.
"""
