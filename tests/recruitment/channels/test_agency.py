"""A newspaper gets the ad as PDF once; what people there must do, people here are asked to see to."""

import email
import subprocess
from email.policy import default

import pypdfium2
import pytest

from recruitment.advertising.actions import announce
from recruitment.advertising.models import JobAdvertisement
from recruitment.advertising.taking_down import take_down
from recruitment.channels import paper
from recruitment.channels.actions import try_again, try_connection
from recruitment.channels.models import Connection
from recruitment.channels.queries import deliveries_to_settle
from tests.factories.world import HOUSE, ad_content, advertise, make_case
from tests.recruitment.channels.conftest import own_medium, publication, work
from tests.recruitment.channels.partners import Pages
from tests.recruitment.mail.smtp_modes import Misbehaving
from tests.tools import requires_tool, tool

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(settings):
    server = Misbehaving()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    yield server
    server.close()


@pytest.fixture
def connection(world, post) -> Connection:
    settings = {"address": "annoncer@bladet.example", "greeting": "Kundenummer 17, 85 mm x 4 sp."}
    return own_medium(world.ours.institution, "BLADET", "email", settings, kind="PRINT")


@pytest.fixture
def round_(world, connection):
    return advertise(make_case(world.ours, title="Ærlig økonom"))


def letters(post) -> list:
    return [email.message_from_bytes(raw, policy=default) for raw in post.accepted]


def words_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as read:
        return "\n".join(page.get_textpage().get_text_bounded() for page in read)


def test_the_ad_goes_out_once_with_its_period_and_as_pdf(round_, post):
    work()
    work()

    (letter,) = letters(post)
    assert letter["To"] == "annoncer@bladet.example"
    text = letter.get_body().get_content()
    assert "Kundenummer 17" in text
    (attachment,) = letter.iter_attachments()
    assert attachment.get_content_type() == "application/pdf"
    assert "Ærlig økonom" in words_of(attachment.get_content())
    assert publication(round_, "BLADET").state == "LIVE"


def test_when_nobody_knows_whether_it_was_sent_a_person_is_asked_and_it_is_not_repeated(round_, post):
    post.mode = "close-after-dot"
    for _ in range(3):
        work()

    assert len(post.accepted) <= 1
    assert post.conversations == 1
    failed = publication(round_, "BLADET")
    assert failed.state == "FAILED"

    post.mode = "ok"
    try_again(deliveries_to_settle().get(publication=failed), actor=HOUSE)
    work()
    assert publication(round_, "BLADET").state == "LIVE"


def test_a_server_that_is_busy_is_tried_again(round_, post):
    post.mode = "busy"
    work()
    post.mode = "ok"
    work()

    assert len(post.accepted) == 1
    assert publication(round_, "BLADET").state == "LIVE"


def test_a_change_is_a_task_for_a_person_and_no_second_ad(round_, post):
    work()
    announce(round_, ad_content(round_.case, html="<p>Rettet</p>"), actor=HOUSE)
    work()

    assert len(post.accepted) == 1
    task = deliveries_to_settle().get(publication__round=round_)
    assert (task.act, task.state) == ("UPDATE", "BY_HAND")


def test_taking_down_asks_the_paper_to_take_it_out(round_, post):
    work()
    take_down(publication(round_, "BLADET"), actor=HOUSE)
    work()

    assert len(post.accepted) == 2
    assert list(letters(post)[1].iter_attachments()) == []


def test_the_address_is_tried_with_a_letter_that_is_no_ad(connection, post):
    assert try_connection(connection, actor=HOUSE).test_passed is True
    assert list(letters(post)[0].iter_attachments()) == []


@requires_tool("chromium")
def test_with_a_renderer_the_ad_is_printed_as_its_page_and_nobody_else_is_called(round_, settings):
    elsewhere = Pages("")
    ours = Pages(f'<h1>I sit layout</h1><img src="http://localhost:{elsewhere.server_port}/x.png">')
    settings.SITE_URL, settings.PDF_RENDERER = f"http://127.0.0.1:{ours.server_port}", str(tool("chromium"))
    JobAdvertisement.objects.filter(round=round_).update(url=f"{settings.SITE_URL}/ours/laborant/")

    pdf = paper.as_pdf(JobAdvertisement.objects.get(round=round_))

    ours.end()
    elsewhere.end()
    assert "I sit layout" in words_of(pdf)
    assert "/ours/laborant/" in ours.asked
    assert elsewhere.asked == []


def test_without_a_page_that_the_public_sees_or_with_a_renderer_that_fails_the_plain_ad_goes_out(
    round_, settings, monkeypatch
):
    ad = JobAdvertisement.objects.get(round=round_)
    settings.SITE_URL = "https://portal.example"
    settings.PDF_RENDERER = "/nowhere/chromium"
    assert "Ærlig økonom" in words_of(paper.as_pdf(ad))

    def stuck(*_command, **_more):
        raise subprocess.TimeoutExpired("chromium", 30)

    monkeypatch.setattr(paper.subprocess, "run", stuck)
    assert "Ærlig økonom" in words_of(paper.as_pdf(ad))

    monkeypatch.setattr(paper.subprocess, "run", pytest.fail)
    ad.url = "https://elsewhere.example/"
    assert "Ærlig økonom" in words_of(paper.as_pdf(ad))
    round_.publications.update(state="PLANNED")
    assert "Ærlig økonom" in words_of(paper.as_pdf(ad))
