"""An institution's own rules for its ads: which checks it does without, which words it does not want, who approves."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.advertising.checks.rules import SWITCHABLE
from recruitment.advertising.records import AdvertisingRules
from recruitment.audit.record import record
from recruitment.organisation.models import Institution
from recruitment.people.actor import Actor

MOST_WORDS = 200


def rules_of(institution: Institution) -> AdvertisingRules:
    """The institution's rules; unsaved ones with everything on where it has none."""
    found = AdvertisingRules.objects.filter(institution=institution).first()
    return found or AdvertisingRules(institution=institution)


@transaction.atomic
def set_rules(
    institution: Institution, *, switched_off: Iterable[str], unwanted: Iterable[tuple[str, str]], manager_approves: bool,
    actor: Actor,
) -> AdvertisingRules:  # fmt: skip
    """Keep the rules. Raises ValidationError for a check that the law decides, or too many words."""
    require(actor, Permission.CONTENT_TEMPLATE_EDIT, institution)
    off, words = sorted(set(switched_off)), [[word, instead] for word, instead in unwanted]
    if set(off) - SWITCHABLE:
        raise ValidationError(_("This check cannot be switched off: the law decides it."), code="decided_by_law")
    if len(words) > MOST_WORDS:
        raise ValidationError({"unwanted": _("At most %d words.") % MOST_WORDS})
    rules, _made = AdvertisingRules.objects.update_or_create(
        institution=institution,
        defaults={"switched_off": off, "unwanted": words, "manager_approves": manager_approves},
    )
    record(actor, "advertising_rules.set", rules, switched_off=off, manager_approves=manager_approves)
    return rules
