"""Every public page in every state, in the order in which a visitor meets them."""

import datetime as dt
import io
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

from django.core.files.base import ContentFile
from django.test import override_settings
from PIL import Image

from portal.pages.layouts import AdLayout, StandardText
from portal.pages.models import AboutPage, InstitutionPage, JobAdPage, PortalImage
from portal.pages.new_ad import begin_ad
from portal.pages.shipped import load as load_layouts
from portal.platform import mailbox
from recruitment import clock
from recruitment.access.actions import seat_member
from recruitment.access.entrances import open_entrance, path_of
from recruitment.access.roles import Role
from recruitment.advertising.models import Publication
from recruitment.applications.letters import resume_token
from recruitment.applications.models import Application
from recruitment.applications.review import open_application
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.profile import AdvertisementRound
from recruitment.letters.replies import reply
from recruitment.mail.actions import send
from recruitment.mail.models import Message, MessageState
from recruitment.people.actions import claim_candidates
from recruitment.people.actor import Actor
from recruitment.people.models import User
from recruitment.talent.actions import invite
from recruitment.talent.models import TalentPool, TalentPoolMembership
from tests.factories.fairness import furnish_fairness
from tests.factories.world import HOUSE, make_case, make_world
from tests.house.public_interview import be_called
from tests.house.public_offer import be_offered
from tests.house.walking import Visitor
from tests.journeys.questions import ask_everything
from tests.tools import ROOT

CV = ROOT / "tests" / "fixtures" / "documents" / "latex.pdf"
PRIMARY, SECONDARY, NEXT = "main form button.button-primary", "main form button.button-secondary", "button[value=next]"
LETTER = (
    b"From: hr@ours.example\r\nTo: kirsten@ansoeger.example\r\nSubject: Kvittering\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: text/html; charset=utf-8\r\n\r\n"
    b"<!doctype html><html lang=da><title>Kvittering</title><p>Tak.</p></html>"
)
LOOKS = {
    "band": {"facts_placement": "end", "band": "#06293d", "band_ink": "#ffffff", "corner": 0, "rule": 12},
    "centred": {"facts_placement": "top", "accent": "#8a1538", "heading_font": "Georgia, 'Times New Roman', serif"},
    "picture-beside": {"facts_placement": "start", "panel": "#06293d", "panel_ink": "#ffffff", "corner": 20},
}


def furnish() -> SimpleNamespace:
    """The small world with ads in both languages, in four themes and the six layouts that ship, one of them over.

    `ads` by name and language.
    """
    world = make_world()
    case = world.ours.case
    ask_everything(case)
    case.form.questions.update(text_en="A question in English")
    day = clock.today() + dt.timedelta(days=40)
    RecruitmentCase.objects.filter(pk=case.pk).update(interview_dates=[day], expected_answer_date=day)
    world.picture = _picture()
    for language in ("da", "en"):
        tell_about_ours(world, language)
    world.ads = {("open", language): publish(world, case, language) for language in ("da", "en")}
    for shape, look in LOOKS.items():
        layout = AdLayout.objects.create(name=shape, shape=shape, picture=world.picture, live=True, **look)
        world.ads[shape, "da"] = publish(world, make_case(world.ours), "da", layout)
    load_layouts()
    for shipped in AdLayout.objects.exclude(shipped_code=""):
        dressed = make_case(world.ours)
        world.ads |= {
            (shipped.shipped_code, language): publish(world, dressed, language, shipped) for language in ("da", "en")
        }
    over = make_case(world.ours)
    world.ads |= {("closed", language): publish(world, over, language) for language in ("da", "en")}
    world.over = over.rounds.get()
    _end(world.over)
    world.mail = mailbox.keep(
        LETTER, sender="hr@ours.example", recipients=["k@example.org"], into=mailbox.folder()
    ).stem
    return world


def publish(world: SimpleNamespace, case: RecruitmentCase, language: str, layout: AdLayout | None = None) -> JobAdPage:
    """The case's ad with a block of every kind."""
    page = begin_ad(RecruitmentCase.objects.get(pk=case.pk), language, actor=HOUSE, layout=layout)
    page.intro, page.picture, page.body = "Vil du være med til at føre tilsyn?", world.picture, _body(world.picture)
    page.save_revision().publish()
    return page


def _body(picture: PortalImage) -> list[tuple[str, object]]:
    words = {"heading": "", "body": "<p>Ord og <b>flere</b> ord.</p><h3>Mellemrubrik</h3><ul><li>punkt</li></ul>"}
    picture.contextual_alt_text, picture.decorative = "Et hus", False
    standard, _made = StandardText.objects.get_or_create(name="Ligestilling", body="<p>Alle kan søge.</p>")
    listed = [(kind, words | {"items": ["føre tilsyn", "skrive"]}) for kind in ("tasks", "profile", "offer")]
    plain = [(kind, words) for kind in ("process", "terms", "contact", "paragraph")]
    return [
        *listed, *plain, ("quote", {"text": "Her er rart.", "name": "Ida", "title": "Kontorchef"}),
        ("person", {"name": "Bo Lund", "title": "Kontorchef", "image": picture, "body": "<p>Velkommen.</p>"}),
        ("image", {"image": picture, "caption": "Huset"}),
        ("video", {"url": "https://video.example/1", "title": "Mød os"}), ("standard_text", standard),
    ]  # fmt: skip


def tell_about_ours(world: SimpleNamespace, language: str) -> None:
    """A page about the employer with every kind of its blocks."""
    parent = InstitutionPage.objects.get(institution=world.ours.institution, locale__language_code=language)
    words = "<p>Vi læser <b>alt</b>.</p>"
    ida = {"name": "Ida", "title": "Chef", "words": words, "phone": "12 34 56 78", "email": "ida@ours.example"}
    page = AboutPage(title="Mød os", slug="moed-os", intro="Kolleger.", locale=parent.locale, body=[
        ("text", "<h2>Om os</h2><p>Vi er 240.</p>"),
        ("people", {"heading": "Team", "people": [ida]}),
        ("steps", {"heading": "Forløbet", "steps": [{"title": "Du søger", "words": words}, {"title": "Vi læser", "words": words}]}),
        ("questions", {"heading": "Spørgsmål", "questions": [{"question": "Må jeg ringe?", "answer": words}]}),
        ("quote", {"text": "Her er rart.", "name": "Ida", "title": "Kontorchef"}),
    ])  # fmt: skip
    parent.add_child(instance=page)
    page.save_revision().publish()


def _picture() -> PortalImage:
    drawn = io.BytesIO()
    Image.new("RGB", (1200, 480), "#0b4a6f").save(drawn, "PNG")
    return PortalImage.objects.create(title="Huset", file=ContentFile(drawn.getvalue(), "hus.png"))


def _end(round_: AdvertisementRound) -> None:
    before = clock.now() - dt.timedelta(minutes=5)
    AdvertisementRound.objects.filter(pk=round_.pk).update(
        opens_at=before - dt.timedelta(days=21), application_deadline=before
    )


@contextmanager
def deadline_passed(round_: AdvertisementRound) -> Iterator[None]:
    """For the time being."""
    before = round_.application_deadline
    _end(round_)
    yield
    AdvertisementRound.objects.filter(pk=round_.pk).update(application_deadline=before)


@contextmanager
def taken_down(case: RecruitmentCase) -> Iterator[None]:
    """For the time being, from everywhere."""
    live = list(Publication.objects.filter(round__case=case, state="LIVE").values_list("pk", flat=True))
    Publication.objects.filter(pk__in=live).update(state="WITHDRAWN")
    yield
    Publication.objects.filter(pk__in=live).update(state="LIVE")


def walk(visitor: Visitor, world: SimpleNamespace) -> None:
    """Everything, once."""
    read_about(visitor, world)
    look_at_ads(visitor, world)
    sign_in(visitor)
    come_by_invitation(visitor, world)
    apply(visitor, world)
    come_back(visitor, world)
    try_the_demo(visitor, world)


def read_about(visitor: Visitor, world: SimpleNamespace) -> None:
    """Front page, lists and the pages about the portal."""
    for path, name in (
        ("/", "front page"), ("/job/", "list"), ("/job/?ord=Fuldm%C3%A6gtig&region=1082", "list, narrowed"),
        ("/job/?ord=findesikke", "list without hits"), ("/job/?ord=fuldm%C3%A6gitg", "list of what looks alike"), ("/feeds/", "feeds"),
        ("/feeds/?myndighed=ours", "feeds of an employer"), ("/internt/ours/", "jobs for own staff"), ("/ours/", "institution"), ("/ours/moed-os/", "about the employer"), ("/mine/", "my applications, none"),
        ("/privatliv/", "privacy"), ("/privatliv/ours/", "privacy of an employer"),
        ("/tilgaengelighed/", "accessibility"), ("/findes-ikke/", "not found"),
    ):  # fmt: skip
        visitor.open(path, name)
    visitor.open_as_is(f"/embed/ours/?lang={visitor.language}", "list in a frame")


def look_at_ads(visitor: Visitor, world: SimpleNamespace) -> None:
    """Open, over, and in each layout."""
    for (name, language), ad in world.ads.items():
        if language == visitor.language:
            visitor.open_as_is(ad.url, f"ad, {name}")
    with taken_down(world.ours.case):
        visitor.open_as_is(world.ads["open", visitor.language].url, "ad, taken down")
    visitor.open(f"/soeg/{world.over.pk}/", "closed")
    visitor.open("/soeg/fortsaet/noget-andet/", "link expired")


def sign_in(visitor: Visitor) -> None:
    """With a password and with a code, rightly and wrongly; nobody gets in."""
    visitor.open("/konto/login/", "login")
    visitor.press(PRIMARY, "login, faults")
    visitor.open("/konto/login/code/", "login by code")
    visitor.press(PRIMARY, "login by code, faults")
    visitor.page.locator("input[name=email]").fill("kirsten@ansoeger.example")
    visitor.press(PRIMARY, "login by code, the code")
    visitor.page.locator("input[name=code]").fill("XXXXXX")
    visitor.press(PRIMARY, "login by code, wrong code")
    visitor.open("/adgang/noget-andet/", "invitation, a link that opens nothing")


def come_by_invitation(visitor: Visitor, world: SimpleNamespace) -> None:
    """A new committee member for each language opens the case, and is asked for a second factor."""
    user = User.objects.create_user(f"udvalg-{visitor.language}@ours.example", language=visitor.language)
    member = seat_member(world.ours.case, user, Role.HIRING_COMMITTEE, actor=HOUSE)
    visitor.open_as_is(path_of(open_entrance(member)), "invitation")
    visitor.pass_by(PRIMARY)
    with override_settings(DEMO=False, SECURE_INBOX_MFA_REQUIRED=True):
        visitor.open("/konto/faktor/", "invitation, the second factor")
    visitor.pass_by("form[action*=logout] button")


def apply(visitor: Visitor, world: SimpleNamespace) -> None:
    """From the gate to the receipt, with every fault on the way."""
    page, round_ = visitor.page, world.ours.round
    visitor.open(f"/soeg/{round_.pk}/", "gate")
    visitor.press(PRIMARY, "gate, faults")
    page.locator("#id_accept").check()
    visitor.press(PRIMARY, "about you")
    visitor.press(NEXT, "about you, faults")
    draft = Application.objects.filter(round=round_, state="STARTED").latest("started_at")
    step = f"/soeg/ansoegning/{draft.pk}"
    visitor.open(f"{step}/tjek/", "check answers, faults")
    visitor.open(f"{step}/about/", "about you, again")
    for name, value in (("given_name", "Kirsten"), ("family_name", "Holm"), ("email", "kirsten@ansoeger.example")):
        page.locator(f"#id_{name}").fill(value)
    page.locator("input[name=origin]").first.check()
    visitor.press(NEXT, "application and CV")
    _hand_in_papers(visitor)
    visitor.press(NEXT, "questions, faults")
    _answer(visitor)
    visitor.press(NEXT, "check answers")
    _leave_and_return(visitor, step)
    visitor.open(f"/soeg/fortsaet/{resume_token(draft)}/", "resume")
    visitor.open(f"{step}/tjek/", "check answers, before the deadline")
    with deadline_passed(round_):
        visitor.press(PRIMARY, "too late")
    visitor.open(f"{step}/tjek/", "check answers, for the last time")
    visitor.press(PRIMARY, "receipt")


def _hand_in_papers(visitor: Visitor) -> None:
    cv = {"name": "cv.pdf", "mimeType": "application/pdf", "buffer": b"MZ not a pdf"}
    visitor.page.locator("#id_document-CV").set_input_files(cv)
    visitor.press(NEXT, "application and CV, faults")
    visitor.page.locator("#id_motivation").fill("Jeg vil gerne føre tilsyn.")
    visitor.page.locator("#id_document-CV").set_input_files(CV)
    visitor.press("button[value=upload]", "application and CV, uploaded")
    visitor.press(NEXT, "questions")


def _answer(visitor: Visitor) -> None:
    page = visitor.page
    for text in page.locator("main textarea").all():
        text.fill("Jeg skrev en afgørelse om indsigt.")
    for number, rank in enumerate(page.locator("main select").all(), start=1):
        rank.select_option(index=number)
    page.evaluate(
        "for (const set of document.querySelectorAll('main fieldset')) set.querySelector('input[type=radio],[type=checkbox]')?.click()"
    )


def _leave_and_return(visitor: Visitor, step: str) -> None:
    visitor.open(f"{step}/senere/", "later")
    visitor.press(SECONDARY, "later, link sent")
    visitor.open(f"{step}/slet/", "discard")


def come_back(visitor: Visitor, world: SimpleNamespace) -> None:
    """My applications: reading, correcting, withdrawing."""
    received = Application.objects.filter(round=world.ours.round).latest("received_at")
    Message.objects.filter(application=received).update(state=MessageState.SENT, sent_at=clock.now())
    visitor.open("/mine/", "my applications")
    visitor.open(f"/mine/{received.pk}/", "one application")
    be_called(visitor, world, received)
    _read_what_is_for_ones_own_eyes(visitor, world, received)
    visitor.open(f"/soeg/ansoegning/{received.pk}/about/", "about you, correcting")
    visitor.open(f"/soeg/ansoegning/{received.pk}/tjek/", "check answers, correcting")
    visitor.press(PRIMARY, "one application, corrected")
    visitor.open(f"/mine/{received.pk}/traek/", "withdraw")
    visitor.press("main form button", "one application, withdrawn")


def _read_what_is_for_ones_own_eyes(visitor: Visitor, world: SimpleNamespace, received: Application) -> None:
    """The secure inbox and everything kept, as the applicant who has proved the address."""
    visitor.open("/mine/beskeder/", "messages, sign in first")
    letter = send(
        "PARTY_HEARING", to=received.candidate, institution=received.case.institution, about=received,
        key=f"walk:{received.pk}", values={"hearing_facts": "En reference siger nej."}, language=visitor.language,
    )  # fmt: skip
    visitor.open(f"/mine/{received.pk}/", "one application, a message waits")
    applicant, _made = User.objects.get_or_create(email=received.candidate.email)
    claim_candidates(applicant)
    open_application(received, actor=Actor.house("walk"))
    visitor.page.goto(f"{visitor.address}/demo/")
    visitor.pass_by("section[aria-labelledby=applicants] button")
    visitor.open("/mine/beskeder/", "messages")
    visitor.open(f"/mine/beskeder/{letter.pk}/", "one message")
    reply(letter, "Det er ikke rigtigt.", actor=Actor.person(applicant), key="walk")
    visitor.open(f"/mine/beskeder/{letter.pk}/", "one message, answered")
    visitor.press(PRIMARY, "one message, an empty answer")
    visitor.open(f"/mine/{received.pk}/oplysninger/", "what we keep")
    _be_treated_fairly(visitor, received)
    be_offered(visitor, world, received)
    visitor.open("/mine/emnebank/", "no talent pool")
    membership = ask_into_pool(received)
    visitor.open("/mine/emnebank/", "talent pools, asked")
    visitor.open(f"/mine/emnebank/{membership.pk}/", "talent pool, both questions")
    visitor.press(PRIMARY, "talent pool, an answer is missing")
    visitor.open(f"/mine/emnebank/{membership.pk}/forlad/", "talent pool, no thank you")
    visitor.press(PRIMARY, "talent pools, left")
    visitor.open(f"/mine/{received.pk}/", "one application, signed in")


def _be_treated_fairly(visitor: Visitor, received: Application) -> None:
    """Referees, a hearing, papers: each page with something on it, and with faults."""
    asked = furnish_fairness(received)
    mine, before = f"/mine/{received.pk}", Application.objects.filter(pk=received.pk)
    before.update(state="INTERVIEWED")
    visitor.open(f"{mine}/referencer/", "referees")
    visitor.press("main form:not([action]) button", "referees, faults")
    before.update(state=received.state)
    visitor.open(f"{mine}/hoering/{asked.hearing.pk}/", "hearing")
    visitor.press(PRIMARY, "hearing, faults")
    visitor.open(f"{mine}/aktindsigt/", "papers")
    visitor.open(f"{mine}/aktindsigt/{asked.access.pk}/", "papers, delivered")


def ask_into_pool(received: Application) -> TalentPoolMembership:
    """HR would like to write to the applicant later."""
    pool, _made = TalentPool.objects.get_or_create(
        institution=received.case.institution,
        name="It-specialister",
        defaults={"purpose": "At finde folk til registrene"},
    )
    return invite(received, pool, actor=Actor.house("walk"))


def try_the_demo(visitor: Visitor, world: SimpleNamespace) -> None:
    """The demo's pages; signing in there shows the pages of somebody who is signed in."""
    visitor.open_as_is("/demo/mail/", "demo, mails")
    visitor.open_as_is(f"/demo/mail/{world.mail}/", "demo, one mail")
    visitor.open_as_is("/demo/", "demo, people")
    visitor.pass_by(SECONDARY)
    visitor.open("/mine/", "my applications, signed in")
    visitor.open("/konto/logout/", "sign out")
