"""Rows that could leak: ours, with words that stand nowhere else, and every address of the admin that could show them."""

import io
import itertools
import re
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from PIL import Image
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Collection

from portal.pages.guidelines import Guideline
from portal.pages.layouts import AdLayout, ContentTemplate, StandardText
from portal.pages.models import PortalDocument, PortalImage
from portal.pages.new_ad import begin_ad
from recruitment.access.roles import Role
from recruitment.advertising.reviews.actions import ask_colleague, comment
from recruitment.applications.models import Application
from recruitment.documents.models import Document, DocumentPage
from recruitment.interviews.records import Interview, InterviewNote, TestResult
from recruitment.people.actions import make_api_client
from recruitment.questions.models import ScreeningQuestion
from tests.factories.interviews import interviews_of
from tests.factories.world import HOUSE
from tests.portal.workbench import addresses as addresses_of_ours

#: Words of our rows. The first group is the person's, and the file's; it is nobody's but who may read applications.
PERSON = ("Søgerhemmelig", "Motivhemmelig", "Filhemmelig", "Sidehemmelig", "Notathemmelig", "Testhemmelig",
    "Hemmelig Referent", "Faktahemmelig", "Høringshemmelig", "Redegørelsehemmelig", "Indsigthemmelig", "Begrundelsehemmelig",
)  # fmt: skip
HOUSE_WORDS = (
    "Mærkværdig", "Lønlig", "Skjult Enhed", "Dulgt Layout", "Dulgt Skabelon", "Dulgt Afsnit", "Gemt spørgsmål", "Tavs Klient",
    "Dulgt Billede", "Dulgt Dokument", "Gemt Arbejdssted", "Dulgt Linje", "Dulgt Kommentar",
    "Gemt Mødelokale", "Dulgt Brev",
)  # fmt: skip
WORDS = PERSON + HOUSE_WORDS
#: What lists, searches and exports are asked besides nothing at all.
QUESTIONS = (
    {"q": "kværdig", "search": "kværdig"},
    {"q": "Søgerhemmelig", "search": "Dulgt"},
    {"q": "Dulgt", "search": "Søgerhemmelig", "export": "csv"},
)
SEARCHED = re.compile(r"search|listing|list|chooser|choose|type_use|cases$|applications$|explore|users$")
TURNED_AWAY = (302, 403, 404)
NOT_WALKED = ("logout", "failwhale", "test404")


def mark(world: SimpleNamespace) -> SimpleNamespace:
    """Give every kind of row of ours a word, and files their bytes."""
    ours = world.ours
    type(ours.case).objects.filter(pk=ours.case.pk).update(title="Mærkværdig Kontorchef")
    ours.case.refresh_from_db()
    world.application.candidate.family_name = "Søgerhemmelig"
    world.application.candidate.save()
    Application.objects.filter(pk=world.application.pk).update(motivation_text="Motivhemmelig")
    for unit, name in ((ours.unit, "Lønlig Enhed"), (ours.sibling, "Skjult Enhed")):
        type(unit).objects.filter(pk=unit.pk).update(name_da=name)
    type(ours.workplace).objects.filter(pk=ours.workplace.pk).update(name="Gemt Arbejdssted")
    world.question = ScreeningQuestion.objects.create(form=ours.case.form, kind="FREE_TEXT", text_da="Gemt spørgsmål?")
    world.client, _secret = make_api_client("Tavs Klient", scopes=["cases:read"], institutions=[ours.institution])
    _mark_pages(world)
    _mark_files(world)
    _mark_interviews(world)
    return world


def _mark_pages(world: SimpleNamespace) -> None:
    institution = world.ours.institution
    world.layout = AdLayout.objects.create(name="Dulgt Layout", institution=institution)
    world.template = ContentTemplate.objects.create(name="Dulgt Skabelon", institution=institution, language="da")
    world.paragraph = StandardText.objects.create(
        name="Dulgt Afsnit", institution=institution, body="<p>Dulgt Afsnit</p>"
    )
    world.page = begin_ad(world.ours.case, "da", actor=HOUSE)
    world.guideline = Guideline.objects.create(name="Dulgt Linje", institution=institution, body="<p>Dulgt Linje</p>")
    world.review = ask_colleague(
        world.ours.case, page_id=world.page.pk, language="da", of=world.ours.staff[Role.HIRING_MANAGER], actor=HOUSE
    )
    world.comment = comment(world.review, "Dulgt Kommentar", actor=world.ours.actor(Role.HIRING_MANAGER))
    for row in (world.layout, world.template, world.page):
        row.save_revision()
    collection = Collection.objects.get(name=institution.slug, depth=2)
    picture = io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    world.picture = PortalImage.objects.create(
        title="Dulgt Billede", collection=collection, file=ImageFile(picture, name="dulgt.png"), width=8, height=8
    )
    world.paper = PortalDocument.objects.create(
        title="Dulgt Dokument", collection=collection, file=ContentFile(b"Dulgt Dokument", name="dulgt.txt")
    )


def _mark_files(world: SimpleNamespace) -> None:
    document = world.application.documents.get()
    document.file.save("cv", ContentFile(b"%PDF-1.4 Filhemmelig"))
    Document.objects.filter(pk=document.pk).update(scan_state="CLEAN", render_state="READY")
    world.document = document
    world.document_page = DocumentPage(document=document, number=1, width=10, height=10)
    world.document_page.image.save("page", ContentFile(b"RIFF Sidehemmelig"))


def _mark_interviews(world: SimpleNamespace) -> None:
    interview = Interview.objects.create(invitation=interviews_of(world).invitation)
    InterviewNote.objects.create(
        interview=interview, author=world.ours.staff[Role.HIRING_MANAGER], text="Notathemmelig"
    )
    TestResult.objects.create(application=world.application, test_name="Testhemmelig", used_in_interview="Testhemmelig")


@dataclass(frozen=True)
class Address:
    """One address of the admin, with ours in the place of every argument."""

    name: str
    path: str

    @property
    def questions(self) -> list[dict[str, str]]:
        """What it is asked: nothing, and where it searches or lists also for our words."""
        return [{}, *(QUESTIONS if SEARCHED.search(self.name) else ())]


def addresses(world: SimpleNamespace) -> list[Address]:
    """Every pattern below /admin/ and every bulk action."""
    found: list[Address] = []
    values = values_of(world)

    def walk(patterns: Any, prefix: str, names: list[str]) -> None:
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, route, [*names, pattern.namespace or ""])
            elif isinstance(pattern, URLPattern) and (path := filled(route, values | values_by_place(world, route))):
                found.append(Address(":".join([*filter(None, names), pattern.name or ""]), path))

    admin = [p for p in get_resolver().url_patterns if isinstance(p, URLResolver) and str(p.pattern) == "admin/"]
    walk(admin[0].url_patterns, "/admin/", [])
    return [a for a in [*found, *bulk_actions(world)] if not any(word in a.path for word in NOT_WALKED)]


def bulk_actions(world: SimpleNamespace) -> list[Address]:
    """For every table that has any, with ours chosen, and with all."""
    bulk_action_registry.get_bulk_actions_for_model("wagtailcore", "page")  # makes it look for them
    keys = {
        "page": world.page.pk, "portalimage": world.picture.pk, "portaldocument": world.paper.pk, "adlayout": world.layout.pk,
        "user": world.ours.staff[Role.HR_EXTENDED].pk,
    }  # fmt: skip
    return [
        Address("bulk", f"/admin/bulk/{app}/{model}/{action}/?next=/admin/&id={key}")
        for app, models in bulk_action_registry.actions.items()
        for model, actions in models.items()
        for action, key in itertools.product(actions, [keys.get(model, 1), "all"])
    ]


def values_of(world: SimpleNamespace) -> dict[str, Any]:
    """Ids of ours by the name of the argument."""
    page = world.page
    return {
        **addresses_of_ours.values_of(world), "page_id": page.pk,
        "parent_page_id": page.get_parent().pk, "page_pk": page.pk,
        "parent_page_pk": page.get_parent().pk, "page_to_move_id": page.pk, "destination_id": page.get_parent().pk,
        "revision_id": page.latest_revision_id, "revision_id_a": "earliest", "revision_id_b": "latest",
        "content_type_app_name": "pages", "content_type_model_name": "jobadpage", "app_label": "wagtailcore", "model_name": "page",
        "app_name": "pages", "action": "delete", "content_type_id": page.content_type_id, "object_id": page.pk, "slug": "x",
        "pk": page.pk, "image_id": world.picture.pk, "id": 1, "task_state_id": 1, "workflow_id": 1,
        "review_id": world.review.pk, "comment_id": world.comment.pk,
    }  # fmt: skip


def values_by_place(world: SimpleNamespace, route: str) -> dict[str, Any]:
    """The same name means another table below each of Wagtail's rooms."""
    rows = {
        "adlayout": world.layout, "contenttemplate": world.template, "standardtext": world.paragraph, "guideline": world.guideline, "admin/images/": world.picture,
        "admin/documents/": world.paper, "api/main/images": world.picture, "api/main/documents": world.paper,
        "admin/users/": world.ours.staff[Role.HR_EXTENDED], "moves/": None,
    }  # fmt: skip
    place = next((place for place in rows if place in route), None)
    if place == "moves/":
        return {"kind": "case"}
    if place is None:
        return {"page_id": world.document_page.pk} if "/pages/<uuid:page_id>" in route else {}
    row = rows[place]
    revision = getattr(row, "latest_revision_id", None) or 1
    return {"pk": row.pk, "object_id": row.pk, "document_id": row.pk, "image_id": row.pk, "revision_id": revision}


def filled(route: str, values: dict[str, Any]) -> str:
    """The address, or an empty text for the pattern that catches everything."""
    route = re.sub(r"\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)", lambda match: str(values.get(match[1], 1)), route)
    route = re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(values.get(match[1], 1)), route)
    route = route.replace("^", "").replace("$", "").replace("\\Z", "").replace("\\", "")
    return "" if "(" in route or "*" in route else route


def read(response: Any) -> Any:
    """To its end, so that a streamed file is closed."""
    response.body = b"".join(response.streaming_content) if response.streaming else response.content
    return response


def words_in(response: Any) -> set[str]:
    """Which of our words the answer holds."""
    text = read(response).body.decode("utf-8", "replace")
    return {word for word in WORDS if word in text}


def shown_to(client: Client, among: list[Address]) -> dict[str, set[str]]:
    """By word: the addresses that show it to whoever is signed in. None of them may fail; who is turned away asks no more there."""
    seen: dict[str, set[str]] = {}
    for address in among:
        for question in address.questions:
            response = client.get(address.path, question)
            assert response.status_code < 500, f"{address.name} fails: {address.path} {question}"
            for word in words_in(response) - set(question.values()):
                seen.setdefault(word, set()).add(f"{address.name} {question}" if question else address.name)
            if response.status_code in TURNED_AWAY:
                break
    return seen
