"""An employer's own pages, built by its communications staff alone."""

import pytest
from django.test import Client
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from portal.pages.about import AboutPage
from portal.pages.models import InstitutionPage
from recruitment.access.roles import Role

pytestmark = pytest.mark.django_db


def parent_of(employer) -> InstitutionPage:
    return InstitutionPage.objects.get(institution=employer.institution, locale__language_code="da")


def create(client: Client, parent: InstitutionPage, **changes):
    form = nested_form_data({
        "title": "Sådan ansætter vi", "slug": "saadan-ansaetter-vi", "intro": "Fra annonce til første dag.",
        "body": streamfield([("steps", {
            "heading": "Forløbet",
            "steps": {
                "count": "2",
                **{str(n): {"deleted": "", "order": str(n), "value": {"title": title, "words": rich_text("<p>Vi læser alt.</p>")}}
                   for n, title in enumerate(("Du søger", "Du hører fra os"))},
            },
        })]),
        "seo_title": "", "search_description": "", "action-publish": "1", **changes,
    })  # fmt: skip
    return client.post(f"/admin/pages/add/pages/aboutpage/{parent.pk}/", form)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_communications_builds_a_page_and_it_stands_in_the_menu_of_the_employer(client, world):
    parent = parent_of(world.ours)

    answer = create(signed_in(world.ours.staff[Role.COMMUNICATIONS]), parent)

    assert answer.status_code == 302
    page = AboutPage.objects.child_of(parent).get()
    shown = client.get(page.url).content.decode()
    assert "Du hører fra os" in shown
    assert f'href="{page.url}"' in client.get(parent.url).content.decode()


def test_a_draft_is_neither_shown_nor_in_the_menu(client, world):
    parent = parent_of(world.ours)
    create(signed_in(world.ours.staff[Role.COMMUNICATIONS]), parent, **{"action-publish": ""})
    page = AboutPage.objects.child_of(parent).get()
    page.unpublish()

    assert client.get(f"{parent.url}{page.slug}/").status_code == 404
    assert page.slug not in client.get(parent.url).content.decode()


def test_hr_may_write_ads_below_the_employers_page_and_no_page_about_the_employer(world):
    parent = parent_of(world.ours)

    answer = create(signed_in(world.ours.staff[Role.HR_EXTENDED]), parent)

    assert answer.status_code in {302, 403}
    assert not AboutPage.objects.exists()


def test_communications_of_another_institution_may_not(world):
    answer = create(signed_in(world.theirs.staff[Role.COMMUNICATIONS]), parent_of(world.ours))

    assert answer.status_code in {302, 403, 404}
    assert not AboutPage.objects.exists()


def test_hr_may_not_change_one(world):
    parent = parent_of(world.ours)
    create(signed_in(world.ours.staff[Role.COMMUNICATIONS]), parent)
    page = AboutPage.objects.get()

    hr = signed_in(world.ours.staff[Role.HR_EXTENDED])

    assert hr.get(f"/admin/pages/{page.pk}/edit/").status_code in {302, 403, 404}


def test_search_engines_find_it(client, world):
    create(signed_in(world.ours.staff[Role.COMMUNICATIONS]), parent_of(world.ours))

    assert "saadan-ansaetter-vi" in client.get("/sitemap.xml").content.decode()
