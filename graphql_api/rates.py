"""How much each asker may ask: points out of a bucket that fills by the second, counted in PostgreSQL for all processes.

A question costs a little for being asked and a point for each row it may fetch, so that a thousand small questions and one
large one are alike. Programs and people have a bucket each; askers without a token share that of their network.
"""

import ipaddress
from dataclasses import dataclass

from graphql_api.errors import Code, Refusal
from recruitment.allowances.actions import Bucket, Taken, take
from recruitment.people.actor import Actor, ActorKind

PER_QUESTION = 5
MINUTE = 60
KNOWN = Bucket(most=20_000, rate=100)
UNKNOWN = Bucket(most=10_000, rate=50)
NETWORK_BITS = {4: 24, 6: 48}


@dataclass
class Account:
    """One asker's bucket during one answer."""

    bucket: Bucket
    who: str
    latest: Taken | None = None

    def pay(self, points: int) -> None:
        """Take the points. Raises Refusal (RATE_LIMITED) when the bucket has too few."""
        self.latest = take(self.bucket, self.who, points)
        if not self.latest.granted:
            raise Refusal(
                Code.RATE_LIMITED,
                f"This costs {points} points and {self.latest.left} are left. Ask again in {self.latest.wait} seconds, "
                f"or for less.",
                cost=points,
                retryAfter=self.latest.wait,
            )

    def headers(self) -> dict[str, str]:
        """What the client is told about its bucket; nothing when it has not been touched."""
        if self.latest is None:
            return {}
        told = {
            "RateLimit-Limit": str(self.bucket.most),
            "RateLimit-Remaining": str(self.latest.left),
            "RateLimit-Reset": str(self.latest.full_in),
        }
        return told if self.latest.granted else told | {"Retry-After": str(self.latest.wait)}


def account_of(actor: Actor) -> Account:
    """The bucket of a program, a person, or of the network that somebody without a token asks from."""
    if actor.kind == ActorKind.ANONYMOUS:
        return account_of_network(actor.ip)
    return Account(KNOWN, f"graphql {actor}")


def account_of_network(address: str | None) -> Account:
    """The bucket that everybody without a token in this network shares."""
    return Account(UNKNOWN, f"graphql network {network_of(address)}")


def network_of(address: str | None) -> str:
    """The network of an address: the first 24 bits, or 48 of IPv6, where each household has many addresses."""
    if address is None:
        return "unknown"
    source = ipaddress.ip_address(address)
    mapped = getattr(source, "ipv4_mapped", None)
    source = mapped or source
    return str(ipaddress.ip_network(f"{source}/{NETWORK_BITS[source.version]}", strict=False))


def one_more(limit: int, *, what: str, who: str) -> Taken:
    """Count one more of `what` for `who`, of whom so many are granted a minute."""
    return take(Bucket(limit, limit / MINUTE), f"{what}: {who}", 1)
