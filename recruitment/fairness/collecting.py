"""What is kept about one applicant in one case, gathered for the one who asks to see it (INV-29: never about anybody else)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import override

from recruitment.applications.asking_again import replies_of
from recruitment.applications.models import Application, ApplicationState, DiscretionWish, PriorityClaim
from recruitment.applications.own_data import kept_letters
from recruitment.applications.summary import answers_in_force
from recruitment.assessments.models import Comment, Rating, Visibility
from recruitment.assessments.statements import Assessment
from recruitment.documents.models import Document
from recruitment.fairness.claim_models import JobCentreNegotiation
from recruitment.fairness.models import FactNote, PartyHearing
from recruitment.fairness.request_models import AccessItem, AccessKind, AccessRequest
from recruitment.interviews.records import Interview, TestResult


@dataclass(frozen=True)
class Piece:
    """One thing: words, or a document."""

    title: str
    words: str = ""
    document: Document | None = None


Source = Callable[[Application], Iterable[Piece]]
#: Rooms above say what they keep about an applicant. Filled by `wiring.py`.
kept_by_rooms_above: list[Source] = []


def pieces_for(asked: AccessRequest) -> list[Piece]:
    """The package, in the applicant's language; for a list, the list alone."""
    with override(asked.application.language):
        if asked.kind == AccessKind.APPLICANT_LIST:
            return [Piece(_("Applicants to the post"), list_of_applicants(asked.application))]
        sources = (
            _application,
            _documents,
            _letters,
            _history,
            _facts,
            _interviews,
            _thoughts,
            _claim,
            *kept_by_rooms_above,
        )
        return [piece for source in sources for piece in source(asked.application)]


def refresh(asked: AccessRequest) -> int:
    """Put what is there now into the package; what was chosen about the same thing stays chosen. Returns how many pieces."""
    before = {(item.title, item.words, item.document_id): (item.is_given, item.reason) for item in asked.items.all()}
    asked.items.all().delete()
    pieces = pieces_for(asked)
    rows = []
    for place, piece in enumerate(pieces):
        key = (piece.title[:240], piece.words, piece.document.pk if piece.document else None)
        given, reason = before.get(key, (None, ""))
        rows.append(
            AccessItem(access_request=asked, position=place, title=piece.title[:240], words=piece.words,
                       document=piece.document, is_given=given, reason=reason)
        )  # fmt: skip
    AccessItem.objects.bulk_create(rows)
    return len(rows)


def list_of_applicants(application: Application) -> str:
    """Names of those who have applied to the same civil servant's post, without those who want discretion (PAV 15.2.1.6)."""
    rows = Application.objects.filter(case=application.case_id).exclude(
        state__in=[ApplicationState.STARTED, ApplicationState.WITHDRAWN]
    )
    rows = rows.exclude(pk__in=DiscretionWish.objects.values("application")).select_related("candidate")
    names = sorted(row.candidate.full_name or row.reference for row in rows)
    return "\n".join(names)


def _day(when: Any) -> str:
    return formats.date_format(when, "SHORT_DATE_FORMAT") if when else ""


def _lines(*pairs: tuple[Any, Any]) -> str:
    return "\n".join(f"{label}: {value}" for label, value in pairs if value not in {None, ""})


def _application(application: Application) -> Iterator[Piece]:
    person = application.candidate
    yield Piece(
        _("Your details"),
        _lines((_("Name"), person.full_name), (_("E-mail"), person.email), (_("Telephone"), person.phone),
               (_("Address"), person.address), (_("Received"), _day(application.received_at))),
    )  # fmt: skip
    if application.motivation_text:
        yield Piece(_("Your application"), application.motivation_text)
    answers = [(question, _shown(answer)) for question, answer in answers_in_force(application, application.language)]
    answers += [pair for reply in replies_of(application) for pair in reply.pairs()]
    if answers:
        yield Piece(_("Your answers"), "\n\n".join(f"{question}\n{answer}" for question, answer in answers))


def _shown(answer: Any) -> str:
    return "\n".join(map(str, answer)) if isinstance(answer, list) else str(answer)


def _documents(application: Application) -> Iterator[Piece]:
    for document in application.documents.filter(replaced_at__isnull=True):
        yield Piece(f"{document.get_kind_display()}: {document.filename}", document=document)


def _letters(application: Application) -> Iterator[Piece]:
    for letter in kept_letters(application):
        yield Piece(f"{_('Letter')} {_day(letter.created_at)}: {letter.subject}", letter.text)


def _history(application: Application) -> Iterator[Piece]:
    steps = [
        f"{_day(step.at)}: {ApplicationState(step.to_state).label}{f' ({step.reason})' if step.reason else ''}"
        for step in application.history.all()
        if step.to_state in ApplicationState.values
    ]
    if steps:
        yield Piece(_("What has happened in the case"), "\n".join(steps))


def _facts(application: Application) -> Iterator[Piece]:
    for note in FactNote.objects.filter(application=application):
        where = ", ".join(filter(None, [note.get_source_display(), note.source_person, note.address]))
        yield Piece(f"{_('Note')} {_day(note.received_on)}", f"{where}\n\n{note.fact_text}")
    for hearing in PartyHearing.objects.filter(application=application, sent_at__isnull=False):
        words = [hearing.facts_text, hearing.response_text, hearing.evaluation]
        yield Piece(f"{_('Hearing')} {_day(hearing.sent_at)}", "\n\n".join(filter(None, words)))


def _interviews(application: Application) -> Iterator[Piece]:
    rows = Interview.objects.filter(invitation__application=application).prefetch_related(
        "notes__author", "findings__competence"
    )
    for interview in rows:
        when = _day(interview.held_at)
        found = [
            _lines((f.competence.name, " ".join(filter(None, [str(f.level or ""), f.words]))))
            for f in interview.findings.all()
        ]
        debrief = "\n".join(filter(None, [interview.impression, *found, str(interview.get_outcome_display())]))
        yield Piece(_("Interview %(day)s: what the panel agreed") % {"day": when}, debrief)
        for note in interview.notes.all():
            yield Piece(_("Interview %(day)s: notes by %(who)s") % {"day": when, "who": note.author}, note.text)
    for test in TestResult.objects.filter(application=application):
        yield Piece(f"{_('Test')}: {test.test_name}", f"{test.purpose}\n{test.used_in_interview}")


def _thoughts(application: Application) -> Iterator[Piece]:
    rows = Rating.objects.filter(application=application).select_related("rater", "level")
    ratings = [f"{rating.rater}: {rating.level.value}" for rating in rows]
    if ratings:
        yield Piece(_("Ratings"), "\n".join(ratings))
    said = Comment.objects.filter(application=application).exclude(visibility=Visibility.PRIVATE)
    for comment in said.select_related("author"):
        yield Piece(f"{_('Comment')} {_day(comment.created_at)}, {comment.author}", comment.text)
    assessment = Assessment.objects.filter(application=application).first()
    if assessment is not None and assessment.text:
        yield Piece(_("The committee's assessment"), assessment.text)


def _claim(application: Application) -> Iterator[Piece]:
    claim = PriorityClaim.objects.filter(application=application).first()
    if claim is None:
        return
    agreed = JobCentreNegotiation.objects.filter(claim=claim).first()
    words = _lines((_("State"), claim.get_state_display()), (_("Claimed"), _day(claim.claimed_at)))
    yield Piece(
        _("Preferential access"),
        "\n\n".join(filter(None, [words, agreed.letter if agreed else "", agreed.outcome if agreed else ""])),
    )
