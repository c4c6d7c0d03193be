"""Who answers whom: the only file in which a low room learns of a room above it."""


def connect() -> None:
    """Called once, when Django is ready."""
