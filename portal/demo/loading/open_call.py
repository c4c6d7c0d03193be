"""A call for open applications (domain F): Registerstyrelsen's customer centre, without an end and without a job of its own."""

from portal.demo.loading.calendar import on_day
from portal.demo.loading.people import HOUSE, in_role
from portal.pages.new_ad import begin_ad
from recruitment import clock
from recruitment.access.roles import Role
from recruitment.cases.actions import ContactLine, create_case
from recruitment.cases.models import CaseType
from recruitment.cases.moving import approve_case
from recruitment.cases.profiling import edit_profile
from recruitment.organisation.classification import Classification
from recruitment.organisation.models import OrganisationalUnit, Workplace

SLUG, UNIT, CREATED = "registerstyrelsen", "Kundecenter Viborg", -40
BODY = [
    ("tasks", {"heading": "Det laver vi", "body": "<p>Kundecentret svarer, når borgere og virksomheder er gået i stå med en registrering.</p>",
               "items": ["tage telefonen og svare på skrift", "hjælpe med selvbetjening", "samle op på det, mange spørger om"]}),
    ("profile", {"heading": "", "body": "<p>Vi hører gerne fra dig, der</p>", "items": ["forklarer svære ting enkelt", "bevarer roen"]}),
    ("process", {"heading": "Sådan foregår det", "body": "<p>Vi læser din ansøgning og kontakter dig, når der kommer en stilling, som passer. Alle får svar.</p>"}),
    ("terms", {"heading": "", "body": ""}),
    ("contact", {"heading": "", "body": ""}),
]  # fmt: skip


def call_for_open_applications() -> None:
    """Advertised, and waiting for whoever comes by."""
    unit = OrganisationalUnit.objects.get(institution__slug=SLUG, name_da=UNIT)
    manager = in_role(SLUG, Role.HIRING_MANAGER)[0]
    institution = unit.institution
    frame = {
        "title": "Uopfordret ansøgning – Kundecenter", "title_en": "Open application – customer centre", "case_type": CaseType.OPEN_APPLICATION,
        "position_category": Classification.objects.get(scheme="POSITION_CATEGORY", code="kontor-administration-regnskab-og-finans"),
        "collective_agreements": [Classification.objects.get(scheme="COLLECTIVE_AGREEMENT", code="hk-kontor")],
        "workplaces": list(Workplace.objects.filter(institution=institution, name="Viborg")),
        "employment_area": f"{institution.name_da} med underliggende enheder", "weekly_hours_min": 30, "weekly_hours_max": 37,
        "pay_placement_text": "Lønnen aftales, når der er en stilling.", "start_asap": True, "part_time_possible": True,
        "postal_application_address": f"{institution.name_da}, {institution.address}, {institution.postal_code} {institution.city}",
    }  # fmt: skip
    contact = ContactLine(manager.get_full_name(), phone=manager.phone, email=manager.email, title=manager.title)
    with clock.shifted(on_day(CREATED)):
        case = create_case(unit, actor=HOUSE, frame=frame, hiring_manager=manager, contacts=[contact])
        case.hr_responsible = in_role(SLUG, Role.HR_EXTENDED)[0]
        case.save()
        edit_profile(
            case, actor=HOUSE, fields={"tasks": "Vejlede borgere og virksomheder"},
            competences=[{"name_da": "Klar formidling", "must_have": True}],
        )  # fmt: skip
        page = begin_ad(approve_case(case, actor=HOUSE), "da", actor=HOUSE)
        page.intro, page.body = "Vil du være den, der får folk videre? Så skriv til os, når det passer dig.", BODY
        page.save_revision().publish()
