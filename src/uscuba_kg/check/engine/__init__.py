"""SHACL engines: the fast one, and pySHACL, which is the reference."""
