"""Layouts that look like different employers, and what communications staff begin with."""

from typing import Any

from portal.demo.loading.employers import tell_about
from portal.demo.loading.pictures import draw_all
from portal.pages.guidelines import Guideline
from portal.pages.layouts import AdLayout, ContentTemplate, StandardText
from portal.pages.models import HomePage, InstitutionPage
from portal.pages.shipped import copied, load
from recruitment.organisation.models import Institution

#: Institution, name, the shipped layout that it begins as, and what is its own.
LAYOUTS: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("registerstyrelsen", "Registerstyrelsen", "kontor", {"is_usual": True}),
    ("registerstyrelsen", "Registerstyrelsen – unge og studerende", "plakat", {}),
    ("kysthavn", "Kyst- og Havneinspektoratet", "kaj", {"is_usual": True}),
    ("kysthavn", "Kysthavn – elever", "torv", {}),
    ("limfjordens-universitet", "Limfjordens Universitet", "bog", {"is_usual": True}),
    ("limfjordens-universitet", "Limfjordens Universitet – research", "raster", {}),
)

WITH_PICTURE = {"bog", "torv"}

PARAGRAPHS = (
    ("Mangfoldighed", "da", "", "<p>Vi ser mangfoldighed som en styrke og opfordrer alle interesserede til at søge uanset personlig baggrund.</p>"),
    ("Fortrinsadgang", "da", "", "<p>Har du et handicap, og ønsker du fortrinsadgang, kan du anføre det i ansøgningen.</p>"),
    ("Diversity", "en", "", "<p>We see diversity as a strength and encourage everyone who is interested to apply, whatever their background.</p>"),
)  # fmt: skip

GUIDELINES = (
    ("Sådan lyder vi", "da", "", "<p>Varmt, klart og uden store ord. Skriv til <b>du</b>, og sig, hvad jobbet er, i den første sætning.</p><ul><li>Højst 500 ord</li><li>Ingen forkortelser, som kun vi kender</li></ul>"),
    ("Tre til seks punkter", "da", "tasks", "<p>Begynd hvert punkt med et udsagnsord: <i>føre tilsyn</i>, <i>skrive afgørelser</i>.</p>"),
    ("Kun det, der er nødvendigt", "da", "profile", "<p>Hvert krav, der ikke er nødvendigt, koster ansøgere. Skil det, man skal kunne, fra det, man kan lære.</p>"),
    ("Rigtige mennesker", "da", "image", "<p>Brug billeder af kolleger og steder, ikke arkivbilleder. Husk samtykke og udløb på billedet.</p>"),
    ("How we sound", "en", "", "<p>Warm and plain. Write to <b>you</b>, and say what the job is in the first sentence.</p>"),
)  # fmt: skip

ABOUT = {
    "registerstyrelsen": ("Vi holder styr på det, som alle andre bygger på.",
        "<p>Registerstyrelsen driver de registre, som borgere, virksomheder og myndigheder slår op i hver dag. Vi er 240 medarbejdere i Viborg og København: jurister, udviklere, analytikere og vejledere.</p><h2>Hos os</h2><ul><li>flekstid og mulighed for hjemmearbejde</li><li>oplæring med fast makker de første tre måneder</li><li>frokostordning, som folk taler pænt om</li></ul>"),
    "kysthavn": ("Vi passer på kajer, kyster og dem, der færdes der.",
        "<p>Kyst- og Havneinspektoratet fører tilsyn med havne, kystsikring og sejladsforhold fra Esbjerg, Køge og Frederikshavn. Vi er 130 medarbejdere til lands og til vands.</p>"),
    "limfjordens-universitet": ("Forskning og uddannelse tæt på fjorden.",
        "<p>Limfjordens Universitet har 3.400 studerende i Skive og Thisted og forsker i vandmiljø, energi og forvaltning.</p>"),
}  # fmt: skip


def dress() -> None:
    """Layouts, templates and paragraphs; words on the institutions' pages."""
    load()
    pictures = draw_all()
    for slug, name, code, changes in LAYOUTS:
        picture = pictures[slug] if code in WITH_PICTURE else None
        copied(code, Institution.objects.get(slug=slug), name, picture=picture, **changes)
    for name, language, heading, body in PARAGRAPHS:
        StandardText.objects.create(name=name, language=language, heading=heading, body=body)
    for institution in Institution.objects.all():
        for name, language, about, body in GUIDELINES:
            Guideline.objects.create(institution=institution, name=name, language=language, about=about, body=body)
        _templates_of(institution)
        _page_of(institution)
        tell_about(institution)
    for home in HomePage.objects.filter(locale__language_code="da"):
        home.intro = "<p>Find en stilling, hvor dit arbejde gør en forskel for andre. Du søger direkte hos arbejdsgiveren, og alle ansøgere får svar.</p>"
        home.save_revision().publish()


def usual_layout(institution: Institution) -> AdLayout | None:
    """The first layout of the institution's own."""
    return AdLayout.objects.filter(institution=institution).order_by("pk").first()


def _templates_of(institution: Institution) -> None:
    layout = usual_layout(institution)
    ContentTemplate.objects.create(
        name=f"{institution.name_da}: fast stilling", language="da", institution=institution, layout=layout, live=True,
        intro="Kort om stillingen, og hvorfor den er vigtig.",
        body=[("tasks", {"heading": "", "body": "<p>Du bliver en del af …</p>", "items": ["…"]}),
              ("profile", {"heading": "", "body": "<p>Vi forestiller os, at du …</p>", "items": ["…"]}),
              ("offer", {"heading": "", "body": "<p>Du får …</p>", "items": []}),
              ("process", {"heading": "", "body": "<p>Alle ansøgere får svar.</p>"}),
              ("terms", {"heading": "", "body": ""}), ("contact", {"heading": "", "body": ""})],
    )  # fmt: skip


def _page_of(institution: Institution) -> None:
    intro, body = ABOUT[institution.slug]
    for page in InstitutionPage.objects.filter(institution=institution):
        page.layout = usual_layout(institution)
        if page.locale.language_code == "da":
            page.intro, page.body = intro, [("text", body)]
        page.save_revision().publish()
