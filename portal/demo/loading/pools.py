"""Two talent pools with members who have said yes, one who is asked, and one who is proposed (domain F.3)."""

import datetime as dt

from portal.demo.loading.cases import made
from recruitment import clock
from recruitment.applications.models import Application
from recruitment.lifecycle import make
from recruitment.people.actor import Actor, ActorKind
from recruitment.talent.actions import invite, save_pool
from recruitment.talent.consenting import keep_answers
from recruitment.talent.lifecycle import JOIN
from recruitment.talent.models import TalentPool
from recruitment.talent.proposing import propose

HOUSE = Actor.house("demo")
POOLS = (
    ("R1", "It-specialister", "At kunne skrive til it-folk, når vi søger udviklere og arkitekter til de fælles registre.", "R2", 6),
    ("K2", "Maritime fagfolk", "At kunne skrive til skibsførere, maskinmestre og laboranter, når havnene og laboratoriet mangler folk.", "K2", 3),
)  # fmt: skip
NOTES = (
    "Stærk i databaser, vil gerne til Viborg.",
    "",
    "Kom nummer to; god formidler.",
    "",
    "Vil gerne ned i tid om et år.",
    "",
)


def fill_talent_pools() -> None:
    """Members from the cases, spread over the months behind us, and one more who has been asked."""
    for owner, name, purpose, source, members in POOLS:
        institution = made[owner].institution
        pool = save_pool(
            TalentPool(institution=institution), {"name": name, "purpose": purpose, "months": 12}, actor=HOUSE
        )
        rows = Application.objects.filter(case=made[source], candidate__email__gt="").exclude(
            state__in=["STARTED", "WITHDRAWN", "HIRED"]
        )
        applications = list(rows.select_related("case", "candidate").order_by("received_at")[: members + 1])
        for number, application in enumerate(applications):
            membership = invite(application, pool, actor=HOUSE, note=NOTES[number % len(NOTES)])
            if number < members:
                said = clock.now() - dt.timedelta(days=20 * number + 3)
                until = clock.months_after(said, pool.months)
                make(
                    JOIN,
                    membership,
                    actor=HOUSE,
                    joined_at=said,
                    expires_at=until,
                    **keep_answers(membership, "da", until),
                )
    _propose_the_next()


def _propose_the_next() -> None:
    """The manager of R3 thinks of somebody for the pool; HR has not decided."""
    case = made["R3"]
    pool = TalentPool.objects.filter(institution=case.institution_id).first()
    met = Application.objects.filter(case=case, state="INTERVIEWED").select_related("case", "candidate").first()
    if pool is not None and met is not None and case.hiring_manager is not None:
        manager = Actor(ActorKind.HOUSE, user=case.hiring_manager, errand="demo")
        propose(met, pool, actor=manager, note="Har bygget dataplatforme og er rolig i møder.")
