"""Libraries of layouts, templates and paragraphs: what ships belongs to everybody, and nobody changes it for the others."""

import pytest

from portal.pages.layouts import AdLayout, ContentTemplate, StandardText
from recruitment.access.actions import grant_role
from recruitment.access.roles import Role
from tests.factories.world import HOUSE

LAYOUTS = "/admin/snippets/pages/adlayout"
LOOK = {
    "name": "Vores nye", "accent": "#0b4a6f", "band": "#eaf2f6",
    "band_ink": "#1a1a1a", "panel": "#f5f7f8", "panel_ink": "#1a1a1a", "heading": "#06293d", "corner": "6", "rule": "4",
    "logo": "", "picture": "", "unit": "", "markup": "", "css": "", "arrangement-count": "0",
}  # fmt: skip


@pytest.fixture
def shared(world):
    return AdLayout.objects.create(name="Fælles for alle")


@pytest.fixture
def writer(world, client):
    client.force_login(world.ours.staff[Role.COMMUNICATIONS])
    return client


def look(layout: AdLayout, **changes: str) -> dict[str, str]:
    kept = {name: getattr(layout, name) for name in ("shape", "heading_font", "text_font", "facts_placement")}
    return LOOK | kept | changes


@pytest.mark.parametrize("view", ["edit", "delete", "history", "usage", "unpublish", "lock", "unlock"])
def test_what_is_shared_is_opened_in_no_view_that_changes_it(shared, writer, view):
    assert writer.get(f"{LAYOUTS}/{view}/{shared.pk}/").status_code == 404
    assert writer.post(f"{LAYOUTS}/{view}/{shared.pk}/", look(shared)).status_code == 404

    shared.refresh_from_db()
    assert (shared.name, shared.live, shared.locked) == ("Fælles for alle", True, False)


def test_what_is_shared_is_listed_and_leads_to_a_copy_of_ones_own(world, shared, writer):
    listed = writer.get(f"{LAYOUTS}/").content.decode()
    assert f"{LAYOUTS}/copy/{shared.pk}/" in listed
    assert f"{LAYOUTS}/edit/{shared.pk}/" not in listed

    form = writer.get(f"{LAYOUTS}/copy/{shared.pk}/")
    assert form.context["form"]["institution"].value() == world.ours.institution.pk

    made = writer.post(f"{LAYOUTS}/copy/{shared.pk}/", look(shared, institution=str(world.ours.institution.pk)))

    assert made.status_code == 302
    assert AdLayout.objects.get(name="Vores nye").institution == world.ours.institution


@pytest.mark.parametrize("whose", ["theirs", "nobody"])
def test_a_layout_is_made_for_ones_own_institution_only(world, writer, whose):
    institution = str(world.theirs.institution.pk) if whose == "theirs" else ""

    refused = writer.post(f"{LAYOUTS}/add/", look(AdLayout(), institution=institution))

    assert "institution" in refused.context["form"].errors
    assert refused.context["form"]["name"].value() == "Vores nye"
    assert not AdLayout.objects.filter(name="Vores nye").exists()


def test_ones_own_is_changed_and_cannot_be_given_away(world, writer):
    own = AdLayout.objects.create(name="Vores", institution=world.ours.institution)
    assert writer.get(f"{LAYOUTS}/edit/{own.pk}/").status_code == 200

    refused = writer.post(f"{LAYOUTS}/edit/{own.pk}/", look(own, institution=str(world.theirs.institution.pk)))

    assert "institution" in refused.context["form"].errors
    own.refresh_from_db()
    assert own.institution == world.ours.institution


def test_somebody_of_two_institutions_chooses_between_them(world, writer):
    user = world.ours.staff[Role.COMMUNICATIONS]
    grant_role(user, Role.COMMUNICATIONS, institution=world.theirs.institution, actor=HOUSE)

    form = writer.get(f"{LAYOUTS}/add/").context["form"]

    assert set(form.fields["institution"].queryset) == {world.ours.institution, world.theirs.institution}
    assert form["institution"].value() is None


def test_a_template_wears_a_layout_of_ones_own_or_a_shared_one(world, shared, writer):
    own = AdLayout.objects.create(name="Vores", institution=world.ours.institution)
    AdLayout.objects.create(name="Deres", institution=world.theirs.institution)

    form = writer.get("/admin/snippets/pages/contenttemplate/add/").context["form"]

    layouts = form.fields["layout"].queryset
    assert {shared, own} <= set(layouts)
    assert not layouts.filter(institution=world.theirs.institution).exists()


def test_paragraphs_of_others_are_not_offered_to_choose(world, writer):
    StandardText.objects.create(name="Deres afsnit", body="<p>hemmeligt</p>", institution=world.theirs.institution)
    StandardText.objects.create(name="Fælles afsnit", body="<p>ord</p>")

    chooser = writer.get("/admin/snippets/choose/pages/standardtext/").json()["html"]

    assert "Fælles afsnit" in chooser
    assert "Deres afsnit" not in chooser


@pytest.mark.parametrize("library", ["adlayout", "contenttemplate", "standardtext"])
def test_a_library_costs_the_same_for_one_row_and_for_many(world, writer, library, django_assert_max_num_queries):
    model = {"adlayout": AdLayout, "contenttemplate": ContentTemplate, "standardtext": StandardText}[library]

    def queries():
        with django_assert_max_num_queries(60) as captured:
            writer.get(f"/admin/snippets/pages/{library}/")
        return len(captured)

    model.objects.create(name="0", institution=world.ours.institution, unit=world.ours.unit)
    queries()
    one = queries()
    for number in range(1, 4):
        model.objects.create(name=str(number), institution=world.ours.institution, unit=world.ours.unit)

    assert queries() == one


@pytest.mark.parametrize("kind", [AdLayout, ContentTemplate, StandardText])
def test_each_has_versions_an_owner_and_an_end_and_holds_below_its_unit(world, kind):
    """Letters are the third library: tests/recruitment/letters/test_composing.py."""
    below = world.ours.unit.add_child(institution=world.ours.institution, name_da="Under enheden")
    words = {"body": "<p>Ord</p>"} if kind is StandardText else {}
    own = kind.objects.create(
        name="Egen", institution=world.ours.institution, unit=world.ours.unit, live=False, **words
    )
    wide = kind.objects.create(name="Alles", institution=world.ours.institution, live=True, **words)
    own.save_revision().publish()
    own.name = "Egen, ny"
    own.save_revision().publish()
    offered = kind.objects.for_unit(below).filter(live=True, institution=world.ours.institution)

    assert list(offered) == [own, wide]  # the nearest first
    assert own.revisions.count() == 2
    assert not own.holds_for(world.ours.sibling)
    kind.objects.get(pk=own.pk).unpublish()
    assert list(offered.all()) == [wide]
