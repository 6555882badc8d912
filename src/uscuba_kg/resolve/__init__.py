"""Which mention is which thing, over all articles; knows no wording and no IRI."""
