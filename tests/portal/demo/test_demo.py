"""The demo: exactly the fixture's numbers, safe to load twice, refused beside real data."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction

from portal.demo.loading.counts import STAGES, counts
from recruitment.access.models import CaseMember, RoleAssignment
from recruitment.access.roles import Role
from recruitment.advertising.models import Publication
from recruitment.advertising.queries import public_ads
from recruitment.applications.models import Application
from recruitment.cases.lifecycle import CLOSE
from recruitment.cases.models import RecruitmentCase
from recruitment.decisions.answers import Rejection
from recruitment.decisions.queries import decision_in_force
from recruitment.lifecycle import obstacles
from recruitment.mail.models import Message
from recruitment.organisation.models import Institution
from recruitment.people.actor import Actor
from recruitment.statistics.media import media_response
from recruitment.statistics.slices import Slice
from tests.factories.world import make_employer

HOUSE = Actor.house("test")
# Wagtail leaves a picture's temporary file to the garbage collector when it makes a rendition.
pytestmark = pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """Loaded once for the module, in a transaction that is rolled back at its end."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        call_command("demo", verbosity=0)
        yield
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


def case_of(key: str) -> RecruitmentCase:
    titles = {"R1": "Fuldmægtig med flair for tilsynsjura", "K2": "Laborant til sediment- og vandprøver",
              "K3": "Chefkonsulent i økonomistyring", "L2": "Ph.d.-stipendiat i energisystemer"}  # fmt: skip
    return RecruitmentCase.objects.get(title=titles[key])


@pytest.mark.usefixtures("demo")
class TestDemo:
    """What is there after loading."""

    pytestmark = [pytest.mark.gate, pytest.mark.django_db]

    def test_the_counts_are_the_fixtures(self):
        reached = [Application.objects.filter(stage_reached__gte=stage).count() for stage in (10, 20, 30, 40, 50)]
        wanted = [sum(m[s] for media in counts().values() for m in media.values()) for s in STAGES]

        assert reached == wanted == [372, 77, 45, 41, 5]
        assert sum(p.cost_amount or 0 for p in Publication.objects.all()) == 90_200_00

    def test_media_response_gives_the_numbers_of_the_specification(self):
        one = media_response(HOUSE, Slice(cases=[case_of("R1").pk]))
        four = media_response(HOUSE, Slice(cases=[case_of(key).pk for key in ("R1", "K2", "K3", "L2")]))

        assert (one.total.received, one.total.screened, one.total.invited, one.total.interviewed, one.total.hired) == (
            64,
            13,
            9,
            8,
            1,
        )
        assert one.total.cost == 8_450_00
        assert (four.total.received, four.total.hired, four.total.cost) == (188, 3, 31_250_00)

    def test_every_institution_has_all_nine_roles(self):
        for institution in Institution.objects.all():
            level = set(RoleAssignment.objects.filter(institution=institution).values_list("role", flat=True))
            case = set(CaseMember.objects.filter(case__institution=institution).values_list("role", flat=True))
            assert level | case == set(Role.values)

    def test_eleven_jobs_are_vacant(self):
        assert public_ads().exclude(round__case__case_type="OPEN_APPLICATION").count() == 11

    def test_one_employer_calls_for_open_applications(self):
        (call,) = public_ads().filter(round__case__case_type="OPEN_APPLICATION")

        assert call.round.application_deadline is None
        assert call.headline.startswith("Uopfordret ansøgning")

    def test_closed_cases_could_have_been_closed_today(self):
        for key in ("R1", "K2", "K3", "L2"):
            found = {each.code for each in obstacles(CLOSE, case_of(key))} - {"wrong_state"}
            assert found == set(), key

    def test_a_rejection_that_came_back_went_on_paper(self):
        bounced = Message.objects.get(application__case=case_of("K2"), state="BOUNCED")
        paper = Message.objects.get(application=bounced.application, channel="LETTER")

        assert (paper.state, paper.replaces) == ("SENT", bounced)
        assert bounced.application.answer_delivered_at == paper.sent_at

    def test_the_unfilled_case_answered_those_it_met_in_full(self):
        case = case_of("K3")
        told = Rejection.objects.filter(application__case=case, application__stage_reached__gte=40)

        assert decision_in_force(case).kind == "UNFILLED"
        assert [(row.code, row.is_elaborated) for row in told] == [("REJECTION_AFTER_INTERVIEW_REASONED", True)] * 2

    def test_loading_twice_changes_nothing(self):
        call_command("demo", verbosity=0)

        assert Institution.objects.count() == 3


@pytest.mark.django_db
def test_the_demo_is_refused_beside_real_institutions():
    make_employer("rigtig", "12345678")

    with pytest.raises(CommandError, match="institutions of its own"):
        call_command("demo")
