"""The libraries of the communications role: layouts, content templates, standard paragraphs.

What belongs to no institution ships with the portal and is shared by all: everybody may use and copy it, nobody of an
institution may change it, for that would change the ads of the others.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import ObjectList, TabbedInterface
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import CopyView, IndexView, SnippetViewSet

from portal.guard import GuardedRows, actor_of_user
from portal.pages.layouts import AdLayout, ContentTemplate, StandardText
from portal.pages.words_panels import OldWordsPanel
from recruitment.access.decide import institutions_of
from recruitment.access.permissions import Permission
from recruitment.organisation.models import Institution, OrganisationalUnit


class LibraryForm(WagtailAdminModelForm):
    """Only for one's own institution: where there is just one, it is chosen already."""

    right = Permission.CONTENT_TEMPLATE_EDIT
    is_for_one_institution = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.for_user is None or self.for_user.is_superuser:
            return
        own = Institution.objects.filter(pk__in=institutions_of(actor_of_user(self.for_user), self.right))
        units = OrganisationalUnit.objects.filter(institution__in=own, depth__gt=1, active=True).order_by("path")
        self.fields["unit"].queryset = units
        self.fields["unit"].label_from_instance = _indented
        self.is_for_one_institution = True
        field = self.fields["institution"]
        field.queryset, field.required = own, True
        if len(own) == 1:
            field.empty_label = None
            self.initial["institution"] = own[0].pk
        elif self.initial.get("institution") not in {institution.pk for institution in own}:
            self.initial["institution"] = None
        if "layout" in self.fields:
            mine = Q(institution__in=own) | Q(institution__isnull=True)
            self.fields["layout"].queryset = AdLayout.objects.filter(mine, live=True)

    def clean_institution(self) -> Institution | None:
        """Also for a draft, for which Wagtail lets required fields wait: without one it would be everybody's."""
        institution: Institution | None = self.cleaned_data["institution"]
        if self.is_for_one_institution and institution is None:
            raise ValidationError(_("Choose the institution that it belongs to."), code="required")
        return institution


def _indented(unit: OrganisationalUnit) -> str:
    return f"{'– ' * (unit.depth - 2)}{unit.name}"


class LayoutForm(LibraryForm):
    """As above, by the right to layouts."""

    right = Permission.LAYOUT_EDIT

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.shown_to = self.for_user


class LibraryIndex(IndexView):
    """A shared row leads to a copy of one's own, all others to their editor."""

    def get_base_queryset(self) -> Any:
        """With what the list shows of each row."""
        fields = {field.name for field in self.model._meta.concrete_fields}
        return super().get_base_queryset().select_related(*sorted({"institution", "unit"} & fields))

    def get_edit_url(self, instance: Any) -> str | None:
        if instance.institution_id is None and not self.request.user.is_superuser:
            return self.get_copy_url(instance)
        return super().get_edit_url(instance)

    def get_delete_url(self, instance: Any) -> str | None:
        shared = instance.institution_id is None and not self.request.user.is_superuser
        return None if shared else super().get_delete_url(instance)


class GuardedChooser(GuardedRows, SnippetChooserViewSet):
    """Choosing a snippet: only those in reach, and those that ship."""

    row_permission = Permission.AD_EDIT
    lending_views = (View,)


class Library(GuardedRows, SnippetViewSet):
    """What is shared is listed and copied; what is one's own is changed as well."""

    lending_views = (IndexView, CopyView)
    copy_view_enabled = True
    index_view_class = LibraryIndex
    chooser_viewset_class = GuardedChooser
    list_filter = ["institution"]
    search_fields = ["name"]
    list_display = ["name", "institution", "unit"]


class LayoutLibrary(Library):
    """Layouts."""

    model = AdLayout
    edit_handler = TabbedInterface(
        [
            ObjectList(AdLayout.theme_panels, heading=_("Theme")),
            ObjectList(AdLayout.source_panels, heading=_("HTML and CSS")),
        ],
        base_form_class=LayoutForm,
    )
    list_display = [
        "name", "institution", "unit", BooleanColumn("is_usual", label=_("The usual one"), sort_key="is_usual")
    ]  # fmt: skip
    icon = "view"
    row_permission = Permission.LAYOUT_EDIT


class TemplateLibrary(Library):
    """Content templates."""

    model = ContentTemplate
    edit_handler = ObjectList(ContentTemplate.panels, base_form_class=LibraryForm)
    icon = "copy"
    row_permission = Permission.CONTENT_TEMPLATE_EDIT


class StandardTextLibrary(Library):
    """Standard paragraphs."""

    model = StandardText
    edit_handler = ObjectList([*StandardText.panels, OldWordsPanel()], base_form_class=LibraryForm)
    icon = "pilcrow"
    row_permission = Permission.CONTENT_TEMPLATE_EDIT
