"""The number of an application, as people say it on the telephone."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O, U: read aloud without doubt


def new_reference() -> str:
    """Eight characters in two groups, such as K7PM-2XQ4: to be read aloud on the telephone."""
    letters = [secrets.choice(ALPHABET) for _ in range(8)]
    return f"{''.join(letters[:4])}-{''.join(letters[4:])}"
