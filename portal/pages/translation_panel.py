"""The other language beside the editor: what it lacks, and what can be done about it."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from wagtail.admin.auth import require_admin_access
from wagtail.admin.ui.side_panels import BaseSidePanel

from portal.guard import actor_of
from portal.pages.checking import ad_to_edit
from portal.pages.models import JobAdPage
from portal.pages.translating import (
    Difference,
    Gap,
    call_up_to_date,
    counterpart,
    differences,
    has_place_for,
    original_and_translation,
    other_language,
    publish_both,
    take_over_missing,
    translate,
)
from recruitment.people.actor import Actor

WORDS = {
    Gap.MISSING: gettext_lazy("missing in the translation"),
    Gap.UNTRANSLATED: gettext_lazy("still in the original's words"),
    Gap.CHANGED: gettext_lazy("changed in the original since it was translated"),
    Gap.EXTRA: gettext_lazy("only in the translation"),
}


def told(difference: Difference) -> tuple[str, str, Any]:
    """Gap, name and words of a difference."""
    name = _("Introduction") if difference.name == "intro" else difference.name
    return difference.gap, name, WORDS[difference.gap]


class TranslationPanel(BaseSidePanel):
    """The two languages of one case."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = gettext_lazy("The other language")
        icon_name = "globe"

    name = "ad-languages"
    title = gettext_lazy("The other language")
    template_name = "pages/panels/languages.html"
    order = 140

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The counterpart, and what is not in step."""
        page = self.object
        pair = original_and_translation(page)
        return {
            **super().get_context_data(parent_context), "other": counterpart(page), "pair": pair,
            "is_original": bool(pair and pair[0].pk == page.pk), "language": dict(settings.LANGUAGES)[other_language(page)],
            "differences": [told(each) for each in differences(*pair)] if pair else [], "has_place": has_place_for(page),
            "may_publish": page.permissions_for_user(self.request.user).can_publish(), "csrf_token": get_token(self.request),
        }  # fmt: skip


@require_admin_access
@require_POST
def begin(request: HttpRequest, page_id: int) -> HttpResponse:
    """The ad in the other language, in its editor."""
    page = ad_to_edit(request, page_id)
    made = translate(page, actor=actor_of(request))
    messages.success(request, _("The ad stands here in the original's words. Write over them."))
    return redirect("wagtailadmin_pages:edit", made.pk)


@require_admin_access
@require_POST
def bring_in_step(request: HttpRequest, page_id: int) -> HttpResponse:
    """Take over, call up to date, or publish both, by the button."""
    page = ad_to_edit(request, page_id)
    deed = DEEDS.get(request.POST.get("button", ""))
    if deed is None:
        messages.error(request, _("Choose what to do."))
        return redirect("wagtailadmin_pages:edit", page.pk)
    try:
        messages.success(request, deed(page, actor_of(request)))
    except PermissionDenied:
        messages.error(request, _("Somebody who may publish this ad must do that."))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("wagtailadmin_pages:edit", page.pk)


def _take_over(page: JobAdPage, actor: Actor) -> str:
    count = take_over_missing(page, actor=actor)
    return ngettext("%d block has been taken over.", "%d blocks have been taken over.", count) % count


def _up_to_date(page: JobAdPage, actor: Actor) -> str:
    call_up_to_date(page, actor=actor)
    return _("The translation is noted as up to date.")


def _publish_both(page: JobAdPage, actor: Actor) -> str:
    publish_both(page, actor=actor)
    return _("Both languages are public.")


DEEDS: dict[str, Callable[[JobAdPage, Actor], str]] = {
    "take": _take_over,
    "current": _up_to_date,
    "publish": _publish_both,
}
