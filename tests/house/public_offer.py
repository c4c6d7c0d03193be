"""The applicant's page of an offer, in its states."""

from types import SimpleNamespace

from recruitment import clock
from recruitment.applications.models import Application
from recruitment.decisions.models import HiringDecision, Offer
from tests.house.walking import Visitor


def be_offered(visitor: Visitor, world: SimpleNamespace, received: Application) -> None:
    """An offer that is read, nearly accepted, and has been declined; the application is then as it was before."""
    decision, _made = HiringDecision.objects.get_or_create(case=world.ours.case, version=1)
    offer = Offer.objects.create(application=received, decision=decision, terms="Kr. 42.000", answer_by=clock.today())
    before = received.state
    Application.objects.filter(pk=received.pk).update(state="OFFERED")
    visitor.open(f"/mine/{received.pk}/", "one application, offered")
    visitor.open(f"/mine/{received.pk}/tilbud/", "offer")
    visitor.press("main form button[value=accept]", "offer, about to say yes")
    visitor.open(f"/mine/{received.pk}/tilbud/", "offer, once more")
    visitor.press("main form button[value=decline]", "offer, about to say no")
    Offer.objects.filter(pk=offer.pk).update(answer="DECLINED", answered_at=clock.now())
    Application.objects.filter(pk=received.pk).update(state=before)
    visitor.open(f"/mine/{received.pk}/tilbud/", "offer, declined")
