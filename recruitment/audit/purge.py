"""Forgetting: the one way past the triggers that keep histories, for rows that the law says must go."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def purging() -> Iterator[None]:
    """Inside, histories may be deleted with the row they tell of. In a transaction, and closed again at its end."""
    with transaction.atomic():
        _allow("on")
        try:
            yield
        finally:
            if not connection.needs_rollback:
                _allow("off")


def _allow(switch: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('opslag.purge', %s, true)", [switch])
