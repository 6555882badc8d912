"""Graphs as they come: files of every format, their terms, an index of them, their lines."""
