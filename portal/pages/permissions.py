"""Wagtail's page rights narrowed by ours: the group opens the door, `access` says which ads."""

from typing import Any

from wagtail.models import PagePermissionTester
from wagtail.permission_policies.pages import PagePermissionPolicy

from portal.guard import actor_of_user
from recruitment.access.decide import may, visible
from recruitment.access.permissions import Permission
from recruitment.cases.models import RecruitmentCase
from recruitment.people.actor import Actor


def without_ads_out_of_reach(actor: Actor, pages: Any) -> Any:
    """The pages, without the ads of cases whose facts the actor may not know."""
    from portal.pages.models import JobAdPage  # noqa: PLC0415 - the pages name their testers from here

    cases = visible(actor, Permission.CASE_READ_AD_FACTS, RecruitmentCase.objects.all())
    hidden = JobAdPage.objects.exclude(case__in=cases)
    return pages.exclude(pk__in=hidden.values("pk"))


class AdsInReach(PagePermissionPolicy):
    """Wagtail's policy knows an institution's whole tree; its lists, searches and API show the ads in reach only."""

    def explorable_instances(self, user: Any) -> Any:
        """The pages that the person meets in the explorer."""
        pages = super().explorable_instances(user)
        return pages if user.is_superuser else without_ads_out_of_reach(actor_of_user(user), pages)


class _Narrowed(PagePermissionTester):
    """A tester that also asks `access` about the row."""

    edit_right: Permission
    publish_right: Permission

    def row(self) -> Any:
        """The row of the domain that decides."""
        return self.page.specific

    def _holds(self, permission: Permission) -> bool:
        if self.user.is_superuser:
            return True
        return may(actor_of_user(self.user), permission, self.row())

    def can_edit(self) -> bool:
        return super().can_edit() and self._holds(self.edit_right)

    def can_delete(self, ignore_bulk: bool = False) -> bool:  # noqa: FBT001, FBT002 - the signature is Wagtail's
        return super().can_delete(ignore_bulk) and self._holds(self.edit_right)

    def can_publish(self) -> bool:
        return super().can_publish() and self._holds(self.publish_right)

    def can_unpublish(self) -> bool:
        return super().can_unpublish() and self._holds(self.publish_right)

    def can_view_revisions(self) -> bool:
        return super().can_view_revisions() and self._holds(self.edit_right)

    def can_move(self) -> bool:
        """An ad stays where its employer is."""
        return False

    def can_copy(self) -> bool:
        """A new ad is made from a template, with its case."""
        return False

    def can_set_view_restrictions(self) -> bool:
        """Who sees an ad is decided by its publications."""
        return bool(self.user.is_superuser)


class AdPermissionTester(_Narrowed):
    """For one ad: `ad.edit` and `ad.publish` on its case."""

    edit_right = Permission.AD_EDIT
    publish_right = Permission.AD_PUBLISH

    def row(self) -> Any:
        return self.page.specific.case


class SitePermissionTester(_Narrowed):
    """For an institution's page: the communications role."""

    edit_right = Permission.CAREERSITE_EDIT
    publish_right = Permission.CAREERSITE_EDIT

    def row(self) -> Any:
        return self.page.specific.institution

    def can_add_subpage(self) -> bool:
        return super().can_add_subpage() and may(actor_of_user(self.user), Permission.AD_EDIT)

    def can_publish_subpage(self) -> bool:
        return super().can_publish_subpage() and may(actor_of_user(self.user), Permission.AD_PUBLISH)


class AboutPermissionTester(_Narrowed):
    """For a page about an employer: the communications role, who may also give it another place in the menu."""

    edit_right = Permission.CAREERSITE_EDIT
    publish_right = Permission.CAREERSITE_EDIT

    def row(self) -> Any:
        return self.page.get_parent().specific.institution
