"""Templates on the screen."""

from recruitment.access.roles import Role
from recruitment.planning.models import PlanTemplate


def test_an_adapted_template_is_saved_on_the_screen(world, client):
    shipped = PlanTemplate.objects.get(code="USUAL")
    client.force_login(world.ours.staff[Role.HR_EXTENDED])
    answer = client.post("/admin/templates/", {"source": shipped.pk, "name": "Vores", "unit": world.ours.unit.pk})
    own = PlanTemplate.objects.get(name_da="Vores")
    assert answer.headers["Location"] == f"/admin/templates/plans/{own.pk}/"

    typed = {
        "name_da": "Vores plan", "active": "on", "is_usual": "on", "steps-TOTAL_FORMS": "2", "steps-INITIAL_FORMS": "0",
        "steps-0-kind": "OTHER", "steps-0-title": "Ring til TR", "steps-0-part": "HR", "steps-0-offset": "-3", "steps-0-anchor": "DEADLINE", "steps-0-ORDER": "2",
        "steps-1-kind": "KICKOFF", "steps-1-part": "MANAGER", "steps-1-offset": "", "steps-1-anchor": "DEADLINE", "steps-1-ORDER": "1",
    }  # fmt: skip
    client.post(answer.headers["Location"], typed)

    assert list(own.activities.values_list("kind", "title", "offset")) == [
        ("KICKOFF", "", 0),
        ("OTHER", "Ring til TR", -3),
    ]
    assert client.post(answer.headers["Location"], {**typed, "steps-0-offset": "mange"}).status_code == 422
