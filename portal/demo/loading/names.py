"""Invented people and their papers."""

import io
import random

from docx import Document as WordDocument
from fpdf import FPDF

GIVEN = [
    "Anna",
    "Bo",
    "Camilla",
    "Daniel",
    "Emma",
    "Frederik",
    "Gitte",
    "Hassan",
    "Ida",
    "Jakob",
    "Karla",
    "Lars",
    "Mona",
    "Nikolaj",
    "Olga",
    "Peter",
    "Rana",
    "Søren",
    "Tina",
    "Ulrik",
    "Vibeke",
    "William",
    "Yasmin",
    "Zoe",
    "Asger",
    "Birgitte",
    "Christian",
    "Dorthe",
    "Elias",
    "Freja",
    "Gustav",
    "Helle",
    "Ibrahim",
    "Julie",
    "Kasper",
    "Line",
    "Magnus",
    "Nanna",
    "Oliver",
    "Pernille",
    "Rasmus",
    "Sofie",
    "Thomas",
    "Ursula",
    "Viktor",
    "Åse",
    "Øjvind",
    "Ærø",
]
FAMILY = [
    "Holm",
    "Bakkegård",
    "Lindqvist",
    "Torup",
    "Ravn",
    "Skovby",
    "Nørlund",
    "Dam",
    "Vestergård",
    "Enghave",
    "Hedegård",
    "Sand",
    "Kjærholt",
    "Brink",
    "Østerby",
    "Fuglsang",
    "Møllebæk",
    "Stenbro",
    "Ager",
    "Birkelund",
    "Damgård",
    "Elkjær",
    "Fjeldsø",
    "Grønbæk",
    "Hvidtved",
    "Iversholm",
    "Jespergård",
    "Kirkeby",
    "Lyng",
    "Marsk",
    "Nordhavn",
    "Overgård",
    "Plet",
    "Rosenlund",
    "Strandgård",
    "Toft",
    "Ulvedal",
    "Vang",
    "Yding",
    "Åkær",
]
JOBS = (("Sagsbehandler", "Kommunen ved Åen"), ("Konsulent", "Rådgivning & Co."), ("Fuldmægtig", "Et ministerium"),
        ("Studentermedhjælper", "Universitetet"), ("Projektleder", "Foreningen for Frivillige"), ("Tekniker", "Værkstedet"))  # fmt: skip
SCHOOLS = (
    "Aarhus Universitet",
    "Københavns Universitet",
    "Professionshøjskolen",
    "Aalborg Universitet",
    "Erhvervsakademiet",
)


def invent(dice: random.Random, number: int) -> dict[str, str]:
    """A person with an address of the demo's own."""
    given, family = dice.choice(GIVEN), dice.choice(FAMILY)
    plain = f"{given}.{family}".lower().translate(str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"}))
    return {
        "given_name": given, "family_name": family, "email": f"{plain}.{number}@ansoeger.example",
        "phone": f"+45 00 00 {dice.randint(10, 99)} {dice.randint(10, 99)}", "city": dice.choice(["Viborg", "Skive", "Esbjerg", "Aarhus", "København"]),
    }  # fmt: skip


def life(dice: random.Random) -> list[tuple[str, str]]:
    """Headings and lines of a CV."""
    jobs = dice.sample(JOBS, 3)
    year = dice.randint(2009, 2018)
    return [
        ("Erfaring", f"{year + 5}-nu: {jobs[0][0]}, {jobs[0][1]}"),
        ("", f"{year + 2}-{year + 5}: {jobs[1][0]}, {jobs[1][1]}"),
        ("", f"{year}-{year + 2}: {jobs[2][0]}, {jobs[2][1]}"),
        ("Uddannelse", dice.choice(SCHOOLS)),
        ("Sprog", "Dansk, engelsk" + dice.choice(["", ", tysk", ", arabisk", ", færøsk"])),
        (
            "Frivilligt arbejde",
            dice.choice(["Træner i den lokale klub", "Lektiehjælp", "Bestyrelsen i boligforeningen"]),
        ),
    ]


def cv_as_pdf(person: dict[str, str], dice: random.Random) -> bytes:
    """A page of CV."""
    paper = FPDF()
    paper.add_page()
    paper.set_font("Helvetica", "B", 20)
    paper.cell(0, 12, f"{person['given_name']} {person['family_name']}", new_x="LMARGIN", new_y="NEXT")
    paper.set_font("Helvetica", "", 11)
    paper.cell(0, 8, f"{person['email']}  {person['phone']}", new_x="LMARGIN", new_y="NEXT")
    for heading, line in life(dice):
        if heading:
            paper.set_font("Helvetica", "B", 13)
            paper.cell(0, 12, heading, new_x="LMARGIN", new_y="NEXT")
            paper.set_font("Helvetica", "", 11)
        paper.cell(0, 7, line, new_x="LMARGIN", new_y="NEXT")
    return bytes(paper.output())


def cv_as_docx(person: dict[str, str], dice: random.Random) -> bytes:
    """The same as a Word file."""
    paper = WordDocument()
    paper.add_heading(f"{person['given_name']} {person['family_name']}", 0)
    paper.add_paragraph(f"{person['email']}  {person['phone']}")
    for heading, line in life(dice):
        if heading:
            paper.add_heading(heading, 2)
        paper.add_paragraph(line)
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()


MOTIVATIONS = (
    "Jeg søger stillingen, fordi opgaverne ligger lige midt i det, jeg er god til og gerne vil blive bedre til.\n\nI mit nuværende arbejde har jeg ansvar for sager fra den første henvendelse til svaret er sendt. Jeg har lært at skrive kort, at ringe, når det er lettere, og at bede om hjælp i tide.\n\nJeg glæder mig til at høre fra jer.",
    "Da jeg læste opslaget, tænkte jeg: det er sådan et sted, jeg gerne vil være.\n\nJeg har de seneste år arbejdet med lignende opgaver og har været med til at ændre måden, vi gør tingene på, så det blev lettere for både borgere og kolleger.\n\nJeg er ordholdende, nysgerrig og ikke bange for at sige, når jeg ikke ved noget.",
    "I søger én, der kan holde overblikket. Det kan jeg.\n\nJeg har koordineret arbejde mellem mange mennesker og ved, at en god plan er en, der tåler virkeligheden. Jeg arbejder grundigt og afleverer til tiden.\n\nJeg vil gerne fortælle mere ved en samtale.",
)
