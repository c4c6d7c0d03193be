"""What the demo's employers tell about themselves: who works there, how one is hired, what people ask. Invented."""

from typing import Any

from django.utils.text import slugify

from portal.pages.about import AboutPage
from portal.pages.models import InstitutionPage
from recruitment.organisation.models import Institution

STEPS = (
    ("Du søger", "<p>Du skriver i formularen og vedhæfter dit cv. Du får en kvittering med det samme.</p>"),
    ("Vi læser", "<p>Mindst to mennesker læser hver ansøgning og vurderer den efter kravene i opslaget.</p>"),
    ("Samtaler", "<p>Vi holder som regel to samtaler på en time. Datoerne står i opslaget. Du får at vide, hvem du møder, og hvad vi taler om.</p>"),
    ("Referencer", "<p>Vi spørger kun dem, du selv har givet lov til, og først når vi tror, at det bliver dig.</p>"),
    ("Svar til alle", "<p>Alle får svar. Er du i tvivl om noget undervejs, så ring til den kontaktperson, der står i opslaget.</p>"),
)  # fmt: skip
ASKED = (
    ("Skal jeg skrive en ansøgning, eller er et cv nok?", "<p>Det står i opslaget. Er der ikke andet, så skriv kort, hvorfor du søger, og hvad du kan bidrage med.</p>"),
    ("Kan jeg søge, hvis jeg ikke opfylder alle kravene?", "<p>Ja. Opslaget skelner mellem det, du skal kunne, og det, du kan lære hos os.</p>"),
    ("Hvad sker der med mine oplysninger?", "<p>Vi sletter dem seks måneder efter, at stillingen er besat. Du kan se alt, hvad vi har om dig, under Mine ansøgninger.</p>"),
)  # fmt: skip
PEOPLE = {
    "registerstyrelsen": (("Ditte Fog", "Kontorchef, Jura og Tilsyn", "<p>Her bliver de svære spørgsmål stillet højt.</p>"),
                          ("Malthe Riis", "Udvikler", "<p>Jeg retter fejl, som to millioner mennesker ellers ville møde.</p>")),
    "kysthavn": (("Birthe Skov", "Inspektør, Esbjerg", "<p>Den ene dag på kajen, den næste ved skrivebordet. Det er det, jeg kan lide.</p>"),),
    "limfjordens-universitet": (("Aksel Dam", "Lektor i vandmiljø", "<p>Fjorden er laboratoriet, og de studerende er med ude.</p>"),),
}  # fmt: skip


def tell_about(institution: Institution) -> None:
    """Two pages in Danish below the employer's own."""
    parent = InstitutionPage.objects.get(institution=institution, locale__language_code="da")
    people = [{"name": name, "title": title, "words": words} for name, title, words in PEOPLE[institution.slug]]
    _page(parent, "Mød os", "Nogle af dem, du kommer til at arbejde sammen med.", [
        ("people", {"heading": "Kolleger", "people": people}),
    ])  # fmt: skip
    _page(parent, "Sådan ansætter vi", "Fra du søger, til du har fået svar.", [
        ("steps", {"heading": "Forløbet", "steps": [{"title": title, "words": words} for title, words in STEPS]}),
        ("questions", {"heading": "Det spørger folk om", "questions": [{"question": q, "answer": a} for q, a in ASKED]}),
    ])  # fmt: skip


def _page(parent: InstitutionPage, title: str, intro: str, body: list[tuple[str, Any]]) -> None:
    page = AboutPage(
        title=title,
        slug=slugify(title.replace("æ", "ae").replace("ø", "oe").replace("å", "aa")),
        intro=intro,
        body=body,
        locale=parent.locale,
    )
    InstitutionPage.objects.get(pk=parent.pk).add_child(instance=page)
    page.save_revision().publish()
