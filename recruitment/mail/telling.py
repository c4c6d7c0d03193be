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
    r"sygefravær\w*|fleksjob|førtidspension|nedsat\w* arbejdsevne|funktionsnedsættelse\w*|handicap|kørestol|høretab|nedsat\w* hørelse|nedsat\w* syn)\b"
)
_CONDITION_EN = (
    rf"(?:{_AILMENT}|medicine|addiction|alcohol\w*|surgery|operation|psychiatrist|psychologist|doctor|therap\w+|"
    r"wheelchair|hearing loss|impairment\w*)\b"
)
#: Whatever it is for: somebody who is treated for it has it.
_TREATED = r"(?:i behandling for|behandle[ts] for|lide[rt]? af|lidt af|døjer med|indlagt med)\b"
_TREATED_EN = r"(?:treated for|treatment for|suffer(?:ed|ing)? from|diagnosed with|undergoing)\b"
_IS_ILL = (
    r"\bdu\s+(?:\w+\s+){0,3}?(?:syg|indlagt|opereret|handicappet|stresset|deprimeret|blind|døv|ordblind|i fleksjob)\b"
)
_SAID = r"(?:sagde|siger|sagt|fortal\w+|oplys\w+|udtal\w+|mente|mener|beskrev\w*|nævn\w+|gav udtryk|giver udtryk|advarede|bekræft\w+|anbefal\w+)"
_WEAK = r"(?:for svag\w*|svage? på|ikke stærk\w*|utilstrækkelig\w*|ikke overbevis\w*|under niveau)"
_PATTERNS = (
    # health
    r"\bsygemeld\w*", r"\bsygdom\w*", r"\bsyge(?:forløb|periode|historie|dag)\w*", rf"{_YOURS}(?:ryg|knæ|nakke|hjerte|smerte|allergi)\w*", r"\bhelbred(?:et)?\b", r"\bhelbreds(?:mæssig\w*|oplysning\w*|tilstand\w*|erklæring\w*|attest\w*)",
    r"\bdiagnose(?:n|r|rne|s)?\b", r"\bdiagnosticeret\b", rf"{_OWN}{_CONDITION}", _IS_ILL, rf"\bdu\b(?! (?:kommer|skal|vil)\b){_NEAR}{_TREATED}", rf"\blægen?\s+{_NEAR}{_SAID}", r"\blægeerklæring\w*",
    r"\bgravid(?!itetsvikar)\w*", rf"{_YOURS}(?:barsel|fertilitet|fødsel)\w*",
    r"\bfortrinsadgang\w*",
    # crime
    rf"{_YOURS}(?:straffe|børne)attest\w*", r"\battest\w*\s+fra\s+politiet", r"\b(?:straffe|børne)attesten?\s+(?:viser|viste|indehold\w+|er ikke|var ikke)",
    r"\b(?:er|blev|bliver|været)\s+(?:tidligere\s+)?(?:dømt|straffet|sigtet|tiltalt|anholdt)\b", rf"{_YOU}{_NEAR}\b(?:en dom|straffelov\w*|fængsel\w*|bøde|strafbar\w*|plettet)\b",
    # tests
    r"\bpersonlighedstest\w*", r"\btestresultat\w*", rf"\bresultat\w*\s+af\s+{_YOURS}\w*test\w*", rf"{_YOURS}\w*test(?:en|ene|s)?\s+(?:viste|viser|lå|ligger|var|peger|gav)",
    r"\b(?:intelligens|færdigheds|logik)test\w*",
    # referees
    rf"\breference(?:n|r|rne|person\w*|tager\w*)?\s+(?:{_NEAR}\s)?{_SAID}", rf"\b(?:tidligere|nuværende|forrige)\s+(?:chef|leder|arbejdsgiver|arbejdsplads)\w*,?{_NEAR}{_SAID}",
    # unions, belief, origin
    r"\bfagforening(?:en|s)?\b", rf"{_YOURS}(?:religi\w+|tro|partimedlem\w*|politisk\w*|etnisk\w*|seksuel\w*|hudfarve)\b",
    # how somebody was judged
    r"\bdu\s+(?:virkede|virker|fremstod|fremstår|manglede(?! at)|mangler\s+(?:erfaring|evne|overblik|forståelse)|kunne ikke|levede ikke|scorede|klarede|tøvede|undveg|gjorde det)\b",
    r"\bdu\s+(?:blev|er|ligger|endte|kom)\s+(?:\w+\s+)?(?:nummer|nr\.)\s", r"\b(?:var|er)\s+forbeholden\b", r"\bhavde\s+forbehold\b", r"\bfrarådede\b",
    rf"{_YOURS}(?:svar|besvarelse|fremtoning|optræden|personlighed|adfærd|attitude)\w*{_NEAR}{_WEAK}", rf"{_YOURS}(?:fremtoning|optræden|adfærd|attitude)\b",
    r"\b(?:vi\s+savnede|savnede\s+vi)\b", r"\btal(?:te|er)\s+imod\s+(?:dig|din|dit|at du)\b", rf"{_YOU}{_NEAR}{_WEAK}",
    # pay of one person
    r"\bløntilbud\w*", rf"{_YOURS}(?:løn|lønkrav)\w*\s+(?:bliver|er|var|på)\b",
    # in English
    r"\byour\s+(?:\w+\s+){0,2}?(?:health|illness\w*|disease\w*|disabilit\w+|diagnos\w+|medical|medication|sick\w*|pregnan\w+|maternity|criminal|conviction\w*|union|religion|ethnic\w*)\b",
    rf"\byour\s+(?:\w+\s+){{0,2}}?{_CONDITION_EN}", rf"\byou\b(?! (?:will|would)\b){_NEAR}\b{_TREATED_EN}",
    r"\byou\s+[^.!?\n]{0,30}\b(?:disability|illness|diagnosis)\b", r"\byou\s+(?:\w+\s+){0,3}?(?:ill|sick|pregnant|disabled|convicted|depressed|hospitalised|diagnosed)\b", r"\b(?:illness|pregnan\w+|health condition\w*|sick leave)\b",
    r"\bcriminal record\s+(?:shows|showed|contains|is not)", r"\btest results?\b", r"\bpersonality test\w*", r"\byour\s+referees?\b",
    r"\b(?:referee|reference|former manager|former employer|previous employer)\s+(?:said|says|told|described|mentioned|stated)", r"\byou\s+(?:seemed|lacked|appeared|failed|struggled|did not perform)\b",
    r"\byour\s+(?:answers?|performance|behaviour|attitude)\s+(?:was|were|did)\b",
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
