"""Everything kept about me, who has looked, and what my application's state is called."""

import datetime as dt
import io
import json
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from portal.applicant.wording import progress_of
from recruitment import clock
from recruitment.access.roles import Role
from recruitment.applications.actions import correct, save_step
from recruitment.applications.models import Application, Stage
from recruitment.applications.review import open_application
from recruitment.audit.models import AuditEntry
from recruitment.cases.models import RecruitmentCase
from recruitment.documents.models import Document
from recruitment.people.actor import Actor
from tests.factories.world import declare_all
from tests.portal.applicant.test_inbox import FACTS, person_of, post


@pytest.fixture
def mine(client, world) -> Application:
    """The applicant is signed in."""
    client.force_login(person_of(world.application))
    return world.application


def test_the_applicant_sees_who_has_looked_and_when(client, world, mine):
    declare_all(world.ours)
    for _ in range(2):
        open_application(mine, actor=world.ours.actor(Role.HR_EXTENDED))

    page = client.get(f"/mine/{mine.pk}/oplysninger/")

    [look] = page.context["looks"]
    assert (look.day, look.who, look.opened) == (clock.today(), str(world.ours.staff[Role.HR_EXTENDED]), 2)


def test_the_download_holds_everything_and_is_noted(client, world, mine):
    document = mine.documents.get()
    document.file.save("cv", ContentFile(b"mit cv"))
    old = Document.objects.create(application=mine, kind="CV", filename="cv.pdf", mime="application/pdf", size=3,
                                  sha256="1" * 64, replaced_at=clock.now())  # fmt: skip
    old.file.save("cv", ContentFile(b"gammelt"))
    post(mine)

    answer = client.post(f"/mine/{mine.pk}/oplysninger/hent/")

    bundle = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    told = json.loads(bundle.read("data.json"))
    files = {bundle.read(name) for name in bundle.namelist() if name.startswith("files/")}
    assert files == {b"mit cv", b"gammelt"}
    assert told["person"]["email"] == "kirsten@ansoeger.example"
    assert told["letter"] == "Jeg vil gerne føre tilsyn."
    assert FACTS in json.dumps(told["letters"], ensure_ascii=False)
    assert told["texts_accepted"][0]["text"]
    assert AuditEntry.objects.filter(action="Application.take_along", application_id=mine.pk).exists()


def test_a_link_does_not_make_the_download(client, mine):
    assert client.get(f"/mine/{mine.pk}/oplysninger/hent/").status_code == 405


def test_only_the_person_who_proved_the_address_reaches_it(client, world, mine):
    holder, stranger = Client(), Client()
    session = holder.session
    session["applications"] = [str(mine.pk)]
    session.save()
    stranger.force_login(person_of(world.their_application))
    address = f"/mine/{mine.pk}/oplysninger/"

    assert "/konto/login/code/" in holder.get(address).headers["Location"]
    assert stranger.get(address).status_code == 404
    assert stranger.post(f"{address}hent/").status_code == 404
    for user in world.ours.staff.values():
        stranger.force_login(user)
        assert stranger.get(address).status_code == 404


def test_one_look_costs_what_many_cost(client, world, mine, django_assert_max_num_queries):
    declare_all(world.ours)
    counts = []
    for roles in ([Role.HR_EXTENDED], [Role.HIRING_MANAGER, Role.ASSESSMENT_COMMITTEE, Role.HIRING_COMMITTEE]):
        for role in roles:
            open_application(mine, actor=world.ours.actor(role))
        client.get(f"/mine/{mine.pk}/oplysninger/")
        with django_assert_max_num_queries(60) as captured:
            client.get(f"/mine/{mine.pk}/oplysninger/")
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_what_counts_is_shown_and_typed_corrections_are_called_so(client, mine):
    untouched = client.get(f"/mine/{mine.pk}/")
    save_step(mine, "papers", {"motivation": ["Rettet."]})
    typed = client.get(f"/mine/{mine.pk}/")
    correct(Application.objects.get(pk=mine.pk), actor=Actor.person(None))
    confirmed = client.get(f"/mine/{mine.pk}/")

    assert [page.context["has_unconfirmed"] for page in (untouched, typed, confirmed)] == [False, True, False]
    assert "Jeg vil gerne føre tilsyn." in typed.content.decode()
    assert "Rettet." in confirmed.content.decode()


@pytest.mark.parametrize(
    ("state", "stage", "answered", "reached"),
    [
        ("SUBMITTED", Stage.RECEIVED, False, 1),
        ("UNDER_REVIEW", Stage.RECEIVED, False, 2),
        ("RESERVE", Stage.SCREENED, False, 2),
        ("SHORTLISTED", Stage.SCREENED, False, 2),
        ("INVITED", Stage.INVITED, False, 3),
        ("FINALIST", Stage.INTERVIEWED, False, 3),
        ("REJECTED", Stage.RECEIVED, False, 2),
        ("REJECTED", Stage.INTERVIEWED, False, 3),
        ("REJECTED", Stage.RECEIVED, True, 4),
        ("HIRED", Stage.HIRED, False, 3),
        ("HIRED", Stage.HIRED, True, 4),
        ("WITHDRAWN", Stage.RECEIVED, True, 0),
        ("LATE", Stage.NONE, False, 0),
    ],
)
def test_no_decision_is_told_before_its_letter(state, stage, answered, reached):
    application = Application(
        case=RecruitmentCase(), state=state, stage_reached=stage, answer_delivered_at=(
            dt.datetime.now(dt.UTC) if answered else None),
    )  # fmt: skip

    progress = progress_of(application)

    assert progress.reached == reached
    assert len(progress.points) == (4 if reached else 0)
    assert [point.is_current for point in progress.points].count(True) == bool(reached)


def test_the_answer_date_is_an_entry_for_any_calendar(client, world, mine):
    day = clock.today() + dt.timedelta(days=40)
    RecruitmentCase.objects.filter(pk=mine.case_id).update(
        expected_answer_date=day, title="Fuldmægtig; jura, tilsyn og særligt lange navne på stillinger i det offentlige"
    )

    answer = client.get(f"/soeg/ansoegning/{mine.pk}/svardato.ics")

    text = answer.content.decode()
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert f"DTSTART;VALUE=DATE:{day:%Y%m%d}\r\n" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    unfolded = text.replace("\r\n ", "")
    assert "Fuldmægtig\\; jura\\, tilsyn" in unfolded
    assert Client().get(f"/soeg/ansoegning/{mine.pk}/svardato.ics").status_code == 404


def test_without_an_answer_date_there_is_no_entry(client, mine):
    RecruitmentCase.objects.filter(pk=mine.case_id).update(expected_answer_date=None)

    assert client.get(f"/soeg/ansoegning/{mine.pk}/svardato.ics").status_code == 404
