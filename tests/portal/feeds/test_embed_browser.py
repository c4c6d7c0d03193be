"""The list on another site's page in a real browser: it shows the jobs, wears the page's colours, grows, and leaves no cookie."""

import pytest

from tests.browser import axe, browser_test, watched
from tests.recruitment.channels.partners import Pages

pytestmark = [*browser_test, pytest.mark.django_db(transaction=True)]
PAGE = """<!doctype html><html lang="da"><head><title>Styrelsen</title><style>job-list {{ --job-list-link: rgb(138, 21, 56) }}</style></head>
<body><main><h1>Styrelsen</h1><script src="{0}/embed/job-list.js" defer></script><job-list institution="ours" lang="da"></job-list>
<job-list institution="ukendt" lang="da"></job-list>
<iframe src="{0}/embed/ours/?lang=da" title="Job" width="100%" height="41"></iframe></main></body></html>"""


def test_a_component_and_a_frame_on_another_site(world, live_server, browser_context, settings, tmp_path):
    settings.SITE_URL = live_server.url
    site = Pages(PAGE.format(live_server.url))
    context = browser_context()
    page = watched(context.new_page())
    page.goto(f"http://127.0.0.1:{site.server_port}/")

    job = page.locator("job-list[institution=ours]").get_by_role("link", name="Fuldmægtig")
    job.wait_for()
    assert job.evaluate("link => getComputedStyle(link).color") == "rgb(138, 21, 56)"
    page.locator("job-list[institution=ukendt]").get_by_role("status").wait_for()
    page.wait_for_function("parseFloat(document.querySelector('iframe').style.height) > 100")
    assert page.frame_locator("iframe").get_by_role("link", name="Fuldmægtig").get_attribute("target") == "_top"
    assert axe(page) == []
    assert context.cookies() == []
    page.screenshot(path=str(tmp_path / "embed.png"), full_page=True)
    site.end()
