"""The steps: each save keeps what was typed, whatever is missing; nothing here needs JavaScript."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.applicant.ownership import owned
from portal.applicant.papers import paper_groups, remove_asked_for, take_in_files
from portal.applicant.wording import STEP_TITLES, address_of
from portal.guard import actor_of
from recruitment import clock
from recruitment.advertising.counting import note_step
from recruitment.advertising.records import FunnelStep
from recruitment.applications.actions import RoundClosed, correct, faults_of, save_step, submit
from recruitment.applications.answer_date import answer_date_entry
from recruitment.applications.models import Application
from recruitment.applications.steps import PAPERS, QUESTIONS, as_typed, asked_in, form_for, state_of, steps_of
from recruitment.applications.summary import summary_of
from recruitment.documents.cpr import find_cpr_numbers
from recruitment.documents.names import content_disposition
from recruitment.errors import NotPossible

NEXT, LATER, UPLOAD = "next", "later", "upload"
NOT_TYPED = {"csrfmiddlewaretoken", "button", "remove", "back", "version"}


def step(request: HttpRequest, application_id: uuid.UUID, name: str) -> HttpResponse:
    """One step. GET shows what was saved; POST saves, then goes on if nothing is missing in it."""
    application = owned(request, application_id)
    if name not in steps_of(application):
        raise Http404
    if request.method == "POST":
        return _post(request, application, name)
    if not _may_be_changed(application):
        return redirect(address_of(application))
    form = form_for(
        application,
        name,
        as_typed(application.draft[name]) if "fejl" in request.GET and name in application.draft else None,
    )
    faults = state_of(application, name).faults if "fejl" in request.GET else {}
    return _page(request, application, name, form, faults)


def _may_be_changed(application: Application) -> bool:
    return application.is_draft or application.is_editable_at(clock.now())


def _post(request: HttpRequest, application: Application, name: str) -> HttpResponse:
    try:
        application = save_step(application, name, _typed(request))
    except ValidationError as refusal:
        return _refused(request, application, name, refusal)
    _warn_of_cpr(request)
    file_faults = take_in_files(request, application) if name == PAPERS else {}
    if name == PAPERS and remove_asked_for(request, application):
        return redirect("applicant:step", application.pk, name)
    button = request.POST.get("button", NEXT)
    if button == LATER and not file_faults:
        return redirect("applicant:later", application.pk)
    if button == UPLOAD and not file_faults:
        return redirect("applicant:step", application.pk, name)
    state = state_of(application, name)
    faults = {**(state.faults if button == NEXT else {}), **file_faults}
    if faults:
        return _page(
            request,
            application,
            name,
            state.form if button == NEXT else form_for(application, name),
            faults,
            status=422,
        )
    return _next(request, application, name)


def _refused(request: HttpRequest, application: Application, name: str, refusal: ValidationError) -> HttpResponse:
    """Nothing could be saved: say why, and give every word back, so that it can be copied or shortened."""
    form = form_for(application, name, as_typed(_typed(request)))
    faults = {"": [str(message) for message in refusal.messages]}
    return _page(request, application, name, form, faults, status=409 if isinstance(refusal, RoundClosed) else 422)


def _next(request: HttpRequest, application: Application, name: str) -> HttpResponse:
    if application.is_draft:
        note_step(application.round_id, FunnelStep.STEP)
    steps = steps_of(application)
    place = steps.index(name)
    if request.POST.get("back") == "check" or place + 1 == len(steps):
        return redirect("applicant:check", application.pk)
    return redirect("applicant:step", application.pk, steps[place + 1])


def _typed(request: HttpRequest) -> dict[str, list[str]]:
    """What the form sent, without the machinery's own fields."""
    return {
        name: request.POST.getlist(name)
        for name in request.POST
        if name not in NOT_TYPED and not name.startswith("remove")
    }


def _warn_of_cpr(request: HttpRequest) -> None:
    if any(find_cpr_numbers(value) for values in _typed(request).values() for value in values):
        messages.warning(
            request, _("It looks as if you have written a CPR number. We do not need it: please remove it.")
        )


def _page(
    request: HttpRequest,
    application: Application,
    name: str,
    form: Any,
    faults: dict[str, list[str]],
    *,
    status: int = 200,
) -> HttpResponse:
    steps = steps_of(application)
    context = {
        "application": application, "case": application.case, "round": application.round, "form": form,
        "step": name, "title": STEP_TITLES[name](), "number": steps.index(name) + 1, "count": len(steps) + 1,
        "previous": steps[steps.index(name) - 1] if steps.index(name) else "", "faults": faults,
        "summary": _summary(form, faults), "groups": paper_groups(application, faults) if name == PAPERS else [],
        "back": request.GET.get("tilbage") or request.POST.get("back", ""), "contact": contact_of(application),
        "is_correction": not application.is_draft, "asked": asked_in(application, form) if name == QUESTIONS else [],
    }  # fmt: skip
    return render(request, f"applicant/step_{name}.html", context, status=status)


def _summary(form: Any, faults: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Every fault once, with the id of the field that mends it."""
    lines = []
    for name, messages_ in faults.items():
        target = f"id_{name}" if name else "main-content"
        if name in form.fields:
            target = form[name].id_for_label or form[name].auto_id
        lines += [(target, message) for message in messages_]
    return lines


def contact_of(application: Application) -> Any:
    """The person applicants may talk to."""
    return application.case.contacts.filter(publish_in_ad=True).first()


@require_POST
def autosave(request: HttpRequest, application_id: uuid.UUID, name: str) -> HttpResponse:
    """Keep what is typed while it is typed; answers with the words to show and the version that the next one follows.

    One that was overtaken (by the button, or by another window) is refused, so that it cannot put back older words.
    """
    application = owned(request, application_id)
    if name not in steps_of(application):
        raise Http404
    version = request.POST.get("version", "")[:9]
    try:
        saved = save_step(application, name, _typed(request), follows=int(version) if version.isdecimal() else None)
    except ValidationError as refusal:
        return JsonResponse({"message": " ".join(refusal.messages)}, status=409)
    saved_at = formats.time_format(timezone.localtime(clock.now()), "TIME_FORMAT")
    return JsonResponse({"message": _("Saved at %s") % saved_at, "version": saved.draft_version})


def check(request: HttpRequest, application_id: uuid.UUID) -> HttpResponse:
    """Everything once more, and the button that sends."""
    application = owned(request, application_id)
    if request.method == "POST":
        return _send(request, application)
    if not _may_be_changed(application):
        return redirect(address_of(application))
    return _check_page(request, application)


def _check_page(request: HttpRequest, application: Application, *, status: int = 200) -> HttpResponse:
    faults = faults_of(application)
    steps = steps_of(application)
    context = {
        "application": application, "case": application.case, "round": application.round, "blocks": summary_of(application),
        "missing": [(name, STEP_TITLES[name](), sum(map(len, fields.values()))) for name, fields in faults.items()],
        "number": len(steps) + 1, "count": len(steps) + 1, "previous": steps[-1], "contact": contact_of(application),
        "is_correction": not application.is_draft, "at": clock.now(),
    }  # fmt: skip
    return render(request, "applicant/check.html", context, status=status)


def _send(request: HttpRequest, application: Application) -> HttpResponse:
    at = clock.now()
    try:
        if application.is_draft:
            submit(application, actor=actor_of(request), at=at)
            note_step(application.round_id, FunnelStep.SUBMIT)
        elif application.is_editable_at(at) and "correct" in request.POST:
            correct(application, actor=actor_of(request), at=at)
            messages.success(request, _("Your corrections are in force."))
            return redirect("applicant:one", application.pk)
    except RoundClosed:
        return render(request, "applicant/too_late.html", {"application": application, "case": application.case,
                      "round": application.round, "contact": contact_of(application)}, status=409)  # fmt: skip
    except NotPossible:
        return _check_page(request, application, status=422)
    return redirect("applicant:receipt", application.pk)


def answer_date(request: HttpRequest, application_id: uuid.UUID) -> HttpResponse:
    """The last day for an answer, for the applicant's own calendar."""
    application = owned(request, application_id)
    if application.is_draft or application.case.expected_answer_date is None:
        raise Http404
    entry = answer_date_entry(application, link=f"{settings.SITE_URL}{reverse('applicant:one', args=[application.pk])}")
    response = HttpResponse(entry, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition(f"{application.reference}.ics")
    return response


def receipt(request: HttpRequest, application_id: uuid.UUID) -> HttpResponse:
    """The receipt: reference, what happens when, and whom to ask. It may be kept and printed."""
    application = owned(request, application_id)
    if application.is_draft:
        return redirect(address_of(application))
    context = {
        "application": application,
        "case": application.case,
        "round": application.round,
        "contact": contact_of(application),
    }
    return render(request, "applicant/receipt.html", context)
