"""Celery's broker on the portal's own PostgreSQL: for one machine. Production names RabbitMQ (CELERY_BROKER_URL).

`python -m portal.platform.broker DATABASE_URL` makes its tables.
"""

import sys
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from kombu import Connection

QUEUES = ("celery", "timetable")  # of errands, and of what the clock calls for


def broker_url(database_url: str) -> str:
    """The same database in SQLAlchemy's words, which keep a socket folder in the query instead of the host.

    `postgres://user@%2Ffolder/name` becomes `sqla+postgresql+psycopg2://user@/name?host=/folder`.
    """
    parts = urlsplit(database_url)
    login, _, place = parts.netloc.rpartition("@")
    options = dict(parse_qsl(parts.query))
    if place.lower().startswith("%2f"):
        folder, _, port = place.partition(":")
        options["host"] = unquote(folder)
        place = f":{port}" if port else ""
    query = f"?{urlencode(options, safe='/', quote_via=quote)}" if options else ""
    return f"sqla+postgresql+psycopg2://{login}{'@' if login or not place else ''}{place}{parts.path}{query}"


def make_tables(url: str) -> None:
    """Once and beforehand: web server and worker would otherwise make them at the same moment, and one would fail."""
    with Connection(url) as connection:
        for name in QUEUES:
            connection.default_channel.queue_declare(name)


if __name__ == "__main__":
    make_tables(broker_url(sys.argv[1]))
