"""What may not be asked of an applicant (INV-24, INV-17), as the words in which it is asked. Danish and English side by side.

Sources: forskelsbehandlingsloven §§ 2, 4 and 5 (age at application since 1 July 2022), ligebehandlingsloven § 4,
foreningsfrihedsloven, helbredsoplysningsloven §§ 2-4, the pay transparency directive article 5(2).
"""

import re
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Topic(NamedTuple):
    """`asked` is sure: the person is asked about it. `named` is a hint: the word stands in a question to the person."""

    code: str
    name: Promise
    asked: re.Pattern[str]
    named: re.Pattern[str] | None = None
    rule: str = "INV-24"


def any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


TOPICS = (
    Topic(
        "age",
        _("age"),
        any_of(
            r"\bhvor gammel (er du|du er)\b", r"\b(din|jeres|angiv|oplys) alder\b", r"\bfødsels(dato|dag|år)",
            r"\b(hvornår|år) (er|blev) du født", r"\baldersgruppe\b.{0,12}\b(tilhører|er) du\b",
            r"\ber du fyldt \d\d\b", r"\bcpr\b", r"\bpersonnummer", r"^\s*alder\s*[:?]?\s*$",
            r"\bhow old (are you|you are)\b", r"\bwhat age are you\b", r"^your age$", r"\byour age\b",
            r"\bage (group|range|bracket)\b.{0,12}\b(do you belong|are you)\b", r"\byour age (group|range|bracket)",
            r"\b(date|year) of birth\b", r"\bbirth ?(date|day|year)\b", r"\b(when|year) were you born\b",
            r"^\s*age\s*[:?]?\s*$",
            r"\b(er du|are you)\b.{0,15}\b(over|under|mellem|between|older|younger|ældre end|yngre end)\b.{0,12}\b\d\d\b",
        ),
        any_of(
            r"\baldersgruppe", r"\bage (group|range|bracket)",
        ),
    ),
    Topic(
        "pregnancy",
        _("pregnancy or parental leave"),
        any_of(
            r"\b(er|bliver) du gravid",
            r"\b(planlægger|regner|forventer|skal|har) du\b.{0,40}\b(gravid\b|graviditet\b|barsel\b|orlov med barn|få børn|stifte familie)",
            r"\bventer du barn\b", r"\bfertilitetsbehandling", r"\bfamilieforøgelse",
            r"\bare you (currently )?(pregnant|expecting)\b",
            r"\bplan(ning|s)? (to|on)\b.{0,30}\b(pregnan|hav(e|ing) (a )?(child|kid|bab)|start(ing)? a family)",
            r"\b(will|going|plan|planning|expect)\b.{0,30}\b(maternity|paternity|parental) leave\b",
        ),
        any_of(
            r"\bgravid(itet)?\b", r"\bbarsel(?!svikar)", r"\bpregnan",
            r"\b(maternity|paternity|parental)\b(?! cover)",
        ),
    ),
    Topic(
        "family",
        _("children or family life"),
        any_of(
            r"\bhar du (små |mindre |hjemmeboende |nogen )*(børn|barn)\b", r"\bhvor mange børn\b.{0,12}\bdu\b",
            r"\bdine børn\b", r"\bpasning\b.{0,20}\bbørn\b",
            r"\bhar du (en )?(kæreste|ægtefælle|samlever|kone|mand|partner)\b",
            r"\ber du (gift|single|skilt|samlevende|forsørger|enlig|mor|far)\b", r"\bcivil(stand|status)",
            r"\bægteskabelig", r"\bbor du (alene|sammen)\b",
            r"\bdin (ægtefælle|samlever|kæreste|familie(situation)?)\b",
            r"\bdo you have (any |young |small )*(children|kids)\b", r"\bhow many (children|kids)\b.{0,12}\byou\b",
            r"\byour (children|kids|spouse|husband|wife|family)\b", r"\bchild ?care (arrangement|responsibilit)",
            r"\bdo you live (alone|with)\b", r"\bfamily (obligations|situation|life)\b", r"\bmarital status\b",
            r"\bdo you have a (partner|husband|wife|boyfriend|girlfriend|spouse)\b",
            r"\bare you (married|single|divorced|a (parent|mother|father))\b",
        ),
    ),
    Topic(
        "religion",
        _("religion"),
        any_of(
            r"\b(din|hvilken) (religion|tro|trosretning|trosbekendelse)\b",
            r"\ber du (troende|religiøs|kristen|muslim|jøde|hindu|buddhist|ateist)",
            r"\bmedlem af\b.{0,15}\b(folkekirken|trossamfund)",
            r"\bbærer du\b.{0,20}\b(tørklæde|hovedbeklædning|kors)", r"\b(beder|faster) du\b",
            r"\b(går|kommer) du i (kirke|moské|synagoge)", r"\bspiser du (svinekød|halal|kosher)",
            r"\b(your|which|what) (religion|faith|religious)",
            r"\b(which|what) (church|mosque|synagogue|temple)\b.{0,12}\byou\b",
            r"\bare you (religious|(a )?(christian|muslim|jew|jewish|hindu|buddhist|atheist))\b",
            r"\bdo you (eat (pork|halal|kosher)|pray|fast|observe|go to church|wear a (headscarf|hijab))\b",
        ),
        any_of(
            r"\breligi", r"\btrossamfund", r"\bramadan",
        ),
    ),
    Topic(
        "politics",
        _("politics"),
        any_of(
            r"\bstem(te|mer) du\b",
            r"\bdin(e|t)? politiske? (holdning|overbevisning|ståsted|tilhørsforhold|interesse|anskuelse)",
            r"\b(medlem af|aktiv i|med i) (et |noget )?(politisk )?parti", r"\ber du politisk (aktiv|engageret)",
            r"\bhvilket parti\b", r"\b(who|which party)\b.{0,12}\bvote", r"\byour political\b",
            r"\b(member of|support|active in)\b.{0,6}\b(political )?party\b", r"\bare you politically active\b",
        ),
    ),
    Topic(
        "union",
        _("membership of a trade union"),
        any_of(
            r"\bmedlem af\b.{0,20}\b(fagforening|fagforbund|forbund|a-kasse|faglig organisation)",
            r"\b(hvilken|din) (fagforening|a-kasse|faglige organisation)", r"\ber du (fagligt |fag)?organiseret\b",
            r"\bhar du været (tillidsrepræsentant|fællestillidsrepræsentant)",
            r"\b(member of|belong to|joined)\b.{0,6}\b(trade |labou?r )?union\b",
            r"\b(your|which|what) (trade |labou?r )?union\b", r"\bare you (a )?unioni[sz]ed\b|\bunion member\b",
            r"\bbeen a (shop steward|union representative)\b",
        ),
        any_of(
            r"\bfagforening", r"\ba-kasse", r"\btrade union",
        ),
    ),
    Topic(
        "ethnicity",
        _("ethnic or national origin"),
        any_of(
            r"\b(din|dit|din egen|hvilken) (etnicitet|etniske|etnisk|race|hudfarve|nationalitet|herkomst|oprindelse|fødeland|kulturelle baggrund)",
            r"\bhvor (kommer|stammer) du\b.{0,20}\bfra\b", r"\bhvor er du født\b",
            r"\ber du (indvandrer|flygtning|efterkommer|tosproget|af anden etnisk)", r"\bdine forældre\b",
            r"\bfødested",
            r"\b(your|what) (ethnic|race\b|racial|skin|nationality|national origin|country of (birth|origin)|cultural background)",
            r"\bwhere (are|do) you\b.{0,20}\b(come )?from\b", r"\bwhere were you born\b",
            r"\b(what|which) country (are|do) you\b", r"\byour parents\b", r"\bplace of birth\b",
        ),
        any_of(
            r"\bmodersmål", r"\bstatsborger", r"\b(immigrant|refugee)\b", r"\bmother tongue\b",
            r"\bnative (speaker|language)\b", r"\bcitizen(ship)?\b", r"\betnisk", r"\bethnic",
        ),
    ),
    Topic(
        "sexual_orientation",
        _("sexual orientation"),
        any_of(
            r"\b(din|dine) seksuel", r"\bseksuelle? (orientering|præference|observans)",
            r"\bdu\b.{0,25}\baf samme køn\b", r"\ber du (homoseksuel|heteroseksuel|biseksuel|bøsse|lesbisk|trans)",
            r"\bsexual (orientation|preference|identity)\b",
            r"\bare you (gay|lesbian|straight|bisexual|homosexual|heterosexual|queer|trans)",
        ),
    ),
    Topic(
        "gender",
        _("gender"),
        any_of(
            r"\b(dit|angiv|oplys|hvilket) køn\b", r"\bkønsidentitet", r"\ber du (mand|kvinde|en mand|en kvinde)\b",
            r"^\s*køn\s*[:?]?\s*$", r"\b(your|what) (gender|sex)\b", r"\bgender identity\b",
            r"\bare you (male|female|a man|a woman)\b", r"^\s*(gender|sex)\s*[:?]?\s*$",
        ),
        rule="INV-17",
    ),
    Topic(
        "health",
        _("health"),
        any_of(
            r"\b(dit|din) (generelle |fysiske |psykiske |mentale )*(helbred|helbredstilstand|sundhed|sundhedstilstand|form for sygdom)",
            r"\b(har|lider|fejler) du\b (nogensinde |haft |af |nogen |en |et |noget |kroniske? |alvorlige? |fysiske? |psykiske? )*(sygdom|lidelse|diagnose|allergi|handicap|helbredsproblem|skavank|depression|ondt\b|stress\b|af\b|noget\b)",
            r"\ber du (sund|rask|syg|sygemeldt|kronisk|handicappet|fysisk rask|gravid eller syg)\b",
            r"\ber du (psykisk|fysisk) (sårbar|syg|svag)", r"\btager du\b.{0,20}\bmedicin", r"\bryger du\b",
            r"\bdrikker du\b", r"\bhar du været (sygemeldt|indlagt|langtidssyg)",
            r"\bhelbredsoplysninger\b.{0,20}\bdig\b", r"\byour (general |physical |mental |current )*health\b",
            r"\bdo you (have|suffer from)\b (any |a |chronic |serious |mental |physical )*(illness|disease|disabilit|medical condition|health|allerg|disorder)",
            r"\bare you (healthy|in good health|disabled|ill|sick)\b", r"\btak(e|ing) (any |regular )?medica",
            r"\bdo you (smoke|drink)\b", r"\bhave you (ever )?(been (ill|hospitali[sz]ed)|suffered from)\b",
        ),
        any_of(
            r"\bhelbred", r"\bsygdom", r"\bhandicap", r"\bdiagnose", r"\billness", r"\bdisabilit",
            r"\bmedical condition",
        ),
    ),
    Topic(
        "sick_days",
        _("sick days"),
        any_of(
            r"\b(dit|dine|hvor mange|antal|hvor meget|hvor højt)\b.{0,15}\b(sygefravær|sygedage|fraværsdage|fravær)\b",
            r"\bhvor (ofte|mange dage|tit)\b.{0,20}\bsyg",
            r"\b(your|how many|number of|how much)\b.{0,15}\b(sick (days|leave)|absence)", r"\battendance record\b",
            r"\bhow (often|many days)\b.{0,25}\b(ill|sick|absent)\b",
        ),
        any_of(
            r"\bsygefravær", r"\bsygedag", r"\bsick (leave|day)",
        ),
    ),
    Topic(
        "pay_history",
        _("earlier or present pay"),
        any_of(
            r"\b(nuværende|tidligere|seneste|sidste|hidtidige) (grund|års|måneds)?løn", r"\bhvad (tjener|tjente) du",
            r"\bhvad er din (måneds|års)?løn\b", r"\blønhistorik", r"\blønsedl|\blønseddel",
            r"\bhvad (får|fik) du i løn", r"\bløn\b.{0,15}\bi (din|dit) (nuværende|tidligere|seneste|sidste)",
            r"\b(current|present|previous|past|last|former|existing) (annual |monthly |base )?(salary|pay|wages?|compensation|remuneration|earnings)\b",
            r"\bwhat (do|did|are|were) you\b.{0,12}\b(earn|paid|making)", r"\b(salary|pay|wage) history\b",
            r"\bpay ?slip",
        ),
    ),
    Topic(
        "photo",
        _("a photo of the applicant"),
        any_of(
            r"\b(vedhæft|upload|indsend|send|indsæt)\b.{0,25}\b(foto|billede) af dig",
            r"\b(profil|portræt)(billede|foto)", r"\b(photo|picture) of you(rself)?\b",
            r"\byour (photo|headshot|portrait)\b", r"\bheadshot\b",
        ),
        rule="INV-17",
    ),
)  # fmt: skip

# "Are you over 18" may be asked, as yes or no, where a law sets the limit (domain E5.3).
OVER_EIGHTEEN = any_of(
    r"\b(fyldt|over|under|mindst|at least|turned|above|below)\b.{0,12}\b18\b(?!\s*(timer|måneder|hours|months))",
    r"\b18\s*(år|years)\b",
    r"\b(myndig|of legal age)\b",
)
ANY_AGE = re.compile(r"\b\d\d\b")

TO_THE_PERSON = any_of(
    r"\b(du|dig|din|dit|dine|you|your|yours)\b",
)
ABOUT_WORK = any_of(
    r"\berfaring", r"\bkendskab", r"uddannelse", r"\bfortrolig\b", r"regler\b", r"\bviden\b",
    r"\barbejde[rt]?\b.{0,20}\bmed\b", r"\bhåndter", r"\brådgiv", r"\bundervi[st]", r"\b(teach|taught)",
    r"\bsagsbehandl", r"\blovgivning", r"\bnedbring", r"\bbekendt med\b", r"\bexperience", r"\bknowledge\b",
    r"\bwork(ed|ing)? (with|on|in)\b", r"\bfamiliar\b", r"\bhandl(e|ed|ing)\b", r"\breduc", r"\blegislation\b",
)  # fmt: skip
ABOUT_OTHERS = any_of(
    r"\b(borger|patient|elev|menneske|person|kolleg|medarbejder|klient|unge|ældre|ansatte|kunde|bruger|studerende|beboer|forældre|familier)\w*",
    r"\bbørn\b",
    r"\b(citizens?|patients?|pupils?|people|clients?|employees?|colleagues?|students?|residents?|customers?|users?|children|families|parents|staff)\b",
)
