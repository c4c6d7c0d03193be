"""Everyone of domain F.2, and invented colleagues so that each institution has all nine roles."""

from recruitment.access.actions import grant_role
from recruitment.access.roles import LEVEL_ROLES, Role
from recruitment.organisation.models import Institution, OrganisationalUnit
from recruitment.people.actor import Actor
from recruitment.people.models import User

HOUSE = Actor.house("demo")

#: institution -> (role, name, unit name or "" for the top)
STAFF: dict[str, tuple[tuple[Role, str, str], ...]] = {
    "registerstyrelsen": (
        (Role.ADMINISTRATOR, "Mette Sandvad", ""),
        (Role.COMMUNICATIONS, "Signe Trane", ""),
        (Role.HR_EXTENDED, "Karen Lundbæk", ""),
        (Role.HR_CASEWORK, "Jonas Ravnkilde", ""),
        (Role.HR_LIMITED, "Pia Stensgaard", "Kundecenter Viborg"),
        (Role.HIRING_MANAGER, "Anders Høgsbro", ""),
        (Role.HIRING_COMMITTEE, "Lise Ørum", ""),
        (Role.HIRING_COMMITTEE, "Farid Navabi", ""),
        (Role.HIRING_COMMITTEE, "Tove Krogh", ""),
        (Role.ASSESSMENT_COMMITTEE, "Henrik Vadum", ""),
        (Role.ADMIN_SUPPORT, "Birthe Sulsted", ""),
    ),
    "kysthavn": (
        (Role.ADMINISTRATOR, "Ole Vesterager", ""),
        (Role.COMMUNICATIONS, "Maja Strandby", ""),
        (Role.HR_EXTENDED, "Ole Vesterager", ""),
        (Role.HR_CASEWORK, "Gitte Havmøller", ""),
        (Role.HR_LIMITED, "Palle Brunsgård", "Inspektion Vest"),
        (Role.HIRING_MANAGER, "Inger Skallebæk", ""),
        (Role.HIRING_COMMITTEE, "Niels Fjordby", ""),
        (Role.ASSESSMENT_COMMITTEE, "Karl Emil Tangholm", ""),
        (Role.ADMIN_SUPPORT, "Hanne Tangå", ""),
    ),
    "limfjordens-universitet": (
        (Role.ADMINISTRATOR, "Rikke Salling", ""),
        (Role.COMMUNICATIONS, "Oskar Mors", ""),
        (Role.HR_EXTENDED, "Sara Mølholt", ""),
        (Role.HR_CASEWORK, "Daniel Thy", ""),
        (Role.HR_LIMITED, "Camilla Furø", "Studieservice"),
        (Role.HIRING_MANAGER, "Erik Dalsfort", ""),
        (Role.ASSESSMENT_COMMITTEE, "Ulla Brandsø", ""),
        (Role.ASSESSMENT_COMMITTEE, "James Whitlow", ""),
        (Role.ASSESSMENT_COMMITTEE, "Aiko Terada", ""),
        (Role.HIRING_COMMITTEE, "Malene Kvist", ""),
        (Role.ADMIN_SUPPORT, "Jytte Glyngøre", ""),
    ),
}
TITLES = {
    Role.HIRING_MANAGER: "Kontorchef", Role.HR_EXTENDED: "HR-chefkonsulent", Role.HR_CASEWORK: "HR-konsulent",
    Role.HR_LIMITED: "HR-partner", Role.COMMUNICATIONS: "Kommunikationskonsulent", Role.ADMINISTRATOR: "HR-systemansvarlig",
    Role.ADMIN_SUPPORT: "Sekretær",
}  # fmt: skip


def address_of(name: str, slug: str) -> str:
    """fornavn.efternavn@institution.example, without Danish letters."""
    plain = name.lower().translate(str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", " ": "."}))
    return f"{plain}@{slug}.example"


def person(name: str, slug: str) -> User:
    """The member of staff with this name."""
    return User.objects.get(email=address_of(name, slug))


def in_role(slug: str, role: Role) -> list[User]:
    """Everyone who plays the role in the institution, first named first."""
    return [person(name, slug) for seat, name, _unit in STAFF[slug] if seat == role]


def seat_people() -> None:
    """Users with their level roles; seats on cases come with the cases. One deputy administrator on holiday cover."""
    for slug, staff in STAFF.items():
        institution = Institution.objects.get(slug=slug)
        for role, name, unit in staff:
            _seat(institution, role, name, unit)


def _seat(institution: Institution, role: Role, name: str, unit: str) -> None:
    first, _space, last = name.rpartition(" ")
    address = address_of(name, institution.slug)
    user = User.objects.filter(email=address).first() or User.objects.create_user(
        address, first_name=first, last_name=last, title=TITLES.get(role, "Konsulent"), is_staff=True,
        phone=f"+45 00 00 00 {40 + User.objects.count() % 60:02d}",
    )  # fmt: skip
    if role not in LEVEL_ROLES:
        return
    units = OrganisationalUnit.objects.filter(institution=institution)
    at = None
    if role not in {Role.ADMINISTRATOR, Role.COMMUNICATIONS}:
        at = units.get(name_da=unit) if unit else units.get(depth=1)
    grant_role(user, role, institution=institution, unit=at, actor=HOUSE)
