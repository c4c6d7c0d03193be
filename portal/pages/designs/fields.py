"""What a layout's template may ask for: plain words and numbers of one ad, and regions that the portal fills."""

from django.utils.translation import gettext_lazy as _

from recruitment.advertising.blocks import BLOCKS

FACTS = ("deadline", "employer", "unit", "workplace", "hours", "duration", "start", "pay", "agreement", "positions", "interviews",
         "answer", "minutes", "reference")  # fmt: skip
AD = (
    "title",
    "intro",
    "employer",
    "unit",
    "language",
    "is_open",
    "is_readvertisement",
    "time_left",
    "minutes",
    "published",
    "changed",
)
#: Words of the portal in the ad's language, so that one template serves both.
WORDS = {
    "key_facts": _("Key facts"), "readvertised": _("Re-advertised"), "about_job": _("About the job"), "contact": _("Contact"),
    "apply": _("Apply for the job"), "deadline": _("Application deadline"), "workplace": _("Workplace"), "time_left": _("Time left"),
}  # fmt: skip
REGIONS = {
    "logo": _("the employer's logo"), "picture": _("the ad's picture, else the layout's"), "facts": _("all key facts as a list"),
    "apply": _("the button to apply"), "time": _("how long it takes to apply"), "blocks": _("all blocks that are not placed by themselves"),
    "how": _("how to apply, paper applications, personal data"), "news": _("when it was published and changed"),
}  # fmt: skip
KINDS = tuple(code for code in BLOCKS if code != "intro")

PALETTE = {
    "ad": frozenset(AD), "fact": frozenset(FACTS), "facts": None, "contacts": None, "word": frozenset(WORDS),
    "region": frozenset(REGIONS), "block": frozenset(KINDS), "forloop": None,
}  # fmt: skip
#: Without these an ad does not do what the law and the applicant ask of it.
COMPULSORY = ("region.apply", "region.blocks", "region.how")
