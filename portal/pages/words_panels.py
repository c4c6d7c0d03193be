"""Panels about standard paragraphs that have been changed: in the paragraph's editor and in that of the ad."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.panels import Panel

from portal.guard import actor_of

BUTTON = "take_new_words"


class OldWordsPanel(Panel):
    """Which ads within reach hold earlier words of this paragraph."""

    class BoundPanel(Panel.BoundPanel):
        """In the paragraph's editor."""

        template_name = "pages/old_words.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The ads by title."""
            from portal.pages.taking import drafts_with_old_words  # noqa: PLC0415 - it names the paragraphs

            ads = drafts_with_old_words(self.instance, actor_of(self.request)) if self.instance.pk else []
            return {**super().get_context_data(parent_context), "ads": ads}


class NewWordsPanel(Panel):
    """Which paragraphs of this ad have been changed since it took them, and a button that takes the new words."""

    class BoundPanel(Panel.BoundPanel):
        """In the ad's editor."""

        template_name = "pages/new_words.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The changed paragraphs."""
            from portal.pages.taking import old_texts_of  # noqa: PLC0415

            texts = old_texts_of(self.instance) if self.instance.pk else []
            return {**super().get_context_data(parent_context), "texts": texts, "button": BUTTON}


def take_when_asked(request: HttpRequest, page: Any) -> None:
    """Wagtail's `after_edit_page`: the draft has been saved by the button that takes the new words."""
    from portal.pages.models import JobAdPage  # noqa: PLC0415
    from portal.pages.taking import take_new_words  # noqa: PLC0415

    if BUTTON in request.POST and isinstance(page, JobAdPage):
        count = take_new_words(page, actor=actor_of(request))
        told = ngettext("%d paragraph has its new words.", "%d paragraphs have their new words.", count) % count
        messages.success(request, told + " " + _("What is published stays until the ad is published again."))
