"""Writing guidelines for ads, and reading them beside the editor."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.ui.tables import Column

from portal.guard import actor_of, actor_of_user
from portal.pages.guidelines import WHOLE, Guideline
from portal.pages.libraries import Library
from recruitment.access.decide import institutions_of, may
from recruitment.access.permissions import Permission
from recruitment.advertising.blocks import BLOCKS
from recruitment.organisation.models import Institution


class GuidelineForm(WagtailAdminModelForm):
    """Only for an institution whose templates one writes."""

    about = forms.ChoiceField(required=False, label=_("About"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "about" in self.fields:
            self.fields["about"].choices = [(WHOLE, _("the whole ad")), *((b.code, b.label) for b in BLOCKS.values())]
        field = self.fields.get("institution")
        if field is not None and self.for_user is not None and not self.for_user.is_superuser:
            own = institutions_of(actor_of_user(self.for_user), Permission.CONTENT_TEMPLATE_EDIT)
            field.queryset = Institution.objects.filter(pk__in=own)
            field.empty_label = None if len(own) == 1 else field.empty_label


class GuidelineLibrary(Library):
    """The guidelines, as their institution meets them."""

    model = Guideline
    lending_views = ()
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldRowPanel([FieldPanel("institution"), FieldPanel("language"), FieldPanel("about")]),
            FieldPanel("body"),
        ],
        base_form_class=GuidelineForm,
    )
    list_display = ["name", Column("about_words", label=_("About"), sort_key="about"), "language", "institution"]
    icon = "help"
    row_permission = Permission.CONTENT_TEMPLATE_EDIT


class GuidelinesPanel(BaseSidePanel):
    """Beside the ad: those for the whole first, then one fold a kind of block."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Guidelines")
        icon_name = "help"

    name = "ad-guidelines"
    title = _("Guidelines")
    template_name = "pages/panels/guidelines.html"
    order = 130

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """The institution's own, in the ad's language."""
        page = self.object
        institution = page.case.institution
        rows = list(Guideline.objects.filter(institution=institution, language=page.language))
        return {
            **super().get_context_data(parent_context),
            "whole": [row for row in rows if row.about == WHOLE],
            "parts": [row for row in rows if row.about != WHOLE],
            "may_write": may(actor_of(self.request), Permission.CONTENT_TEMPLATE_EDIT, institution),
        }
