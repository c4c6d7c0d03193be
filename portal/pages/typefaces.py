"""Typefaces that a layout may choose: shipped with the portal (see docs/frontend.md), so that nothing is fetched elsewhere."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Typeface(models.TextChoices):
    """The value is the family as CSS names it."""

    PORTAL = "inherit", _("the portal's own")
    GROTESQUE = "'Albert Sans Variable', 'Helvetica Neue', Arial, sans-serif", _("clear (Albert Sans)")
    WIDE = "'Archivo Variable', 'Arial Narrow', Arial, sans-serif", _("strong, also narrow and wide (Archivo)")
    ROUNDED = "'Nunito Variable', 'Trebuchet MS', sans-serif", _("round and friendly (Nunito)")
    SERIF = "'Source Serif 4 Variable', Georgia, serif", _("bookish, with serifs (Source Serif)")
    SOFT = "'Fraunces Variable', Georgia, serif", _("soft and festive (Fraunces)")
    SLAB = "'Bitter Variable', Rockwell, serif", _("slab (Bitter)")
    CLASSIC = "Georgia, 'Times New Roman', serif", _("Georgia, of the reader's machine")
