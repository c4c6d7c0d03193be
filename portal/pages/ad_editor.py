"""Wagtail's editor of a page, with our panels beside an ad."""

from django.http import HttpRequest, HttpResponse
from wagtail.admin.auth import require_admin_access
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.views.pages.edit import EditView

from portal.pages.editor_panels import PANELS
from portal.pages.models import JobAdPage


class AdEditView(EditView):
    """Other pages get what they always get."""

    def get_side_panels(self) -> MediaContainer:
        """Wagtail's, and ours where it is an ad that is shown whole."""
        panels = super().get_side_panels()
        if isinstance(self.page, JobAdPage) and not self.expects_json_response:
            panels.extend(panel(self.page, self.request) for panel in PANELS)
        return panels


@require_admin_access
def edit(request: HttpRequest, page_id: int) -> HttpResponse:
    """In Wagtail's place, under Wagtail's address."""
    answer: HttpResponse = AdEditView.as_view()(request, page_id=page_id)
    return answer
