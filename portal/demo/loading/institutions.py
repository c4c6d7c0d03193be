"""The three institutions of domain F.1."""

from dataclasses import dataclass, field
from typing import Any

from portal.demo.loading.calendar import day
from recruitment.advertising.models import MediaListEntry, Medium
from recruitment.organisation.actions import approve_profile, create_institution, publish_legal_text, save_profile
from recruitment.organisation.legal import LegalTextKind
from recruitment.organisation.models import Institution, OrganisationalUnit, RemoteDegree, UnitType, Workplace
from recruitment.rows import DataClass

Tree = dict[str, Any]
PROCESSOR = "Driftscentret for Rekruttering (demo)"


@dataclass(frozen=True)
class Place:
    """A workplace."""

    name: str
    address: str
    postal_code: str
    city: str
    municipality: str
    region: str
    latitude: float
    longitude: float
    remote: str = RemoteDegree.NONE


@dataclass(frozen=True)
class Employer:
    """What one institution is made of."""

    slug: str
    name_da: str
    name_en: str
    cvr: str
    ministry: str
    phone: str
    seat: Place
    units: Tree
    places: tuple[Place, ...] = ()
    retention: dict[str, Any] = field(default_factory=dict)
    joint_controller: str = ""


VIBORG = Place("Viborg", "Registervej 4", "8800", "Viborg", "0791", "1082", 56.4532, 9.4020, RemoteDegree.PARTLY)
KOEBENHAVN = Place(
    "København", "Havneholmen 12", "1561", "København", "0101", "1084", 55.6600, 12.5580, RemoteDegree.PARTLY
)
ESBJERG = Place("Esbjerg", "Kajen 1", "6700", "Esbjerg", "0561", "1083", 55.4670, 8.4400)
KOEGE = Place("Køge", "Ved Molen 3", "4600", "Køge", "0259", "1085", 55.4560, 12.1960)
FREDERIKSHAVN = Place("Frederikshavn", "Laboratorievej 9", "9900", "Frederikshavn", "0813", "1081", 57.4410, 10.5360)
SKIVE = Place("Skive", "Fjordparken 1", "7800", "Skive", "0779", "1082", 56.5660, 9.0280, RemoteDegree.PARTLY)
THISTED = Place("Thisted", "Campusvej 20", "7700", "Thisted", "0787", "1081", 56.9570, 8.6900)

EMPLOYERS = (
    Employer(
        "registerstyrelsen", "Registerstyrelsen", "Agency for Public Registers", "99000001",
        "Ministeriet for Registre og Data", "+45 00 00 00 10", VIBORG,
        {"Direktion": {}, "Koncern HR": {}, "Jura og Tilsyn": {}, "Digital Udvikling": {"Platform": {}, "Brugerrejser": {}},
         "Data og Analyse": {}, "Kundecenter Viborg": {}},
        (VIBORG, KOEBENHAVN), {"retention_trigger": "CASE_CLOSED", "retention_months": 6},
        "Fællesstatslig Systemforvalter (demo)",
    ),
    Employer(
        "kysthavn", "Kyst- og Havneinspektoratet", "Coastal and Harbour Inspectorate", "99000002",
        "Ministeriet for Kyst og Søvej", "+45 00 00 00 20", ESBJERG,
        {"Ledelse og Sekretariat": {}, "Inspektion Vest": {}, "Inspektion Øst": {}, "Laboratorium Nord": {},
         "Økonomi og Service": {}},
        (ESBJERG, KOEGE, FREDERIKSHAVN), {"retention_trigger": "DEADLINE", "retention_months": 6},
    ),
    Employer(
        "limfjordens-universitet", "Limfjordens Universitet", "University of the Limfjord", "99000003",
        "selvejende under Ministeriet for Videregående Viden", "+45 00 00 00 30", SKIVE,
        {"Rektorat": {}, "Universitetsadministration": {"HR og Løn": {}, "It": {}, "Studieservice": {}},
         "Det Naturvidenskabelige Fakultet": {"Institut for Vandmiljø": {}, "Institut for Energi": {}},
         "Det Samfundsvidenskabelige Fakultet": {"Institut for Forvaltning": {}}},
        (SKIVE, THISTED), {"retention_trigger": "CASE_CLOSED", "retention_months": 12,
                           "retention_reason": "Bedømmelser gemmes, til klagefrister for videnskabelige stillinger er udløbet."},
        "Fællesstatslig Systemforvalter (demo)",
    ),
)  # fmt: skip

ENGLISH_UNITS = {
    "Direktion": "Executive board", "Koncern HR": "Group HR", "Jura og Tilsyn": "Law and Supervision",
    "Digital Udvikling": "Digital Development", "Platform": "Platform", "Brugerrejser": "User Journeys",
    "Data og Analyse": "Data and Analysis", "Kundecenter Viborg": "Customer Centre Viborg",
    "Ledelse og Sekretariat": "Management and Secretariat", "Inspektion Vest": "Inspection West",
    "Inspektion Øst": "Inspection East", "Laboratorium Nord": "Laboratory North",
    "Økonomi og Service": "Finance and Services", "Rektorat": "Rector's Office",
    "Universitetsadministration": "University Administration", "HR og Løn": "HR and Payroll", "It": "IT",
    "Studieservice": "Student Services", "Det Naturvidenskabelige Fakultet": "Faculty of Science",
    "Institut for Vandmiljø": "Department of Aquatic Environment", "Institut for Energi": "Department of Energy",
    "Det Samfundsvidenskabelige Fakultet": "Faculty of Social Sciences",
    "Institut for Forvaltning": "Department of Public Administration",
}  # fmt: skip

OWN_MEDIA = (
    ("TORV", "Jobtorvet.example", "COMMERCIAL_PORTAL", 4950), ("NETV", "Netværksannonce, sociale medier", "SOCIAL", 3500),
    ("STUD", "Studiejob.example", "COMMERCIAL_PORTAL", 1200), ("AKAD", "AcademicPositions.example", "COMMERCIAL_PORTAL", 6700),
    ("FORV", "Fagbladet Forvaltning", "PRINT", 9800), ("MASK", "Fagbladet Maskin & Sø", "PRINT", 8400),
    ("LABO", "Fagbladet Laboratorium", "PRINT", 6200), ("DAGB", "Dagbladet Midt", "PRINT", 14500),
    ("NETWORK_FEED", "Faglige netværk (RSS)", "FEED", 0),
)  # fmt: skip
INTRANET_FIRST = "kysthavn"  # its own staff see an ad two days before the public
CHOSEN_FOR_EVERY_AD = {"SITE", "INTRA", "JOBNET"}


def found_institutions() -> None:
    """Institutions with units, places, media lists, and profiles as F.1 says."""
    for code, name, kind, price in OWN_MEDIA:
        Medium.objects.get_or_create(code=code, defaults={"name_da": name, "kind": kind, "default_cost": price * 100})
    for employer in EMPLOYERS:
        institution = _found(employer)
        _grow(institution.units.get(depth=1), employer.units)
        for place in employer.places:
            _place(institution, place)
        _list_media(institution)
        _protect_data(institution, employer)


def _found(employer: Employer) -> Institution:
    seat = employer.seat
    institution = create_institution(
        processor_name=PROCESSOR, slug=employer.slug, name_da=employer.name_da, name_en=employer.name_en,
        cvr_number=employer.cvr, ministry_name=employer.ministry, address=seat.address, postal_code=seat.postal_code,
        city=seat.city, website=f"https://www.{employer.slug}.example", sender_name=employer.name_da,
        sender_email=f"job@{employer.slug}.example", reply_to_email=f"hr@{employer.slug}.example",
        support_email=f"hr@{employer.slug}.example", support_phone=employer.phone,
    )  # fmt: skip
    for name, value in employer.retention.items():
        setattr(institution.settings, name, value)
    institution.settings.save()
    return institution


def _grow(parent: OrganisationalUnit, branches: Tree) -> None:
    for name, below in branches.items():
        fresh = OrganisationalUnit.objects.get(pk=parent.pk)
        kind = UnitType.INSTITUTE if name.startswith("Institut") else UnitType.DEPARTMENT
        unit = fresh.add_child(
            institution_id=parent.institution_id, name_da=name, name_en=ENGLISH_UNITS.get(name, ""), unit_type=kind,
            address=parent.address, postal_code=parent.postal_code, city=parent.city,
        )  # fmt: skip
        _grow(unit, below)


def _place(institution: Institution, place: Place) -> None:
    Workplace.objects.create(
        institution=institution, name=place.name, address=place.address, postal_code=place.postal_code, city=place.city,
        municipality_code=place.municipality, region_code=place.region, latitude=place.latitude,
        longitude=place.longitude, remote_degree=place.remote,
    )  # fmt: skip


def _list_media(institution: Institution) -> None:
    codes = ["SITE", "INTRA", "JOBNET", "EURES", *(code for code, *_rest in OWN_MEDIA)]
    for position, code in enumerate(codes):
        MediaListEntry.objects.create(
            institution=institution, medium=Medium.objects.get(code=code), default_selected=code in CHOSEN_FOR_EVERY_AD,
            head_start_days=2 if code == "INTRA" and institution.slug == INTRANET_FIRST else 0, position=position,
        )  # fmt: skip


def _protect_data(institution: Institution, employer: Employer) -> None:
    changes: dict[str, Any] = {
        "controller_contact": f"{institution.address}, {institution.postal_code} {institution.city}",
        "dpo_contact": f"dpo@{institution.slug}.example", "joint_controller_name": employer.joint_controller,
        "processor_agreement_ref": "DBA-2026-01", "article30_record_ref": "FORT-2026-07",
    }  # fmt: skip
    if institution.slug == "kysthavn":
        text = publish_legal_text(
            institution, LegalTextKind.SENSITIVE_DATA, "da", OWN_CONSENT, by=None, data_class=DataClass.SENSITIVE
        )
        changes |= {
            "own_consent_text": text, "sensitive_processing_enabled": True, "sensitive_categories": ["helbred", "strafbare forhold"],
            "authority_registration_ref": "2013-54-0117", "authority_registration_date": day(-4000),
            "processor_name_on_registration": PROCESSOR, "dpia_ref": "KA-2026-02", "dpia_date": day(-200),
            "dpia_approved_by": "Direktionen", "dpia_next_review": day(165), "legal_basis_sensitive": ["9-2-a", "9-2-b"],
        }  # fmt: skip
    approve_profile(save_profile(institution.data_protection, changes), by=None)


OWN_CONSENT = """Til stillinger som inspektør behandler vi også oplysninger om helbred (helbredscertifikat) og om straffe (straffeattest).

Vi beder først om dem, når du har fået et tilbud om ansættelse, og kun fordi arbejdet kræver det. Attesten noteres som set og gemmes ikke.

{processor_name} driver systemet for {institution}. Du kan til enhver tid trække dit samtykke tilbage ved at skrive til {dpo_contact}; så kan vi ikke gå videre med ansættelsen. Oplysningerne slettes {retention_text}.
"""
