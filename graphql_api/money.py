"""Amounts of money. The domain keeps øre; the world outside gets kroner as decimal text."""

from decimal import Decimal

import strawberry

CURRENCY = "DKK"


@strawberry.type(description="An amount of money.")
class Money:
    amount: Decimal = strawberry.field(description="In the currency's main unit.")
    currency: str = strawberry.field(default=CURRENCY, description="ISO 4217 code.")


def money_from_ore(ore: int | None) -> Money | None:
    """Kroner and øre from øre."""
    return None if ore is None else Money(amount=Decimal(ore).scaleb(-2))


def money_from_kroner(kroner: int | None) -> Money | None:
    """Whole kroner."""
    return None if kroner is None else Money(amount=Decimal(kroner))
