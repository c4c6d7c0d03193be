"""The six kinds of question, for journeys."""

from recruitment.cases.models import RecruitmentCase
from recruitment.questions.models import ScreeningQuestion

OPTIONS = [{"code": c, "da": label, "en": label} for c, label in (("a", "Æbler"), ("b", "Bær"), ("c", "Citroner"))]
SCALE = [{"code": "1", "da": "lidt", "en": "a little"}, {"code": "2", "da": "meget", "en": "much"}]
KINDS = {
    "YES_NO": ("Har du kørekort?", {}),
    "FREE_TEXT": ("Beskriv en afgørelse", {}),
    "SINGLE": ("Vælg én", {"options": OPTIONS}),
    "MULTIPLE": ("Vælg flere", {"options": OPTIONS}),
    "PRIORITISED": ("Sæt i rækkefølge", {"options": OPTIONS}),
    "CLASSIFIED": ("Hvor god er du?", {"options": OPTIONS[:2], "scale": SCALE}),
}


def ask_everything(case: RecruitmentCase) -> None:
    """One question of each kind, tied to the case's first competence."""
    competence = case.profile.competences.first()
    for position, (kind, (words, more)) in enumerate(KINDS.items()):
        ScreeningQuestion.objects.create(
            form=case.form, position=position, kind=kind, text_da=words, linked_requirement=competence, **more
        )
