"""A real browser on an ad whose layout tries everything that got past the checks: nothing runs, and around the ad all is as before."""

import pytest

from portal.pages.layouts import AdLayout
from portal.pages.new_ad import begin_ad
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.moving import approve_case
from tests.browser import browser_test
from tests.factories.world import HOUSE, make_case
from tests.portal.pages.designs.attacks import CSS, XSS
from tests.portal.pages.designs.test_markup import WHOLE
from tests.portal.pages.test_publishing import BODY

pytestmark = [*browser_test, pytest.mark.django_db(transaction=True)]
#: Allowed, each of them, and together as much as the box around an ad has to hold.
PUSHING = """
:scope { position: absolute; inset: -2000px; z-index: 999999; margin: -1500px; box-shadow: 0 0 0 2900px red; outline: 2900px solid red; }
:scope::before { position: absolute; inset: -2900px; z-index: 999999; background: red; content: "Log ind"; }
h1 { position: absolute; top: -2900px; left: -2900px; width: 2900px; height: 2900px; translate: -100vw -100vh; background: red; }
p { margin-top: -2900px; counter-reset: page 99; }
"""
AROUND = """() => [...document.querySelectorAll('header.site-header, .breadcrumbs, .skipnav, footer.site-footer h2, .site-header a')]
  .filter(element => !element.closest('article'))
  .map(element => { const box = element.getBoundingClientRect(), look = getComputedStyle(element);
    return [element.className, box.x, box.width, box.height, element.closest('footer') ? 0 : box.y,
            look.color, look.backgroundColor, look.display, look.fontSize] })"""
ON_TOP = """() => [...document.querySelectorAll('.site-header a, .breadcrumbs a, footer.site-footer a')].filter(link => {
  link.scrollIntoView({block: 'center'});
  const box = link.getBoundingClientRect();
  return !link.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)) })
  .map(link => link.textContent)"""


def surviving_css():
    """Everything of the attacks that may be kept, each rule by itself."""
    plain = [source for source in CSS if not AdLayout(css=source).css_findings()]
    return PUSHING + "\n".join(plain)


@pytest.fixture
def ad(transactional_db, world):
    layout = AdLayout.objects.create(name="Angreb", institution=world.ours.institution)
    page = begin_ad(
        RecruitmentCase.objects.get(pk=approve_case(make_case(world.ours), actor=HOUSE).pk),
        "da",
        actor=HOUSE,
        layout=layout,
    )
    page.intro, page.body = "Vil du være med?", BODY
    page.save_revision().publish()
    return page


def test_nothing_runs_and_nothing_around_the_ad_is_touched(ad, live_server, page, monkeypatch):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: asked.append(dialog.message))
    page.goto(live_server.url + ad.url)
    before = page.evaluate(AROUND)
    assert [finding for finding in AdLayout(css=PUSHING).css_findings() if not finding.is_warning] == []

    AdLayout.objects.filter(pk=ad.layout_id).update(markup=WHOLE + "".join(XSS), css=surviving_css())
    page.goto(live_server.url + ad.url)
    page.wait_for_load_state("networkidle")

    assert page.locator("article.ad--designed").count() == 1
    assert page.evaluate(AROUND) == before
    assert page.evaluate(ON_TOP) == []
    assert (
        page.evaluate("document.querySelectorAll('article script, article style, article iframe, article form').length")
        == 0
    )
    assert [url for url in asked if not url.startswith(live_server.url)] == []
    assert [fault for fault in page.faults if "404" not in fault] == []  # a picture that is not there
