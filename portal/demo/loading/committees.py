"""L1 at the university: assessments on every step of their way; R4 is screened without names."""

import datetime as dt

from portal.demo.loading.calendar import on_day
from portal.demo.loading.cases import made
from portal.demo.loading.people import HOUSE, person
from recruitment import clock
from recruitment.applications.blinding import switch_on
from recruitment.applications.models import Application
from recruitment.assessments.expert import check_legality, comment_as_applicant, finish, send_for_comment, submit
from recruitment.assessments.statements import Assessment, Conclusion
from recruitment.organisation.models import InstitutionSettings
from recruitment.people.actions import claim_candidates
from recruitment.people.actor import Actor
from recruitment.people.models import User

QUALIFIED = (
    "Ansøgeren har en ph.d. i vandmiljø og ti publikationer i internationale tidsskrifter med fagfællebedømmelse, heraf fire som førsteforfatter. "
    "Forskningen er original og ligger på det niveau, som stillingsstrukturen kræver af en lektor.\n\n"
    "Undervisningserfaringen er dokumenteret ved en undervisningsportfolio og omfatter kurser på bachelor- og kandidatniveau samt vejledning af specialestuderende. "
    "Ansøgeren har deltaget i universitetspædagogikum.\n\n"
    "Udvalget vurderer, at ansøgeren opfylder kravene til forskning og undervisning på lektorniveau."
)
NOT_QUALIFIED = (
    "Ansøgeren har en ph.d. i et beslægtet fag og tre publikationer, alle med flere forfattere. Den selvstændige forskningsindsats kan ikke vurderes på det foreliggende.\n\n"
    "Undervisning er udført som instruktor; der foreligger ikke dokumentation for selvstændig undervisning eller pædagogisk kvalificering.\n\n"
    "Udvalget vurderer, at ansøgeren endnu ikke opfylder kravene til en lektor."
)
BEGUN = "Ansøgeren har en ph.d. i hydrologi fra 2016 og har siden arbejdet med næringsstoffer i fjorde.\n\n(Afsnittet om undervisning mangler.)"
STEPS = (
    "FINAL",
    "FINAL",
    "SENT_FOR_COMMENT",
    "SENT_FOR_COMMENT",
    "LEGALITY_CHECKED",
    "SUBMITTED",
    "SUBMITTED",
    "DRAFT",
    "DRAFT",
)


def write_assessments() -> None:
    """The first nine of L1, in the order received; the others have not been begun."""
    case = made["L1"]
    InstitutionSettings.objects.filter(institution=case.institution).update(legality_check_required=True)
    author = person("Ulla Brandsø", case.institution.slug)
    field = list(Application.objects.filter(case=case).select_related("candidate").order_by("received_at", "pk"))
    for place, (step, application) in enumerate(zip(STEPS, field, strict=False)):
        good = place % 3 != 2
        text = BEGUN if step == "DRAFT" else QUALIFIED if good else NOT_QUALIFIED
        conclusion = "" if step == "DRAFT" else Conclusion.QUALIFIED if good else Conclusion.NOT_QUALIFIED
        assessment = Assessment.objects.create(
            application=application, text=text, conclusion=conclusion, version=1, written_by=author
        )
        _bring(assessment, step)
    switch_on(made["R4"], actor=HOUSE)


def _bring(assessment: Assessment, step: str) -> None:
    if step == "DRAFT":
        return
    with clock.shifted(on_day(-9)):
        assessment = submit(assessment, actor=HOUSE)
    if step == "SUBMITTED":
        return
    with clock.shifted(on_day(-8)):
        assessment = check_legality(assessment, actor=HOUSE, reason="Procedure og begrundelse er i orden.")
    if step == "LEGALITY_CHECKED":
        return
    with clock.shifted(on_day(-7)):
        send_for_comment(assessment, actor=HOUSE, until=clock.today() + dt.timedelta(days=14))
    assessment.refresh_from_db()
    if step == "FINAL":
        _comment(assessment)
        finish(Assessment.objects.get(pk=assessment.pk), actor=HOUSE)


def _comment(assessment: Assessment) -> None:
    """The applicant has proved the address and answers."""
    candidate = assessment.application.candidate
    user, _made = User.objects.get_or_create(
        email=candidate.email.lower(), defaults={"first_name": candidate.given_name, "last_name": candidate.family_name}
    )
    claim_candidates(user)
    application = Application.objects.select_related("candidate").get(pk=assessment.application_id)
    with clock.shifted(on_day(-3)):
        comment_as_applicant(
            application, "Tak for bedømmelsen. Jeg har ingen bemærkninger til den.", actor=Actor.person(user)
        )
