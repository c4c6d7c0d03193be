"""Layouts that look like different employers, and what communications staff begin with."""

from django.db.models import Q

from portal.pages.guidelines import Guideline
from portal.pages.layouts import AdLayout, ContentTemplate, StandardText
from portal.pages.models import HomePage, InstitutionPage
from recruitment.organisation.models import Institution

LAYOUTS = (
    ("registerstyrelsen", "Registerstyrelsen", {
        "shape": "band", "accent": "#0b4a6f", "band": "#0b4a6f", "band_ink": "#ffffff", "panel": "#eaf2f6", "panel_ink": "#1a1a1a",
        "heading": "#06293d", "corner": 6, "rule": 4, "facts_placement": "end"}),
    ("registerstyrelsen", "Registerstyrelsen – unge og studerende", {
        "shape": "centred", "accent": "#8a1c5b", "band": "#fde8f1", "band_ink": "#3d0a28", "panel": "#3d0a28",
        "panel_ink": "#ffffff", "heading": "#8a1c5b", "corner": 20, "rule": 12, "facts_placement": "top",
        "heading_font": "Optima, Candara, 'Gill Sans', sans-serif"}),
    ("kysthavn", "Kyst- og Havneinspektoratet", {
        "shape": "band", "accent": "#005a5b", "band": "#012f3a", "band_ink": "#e9f7f5", "panel": "#e3f1ee", "panel_ink": "#0c2b2b",
        "heading": "#00484a", "corner": 0, "rule": 12, "facts_placement": "start",
        "heading_font": "'Arial Narrow', 'Helvetica Neue', Arial, sans-serif"}),
    ("kysthavn", "Kysthavn – elever", {
        "shape": "plain", "accent": "#a33b00", "band": "#ffffff", "band_ink": "#4a1c00", "panel": "#fff1e6", "panel_ink": "#3b1700",
        "heading": "#a33b00", "corner": 20, "rule": 4, "facts_placement": "top",
        "heading_font": "Rockwell, 'Roboto Slab', 'Courier New', serif"}),
    ("limfjordens-universitet", "Limfjordens Universitet", {
        "shape": "plain", "accent": "#5b1a1a", "band": "#ffffff", "band_ink": "#2b1010", "panel": "#f6f1e7", "panel_ink": "#2b1d10",
        "heading": "#5b1a1a", "corner": 0, "rule": 0, "facts_placement": "end",
        "heading_font": "Georgia, 'Times New Roman', serif"}),
    ("limfjordens-universitet", "Limfjordens Universitet – research", {
        "shape": "centred", "accent": "#1f3d7a", "band": "#1f3d7a", "band_ink": "#ffffff", "panel": "#e8edf7",
        "panel_ink": "#12244a", "heading": "#1f3d7a", "corner": 6, "rule": 4, "facts_placement": "start",
        "heading_font": "Georgia, 'Times New Roman', serif"}),
    (None, "Portalens enkle layout", {"shape": "plain", "facts_placement": "end"}),
)  # fmt: skip

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
    for slug, name, values in LAYOUTS:
        institution = Institution.objects.get(slug=slug) if slug else None
        layout = AdLayout(name=name, institution=institution, live=True, **values)
        layout.full_clean()
        layout.save()
    for name, language, heading, body in PARAGRAPHS:
        StandardText.objects.create(name=name, language=language, heading=heading, body=body)
    for institution in Institution.objects.all():
        for name, language, about, body in GUIDELINES:
            Guideline.objects.create(institution=institution, name=name, language=language, about=about, body=body)
        _templates_of(institution)
        _page_of(institution)
    for home in HomePage.objects.filter(locale__language_code="da"):
        home.intro = "<p>Find en stilling, hvor dit arbejde gør en forskel for andre. Du søger direkte hos arbejdsgiveren, og alle ansøgere får svar.</p>"
        home.save_revision().publish()


def usual_layout(institution: Institution) -> AdLayout | None:
    """The first layout of the institution's own."""
    return AdLayout.objects.filter(Q(institution=institution)).order_by("pk").first()


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
