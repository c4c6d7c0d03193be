"""Django's own permissions, as far as Wagtail insists on them, answered from the seats people have."""

from typing import Any

from django.contrib.auth.backends import BaseBackend

from portal.guard import actor_of_user
from recruitment.access.decide import is_staff, may
from recruitment.access.permissions import Permission

#: Which of our rights is the ticket to Wagtail's screens for a model. The rows are decided by `portal.guard`.
TICKETS: dict[str, Permission] = {
    "pages.adlayout": Permission.LAYOUT_EDIT,
    "pages.contenttemplate": Permission.CONTENT_TEMPLATE_EDIT,
    "pages.standardtext": Permission.CONTENT_TEMPLATE_EDIT,
    "pages.guideline": Permission.CONTENT_TEMPLATE_EDIT,
}


class SeatBackend(BaseBackend):
    """Grants `wagtailadmin.access_admin` to anyone with a seat, and model tickets to those with the right somewhere."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Whether the person holds the ticket; asked anew at every request."""
        if not user_obj.is_active or user_obj.is_anonymous:
            return False
        actor = actor_of_user(user_obj)
        if perm == "wagtailadmin.access_admin":
            return is_staff(actor)
        app, _dot, codename = perm.partition(".")
        _deed, _line, model = codename.partition("_")
        right = TICKETS.get(f"{app}.{model}")
        return right is not None and may(actor, right)
