"""The index of tables: Django reads this file to find them."""

from recruitment.access.models import CaseMember, ConflictOfInterestDeclaration, Entrance, RoleAssignment
from recruitment.advertising.models import (
    JobAdvertisement,
    MediaListEntry,
    MediaRequest,
    MediaRequestStateChange,
    Medium,
    Publication,
    PublicationStateChange,
    SearchEntry,
    TrackingLink,
    TrackingVisit,
)
from recruitment.advertising.records import AdvertisingRules, CalendarFeed, FunnelCount, PictureConsent, PublicVersion
from recruitment.advertising.reviews.models import AdComment, AdReview, AdReviewStateChange
from recruitment.allowances.models import Allowance
from recruitment.applications.blind import BlindScreening, RedactedVersion
from recruitment.applications.followups import FollowUpReply, FollowUpRound
from recruitment.applications.models import (
    Application,
    ApplicationStateChange,
    ApplicationVersion,
    BulkMove,
    DiscretionWish,
    PriorityClaim,
    Tombstone,
)
from recruitment.applications.same_person import OpenedBy, SamePerson
from recruitment.assessments.exports.models import ApplicantExport
from recruitment.assessments.marks import CandidateIcon, CandidateIconAssignment, RatingLevel, RatingScale
from recruitment.assessments.models import (
    AssessmentFrame,
    Comment,
    CriterionRating,
    FinalRanking,
    JointAssessment,
    Rating,
)
from recruitment.assessments.statements import Assessment, AssessmentStateChange
from recruitment.audit.models import AuditEntry
from recruitment.cases.adapted import CaseTemplate, ProfileField, StateLabel, SubStage
from recruitment.cases.advice import AdviceText, TourSeen
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.profile import AdvertisementRound, CaseContact, CaseStateChange, Competence, JobProfile
from recruitment.channels.models import Connection, Delivery
from recruitment.closing.models import ClosingConfirmation
from recruitment.closing.records import CaseFilePackage, HandOver
from recruitment.consents.models import Consent
from recruitment.decisions.answers import FullerReasons, PhoneLog, Rejection, ScreeningGrounds
from recruitment.decisions.models import (
    AnswerPromise,
    DecidedApplicant,
    HiringDecision,
    Offer,
    Recommendation,
    RecommendedApplicant,
)
from recruitment.documents.models import Document, DocumentPage
from recruitment.fairness.claim_models import JobCentreNegotiation, PriorityClaimStateChange
from recruitment.fairness.models import FactNote, NoHearing, PartyHearing, PartyHearingStateChange
from recruitment.fairness.request_models import (
    AccessItem,
    AccessRequest,
    AccessRequestStateChange,
    WrittenReasonsRequest,
    WrittenReasonsStateChange,
)
from recruitment.interviews.models import (
    Engagement,
    InterviewInvitation,
    InterviewRound,
    InterviewSlot,
    InvitationStateChange,
    MeetingRoom,
)
from recruitment.interviews.records import (
    AskedQuestion,
    Finding,
    GuideQuestion,
    GuideRole,
    GuideSection,
    GuideTemplate,
    Interview,
    InterviewGuide,
    InterviewNote,
    TestResult,
)
from recruitment.letters.models import BulkLine, BulkSending, BulkSendingStateChange
from recruitment.mail.models import Message, MessageStateChange, MessageTemplate
from recruitment.organisation.classification import Classification
from recruitment.organisation.legal import DataProtectionProfile, LegalText
from recruitment.organisation.models import Institution, InstitutionSettings, OrganisationalUnit, Workplace
from recruitment.outbox.models import Heartbeat, OutboxItem
from recruitment.people.models import ApiClient, Candidate, SavedView, User
from recruitment.planning.analysis_models import Contribution, JobAnalysis
from recruitment.planning.models import Absence, CasePlan, PlannedActivity, PlanTemplate, TaskMail, TemplateActivity
from recruitment.questions.models import ApplicationForm, DocumentRequirement, ScreeningAnswer, ScreeningQuestion
from recruitment.references.models import (
    Referee,
    RefereeWish,
    ReferenceCheck,
    ReferenceCheckStateChange,
    ReferenceGuide,
    ReferenceNote,
)
from recruitment.talent.models import MembershipStateChange, PoolProposal, TalentPool, TalentPoolMembership

__all__ = [
    "Absence",
    "AccessItem",
    "AccessRequest",
    "AccessRequestStateChange",
    "AdComment",
    "AdReview",
    "AdReviewStateChange",
    "AdvertisementRound",
    "AdvertisingRules",
    "AdviceText",
    "Allowance",
    "AnswerPromise",
    "ApiClient",
    "ApplicantExport",
    "Application",
    "ApplicationForm",
    "ApplicationStateChange",
    "ApplicationVersion",
    "AskedQuestion",
    "Assessment",
    "AssessmentFrame",
    "AssessmentStateChange",
    "AuditEntry",
    "BlindScreening",
    "BulkLine",
    "BulkMove",
    "BulkSending",
    "BulkSendingStateChange",
    "CalendarFeed",
    "Candidate",
    "CandidateIcon",
    "CandidateIconAssignment",
    "CaseContact",
    "CaseFilePackage",
    "CaseMember",
    "CasePlan",
    "CaseStateChange",
    "CaseTemplate",
    "Classification",
    "ClosingConfirmation",
    "Comment",
    "Competence",
    "ConflictOfInterestDeclaration",
    "Connection",
    "Consent",
    "Contribution",
    "CriterionRating",
    "DataProtectionProfile",
    "DecidedApplicant",
    "Delivery",
    "DiscretionWish",
    "Document",
    "DocumentPage",
    "DocumentRequirement",
    "Engagement",
    "Entrance",
    "FactNote",
    "FinalRanking",
    "Finding",
    "FollowUpReply",
    "FollowUpRound",
    "FullerReasons",
    "FunnelCount",
    "GuideQuestion",
    "GuideRole",
    "GuideSection",
    "GuideTemplate",
    "HandOver",
    "Heartbeat",
    "HiringDecision",
    "Institution",
    "InstitutionSettings",
    "Interview",
    "InterviewGuide",
    "InterviewInvitation",
    "InterviewNote",
    "InterviewRound",
    "InterviewSlot",
    "InvitationStateChange",
    "JobAdvertisement",
    "JobAnalysis",
    "JobCentreNegotiation",
    "JobProfile",
    "JointAssessment",
    "LegalText",
    "MediaListEntry",
    "MediaRequest",
    "MediaRequestStateChange",
    "Medium",
    "MeetingRoom",
    "MembershipStateChange",
    "Message",
    "MessageStateChange",
    "MessageTemplate",
    "NoHearing",
    "Offer",
    "OpenedBy",
    "OrganisationalUnit",
    "OutboxItem",
    "PartyHearing",
    "PartyHearingStateChange",
    "PhoneLog",
    "PictureConsent",
    "PlanTemplate",
    "PlannedActivity",
    "PoolProposal",
    "PriorityClaim",
    "PriorityClaimStateChange",
    "ProfileField",
    "PublicVersion",
    "Publication",
    "PublicationStateChange",
    "Rating",
    "RatingLevel",
    "RatingScale",
    "Recommendation",
    "RecommendedApplicant",
    "RecruitmentCase",
    "RedactedVersion",
    "Referee",
    "RefereeWish",
    "ReferenceCheck",
    "ReferenceCheckStateChange",
    "ReferenceGuide",
    "ReferenceNote",
    "Rejection",
    "RoleAssignment",
    "SamePerson",
    "SavedView",
    "ScreeningAnswer",
    "ScreeningGrounds",
    "ScreeningQuestion",
    "SearchEntry",
    "StateLabel",
    "SubStage",
    "TalentPool",
    "TalentPoolMembership",
    "TaskMail",
    "TemplateActivity",
    "TestResult",
    "Tombstone",
    "TourSeen",
    "TrackingLink",
    "TrackingVisit",
    "User",
    "Workplace",
    "WrittenReasonsRequest",
    "WrittenReasonsStateChange",
]
