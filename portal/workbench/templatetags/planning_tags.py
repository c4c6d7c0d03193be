"""How far away a day is, in words, and when something will stop a case."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()


@register.simple_tag
def days_words(days: int | None) -> str:
    """Days from today: "in 3 days", "today", "2 days ago"; empty where there is no day."""
    if days is None:
        return ""
    if days == 0:
        return _("today")
    if days < 0:
        return ngettext("%d day ago", "%d days ago", -days) % -days
    return ngettext("in %d day", "in %d days", days) % days


@register.simple_tag
def will_block(days: int | None) -> str:
    """When what is missing stops the case, by its plan."""
    if days is None:
        return ""
    if days < 0:
        return ngettext("has held the plan up for %d day", "has held the plan up for %d days", -days) % -days
    return ngettext("will block in %d day", "will block in %d days", days) % days if days else _("blocks today")
