"""What applicants ask before they apply (guide p. 6), answered on each page about the job: whom to call, when, how safe."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recruitment import clock, shipped
from recruitment.mail.models import Message
from tests.factories.world import begin_draft, fill_draft, make_application
from tests.house.public_pages import _picture, publish

# Wagtail leaves a picture's temporary file to the garbage collector when it makes a rendition.
pytestmark = pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning")
WHOM = "Anders Høgsbro"
NOTICE = "/privatliv/ours/"
LETTERS = Path(shipped.__file__).with_name("letters")
OTHERS = ("STAFF_", "JOBALERT_", "JOBCENTRE_")  # letters to others than applicants to the job


def held_by(client, *applications):
    """The browser that they were made in."""
    session = client.session
    session["applications"] = [str(one.pk) for one in applications]
    session.save()
    return client


def pages_of(draft, received) -> list[str]:
    begun, sent = f"/soeg/ansoegning/{draft.pk}/", f"/soeg/ansoegning/{received.pk}/"
    return [
        f"/soeg/{received.round_id}/", *(f"{begun}{step}/" for step in ("about", "papers", "tjek", "senere", "slet")),
        f"{sent}kvittering/", "/mine/", f"/mine/{received.pk}/", f"/mine/{received.pk}/traek/",
    ]  # fmt: skip


def test_every_page_of_the_applicant_names_whom_to_call_and_leads_to_how_data_are_used(client, world):
    draft = fill_draft(begin_draft(world.ours.round), email="kladde@ansoeger.example")
    wrong = []
    for address in pages_of(draft, world.application):
        holder = (
            client
            if address.startswith("/soeg/" + str(world.ours.round.pk))
            else held_by(client, draft, world.application)
        )
        shown = holder.get(address)
        words = shown.content.decode()
        if shown.status_code != 200 or WHOM not in words or (address != "/mine/" and NOTICE not in words):
            wrong.append((address, shown.status_code, WHOM in words, NOTICE in words))

    assert wrong == []


def test_so_does_the_page_that_says_it_is_too_late(client, world):
    type(world.ours.round).objects.filter(pk=world.ours.round.pk).update(application_deadline=clock.now())
    shown = client.get(f"/soeg/{world.ours.round.pk}/")

    assert (shown.status_code, WHOM in shown.content.decode()) == (410, True)


def test_the_list_of_ones_own_asks_the_same_for_one_and_for_many(client, world):
    def asked(*applications) -> int:
        holder = held_by(client, *applications)
        holder.get("/mine/")
        with CaptureQueriesContext(connection) as queries:
            holder.get("/mine/")
        return len(queries)

    one = asked(world.application)
    assert asked(world.application, *(make_application(world.ours.round, email=f"{n}@ansoeger.example") for n in range(3))) == one  # fmt: skip


def test_every_letter_about_the_job_names_them_too(world):
    silent = [
        f"{path.name}" for path in sorted(LETTERS.glob("*.txt"))
        if "job_title" in (words := path.read_text()) and "contact_name" not in words and not path.name.startswith(OTHERS)
    ]  # fmt: skip
    letter = Message.objects.get(application=world.application, code="APPLICATION_RECEIPT")

    assert silent == []
    assert WHOM in letter.text


def test_when_the_answer_comes_stands_in_the_ad_before_the_form_and_after_it(client, world):
    case = world.ours.case
    type(case).objects.filter(pk=case.pk).update(expected_answer_date="2031-05-17")
    world.picture = _picture()
    page = publish(world, case, "da")
    received = f"/soeg/ansoegning/{world.application.pk}/kvittering/"

    assert "17. maj 2031" in client.get(page.url).content.decode()
    assert "17. maj 2031" in client.get(f"/soeg/{world.ours.round.pk}/").content.decode()
    assert "17. maj 2031" in held_by(client, world.application).get(received).content.decode()


def test_the_page_about_data_says_who_answers_who_runs_it_who_reads_how_long_and_what_one_may(client, world):
    """Each of its fields is filled, and what no field says stands in the text itself."""
    profile = world.ours.institution.data_protection
    words = client.get(NOTICE).content.decode()

    assert world.ours.institution.name in words
    assert profile.processor_name in words
    assert "{" not in words.split("<main", 1)[1].split("</main>", 1)[0]
