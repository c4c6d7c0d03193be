"""What the list of a case's applicants costs with nobody, with ten and with five hundred of them: `python -m benchmarks.candidates`.

CPU of this process per request through the whole of Django, as HR sees the list with its usual columns; the least of many rounds.
"""

from django.test import Client

from benchmarks.ground import cheapest, scratch
from recruitment.access.roles import Role
from recruitment.applications.models import Application
from tests.factories.assessing import apply_many, to_assessment
from tests.factories.world import make_world

ROUNDS = 7
SIZES = (0, 10, 100, 500)


def main() -> None:
    """The list and how it grows."""
    with scratch():
        world = to_assessment(make_world())
        ours = world.ours
        client = Client()
        client.force_login(ours.staff[Role.HR_EXTENDED])
        address = f"/admin/cases/{ours.case.pk}/applications/"
        least = 0.0
        for size in SIZES:
            present = Application.objects.filter(case=ours.case).count()
            if size == 0:
                Application.objects.filter(case=ours.case).update(state="STARTED")
            else:
                Application.objects.filter(case=ours.case, state="STARTED").update(state="UNDER_REVIEW")
                apply_many(ours, size - present)
            if client.get(address).status_code != 200:
                raise SystemExit(address)
            cost = cheapest(lambda: client.get(address), ROUNDS)[0]
            least = least or cost
            print(f"{size:4} applicants: {cost:7.1f} ms, {cost / least:4.1f} times the empty list")


if __name__ == "__main__":
    main()
