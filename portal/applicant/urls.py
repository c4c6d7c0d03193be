"""/soeg/ and /mine/"""

from django.urls import path

from portal.applicant import apply, gate, later, mine

app_name = "applicant"
urlpatterns = [
    path("soeg/<int:round_id>/", gate.start, name="start"),
    path("soeg/fortsaet/<str:token>/", later.resume, name="resume"),
    path("soeg/ansoegning/<uuid:application_id>/tjek/", apply.check, name="check"),
    path("soeg/ansoegning/<uuid:application_id>/kvittering/", apply.receipt, name="receipt"),
    path("soeg/ansoegning/<uuid:application_id>/senere/", later.later, name="later"),
    path("soeg/ansoegning/<uuid:application_id>/slet/", later.discard, name="discard"),
    path("soeg/ansoegning/<uuid:application_id>/<str:name>/", apply.step, name="step"),
    path("soeg/ansoegning/<uuid:application_id>/<str:name>/gem/", apply.autosave, name="autosave"),
    path("mine/", mine.mine, name="mine"),
    path("mine/<uuid:application_id>/", mine.one, name="one"),
    path("mine/<uuid:application_id>/traek/", mine.withdraw_one, name="withdraw"),
    path("mine/<uuid:application_id>/fil/<uuid:document_id>/", mine.download, name="download"),
]
