"""A small world: two institutions, the nine roles in both, one case that takes applications in each."""

import datetime as dt
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from recruitment import clock
from recruitment.access.actions import grant_role, seat_member
from recruitment.access.models import ConflictOfInterestDeclaration
from recruitment.access.roles import LEVEL_ROLES, Role
from recruitment.advertising.actions import announce, plan_usual_media
from recruitment.advertising.content import AdContent
from recruitment.advertising.models import MediaListEntry, Medium
from recruitment.applications.actions import begin, save_step, submit
from recruitment.applications.models import Application
from recruitment.cases.actions import ContactLine, appoint_hiring_manager, create_case
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.profile import AdvertisementRound
from recruitment.cases.profiling import edit_profile
from recruitment.documents.models import Document
from recruitment.organisation.actions import approve_profile, create_institution
from recruitment.organisation.classification import Classification
from recruitment.organisation.legal import LegalTextKind
from recruitment.organisation.models import Institution, OrganisationalUnit, Workplace
from recruitment.organisation.queries import filled_text, text_in_force
from recruitment.people.actor import Actor
from recruitment.people.models import User
from recruitment.shipped.load import load

HOUSE = Actor.house("test")
PDF = b"%PDF-1.4\n%small\n"


@dataclass
class Employer:
    """One institution with its people; `staff[Role.X]` is a user, `actor(Role.X)` a fresh actor of them."""

    institution: Institution
    top: OrganisationalUnit
    unit: OrganisationalUnit
    sibling: OrganisationalUnit
    workplace: Workplace
    staff: dict[Role, User] = field(default_factory=dict)
    case: RecruitmentCase = None  # type: ignore[assignment]

    def actor(self, role: Role) -> Actor:
        return Actor.person(self.staff[role])

    @property
    def round(self) -> AdvertisementRound:
        return self.case.rounds.get()


def make_employer(slug: str, cvr: str) -> Employer:
    """An institution with two units and a person in each of the nine roles; HR stands at `unit`."""
    institution = create_institution(
        processor_name="Driftsselskabet", slug=slug, name_da=f"Styrelsen {slug}", name_en=f"Agency {slug}", cvr_number=cvr,
        support_email=f"hr@{slug}.example", support_phone="+45 00 00 00 01",
    )  # fmt: skip
    approve_profile(institution.data_protection, by=None)
    top = institution.units.get()
    unit = top.add_child(institution=institution, name_da="Jura og Tilsyn")
    sibling = OrganisationalUnit.objects.get(pk=top.pk).add_child(institution=institution, name_da="Økonomi")
    workplace = Workplace.objects.create(
        institution=institution, name="Viborg", city="Viborg", address="Torvet 1", postal_code="8800",
        municipality_code="0791", region_code="1082",
    )  # fmt: skip
    for code, chosen in (("SITE", True), ("INTRA", False), ("JOBNET", True)):
        MediaListEntry.objects.create(
            institution=institution, medium=Medium.objects.get(code=code), default_selected=chosen
        )
    employer = Employer(institution, OrganisationalUnit.objects.get(pk=top.pk), unit, sibling, workplace)
    for role in LEVEL_ROLES:
        seat_at = None if role in {Role.ADMINISTRATOR, Role.COMMUNICATIONS} else unit
        employer.staff[role] = make_user(f"{role.lower()}@{slug}.example")
        grant_role(employer.staff[role], role, institution=institution, unit=seat_at, actor=HOUSE)
    return employer


def make_user(email: str, **fields: Any) -> User:
    """A user who may sign in with the password `korrekt hest batteri`."""
    return User.objects.create_user(
        email, "korrekt hest batteri", first_name=email.split("@", maxsplit=1)[0].title(), **fields
    )


FRAME = {
    "title": "Fuldmægtig",
    "title_en": "Head of section",
    "employment_area": "Styrelsen med underliggende enheder",
    "pay_placement_text": "Aftales efter overenskomsten.",
    "weekly_hours_max": 37,
    "weekly_hours_min": 37,
    "start_asap": True,
    "postal_application_address": "Torvet 1, 8800 Viborg",
}


def make_case(employer: Employer, *, days: int = 21, actor: Actor | None = None, **frame: Any) -> RecruitmentCase:
    """A draft with everything that GRD-1 asks for."""
    frame = {
        **FRAME,
        "position_category": Classification.objects.filter(scheme="POSITION_CATEGORY").first(),
        "collective_agreements": [Classification.objects.get(scheme="COLLECTIVE_AGREEMENT", code="ac")],
        "workplaces": [employer.workplace],
        **frame,
    }
    manager = employer.staff.setdefault(
        Role.HIRING_MANAGER, User.objects.filter(email=f"leder@{employer.institution.slug}.example").first()
        or make_user(f"leder@{employer.institution.slug}.example"),
    )  # fmt: skip
    case = create_case(
        employer.unit, actor=actor or employer.actor(Role.HR_EXTENDED), frame=frame, hiring_manager=manager if actor else None,
        deadline=clock.end_of_minute(clock.now() + dt.timedelta(days=days)),
        contacts=[ContactLine("Anders Høgsbro", phone="+45 00 00 00 02", email="anders@styrelsen.example")],
    )  # fmt: skip
    if actor is None:  # by the house, so that nobody gets a letter
        appoint_hiring_manager(case, manager, actor=HOUSE)
    edit_profile(
        case, actor=HOUSE, fields={"tasks": "Føre tilsyn\nSkrive afgørelser"},
        competences=[{"name_da": "Forvaltningsret", "must_have": True}, {"name_da": "Klar formidling"}],
    )  # fmt: skip
    return case


def ad_content(case: RecruitmentCase, **changes: Any) -> AdContent:
    """An ad with every compulsory block."""
    kinds = ("intro", "key_facts", "tasks", "profile", "process", "terms", "contact")
    blocks = [{"id": kind, "kind": kind, "value": {"heading": kind, "body": f"<p>{kind}</p>"}} for kind in kinds]
    return AdContent(**{
        "language": "da", "title": case.title, "headline": case.title, "intro": "Vil du være med?", "blocks": blocks,
        "html": "<p>Vil du være med?</p>", "text": "Vil du være med?", "url": f"https://portal.example/{case.pk}/", **changes,
    })  # fmt: skip


def advertise(case: RecruitmentCase, actor: Actor = HOUSE) -> AdvertisementRound:
    """Publish the case's ad now."""
    round_ = case.rounds.get(closed_at=None)
    plan_usual_media(round_, actor=actor)
    announce(round_, ad_content(case), actor=actor)
    case.refresh_from_db()
    round_.refresh_from_db()
    return round_


def seat_case_roles(employer: Employer) -> None:
    """Give the four remaining case roles, and HR with limited rights, a seat on the employer's case."""
    seats = (Role.HR_LIMITED, Role.ASSESSMENT_COMMITTEE, Role.HIRING_COMMITTEE, Role.ADMIN_SUPPORT)
    for role in seats:
        slug = employer.institution.slug
        user = employer.staff.get(role) or make_user(f"{role.lower()}@{slug}.example")
        employer.staff[role] = user
        seat_member(employer.case, user, role, actor=HOUSE)


def begin_draft(round_: AdvertisementRound, actor: Actor | None = None) -> Application:
    """A draft whose notice has been accepted."""
    notice = text_in_force(round_.case.institution, LegalTextKind.PRIVACY_NOTICE, "da")
    assert notice is not None
    return begin(
        round_, notice=notice, shown_text=filled_text(notice, round_.case.institution), language="da",
        actor=actor or Actor.person(None),
    )  # fmt: skip


ABOUT = {
    "given_name": ["Kirsten"],
    "family_name": ["Holm"],
    "email": ["kirsten@ansoeger.example"],
    "phone": ["+45 00 00 11 22"],
    "origin": ["EXTERNAL"],
}


def fill_draft(application: Application, **about: str) -> Application:
    """Everything the shipped form asks for."""
    save_step(application, "about", {**ABOUT, **{name: [value] for name, value in about.items()}})
    application = save_step(application, "papers", {"motivation": ["Jeg vil gerne føre tilsyn."]})
    Document.objects.create(
        application=application, kind="CV", filename="cv.pdf", mime="application/pdf", size=10, sha256="0" * 64
    )
    return application


def make_application(round_: AdvertisementRound, **about: str) -> Application:
    """A received application."""
    return submit(fill_draft(begin_draft(round_), **about), actor=Actor.person(None))


def declare_all(employer: Employer) -> None:
    """Everybody has bound themselves to confidentiality, and said that they have no conflict of interest: also with those still to come."""
    case, staff = employer.case, employer.staff.values()
    said = {"status": "NONE", "declared_at": clock.now() + dt.timedelta(days=365)}
    ConflictOfInterestDeclaration.objects.bulk_create(
        [ConflictOfInterestDeclaration(case=case, user=user, **said) for user in staff], ignore_conflicts=True
    )
    case.members.filter(user__in=staff, accepted_confidentiality_at=None).update(
        accepted_confidentiality_at=clock.now()
    )


def declare(case: RecruitmentCase, user: User) -> None:
    """One person has, once and for all who come."""
    always = clock.now() + dt.timedelta(days=365)
    ConflictOfInterestDeclaration.objects.get_or_create(
        case=case, user=user, defaults={"status": "NONE", "declared_at": always}
    )
    case.members.filter(user=user, accepted_confidentiality_at=None).update(accepted_confidentiality_at=clock.now())


def make_world() -> SimpleNamespace:
    """`ours` and `theirs`: two employers with an advertised case and one application each."""
    load()
    world = SimpleNamespace(ours=make_employer("ours", "99000001"), theirs=make_employer("theirs", "99000002"))
    for employer in (world.ours, world.theirs):
        employer.case = make_case(employer)
        seat_case_roles(employer)
        advertise(employer.case)
    world.application = make_application(world.ours.round)
    world.their_application = make_application(world.theirs.round, email="anden@ansoeger.example")
    return world
