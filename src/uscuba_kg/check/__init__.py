"""SHACL, competency questions and their reports; knows no extraction."""
