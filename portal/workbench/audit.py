"""What has happened on a case, and who has seen what."""

import uuid
from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.guard import actor_of
from portal.workbench.screens import case_for, screen, show_case
from recruitment.access.decide import may
from recruitment.access.models import CaseMember
from recruitment.access.permissions import Permission
from recruitment.applications.models import Application
from recruitment.audit.models import AuditEntry
from recruitment.cases.models import RecruitmentCase
from recruitment.people.models import User

A_PAGE = 100
#: What the codes of the trail mean; a code that has no words is shown as it is.
WORDS = {
    "AccessRequest.collect": gettext_lazy("Access to papers: collected"),
    "AccessRequest.decide": gettext_lazy("Access to papers: decided"),
    "AccessRequest.deliver": gettext_lazy("Access to papers: delivered"),
    "AccessRequest.override": gettext_lazy("Access to papers: not waited for"),
    "AccessRequest.receive": gettext_lazy("Access to papers: asked for"),
    "AdReview.approve": gettext_lazy("Ad approved by a colleague"),
    "AdReview.ask_for_changes": gettext_lazy("Changes of the ad asked for"),
    "AdReview.call_back": gettext_lazy("Link to the ad called back"),
    "Application.correct": gettext_lazy("The applicant corrected the application"),
    "Application.open": gettext_lazy("Application opened"),
    "Application.register": gettext_lazy("Application registered by hand"),
    "Application.register_late": gettext_lazy("Late application registered"),
    "Application.review": gettext_lazy("Application under review"),
    "Application.submit": gettext_lazy("Application handed in"),
    "Application.withdraw": gettext_lazy("Application withdrawn"),
    "Application.withdraw_for": gettext_lazy("Withdrawal noted for the applicant"),
    "Application.join": gettext_lazy("Set aside for another application of the same person"),
    "Application.part": gettext_lazy("Stands on its own again"),
    "Application.part_received": gettext_lazy("Stands on its own again"),
    "Application.part_late": gettext_lazy("Stands on its own again"),
    "Application.carries": gettext_lazy("Counts for another application of the same person"),
    "Application.carries_no_more": gettext_lazy("Counts for itself only again"),
    "Application.found_same": gettext_lazy("Found to come from the same person as another"),
    "Application.found_different": gettext_lazy("Found to come from another person"),
    "Publication.expire": gettext_lazy("Medium: period over"),
    "Publication.go_live": gettext_lazy("Medium: ad went up"),
    "Publication.mark_live": gettext_lazy("Medium: said to be up"),
    "Publication.schedule": gettext_lazy("Medium: scheduled"),
    "Publication.withdraw": gettext_lazy("Medium: taken down"),
    "RecruitmentCase.advertise": gettext_lazy("Case advertised"),
    "RecruitmentCase.approve": gettext_lazy("Case approved"),
    "RecruitmentCase.assess_without_advertising": gettext_lazy("Assessment begun without advertising"),
    "RecruitmentCase.begin_assessment": gettext_lazy("Assessment begun"),
    "RecruitmentCase.call_back": gettext_lazy("Ad called back"),
    "RecruitmentCase.cancel": gettext_lazy("Case cancelled"),
    "RecruitmentCase.cancel_running": gettext_lazy("Recruitment cancelled"),
    "RecruitmentCase.copy": gettext_lazy("Case made like another"),
    "RecruitmentCase.create": gettext_lazy("Case made"),
    "RecruitmentCase.drop_readvertising": gettext_lazy("Not advertised again after all"),
    "RecruitmentCase.edit": gettext_lazy("Facts changed"),
    "RecruitmentCase.hand_over": gettext_lazy("Case handed over"),
    "RecruitmentCase.hand_over_management": gettext_lazy("Another hiring manager"),
    "RecruitmentCase.readvertise": gettext_lazy("To be advertised again"),
    "RecruitmentCase.reopen_draft": gettext_lazy("Case back to draft"),
    "RecruitmentCase.stage": gettext_lazy("Stage chosen"),
    "Consent.withdraw": gettext_lazy("Consent withdrawn"),
    "FactNote.erase": gettext_lazy("Note deleted: the consent had been withdrawn"),
    "FactNote.spare_hearing": gettext_lazy("No hearing was found to be needed"),
    "FactNote.supplement": gettext_lazy("Note supplemented"),
    "FactNote.write": gettext_lazy("Note written"),
    "JobCentreNegotiation.minutes": gettext_lazy("Job centre: minutes kept"),
    "JobCentreNegotiation.write": gettext_lazy("Job centre: statement written"),
    "PartyHearing.close": gettext_lazy("Hearing closed"),
    "PartyHearing.evaluate": gettext_lazy("Hearing evaluated"),
    "PartyHearing.open": gettext_lazy("Hearing begun"),
    "PartyHearing.pass_deadline": gettext_lazy("Hearing: no answer in time"),
    "PartyHearing.respond": gettext_lazy("Hearing answered"),
    "PartyHearing.send": gettext_lazy("Hearing sent"),
    "PriorityClaim.clear": gettext_lazy("Preferential access: the post may be filled"),
    "PriorityClaim.find_eligible": gettext_lazy("Preferential access found"),
    "PriorityClaim.negotiate": gettext_lazy("Preferential access: negotiated"),
    "PriorityClaim.open": gettext_lazy("Preferential access looked at"),
    "PriorityClaim.send_statement": gettext_lazy("Preferential access: statement sent"),
    "PriorityClaim.turn_down": gettext_lazy("Preferential access: somebody else is to have the post"),
    "Referee.name": gettext_lazy("Referee named"),
    "ReferenceCheck.abort": gettext_lazy("Reference stopped: consent withdrawn"),
    "ReferenceCheck.ask_consent": gettext_lazy("Consent to a reference asked for"),
    "ReferenceCheck.begin": gettext_lazy("Reference begun"),
    "ReferenceCheck.complete": gettext_lazy("Reference taken"),
    "ReferenceCheck.complete_adverse": gettext_lazy("Reference taken; something counts against"),
    "ReferenceCheck.give": gettext_lazy("Consent to a reference given"),
    "WrittenReasonsRequest.answer": gettext_lazy("Written reasons sent"),
    "WrittenReasonsRequest.receive": gettext_lazy("Written reasons asked for"),
    "ad_review.ask": gettext_lazy("Colleague asked about the ad"),
    "ad_review.comment": gettext_lazy("Comment on the ad"),
    "ad_review.settle": gettext_lazy("Comment on the ad settled"),
    "advertisement.announce": gettext_lazy("Ad published"),
    "advertisement.retire": gettext_lazy("Ad taken off"),
    "analysis.answer": gettext_lazy("Job analysis: answered"),
    "analysis.ask": gettext_lazy("Job analysis: somebody asked"),
    "analysis.complete": gettext_lazy("Job analysis taken over into the profile"),
    "analysis.end_link": gettext_lazy("Job analysis: link ended"),
    "case.seat": gettext_lazy("Seat given"),
    "case.unseat": gettext_lazy("Seat ended"),
    "case_template.keep": gettext_lazy("Case kept as a template"),
    "confidentiality.confirm": gettext_lazy("Confidentiality confirmed"),
    "conflict.decide": gettext_lazy("Decided on a conflict of interest"),
    "conflict.declare": gettext_lazy("Conflict of interest declared on"),
    "cpr.handled": gettext_lazy("CPR number dealt with"),
    "document.download": gettext_lazy("Original fetched"),
    "form.change": gettext_lazy("Form changed"),
    "BulkSending.cancel": gettext_lazy("Sending stopped"),
    "BulkSending.finish": gettext_lazy("Sending to many is over"),
    "BulkSending.start": gettext_lazy("Sending to many started"),
    "Message.bounce": gettext_lazy("Letter came back"),
    "Message.cancel": gettext_lazy("Letter called back before it went"),
    "Message.confirm": gettext_lazy("Letter has arrived after all"),
    "Message.deliver": gettext_lazy("Letter delivered"),
    "Message.fail": gettext_lazy("Letter could not be sent"),
    "Message.notify": gettext_lazy("Applicant told that a letter waits"),
    "Message.post_letter": gettext_lazy("Letter posted on paper"),
    "Message.read": gettext_lazy("Letter opened by the applicant"),
    "Message.send": gettext_lazy("Letter sent"),
    "candidate.correct_address": gettext_lazy("E-mail address corrected"),
    "letter.file": gettext_lazy("Mail kept on the application"),
    "letter.open": gettext_lazy("Letter opened"),
    "letter.print": gettext_lazy("Letter printed"),
    "letter.reply": gettext_lazy("The applicant answered a letter"),
    "letter.settle": gettext_lazy("Letter seen to"),
    "letter.write": gettext_lazy("Letter written"),
    "sending.prepare": gettext_lazy("Sending to many prepared"),
    "plan.make": gettext_lazy("Plan made"),
    "plan.move_start": gettext_lazy("First day at work moved"),
    "plan.remove_activity": gettext_lazy("Step taken out of the plan"),
    "plan.save_activity": gettext_lazy("Step of the plan saved"),
    "plan.tick": gettext_lazy("Step ticked off"),
    "plan.untick": gettext_lazy("Step opened again"),
    "profile.edit": gettext_lazy("Job profile changed"),
    "publication.change": gettext_lazy("Media plan changed"),
    "publication.plan": gettext_lazy("Medium chosen"),
    "round.set_deadline": gettext_lazy("Deadline set"),
}


@screen
def log(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Newest first. Entries hold ids and codes; names come from the users as they are now."""
    case = case_for(request, case_id, Permission.AUDIT_VIEW)
    page = Paginator(_entries(request, case), A_PAGE).get_page(request.GET.get("p"))
    names = User.objects.in_bulk({entry.user_id for entry in page if entry.user_id})
    about = _subjects(page)
    rows = [
        (entry, who_of(entry, names), WORDS.get(entry.action, entry.action), about.get(entry.object_id, ""))
        for entry in page
    ]
    return show_case(request, "workbench/log.html", case, tab="log", title=_("Log"), page=page, rows=rows)


def _entries(request: HttpRequest, case: RecruitmentCase) -> QuerySet[AuditEntry]:
    """All of the case; what tells of preferential access only to those who may know of it."""
    rows = AuditEntry.objects.filter(case_id=case.pk)
    if may(actor_of(request), Permission.PRIORITY_VIEW, case):
        return rows
    return rows.exclude(object_type__in=["PriorityClaim", "JobCentreNegotiation"])


def who_of(entry: AuditEntry, names: dict[int, User]) -> Any:
    """A colleague by name; applicants and the house by what they are."""
    if entry.user_id in names:
        return names[entry.user_id]
    return _("the portal itself") if entry.actor.startswith("house") else _("the applicant")


def _subjects(entries: Iterable[AuditEntry]) -> dict[str, str]:
    """References of applications and names of members, by the id the entry holds."""
    keys: dict[str, set[str]] = {"Application": set(), "CaseMember": set()}
    for entry in entries:
        if entry.object_type in keys:
            keys[entry.object_type].add(entry.object_id)
    applications = Application.objects.filter(pk__in=keys["Application"]).values_list("pk", "reference")
    members = CaseMember.objects.filter(pk__in=keys["CaseMember"]).select_related("user")
    return {str(key): reference for key, reference in applications} | {str(seat.pk): str(seat.user) for seat in members}
