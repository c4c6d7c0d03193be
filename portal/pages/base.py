"""What the public pages have in common."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from wagtail.models import Page, PageViewRestriction

from portal.kept import for_everybody


class FoundStraight:
    """A page that `portal.pages.straight` may find; `is_for_anybody` says that it has asked who may see it."""

    is_for_anybody = False
    #: Whether it is shown without its own fields, so that nobody needs to fetch them.
    needs_no_fields: ClassVar[bool] = False

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Who is kept out."""
        if self.is_for_anybody:
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()  # type: ignore[misc]


class KeptPage(FoundStraight, Page):
    """A page that is the same for everybody who is not signed in."""

    class Meta:
        abstract = True

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page, which may be kept."""
        return for_everybody(super().serve(request, *args, **kwargs))
