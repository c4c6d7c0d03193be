"""What is mailed: to the colleague that an ad waits for them, and to the writer what they said."""

from django.conf import settings

from recruitment.advertising.reviews.models import AdReview, ReviewState
from recruitment.mail.actions import send_to_colleague
from recruitment.people.actor import Actor
from recruitment.people.models import User

ANSWERS = {ReviewState.APPROVED: "STAFF_AD_APPROVED", ReviewState.CHANGES: "STAFF_AD_CHANGES"}


def ask(review: AdReview, token: str, *, actor: Actor) -> None:
    """The way to the ad. The link holds no key: the colleague signs in."""
    prefix = "" if review.asked_of.language == "da" else f"/{review.asked_of.language}"
    link = f"{settings.SITE_URL}{prefix}/gennemsyn/{token}/"
    _write("STAFF_AD_REVIEW", review, to=review.asked_of, by=review.asked_by, link=link, actor=actor)


def tell_writer(review: AdReview, *, actor: Actor) -> None:
    """Approved, or not yet, with the way to the editor."""
    if review.asked_by is not None:
        link = f"{settings.SITE_URL}/admin/pages/{review.page_id}/edit/"
        _write(
            ANSWERS[ReviewState(review.state)], review, to=review.asked_by, by=review.asked_of, link=link, actor=actor
        )


def _write(code: str, review: AdReview, *, to: User, by: User | None, link: str, actor: Actor) -> None:
    case = review.case
    english = to.language == "en"
    values = {
        "given_name": to.first_name or to.email,
        "institution": case.institution.name_en if english and case.institution.name_en else case.institution.name_da,
        "case_number": case.case_number,
        "job_title": case.title_en if english and case.title_en else case.title,
        "contact_name": str(by) if by else case.institution.name,
        "contact_email": by.email if by else case.institution.support_email,
        "portal_link": link,
    }
    nth = review.history.count()
    send_to_colleague(
        code, to=to, institution=case.institution, values=values, key=f"{code.lower()}:{review.pk}:{nth}", actor=actor
    )
