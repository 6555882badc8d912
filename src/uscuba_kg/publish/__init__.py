"""Files and stores that a graph is written to and asked in; knows no extraction."""
