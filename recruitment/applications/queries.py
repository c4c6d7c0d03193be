"""Reading applications: the applicant's own, the case's list, other applications, and "somebody phones"."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Count,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Concat, Lower

from recruitment.access.decide import ground, seats_of, visible
from recruitment.access.models import ConflictOfInterestDeclaration
from recruitment.access.permissions import Permission
from recruitment.applications.likeness import found_same
from recruitment.applications.masking import NO_MASK, Mask, by_number, hidden_from
from recruitment.applications.models import Application, ApplicationState, ReceiveChannel, Stage
from recruitment.applications.same_person import OpenedBy, SamePerson, Verdict
from recruitment.documents.models import Document
from recruitment.mail.models import Message
from recruitment.people.actor import Actor
from recruitment.people.models import User

MOST_HITS = 50
AT_ONE_SITTING = dt.timedelta(hours=3)  # who took longer has been away in between
#: Received, but nobody waits for them to be read.
NOT_TO_READ = (ApplicationState.WITHDRAWN, ApplicationState.LATE)


def own_applications(user: User) -> QuerySet[Application]:
    """The person's own, newest first; by proved address only."""
    return (
        Application.objects.filter(candidate__user=user)
        .select_related("case__institution", "round", "candidate")
        .order_by("-started_at")
    )


def times_taken(case: Any) -> QuerySet[Any]:
    """What it took the last ones to apply to the case (or to that of an outer query), of those who did it at one sitting."""
    took = ExpressionWrapper(F("received_at") - F("started_at"), DurationField())
    online = Application.objects.filter(case=case, channel=ReceiveChannel.ONLINE, received_at__isnull=False)
    return online.annotate(took=took).filter(took__lte=AT_ONE_SITTING).order_by("-received_at").values("took")[:200]


def handed_in(queryset: QuerySet[Application]) -> QuerySet[Application]:
    """Without drafts."""
    return queryset.exclude(state=ApplicationState.STARTED)


def counted(queryset: QuerySet[Application]) -> QuerySet[Application]:
    """What statistics count: received in time; not drafts, not late ones (E1)."""
    return queryset.filter(stage_reached__gt=0)


def candidate_list(actor: Actor, case: Any) -> QuerySet[Application]:
    """The case's received applications that the actor may list, with what the list shows; one query."""
    rows = handed_in(visible(actor, Permission.APPLICATION_LIST, Application.objects.filter(case=case)))
    return rows.select_related("candidate", "source_medium", "case").annotate(
        document_count=_count(Document.objects.filter(replaced_at__isnull=True)),
        message_count=_count(Message.objects.all()),
        other_count=_other_count() + _found_count("first", "second") + _found_count("second", "first"),
        is_new=~opened_by(actor),
    )


def opened_by(actor: Actor) -> Exists:
    """Whether the person has opened the application themselves: what is new is new for each."""
    return Exists(OpenedBy.objects.filter(application=OuterRef("pk"), user=actor.user))


def read_by_seat(actor: Actor) -> frozenset[Any]:
    """Cases whose applications the person reads because they have a seat there."""
    return ground(actor, Permission.APPLICATION_READ_DOCUMENTS).cases


def _unread(rows: QuerySet[Application], actor: Actor) -> QuerySet[Application]:
    """Opened by nobody; and where the person reads by their seat, not by them, whoever else has."""
    seated = read_by_seat(actor)
    waits = Q(first_opened_at__isnull=True) | (Q(case__in=seated) & ~Q(opened_by(actor)))
    return rows.filter(waits).exclude(state__in=NOT_TO_READ)


def with_application_counts(actor: Actor, cases: QuerySet[Any]) -> QuerySet[Any]:
    """Cases with `received` and `unread`, counting only what the actor may list; in the same query."""
    rows = handed_in(visible(actor, Permission.APPLICATION_LIST, Application.objects.filter(case=OuterRef("pk"))))
    return cases.annotate(received=_by_case(rows), unread=_by_case(_unread(rows, actor)))


def _by_case(rows: QuerySet[Application]) -> Coalesce:
    counts = rows.order_by().values("case").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counts, output_field=IntegerField()), 0)


def unread_applications(actor: Actor) -> QuerySet[Application]:
    """Received and not yet opened, on cases whose contents the actor may read: by anybody, where they sit by themselves."""
    return _unread(handed_in(visible(actor, Permission.APPLICATION_READ_DOCUMENTS, Application.objects.all())), actor)


def cpr_to_mask(actor: Actor) -> QuerySet[Application]:
    """Applications with a CPR number in words or files that HR has not dealt with (INV-18)."""
    in_files = Document.objects.filter(
        application=OuterRef("pk"), has_cpr_number=True, cpr_handled_at__isnull=True, replaced_at__isnull=True
    )
    rows = handed_in(visible(actor, Permission.APPLICATION_CHANGE_STATE, Application.objects.all()))
    return rows.filter(Q(has_cpr_number=True, cpr_handled_at__isnull=True) | Exists(in_files)).select_related(
        "case", "candidate"
    )


def notices_due(actor: Actor, at: dt.datetime) -> QuerySet[Application]:
    """Registered by hand, and the applicant has had no letter with the notice yet (GDPR art. 14); the most pressing first."""
    told = Message.objects.filter(application=OuterRef("pk"), code="MANUAL_REGISTERED")
    rows = handed_in(visible(actor, Permission.APPLICATION_REGISTER_MANUAL, Application.objects.all()))
    return (
        rows.filter(~Exists(told), notice_due_at__gt=at).select_related("case", "candidate").order_by("notice_due_at")
    )


@dataclass(frozen=True)
class CandidateFilter:
    """Empty conditions do not narrow."""

    words: str = ""
    state: str = ""
    origin: str = ""
    channel: str = ""
    unread: str = ""  # "on": not by oneself, "nobody": by nobody
    only: tuple[str, ...] = ()  # references

    def conditions(self, mask: Mask = NO_MASK) -> Q:
        """As a filter on rows of `candidate_list`. Nobody is found by a name that the mask hides."""
        found = Q()
        for word in self.words.split():
            named = Q(candidate__given_name__icontains=word) | Q(candidate__family_name__icontains=word)
            if mask.is_on:
                named = (named & Q(stage_reached__gte=Stage.SCREENED)) | by_number(word)
            found &= named | Q(reference__icontains=word)
        for column, value in (("state", self.state), ("applicant_origin", self.origin), ("channel", self.channel)):
            if value:
                found &= Q(**{column: value})
        if self.only:
            found &= Q(reference__in=self.only)
        if self.unread:
            new = Q(first_opened_at__isnull=True) if self.unread == "nobody" else Q(is_new=True)
            found &= new & ~Q(state__in=NOT_TO_READ)
        return found


#: What the candidate list can be sorted by; a minus turns it round.
CANDIDATE_ORDERS = {"name": "candidate__family_name", "received": "received_at", "state": "state", "channel": "channel"}


def _count(rows: QuerySet[Any]) -> Coalesce:
    counts = (
        rows.filter(application=OuterRef("pk")).order_by().values("application").annotate(n=Count("pk")).values("n")
    )
    return Coalesce(Subquery(counts, output_field=IntegerField()), 0)


def _other_count() -> Coalesce:
    """How many other applications the same person has in the same institution, by proved or typed address (INV-30)."""
    others = (
        Application.objects.exclude(state=ApplicationState.STARTED)
        .alias(address=Lower("candidate__email"))  # as in the index; `iexact` is not found by it
        .filter(case__institution=OuterRef("case__institution"), address=Lower(OuterRef("candidate__email")))
        .exclude(pk=OuterRef("pk"))
        .exclude(candidate__email="")
        .order_by()
        .values("case__institution")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return Coalesce(Subquery(others, output_field=IntegerField()), 0)


def _found_count(me: str, other: str) -> Coalesce:
    """The same of those whom HR has found to be one person with them under another address (`SamePerson`)."""
    theirs = f"{other}__applications"
    counted_here = Q(**{f"{theirs}__case__institution": F("institution")})
    counted_here &= ~Q(**{f"{theirs}__state": ApplicationState.STARTED})
    found = (
        SamePerson.objects.filter(
            institution=OuterRef("case__institution"), verdict=Verdict.SAME, **{me: OuterRef("candidate")}
        )
        .alias(address=Lower(f"{other}__email"))
        .exclude(~Q(address=""), address=Lower(OuterRef("candidate__email")))
        .order_by()
        .values("institution")
        .annotate(n=Count(theirs, filter=counted_here))
        .values("n")
    )
    return Coalesce(Subquery(found, output_field=IntegerField()), 0)


def other_applications(actor: Actor, application: Application) -> QuerySet[Application]:
    """The person's other applications in the same institution (INV-30): to HR and the hiring manager, without contents.

    By the address, and by what HR has found about people with two.
    """
    if not visible(actor, Permission.APPLICATION_SEE_OTHERS, Application.objects.filter(pk=application.pk)).exists():
        return Application.objects.none()
    theirs = Q(candidate__in=found_same(application))
    if application.candidate.email:
        theirs |= Q(candidate__email__iexact=application.candidate.email)
    return (
        handed_in(Application.objects.all())
        .filter(theirs, case__institution_id=application.case.institution_id)
        .exclude(pk=application.pk)
        .select_related("case")
    )


def find(actor: Actor, words: str) -> QuerySet[Application]:
    """Somebody phones: by name, telephone, e-mail or reference, within what the caller may list; at most fifty."""
    words = " ".join(words.split())
    if len(words) < 2:
        return Application.objects.none()
    digits = "".join(c for c in words if c.isdigit())
    wanted = (
        Q(reference__iexact=words)
        | Q(reference__iexact=f"{words[:4]}-{words[4:]}")
        | Q(full_name__icontains=words)
        | Q(candidate__email__iexact=words)
    )
    if len(digits) >= 6:
        wanted |= Q(phone_digits__contains=digits[-8:])
    phone_digits = Func(F("candidate__phone"), Value(r"\D"), Value(""), Value("g"), function="regexp_replace")
    return (
        handed_in(visible(actor, Permission.APPLICATION_LIST, Application.objects.all()))
        .annotate(
            full_name=Concat("candidate__given_name", Value(" "), "candidate__family_name"), phone_digits=phone_digits
        )
        .filter(wanted)
        .exclude(pk__in=hidden_from(actor, Application.objects.all()).values("pk"))
        .select_related("candidate", "case")
        .order_by("-received_at")[:MOST_HITS]
    )


def forgotten_drafts(at: dt.datetime, after: dt.timedelta) -> QuerySet[Application]:
    """Drafts whose round's deadline passed so long ago, or that have none and were left alone so long."""
    return Application.objects.filter(
        Q(round__application_deadline__lt=at - after)
        | Q(round__application_deadline__isnull=True, updated_at__lt=at - after),
        state=ApplicationState.STARTED,
    )


def drafts_to_remind(at: dt.datetime, ahead: dt.timedelta) -> QuerySet[Application]:
    """Drafts with an address whose deadline lies within `ahead` and who have not been reminded."""
    reminded = Message.objects.filter(application=OuterRef("pk"), code="DEADLINE_REMINDER_DRAFT")
    return (
        Application.objects.filter(
            ~Exists(reminded),
            state=ApplicationState.STARTED,
            round__application_deadline__gt=at,
            round__application_deadline__lte=at + ahead,
            case__state="ADVERTISED",
        )
        .exclude(candidate__email="")
        .select_related("case__institution", "round", "candidate")
    )


def cases_applied_to(actor: Actor) -> list[Any]:
    """Cases on which the person is an applicant, by tied candidate or by address (INV-31)."""
    if actor.user is None:
        return []
    mine = Q(candidate__user=actor.user) | Q(candidate__email__iexact=actor.user.email)
    return list(handed_in(Application.objects.filter(mine)).values_list("case", flat=True).distinct())


def arrived_at(row: Any) -> dt.datetime | None:
    """When the applicant came that the row is about: an application, or what hangs on one (INV-7)."""
    application = row if isinstance(row, Application) else getattr(row, "application", None)
    return application.received_at if isinstance(application, Application) else None


def declared_for(actor: Actor, rows: QuerySet[Application]) -> QuerySet[Application]:
    """Those on whose applicants the person has said that they are impartial, and bound by confidentiality where they have a seat."""
    seats = seats_of(actor)
    said = ConflictOfInterestDeclaration.objects.filter(
        case=OuterRef("case"), user=actor.user, declared_at__gte=OuterRef("received_at")
    )
    return rows.filter(Exists(said), case__in=seats.declared_on - seats.not_bound_on)


def newcomers(actor: Actor, case: Any) -> list[Any]:
    """Keys of the applications that came after the person declared; all of them where nothing has been said."""
    since = seats_of(actor).declared_at.get(getattr(case, "pk", case))
    rows = handed_in(Application.objects.filter(case=case))
    return list((rows.filter(received_at__gt=since) if since else rows).values_list("pk", flat=True))
