"""Plans as far as their cases have come: what is done, by whom, and a colleague who is away."""

import datetime as dt

from django.db.models import F

from portal.demo.loading.calendar import day, moment
from portal.demo.loading.cases import made
from portal.demo.loading.catalogue import CASES, DemoCase
from portal.demo.loading.people import HOUSE, person
from recruitment.access.models import CaseMember
from recruitment.cases.adapting import SHIPPED, name_states, save_profile_fields, save_sub_stages
from recruitment.cases.copying import keep_as_template
from recruitment.cases.models import CaseState, RecruitmentCase
from recruitment.cases.profiling import edit_profile
from recruitment.organisation.models import Institution
from recruitment.planning.actions import people_by_part, reschedule
from recruitment.planning.analysis import answer, ask_about_job
from recruitment.planning.analysis_models import Contribution
from recruitment.planning.models import ActivityKind as K
from recruitment.planning.models import PlannedActivity, PlanTemplate, TemplateActivity
from recruitment.planning.own import keep_absence
from recruitment.planning.templates import copy_template

#: The last step that a case in the state has behind it.
BEHIND = {
    CaseState.DRAFT: K.JOB_ANALYSIS, CaseState.READY: K.ROOMS_BOOKED, CaseState.ADVERTISED: K.PUBLISH_EXTERNAL,
    CaseState.ASSESSING: K.DEADLINE, CaseState.INTERVIEWING: K.INVITE_1, CaseState.DECIDING: K.INTERVIEW_2,
    CaseState.CONCLUDING: K.NEGOTIATION, CaseState.CLOSED: K.CLOSE,
}  # fmt: skip
ORDER = list(K)
#: What nobody ticks by hand.
BY_ITSELF = {K.JOB_PROFILE, K.PUBLISH_EXTERNAL, K.DEADLINE, K.SCREENING_MEETING, K.INVITE_1}


def plan_the_work() -> None:
    """People on their steps, what lies behind each case ticked off, and everybody on a case bound to confidentiality."""
    _a_template_of_one_s_own()
    steps: list[PlannedActivity] = []
    for case in CASES:
        steps += _play(case, made[case.key])
    PlannedActivity.objects.bulk_update(steps, ["responsible", "done_at", "done_by"])
    _somebody_is_away()
    _an_analysis_is_under_way()
    _what_institutions_adapt()
    CaseMember.objects.update(accepted_confidentiality_at=F("invited_at"))


def _play(plan: DemoCase, case: RecruitmentCase) -> list[PlannedActivity]:
    case.refresh_from_db()
    people = people_by_part(case)
    last = ORDER.index(BEHIND[CaseState(plan.state)])
    steps = list(case.plan.activities.all())
    for step in steps:
        step.responsible = people.get(step.part)
        if ORDER.index(K(step.kind)) <= last:
            step.done_at = _when(step, plan)
            step.done_by = None if step.kind in BY_ITSELF else step.responsible
        elif step.done_at is not None:
            step.done_at = step.done_by = None
    return steps


def _when(step: PlannedActivity, plan: DemoCase) -> dt.datetime:
    """The day it was due, and never tomorrow or before the case was there."""
    due = (step.due_date - day(0)).days if step.due_date else -1
    return moment(max(min(due, -1), plan.created), "14.30")


def _somebody_is_away() -> None:
    """The manager's autumn holiday falls on a step of the student case; one open plan says so."""
    manager = person("Anders Høgsbro", "registerstyrelsen")
    institution = Institution.objects.get(slug="registerstyrelsen")
    keep_absence(manager, institution, begins=day(8), ends=day(14), actor=HOUSE)
    reschedule(made["R4"].plan)


def _a_template_of_one_s_own() -> None:
    """Registerstyrelsen also talks with the union representative before a post is advertised."""
    institution = Institution.objects.get(slug="registerstyrelsen")
    top = institution.units.get(depth=1)
    own = copy_template(PlanTemplate.objects.get(code="USUAL"), top, actor=HOUSE, name="Registerstyrelsens plan")
    TemplateActivity.objects.create(
        template=own, kind=K.OTHER, title="Drøftelse med tillidsrepræsentanten", part="HR", anchor="DEADLINE", offset=-24, position=3
    )  # fmt: skip


def _an_analysis_is_under_way() -> None:
    """The university asks about its guidance counsellor: two have answered, one has not."""
    case = made["L3"]
    people = (
        "malene.kvist@limfjordens-universitet.example",
        "studienaevn@limfjord.example",
        "tidligere@limfjord.example",
    )
    asked = ask_about_job(case, people, actor=HOUSE, role_in_job="kender jobbet")
    for row, (name, role, answers) in zip(asked, ANSWERS, strict=False):
        answer(row, answers, name=name)
        Contribution.objects.filter(pk=row.pk).update(role_in_job=role)
    edit_profile(
        case, actor=HOUSE, competences=None,
        fields={"redistribution_note": "Åbent hus-arrangementet kunne lægges hos Kommunikation."},
    )  # fmt: skip


ANSWERS = (
    ("Malene Kvist", "kollega i udvalget", {
        "tasks": "Vejlede studerende individuelt\nHolde oplæg om studievalg\nFølge op på frafald",
        "movable_tasks": "Åbent hus\nStatistik over henvendelser", "professional": "Vejledningsmetoder\nUddannelsesregler",
        "personal": "Tålmodig\nKan sætte grænser", "success_criteria": "Færre falder fra på første år.",
        "preconditions": "Adgang til studiesystemet fra dag ét",
    }),
    ("Studienævnet", "repræsentant for de studerende", {
        "tasks": "Vejlede studerende individuelt\nVære til stede på campus i Thisted", "professional": "Kender studiestøtten",
        "personal": "Nærværende\nTålmodig", "success_criteria": "Vi ved, hvem vi skal gå til.", "remarks": "Åbningstid efter kl. 16.",
    }),
)  # fmt: skip


def _what_institutions_adapt() -> None:
    """A case kept as a template, a name and a stage of one's own, a field of the profile that only one institution asks."""
    register = Institution.objects.get(slug="registerstyrelsen")
    keep_as_template(made["R2"], register.units.get(depth=1), actor=HOUSE, name="It-specialist")
    save_sub_stages(
        register, [{"label_da": "Hos direktionen", "label_en": "With the board", "state": "DECIDING"}], actor=HOUSE
    )
    coast = Institution.objects.get(slug="kysthavn")
    name_states(coast, {"ASSESSING": ("Ansøgninger læses", "Reading applications")}, actor=HOUSE)
    own = {
        "label_da": "Søfartsbog og helbredskrav",
        "label_en": "Seaman's book and health",
        "help_da": "Kun hvor arbejdet kræver det.",
    }
    save_profile_fields(coast, [*({"column": column} for column in SHIPPED), own], actor=HOUSE)
