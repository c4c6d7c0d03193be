"""The words of the ads (domain F.4): introduction, tasks, profile, offer; invented, and meant to be read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """One ad's words."""

    intro: str
    about: str
    tasks: tuple[str, ...]
    profile: tuple[str, ...]
    offer: str
    quote: tuple[str, str, str] | None = None


WORDS = {
    "R1": Words(
        "Vil du være med til at sikre, at borgere kan stole på de offentlige registre? Vi søger en fuldmægtig, der kan gøre svær jura let at handle efter.",
        "Du bliver en del af Jura og Tilsyn, hvor 14 kolleger i Viborg fører tilsyn med de registre, resten af samfundet bygger på.",
        ("føre tilsyn med dataansvarlige registre", "skrive afgørelser og høringssvar", "betjene direktion og departement", "holde oplæg for kommuner"),
        ("er cand.jur., cand.scient.adm. eller lignende", "skriver klart, også når sagen er indviklet", "kender forvaltningsretten"),
        "Et oplæringsforløb med fast makker, flekstid og mulighed for at arbejde hjemme 20 % af tiden.",
        ("Det bedste ved jobbet er, når en kommune ringer et halvt år efter og siger, at det virker.", "Lise Ørum", "chefkonsulent")),
    "R2": Words(
        "Byg registerplatformen, som 98 kommuner bruger. Du får ansvar for kode, der kører, når borgeren klikker.",
        "Platform er et hold på ni udviklere, som udvikler og driver de tjenester, kommunernes fagsystemer taler med hver dag.",
        ("udvikle services i Python og Django", "designe og vedligeholde API'er", "drift i container-miljø", "gennemgå kode og være mentor for yngre kolleger"),
        ("har flere års erfaring med web-systemer", "tænker sikkerhed ind i databehandling", "taler og skriver dansk eller engelsk"),
        "Stærkt fagligt miljø, tid til at gøre det ordentligt og delvist hjemmearbejde fra København eller Viborg."),
    "R3": Words(
        "Led 22 dygtige medarbejdere, der gør data til beslutninger. Vi søger en kontorchef, som kan samle fag og politik.",
        "Data og Analyse leverer statistik og analyser til ministeriet, kommunerne og offentligheden.",
        ("lede og udvikle 22 medarbejdere", "lægge strategien for vores dataanvendelse", "have ansvar for budgettet", "samarbejde med statistiske myndigheder"),
        ("har dokumenteret erfaring med personaleledelse", "har politisk tæft", "er analytisk stærk og kan forklare det enkelt"),
        "Stillingen kan besættes på åremål. Test indgår før 2. samtale, og referencer indhentes efter samtykke."),
    "R4": Words(
        "Læser du på mindst 3. semester, og vil du se, hvordan en stor arbejdsplads finder sine folk? Så kom med i Koncern HR.",
        "Du bliver en del af et hold på otte, som hjælper lederne med at rekruttere.",
        ("hjælpe med at skrive og slå stillinger op", "holde overblik over ansøgere", "lave statistik, som ledelsen bruger"),
        ("er i gang med en videregående uddannelse og har gennemført mindst to semestre", "er omhyggelig og kan holde på fortrolige oplysninger"),
        "15 timer om ugen, som passer til din studieplan, og kolleger, der gerne forklarer."),
    "R5": Words(
        "Ro i stemmen og klare svar: vi søger to kundevejledere til barselsvikariater i ti måneder.",
        "Kundecenter Viborg svarer på 900 henvendelser om dagen, på telefon og på skrift.",
        ("vejlede borgere og virksomheder på telefonen", "besvare skriftlige henvendelser", "hjælpe kolleger i myldretiden"),
        ("har en kontoruddannelse eller tilsvarende erfaring", "bevarer roen, når der er travlt", "skriver klart dansk"),
        "Vagtplan mellem kl. 8 og 18, som lægges sammen med dig, og fire ugers oplæring."),
    "K1": Words(
        "Stillingen genopslås. Tidligere ansøgere indgår i vurderingen og behøver ikke søge igen.",
        "Du inspicerer kajer, sikring og sejladsforhold i vestjyske havne. Du kører selv ud i tjenestebil og indgår i døgnvagten.",
        ("inspicere kajer og kystsikring", "føre tilsyn med sejladsforhold", "skrive rapporter, der kan handles på", "indgå i vagtordning"),
        ("er maskinmester, skibsfører eller tilsvarende", "kan bestå en svømmeprøve", "kan få helbredscertifikat efter et tilbud om ansættelse"),
        "Frihed i hverdagen, godt udstyr og kolleger, der kender hver en fortøjningspæl."),
    "K2": Words(
        "Vil du have sand i støvlerne og styr på metoden? Laboratorium Nord søger en laborant til sediment- og vandprøver.",
        "Vi er ti kolleger, som tager og analyserer prøver fra hele landets kyster.",
        ("tage prøver fra båd og strand", "analysere sediment", "kvalitetssikre metoder og resultater"),
        ("er uddannet laborant", "har lyst til feltarbejde i al slags vejr", "arbejder omhyggeligt"),
        "Et nyt laboratorium, rejsedage med frihed bagefter og mulighed for at specialisere dig."),
    "K3": Words(
        "Hjælp os med at bruge pengene, hvor de gør mest for kysten.",
        "Økonomi og Service er seks medarbejdere, der samler budget, prognoser og opfølgning for hele inspektoratet.",
        ("udarbejde bidrag til finansloven", "lave prognoser", "udvikle controlling sammen med inspektionerne"),
        ("har erfaring fra statens økonomisystemer", "kan forklare tal for folk, der ikke elsker dem"),
        "Kort vej til direktionen og plads til at forme din egen rolle."),
    "K4": Words(
        "Start dit kontorliv ved vandet: vi søger en elev med speciale i offentlig administration.",
        "I to år kommer du rundt i sekretariat, økonomi og inspektion og får en fast vejleder hele vejen.",
        ("hjælpe med journal og møder", "bogføre og følge op", "tage med på inspektion og lære at skrive rapport"),
        ("har gennemført grundforløbet", "er nysgerrig og holder aftaler"),
        "En elevplan, vi faktisk følger, og andre elever at sparre med."),
    "L1": Words(
        "Forsk i næringsstoffer i fjorde, og undervis dem, der skal passe på vandet efter os.",
        "Institut for Vandmiljø har 40 forskere og et feltværksted ved Limfjorden. Ansættelsesprocessen tager tre til seks måneder: et bedømmelsesudvalg vurderer de udvalgte, og du får bedømmelsen til kommentering.",
        ("forske i næringsstoffer i fjorde", "undervise på bachelor og kandidat", "hente ekstern finansiering", "vejlede ph.d.-studerende"),
        ("har forskningskvalifikationer på lektorniveau", "har dokumenteret undervisningserfaring"),
        "Feltværksted, båd og tid til forskning."),
    "L1-en": Words(
        "Do research on nutrients in fjords, and teach those who will look after the water after us.",
        "The Department of Aquatic Environment has 40 researchers and a field station by the Limfjord. The process takes three to six months: an assessment committee assesses the selected applicants, and you receive the assessment for comment.",
        ("do research on nutrients in fjords", "teach at bachelor's and master's level", "attract external funding", "supervise PhD students"),
        ("research qualifications at the level of associate professor", "documented teaching experience"),
        "A field station, a boat and time for research."),
    "L2": Words(
        "Model how islands can run on their own wind. A three-year PhD fellowship at the edge of the grid.",
        "The Department of Energy works with utilities and island communities in Denmark and abroad.",
        ("model island grids", "publish with your supervisors", "teach a little, learn a lot"),
        ("a relevant master's degree", "programming experience", "good written English"),
        "Supervision by two professors, a stay abroad and a community of twelve PhD fellows."),
    "L3": Words(
        "Vejled studerende, når planen holder, og når den ikke gør.",
        "Studieservice vejleder 3.400 studerende én til én og i grupper.",
        ("vejlede studerende én til én", "holde gruppevejledning og oplæg", "samarbejde med institutterne"),
        ("har erfaring med vejledning", "lytter, før du svarer"), ""),
    "X1": Words(
        "Gør offentlige selvbetjeninger så enkle, at ingen behøver at ringe.",
        "Brugerrejser tester med rigtige mennesker hver anden uge og retter det, der driller.",
        ("planlægge og gennemføre brugertest", "tegne og afprøve løsninger", "skrive tekster, folk forstår"),
        ("har erfaring med tjenestedesign", "kan vise resultater, ikke kun skærme"), "Et tværfagligt hold og plads til at blive klogere."),
    "X2": Words(
        "Keep the platform that 98 municipalities rely on safe and running. Danish is not required.",
        "The Platform team runs around 60 services on Kubernetes with a small, experienced crew.",
        ("run and improve our clusters", "automate what hurts", "take part in an on-call rota with time off in lieu"),
        ("experience with Linux and containers in production", "calm incident handling", "good English"),
        "Part of the work can be done from home in Denmark, and Danish lessons are on us."),
    "X3": Words(
        "Bliv vores nye øjne på kysten ved Køge Bugt.",
        "Inspektion Øst dækker Sjælland, Lolland-Falster og Bornholm.",
        ("inspicere kystsikring", "behandle ansøgninger om anlæg", "mødes med kommuner og grundejere"),
        ("er bygningsingeniør, geograf eller lignende", "har kørekort"), "Vekslen mellem felt og skrivebord."),
    "X4": Words(
        "Hold motoren i gang på vores tre inspektionsfartøjer.",
        "Du bliver en del af et værksted med fire kolleger i Esbjerg.",
        ("vedligeholde motorer og hydraulik", "planlægge værftsophold"), ("er uddannet maskinmester eller skibsmekaniker",), "Godt værktøj og en leder, der selv har haft olie på fingrene."),
    "X5": Words(
        "Guide our international students from the first e-mail to graduation.",
        "Student Services helps 400 international students every year.",
        ("advise applicants and students", "run introduction weeks", "work with departments and authorities"),
        ("experience with advising", "fluent English; Danish is an advantage"), "A warm team and a campus by the fjord."),
    "X6": Words(
        "Research scientist positions rarely come with a boat. This one does.",
        "A two-year postdoc in the project Clear Fjord.",
        ("sample and analyse nutrients", "model seasonal change", "publish"), ("a PhD in a relevant field", "experience with field work"), "Field station, boat and a budget for conferences."),
    "X7": Words(
        "Undervis fremtidens embedsfolk i, hvordan en god afgørelse skrives.",
        "Institut for Forvaltning søger en ekstern lektor i forvaltningsret.",
        ("undervise ti gange om foråret", "bedømme skriftlige opgaver"), ("er jurist med erfaring fra forvaltningen",), "Engagerede studerende og frihed til at vælge eksempler."),
    "X8": Words(
        "Vær den, der får arkivet til at svare.",
        "Koncern HR søger en HK'er til personaleadministration.",
        ("oprette ansættelser", "svare på spørgsmål om løn og ferie", "holde orden i personalesager"), ("er kontoruddannet eller har tilsvarende erfaring", "er omhyggelig"), "Flekstid og et hold, der hjælper hinanden."),
    "X9": Words(
        "Analysér, hvad registrene kan fortælle om Danmark.",
        "Data og Analyse søger en analytiker med sans for både metode og formidling.",
        ("bygge datasæt", "lave analyser til ministeriet", "formidle resultater i tekst og figurer"), ("har en kandidatgrad", "er vant til R eller Python"), "Data i en kvalitet, du ikke finder andre steder."),
    "X10": Words(
        "Help researchers publish their data so that others can use them.",
        "The university library is building a small data service and looks for its first data steward.",
        ("advise researchers on data management", "run our repository", "teach PhD courses"), ("a master's degree", "knowledge of research data", "good English"), "You shape the job together with us."),
}  # fmt: skip
