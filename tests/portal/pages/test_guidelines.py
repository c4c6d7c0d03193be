"""An institution's guidelines stand beside its ads, and are written by its own."""

import pytest
from wagtail.test.utils.form_data import rich_text

from portal.pages.guidelines import Guideline
from portal.pages.new_ad import begin_ad
from recruitment.access.roles import Role
from recruitment.cases.moving import approve_case
from tests.factories.world import HOUSE, make_case

WRITERS = (Role.COMMUNICATIONS, Role.ADMINISTRATOR)
ADD = "/admin/snippets/pages/guideline/add/"


@pytest.fixture
def guideline(world) -> Guideline:
    return Guideline.objects.create(
        institution=world.ours.institution, name="Skriv til du", language="da", body="<p>Sig du.</p>", about="tasks"
    )


def words(institution, **changes) -> dict:
    return {
        "name": "Tone",
        "institution": institution.pk,
        "language": "da",
        "about": "",
        "body": rich_text("<p>Varm og klar.</p>"),
        **changes,
    }


@pytest.mark.parametrize("role", WRITERS)
def test_communications_and_the_administrator_write_them(world, client, role):
    client.force_login(world.ours.staff[role])

    answer = client.post(ADD, words(world.ours.institution))

    assert answer.status_code == 302, answer.context["form"].errors
    assert Guideline.objects.get().institution == world.ours.institution


@pytest.mark.parametrize("role", [Role.HR_EXTENDED, Role.HIRING_MANAGER, Role.HIRING_COMMITTEE])
def test_nobody_else_does(world, guideline, client, role):
    client.force_login(world.ours.staff[role])

    for address in (ADD, f"/admin/snippets/pages/guideline/edit/{guideline.pk}/"):
        assert client.post(address, words(world.ours.institution)).status_code in {302, 403, 404}
    assert Guideline.objects.get().name == "Skriv til du"


def test_another_institutions_are_neither_seen_nor_written(world, guideline, client):
    client.force_login(world.theirs.staff[Role.COMMUNICATIONS])

    listed = client.get("/admin/snippets/pages/guideline/").content.decode()
    client.post(ADD, words(world.ours.institution))

    assert "Skriv til du" not in listed
    assert client.get(f"/admin/snippets/pages/guideline/edit/{guideline.pk}/").status_code == 404
    assert Guideline.objects.count() == 1


def test_a_kind_of_block_that_is_none_is_refused(world, client):
    client.force_login(world.ours.staff[Role.COMMUNICATIONS])

    answer = client.post(ADD, words(world.ours.institution, about="noget-andet"))

    assert "about" in answer.context["form"].errors


def test_they_stand_beside_the_ads_of_the_institution_in_their_language(world, guideline, client):
    Guideline.objects.create(institution=world.theirs.institution, name="Fremmed linje", body="<p>x</p>", language="da")
    Guideline.objects.create(institution=world.ours.institution, name="Say you", body="<p>x</p>", language="en")
    ad = begin_ad(approve_case(make_case(world.ours), actor=HOUSE), "da", actor=HOUSE)
    client.force_login(world.ours.staff[Role.HR_EXTENDED])

    shown = client.get(f"/admin/pages/{ad.pk}/edit/").content.decode()

    assert "Skriv til du" in shown
    assert 'data-about="tasks"' in shown
    assert "Fremmed linje" not in shown
    assert "Say you" not in shown
