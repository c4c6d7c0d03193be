"""Every screen of the workbench and the Wagtail screens that our roles meet, each with a role that may see it."""

import datetime as dt
import io
from types import SimpleNamespace
from urllib.parse import urlsplit

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.models import Collection

from portal.pages.guidelines import Guideline
from portal.pages.layouts import AdLayout, ContentTemplate, StandardText
from portal.pages.models import PortalImage
from portal.pages.shipped import contents
from recruitment import clock
from recruitment.access.roles import Role
from recruitment.advertising.models import MediaListEntry, Medium, Publication
from recruitment.advertising.reviews.actions import ask_colleague, comment, token_of
from recruitment.cases.adapted import ProfileField, SubStage
from recruitment.cases.copying import keep_as_template
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.profiling import edit_profile
from recruitment.channels.models import Connection, Delivery
from recruitment.channels.secrets import seal
from recruitment.decisions.answers import PhoneLog
from recruitment.decisions.models import (
    AnswerPromise,
    DecidedApplicant,
    HiringDecision,
    Offer,
    Recommendation,
    RecommendedApplicant,
)
from recruitment.documents.models import Document, DocumentPage
from recruitment.people.actions import make_api_client
from recruitment.planning.analysis import answer, ask_about_job, link_of
from recruitment.planning.own import keep_absence
from tests.factories.world import HOUSE, advertise, declare, declare_all, make_application, make_case
from tests.house.public_pages import publish
from tests.house.walking import Visitor
from tests.journeys.questions import ask_everything
from tests.portal.workbench.addresses import OPEN_TO, own_addresses

HR, ADMIN, WRITER = Role.HR_EXTENDED, Role.ADMINISTRATOR, Role.COMMUNICATIONS
FITTING = (HR, ADMIN, WRITER)
FILES = {
    "letter_pdf",
    "original",
    "page_image",
    "case_dates",
    "package_file",
    "hand_over_file",
}  # answers that are no pages
SAVE = ".workbench form:has(input[name=csrfmiddlewaretoken]) button.button[type=submit]:not([name=row])"


def furnish(world: SimpleNamespace) -> SimpleNamespace:
    """The small world, in which every screen has something to show; a second case is a draft with an open form."""
    ours = world.ours
    declare_all(ours)
    ask_everything(ours.case)
    world.picture = _picture(ours.institution.slug)
    world.page = publish(world, ours.case, "da")
    StandardText.objects.update(body="<p>Nye ord, som opslaget ikke har taget.</p>")
    type(ours.workplace).objects.filter(pk=ours.workplace.pk).update(city="Viborg By")
    world.draft = make_case(ours, title="Studentermedhjælper")
    ask_everything(world.draft)
    world.question = world.draft.form.questions.first()
    again = make_case(ours, title="Kontorchef")
    advertise(again)
    make_application(again.rounds.get())
    _decide(world, again)
    _plan(world)
    world.guideline = Guideline.objects.create(name="Tone", body="<p>Klar.</p>", institution=ours.institution)
    world.review = ask_colleague(
        ours.case, page_id=world.page.pk, language="da", of=ours.staff[WRITER], note="Er ordene rigtige?", actor=HOUSE
    )
    comment(world.review, "Skriv om rejser.", actor=ours.actor(WRITER))
    world.layout = AdLayout.objects.create(institution=ours.institution, **contents("kaj"))
    world.template = ContentTemplate.objects.create(name="Fuldmægtig", institution=ours.institution)
    world.standard = StandardText.objects.create(
        name="Mangfoldighed", body="<p>Alle.</p>", institution=ours.institution
    )
    world.client, _secret = make_api_client("Lønsystemet", scopes=["cases:read"], institutions=[ours.institution])
    _connect(world)
    world.document = world.application.documents.get()
    world.document.file.save("cv", ContentFile(b"%PDF-1.4 x"))
    Document.objects.filter(pk=world.document.pk).update(scan_state="NOT_SCANNED", render_state="READY", text="Mit cv.")
    world.document_page = DocumentPage(document=world.document, number=1, width=60, height=80)
    world.document_page.image.save("page", ContentFile(_drawn("WEBP", (60, 80))))
    return world


def _connect(world: SimpleNamespace) -> None:
    """A program of the employer's that does not answer any more, in the middle of a change of its secret."""
    ours, now = world.ours, clock.now()
    medium = Medium.objects.create(
        code="PROGRAM", name_da="Vores program", kind="OTHER", institution=ours.institution, adapter="webhook"
    )
    world.webhook = MediaListEntry.objects.create(institution=ours.institution, medium=medium)
    Connection.objects.create(
        entry=world.webhook, address="https://program.example/", secret=seal("whsec_eA=="), secret_made_at=now, former_secret=seal("whsec_eQ=="),
        former_until=now + dt.timedelta(days=7), used_at=now, failures=6, failing_since=now, paused_until=now + dt.timedelta(minutes=5),
    )  # fmt: skip
    publication = Publication.objects.create(round=ours.round, medium=medium, state="LIVE", live_at=now)
    for fields in ({"state": "DONE", "words": "{}", "settled_at": now, "repeated_at": now}, {"state": "WAITING", "act": "UPDATE", "deadline_moved": True, "error": "500"}):  # fmt: skip
        Delivery.objects.create(**{"publication": publication, "act": "CREATE", "reference": "a", "tries": 1, **fields})


def _plan(world: SimpleNamespace) -> None:
    """Something to do, somebody away, answers about the job, a template, a stage, and a profile that has changed since."""
    ours, hr = world.ours, world.ours.staff[HR]
    ours.case.plan.activities.filter(kind="ROOMS_BOOKED").update(
        responsible=hr, done_at=None, due_date=clock.today() - dt.timedelta(days=3), note="Mødelokale 2."
    )
    keep_absence(hr, ours.institution, begins=clock.today(), ends=clock.today() + dt.timedelta(days=40), actor=HOUSE)
    asked, waiting = ask_about_job(ours.case, ["ida@andetsted.example", "bo@andetsted.example"], actor=HOUSE)
    answer(asked, {"tasks": "Føre tilsyn\nHolde oplæg", "personal": "Tålmodig", "remarks": "Intet."}, name="Ida")
    world.link = link_of(waiting)
    keep_as_template(ours.case, ours.unit, actor=HOUSE, name="Fuldmægtig")
    SubStage.objects.create(institution=ours.institution, state="ADVERTISED", label_da="Hos direktionen")
    ProfileField.objects.create(institution=ours.institution, label_da="Sikkerhedsgodkendelse", position=20)
    edit_profile(ours.case, actor=HOUSE, fields={"tasks": "Føre tilsyn\nHolde oplæg"})


def _decide(world: SimpleNamespace, case: RecruitmentCase) -> None:
    """A case that is about to close: somebody has said yes, somebody gets a letter, somebody was called, and a promise is broken."""
    hr, world.decided = world.ours.staff[HR], case
    declare(case, hr)
    rows = [
        *case.applications.all(),
        *(make_application(case.rounds.get(), email=f"{n}@ansoeger.example") for n in "ab"),
    ]
    for row, state in zip(rows, ("OFFERED", "UNDER_REVIEW", "REJECTED"), strict=True):
        type(row).objects.filter(pk=row.pk).update(state=state, first_opened_at=clock.now(), stage_reached=20)
    recommendation = Recommendation.objects.create(case=case, version=1, by_user=hr, comparison="Begge er gode.")
    RecommendedApplicant.objects.create(recommendation=recommendation, application=rows[0], rank=1, reason="Stærkest.")
    decision = HiringDecision.objects.create(
        case=case,
        version=1,
        decider=hr,
        factors="erfaring med tilsyn",
        start_date=clock.today(),
        recommendation=recommendation,
    )
    for row, place in zip(rows, ("CHOSEN", "RESERVE"), strict=False):
        DecidedApplicant.objects.create(decision=decision, application=row, place=place, order=1)
    decision.concluded_at = clock.now()
    decision.save()
    world.offer = Offer.objects.create(
        application=rows[0],
        decision=decision,
        terms="Kr. 42.000",
        answer_by=clock.today(),
        answer="ACCEPTED",
        answered_at=clock.now(),
    )
    PhoneLog.objects.create(
        application=rows[2], purpose="REJECTION", called_at=clock.now(), said="Uddybet.", caller="Karen"
    )
    world.answered = rows[2]
    AnswerPromise.objects.create(case=case, before=clock.today(), day=clock.today() - dt.timedelta(days=3), by_user=hr)
    RecruitmentCase.objects.filter(pk=case.pk).update(
        state="CONCLUDING", expected_answer_date=clock.today() - dt.timedelta(days=3)
    )


def _drawn(kind: str, size: tuple[int, int]) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", size, "#0b4a6f").save(drawn, kind)
    return drawn.getvalue()


def _picture(collection: str) -> PortalImage:
    kept = Collection.objects.get(name=collection)
    return PortalImage.objects.create(
        title="Huset", file=ContentFile(_drawn("PNG", (600, 240)), "hus.png"), collection=kept
    )


def own_screens(world: SimpleNamespace) -> dict[Role, dict[str, str]]:
    """The workbench's own addresses by role and name; the draft case where there is still something to edit."""
    screens: dict[Role, dict[str, str]] = {role: {} for role in FITTING}
    case, draft = str(world.ours.case.pk), str(world.draft.pk)
    for name, address in own_addresses(world).items():
        if name in OPEN_TO and name not in FILES:
            role = next(role for role in FITTING if role in OPEN_TO[name])
            screens[role][name] = address.replace(case, draft) if name == "question" else address
    return screens


def walk_as_hr(visitor: Visitor, world: SimpleNamespace) -> None:
    """HR's screens, empty ones, and forms that were sent with faults."""
    for name, address in own_screens(world)[HR].items():
        visitor.open_as_is(address, name)
    draft = f"/admin/cases/{world.draft.pk}/"
    for name, address in (
        ("desk, HR", "/admin/"), ("cases, none fits", "/admin/cases/?q=findesikke"), ("case, draft", draft),
        ("form, open", f"{draft}form/"), ("applications, none", f"{draft}applications/"), ("media, none", f"{draft}media/"),
        ("statistics, nothing to count", f"{draft}statistics/"),
        ("search, hits", "/admin/search-applications/?q=Holm"), ("search, nothing", "/admin/search-applications/?q=Findesikke"),
        ("move", f"/admin/moves/case/{world.draft.pk}/approve/"),
        ("plan_move, what happens", f"{draft}plan/move/?start={clock.today() + dt.timedelta(days=200):%Y-%m-%d}"),
        ("analysis, nobody", f"{draft}analysis/"), ("case_new, like", f"/admin/cases/new/?like={world.ours.case.pk}"),
        *((f"{name}, at the end", f"/admin/cases/{world.decided.pk}/{path}") for name, path in (
            ("case", ""), ("decision", "decision/"), ("decision_correct", "decision/correct/"), ("offer", f"decision/offers/{world.offer.pk}/"),
            ("offer_next", "decision/next/"), ("answers", "answers/"), ("answer", f"answers/{world.answered.pk}/"), ("closing", "closing/"), ("promise", "promise/"),
        )),
        ("hand_over, somebody", f"/admin/hand-over/?user={world.ours.staff[HR].pk}"),
    ):  # fmt: skip
        visitor.open_as_is(address, name)
    for name, address in (
        ("case_new, faults", "/admin/cases/new/"), ("question_new, faults", f"{draft}form/questions/new/"),
        ("members, faults", f"{draft}members/"), ("register, faults", f"/admin/cases/{world.ours.case.pk}/register/"),
    ):  # fmt: skip
        visitor.go(address)
        visitor.press(SAVE, name)
    visitor.go(f"{draft}form/")
    visitor.press("form[action$='retire/'] button", "retire, asked")


def walk_as_administrator(visitor: Visitor, world: SimpleNamespace) -> None:
    """The set-up, and the one page that shows a secret."""
    for name, address in own_screens(world)[ADMIN].items():
        visitor.open_as_is(address, name)
    visitor.open_as_is("/admin/", "desk, administrator")
    setup = f"/admin/setup/{world.ours.institution.pk}"
    visitor.open_as_is(f"{setup}/media-list/{world.webhook.pk}/channel/", "channel, out of order")
    visitor.go(f"{setup}/users/invite/")
    visitor.press(SAVE, "user_invite, faults")
    visitor.go(f"{setup}/api-clients/{world.client.pk}/")
    visitor.press("form[action$='rotate/'] button", "rotate, asked")
    visitor.press(".workbench form button.no", "secret")
    visitor.go(f"{setup}/users/{world.ours.staff[HR].pk}/")
    visitor.press("form[action$='leave/'] button", "leave, asked")


def walk_as_writer(visitor: Visitor, world: SimpleNamespace) -> None:
    """Communications: own screens and Wagtail's."""
    for name, address in own_screens(world)[WRITER].items():
        visitor.open_as_is(address, name)
    visitor.open_as_is("/admin/", "desk, communications")
    visitor.open_as_is("/admin/ads/new/", "new ad")
    visitor.open_as_is("/admin/ads/renew/", "published ads with old places")
    visitor.open_as_is(f"/admin/cases/{world.ours.case.pk}/applications/", "refused")
    for name, address in wagtail_screens(world).items():
        visitor.open_as_is(address, name)
    visitor.open_as_is(f"/gennemsyn/{token_of(world.review)}/", "review of an ad")
    visitor.open_as_is("/gennemsyn/noget-andet/", "review of an ad, ended")
    visitor.open_as_is(urlsplit(world.link).path, "analysis by link")
    visitor.open_as_is("/jobanalyse/noget-andet/", "analysis by link, ended")


def wagtail_screens(world: SimpleNamespace) -> dict[str, str]:
    """Screens that Wagtail builds and communications uses."""
    page, index = world.page, world.page.get_parent()
    screens = {
        "wagtail: explorer": f"/admin/pages/{index.pk}/", "wagtail: ad": f"/admin/pages/{page.pk}/edit/",
        "wagtail: ad, checks": f"/admin/ads/{page.pk}/checks/", "wagtail: ad, history": f"/admin/pages/{page.pk}/history/", "wagtail: institution": f"/admin/pages/{index.pk}/edit/",
        "wagtail: search": "/admin/pages/search/?q=Fuldm", "wagtail: snippets": "/admin/snippets/",
        "wagtail: images": "/admin/images/", "wagtail: image, new": "/admin/images/add/",
        "wagtail: image": f"/admin/images/{world.picture.pk}/", "wagtail: account": "/admin/account/",
    }  # fmt: skip
    for model, row in (
        ("adlayout", world.layout),
        ("contenttemplate", world.template),
        ("standardtext", world.standard),
        ("guideline", world.guideline),
    ):
        screens[f"wagtail: {model}, list"] = f"/admin/snippets/pages/{model}/"
        screens[f"wagtail: {model}, new"] = f"/admin/snippets/pages/{model}/add/"
        screens[f"wagtail: {model}"] = f"/admin/snippets/pages/{model}/edit/{row.pk}/"
    return screens
