"""Registration only."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogFormatter
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from portal.guard import actor_of
from portal.pages import review_asking, translation_panel
from portal.pages.about import refuse_page_about_employer
from portal.pages.approval import refuse_incomplete_approval
from portal.pages.checking import checks
from portal.pages.guideline_library import GuidelineLibrary
from portal.pages.libraries import LayoutLibrary, StandardTextLibrary, TemplateLibrary
from portal.pages.mends import mend_if_asked, tell_remarks
from portal.pages.new_ad import new_ad
from portal.pages.permissions import without_ads_out_of_reach
from portal.pages.picture_form import without_ended_consent
from portal.pages.publishing import refuse_incomplete_ad
from portal.pages.renewing import ads_to_renew
from portal.pages.words_panels import take_when_asked
from recruitment.access.decide import may
from recruitment.access.permissions import Permission

hooks.register("before_publish_page", refuse_incomplete_ad)
hooks.register("before_create_page", refuse_page_about_employer)
hooks.register("before_edit_page", refuse_incomplete_approval)
hooks.register("after_edit_page", take_when_asked)
hooks.register("after_edit_page", mend_if_asked)
hooks.register("after_edit_page", tell_remarks)
hooks.register("construct_image_chooser_queryset", without_ended_consent)


register_snippet(LayoutLibrary)
register_snippet(TemplateLibrary)
register_snippet(StandardTextLibrary)
register_snippet(GuidelineLibrary)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern]:
    """The ways to a new ad and to ads that are out of date, and what the editor asks."""
    return [
        path("ads/new/", new_ad, name="new_ad"),
        path("ads/renew/", ads_to_renew, name="ads_to_renew"),
        path("ads/<int:page_id>/checks/", checks, name="ad_checks"),
        path("ads/<int:page_id>/translate/", translation_panel.begin, name="ad_translate"),
        path("ads/<int:page_id>/in-step/", translation_panel.bring_in_step, name="ad_in_step"),
        path("ads/<int:page_id>/review/", review_asking.ask, name="ad_review_ask"),
        path("ads/<int:page_id>/review/<uuid:review_id>/end/", review_asking.end_link, name="ad_review_end"),
        path("ads/<int:page_id>/comments/<uuid:comment_id>/", review_asking.settle_comment, name="ad_comment_settle"),
    ]


class NewAdItem(MenuItem):
    """Shown to those who may write an ad somewhere."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the person may write ads."""
        return may(actor_of(request), Permission.AD_EDIT)


@hooks.register("register_admin_menu_item")
def new_ad_item() -> MenuItem:
    """In the main menu."""
    return NewAdItem(_("New job ad"), reverse("new_ad"), name="new-ad", icon_name="plus", order=150)


@hooks.register("construct_explorer_page_queryset")
def only_own_ads(parent_page: Page, pages: Any, request: HttpRequest) -> Any:
    """The explorer shows the ads of cases in reach only."""
    if request.user.is_superuser:
        return pages
    return without_ads_out_of_reach(actor_of(request), pages)


@hooks.register("register_log_actions")
def refused_as_log_action(actions: Any) -> None:
    """A scheduled ad that could not go out says why in its history."""

    @actions.register_action("pages.refused")
    class Refused(LogFormatter):
        label = _("Could not go out")

        def format_message(self, log_entry: Any) -> str:
            return " ".join([str(_("The ad could not go out:")), *log_entry.data.get("why", [])])
