"""The layout editor: what is written is checked line by line, looked at on real ads, and worn by the ads it holds for."""

import pytest
from django.core.exceptions import ValidationError

from portal.pages.layouts import AdLayout
from portal.pages.models import JobAdPage
from portal.pages.new_ad import NewAdForm, begin_ad
from portal.pages.shipped import codes, contents, copied, load
from recruitment.access.roles import Role
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.moving import approve_case
from tests.factories.world import HOUSE, make_case
from tests.portal.pages.designs.attacks import CSS, XSS
from tests.portal.pages.designs.test_markup import WHOLE, is_harmless
from tests.portal.pages.test_libraries import LAYOUTS, look
from tests.portal.pages.test_publishing import BODY


@pytest.fixture
def writer(world, client):
    client.force_login(world.ours.staff[Role.COMMUNICATIONS])
    return client


@pytest.fixture
def own(world):
    layout = AdLayout.objects.create(name="Vores", institution=world.ours.institution)
    layout.save_revision().publish()
    return layout


def form_of(layout, **changes):
    return look(layout, institution=str(layout.institution_id), name=layout.name, **changes)


def publish(case, layout=None):
    page = begin_ad(RecruitmentCase.objects.get(pk=case.pk), "da", actor=HOUSE, layout=layout)
    page.intro, page.body = "Vil du være med?", BODY
    page.save_revision().publish()
    return JobAdPage.objects.get(pk=page.pk)


def article(shown):
    return shown.split("<article", 1)[1].split("</article>", 1)[0].split(">", 1)[1]


def test_a_written_layout_is_saved_published_and_worn(world, own, writer, client):
    answer = writer.post(
        f"{LAYOUTS}/edit/{own.pk}/", form_of(own, markup=WHOLE, css="h1 { color: #123456; }") | {"action-publish": "1"}
    )
    page = publish(approve_case(make_case(world.ours), actor=HOUSE), AdLayout.objects.get(pk=own.pk))
    client.logout()

    shown = client.get(page.url).content.decode()
    stylesheet = client.get(f"/layout/{own.pk}/1.css").content.decode()

    assert answer.status_code == 302
    assert f'<article class="ad ad--designed" data-layout="{own.pk}">' in shown
    assert "<h1>Fuldmægtig</h1>" in article(shown)
    assert article(shown).count("/soeg/") == 1
    assert f'article.ad[data-layout="{own.pk}"] h1{{color:#123456}}' in stylesheet


def test_a_draft_of_a_layout_changes_no_ad(world, own, writer, client):
    page = publish(approve_case(make_case(world.ours), actor=HOUSE), own)
    before = client.get(f"/layout/{own.pk}/1.css").content

    writer.post(f"{LAYOUTS}/edit/{own.pk}/", form_of(own, accent="#8a1538", markup=WHOLE))

    own.refresh_from_db()
    assert own.has_unpublished_changes
    assert client.get(f"/layout/{own.pk}/1.css").content == before
    assert "ad--designed" not in client.get(page.url).content.decode()


def test_faults_stand_at_their_fields_with_their_lines_and_nothing_typed_is_lost(own, writer):
    typed = {"markup": WHOLE + "\n{{ ad.salary }}", "css": "h1 {\n  position: fixed;\n}"}

    answer = writer.post(f"{LAYOUTS}/edit/{own.pk}/", form_of(own, **typed))

    form = answer.context["form"]
    assert {field: [error.code for error in errors] for field, errors in form.errors.as_data().items()} == {
        "markup": ["unknown_field"], "css": ["position"],
    }  # fmt: skip
    assert "8" in form.errors["markup"][0]
    assert "2" in form.errors["css"][0]
    assert (form["markup"].value(), form["css"].value()) == (typed["markup"], typed["css"])


def test_no_attack_gets_past_the_editor(own, writer):
    """By the form of the live preview, which is the editor's and quicker to answer; two of them by the editor itself."""
    sources = [{"markup": WHOLE + attack} for attack in XSS] + [{"css": attack} for attack in CSS[::10]]
    passed = [
        source
        for source in sources
        if writer.post(f"{LAYOUTS}/preview/{own.pk}/", form_of(own, **source)).json()["is_valid"]
    ]
    kept = [
        writer.post(f"{LAYOUTS}/edit/{own.pk}/", form_of(own, **source)).status_code == 302
        for source in (sources[0], sources[-1])
    ]

    own.refresh_from_db()
    assert (passed, kept) == ([], [False, False])
    assert writer.post(f"{LAYOUTS}/preview/{own.pk}/", form_of(own, markup=WHOLE)).json()["is_valid"]
    assert len(XSS) >= 40
    assert (own.markup, own.css, own.has_unpublished_changes) == ("", "", False)


def test_what_was_kept_around_the_editor_is_harmless_all_the_same(world, own, client):
    AdLayout.objects.filter(pk=own.pk).update(markup=WHOLE + "".join(XSS), css="h2{color:red}\n" + "".join(CSS[:5]))
    page = publish(approve_case(make_case(world.ours), actor=HOUSE), AdLayout.objects.get(pk=own.pk))

    shown = article(client.get(page.url).content.decode())
    stylesheet = client.get(f"/layout/{own.pk}/1.css").content.decode()

    designed_by_staff = shown.split("Sådan behandler vi dine oplysninger", 1)[1]
    assert is_harmless(designed_by_staff.split("</p>", 1)[1])
    assert "evil" not in stylesheet


@pytest.mark.parametrize("broken", ["{% if %}", "{{ ad.title | shout }}", "{% for a in facts %}" * 20])
def test_an_ad_whose_template_has_stopped_working_is_shown_plain(world, own, client, broken):
    AdLayout.objects.filter(pk=own.pk).update(markup=WHOLE + broken)
    page = publish(approve_case(make_case(world.ours), actor=HOUSE), AdLayout.objects.get(pk=own.pk))

    shown = client.get(page.url)

    assert shown.status_code == 200
    assert 'class="ad ad--band"' in shown.content.decode()
    assert "/soeg/" in shown.content.decode()


def test_a_layout_is_looked_at_on_ads_that_one_may_see(world, own, writer):
    page = publish(approve_case(make_case(world.ours), actor=HOUSE))
    theirs = publish(approve_case(make_case(world.theirs), actor=HOUSE))
    opened = writer.get(f"{LAYOUTS}/edit/{own.pk}/").content.decode()

    sent = writer.post(
        f"{LAYOUTS}/preview/{own.pk}/?mode=ad-{page.pk}", form_of(own, markup=WHOLE, css="h1{color:#654321}")
    )
    seen = writer.get(f"{LAYOUTS}/preview/{own.pk}/?mode=ad-{page.pk}").content.decode()
    other = writer.get(f"{LAYOUTS}/preview/{own.pk}/?mode=ad-{theirs.pk}")
    sample = writer.get(f"{LAYOUTS}/preview/{own.pk}/?mode=en").content.decode()

    assert f'value="ad-{page.pk}"' in opened
    assert f"ad-{theirs.pk}" not in opened
    assert sent.json()["is_valid"]
    assert "ad--designed" in seen
    assert "#654321" in seen
    assert "<h1>Fuldmægtig</h1>" in seen
    assert "Agency theirs" not in other.content.decode()
    assert world.theirs.case.case_number not in other.content.decode()
    assert "Head of section with a flair for supervision" in sample


def test_a_layout_goes_through_the_institutions_own_workflow(world, own, writer):
    writer.post(f"{LAYOUTS}/edit/{own.pk}/", form_of(own, accent="#8a1538") | {"action-submit": "1"})

    own.refresh_from_db()
    assert own.current_workflow_state.workflow.name == f"ads:{world.ours.institution.slug}"
    assert own.accent == "#0b4a6f"


def test_the_unit_wins_over_the_institution_and_that_over_everybody(world):
    case, institution = world.ours.case, world.ours.institution
    make = AdLayout.objects.create
    page = begin_ad(case, "da", actor=HOUSE)
    found = []
    for fields in (
        {}, {"institution": institution}, {"institution": institution, "unit": world.ours.top},
        {"institution": institution, "unit": world.ours.unit},
    ):  # fmt: skip
        layout = make(name=str(len(found)), is_usual=True, **fields)
        found.append(JobAdPage.objects.get(pk=page.pk).current_layout == layout)
    make(name="deres", is_usual=True, institution=world.theirs.institution)
    make(name="naboens", is_usual=True, institution=institution, unit=world.ours.sibling)
    make(name="ikke den sædvanlige", institution=institution, unit=world.ours.unit)
    make(name="en kladde", is_usual=True, institution=institution, unit=world.ours.unit, live=False)
    found.append(JobAdPage.objects.get(pk=page.pk).current_layout.name == "3")

    assert found == [True] * 5


def test_a_unit_is_one_of_the_institutions_own(world):
    with pytest.raises(ValidationError) as refused:
        AdLayout(name="x", institution=world.ours.institution, unit=world.theirs.unit).full_clean()

    assert refused.value.error_dict["unit"][0].code == "unit"


def test_only_ones_own_units_are_offered(world, own, writer):
    units = writer.get(f"{LAYOUTS}/edit/{own.pk}/").context["form"].fields["unit"].queryset

    assert set(units) == {world.ours.unit, world.ours.sibling}


def test_blocks_follow_the_layouts_order_and_wear_its_styles(world, own, client):
    own.arrangement = [("place", {"kind": "contact", "style": "card"}), ("place", {"kind": "tasks", "style": "steps"})]
    own.save()
    page = publish(approve_case(make_case(world.ours), actor=HOUSE), own)

    shown = client.get(page.url).content.decode()

    order = [shown.index(f"ad-block--{kind}") for kind in ("contact", "tasks", "profile")]
    assert order == sorted(order)
    assert 'class="ad-block ad-block--card ad-block--contact"' in shown
    assert 'class="ad-block ad-block--steps ad-block--tasks"' in shown


def test_six_layouts_ship_without_a_fault_and_are_there_from_the_start(world):
    shipped = AdLayout.objects.exclude(shipped_code="")

    assert len(codes()) == 6
    assert sorted(shipped.values_list("shipped_code", flat=True)) == codes()
    assert [layout for layout in shipped if not layout.live or layout.institution_id] == []
    for code in codes():
        layout = AdLayout(**contents(code))
        layout.full_clean()
        assert layout.is_designed


def test_loading_again_changes_nothing_and_brings_back_a_changed_file(world):
    load()  # the database may have been made before a file was changed
    before = dict(AdLayout.objects.values_list("pk", "latest_revision"))
    own = copied("kaj", world.ours.institution, "Vores kaj", accent="#8a1538")

    load()
    assert dict(AdLayout.objects.exclude(pk=own.pk).values_list("pk", "latest_revision")) == before

    AdLayout.objects.filter(shipped_code="kaj").update(css="")
    load()

    assert AdLayout.objects.get(shipped_code="kaj").css == contents("kaj")["css"]
    own.refresh_from_db()
    assert (own.accent, own.css) == ("#8a1538", contents("kaj")["css"])


def test_communications_of_another_institution_may_neither_see_nor_use_a_layout(world, own, client):
    theirs = world.theirs.actor(Role.COMMUNICATIONS)
    page = begin_ad(world.theirs.case, "da", actor=HOUSE)
    client.force_login(world.theirs.staff[Role.COMMUNICATIONS])

    asked = NewAdForm(theirs, {"case": str(world.theirs.case.pk), "language": "da", "layout": str(own.pk)})
    editor = client.get(f"/admin/pages/{page.pk}/edit/").context["form"]

    assert "layout" in asked.errors
    assert own not in editor.fields["layout"].queryset
    for address in (f"edit/{own.pk}/", f"preview/{own.pk}/", f"history/{own.pk}/", f"copy/{own.pk}/"):
        assert client.get(f"{LAYOUTS}/{address}").status_code == 404
    assert client.post(f"{LAYOUTS}/preview/{own.pk}/?mode=da", form_of(own, markup=WHOLE)).status_code == 404


def test_a_layout_of_a_unit_is_not_taken_for_a_case_of_its_neighbour(world, own):
    AdLayout.objects.filter(pk=own.pk).update(unit=world.ours.sibling)
    asked = {"case": str(world.ours.case.pk), "language": "da", "layout": str(own.pk)}

    form = NewAdForm(world.ours.actor(Role.COMMUNICATIONS), asked)

    assert form.errors.as_data()["layout"][0].code == "unit"
