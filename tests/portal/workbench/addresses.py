"""The workbench's own addresses, filled in with rows of a world, and the roles that each is open to."""

import re

from django.core.files.base import ContentFile

from portal.workbench.urls import urlpatterns
from recruitment.access.models import CaseMember, ConflictOfInterestDeclaration, RoleAssignment
from recruitment.access.roles import Role
from recruitment.applications.models import Application
from recruitment.assessments.exports.models import ApplicantExport
from recruitment.assessments.marks import CandidateIcon, RatingScale
from recruitment.assessments.statements import Assessment
from recruitment.closing.records import CaseFilePackage, HandOver
from recruitment.decisions.models import HiringDecision, Offer
from recruitment.interviews.models import MeetingRoom
from recruitment.letters.models import BulkLine, BulkSending
from recruitment.mail.models import Message
from recruitment.people.models import Candidate
from recruitment.planning.models import PlanTemplate
from recruitment.talent.models import PoolProposal, TalentPool, TalentPoolMembership
from tests.factories.fairness import fairness_of
from tests.factories.interviews import interviews_of

HR = {Role.HR_EXTENDED, Role.HR_CASEWORK, Role.HR_LIMITED}
READERS = HR | {Role.HIRING_MANAGER, Role.ASSESSMENT_COMMITTEE, Role.HIRING_COMMITTEE}
ON_CASE = READERS | {Role.ADMIN_SUPPORT}
EDITORS = {Role.HR_EXTENDED, Role.HR_LIMITED}
ADMIN = {Role.ADMINISTRATOR}
GUIDES = HR | {Role.HIRING_MANAGER}
PLANNERS = GUIDES | {Role.ADMIN_SUPPORT}
AT_INTERVIEWS = GUIDES | {Role.HIRING_COMMITTEE}
DECIDERS = EDITORS | {Role.HIRING_MANAGER}
COMMUNICATIONS = {Role.COMMUNICATIONS}

#: Address name to the roles of the same institution that get the screen (D2).
OPEN_TO = {
    "cases": set(Role), "case_new": EDITORS, "case": set(Role), "case_edit": EDITORS, "profile": EDITORS | {Role.HIRING_MANAGER},
    "form": EDITORS, "form_preview": EDITORS, "question_new": EDITORS, "question": EDITORS, "media": EDITORS | COMMUNICATIONS,
    "media_down": EDITORS | COMMUNICATIONS, "media_wish": EDITORS | COMMUNICATIONS, "channel": ADMIN,
    "publication": EDITORS | COMMUNICATIONS, "versions": set(Role), "version": set(Role), "calendar": set(Role), "calendar_feed": set(Role),
    "tasks": ON_CASE, "task_settings": ON_CASE, "hand_over": EDITORS, "templates": ADMIN | {Role.HR_EXTENDED}, "plan_template": ADMIN | {Role.HR_EXTENDED},
    "analysis": EDITORS | {Role.HIRING_MANAGER}, "profile_fields": ADMIN, "stages": ADMIN, "case_dates": ON_CASE, "case_keep": {Role.HR_EXTENDED}, "impartiality": HR, "readvertise": EDITORS, "plan": ON_CASE, "expectations": ON_CASE, "plan_activity_new": EDITORS, "plan_activity": EDITORS, "plan_move": EDITORS,
    "members": ON_CASE, "declare": ON_CASE, "applications": ON_CASE,
    "application": READERS, "original": READERS, "page_image": READERS, "register": HR | {Role.ADMIN_SUPPORT},
    "export": {Role.HR_EXTENDED}, "folders": HR | {Role.HIRING_MANAGER}, "folder": {Role.HR_EXTENDED}, "copy_to_case": EDITORS,
    "follow_ups": HR, "alike": HR, "same_person": HR, "blind": EDITORS, "redact": HR, "assessments": READERS, "assessment": READERS,
    "committee": READERS, "progress": READERS, "move_many": HR | {Role.HIRING_MANAGER}, "together": HR | {Role.HIRING_MANAGER},
    "marks": ADMIN | {Role.HR_EXTENDED}, "scale_new": ADMIN | {Role.HR_EXTENDED}, "scale": ADMIN | {Role.HR_EXTENDED},
    "icon_new": ADMIN | {Role.HR_EXTENDED}, "icon": ADMIN | {Role.HR_EXTENDED},
    "fairness": GUIDES, "references": GUIDES, "reference": GUIDES, "facts": GUIDES, "hearing": GUIDES, "claim": GUIDES,
    "claim_statement": GUIDES, "access_requests": HR, "access_request": HR, "reasons": HR,
    "reference_guide": ADMIN | {Role.HR_EXTENDED}, "reference_guide_in": ADMIN | {Role.HR_EXTENDED},
    "case_statistics": HR | {Role.HIRING_MANAGER}, "log": ADMIN | {Role.HR_EXTENDED}, "search_applications": ON_CASE,
    "interviews": PLANNERS | {Role.HIRING_COMMITTEE}, "interview_round_new": PLANNERS, "interview_round": PLANNERS,
    "interview_times": PLANNERS, "interview_time": PLANNERS, "interview_call": PLANNERS,
    "interview_invitation": PLANNERS | {Role.HIRING_COMMITTEE}, "interview_guide": AT_INTERVIEWS, "interview_guide_edit": GUIDES,
    "interview_conduct": AT_INTERVIEWS, "interview_compare": AT_INTERVIEWS, "tests_taken": GUIDES,
    "letters": PLANNERS, "letter": HR | {Role.ADMIN_SUPPORT}, "letter_pdf": HR | {Role.ADMIN_SUPPORT}, "sending": HR | {Role.ADMIN_SUPPORT},
    "write": PLANNERS, "write_letter": PLANNERS, "keep_mail": HR | {Role.ADMIN_SUPPORT}, "write_many": HR | {Role.ADMIN_SUPPORT},
    "letter_library": ADMIN | COMMUNICATIONS | {Role.HR_EXTENDED}, "letter_template": ADMIN | COMMUNICATIONS | {Role.HR_EXTENDED},
    "statistics": ADMIN | COMMUNICATIONS | HR | {Role.HIRING_MANAGER},
    "decision": GUIDES, "recommend": GUIDES, "decision_write": DECIDERS, "conclude": DECIDERS, "decision_correct": DECIDERS, "offer_next": DECIDERS,
    "conclude_unfilled": EDITORS, "decide_again": GUIDES, "decide_to_cancel": {Role.HR_EXTENDED}, "offer": HR, "answers": GUIDES, "answer": GUIDES,
    "answer_grounds": HR, "answer_letter": HR, "closing": HR, "reopen": {Role.HR_EXTENDED}, "promise": EDITORS, "promises": GUIDES,
    "pools": ADMIN | {Role.HR_EXTENDED, Role.HR_CASEWORK}, "pool_new": ADMIN | {Role.HR_EXTENDED}, "pool_edit": ADMIN | {Role.HR_EXTENDED},
    "pool_close": ADMIN | {Role.HR_EXTENDED}, "pool": {Role.HR_EXTENDED, Role.HR_CASEWORK}, "pool_member": {Role.HR_EXTENDED, Role.HR_CASEWORK},
    "pool_remove": {Role.HR_EXTENDED, Role.HR_CASEWORK}, "pool_ask": HR, "pool_ask_many": HR, "pool_propose": GUIDES,
    "records": HR, "hand_over_file": HR, "hand_over_receipt": HR, "package_file": {Role.HR_EXTENDED},
    "first_steps": ADMIN, "institution": ADMIN, "rooms": ADMIN, "room_new": ADMIN, "room": ADMIN, "workplace_new": ADMIN, "workplace": ADMIN, "units": ADMIN, "unit": ADMIN,
    "unit_add": ADMIN, "users": ADMIN, "user_invite": ADMIN, "user": ADMIN, "data_protection": ADMIN, "texts": ADMIN,
    "text": ADMIN, "media_list": ADMIN, "ad_rules": ADMIN | COMMUNICATIONS, "advice": ADMIN | COMMUNICATIONS, "advice_one": ADMIN | COMMUNICATIONS, "media_entry": ADMIN, "api_clients": ADMIN, "api_client_new": ADMIN, "api_client": ADMIN,
}  # fmt: skip
#: Addresses that only take posts, or lead on: looked at by the leak test and by tests of their own.
POSTED = {
    "stage", "analysis_take", "analysis_end", "case_template_end", "absence_forget", "plan_done", "plan_activity_remove",
    "form_documents", "question_remarks", "question_move", "question_retire", "question_to_interview", "media_add", "media_settle", "media_wish_decide", "channel_test", "channel_secret", "channel_secret_stop", "channel_again", "member_end", "cpr_handled", "move",
    "rate", "comment", "icons", "bucket", "final_order", "lock_ratings", "undo_move", "own_marks", "assessment_move", "folder_file",
    "room_use", "setup", "own_ad_rules", "view_save", "view_forget", "user_leave", "user_invite_again", "role_revoke", "data_protection_approve", "api_client_rotate",
    "sending_stop", "letter_act", "write_look", "own_letters", "letter_template_decide", "letter_template_look", "letter_template_end",
    "interview_guide_template", "access_override", "test_feedback", "tour_seen",
}  # fmt: skip


def values_of(world) -> dict:
    """Ids of ours by the name of the argument."""
    ours = world.ours
    template, _made = PlanTemplate.objects.get_or_create(
        institution=ours.institution, unit=ours.unit, name_da="Egen plan"
    )
    declaration, _made = ConflictOfInterestDeclaration.objects.update_or_create(
        case=ours.case,
        user=ours.staff[Role.ADMINISTRATOR],
        defaults={"status": "DECLARED", "relation_text": "Min nabo har søgt."},
    )
    jobnet = ours.institution.media_list.get(medium__code="JOBNET")
    scale, _made = RatingScale.objects.get_or_create(institution=ours.institution, name_da="Dulgt Skala")
    icon, _made = CandidateIcon.objects.get_or_create(
        institution=ours.institution, label_da="Dulgt Ikon", defaults={"symbol": "key"}
    )
    Assessment.objects.get_or_create(
        application=world.application,
        defaults={"text": "Dulgt Bedømmelse", "conclusion": "QUALIFIED", "state": "LEGALITY_CHECKED"},
    )
    folder, made = ApplicantExport.objects.get_or_create(
        case=ours.case, kind="FOLDER", purpose="Dulgt Formål", made_by=ours.staff[Role.HR_EXTENDED]
    )
    if made:
        folder.file.save("mappe", ContentFile(b"%PDF-1.4 Filhemmelig"))
    letter, sending = letters_of(world)
    room, _made = MeetingRoom.objects.get_or_create(institution=ours.institution, name="Dulgt Lokale")
    twin, _made = Candidate.objects.get_or_create(
        given_name="Dulgt", family_name="Tvilling", email="dulgt@tvilling.example"
    )
    other, _made = Application.objects.get_or_create(
        candidate=twin, case=ours.case, round=ours.round,
        defaults={"reference": "TVIL-LING", "state": "WITHDRAWN", "received_at": world.application.received_at},
    )  # fmt: skip
    decision, _made = HiringDecision.objects.get_or_create(
        case=ours.case, version=1, defaults={"factors": "Dulgte Momenter"}
    )
    offer, _made = Offer.objects.get_or_create(
        application=world.application, decision=decision, defaults={"terms": "Dulgt Løn", "answer_by": "2099-01-01"}
    )
    table, fair = interviews_of(world), fairness_of(world)
    hand_over, _made = HandOver.objects.get_or_create(
        application=world.application, defaults={"content": {"person": "Dulgt Person"}}
    )
    package, made = CaseFilePackage.objects.get_or_create(
        case=ours.case, number=1, purpose="Dulgt Formål", made_by=ours.staff[Role.HR_EXTENDED]
    )
    if made:
        package.file.save("sag", ContentFile(b"PK Filhemmelig"), save=False)
        package.state, package.sha256, package.until = "READY", "0" * 64, package.made_at
        package.save()
    pool, _made = TalentPool.objects.get_or_create(
        institution=ours.institution, name="Dulgt Emnebank", defaults={"purpose": "Dulgt Formål"}
    )
    membership, _made = TalentPoolMembership.objects.get_or_create(
        pool=pool,
        candidate=world.application.candidate,
        defaults={"application": world.application, "note": "Dulgt Note"},
    )
    PoolProposal.objects.get_or_create(application=world.application, pool=pool, defaults={"note": "Dulgt Forslag"})
    return {
        "hand_over_id": hand_over.pk, "package_id": package.pk, "pool_id": pool.pk, "membership_id": membership.pk, "scale_id": scale.pk, "icon_id": icon.pk, "bulk_id": ours.case.pk, "folder_id": folder.pk,
        "offer_id": offer.pk, "room_id": room.pk, "other_id": other.pk,
        "check_id": fair.check.pk, "hearing_id": fair.hearing.pk, "request_id": fair.access.pk,
        "step": "INTERVIEWS", "round_id": table.round.pk, "slot_id": table.slots[0].pk, "invitation_id": table.invitation.pk, "result_id": ours.case.pk,
        "letter_id": letter.pk, "sending_id": sending.pk, "deed": "posted", "code": "INTERVIEW_MESSAGE",
        "case_id": ours.case.pk, "question_id": world.question.pk, "publication_id": ours.round.publications.first().pk,
        "member_id": CaseMember.objects.filter(case=ours.case).first().pk, "application_id": world.application.pk,
        "document_id": world.document.pk, "institution_id": ours.institution.pk, "unit_id": ours.unit.pk,
        "parent_id": ours.unit.pk, "workplace_id": ours.workplace.pk, "user_id": ours.staff[Role.HR_EXTENDED].pk,
        "assignment_id": RoleAssignment.objects.filter(institution=ours.institution).first().pk,
        "entry_id": jobnet.pk, "delivery_id": jobnet.pk, "wish_id": jobnet.pk, "client_id": world.client.pk, "kind": "PRIVACY_NOTICE",
        "activity_id": ours.case.plan.activities.first().pk,
        "contribution_id": ours.case.pk, "declaration_id": declaration.pk, "template_id": template.pk, "absence_id": ours.case.plan.pk, "version_id": ours.round.advertisements.first().pk, "language": "da", "row_id": ours.case.pk, "name": "approve", "id": 1,
    }  # fmt: skip


def letters_of(world):
    """A letter on paper, and a sending with a line."""
    about = {
        "institution": world.ours.institution,
        "application": world.application,
        "candidate": world.application.candidate,
    }
    letter, _made = Message.objects.get_or_create(
        key="on paper", defaults={
            **about, "code": "LETTER", "language": "da", "subject": "Dulgt Brev", "text": "Dulgt Brev", "message_class": "STANDARD",
            "channel": "LETTER", "message_id": "<on-paper@portal.example>",
        },
    )  # fmt: skip
    sending, _made = BulkSending.objects.get_or_create(case=world.ours.case, kind="delay")
    BulkLine.objects.get_or_create(
        sending=sending, application=world.application,
        defaults={"code": "PROCESS_DELAYED", "message_class": "STANDARD", "channel": "EMAIL"},
    )  # fmt: skip
    return letter, sending


def filled(route: str, values: dict, name: str | None) -> str:
    if name == "page_image" and "page_image" in values:
        values = {**values, "page_id": values["page_image"]}
    if name == "move_many":
        values = {**values, "name": "shortlist"}
    route = re.sub(r"<(?:\w+:)?(\w+)>", lambda match: str(values.get(match[1], 1)), route)
    route = route.replace("^", "").replace("$", "").replace("\\Z", "").replace("\\", "")
    return "" if "(" in route or "*" in route else route


def own_addresses(world) -> dict[str, str]:
    """The workbench's own, by name."""
    values = {**values_of(world), "page_image": world.document_page.pk}
    found = {}
    for pattern in urlpatterns:
        found[pattern.name] = "/admin/" + filled(str(pattern.pattern), values, pattern.name)
    return found
