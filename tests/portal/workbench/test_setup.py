"""The administrator's screens."""

import datetime as dt
import io

import pytest
from django.core.management import CommandError, call_command

from recruitment import clock
from recruitment.access.models import RoleAssignment
from recruitment.access.roles import Role
from recruitment.advertising.models import MediaListEntry, Medium
from recruitment.organisation.legal import LegalText
from recruitment.organisation.models import Institution, OrganisationalUnit
from recruitment.organisation.queries import text_in_force
from recruitment.people.actions import make_api_client
from recruitment.people.models import ApiClient, User
from tests.factories.world import make_case


@pytest.fixture
def admin(sign_in):
    return sign_in(Role.ADMINISTRATOR)


@pytest.fixture
def base(world) -> str:
    return f"/admin/setup/{world.ours.institution.pk}"


def values(client, address, name="form") -> dict:
    """What the form holds now, as a browser would send it."""
    typed = {}
    for field in client.get(address).context[name]:
        value = field.value()
        if value not in (None, False, ""):
            typed[field.html_name] = "on" if value is True else value
    return typed


def test_master_data_are_changed_and_bad_input_is_kept(admin, base, world):
    typed = values(admin, f"{base}/institution/") | values(admin, f"{base}/institution/", "settings")
    refused = admin.post(f"{base}/institution/", typed | {"name_da": "Nyt navn", "support_email": "ikke en adresse"})
    assert refused.status_code == 422
    assert "Nyt navn" in refused.content.decode()

    assert (
        admin.post(f"{base}/institution/", typed | {"name_da": "Nyt navn", "min_application_days": "10"}).status_code
        == 302
    )

    world.ours.institution.refresh_from_db()
    assert (world.ours.institution.name_da, world.ours.institution.settings.min_application_days) == ("Nyt navn", 10)


def test_a_workplace_is_added_and_changed(admin, base, world):
    admin.post(f"{base}/workplaces/new/", {"name": "Skagen", "city": "Skagen", "remote_degree": "NONE"})
    place = world.ours.institution.workplaces.get(name="Skagen")

    admin.post(f"{base}/workplaces/{place.pk}/", {"name": "Skagen Havn", "city": "Skagen", "remote_degree": "PARTLY"})

    place.refresh_from_db()
    assert (place.name, place.remote_degree) == ("Skagen Havn", "PARTLY")
    assert admin.post(f"{base}/workplaces/new/", {"name": "", "city": "By"}).status_code == 422


def test_units_are_added_renamed_and_moved_with_their_roles(admin, base, world):
    admin.post(
        f"{base}/units/{world.ours.sibling.pk}/add/",
        {"name_da": "Regnskab", "unit_type": "OFFICE", "is_case_creation_allowed": "on"},
    )
    added = OrganisationalUnit.objects.get(name_da="Regnskab")
    typed = values(admin, f"{base}/units/{added.pk}/")

    admin.post(f"{base}/units/{added.pk}/", typed | {"name_da": "Regnskab og Løn", "parent": str(world.ours.unit.pk)})

    added.refresh_from_db()
    assert added.name_da == "Regnskab og Løn"
    assert added.path.startswith(OrganisationalUnit.objects.get(pk=world.ours.unit.pk).path)


def test_a_unit_with_open_cases_is_not_closed_and_none_goes_to_another_institution(admin, base, world):
    address = f"{base}/units/{world.ours.unit.pk}/"
    typed = values(admin, address)
    del typed["active"]

    assert admin.post(address, typed).status_code == 422
    assert admin.post(address, values(admin, address) | {"parent": str(world.theirs.top.pk)}).status_code == 422
    world.ours.unit.refresh_from_db()
    assert world.ours.unit.active


def test_a_unit_without_cases_is_closed(admin, base, world):
    address = f"{base}/units/{world.ours.sibling.pk}/"
    typed = values(admin, address)
    del typed["active"]
    admin.post(address, typed)

    assert not OrganisationalUnit.objects.get(pk=world.ours.sibling.pk).active


def test_somebody_is_invited_with_a_role_at_a_unit(admin, base, world):
    typed = {"email": "ny@ours.example", "first_name": "Ny", "role": "HR_CASEWORK", "unit": str(world.ours.unit.pk)}
    assert admin.post(f"{base}/users/invite/", typed | {"unit": ""}).status_code == 422
    assert not User.objects.filter(email="ny@ours.example").exists()

    admin.post(f"{base}/users/invite/", typed)

    given = RoleAssignment.objects.get(user__email="ny@ours.example")
    assert (given.role, given.unit) == ("HR_CASEWORK", world.ours.unit)


def test_a_deputy_has_an_end_and_a_third_administrator_is_refused(admin, base, world):
    typed = {"email": "sted@ours.example", "role": "ADMINISTRATOR", "is_deputy": "on"}
    assert admin.post(f"{base}/users/invite/", typed).status_code == 422
    until = f"{clock.now() + dt.timedelta(days=9):%Y-%m-%dT%H:%M}"
    assert admin.post(f"{base}/users/invite/", typed | {"valid_until": until}).status_code == 302
    assert admin.post(f"{base}/users/invite/", {"email": "to@ours.example", "role": "ADMINISTRATOR"}).status_code == 302
    assert (
        admin.post(f"{base}/users/invite/", {"email": "tre@ours.example", "role": "ADMINISTRATOR"}).status_code == 422
    )


def test_a_role_is_taken_away_but_not_from_the_last_administrator(admin, base, world):
    hr = RoleAssignment.objects.get(user=world.ours.staff[Role.HR_CASEWORK], institution=world.ours.institution)
    own = RoleAssignment.objects.get(user=world.ours.staff[Role.ADMINISTRATOR], institution=world.ours.institution)

    for assignment in (hr, own):
        admin.post(f"{base}/roles/{assignment.pk}/revoke/", {"confirmed": "1"})

    hr.refresh_from_db()
    own.refresh_from_db()
    assert (hr.revoked_at is None, own.revoked_at is None) == (False, True)


def test_a_leaver_hands_the_cases_over_and_loses_everything(admin, base, world, sign_in):
    leaver, heir = world.ours.staff[Role.HR_EXTENDED], world.ours.staff[Role.HR_CASEWORK]
    admin.post(f"{base}/users/{leaver.pk}/", {"to": str(heir.pk)})
    admin.post(f"{base}/users/{leaver.pk}/leave/", {"confirmed": "1"})

    world.ours.case.refresh_from_db()
    leaver.refresh_from_db()
    assert (world.ours.case.hr_responsible, leaver.is_staff) == (heir, False)
    assert sign_in(Role.HR_EXTENDED).get("/admin/cases/").status_code == 302


def test_people_of_another_institution_are_not_there(admin, base, world):
    stranger = world.theirs.staff[Role.HR_EXTENDED]
    assert admin.get(f"{base}/users/{stranger.pk}/").status_code == 404
    assert admin.post(f"{base}/users/{stranger.pk}/leave/", {"confirmed": "1"}).status_code == 404
    assert stranger.email not in admin.get(f"{base}/users/").content.decode()


def test_users_cost_the_same_for_few_and_for_many(admin, base, world, count_queries):
    before = count_queries(f"{base}/users/")
    for n in range(4):
        admin.post(f"{base}/users/invite/", {"email": f"n{n}@ours.example", "role": "COMMUNICATIONS"})

    assert count_queries(f"{base}/users/") == before


def test_a_new_processor_calls_for_renewal_and_approval_brings_it_back(admin, base, world):
    address = f"{base}/data-protection/"
    admin.post(address, values(admin, address) | {"processor_name": "En anden"})
    profile = world.ours.institution.data_protection
    profile.refresh_from_db()
    assert profile.status == "NEEDS_UPDATE"

    admin.post(f"{address}approve/")

    profile.refresh_from_db()
    assert (profile.status, profile.approved_by) == ("APPROVED", world.ours.staff[Role.ADMINISTRATOR])


def test_sensitive_data_need_their_papers_and_the_list_says_which(admin, base, world):
    address = f"{base}/data-protection/"
    refused = admin.post(address, values(admin, address) | {"sensitive_processing_enabled": "on", "dpia_ref": "2026-7"})

    assert refused.status_code == 422
    assert "2026-7" in refused.content.decode()
    assert [holds for _words, holds in refused.context["requirements"]] == [False, False, False, True]


def test_a_text_is_looked_at_filled_in_and_then_put_in_force_as_a_new_version(admin, base, world):
    address = f"{base}/texts/PRIVACY_NOTICE/da/"
    typed = {"body": "Hos {institution} passer vi på dine oplysninger.", "data_class": "ORDINARY"}
    looked_at = admin.post(address, typed | {"button": "preview"})
    assert "Hos Styrelsen ours passer vi på" in looked_at.content.decode()
    assert not LegalText.objects.filter(institution=world.ours.institution).exists()

    admin.post(address, typed | {"button": "publish"})

    assert text_in_force(world.ours.institution, "PRIVACY_NOTICE", "da").body == typed["body"]
    assert admin.post(address, {"body": " ", "button": "publish"}).status_code == 422
    assert "{institution}" in admin.post(address, {"button": "standard"}).context["form"].initial["body"]
    assert admin.get(f"{base}/texts/NONSENSE/da/").status_code == 404


def test_the_media_list_grows_from_the_known_and_from_own_media(admin, base, world):
    known = Medium.objects.create(code="KENDT", name_da="Kendt", kind="COMMERCIAL_PORTAL")
    admin.post(f"{base}/media-list/", {"medium": str(known.pk)})
    admin.post(f"{base}/media-list/", {"name": "Fagbladet", "kind": "PRINT", "cost": "6.200"})
    entry = MediaListEntry.objects.get(institution=world.ours.institution, medium__name_da="Fagbladet")
    admin.post(
        f"{base}/media-list/{entry.pk}/",
        {"active": "on", "default_cost": "5.000", "head_start_days": "0", "position": "7", "note": "Månedligt"},
    )

    entry.refresh_from_db()
    assert (entry.medium.default_cost, entry.default_cost, entry.note) == (620_000, 500_000, "Månedligt")
    assert MediaListEntry.objects.filter(institution=world.ours.institution, medium=known).exists()
    assert admin.post(f"{base}/media-list/", {"name": "X", "kind": "OWN_SITE"}).status_code == 422


def test_an_own_medium_of_another_institution_cannot_be_listed(admin, base, world):
    theirs = Medium.objects.create(code="DERES", name_da="Deres", kind="PRINT", institution=world.theirs.institution)

    assert admin.post(f"{base}/media-list/", {"medium": str(theirs.pk)}).status_code == 422


def test_a_clients_secret_is_shown_once_and_renewed_with_overlap(admin, base, world):
    typed = {
        "name": "HR-system",
        "scopes": ["cases:read"],
        "contact_email": "drift@ours.example",
        "networks": "192.0.2.0/24",
    }
    assert admin.post(f"{base}/api-clients/new/", typed | {"networks": "alle"}).status_code == 422
    shown = admin.post(f"{base}/api-clients/new/", typed)

    client = ApiClient.objects.get(name="HR-system")
    assert shown.context["secret"] in shown.content.decode()
    assert shown.context["secret"] not in admin.get(f"{base}/api-clients/{client.pk}/").content.decode()
    again = admin.post(f"{base}/api-clients/{client.pk}/rotate/", {"confirmed": "1"})
    client.refresh_from_db()
    assert again.context["secret"] != shown.context["secret"]
    assert client.has_previous_secret(clock.now())

    admin.post(f"{base}/api-clients/{client.pk}/", {"scopes": ["stats:read"], "contact_email": "drift@ours.example"})
    client.refresh_from_db()
    assert (client.scopes, client.is_active, client.allowed_networks) == (["stats:read"], False, [])


def test_a_client_that_also_serves_another_institution_is_not_ours_to_change(admin, base, world):
    shared, _secret = make_api_client(
        "Fælles", scopes=["cases:read"], institutions=[world.ours.institution, world.theirs.institution]
    )

    assert admin.get(f"{base}/api-clients/{shared.pk}/").status_code == 404
    assert admin.post(f"{base}/api-clients/{shared.pk}/rotate/", {"confirmed": "1"}).status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_nobody_else_sets_anything_up(world, base, sign_in, role):
    client = sign_in(role)
    for more in (
        "institution/",
        "units/",
        "users/invite/",
        "data-protection/approve/",
        "texts/PRIVACY_NOTICE/da/",
        "media-list/",
        "api-clients/new/",
    ):
        assert client.post(f"{base}/{more}", {"name_da": "X", "email": "x@y.example"}).status_code == 404


def test_the_checklist_tells_what_is_left(admin, base, world):
    left = {step.url.rsplit("/", 2)[1] for step in admin.get(f"{base}/").context["steps"] if not step.is_done}

    assert left == {"institution"}
    assert admin.get("/admin/setup/").headers["Location"] == f"{base}/"


def test_an_empty_installation_gets_its_first_institution(db):
    out = io.StringIO()
    answers = {
        "name": "Den Første", "slug": "foerste", "cvr": "99000009", "processor": "Drift", "email": "Admin@foerste.example",
        "first_name": "Ada", "last_name": "Ministrator",
    }  # fmt: skip
    call_command("first_institution", **answers, stdout=out)

    institution = Institution.objects.get()
    assert RoleAssignment.objects.get(institution=institution).user.email == "admin@foerste.example"
    with pytest.raises(CommandError, match="already"):
        call_command("first_institution", **answers)


def test_a_bad_answer_leaves_the_installation_empty(db):
    answers = {
        "name": "X",
        "slug": "x",
        "cvr": "123",
        "processor": "D",
        "email": "a@x.example",
        "first_name": "A",
        "last_name": "B",
    }
    with pytest.raises(CommandError):
        call_command("first_institution", **answers)

    assert not Institution.objects.exists()


def test_a_case_may_be_handed_over_without_being_read(admin, base, world):
    case = make_case(world.ours)
    admin.post(
        f"{base}/users/{world.ours.staff[Role.HR_EXTENDED].pk}/", {"to": str(world.ours.staff[Role.HR_LIMITED].pk)}
    )

    case.refresh_from_db()
    assert case.hr_responsible == world.ours.staff[Role.HR_LIMITED]
    assert admin.get(f"/admin/cases/{case.pk}/applications/").status_code == 403


def test_an_invitation_is_mailed_and_mailed_again(world, sign_in):
    admin, base = sign_in(Role.ADMINISTRATOR), f"/admin/setup/{world.ours.institution.pk}"
    admin.post(f"{base}/users/invite/", {"email": "ny@ours.example", "role": "COMMUNICATIONS"})
    user = User.objects.get(email="ny@ours.example")

    assert admin.get(f"{base}/users/{user.pk}/").context["invitation"].code == "STAFF_INVITED"
    assert admin.post(f"{base}/users/{user.pk}/invite-again/").status_code == 302
    assert sign_in(Role.HR_EXTENDED).post(f"{base}/users/{user.pk}/invite-again/").status_code == 404


def test_a_role_must_be_chosen(world, sign_in):
    base = f"/admin/setup/{world.ours.institution.pk}"
    answer = sign_in(Role.ADMINISTRATOR).post(f"{base}/users/invite/", {"email": "ny@ours.example", "role": ""})

    assert answer.status_code == 422
    assert not User.objects.filter(email="ny@ours.example").exists()
