"""A case from the short form to the approval."""

import datetime as dt

import pytest

from recruitment import clock
from recruitment.access.actions import grant_role
from recruitment.access.models import CaseMember
from recruitment.access.roles import Role
from recruitment.cases.adapting import name_states
from recruitment.cases.lifecycle import APPROVE
from recruitment.cases.models import RecruitmentCase
from recruitment.lifecycle import obstacles
from recruitment.organisation.classification import Classification
from tests.factories.world import HOUSE, make_case


def in_days(days: int, time: str = "23:59") -> str:
    return f"{(dt.datetime.now(clock.COPENHAGEN) + dt.timedelta(days=days)):%Y-%m-%d}T{time}"


def short_form(world, **changes) -> dict:
    employer = world.ours
    return {
        "title": "Studenterhjælp", "unit": str(employer.unit.pk), "positions_count": "2", "working_time": "PART_TIME",
        "weekly_hours_max": "15", "employment_duration": "PERMANENT", "start_asap": "on", "deadline": in_days(21),
        "position_category": str(Classification.objects.filter(scheme="POSITION_CATEGORY").first().pk),
        "collective_agreements": [str(Classification.objects.get(scheme="COLLECTIVE_AGREEMENT", code="ac").pk)],
        "workplaces": [str(employer.workplace.pk)], "employment_area": "Styrelsen", "pay_placement_text": "Efter overenskomst",
        "postal_application_address": "Torvet 1, 8800 Viborg", "manager_email": "ny.leder@ours.example", "members": "a@ours.example\nb@ours.example",
        "tasks": "Passe telefonen\nSkrive referat", "competences": "Venlig i telefonen", "contacts-TOTAL_FORMS": "1",
        "contacts-INITIAL_FORMS": "0", "contacts-0-name": "Anders", "contacts-0-phone": "+45 00 00 00 02", "contacts-0-publish_in_ad": "on",
        **changes,
    }  # fmt: skip


def test_one_short_form_makes_a_case_that_only_has_to_be_approved(world, sign_in):
    response = sign_in(Role.HR_EXTENDED).post("/admin/cases/new/", short_form(world))

    case = RecruitmentCase.objects.get(title="Studenterhjælp")
    assert response.headers["Location"] == f"/admin/cases/{case.pk}/"
    assert obstacles(APPROVE, case) == []
    assert case.hiring_manager.email == "ny.leder@ours.example"
    assert set(CaseMember.objects.filter(case=case, role=Role.HIRING_COMMITTEE).values_list("user__email", flat=True)) == {
        "a@ours.example", "b@ours.example",
    }  # fmt: skip
    assert (case.weekly_hours_min, case.positions_count) == (15, 2)
    assert clock.shown(case.rounds.get().application_deadline).strftime("%H:%M") == "23:59"


def test_hr_with_limited_rights_makes_a_case_and_may_go_on_with_it(world, sign_in):
    client = sign_in(Role.HR_LIMITED)
    response = client.post("/admin/cases/new/", short_form(world))

    assert client.get(response.headers["Location"]).status_code == 200


@pytest.mark.parametrize("role", [Role.HR_CASEWORK, Role.COMMUNICATIONS, Role.ADMINISTRATOR, Role.HIRING_MANAGER])
def test_others_may_not_make_a_case(world, sign_in, role):
    response = sign_in(role).post("/admin/cases/new/", short_form(world))

    assert response.status_code == 403
    assert not RecruitmentCase.objects.filter(title="Studenterhjælp").exists()


def test_the_unit_of_another_institution_cannot_be_chosen(world, sign_in):
    response = sign_in(Role.HR_EXTENDED).post("/admin/cases/new/", short_form(world, unit=str(world.theirs.unit.pk)))

    assert response.status_code == 422
    assert not RecruitmentCase.objects.filter(title="Studenterhjælp").exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("deadline", "2027-03-28T02:30"),
        ("deadline", "i morgen"),
        ("positions_count", "0"),
        ("members", "ikke en adresse"),
        ("contacts-0-phone", ""),
        ("weekly_hours_max", "mange"),
    ],
)
def test_bad_input_is_answered_with_everything_typed_kept(world, sign_in, field, value):
    response = sign_in(Role.HR_EXTENDED).post("/admin/cases/new/", short_form(world, **{field: value}))

    shown = response.content.decode()
    assert response.status_code == 422
    assert 'class="error-message"' in shown
    assert 'value="Studenterhjælp"' in shown
    assert "Passe telefonen" in shown
    assert value in shown
    assert not RecruitmentCase.objects.filter(title="Studenterhjælp").exists()


def test_a_deadline_in_the_hour_that_comes_twice_is_the_later_of_the_two(world, sign_in):
    sign_in(Role.HR_EXTENDED).post("/admin/cases/new/", short_form(world, deadline="2027-10-31T02:30"))

    deadline = RecruitmentCase.objects.get(title="Studenterhjælp").rounds.get().application_deadline
    assert deadline == dt.datetime(2027, 10, 31, 1, 31, tzinfo=dt.UTC)


def edit_form(client, case) -> dict:
    form = client.get(f"/admin/cases/{case.pk}/edit/").context["form"]
    typed = {}
    for bound in form:
        value = bound.value()
        if value in (None, False, ""):
            continue
        typed[bound.name] = [str(getattr(v, "pk", v)) for v in value] if isinstance(value, list) else value
    if form["deadline"].value():
        typed["deadline"] = form["deadline"].value().strftime("%Y-%m-%dT%H:%M")
    return typed | {
        "contacts-TOTAL_FORMS": "1",
        "contacts-INITIAL_FORMS": "0",
        "contacts-0-name": "Bente",
        "contacts-0-email": "b@x.example",
    }


def test_the_facts_can_be_changed_and_saved_again(world, sign_in):
    case = make_case(world.ours)
    client = sign_in(Role.HR_EXTENDED)
    typed = edit_form(client, case) | {
        "title": "Chefkonsulent",
        "interview_dates": "10-12-2026, 11.12.2026",
        "pay_min": "500000",
    }

    response = client.post(f"/admin/cases/{case.pk}/edit/", typed)

    assert response.status_code == 302, response.context["form"].errors
    case.refresh_from_db()
    assert (case.title, case.pay_min, len(case.interview_dates)) == ("Chefkonsulent", 500_000, 2)
    assert case.contacts.get().name == "Bente"
    assert client.post(f"/admin/cases/{case.pk}/edit/", edit_form(client, case)).status_code == 302


def test_an_open_deadline_cannot_be_moved_forward_and_the_words_stay(world, sign_in):
    client = sign_in(Role.HR_EXTENDED)
    typed = edit_form(client, world.ours.case) | {"title": "Ny titel", "deadline": in_days(2)}

    response = client.post(f"/admin/cases/{world.ours.case.pk}/edit/", typed)

    assert response.status_code == 422
    assert 'value="Ny titel"' in response.content.decode()
    world.ours.case.refresh_from_db()
    assert world.ours.case.title == "Fuldmægtig"


@pytest.mark.parametrize("role", [Role.HR_CASEWORK, Role.HIRING_MANAGER, Role.COMMUNICATIONS])
def test_others_may_not_change_the_facts(world, sign_in, role):
    assert sign_in(role).post(f"/admin/cases/{world.ours.case.pk}/edit/", {"title": "X"}).status_code == 403


def test_the_fields_have_the_ids_that_links_lead_to(world, sign_in):
    shown = sign_in(Role.HR_EXTENDED).get(f"/admin/cases/{world.ours.case.pk}/edit/").content.decode()

    for name in (
        "pay_placement_text",
        "workplaces",
        "collective_agreements",
        "deadline",
        "short_period_reason",
        "contacts",
        "start_date",
        "hiring_manager",
        "hr_responsible",
        "postal_application_address",
    ):
        assert f'id="id_{name}"' in shown, name


def test_the_overview_tells_what_blocks_the_next_step_and_where_it_is_mended(world, sign_in):
    case = make_case(world.ours, weekly_hours_max=None)
    client = sign_in(Role.HR_EXTENDED)

    assert (
        f"/admin/cases/{case.pk}/edit/#id_weekly_hours_max" in client.get(f"/admin/cases/{case.pk}/").content.decode()
    )
    refused = client.post(f"/admin/moves/case/{case.pk}/approve/")

    assert refused.status_code == 422
    assert f"/admin/cases/{case.pk}/edit/#id_weekly_hours_max" in refused.content.decode()
    case.refresh_from_db()
    assert case.state == "DRAFT"


def test_a_move_is_confirmed_and_then_made(world, sign_in):
    case = make_case(world.ours)
    client = sign_in(Role.HR_EXTENDED)
    assert client.get(f"/admin/moves/case/{case.pk}/approve/").status_code == 200

    response = client.post(f"/admin/moves/case/{case.pk}/approve/")

    assert response.headers["Location"] == f"/admin/cases/{case.pk}/"
    case.refresh_from_db()
    assert case.state == "READY"


def test_a_case_is_cancelled_with_a_reason_only(world, sign_in):
    case = make_case(world.ours)
    client = sign_in(Role.HR_EXTENDED)

    assert client.post(f"/admin/moves/case/{case.pk}/cancel/", {"reason": " "}).status_code == 422
    client.post(f"/admin/moves/case/{case.pk}/cancel/", {"reason": "Stillingen spares"})

    case.refresh_from_db()
    assert (case.state, case.outcome) == ("CLOSED", "CANCELLED")


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.HR_CASEWORK, 403), (Role.HIRING_MANAGER, 403), (Role.COMMUNICATIONS, 404), (Role.HR_LIMITED, 404)],
)
def test_a_move_is_made_by_those_with_the_right_only(world, sign_in, role, status):
    case = make_case(world.ours)
    assert sign_in(role).post(f"/admin/moves/case/{case.pk}/approve/").status_code == status
    assert sign_in(role).get(f"/admin/moves/case/{case.pk}/no_such_move/").status_code == 404


def test_the_list_is_filtered_and_sorted_in_the_address(world, sign_in):
    make_case(world.ours, title="Kontorchef")
    make_case(world.ours, title="Laborant", days=5)
    client = sign_in(Role.HR_EXTENDED)

    def titles(query):
        return [case.title for case in client.get(f"/admin/cases/?{query}").context["page"]]

    assert titles("q=labo") == ["Laborant"]
    assert titles("state=ADVERTISED") == ["Fuldmægtig"]
    assert titles("order=title") == ["Fuldmægtig", "Kontorchef", "Laborant"]
    assert titles("order=deadline")[0] == "Laborant"
    assert titles(f"responsible={world.ours.staff[Role.HR_CASEWORK].pk}") == []
    assert titles("state=nonsense&after=nonsense") == titles("")


def test_the_list_costs_the_same_for_one_case_and_for_many(world, sign_in, count_queries):
    sign_in(Role.HR_EXTENDED)
    before = count_queries("/admin/cases/")
    for _ in range(4):
        make_case(world.ours, actor=HOUSE)

    assert count_queries("/admin/cases/") == before


def test_the_list_is_narrowed_by_a_state_under_the_institutions_own_name(world, sign_in):
    draft = make_case(world.ours)
    name_states(world.ours.institution, {"DRAFT": ("Under forberedelse", "In preparation")}, actor=HOUSE)
    name_states(world.theirs.institution, {"DRAFT": ("Deres kladder", "Their drafts")}, actor=HOUSE)

    page = sign_in(Role.HR_EXTENDED).get("/admin/cases/", {"state": "DRAFT"})

    names = dict(page.context["search"].fields["state"].choices)
    assert (names["DRAFT"], names["READY"]) == ("Under forberedelse", "godkendt")
    assert list(page.context["page"].object_list) == [draft]
    assert "Under forberedelse" in page.content.decode().split("<tbody>")[1]


def test_who_works_for_two_institutions_reads_both_names_of_a_state(world, client):
    name_states(world.ours.institution, {"DRAFT": ("Under forberedelse", "In preparation")}, actor=HOUSE)
    name_states(world.theirs.institution, {"DRAFT": ("Udkast", "Sketch")}, actor=HOUSE)
    both = world.ours.staff[Role.HR_EXTENDED]
    grant_role(both, Role.HR_EXTENDED, institution=world.theirs.institution, unit=world.theirs.unit, actor=HOUSE)
    drafts = {make_case(world.ours).pk, make_case(world.theirs).pk}
    client.force_login(both)

    page = client.get("/admin/cases/", {"state": "DRAFT"})

    assert set(dict(page.context["search"].fields["state"].choices)["DRAFT"].split(" / ")) == {
        "Under forberedelse",
        "Udkast",
    }
    assert {case.pk for case in page.context["page"].object_list} == drafts
