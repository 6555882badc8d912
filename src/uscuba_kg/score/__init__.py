"""The reader measured against annotated articles; knows how to compare, not how to read."""
