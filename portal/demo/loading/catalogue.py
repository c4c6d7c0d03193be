"""The twelve cases of domain F.3 and ten that make the public list look alive, as data."""

from dataclasses import dataclass, field

from recruitment.cases.models import CaseState as S


@dataclass(frozen=True)
class DemoCase:
    """One case. Offsets are days from the day of loading; `out` is when the ad went out, None for drafts."""

    key: str
    institution: str
    unit: str
    title: str
    title_en: str
    category: str
    staff_group: str
    agreements: tuple[str, ...]
    places: tuple[str, ...]
    state: str
    deadline: tuple[int, str]
    created: int
    out: int | None
    layout: str = ""
    positions: int = 1
    hours: tuple[float, float] = (37, 37)
    duration: str = "PERMANENT"
    until: int | None = None
    basis: str = "COLLECTIVE_AGREEMENT"
    outcome: str = ""
    pay: tuple[int, int] | None = None
    language: str = "da"
    languages: tuple[str, ...] = ("da",)
    manager: str = ""
    decided: int | None = None
    closed: int | None = None
    competences: tuple[str, ...] = field(default=())
    is_readvertisement: bool = False


REG, KYST, LIM = "registerstyrelsen", "kysthavn", "limfjordens-universitet"
UNG, ELEV, RESEARCH = (
    "Registerstyrelsen – unge og studerende",
    "Kysthavn – elever",
    "Limfjordens Universitet – research",
)

CASES: tuple[DemoCase, ...] = (
    DemoCase("R1", REG, "Jura og Tilsyn", "Fuldmægtig med flair for tilsynsjura", "Head of section in supervision law", "akademisk-arbejde", "AC", ("ac",), ("Viborg",), S.CLOSED, (-59, "23.59"), -95, -80, outcome="FILLED", pay=(440_000, 520_000), decided=-42, closed=-30, competences=("Kandidatgrad", "Skriver klart", "Kender forvaltningsret")),
    DemoCase("R2", REG, "Platform", "Senior softwareudvikler til fælles offentlig registerplatform", "Senior software developer", "it-og-teleteknik", "IT", ("ac", "prosa"), ("København", "Viborg"), S.INTERVIEWING, (-9, "12.00"), -45, -32, pay=(620_000, 760_000), competences=("Python og Django", "PostgreSQL", "CI og drift", "Sikkerhed")),
    DemoCase("R3", REG, "Data og Analyse", "Kontorchef til Data og Analyse", "Head of Data and Analysis", "ledelse", "CHEF", ("chefloen",), ("Viborg",), S.DECIDING, (-30, "12.00"), -70, -52, pay=(780_000, 880_000), competences=("Personaleledelse", "Politisk tæft", "Analytisk styrke")),
    DemoCase("R4", REG, "Koncern HR", "Studentermedhjælper til HR", "Student assistant in HR", "kontor-administration-regnskab-og-finans", "STUDENT", ("studenter",), ("København",), S.ADVERTISED, (6, "23.59"), -20, -10, layout=UNG, hours=(15, 15), duration="FIXED_TERM", until=500, competences=("Omhyggelig", "Fortrolighed")),
    DemoCase("R5", REG, "Kundecenter Viborg", "Kundevejledere – barselsvikariat", "Customer advisers – maternity cover", "kontor-administration-regnskab-og-finans", "HK", ("hk-kontor",), ("Viborg",), S.CONCLUDING, (-38, "23.59"), -75, -58, positions=2, hours=(32, 37), duration="TEMPORARY_COVER", until=300, decided=-12, competences=("Ro i samtalen", "Skriftlig klarhed", "Kontorerfaring")),
    DemoCase("K1", KYST, "Inspektion Vest", "Havneinspektør", "Harbour inspector", "transport-post-lager-og-maskinfoererarbejde", "TEKNISK_SERVICE", ("maskinmester",), ("Esbjerg",), S.ASSESSING, (-2, "12.00"), -110, -22, is_readvertisement=True, competences=("Maritim uddannelse", "Rapportskrivning", "Samarbejde")),
    DemoCase("K2", KYST, "Laboratorium Nord", "Laborant til sediment- og vandprøver", "Laboratory technician, sediment and water samples", "sundhed-omsorg-og-personlig-pleje", "LABORANT", ("hk-kontor",), ("Frederikshavn",), S.CLOSED, (-75, "23.59"), -110, -96, outcome="FILLED", decided=-52, closed=-40, competences=("Laborant", "Feltarbejde")),
    DemoCase("K3", KYST, "Økonomi og Service", "Chefkonsulent i økonomistyring", "Chief adviser, financial management", "kontor-administration-regnskab-og-finans", "AC", ("ac",), ("Esbjerg",), S.CLOSED, (-66, "12.00"), -100, -84, outcome="UNFILLED", decided=-38, closed=-33, competences=("Statens økonomisystemer", "Formidling af tal")),
    DemoCase("K4", KYST, "Ledelse og Sekretariat", "Kontorelev med speciale i offentlig administration", "Office trainee", "elever", "ELEV", ("elev",), ("Esbjerg",), S.READY, (24, "23.59"), -8, None, layout=ELEV, duration="FIXED_TERM", until=800, competences=("Nysgerrighed", "Holder aftaler")),
    DemoCase("L1", LIM, "Institut for Vandmiljø", "Lektor i vandmiljø", "Associate Professor in Aquatic Environment", "undervisning-og-vejledning", "VIP", ("vip", "ac"), ("Skive",), S.ASSESSING, (-14, "23.59"), -70, -45, languages=("da", "en"), competences=("Forskning på lektorniveau", "Undervisningserfaring", "Ekstern finansiering")),
    DemoCase("L2", LIM, "Institut for Energi", "Ph.d.-stipendiat i energisystemer", "PhD fellow in Energy Systems", "undervisning-og-vejledning", "VIP", ("vip",), ("Thisted",), S.CLOSED, (-140, "23.59"), -190, -170, layout=RESEARCH, duration="FIXED_TERM", until=900, outcome="FILLED", decided=-80, closed=-60, language="en", languages=("en",), competences=("Master's degree", "Programming", "Written English")),
    DemoCase("L3", LIM, "Studieservice", "Studie- og karrierevejleder", "Student and career adviser", "undervisning-og-vejledning", "AC", ("ac",), ("Skive",), S.DRAFT, (30, "23.59"), -3, None, hours=(30, 30), competences=("Vejledning",)),
    DemoCase("X1", REG, "Brugerrejser", "Tjenestedesigner til enklere selvbetjening", "Service designer", "design-formgivning-og-grafisk-arbejde", "AC", ("ac",), ("København",), S.ADVERTISED, (12, "12.00"), -16, -6, pay=(480_000, 560_000), competences=("Brugertest", "Tekst")),
    DemoCase("X2", REG, "Platform", "Site reliability engineer", "Site reliability engineer", "it-og-teleteknik", "IT", ("prosa", "ac"), ("København", "Viborg"), S.ADVERTISED, (19, "23.59"), -12, -3, language="en", languages=("en",), pay=(640_000, 740_000), competences=("Linux", "Incident handling")),
    DemoCase("X3", KYST, "Inspektion Øst", "Kystinspektør ved Køge Bugt", "Coastal inspector", "bygge-og-anlaeg", "INGENIOER", ("ac",), ("Køge",), S.ADVERTISED, (9, "12.00"), -20, -8, competences=("Kystsikring", "Kørekort")),
    DemoCase("X4", KYST, "Økonomi og Service", "Skibsmekaniker til inspektionsfartøjer", "Ship mechanic", "jern-metal-og-auto", "HAANDVAERK", ("maskinmester",), ("Esbjerg",), S.ADVERTISED, (2, "23.59"), -30, -14, layout=ELEV, competences=("Motorer", "Hydraulik")),
    DemoCase("X5", LIM, "Studieservice", "International studentervejleder", "International student adviser", "undervisning-og-vejledning", "AC", ("ac",), ("Skive", "Thisted"), S.ADVERTISED, (15, "23.59"), -14, -4, language="en", languages=("en",), hours=(30, 37), layout=RESEARCH, competences=("Advising", "English")),
    DemoCase("X6", LIM, "Institut for Vandmiljø", "Postdoc i projektet Klar Fjord", "Postdoc in the project Clear Fjord", "akademisk-arbejde", "VIP", ("vip", "ac"), ("Skive",), S.ADVERTISED, (27, "23.59"), -10, -2, duration="FIXED_TERM", until=800, language="en", languages=("en",), layout=RESEARCH, competences=("PhD", "Field work")),
    DemoCase("X7", LIM, "Institut for Forvaltning", "Ekstern lektor i forvaltningsret", "External lecturer in administrative law", "undervisning-og-vejledning", "DVIP", ("ac",), ("Skive",), S.ADVERTISED, (8, "12.00"), -22, -9, hours=(4, 6), duration="FIXED_TERM", until=220, competences=("Forvaltningsret",)),
    DemoCase("X8", REG, "Koncern HR", "Personaleadministrativ medarbejder", "HR administrator", "kontor-administration-regnskab-og-finans", "HK", ("hk-kontor",), ("Viborg",), S.ADVERTISED, (4, "23.59"), -28, -12, competences=("Kontoruddannelse", "Omhu")),
    DemoCase("X9", REG, "Data og Analyse", "Analytiker med sans for formidling", "Analyst", "akademisk-arbejde", "AC", ("ac",), ("Viborg", "København"), S.ADVERTISED, (16, "12.00"), -12, -1, pay=(430_000, 510_000), competences=("Kandidatgrad", "R eller Python", "Formidling")),
    DemoCase("X10", LIM, "It", "Data steward", "Data steward", "akademisk-arbejde", "AC", ("ac",), ("Skive",), S.ADVERTISED, (21, "23.59"), -9, -1, language="en", languages=("en",), competences=("Research data", "Teaching")),
)  # fmt: skip

BY_KEY = {case.key: case for case in CASES}


def options(*pairs: tuple[str, str, str]) -> list[dict[str, str]]:
    """Options of a question from (code, Danish, English)."""
    return [{"code": code, "da": danish, "en": english} for code, danish, english in pairs]


LEVELS = options(
    ("1", "begynder", "beginner"),
    ("2", "øvet", "practised"),
    ("3", "erfaren", "experienced"),
    ("4", "ekspert", "expert"),
)
SHIFTS = options(
    ("a", "kl. 8-11", "8-11"), ("b", "kl. 11-14", "11-14"), ("c", "kl. 14-16", "14-16"), ("d", "kl. 16-18", "16-18")
)

#: case -> questions: (kind, Danish, English, which competence, more)
QUESTIONS: dict[str, tuple[tuple[str, str, str, int, dict[str, object]], ...]] = {
    "R1": (("YES_NO", "Har du en kandidatgrad?", "Do you have a master's degree?", 0, {}),
           ("FREE_TEXT", "Beskriv en afgørelse, du har været med til at skrive (højst 1.500 tegn)", "Describe a decision you helped write (at most 1,500 characters)", 1, {"limits": {"max_length": 1500}})),
    "R2": (("CLASSIFIED", "Hvor stærk er du i disse teknologier?", "How strong are you in these technologies?", 0,
            {"options": options(("python", "Python", "Python"), ("postgresql", "PostgreSQL", "PostgreSQL"), ("ci", "CI", "CI")), "scale": LEVELS}),),
    "R5": (("PRIORITISED", "Prioritér de fire vagttidsrum", "Put the four shifts in order of preference", 0, {"options": SHIFTS}),),
    "K1": (("YES_NO", "Har du uddannelse som maskinmester, skibsfører eller tilsvarende?", "Are you trained as a marine engineer, ship's officer or similar?", 0, {}),),
    "X9": (("YES_NO", "Har du en kandidatgrad?", "Do you have a master's degree?", 0, {}),
           ("SINGLE", "Hvilket værktøj bruger du mest?", "Which tool do you use most?", 1, {"options": options(("r", "R", "R"), ("python", "Python", "Python"), ("sas", "SAS", "SAS")), "allow_other": True}),
           ("MULTIPLE", "Hvilke former for formidling har du erfaring med?", "Which kinds of communication have you experience with?", 2, {"options": options(("notat", "notater", "memos"), ("figur", "figurer", "figures"), ("oplaeg", "oplæg", "talks"), ("presse", "presse", "press"))}),
           ("PRIORITISED", "Hvad vil du helst arbejde med? Sæt i rækkefølge.", "What would you rather work with? Put in order.", 1, {"options": options(("data", "datasæt", "data sets"), ("analyse", "analyse", "analysis"), ("tekst", "formidling", "communication"))}),
           ("CLASSIFIED", "Hvor erfaren er du?", "How experienced are you?", 1, {"options": options(("statistik", "statistik", "statistics"), ("registre", "registerdata", "register data")), "scale": LEVELS}),
           ("FREE_TEXT", "Beskriv en analyse, du er stolt af (højst 1.500 tegn)", "Describe an analysis you are proud of (at most 1,500 characters)", 2, {"limits": {"max_length": 1500}})),
}  # fmt: skip
