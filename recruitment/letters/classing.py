"""Why a letter has its class, for people: which field, which word, which change."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from recruitment.letters.labels import label_of_field
from recruitment.mail.fields import CLASS_OF_FIELD
from recruitment.mail.models import MessageClass, MessageTemplate
from recruitment.mail.render import fields_used
from recruitment.mail.telling import telling_words


@dataclass(frozen=True)
class Reason:
    """One thing that makes a letter more than standard; `code` for programs."""

    code: str
    message_class: MessageClass
    words: str


def reasons_of(
    template: MessageTemplate, *, free_text: str = "", changed: bool = False, private: bool = False
) -> list[Reason]:
    """Everything that makes a letter from this template confidential or sensitive; nothing for a standard one.

    `private` is the writer's own judgement: a list of words cannot read between the lines.
    """
    found = []
    declared = MessageClass(template.message_class)
    if declared != MessageClass.STANDARD:
        found.append(Reason("template", declared, _("the template is %s") % declared.label))
    for name in sorted(fields_used(template.subject, template.body)):
        field_class = CLASS_OF_FIELD[name]
        if field_class != MessageClass.STANDARD:
            found.append(Reason("field", field_class, _("it uses “%s”") % label_of_field(name).lower()))
    found += [Reason("word", MessageClass.CONFIDENTIAL, _("it says “%s”") % word) for word in telling_words(free_text)]
    if changed:
        found.append(Reason("changed", MessageClass.CONFIDENTIAL, _("a locked paragraph has been changed")))
    if private:
        found.append(Reason("writer", MessageClass.CONFIDENTIAL, _("you say that only the applicant may read it")))
    return found
