"""What the application form asks already, and what can wait for the interview (INV-23, guide p. 15)."""

import re
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from recruitment.questions.forbidden import any_of


class AskedAlready(NamedTuple):
    """A field of the form or a document of the application, and how a question asks for it once more."""

    code: str
    name: Promise
    asked: re.Pattern[str]


ASKED_ALREADY = (
    AskedAlready(
        "name",
        _("the applicant's name"),
        any_of(
            r"\b(dit|angiv|oplys|skriv) (fulde )?navn\b", r"\b(for|efter)navn\b", r"\bhvad hedder du\b",
            r"\byour (full |first |last |family )?name\b", r"^\s*(fulde )?navn\s*[:?]?\s*$",
            r"^\s*(full )?name\s*[:?]?\s*$",
        ),
    ),
    AskedAlready(
        "email",
        _("the e-mail address"),
        any_of(
            r"\b(din|dit|angiv|oplys|skriv|hvilken)\b.{0,12}\b(e-?mail|mailadresse)",
            r"\b(your|which)\b.{0,12}\be-?mail", r"^\s*(e-?mail|mail)(adresse| address)?\s*[:?]?\s*$",
        ),
    ),
    AskedAlready(
        "phone",
        _("the phone number"),
        any_of(
            r"\b(telefon|mobil|tlf\.?)\s?(nummer|nr)", r"\bhvilket nummer\b.{0,20}\b(ringe|træffe)",
            r"\b(phone|mobile|telephone|cell) ?number\b", r"^\s*(telefon|mobil|phone|mobile)\s*[:?]?\s*$",
        ),
    ),
    AskedAlready(
        "address",
        _("the address"),
        any_of(
            r"\b(din|angiv|oplys|skriv) (privat|hjemme|bopæls|post)?adresse\b", r"\bhvor bor du\b", r"\bpostnummer",
            r"\bbopæl\b", r"\byour (home |postal |private |street )?address\b", r"\bwhere do you live\b",
            r"\bpost(al)? ?code\b", r"\bzip code\b", r"^\s*(adresse|address)\s*[:?]?\s*$",
        ),
    ),
    AskedAlready(
        "documents",
        _("the CV, the application or other documents"),
        any_of(
            r"\b(vedhæft|vedlæg|upload|indsæt|indsend|send)\b.{0,30}\b(cv|ansøgning|eksamensbevis|eksamenspapirer|diplom|bilag|dokumentation)",
            r"\b(attach|upload|send|submit|enclose)\b.{0,30}\b(cv|resume|résumé|cover letter|diploma|transcript|certificate)",
        ),
    ),
    AskedAlready(
        "career",
        _("education and earlier jobs, which stand in the CV"),
        any_of(
            r"\b(beskriv|oplys|list|angiv|skriv)\b.{0,12}\bdine? (tidligere |nuværende )?(ansættelser|stillinger|erhvervserfaring|uddannelser?|uddannelsesbaggrund|karriere)\b",
            r"\bhvad er din (højeste )?(uddannelse|uddannelsesbaggrund)\b",
            r"\b(list|describe|state)\b.{0,12}\byour (previous |current )?(employment|jobs|positions|work history|education|career)\b",
            r"\bwhat is your (highest )?(education|level of education)\b",
        ),
    ),
    AskedAlready(
        "motivation",
        _("the motivation, which stands in the application"),
        any_of(
            r"\bhvorfor (søger|ønsker|vil) du\b", r"\bdin motivation\b",
            r"\bhvad motiverer dig\b.{0,20}\b(søge|stilling|job)",
            r"\bwhy (are you applying|do you (want|wish)|did you apply)\b", r"\byour motivation\b",
        ),
    ),
    AskedAlready(
        "source",
        _("where the applicant saw the job"),
        any_of(
            r"\bhvor (har du set|så du|fandt du|hørte du)\b", r"\b(where|how) did you (see|hear|find|learn)\b",
        ),
    ),
)  # fmt: skip

CAN_WAIT = any_of(
    r"\bfortæl (os )?(lidt )?om dig selv\b", r"\bbeskriv dig selv\b",
    r"\b(kolleger|venner|chef|leder)\b.{0,20}\bbeskrive dig\b", r"\bdin(e)? (største |vigtigste )?(styrke|svaghed)",
    r"\b(beskriv|fortæl om|giv (et )?eksempel på) en (situation|gang|konflikt)\b",
    r"\bhvorfor (skal|bør|skulle) vi (vælge|ansætte)\b", r"\bhvor ser du dig selv\b", r"\bhvad motiverer dig\b",
    r"\bløn(forventning|ønske|krav)", r"\bforvent(er|ning)\b.{0,15}\bløn\b", r"\breference(r|person|personer)\b",
    r"\bhvordan ville du\b", r"\btell us about yourself\b", r"\bdescribe yourself\b",
    r"\b(colleagues|friends|manager)\b.{0,20}\bdescribe you\b",
    r"\byour (greatest |biggest |main )?(strength|weakness)",
    r"\b(describe|tell us about|give an example of) (a|one) (situation|time|conflict)\b",
    r"\bwhy should we (hire|choose)\b", r"\bwhere do you see yourself\b", r"\bwhat motivates you\b",
    r"\b(salary|pay) expectation", r"\bexpected (salary|pay)\b", r"\breferences\b",
    r"\bhow would you (handle|deal)\b",
)  # fmt: skip
