"""/soeg/ and /mine/"""

from django.urls import path

from portal.applicant import (
    apply,
    assessment,
    bookings,
    followups,
    gate,
    hearings,
    inbox,
    later,
    mine,
    offers,
    pools,
    privacy,
    references,
    requests,
    second_factor,
)

app_name = "applicant"
urlpatterns = [
    path("soeg/<int:round_id>/", gate.start, name="start"),
    path("soeg/fortsaet/<str:token>/", later.resume, name="resume"),
    path("soeg/ansoegning/<uuid:application_id>/tjek/", apply.check, name="check"),
    path("soeg/ansoegning/<uuid:application_id>/kvittering/", apply.receipt, name="receipt"),
    path("soeg/ansoegning/<uuid:application_id>/svardato.ics", apply.answer_date, name="answer_date"),
    path("soeg/ansoegning/<uuid:application_id>/senere/", later.later, name="later"),
    path("soeg/ansoegning/<uuid:application_id>/slet/", later.discard, name="discard"),
    path("soeg/ansoegning/<uuid:application_id>/<str:name>/", apply.step, name="step"),
    path("soeg/ansoegning/<uuid:application_id>/<str:name>/gem/", apply.autosave, name="autosave"),
    path("mine/", mine.mine, name="mine"),
    path("mine/beskeder/", inbox.inbox, name="inbox"),
    path("mine/beskeder/<uuid:message_id>/", inbox.message, name="message"),
    path("mine/beskeder/<uuid:message_id>/fil/<uuid:document_id>/", inbox.attachment, name="attachment"),
    path("mine/sikkerhed/", second_factor.second_factor, name="second_factor"),
    path("mine/emnebank/", pools.pools, name="pools"),
    path("mine/emnebank/<uuid:membership_id>/", pools.answer, name="pool"),
    path("mine/emnebank/<uuid:membership_id>/forlad/", pools.go, name="pool_leave"),
    path("mine/<uuid:application_id>/", mine.one, name="one"),
    path("mine/<uuid:application_id>/tilbud/", offers.offer, name="offer"),
    path("mine/<uuid:application_id>/bedoemmelse/", assessment.assessment, name="assessment"),
    path("mine/<uuid:application_id>/spoergsmaal/<uuid:round_id>/", followups.follow_up, name="follow_up"),
    path("mine/<uuid:application_id>/referencer/", references.referees, name="referees"),
    path("mine/<uuid:application_id>/referencer/<uuid:check_id>/", references.answer, name="referee"),
    path("mine/<uuid:application_id>/hoering/<uuid:hearing_id>/", hearings.hearing, name="hearing"),
    path("mine/<uuid:application_id>/aktindsigt/", requests.access, name="access"),
    path("mine/<uuid:application_id>/aktindsigt/diskretion/", requests.discretion, name="discretion"),
    path("mine/<uuid:application_id>/aktindsigt/<uuid:request_id>/", requests.papers, name="access_papers"),
    path("mine/<uuid:application_id>/aktindsigt/<uuid:request_id>/hent/", requests.take_papers, name="take_papers"),
    path(
        "mine/<uuid:application_id>/aktindsigt/<uuid:request_id>/<uuid:item_id>/", requests.paper, name="access_paper"
    ),
    path("mine/<uuid:application_id>/begrundelse/", requests.reasons, name="reasons"),
    path("mine/<uuid:application_id>/traek/", mine.withdraw_one, name="withdraw"),
    path("mine/<uuid:application_id>/samtale/<uuid:invitation_id>/", bookings.interview, name="interview"),
    path("mine/<uuid:application_id>/samtale/<uuid:invitation_id>/samtale.ics", bookings.entry, name="interview_entry"),
    path("mine/<uuid:application_id>/fil/<uuid:document_id>/", mine.download, name="download"),
    path("mine/<uuid:application_id>/oplysninger/", privacy.kept, name="kept"),
    path("mine/<uuid:application_id>/oplysninger/hent/", privacy.take_along, name="take_along"),
]
