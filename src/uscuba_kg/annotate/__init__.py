"""Names, titles, dates, places, topics and quotations in one text; knows no events."""
