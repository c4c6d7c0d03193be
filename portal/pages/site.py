"""The tree itself: a front page and a list of jobs in each language, and a page for each institution."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import override
from wagtail.models import Locale, Page, Site

from portal.pages import editors
from recruitment.organisation.actions import InstitutionCreated
from recruitment.organisation.models import Institution

LANGUAGES = ("da", "en")
#: Names of pages are stored, so they must not depend on whether the catalogues were compiled when the tables were made.
HOME_TITLES = {"da": "Job i det offentlige", "en": "Jobs in public service"}
LIST_TITLES = {"da": "Ledige stillinger", "en": "Vacant jobs"}


def ensure_site_after_migrate(**_signal: Any) -> None:
    """After migrating there is a site, whatever was there before."""
    ensure_site()
    for institution in Institution.objects.all():
        ensure_institution_pages(institution)


@transaction.atomic
def ensure_site() -> dict[str, Any]:
    """Front page and list of jobs in both languages, as the root of the default site; returns front pages by language."""
    from portal.pages.models import HomePage, JobIndexPage  # noqa: PLC0415 - models are loaded when this runs

    homes: dict[str, Any] = {}
    for language in LANGUAGES:
        locale, _made = Locale.objects.get_or_create(language_code=language)
        home = HomePage.objects.filter(locale=locale).first()
        if home is None:
            home = _make_home(HomePage, locale, homes.get("da"))
        if not JobIndexPage.objects.child_of(home).exists():
            index = JobIndexPage(title=LIST_TITLES[language], slug="job", locale=locale)
            _translate_of(index, JobIndexPage.objects.filter(locale__language_code="da").first(), language)
            home.add_child(instance=index)
        homes[language] = home
    _mend_titles(HomePage, HOME_TITLES)
    _mend_titles(JobIndexPage, LIST_TITLES)
    _make_default_site(homes["da"])
    return homes


def _make_home(model: Any, locale: Locale, danish: Any) -> Any:
    root = Page.get_first_root_node()
    Page.objects.child_of(root).filter(slug="home", content_type__app_label="wagtailcore").delete()
    language = locale.language_code
    home = model(title=HOME_TITLES[language], slug=f"forside-{language}", locale=locale)
    _translate_of(home, danish, language)
    Page.get_first_root_node().add_child(instance=home)
    return home


def _translate_of(page: Any, danish: Any, language: str) -> None:
    if language != "da" and danish is not None:
        page.translation_key = danish.translation_key


def _mend_titles(model: Any, titles: dict[str, str]) -> None:
    """Danish pages that were made without catalogues bear the English name; those that nobody has edited get their own."""
    wrong = model.objects.filter(locale__language_code="da", title=titles["en"], latest_revision=None)
    wrong.update(title=titles["da"], draft_title=titles["da"])


def _make_default_site(home: Page) -> None:
    host = settings.SITE_URL.split("//")[-1].split("/")[0]
    name, _colon, port = host.partition(":")
    wanted = {
        "hostname": name, "port": int(port or (443 if settings.SITE_URL.startswith("https") else 80)),
        "root_page": home, "site_name": "Opslag",
    }  # fmt: skip
    Site.objects.update_or_create(is_default_site=True, defaults=wanted)
    Site.clear_site_root_paths_cache()


def welcome_institution(event: InstitutionCreated) -> None:
    """A new institution gets its pages."""
    ensure_institution_pages(event.institution)


@transaction.atomic
def ensure_institution_pages(institution: Institution) -> list[Any]:
    """The institution's page in each language, its writers' group and its collection."""
    from portal.pages.approval import ensure_workflow  # noqa: PLC0415
    from portal.pages.models import InstitutionPage  # noqa: PLC0415

    homes = ensure_site()
    pages: list[Any] = []
    for language, home in homes.items():
        page = InstitutionPage.objects.filter(institution=institution, locale__language_code=language).first()
        if page is None:
            with override(language):
                page = InstitutionPage(
                    title=institution.name, slug=institution.slug, institution=institution, locale=home.locale
                )
            if pages:
                page.translation_key = pages[0].translation_key
            type(home).objects.get(pk=home.pk).add_child(instance=page)
        pages.append(page)
    editors.prepare(institution, pages)
    ensure_workflow(institution, editors.group_of(institution), pages)
    return pages
