"""How a language speaks, as data; knows no person, no body, no RDF."""
