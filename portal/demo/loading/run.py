"""The order in which the demo comes to life."""

import time
from collections.abc import Callable

from django.db import connection, transaction

from portal.demo.loading.applications import apply_to_everything
from portal.demo.loading.assessments import assess_the_fields
from portal.demo.loading.cases import open_cases
from portal.demo.loading.committees import write_assessments
from portal.demo.loading.decisions import decide_and_answer
from portal.demo.loading.fairness import treat_fairly
from portal.demo.loading.handed_over import hand_over_the_hired
from portal.demo.loading.institutions import found_institutions
from portal.demo.loading.interviews import hold_interviews
from portal.demo.loading.letters import write_letters
from portal.demo.loading.looks import dress
from portal.demo.loading.open_call import call_for_open_applications
from portal.demo.loading.people import seat_people
from portal.demo.loading.planning import plan_the_work
from portal.demo.loading.pools import fill_talent_pools
from portal.demo.loading.scenes import play_scenes
from recruitment.organisation.models import Institution

SLUGS = frozenset({"registerstyrelsen", "kysthavn", "limfjordens-universitet"})


class DemoRefused(Exception):
    """The database holds real data."""


@transaction.atomic
def load_demo(say: Callable[[str], None]) -> bool:
    """Load the demo; False when it was there already. All of it or nothing."""
    present = set(Institution.objects.values_list("slug", flat=True))
    if present - SLUGS:
        raise DemoRefused("This database holds institutions of its own; the demo is only loaded into an empty one.")
    if present:
        say("The demo is loaded already.")
        return False
    began = time.monotonic()
    for title, step in (
        ("institutions, units and workplaces", found_institutions),
        ("people and their roles", seat_people),
        ("layouts, templates and standard paragraphs", dress),
        ("cases, forms and ads", open_cases),
        ("a call for open applications", call_for_open_applications),
        ("applications with their papers", apply_to_everything),
        ("the special stories", play_scenes),
        ("plans and tasks", plan_the_work),
        ("what is thought of the applicants", assess_the_fields),
        ("assessments at the university", write_assessments),
        ("interviews", hold_interviews),
        ("decisions, offers and answers", decide_and_answer),
        ("references, hearings, claims and requests", treat_fairly),
        ("talent pools", fill_talent_pools),
        ("hires handed over", hand_over_the_hired),
        ("letters and answers", write_letters),
    ):
        say(f"demo: {title} ...")
        step()
    with connection.cursor() as cursor:
        cursor.execute("analyze")  # the planner reckons with empty tables until autovacuum comes by
    say(f"demo: loaded in {time.monotonic() - began:.0f} s")
    return True
