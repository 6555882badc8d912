"""IRIs, terms, claims and their serialization; knows no language."""
