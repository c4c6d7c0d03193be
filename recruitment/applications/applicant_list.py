"""The list of applicants to a civil servant's post, and who does not want to stand on it (PAV 15.2.1.6)."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from recruitment.applications.models import Application, DiscretionWish
from recruitment.audit.record import record
from recruitment.cases.models import EmploymentBasis, RecruitmentCase
from recruitment.errors import NotPossible, Obstacle
from recruitment.people.actor import Actor

TICK = "discretion"  # the field's name in the form


def has_applicant_list(case: RecruitmentCase) -> bool:
    """Only applicants to a civil servant's post may see who else has applied."""
    return case.employment_basis == EmploymentBasis.CIVIL_SERVANT


def wants_discretion(application: Application) -> bool:
    """Whether the applicant has asked not to stand on the list."""
    return DiscretionWish.objects.filter(application=application).exists()


def keep_wish(application: Application, *, wished: bool) -> None:
    """As it was ticked in the form; without a list there is nothing to wish."""
    if wished and has_applicant_list(application.case):
        DiscretionWish.objects.get_or_create(application=application)
    else:
        DiscretionWish.objects.filter(application=application).delete()


@transaction.atomic
def wish_discretion(application: Application, *, actor: Actor, wished: bool) -> None:
    """Changed after the form was sent. The tick in the form follows, so that a later correction does not bring the old wish back."""
    if actor.user is None or application.candidate.user_id != actor.user.pk:
        raise PermissionDenied
    if not has_applicant_list(application.case):
        raise NotPossible([Obstacle("no_list", _("There is no list of applicants to this post."))])
    locked = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    keep_wish(application, wished=wished)
    if about := locked.draft.get("about"):
        locked.draft = {**locked.draft, "about": {**about, TICK: ["on"] if wished else []}}
        locked.draft_version += 1
        locked.save(update_fields=["draft", "draft_version", "updated_at"])
    record(actor, "DiscretionWish.choose", application, wished=wished)
