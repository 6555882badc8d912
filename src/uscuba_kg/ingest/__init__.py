"""Files, pages and streams become articles; knows nothing of meetings."""
