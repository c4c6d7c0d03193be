"""How long refusing a fragment bomb takes, through all of Django: `python -m benchmarks.graphql_bomb`. Asks no rows.

Prints milliseconds of CPU and on the clock for bombs of rising depth; each level doubles what the document would ask for.
Needs a database (DATABASE_URL) for the points that every question costs.
"""

import os
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")

import django

django.setup()

from django.test import Client  # noqa: E402 - Django must be ready

ROUNDS = 20


def bomb(depth: int) -> str:
    """Fragments that each spread the next one twice."""
    spreads = " ".join(f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(depth))
    return f"{{ ...F0 }} {spreads} fragment F{depth} on Query {{ __typename }}"


def main() -> None:
    """The best of twenty, for each depth."""
    client = Client()
    for depth in (1, 10, 20, 30, 40):
        body, spent = {"query": bomb(depth)}, []
        for number in range(ROUNDS):
            cpu, clock = time.process_time(), time.perf_counter()
            told = client.post(
                "/graphql/", body, content_type="application/json", REMOTE_ADDR=f"10.0.{number}.1"
            ).json()
            spent.append((time.process_time() - cpu, time.perf_counter() - clock))
        code = told["errors"][0]["extensions"]["code"] if "errors" in told else "answered"
        print(
            f"depth {depth:2}: {min(c for c, _ in spent) * 1000:5.1f} ms CPU, {min(t for _, t in spent) * 1000:5.1f} ms, {code}"
        )


if __name__ == "__main__":
    main()
