"""Lists of published ads for other programs: news feeds of any search, and the addresses that older sites read."""
