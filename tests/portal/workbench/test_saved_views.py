"""A person's own views of the lists."""

import pytest
from django.core.exceptions import ValidationError

from recruitment.access.roles import Role
from recruitment.people.actions import save_view
from recruitment.people.models import SavedView

SAVE = "/admin/views/cases/save/"


def test_filters_are_saved_under_a_name_and_the_list_leads_back_to_them(world, sign_in):
    client = sign_in(Role.HR_EXTENDED)
    response = client.post(
        SAVE, {"name": "Åbne", "query": "state=ADVERTISED&p=3&order=-deadline&hemmeligt=1", "next": "/admin/cases/?x=1"}
    )

    assert response.headers["Location"] == "/admin/cases/?x=1"
    view = SavedView.objects.get(user=world.ours.staff[Role.HR_EXTENDED])
    assert (view.screen, view.query) == ("cases", "order=-deadline&state=ADVERTISED")
    page = client.get(f"/admin/cases/?{view.query}")
    assert page.context["saved_views"] == [(view, True)]


def test_the_same_name_replaces_and_another_list_has_its_own(world, sign_in):
    client = sign_in(Role.HR_EXTENDED)
    for query in ("state=DRAFT", "state=READY"):
        client.post(SAVE, {"name": "mine" if query == "state=DRAFT" else "MINE", "query": query})
    client.post("/admin/views/applications/save/", {"name": "mine", "query": "unread=on"})

    assert list(SavedView.objects.order_by("screen").values_list("screen", "name", "query")) == [
        ("applications", "mine", "unread=on"), ("cases", "MINE", "state=READY"),
    ]  # fmt: skip


def test_nobody_sees_or_deletes_a_colleagues_view(world, sign_in):
    theirs = save_view(world.ours.staff[Role.HR_CASEWORK], "cases", "Deres", "state=DRAFT")
    client = sign_in(Role.HR_EXTENDED)

    assert client.get("/admin/cases/").context["saved_views"] == []
    assert client.post(f"/admin/views/{theirs.pk}/forget/").status_code == 404
    assert SavedView.objects.filter(pk=theirs.pk).exists()


def test_ones_own_view_is_deleted(world, sign_in):
    view = save_view(world.ours.staff[Role.HR_EXTENDED], "cases", "Min", "state=DRAFT")

    assert sign_in(Role.HR_EXTENDED).post(f"/admin/views/{view.pk}/forget/").status_code == 302
    assert not SavedView.objects.exists()


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_bad_name_is_refused_with_a_message(world, sign_in, name):
    assert sign_in(Role.HR_EXTENDED).post(SAVE, {"name": name, "query": "state=DRAFT"}).status_code == 302
    assert not SavedView.objects.exists()


def test_there_are_only_so_many_views(world):
    user = world.ours.staff[Role.HR_EXTENDED]
    for number in range(SavedView.MOST):
        save_view(user, "cases", f"Nr. {number}", "")

    with pytest.raises(ValidationError) as refusal:
        save_view(user, "cases", "En til", "")
    assert refusal.value.code == "too_many"
    save_view(user, "cases", "nr. 0", "state=DRAFT")


def test_an_unknown_list_has_no_views_and_outsiders_none_at_all(world, sign_in, client):
    assert sign_in(Role.HR_EXTENDED).post("/admin/views/nowhere/save/", {"name": "x"}).status_code == 404
    client.logout()
    client.post(SAVE, {"name": "x", "query": "state=DRAFT"})
    assert not SavedView.objects.exists()


def test_a_list_costs_the_same_with_one_view_and_with_many(world, sign_in, count_queries):
    user = world.ours.staff[Role.HR_EXTENDED]
    sign_in(Role.HR_EXTENDED)
    save_view(user, "cases", "Nr. 0", "state=DRAFT")
    before = count_queries("/admin/cases/")
    for number in range(1, 9):
        save_view(user, "cases", f"Nr. {number}", "")

    assert count_queries("/admin/cases/") == before
