"""Asking applicants something more, and their answers."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.applications.followups import FollowUpReply, FollowUpRound
from recruitment.applications.letters import values_for
from recruitment.applications.models import Application, ApplicationState
from recruitment.audit.record import record
from recruitment.cases.dates import day_and_time
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.profile import Competence
from recruitment.documents.cpr import find_cpr_numbers
from recruitment.errors import NotPossible, Obstacle
from recruitment.mail.actions import send
from recruitment.people.actor import Actor
from recruitment.questions.linter import blocking_findings

S = ApplicationState
#: States in which somebody may be asked: still in the running, and their application is no longer theirs to correct.
ASKED_IN = (S.UNDER_REVIEW, S.RESERVE, S.SHORTLISTED, S.INVITED, S.INTERVIEWED, S.FINALIST)
MOST_QUESTIONS = 5
LONGEST_QUESTION, LONGEST_ANSWER = 400, 4000
SHORTEST_TIME = dt.timedelta(days=2)


REMIND_AHEAD = dt.timedelta(hours=36)
#: Not reminded of what was only just asked.
REMIND_AFTER = dt.timedelta(hours=12)


@dataclass(frozen=True)
class Asked:
    """One question, and the number of the requirement of the ad that it clarifies."""

    text: str
    clarifies: str = ""


@dataclass(frozen=True)
class Sent:
    """The round, and who has no address and must be asked on paper."""

    round: FollowUpRound
    on_paper: list[Application]


@transaction.atomic
def ask_again(
    case: RecruitmentCase,
    *,
    state: str,
    questions: Sequence[Asked],
    justification: str,
    deadline: dt.datetime,
    actor: Actor,
) -> Sent:
    """Ask everybody who is in the state, with a reason; nobody is picked out and nobody left out (INV-26).

    Each question clarifies a requirement that was described before: nothing new is asked for (GRD-32).
    """
    require(actor, Permission.APPLICATION_CHANGE_STATE, case)
    known = {str(competence.pk): competence for competence in requirements_of(case)}
    asked = _checked(known, state, questions, justification, deadline)
    applications = list(
        Application.objects.select_for_update(of=("self",)).filter(case=case, state=state)
        .select_related("candidate", "case__institution", "round").order_by("received_at", "pk")
    )  # fmt: skip
    if not applications:
        raise NotPossible([Obstacle("nobody_there", _("Nobody is in this state."), "followup.state")])
    round_ = FollowUpRound.objects.create(
        case=case, state=state, questions=[each.text for each in asked], justification=justification.strip(), deadline=deadline,
        requirements=[{"id": each.clarifies, "name": known[each.clarifies].name_da} for each in asked],
        sent_by=actor.user, sent_at=clock.now(),
    )  # fmt: skip
    FollowUpReply.objects.bulk_create([FollowUpReply(round=round_, application=each) for each in applications])
    record(
        actor, "FollowUpRound.send", case, state=state, asked=len(applications), clarifies=[each.clarifies for each in asked],
    )  # fmt: skip
    on_paper = [each for each in applications if not _write(round_, each, actor)]
    return Sent(round_, on_paper)


def requirements_of(case: RecruitmentCase) -> QuerySet[Competence]:
    """What the job profile asks for, in its order."""
    return Competence.objects.filter(profile__case=case)


def _checked(
    known: Mapping[str, Competence], state: str, questions: Sequence[Asked], justification: str, deadline: dt.datetime
) -> list[Asked]:
    asked = [Asked(" ".join(each.text.split()), each.clarifies) for each in questions if each.text.strip()]
    found = []
    if state not in ASKED_IN:
        found.append(Obstacle("not_this_state", _("Applicants in this state are not asked."), "followup.state"))
    if not asked or len(asked) > MOST_QUESTIONS or any(len(each.text) > LONGEST_QUESTION for each in asked):
        message = _("Write one to %(most)d questions of at most %(long)d characters.")
        words = message % {"most": MOST_QUESTIONS, "long": LONGEST_QUESTION}
        found.append(Obstacle("questions", words, "followup.questions"))
    found += [
        Obstacle(each.code, str(each.message), "followup.questions")
        for each in blocking_findings(*(one.text for one in asked))
    ]
    if any(each.clarifies not in known for each in asked):
        message = _("Choose the requirement that each question clarifies.")
        found.append(Obstacle("requirement_missing", message, "followup.questions"))
    if not justification.strip():
        found.append(Obstacle("reason_missing", _("Write why it is asked now."), "followup.justification"))
    if deadline < clock.now() + SHORTEST_TIME:
        found.append(Obstacle("too_soon", _("Give them at least two days."), "followup.deadline"))
    if found:
        raise NotPossible(found)
    return asked


def _write(round_: FollowUpRound, application: Application, actor: Actor, code: str = "FOLLOWUP_QUESTIONS") -> bool:
    portal = settings.SITE_URL if application.language == "da" else f"{settings.SITE_URL}/{application.language}"
    with override(application.language):
        own = {
            "deadline": day_and_time(round_.deadline),
            "portal_link": f"{portal}/mine/{application.pk}/spoergsmaal/{round_.pk}/",
        }
    letter = send(
        code, to=application.candidate, institution=application.case.institution, values=values_for(application) | own,
        key=f"{'reminder-' if code == 'FOLLOWUP_REMINDER' else ''}followup:{round_.pk}:{application.pk}", language=application.language, about=application, actor=actor,
    )  # fmt: skip
    return letter is not None


def is_open(reply: FollowUpReply) -> bool:
    """Whether the applicant may still write or change the answers."""
    return clock.now() < reply.round.deadline and reply.application.state in ASKED_IN


@transaction.atomic
def answer_again(reply: FollowUpReply, answers: Sequence[str], *, actor: Actor) -> FollowUpReply:
    """The applicant answers; until the deadline, as often as they like. The face has found the row as theirs."""
    locked = (
        FollowUpReply.objects.select_for_update(of=("self",)).select_related("round", "application").get(pk=reply.pk)
    )
    if not is_open(locked):
        raise NotPossible([Obstacle("deadline_passed", _("The time to answer is over."))])
    words = [answer.strip().replace("\x00", "") for answer in answers][: len(locked.round.questions)]
    missing = [
        number for number, _question in enumerate(locked.round.questions, 1) if not "".join(words[number - 1 : number])
    ]
    if missing:
        told = _("Answer every question, also number %s. If you cannot, write that.")
        raise ValidationError(told % ", ".join(map(str, missing)), code="nothing")
    if any(len(each) > LONGEST_ANSWER for each in words):
        raise ValidationError(_("Use at most %d characters for each answer.") % LONGEST_ANSWER, code="too_long")
    locked.answers, locked.answered_at = words, clock.now()
    locked.save(update_fields=["answers", "answered_at"])
    if any(find_cpr_numbers(each) for each in words):
        Application.objects.filter(pk=locked.application_id).update(has_cpr_number=True, cpr_handled_at=None)
    record(actor, "FollowUpReply.save", locked.application)
    return locked


def to_remind(at: dt.datetime) -> QuerySet[FollowUpReply]:
    """Not answered, and little time left; once each, and nobody who has been asked only just now."""
    return FollowUpReply.objects.filter(
        answered_at__isnull=True, reminded_at__isnull=True, application__state__in=ASKED_IN, round__deadline__gt=at,
        round__deadline__lte=at + REMIND_AHEAD, round__sent_at__lte=at - REMIND_AFTER,
    )  # fmt: skip


def remind_of_questions(at: dt.datetime) -> int:
    """A letter to each who has not answered; returns how many. Each in a transaction of its own."""
    done = 0
    for key in list(to_remind(at).order_by("pk").values_list("pk", flat=True)[:500]):
        done += _remind(key, at)
    return done


@transaction.atomic
def _remind(key: Any, at: dt.datetime) -> int:
    rows = to_remind(at).select_for_update(of=("self",))
    reply = rows.select_related("round", "application__candidate", "application__case__institution", "application__round").filter(pk=key).first()  # fmt: skip
    if reply is None:  # answered meanwhile
        return 0
    reply.reminded_at = at
    reply.save(update_fields=["reminded_at"])
    return _write(reply.round, reply.application, Actor.house("questions"), "FOLLOWUP_REMINDER")


def replies_of(application: Application) -> list[FollowUpReply]:
    """What the applicant was asked later, with the answers, oldest first."""
    return list(FollowUpReply.objects.filter(application=application.pk).select_related("round", "application"))
