"""Rating and commenting beside the document: as plain forms, and by the script that saves by itself."""

import uuid

import pytest

from recruitment.access.roles import Role
from recruitment.assessments.actions import lock_ratings, rate
from recruitment.assessments.marks import CandidateIcon
from recruitment.assessments.models import Comment, Rating
from recruitment.questions.models import ScreeningAnswer, ScreeningQuestion
from tests.factories.assessing import as_, seat_rater, to_assessment

SCRIPT = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def assessed(world):
    return to_assessment(world, more=2)


def address(world, more="", application=None) -> str:
    application = application or world.application
    return f"/admin/cases/{world.ours.case.pk}/applications/{application.pk}/{more}"


def test_a_manager_reads_rates_and_comments_without_javascript(assessed, sign_in):
    client = sign_in(Role.HIRING_MANAGER)
    criterion = assessed.ours.case.profile.competences.first()
    shown = client.get(address(assessed)).content.decode()
    assert f'action="{address(assessed, "rate/")}"' in shown
    assert criterion.name in shown

    saved = client.post(address(assessed, "rate/"), {"value": "4", f"criterion_{criterion.pk}": "5"}, follow=True)
    client.post(
        address(assessed, "comment/"), {"key": str(uuid.uuid4()), "text": "Skriver klart", "visibility": "COMMITTEE"}
    )

    assert saved.redirect_chain[0][0] == f"{address(assessed)}#assessment"
    assert Rating.objects.get().level.value == 4
    again = client.get(address(assessed)).content.decode()
    assert "Skriver klart" in again
    assert again.count("checked") >= 2


def test_the_way_through_the_list_is_kept_after_saving(assessed, sign_in):
    saved = sign_in(Role.HIRING_MANAGER).post(address(assessed, "rate/") + "?state=UNDER_REVIEW", {"value": "4"})
    assert saved.headers["Location"] == f"{address(assessed)}?state=UNDER_REVIEW#assessment"


def test_the_script_is_told_that_it_was_saved_and_how_many_are_left(assessed, sign_in):
    client = sign_in(Role.HIRING_COMMITTEE)
    answer = client.post(address(assessed, "rate/"), {"value": "4"}, **SCRIPT)
    assert (answer.status_code, answer.json()["saved"]) == (200, True)
    assert "2" in answer.json()["left"]


def test_sent_twice_is_saved_once(assessed, sign_in):
    client, sent = (
        sign_in(Role.HIRING_COMMITTEE),
        {"key": str(uuid.uuid4()), "text": "Klart", "visibility": "COMMITTEE"},
    )
    for _again in range(2):
        assert client.post(address(assessed, "comment/"), sent, **SCRIPT).json()["saved"]
    assert Comment.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "sent"),
    [
        ("rate/", {"value": "9"}), ("rate/", {"value": "mange"}), ("rate/", {"criterion_x": "1"}),
        ("comment/", {"key": "ingen", "text": "x", "visibility": "HR"}), ("comment/", {"key": str(uuid.uuid4()), "text": "", "visibility": "HR"}),
        ("comment/", {"key": str(uuid.uuid4()), "text": "x", "visibility": "ALLE"}), ("icons/", {"icon": str(uuid.uuid4())}), ("icons/", {"icon": "x"}),
    ],
)  # fmt: skip
def test_bad_input_is_refused_in_words(assessed, sign_in, more, sent):
    client = sign_in(Role.HIRING_COMMITTEE)
    answer = client.post(address(assessed, more), sent, **SCRIPT)
    assert (answer.status_code, answer.json()["saved"]) == (422, False)
    assert answer.json()["message"]
    assert client.post(address(assessed, more), sent).status_code == 302


def test_locked_is_said_and_nothing_is_offered(assessed, sign_in):
    lock_ratings(assessed.ours.case, actor=as_(seat_rater(assessed.ours, "formand", chair=True)), locked=True)
    client = sign_in(Role.HIRING_COMMITTEE)
    assert client.post(address(assessed, "rate/"), {"value": "3"}, **SCRIPT).status_code == 422
    assert address(assessed, "rate/") not in client.get(address(assessed)).content.decode()


@pytest.mark.parametrize("role", [Role.ADMIN_SUPPORT, Role.COMMUNICATIONS, Role.ADMINISTRATOR])
@pytest.mark.parametrize("more", ["rate/", "comment/", "icons/", "bucket/"])
def test_who_does_not_assess_posts_nothing(assessed, sign_in, role, more):
    assert sign_in(role).post(address(assessed, more), {"value": "3"}).status_code == 403


def test_others_of_the_portal_do_not_meet_it(assessed, sign_in):
    client = sign_in(Role.HR_EXTENDED, assessed.theirs)
    for more in ("rate/", "comment/", "icons/", "bucket/"):
        assert client.post(address(assessed, more), {"value": "3"}).status_code == 404
    assert client.post(
        f"/admin/cases/{assessed.theirs.case.pk}/applications/{assessed.application.pk}/rate/", {"value": "3"}
    ).status_code == 404  # fmt: skip


def test_who_has_not_declared_is_asked_first(world, sign_in):
    asked = sign_in(Role.HIRING_COMMITTEE).post(address(world, "rate/"), {"value": "3"})
    assert "/declare/" in asked.headers["Location"]
    assert not Rating.objects.exists()


def test_others_ratings_show_in_the_reader_after_the_own(assessed, sign_in):
    rate(assessed.application, 2, actor=assessed.ours.actor(Role.HIRING_MANAGER))
    client, manager = sign_in(Role.HIRING_COMMITTEE), str(assessed.ours.staff[Role.HIRING_MANAGER])
    assert (
        manager not in client.get(address(assessed)).content.decode().split('id="assessment"')[1].split("</section>")[0]
    )
    client.post(address(assessed, "rate/"), {"value": "3"})
    assert manager in client.get(address(assessed)).content.decode().split('id="assessment"')[1].split("</section>")[0]


def test_icons_are_put_and_taken(assessed, sign_in):
    client, icon = sign_in(Role.HIRING_COMMITTEE), CandidateIcon.objects.filter(institution=None).first()
    client.post(address(assessed, "icons/"), {"icon": str(icon.pk)})
    assert [each.icon for each in assessed.application.icons.all()] == [icon]
    client.post(address(assessed, "icons/"), {})
    assert not assessed.application.icons.exists()


def test_answers_ratings_and_comments_stand_together_for_everybody_on_the_case(assessed, sign_in):
    question = ScreeningQuestion.objects.create(
        form=assessed.ours.case.form, kind="FREE_TEXT", text_da="Hvor har du ført tilsyn?", justification="x"
    )
    ScreeningAnswer.objects.create(application=assessed.application, question=question, value="I havnen.")
    manager = sign_in(Role.HIRING_MANAGER)
    manager.post(address(assessed, "rate/"), {"value": "4"})
    comment = {"key": str(uuid.uuid4()), "text": "Skriver klart", "visibility": "COMMITTEE"}
    manager.post(address(assessed, "comment/"), comment)

    for role in (Role.HIRING_COMMITTEE, Role.ASSESSMENT_COMMITTEE, Role.HR_CASEWORK, Role.HIRING_MANAGER):
        client = sign_in(role)
        client.post(address(assessed, "rate/"), {"value": "3"})
        shown = client.get(address(assessed)).content.decode()
        for words in ("I havnen.", "Skriver klart", str(assessed.ours.staff[Role.HIRING_MANAGER])):
            assert words in shown, (role, words)
