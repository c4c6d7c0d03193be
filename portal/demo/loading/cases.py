"""Cases through the same doors as everybody's, with the clock set to the day on which it happened."""

from typing import Any

from portal.demo.loading.calendar import day, moment, on_day, workday
from portal.demo.loading.catalogue import CASES, QUESTIONS, DemoCase
from portal.demo.loading.counts import media_of
from portal.demo.loading.looks import usual_layout
from portal.demo.loading.people import HOUSE, in_role
from portal.demo.loading.texts import WORDS, Words
from portal.pages.layouts import AdLayout
from portal.pages.models import InstitutionPage, JobAdPage
from recruitment import clock
from recruitment.access.actions import seat_member
from recruitment.access.models import ConflictOfInterestDeclaration, MemberFunction
from recruitment.access.roles import HR_ROLES, Role
from recruitment.advertising.actions import plan_medium, plan_usual_media
from recruitment.advertising.models import MediaListEntry
from recruitment.cases.actions import ContactLine, create_case
from recruitment.cases.models import CaseState, RecruitmentCase
from recruitment.cases.moving import approve_case
from recruitment.cases.profile import AdvertisementRound
from recruitment.cases.profiling import edit_profile
from recruitment.organisation.classification import Classification
from recruitment.organisation.models import Institution, OrganisationalUnit, Workplace
from recruitment.people.models import User
from recruitment.questions.models import ScreeningQuestion

#: Area of employment and pay, in the language of the case: an ad says them as they were typed.
TERMS = {
    "da": ("{institution.name_da} med underliggende enheder",
           "Lønnen aftales efter reglerne om nye lønsystemer og afhænger af dine kvalifikationer."),
    "en": ("{institution.name_en} and the units below it",
           "Pay is agreed under the rules of the new pay systems and depends on your qualifications."),
}  # fmt: skip
made: dict[str, RecruitmentCase] = {}


def open_cases() -> None:
    """All twenty-two, in the order in which they were created."""
    for plan in sorted(CASES, key=lambda case: case.created):
        with clock.shifted(on_day(plan.created)):
            case = _create(plan)
        made[plan.key] = case
        _ask(plan, case)
        if plan.out is not None:
            with clock.shifted(on_day(plan.out, "09.00")):
                _advertise(plan, case)
        elif plan.state == CaseState.READY:
            _prepare(plan, case)
        else:
            _write_ads(plan, case, publish=False)
        case.refresh_from_db()


def _code(scheme: str, code: str) -> Classification:
    return Classification.objects.get(scheme=scheme, code=code)


def _create(plan: DemoCase) -> RecruitmentCase:
    institution = Institution.objects.get(slug=plan.institution)
    unit = OrganisationalUnit.objects.get(institution=institution, name_da=plan.unit)
    manager = in_role(plan.institution, Role.HIRING_MANAGER)[0]
    hr = in_role(plan.institution, Role.HR_EXTENDED)[0]
    case = create_case(
        unit, actor=HOUSE, frame=_frame(plan, institution), hiring_manager=manager,
        deadline=clock.end_of_minute(moment(*plan.deadline)), contacts=[] if plan.key == "L3" else [_contact(manager)],
    )  # fmt: skip
    case.hr_responsible, case.created_by = hr, hr
    case.save()
    words = WORDS[plan.key]
    edit_profile(
        case, actor=HOUSE, fields={"tasks": "\n".join(words.tasks), "education_is_formal": plan.key in {"R1", "K1", "L1", "L2"}},
        competences=[{"name_da": name, "must_have": index == 0, "weight": 5 - min(index, 3)} for index, name in enumerate(plan.competences)],
    )  # fmt: skip
    _seat(plan, case)
    return case


def _frame(plan: DemoCase, institution: Institution) -> dict[str, Any]:
    draft = plan.key == "L3"
    area, pay = (text.format(institution=institution) for text in TERMS[plan.language])
    least, most = plan.hours
    return {
        "title": plan.title, "title_en": plan.title_en, "positions_count": plan.positions,
        "employment_basis": plan.basis, "employment_duration": plan.duration,
        "duration_until": day(plan.until) if plan.until else None,
        "working_time": "FULL_TIME" if most >= 37 and least >= 32 else "PART_TIME",
        "weekly_hours_min": least, "weekly_hours_max": most,
        "position_category": _code("POSITION_CATEGORY", plan.category), "staff_group": _code("STAFF_GROUP", plan.staff_group),
        "collective_agreements": [_code("COLLECTIVE_AGREEMENT", code) for code in plan.agreements],
        "employment_area": area,
        "pay_placement_text": "" if draft else pay,
        "pay_min": plan.pay[0] if plan.pay else None, "pay_max": plan.pay[1] if plan.pay else None,
        "start_date": day(plan.deadline[0] + 95).replace(day=1), "language": plan.language,
        "workplaces": list(Workplace.objects.filter(institution=institution, name__in=plan.places)),
        "interview_dates": [workday(plan.deadline[0] + 12), workday(plan.deadline[0] + 19)],
        "expected_answer_date": day(plan.deadline[0] + 42),
        "postal_application_address": f"{institution.name_da}, {institution.address}, {institution.postal_code} {institution.city}",
        "part_time_possible": plan.key not in {"R3", "K1"},
        "part_time_refusal_reason": "Deltid er ikke muligt på grund af ledelsesansvar eller vagt." if plan.key in {"R3", "K1"} else "",
    }  # fmt: skip


def _contact(manager: User) -> ContactLine:
    return ContactLine(manager.get_full_name(), phone=manager.phone, email=manager.email, title=manager.title)


def _seat(plan: DemoCase, case: RecruitmentCase) -> None:
    """The committee from the start, and everybody's declaration that nobody is disqualified."""
    for role in (Role.HIRING_COMMITTEE, Role.ASSESSMENT_COMMITTEE, Role.ADMIN_SUPPORT):
        if role == Role.ASSESSMENT_COMMITTEE and plan.key not in {"L1", "L2", "R1", "K2"}:
            continue
        for index, user in enumerate(in_role(plan.institution, role)):
            chair = index == 0 and role != Role.ADMIN_SUPPORT
            function = MemberFunction.CHAIR if chair else MemberFunction.MEMBER
            seat_member(case, user, role, actor=HOUSE, function=function, is_chair=chair)
    if plan.key in {"R5", "R4"}:
        for user in in_role(plan.institution, Role.HR_LIMITED):
            seat_member(case, user, Role.HR_LIMITED, actor=HOUSE)
    people = {member.user for member in case.members.select_related("user")}
    people |= {user for role in HR_ROLES for user in in_role(plan.institution, role)}
    ConflictOfInterestDeclaration.objects.bulk_create(
        [ConflictOfInterestDeclaration(case=case, user=user, status="NONE") for user in people]
    )


def _ask(plan: DemoCase, case: RecruitmentCase) -> None:
    competences = list(case.profile.competences.all())
    for position, (kind, danish, english, competence, more) in enumerate(QUESTIONS.get(plan.key, ())):
        ScreeningQuestion.objects.create(
            form=case.form, position=position, kind=kind, text_da=danish, text_en=english,
            linked_requirement=competences[competence], **more,
        )  # fmt: skip
    case.form.languages = list(plan.languages)
    case.form.save()


def _plan_media(plan: DemoCase, round_: AdvertisementRound) -> None:
    plan_usual_media(round_, actor=HOUSE)
    for code in media_of(plan.key):
        entry = MediaListEntry.objects.get(institution=round_.case.institution, medium__code=code)
        plan_medium(round_, entry, actor=HOUSE)


def _advertise(plan: DemoCase, case: RecruitmentCase) -> None:
    round_ = case.rounds.get()
    if plan.is_readvertisement:
        round_.is_readvertisement, round_.number, round_.reason = (
            True,
            2,
            "Ingen kvalificerede ansøgere i første runde.",
        )
        round_.save()
    _plan_media(plan, round_)
    now = clock.now()
    for publication in round_.publications.exclude(medium__kind__in=["OWN_SITE", "INTRANET"]):
        publication.publish_from, publication.publish_until = now, round_.application_deadline
        publication.state, publication.live_at = "LIVE", now
        publication.external_url = (
            f"https://{publication.medium.code.lower().replace('_', '-')}.example/job/{plan.key.lower()}"
        )
        publication.save()
    round_.publications.filter(medium__code="SITE").update(publish_from=now)
    approve_case(case, actor=HOUSE)
    _write_ads(plan, case, publish=True)


def _prepare(plan: DemoCase, case: RecruitmentCase) -> None:
    """K4: approved, intranet in a day, everywhere in three."""
    round_ = case.rounds.get()
    _plan_media(plan, round_)
    for publication in round_.publications.select_related("medium"):
        publication.publish_from = moment(1 if publication.medium.code == "INTRA" else 3, "09.00")
        publication.publish_until, publication.state = round_.application_deadline, "SCHEDULED"
        publication.save()
    approve_case(case, actor=HOUSE)
    _write_ads(plan, case, publish=False)


def _write_ads(plan: DemoCase, case: RecruitmentCase, *, publish: bool) -> None:
    for language in plan.languages:
        words = WORDS.get(f"{plan.key}-{language}", WORDS[plan.key])
        page = _page(plan, case, language, words)
        revision = page.save_revision()
        if publish:
            revision.publish()


def _page(plan: DemoCase, case: RecruitmentCase, language: str, words: Words) -> JobAdPage:
    parent = InstitutionPage.objects.get(institution=case.institution, locale__language_code=language)
    layout = AdLayout.objects.get(name=plan.layout) if plan.layout else usual_layout(case.institution)
    page = JobAdPage(
        title=case.title_en if language == "en" else case.title, slug=case.case_number, case=case, live=False,
        locale=parent.locale, layout=layout, intro=words.intro, body=_body(words, language),
    )  # fmt: skip
    other = JobAdPage.objects.filter(case=case).first()
    if other is not None:
        page.translation_key = other.translation_key
    parent.add_child(instance=page)
    return page


def _body(words: Words, language: str) -> list[tuple[str, Any]]:
    you = "Vi forestiller os, at du" if language == "da" else "We imagine that you have"
    answer = "Alle ansøgere får svar." if language == "da" else "Every applicant gets an answer."
    body: list[tuple[str, Any]] = [
        ("tasks", {"heading": "", "body": f"<p>{words.about}</p>", "items": list(words.tasks)}),
        ("profile", {"heading": "", "body": f"<p>{you}</p>", "items": list(words.profile)}),
    ]
    if words.quote:
        body.append(("quote", dict(zip(("text", "name", "title"), words.quote, strict=True))))
    if words.offer:
        body.append(("offer", {"heading": "", "body": f"<p>{words.offer}</p>", "items": []}))
    return [
        *body,
        ("process", {"heading": "", "body": f"<p>{answer}</p>"}),
        ("terms", {"heading": "", "body": ""}),
        ("contact", {"heading": "", "body": ""}),
    ]
