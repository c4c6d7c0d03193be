"""A committee hears of new applications: one mail a day and case, to those who may read them and have not."""

import datetime as dt

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import override

from recruitment import clock
from recruitment.access.decide import COMMITTEES, visible
from recruitment.access.models import CaseMember
from recruitment.access.permissions import Permission
from recruitment.access.roles import Role
from recruitment.applications.models import Application, ApplicationState
from recruitment.applications.queries import opened_by
from recruitment.cases.dates import day_and_time
from recruitment.cases.lifecycle import current_round
from recruitment.cases.models import CaseState
from recruitment.mail.actions import send_to_colleague
from recruitment.mail.models import Message
from recruitment.people.actor import Actor
from recruitment.planning.letters import FROM, UNTIL
from recruitment.planning.models import Absence, MailWish, TaskMail
from recruitment.planning.workdays import is_workday

CODE = "STAFF_NEW_APPLICATIONS"
TOLD = (Role.HIRING_MANAGER, *COMMITTEES)
NEW = (ApplicationState.SUBMITTED, ApplicationState.UNDER_REVIEW)
LONGEST_AGO = dt.timedelta(days=14)  # who has not looked for so long is not reminded of it every day
HOUSE = Actor.house("new applications")


def tell_of_new_applications(now: dt.datetime) -> int:
    """On working days, by day; nobody who is away or wants no mail. Returns how many letters were written."""
    local = now.astimezone(clock.COPENHAGEN)
    if not is_workday(local.date()) or not FROM <= local.time() < UNTIL:
        return 0
    told = set(Message.objects.filter(code=CODE, key__endswith=f":{local.date()}").values_list("key", flat=True))
    members = [each for each in _members(now) if _key(each, local.date()) not in told]
    return sum(_tell(member, now) for member in members)


def _members(now: dt.datetime) -> QuerySet[CaseMember]:
    today = now.astimezone(clock.COPENHAGEN).date()
    fresh = Application.objects.filter(case=OuterRef("case"), state__in=NEW, received_at__gt=now - LONGEST_AGO)
    waits = Q(case__committee_reads_at_once=False, case__state=CaseState.ADVERTISED, role__in=COMMITTEES)
    rows = CaseMember.objects.filter(
        Exists(fresh), Q(access_until__isnull=True) | Q(access_until__gt=now), role__in=TOLD, user__is_active=True,
        case__state__in=[CaseState.ADVERTISED, CaseState.ASSESSING],
    )  # fmt: skip
    away = Absence.objects.filter(begins__lte=today, ends__gte=today)
    silent = TaskMail.objects.filter(wish=MailWish.NONE)
    rows = rows.exclude(waits).exclude(user__in=away.values("user")).exclude(user__in=silent.values("user"))
    return rows.select_related("user", "case__institution")


def _key(member: CaseMember, day: dt.date) -> str:
    return f"new-applications:{member.case_id}:{member.user_id}:{day}"


def _tell(member: CaseMember, now: dt.datetime) -> int:
    """Only of what came since the last such letter, and is in the person's reach."""
    earlier = Message.objects.filter(key__startswith=f"new-applications:{member.case_id}:{member.user_id}:")
    last = earlier.order_by("-created_at").values_list("created_at", flat=True).first()
    since = max(last or now - LONGEST_AGO, now - LONGEST_AGO)
    actor = Actor.person(member.user)
    fresh = Application.objects.filter(case=member.case_id, state__in=NEW, received_at__gt=since)
    if not visible(actor, Permission.APPLICATION_LIST, fresh).exclude(opened_by(actor)).exists():
        return 0
    case, user = member.case, member.user
    round_ = current_round(case)
    with override(user.language):
        values = {
            "given_name": user.first_name or user.email, "institution": case.institution.name, "case_number": case.case_number,
            "job_title": case.title_en if user.language == "en" and case.title_en else case.title,
            "deadline": day_and_time(round_.application_deadline) if round_ and round_.application_deadline else "–",
            "portal_link": f"{settings.SITE_URL}/admin/cases/{case.pk}/applications/?unread=on",
        }  # fmt: skip
    day = now.astimezone(clock.COPENHAGEN).date()
    send_to_colleague(CODE, to=user, institution=case.institution, values=values, key=_key(member, day), actor=HOUSE)
    return 1
