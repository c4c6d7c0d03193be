"""Rows for assessments: a case whose deadline has passed, several applicants, and quick hands for raters."""

from types import SimpleNamespace

from django.db import connection

from recruitment.access.actions import seat_member
from recruitment.access.roles import Role
from recruitment.applications.models import Application, ApplicationState
from recruitment.applications.reference import new_reference
from recruitment.cases.models import CaseState
from recruitment.people.actor import Actor
from recruitment.people.models import Candidate, User
from tests.factories.world import HOUSE, Employer, declare, declare_all, make_user

MANY = 100


def to_assessment(world: SimpleNamespace, more: int = 0) -> SimpleNamespace:
    """Ours is being assessed: everybody has declared, the application is under review, with so many others beside it."""
    ours = world.ours
    declare_all(ours)
    type(ours.case).objects.filter(pk=ours.case.pk).update(state=CaseState.ASSESSING)
    ours.case.refresh_from_db()
    Application.objects.filter(case=ours.case).update(state=ApplicationState.UNDER_REVIEW)
    world.application.refresh_from_db()
    world.others = apply_many(ours, more)
    return world


def apply_many(employer: Employer, number: int) -> list[Application]:
    """Received applications in two statements. The planner is told of many, as autovacuum would: else it reckons with none."""
    round_, first = employer.round, Application.objects.get(case=employer.case, candidate__family_name="Holm")
    people = Candidate.objects.bulk_create(
        [Candidate(given_name="Søger", family_name=f"Nr{n:03d}", email=f"s{n}@ansoeger.example") for n in range(number)]
    )
    rows = Application.objects.bulk_create(
        [
            Application(
                reference=new_reference(), candidate=person, case=employer.case, round=round_,
                state=ApplicationState.UNDER_REVIEW, stage_reached=10, received_at=first.received_at, language="da",
            )
            for person in people
        ]
    )  # fmt: skip
    if number >= MANY:
        with connection.cursor() as cursor:
            cursor.execute("analyze recruitment_application, recruitment_candidate")
    return rows


def seat_rater(employer: Employer, name: str, *, chair: bool = False) -> User:
    """One more on the hiring committee, who has declared."""
    user = make_user(f"{name}@{employer.institution.slug}.example")
    seat_member(employer.case, user, Role.HIRING_COMMITTEE, actor=HOUSE, is_chair=chair)
    declare(employer.case, user)
    return user


def as_(user: User) -> Actor:
    """A fresh actor."""
    return Actor.person(user)
