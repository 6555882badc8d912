"""The graph over HTTP: SPARQL 1.1 Protocol, Graph Store Protocol, things and pages.

One process, the front, speaks HTTP and evaluates nothing. A keeper holds the graph and forks
workers that share its memory; each evaluates one request at a time, may open no connection, and is
killed where it takes too long. With a store on disk that may be written to, one more process
writes. Knows the store and the explorer's ``respond``; knows no extraction.
"""
