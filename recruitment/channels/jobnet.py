"""Jobnet by its ten methods (domain G.3). The names of methods are STAR's, the mapping of fields and the form are ours.

STAR's contract is given with a connection agreement; where it differs, this file alone changes. What protects against
ads that go up twice holds whatever the form: nothing is created before our own reference has been looked up.
"""

import datetime as dt
import json
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recruitment.advertising.addresses import with_absolute_images
from recruitment.advertising.models import PublicationState
from recruitment.cases.models import EmploymentDuration, WorkingTime
from recruitment.channels.calling import Answer, Forbidden, NoAnswer, call
from recruitment.channels.interface import Channel, Line, Posting, Refused, Setting, Settled, TryLater, Unknown
from recruitment.clock import COPENHAGEN

LONGEST = dt.timedelta(weeks=8)  # INV-16
LONGEST_INTRO = 1000
STATES = {
    "Draft": PublicationState.SUBMITTED,
    "PendingApproval": PublicationState.PENDING_APPROVAL,
    "Published": PublicationState.LIVE,
    "Rejected": PublicationState.REJECTED_BY_MEDIUM,
    "Closed": PublicationState.WITHDRAWN,
}
TOO_MANY, SERVER_FAULT = 429, 500


class Jobnet(Channel):
    """Create, publish, change, close; every ad waits for Jobnet's approval."""

    name = "jobnet"
    label = gettext_lazy("Jobnet (STAR)")
    about = gettext_lazy("Ads go to Jobnet and from there to Job-i-staten. STAR gives the address and the key with the connection agreement.")  # fmt: skip
    settings = (Setting("address", gettext_lazy("Address of the service"), "url"),)
    secret_label = gettext_lazy("Access key")
    longest = LONGEST
    lead = dt.timedelta(days=1)  # the approval takes its time; the first day is told with the ad

    def faults(self, posting: Posting) -> list[str]:
        """INV-16, and the fields that Jobnet requires."""
        case, found = posting.case, []
        if posting.ends is None:
            found.append(_("Jobnet needs a last day."))
        elif posting.ends - posting.begins > LONGEST + dt.timedelta(minutes=1):
            found.append(_("Jobnet shows an ad for eight weeks at the longest."))
        if not any(place.address and place.postal_code for place in case.workplaces.all()):
            found.append(_("The workplace has no address."))
        contact = _contact(case)
        if contact is None or not contact.email:
            found.append(_("The contact person has no e-mail address; Jobnet writes to it."))
        return found

    def create(self, posting: Posting, line: Line) -> Settled:
        """Validate, look up our reference, create only what is not there, publish."""
        fields = as_fields(posting)
        self._ask(line, "IsValidJobannonce", fields)
        found = self._found(posting, line)
        if found:
            self._ask(line, "UpdateJobannonce", {"JobannonceId": found["JobannonceId"], **fields})
        else:
            found = self._ask(line, "CreateJobannonce", fields)
        number = str(found.get("JobannonceId", ""))
        if found.get("Status", "Draft") in {"Draft", "Rejected"}:
            found = {**found, **self._ask(line, "PublishJobannonce", {"JobannonceId": number})}
        return _settled({**found, "JobannonceId": number})

    def update(self, posting: Posting, line: Line) -> Settled:
        """Change the ad where it stands."""
        number = posting.external_id or str((self._found(posting, line) or {}).get("JobannonceId", ""))
        if not number:
            raise Refused(_("The ad is not on Jobnet."))
        return _settled(self._ask(line, "UpdateJobannonce", {"JobannonceId": number, **as_fields(posting)}))

    def close(self, posting: Posting, line: Line) -> None:
        """Close it; what was never shown is deleted."""
        found = self._found(posting, line)
        if not found or found.get("Status") == "Closed":
            return
        method = "CloseJobannonce" if found.get("Status") == "Published" else "DeleteJobannonce"
        self._ask(line, method, {"JobannonceId": found["JobannonceId"]})

    def status(self, posting: Posting, line: Line) -> Settled:
        """Whether it has been approved."""
        return _settled(self._ask(line, "GetJobannonce", {"JobannonceId": posting.external_id}))

    def test(self, line: Line) -> str:
        """A search for a reference that nobody has: it shows that address and key are right."""
        self._ask(line, "SearchJobannonce", {"ExternalReference": "connection-test"})
        return _("Jobnet answers, and the key is accepted.")

    def _found(self, posting: Posting, line: Line) -> dict[str, Any] | None:
        answer = self._ask(line, "SearchJobannonce", {"ExternalReference": posting.reference})
        rows = answer.get("Jobannoncer") or []
        return rows[0] if rows else None

    def _ask(self, line: Line, method: str, fields: dict[str, Any]) -> dict[str, Any]:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {line.secret}"}
        body = json.dumps(fields, ensure_ascii=False).encode()
        try:
            answer = call(f"{line.address.rstrip('/')}/{method}", body=body, headers=headers)
        except Forbidden as error:
            raise Refused(str(error)) from error
        except NoAnswer as error:
            raise (Unknown if error.sent else TryLater)(str(error)) from error
        return _read(answer)


def _read(answer: Answer) -> dict[str, Any]:
    said = answer.json()
    if answer.status == TOO_MANY:
        raise TryLater("429", answer.retry_after)
    if answer.status >= SERVER_FAULT:
        raise Unknown(f"{answer.status}")
    errors = "; ".join(str(error.get("Message", "")) for error in said.get("Errors") or [] if isinstance(error, dict))
    if answer.status != 200 or errors:
        raise Refused(errors or f"{answer.status}")
    return said


def _settled(said: dict[str, Any]) -> Settled:
    return Settled(
        state=STATES.get(str(said.get("Status", "")), PublicationState.PENDING_APPROVAL),
        external_id=str(said.get("JobannonceId", ""))[:120], external_url=str(said.get("Url", "") or "")[:400],
        note=str(said.get("Reason", "") or "")[:300],
    )  # fmt: skip


def _contact(case: Any) -> Any:
    """The first contact that the ad shows."""
    return next((contact for contact in case.contacts.all() if contact.publish_in_ad), None)


def as_fields(posting: Posting) -> dict[str, Any]:
    """The ad in Jobnet's words."""
    case, ad = posting.case, posting.ad
    institution = case.institution
    return {
        "ExternalReference": posting.reference,
        "HiringOrganizationDetails": {
            "CvrNumber": institution.cvr_number, "Name": institution.name_da,
            "AddressStructure": _address(case.unit if case.unit.address else institution),
        },
        "WorkplaceAddresses": [_address(place) for place in case.workplaces.all()],
        "PublishStartDate": _day(posting.begins), "PublishEndDate": _day(posting.ends, is_end=True),
        "ApplicationDeadline": _day(posting.deadline, is_end=True),
        "ApplicationDetails": {
            "Description": ad.intro[:LONGEST_INTRO],
            "ApplicationMethods": {"ApplyOnline": posting.apply_url, "ApplyByLetter": True},
            "JobContactList": [_contact_fields(contact) for contact in case.contacts.all() if contact.publish_in_ad],
        },
        "JobDetails": {
            "Title": ad.title, "Headline": ad.headline, "Description": with_absolute_images(ad.html), "Url": posting.url,
            "OccupationConceptUri": _occupation(case), "NumberOfPositions": case.positions_count,
            "Classification": {"EmploymentType": "PermanentJob" if case.employment_duration == EmploymentDuration.PERMANENT else "LimitedPeriod"},
            "Schedule": _schedule(case), "EmploymentDate": str(case.start_date or ""),
        },
        "AnonymousEmployer": False,
    }  # fmt: skip


def _day(moment: dt.datetime | None, *, is_end: bool = False) -> str:
    """The date in Copenhagen; an exclusive end belongs to the day before midnight."""
    if moment is None:
        return ""
    return (moment - dt.timedelta(minutes=1 if is_end else 0)).astimezone(COPENHAGEN).date().isoformat()


def _address(place: Any) -> dict[str, str]:
    return {
        "StreetName": place.address, "PostalCode": place.postal_code, "City": place.city,
        "MunicipalityCode": getattr(place, "municipality_code", ""), "CountryCode": getattr(place, "country", "DK"),
    }  # fmt: skip


def _contact_fields(contact: Any) -> dict[str, Any]:
    given, _space, family = contact.name.rpartition(" ")
    return {
        "PersonGivenName": given or family, "PersonSurnameName": family, "Title": contact.title, "Email": contact.email,
        "PhoneNumber": contact.phone, "HidePhoneNumbers": not contact.phone,
    }  # fmt: skip


def _occupation(case: Any) -> str:
    occupation = case.occupation
    return str((occupation.external_codes or {}).get("esco", occupation.code)) if occupation else ""


def _schedule(case: Any) -> dict[str, Any]:
    if case.working_time == WorkingTime.FULL_TIME:
        return {"WeeklyWorkTimeTypes": "FullTime"}
    hours = {"Min": str(case.weekly_hours_min or ""), "Max": str(case.weekly_hours_max or "")}
    return {"WeeklyWorkTimeTypes": "PartTime", "WorkHour": hours}
