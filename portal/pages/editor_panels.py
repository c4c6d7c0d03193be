"""What stands beside the ad editor: the checks, the institution's guidelines, and what colleagues say."""

from typing import Any

from django.middleware.csrf import get_token
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.side_panels import BaseSidePanel

from portal.pages.checking import checks_context
from portal.pages.guideline_library import GuidelinesPanel
from portal.pages.review_asking import review_context
from portal.pages.translation_panel import TranslationPanel
from recruitment.advertising.reviews.queries import open_comments


class AdChecksPanel(BaseSidePanel):
    """The remarks on the draft; a script renews them while one writes."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Contents and language")
        icon_name = "tasks"

    name = "ad-checks"
    title = _("Contents and language")
    template_name = "pages/panels/checks.html"
    order = 110

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The remarks on the draft as it was opened."""
        return {**super().get_context_data(parent_context), **checks_context(self.object)}


class ReviewPanel(BaseSidePanel):
    """What colleagues say about the ad, and asking one."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Colleagues")
        icon_name = "group"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            """How many comments wait."""
            waiting = open_comments(self.panel.object.pk).count()
            return {**super().get_context_data(parent_context), "count": waiting}

    name = "ad-review"
    title = _("Colleagues")
    template_name = "pages/panels/review.html"
    order = 120

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Requests, comments and the form."""
        shown = review_context(self.object, self.request.user)
        return {**super().get_context_data(parent_context), **shown, "csrf_token": get_token(self.request)}


PANELS = (AdChecksPanel, ReviewPanel, GuidelinesPanel, TranslationPanel)
