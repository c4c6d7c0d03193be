"""What every channel can be asked, what it answers, and what it is given."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from recruitment.advertising.addresses import form_address, tracked
from recruitment.advertising.models import JobAdvertisement, Publication, PublicationState
from recruitment.cases.models import RecruitmentCase
from recruitment.channels.models import Connection, Delivery
from recruitment.channels.secrets import unseal

MINUTE = dt.timedelta(minutes=1)
FIVE_TRIES = (MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE, 240 * MINUTE)  # C3: then a person is asked


class Refused(Exception):
    """The medium said no for good; the words say why."""


class TryLater(Exception):
    """Not now. `after` is what the medium asked for; the other side has certainly not acted."""

    def __init__(self, why: str, after: dt.timedelta | None = None) -> None:
        super().__init__(why)
        self.after = after


class Unknown(Exception):
    """The other side may or may not have acted."""


class Gone(Refused):
    """The receiver wants nothing more, ever."""


@dataclass(frozen=True)
class Setting:
    """One field of a channel's settings. `kind`: url, email, text."""

    name: str
    label: Any
    kind: str = "text"
    required: bool = True
    help_text: Any = ""


@dataclass(frozen=True)
class Settled:
    """What the medium answered: the publication's state there, and what it calls the ad."""

    state: str = PublicationState.LIVE
    external_id: str = ""
    external_url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Posting:
    """One ad as a medium is given it. Only what is public: the frozen version and facts of its case."""

    publication: Publication
    ad: JobAdvertisement
    reference: str
    begins: dt.datetime
    ends: dt.datetime | None
    delivery_id: str = ""
    external_id: str = ""
    words: str = ""  # what was said at the first try, where the channel repeats itself letter for letter

    @property
    def case(self) -> RecruitmentCase:
        """The case the ad is about."""
        return self.publication.round.case

    @property
    def deadline(self) -> dt.datetime | None:
        """When applications must be in."""
        return self.publication.round.application_deadline

    @property
    def url(self) -> str:
        """The ad with this medium's tracking token."""
        return tracked(self.ad.url, self.token)

    @property
    def apply_url(self) -> str:
        """The form with this medium's tracking token."""
        return tracked(form_address(self.publication.round_id, self.ad.language), self.token)

    @property
    def token(self) -> str:
        """The publication's tracking token."""
        link = getattr(self.publication, "tracking_link", None)
        return link.token if link else ""

    @property
    def digest(self) -> str:
        """The same for the same contents and period."""
        told = [self.ad.title, self.ad.headline, self.ad.html, self.ad.facts, str(self.deadline), str(self.ends)]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Line:
    """A connection as a channel uses it, with its secret open."""

    address: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    secret: str = ""
    institution: Any = None
    former_secret: str = ""

    @classmethod
    def of(cls, connection: Connection) -> "Line":
        """Raises SecretLost where the secret must be typed again."""
        former = unseal(connection.former_secret) if connection.is_rotating else ""
        return cls(
            connection.address, connection.options, unseal(connection.secret), connection.entry.institution, former
        )


class Channel:
    """One way to reach a medium. What is not said otherwise: it can change and take down, and repeating is safe."""

    name = ""
    label: Any = ""
    about: Any = ""
    settings: tuple[Setting, ...] = ()
    secret_label: Any = ""  # empty: the channel has no secret
    makes_own_secret = False
    is_fetched = False  # the partner fetches a list from us; nothing is sent
    can_change = True
    closes_by_itself = False  # the medium takes it down at the end of the period that it was told
    names_deadlines = False  # a moved deadline is told under a name of its own
    is_repeatable = True  # a second try is safe though nobody knows how the first one went
    longest: dt.timedelta | None = None  # that an ad is shown
    lead = dt.timedelta(0)  # how long before its first day the ad is sent
    plan: tuple[dt.timedelta, ...] = FIVE_TRIES

    def faults(self, posting: Posting) -> list[str]:
        """What the medium would refuse, found before it is asked."""
        return []

    def words(self, delivery: Delivery, posting: Posting) -> str:
        """What is said, letter for letter, at each try. Empty: every try says how the ad stands then."""
        return ""

    def repeat(self, posting: Posting, line: Line) -> None:
        """Say the posting's words once more; only for channels that have them."""
        raise NotImplementedError

    def create(self, posting: Posting, line: Line) -> Settled:
        """Put it up, or find that it is up already."""
        raise NotImplementedError

    def update(self, posting: Posting, line: Line) -> Settled:
        """Show this version instead."""
        raise NotImplementedError

    def close(self, posting: Posting, line: Line) -> None:
        """Take it down; well when it is not there."""
        raise NotImplementedError

    def status(self, posting: Posting, line: Line) -> Settled:
        """How it stands there now."""
        return Settled()

    def test(self, line: Line) -> str:
        """Try the connection without putting anything up; words for the person who asked."""
        return str(_("Nothing needs to be tried: the portal fetches the list from us."))
