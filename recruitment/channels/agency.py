"""A newspaper or an agency by e-mail, with the ad as PDF: people read it there, so it cannot be changed or taken back silently."""

import smtplib
from email.message import EmailMessage
from email.utils import format_datetime, formataddr

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from recruitment import clock
from recruitment.cases.dates import day_and_time
from recruitment.channels.interface import Channel, Line, Posting, Refused, Setting, Settled, TryLater, Unknown
from recruitment.channels.paper import as_pdf
from recruitment.mail import delivery as post


class Agency(Channel):
    """One letter to put the ad up, one to take it down; a change is agreed on by people."""

    name = "email"
    label = gettext_lazy("E-mail with the ad as PDF")
    about = gettext_lazy("A newspaper or an agency gets the ad with its period. Once sent, only people can change it.")
    settings = (
        Setting("address", gettext_lazy("E-mail address"), "email"),
        Setting("greeting", gettext_lazy("What to write above the ad"), required=False,
                help_text=gettext_lazy("For example the size of the ad, or your customer number.")),
    )  # fmt: skip
    can_change = False
    closes_by_itself = True
    is_repeatable = False

    def create(self, posting: Posting, line: Line) -> Settled:
        """Send the ad. The paper has it; that it is printed, only the paper can say."""
        pdf = as_pdf(posting.ad)
        with override("da"):
            subject = _("Ad to be published: %s") % posting.ad.title
            text = _("Please publish the attached ad.\n\nFrom: %(begins)s\nUntil: %(ends)s\nOur reference: %(reference)s\nThe ad on the web: %(url)s") % _period(posting)  # fmt: skip
        self._send(posting, line, subject, f"{line.options.get('greeting', '')}\n\n{text}".strip(), pdf)
        return Settled(external_url=posting.url)

    def close(self, posting: Posting, line: Line) -> None:
        """Ask them to take it out."""
        with override("da"):
            subject = _("Please take the ad out: %s") % posting.ad.title
            text = _("Please do not publish the ad any longer.\n\nOur reference: %s") % posting.reference
        self._send(posting, line, subject, text, None)

    def test(self, line: Line) -> str:
        """A letter without an ad."""
        with override("da"):
            subject, text = _("Test of the address for ads"), _("This is only a test: no ad is to be published.")
        letter = _letter(line, subject, text, number=f"test-{clock.now().timestamp():.0f}")
        _converse(line, letter)
        return _("A test letter has been handed to our mail server.")

    def _send(self, posting: Posting, line: Line, subject: str, text: str, pdf: bytes | None) -> None:
        letter = _letter(line, subject, text, number=posting.delivery_id)
        if pdf is not None:
            letter.add_attachment(
                pdf, maintype="application", subtype="pdf", filename=f"{posting.case.case_number}.pdf"
            )
        _converse(line, letter)


def _period(posting: Posting) -> dict[str, str]:
    ends = day_and_time(posting.ends) if posting.ends else _("until you hear from us")
    return {"begins": day_and_time(posting.begins), "ends": ends, "reference": posting.reference, "url": posting.url}


def _sender(line: Line) -> str:
    return line.institution.sender_email or settings.DEFAULT_FROM_EMAIL.split("<")[-1].rstrip(">")


def _letter(line: Line, subject: str, text: str, *, number: str) -> EmailMessage:
    host = settings.SITE_URL.split("//")[-1].split("/")[0].split(":")[0] or "localhost"
    letter = EmailMessage()
    letter["Subject"] = " ".join(subject.split())
    letter["From"] = formataddr((line.institution.sender_name or line.institution.name_da, _sender(line)))
    letter["To"] = line.address
    if line.institution.reply_to_email or line.institution.support_email:
        letter["Reply-To"] = line.institution.reply_to_email or line.institution.support_email
    letter["Date"] = format_datetime(clock.now())
    letter["Message-ID"] = f"<ad.{number}@{host}>"
    letter.set_content(text, cte="quoted-printable")
    return letter


def _converse(line: Line, letter: EmailMessage) -> None:
    try:
        post.converse(_sender(line), line.address, letter.as_bytes())
    except post.Refused as error:
        raise Refused(str(error)) from error
    except post.Ambiguous as error:
        raise Unknown(str(error)) from error
    except (OSError, smtplib.SMTPException) as error:
        raise TryLater(str(error)) from error
