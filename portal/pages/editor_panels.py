"""What stands beside the ad editor: the checks, the institution's guidelines, and what colleagues say."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.side_panels import BaseSidePanel

from portal.pages.checking import checks_context


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


PANELS = (AdChecksPanel,)
