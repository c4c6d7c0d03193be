"""An employer's page in another language wears what the first one wears, until it is given something of its own."""

import pytest
from django.test import Client

from portal.pages.about import AboutPage
from portal.pages.models import AdLayout, InstitutionPage
from recruitment.access.roles import Role
from tests.house.public_pages import _picture, publish

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves a picture's temporary file to the garbage collector when it makes a rendition.
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"),
]


def page_in(world, language: str) -> InstitutionPage:
    return InstitutionPage.objects.get(institution=world.ours.institution, locale__language_code=language)


def layout(world, name: str) -> AdLayout:
    made = AdLayout.objects.create(name=name, institution=world.ours.institution)
    made.save_revision().publish()
    return made


@pytest.fixture
def blue(world) -> AdLayout:
    """What the Danish page wears."""
    found = layout(world, "Blå")
    page = page_in(world, "da")
    page.layout = found
    page.save_revision().publish()
    return found


def wears(path: str, worn: AdLayout) -> bool:
    return f'data-layout="{worn.pk}"' in Client().get(path).content.decode()


def test_the_english_pages_and_ads_take_the_layout_by_themselves(world, blue):
    english = page_in(world, "en")
    about = english.add_child(instance=AboutPage(title="How we hire", slug="how-we-hire", locale=english.locale))
    world.picture = _picture()
    ad = publish(world, world.ours.case, "en")

    assert wears(english.url, blue)
    assert wears(about.url, blue)
    assert ad.current_layout == blue


def test_an_own_layout_wins_and_is_not_taken_by_the_danish_page(world, blue):
    red, english, danish = layout(world, "Rød"), page_in(world, "en"), page_in(world, "da")
    english.layout = red
    english.save_revision().publish()

    assert wears(english.url, red)
    assert wears(danish.url, blue)

    danish.layout = None
    danish.save_revision().publish()
    assert not wears(danish.url, red)


def test_logo_and_picture_are_taken_one_by_one(world, blue):
    danish, english = page_in(world, "da"), page_in(world, "en")
    danish.logo, danish.hero, english.hero = _picture(), _picture(), _picture()
    danish.save()
    english.save()

    assert page_in(world, "en").dress == {"layout": blue, "logo": danish.logo, "hero": english.hero}


def test_another_employers_page_takes_nothing(world, blue):
    theirs = InstitutionPage.objects.get(institution=world.theirs.institution, locale__language_code="en")
    assert theirs.dress == {"layout": None, "logo": None, "hero": None}


def test_the_editor_says_so(world, client):
    client.force_login(world.ours.staff[Role.COMMUNICATIONS])
    assert client.get(f"/admin/pages/{page_in(world, 'en').pk}/edit/").status_code == 200
