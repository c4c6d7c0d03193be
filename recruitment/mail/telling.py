"""Words in free text that give away what only its reader may know (GRD-24).

Health, crime, tests, referees, unions, and how somebody was judged. A word of a trade (handicapkonsulent, sygeplejerske,
testmiljø) is none; a word about *you* is. The list errs on the careful side: a false alarm costs a sign-in, a miss tells a stranger. It is measured against letters
written for it (tests/recruitment/letters/corpus).
"""

import re

from recruitment.documents.cpr import find_cpr_numbers

_YOU = r"\b(?:du|dig|din|dit|dine)\b"
_NEAR = r"[^.!?,\n]{0,60}?"
_YOURS = r"\b(?:din|dit|dine)\s+(?:\w+\s+){0,2}?"
_OWN = r"\b(?:din|dit|dine|har|haft|lider af|lidt af|grundet|på grund af)\s+(?:\w+\s+){0,2}?"
#: Names of ailments, alike or nearly so in both languages.
_AILMENT = (
    r"(?:stress|depression\w*|adhd|autis\w*|epileps\w*|diabetes|migræne|migraine|astma|asthma|sklerose|sclerosis|anoreksi|anorexia|demens|dementia|bipolar\w*|"
    r"skizofreni\w*|schizophreni\w*|psykose\w*|psychosis|gigt|arthritis|parkinson\w*|hiv|hepatitis|ptsd|angst|anxiety|kræft\w*|cancer|ordblind\w*|dyslexi\w*)"
)
_CONDITION = (
    rf"(?:{_AILMENT}|medicin|misbrug\w*|alkohol\w*|operation|indlæggelse\w*|psykiater|psykolog|læge|"
    r"sygefravær\w*|fleksjob|førtidspension|nedsat\w* arbejdsevne|funktionsnedsættelse\w*|handicap|kørestol|høretab|nedsat\w* hørelse|nedsat\w* syn|dialyse\w*|kemo\w*|genoptræning|ulykke|blodprop)\b(?!-)"
)
_CONDITION_EN = (
    rf"(?:{_AILMENT}|medicine|addiction|alcohol\w*|surgery|operation|psychiatrist|psychologist|doctor|therap\w+|"
    r"wheelchair|hearing loss|impairment\w*|dialysis|chemo\w*|rehab\w*)\b(?!-)"
)
#: Whatever it is for: somebody who is treated for it has it.
_TREATED = r"(?:i behandling for|behandle[ts] for|lide[rt]? af|lidt af|døjer med|indlagt med)\b"
_TREATED_EN = r"(?:treated for|treatment for|suffer(?:ed|ing)? from|diagnosed with|undergoing)\b"
_IS_ILL = (
    r"\bdu\s+(?:\w+\s+){0,3}?(?:syg|indlagt|opereret|handicappet|stresset|deprimeret|blind|døv|ordblind|i fleksjob)\b"
)
_SAID = r"(?:sagde|siger|sagt|fortal\w+|oplys\w+|udtal\w+|mente|mener|beskrev\w*|nævn\w+|gav udtryk|giver udtryk|advarede|bekræft\w+|anbefal\w+|antyd\w+|ros(?:te|er)|kritiser\w+)"
_WEAK = r"(?:for svag\w*|svage? på|ikke stærk\w*|utilstrækkelig\w*|ikke overbevis\w*|under niveau|uklar\w*|undvigende|tøvende|overfladisk\w*|mangelfuld\w*)"
_KIN = r"(?:fætter|kusine|søster|bror|svoger|svigerinde|svigerfar|svigermor|nevø|niece|mor|far|eksmand|ekskone)s?"
_UNION = r"(?:3f|hk|foa|djøf|bupl|prosa|krifa|ida|dansk metal|dansk magisterforening|dansk sygeplejeråd|[a-zæøå]*lærerforening\w*|[a-zæøå]*forbund\w*)"
_PARTY = r"(?:enhedslisten|socialdemokrat\w*|venstre|sf|de konservative|liberal alliance|dansk folkeparti|de radikale|radikale venstre|moderaterne|alternativet|danmarksdemokraterne)"
_PATTERNS = (
    # health
    r"\bsygemeld\w*", r"\bsygdom\w*", r"\bsyge(?:forløb|periode|historie|dag)\w*", rf"{_YOURS}(?:ryg|knæ|nakke|hjerte|smerte|allergi)\w*", r"\bhelbred(?:et)?\b", r"\bhelbreds(?:mæssig\w*|oplysning\w*|tilstand\w*|erklæring\w*|attest\w*)",
    r"\bdiagnose(?:n|r|rne|s)?\b", r"\bdiagnosticeret\b", rf"{_OWN}{_CONDITION}", _IS_ILL, rf"\bdu\b(?! (?:kommer|skal|vil)\b){_NEAR}{_TREATED}", rf"\blægen?\s+{_NEAR}{_SAID}", r"\blægeerklæring\w*",
    rf"{_YOU}{_NEAR}\bgravid(?!itetsvikar)\w*", rf"\bgravid(?!itetsvikar)\w*{_NEAR}{_YOU}", r"\bventer (?:barn|jer|tvillinger)\b", r"\bi (?:bliver|er snart) en mere\b",
    r"\befter dit (?:\w+\s+)?forløb\b", r"\bkørestolen\b", r"\b(?:tegnsprogs|skrive|døve)tolk\w*\s+(?:er|bliver)\b", rf"{_YOURS}(?:barsel|fertilitet|fødsel)\w*",
    r"\bfortrinsadgang\w*",
    # crime
    rf"{_YOURS}(?:straffe|børne)attest\w*", r"\battest\w*\s+fra\s+politiet", r"\b(?:straffe|børne)attesten?\s+(?:viser|viste|indehold\w+|er ikke|var ikke)",
    r"\b(?:er|blev|bliver|været)\s+(?:tidligere\s+)?(?:dømt|straffet|sigtet|tiltalt|anholdt)\b", rf"{_YOU}{_NEAR}\b(?:en dom|straffelov\w*|fængsel|fængslet|bøde|strafbar\w*|plettet)\b",
    # tests
    rf"{_YOURS}personlighedstest\w*", r"\bpersonlighedstest\w*\s+(?:viste|viser|tegne[rd]e?|pege[rd]e?)\b", r"\bpersonprofil\w*\s+(?:viste|viser|tegne[rd]e?|pege[rd]e?)\b",
    r"\bpercentil\w*", r"\bnormgruppe\w*", r"\b(?:lavt?|højt?|lave|høje) score\w*", r"\b(?:under|over) (?:middel|gennemsnittet)\b", r"\btestresultat\w*", rf"\bresultat\w*\s+af\s+{_YOURS}\w*test\w*", rf"{_YOURS}\w*test(?:en|ene|s)?\s+(?:viste|viser|lå|ligger|var|peger|gav)",
    r"\b(?:intelligens|færdigheds|logik)test\w*",
    # referees
    rf"\breference(?:n|r|rne|person\w*|tager\w*)?\s+(?:{_NEAR}\s)?{_SAID}", rf"\b(?:tidligere|nuværende|forrige)\s+(?:chef|leder|arbejdsgiver|arbejdsplads)\w*,?{_NEAR}{_SAID}",
    r"\bhar (?:nu )?talt med (?:din|dine|en af dine)\s+(?:\w+\s+){0,2}?reference\w*", rf"\b(?:hende|ham|dem),? (?:som |der )?du (?:har )?arbejde(?:de|t) (?:for|hos){_NEAR},?{_NEAR}{_SAID}",
    # dismissal, suspicion, debts, family
    r"\bdu\s+(?:\w+\s+){0,3}?(?:fyret|afskediget|bortvist|opsagt)\b", rf"{_YOURS}(?:fyring|afskedigelse|bortvisning|opsigelse)\b{_NEAR}\bfra\b", r"\banonym(?:e|t)?\s+(?:henvendelse|anmeldelse|klage|tip)\w*",
    rf"{_YOU}{_NEAR}\b(?:mobning|chikane|politianmeld\w*|mistanke|mistænkt|anklage[rt]?|samarbejdsproblemer|samarbejdsvanskeligheder)\b", rf"\b(?:mobning|chikane|mistanke|anklage\w*|anmeldelse){_NEAR}{_YOU}",
    r"\blønindeholdelse\w*", rf"{_YOURS}(?:gæld|restance|konkurs|inkasso\w*|gældssanering)\b", r"\bunder konkursen\b", r"\brki\b",
    r"\b(?:navne- og )?adressebeskytte\w*", r"\b(?:beskyttet|hemmelig) adresse\b", rf"{_YOURS}(?:skilsmisse|samvær|plejefamilie|forældremyndighed)\b", r"\bovervåge[td]e? samvær\w*", r"\bgik hver til sit\b", r"\bforældremyndighed\w*",
    rf"\b(?:er|var|som)\s+(?:\w+\s+)?(?:din|dit)\s+{_KIN}\b", rf"\bdin {_KIN} (?:side|familie|hustru|mand|kone)\b", r"\bdu er inhabil\b",
    rf"{_YOURS}(?:asyl\w*|opholdstilladelse|flygtningestatus)\b",
    # unions, belief, origin
    rf"\b(?:du er|er du|du var|du som|da du er)\s+(?:\w+\s+)?medlem(?:skab)? af\s+(?:\w+\s+)?{_UNION}", rf"\b{_UNION}-?klub\w*", rf"{_YOURS}(?:tillidsmand\w*|tillidspost|tillidshverv|fagforening\w*)", r"\bdu\s+(?:\w+\s+){0,3}?tillids(?:mand|repræsentant)\b",
    r"\b(?:kosher|halal|sabbat\w*|ramadan\w*|fastemåned\w*|fredagsbøn\w*|jehovas)\b", rf"\b(?:medlem af|opstillet for|kandidat for|valgt for|løbesedler for)\s+(?:\w+\s+)?{_PARTY}\b", rf"{_YOU}{_NEAR}\b(?:løbesedler|partibog|homoseksuel|lesbisk|bøsse|transkønnet|transperson)\b",
    r"\bfagforening(?:en|s)?\b", rf"{_YOURS}(?:religi\w+|tro|partimedlem\w*|politisk\w*|etnisk\w*|seksuel\w*|hudfarve)\b",
    # how somebody was judged
    r"\bdu\s+(?:virkede|virker|fremstod|fremstår|manglede(?! at)|mangler\s+(?:erfaring|evne|overblik|forståelse)|kunne ikke|levede ikke|scorede|klarede|tøvede|undveg|gjorde det)\b",
    r"\bdu\s+(?:blev|er|ligger|endte|kom)\s+(?:\w+\s+)?(?:nummer|nr\.)\s", r"\b(?:var|er)\s+forbeholden\b", r"\bhavde\s+forbehold\b", r"\bfrarådede\b",
    rf"{_YOURS}(?:svar|besvarelse|fremtoning|optræden|personlighed|adfærd|attitude)\w*{_NEAR}{_WEAK}", rf"{_YOURS}(?:fremtoning|optræden|adfærd|attitude)\b",
    r"\b(?:vi\s+savnede|savnede\s+vi)\b", r"\btal(?:te|er)\s+imod\s+(?:dig|din|dit|at du)\b", rf"{_YOU}{_NEAR}{_WEAK}",
    r"\b(?:vurderede|vurderer|vurderingen er|oplevede|indtryk(?:ket)?(?: er| var)?)\b,?\s+(?:dig\b|at du\b|af,? at du\b|af dig\b)", r"\bdu\s+mangler\s+(?:\w+\s+)?(?:gennemslagskraft|selvtillid|autoritet|ro|empati|rutine|dybde|tyngde|struktur|engagement|kompetencer|evner|viden)\b",
    # pay of one person
    r"\bløntilbud\w*", rf"{_YOURS}(?:løn|lønkrav)\w*\s+(?:bliver|er|var|på)\b",
    # in English
    r"\byour\s+(?:\w+\s+){0,2}?(?:health|illness\w*|disease\w*|disabilit\w+|diagnos\w+|medical|medication|sick\w*|pregnan\w+|maternity|criminal|conviction\w*|union|religion|ethnic\w*)\b",
    rf"\byour\s+(?:\w+\s+){{0,2}}?{_CONDITION_EN}", rf"\byou\b(?! (?:will|would)\b){_NEAR}\b{_TREATED_EN}",
    r"\byou\s+[^.!?\n]{0,30}\b(?:disability|illness|diagnosis)\b", r"\byou\s+(?:\w+\s+){0,3}?(?:ill|sick|pregnant|disabled|convicted|depressed|hospitalised|diagnosed)\b", r"\b(?:illness|pregnan\w+|health condition\w*|sick leave)\b",
    r"\bcriminal record\s+(?:shows|showed|contains|is not)", r"\btest results?\b", r"\bpersonality test\w*", r"\byour\s+referees?\b",
    r"\b(?:referee|reference|former manager|former employer|previous employer)\s+(?:said|says|told|described|mentioned|stated)", r"\byou\s+(?:seemed|lacked|appeared|failed|struggled|did not perform)\b",
    r"\byour\s+(?:answers?|performance|behaviour|attitude)\s+(?:was|were|did)\b", r"\b(?:panel|committee|board|we)\s+(?:\w+\s+)?(?:felt|feared|worried|doubted)\s+(?:that\s+)?(?:you|your)\b", r"\byou(?:'d|\s+would)\s+struggle\b",
    r"\byou\s+(?:were|had been|have been)\s+(?:dismissed|fired|sacked|laid off)\b", r"\bcomplaints? (?:of|about) (?:\w+\s+)?(?:bullying|harassment|you)\b", r"\bduring the reference check\b", r"\byour\s+(?:old|former|previous|last)\s+(?:boss|manager|supervisor|employer)\b(?! (?:may|can|will|must))",
    r"\byour\s+(?:\w+\s+)?(?:asylum\w*|residence permit|divorce|custody|debts?|bankruptcy|dismissal)\b", r"\bprotected (?:address|identity)\b", r"\byou(?:'re| are| were) expecting (?:a|another|your|twins)\b", r"\bmember of (?:the |a )?(?:\w+\s+)?(?:trade )?union\b",
)  # fmt: skip
_TELLING = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS))
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_SPACES = re.compile(r"[^\S\n]+")
MOST = 5  # words that are named
SHOWN = 60


def telling_words(free_text: str) -> list[str]:
    """What of the text gives something confidential away, as it stands there; a CPR number without its last digits."""
    seen = _SPACES.sub(" ", _UNSEEN.sub("", free_text)).lower()
    found = [match[0][:SHOWN].strip() for match in _TELLING.finditer(seen)]
    numbers = [f"{free_text[span.start : span.start + 6]}-xxxx" for span in find_cpr_numbers(free_text)]
    return list(dict.fromkeys([*found, *numbers]))[:MOST]
