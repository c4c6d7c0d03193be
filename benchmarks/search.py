"""The search of 100,000 ads against the same search written by hand in SQL: `python -m benchmarks.search [ads]`.

Both ask for the first twenty ads and the number of all, soonest deadline first. Prints milliseconds on the clock (the least of
eleven) and the ratio; the list's facets are counted apart, with no counterpart.
"""

import sys

from django.conf import settings
from django.db import connection
from django.http import QueryDict
from django.test import Client

from benchmarks.ground import cheapest, many_ads, scratch
from recruitment import clock
from recruitment.advertising.queries import public_ads
from recruitment.advertising.search import Search, looking_like
from recruitment.advertising.words import grams, inner_grams

ADS, PAGE, ROUNDS = 100_000, 20, 11
LIVE = """
    FROM recruitment_jobadvertisement a
    JOIN recruitment_searchentry e ON e.advertisement_id = a.id
    JOIN recruitment_advertisementround r ON r.id = a.round_id
    JOIN recruitment_recruitmentcase c ON c.id = r.case_id
    JOIN recruitment_institution i ON i.id = c.institution_id
    WHERE {condition} AND a.retired_at IS NULL AND r.closed_at IS NULL AND r.opens_at <= now()
      AND r.application_deadline > now() AND c.state = 'ADVERTISED' AND c.case_type <> 'INTERNAL_ONLY' AND i.status = 'ACTIVE'
      AND EXISTS (SELECT 1 FROM recruitment_publication p JOIN recruitment_medium m ON m.id = p.medium_id
                  WHERE p.round_id = r.id AND p.state IN ('LIVE', 'SCHEDULED') AND p.publish_from <= now()
                    AND (p.publish_until IS NULL OR p.publish_until > now())
                    AND m.kind IN ('OWN_SITE', 'INTRANET') AND NOT m.internal_only)"""
STEM = """(e.document @@ (to_tsquery('simple', %(beginning)s) || plainto_tsquery('danish', %(word)s)
          || plainto_tsquery('english', %(word)s)) OR e.title_grams @> %(inner)s)"""
BY_HAND = {
    "one word": ("laborant", STEM),
    "two words": ("specialkonsulent indkøb", None),
    "inside a compound": ("udvikler", STEM),
    "nothing, so alike": ("fuldmægitg", "cardinality(ARRAY(SELECT unnest(e.title_grams) INTERSECT SELECT unnest(%(grams)s))) >= %(least)s AND e.title_grams && %(grams)s"),
}  # fmt: skip


def ours(words: str, *, alike: bool) -> tuple[int, int]:
    """As the list does it, without its page."""
    search = Search.of(QueryDict(f"ord={words}"))
    rows = public_ads(clock.now())
    found = search.ordered(looking_like(rows, words)) if alike else search.found_in(rows)
    return len(found.values_list("pk", "headline")[:PAGE]), found.count()


def by_hand(words: str, condition: str | None) -> tuple[int, int]:
    """What somebody who knows the tables would write."""
    values: dict[str, object] = {}
    if condition is None:
        parts = []
        for number, word in enumerate(words.split()):
            parts.append(STEM.replace("%(", f"%({number}"))
            values |= {f"{number}{name}": value for name, value in _values(word).items()}
        condition = " AND ".join(parts)
    else:
        values = _values(words)
    body = LIVE.format(condition=condition)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT a.id, a.headline {body} ORDER BY r.application_deadline, a.id LIMIT {PAGE}", values)
        rows = len(cursor.fetchall())
        cursor.execute(f"SELECT count(*) {body}", values)
        return rows, cursor.fetchone()[0]


def _values(word: str) -> dict[str, object]:
    looked_for = grams(word)
    return {
        "word": word, "beginning": f"'{word}':*", "inner": inner_grams(word), "grams": looked_for,
        "least": max(2, round(0.45 * len(looked_for))),
    }  # fmt: skip


def main(number: int) -> None:
    """Each kind of search, then a whole page of the list."""
    with scratch():
        many_ads(number)
        for name, (words, condition) in BY_HAND.items():
            alike = name.endswith("alike")
            mine, hand = ours(words, alike=alike), by_hand(words, condition)
            if mine != hand:
                raise SystemExit(f"{name}: not the same ads: {mine} {hand}")
            _cpu, time_ours = cheapest(lambda: ours(words, alike=alike), ROUNDS)
            _cpu, time_hand = cheapest(lambda: by_hand(words, condition), ROUNDS)
            print(
                f"{name:20} {mine[1]:7} found: {time_ours:7.1f} ms, by hand {time_hand:7.1f} ms, ratio {time_ours / time_hand:4.2f}"
            )
        visitor = Client()
        settings.CACHES = settings.CACHES | {"pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
        for address in ("/job/", "/job/?ord=laborant", "/job/?ord=laborant&tid=PART_TIME"):
            cpu, clock_time = cheapest(lambda: visitor.get(address), ROUNDS)
            print(f"whole page {address:36} {clock_time:7.1f} ms, of which Python {cpu:6.1f} ms")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ADS)
