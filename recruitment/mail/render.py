"""Liquid over ready strings: no loader, bounded work, and static analysis that tells which fields a letter uses."""

import functools
import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from liquid import BoundTemplate, Environment
from liquid.exceptions import LiquidError

from recruitment.mail.fields import CLASS_OF_FIELD, TYPED_FIELDS, highest
from recruitment.mail.models import MessageClass, MessageTemplate
from recruitment.mail.telling import telling_words

LONGEST_TEMPLATE = 20_000
_NAMED = re.compile(r"(?:unexpected tag|unknown filter) '(?P<name>\w+)'")
_BLANKS = re.compile(r"\n[ \t]*\n(?:[ \t]*\n)+")  # what an empty field leaves behind


class LetterEnvironment(Environment):
    """Limits for templates that staff write; figures are steps, characters and levels."""

    loop_iteration_limit = 500
    output_stream_limit = 60_000
    context_depth_limit = 10


#: What a letter is written with: words, fields and conditions. Nothing repeats, counts or grows.
TAGS = {"content", "output", "illegal", "if", "unless", "case", "comment", "#"}
FILTERS = {"default", "upcase", "downcase", "capitalize", "strip"}


@functools.cache
def environment() -> LetterEnvironment:
    """The one environment; neither loops nor other templates exist in it."""
    made = LetterEnvironment(autoescape=False)
    made.tags = {name: tag for name, tag in made.tags.items() if name in TAGS}
    made.filters = {name: made.filters[name] for name in FILTERS}
    return made


@dataclass(frozen=True)
class Rendered:
    """A letter ready to go."""

    subject: str
    text: str
    html: str
    message_class: MessageClass


def parse(source: str) -> BoundTemplate:
    """The template, or a ValidationError with the line at which it stops making sense."""
    if len(source) > LONGEST_TEMPLATE:
        raise ValidationError(_("The text is too long."), code="too_long")
    return _parsed(source)


@functools.lru_cache(maxsize=256)
def _parsed(source: str) -> BoundTemplate:
    try:
        return environment().from_string(source)
    except LiquidError as error:
        line = getattr(error, "lineno", None) or _line_of(error)
        raise ValidationError(
            _("Line %(line)s cannot be understood: %(error)s"), code="syntax", params={"line": line, "error": _why(error)},
        ) from error  # fmt: skip


def _why(error: LiquidError) -> str:
    """What to mend, in words for whoever writes letters."""
    found = _NAMED.search(getattr(error, "message", None) or str(error))
    if found is None or found["name"].startswith(("end", "els")):
        return _("see that each “{{” has its “}}”, and each “if” a condition and its “endif”.")
    return _("“%s” does not exist in letters.") % found["name"]


def _line_of(error: LiquidError) -> int | str:
    token = getattr(error, "token", None)
    source, start = getattr(token, "source", None), getattr(token, "start_index", None)
    return source.count("\n", 0, start) + 1 if isinstance(source, str) and isinstance(start, int) else "?"


def fields_used(*sources: str) -> set[str]:
    """Names of the merge fields the sources use. Raises ValidationError for a field that does not exist."""
    used = {path.split(".")[0].split("[")[0] for source in sources for path in parse(source).global_variable_paths()}
    if unknown := sorted(used - set(CLASS_OF_FIELD)):
        raise ValidationError(_("There is no merge field called “%s”.") % unknown[0], code="unknown_field")
    return used


def class_of(template_class: str, *sources: str, free_text: str = "") -> MessageClass:
    """GRD-24: the strictest of the template's class, its fields' classes and what the free text gives away."""
    by_fields = [CLASS_OF_FIELD[name] for name in fields_used(*sources)]
    return highest(template_class, *by_fields, class_of_text(free_text))


def class_of_letter(template: MessageTemplate, values: Mapping[str, str]) -> MessageClass:
    """The class of a letter from this version with these values: what somebody typed is looked at as well."""
    return class_of(template.message_class, template.subject, template.body, free_text=typed_words(values))


def typed_words(values: Mapping[str, str]) -> str:
    """What of the values a person typed."""
    return "\n".join(str(values[name]) for name in TYPED_FIELDS if values.get(name))


def class_of_text(free_text: str) -> MessageClass:
    """CONFIDENTIAL when a text has a CPR number or a word of the confidential list."""
    return MessageClass.CONFIDENTIAL if telling_words(free_text) else MessageClass.STANDARD


def render(subject: str, body: str, values: Mapping[str, str], *, template_class: str, free_text: str = "") -> Rendered:
    """Subject, text and HTML with the values put in once, never looked at again for tags."""
    typed = f"{free_text}\n{typed_words(values)}"
    message_class = class_of(template_class, subject, body, free_text=typed)
    clean = {name: str(value) for name, value in values.items() if name in CLASS_OF_FIELD}
    try:
        line = parse(subject).render(**clean)
        text = parse(body).render(**clean)
    except LiquidError as error:
        raise ValidationError(_("The letter could not be made: %s") % _why(error), code="render") from error
    tidy = _BLANKS.sub("\n\n", text.replace("\r", "").strip()) + "\n"
    return Rendered(" ".join(line.split())[:200], tidy, as_html(tidy), message_class)


def subject_line(template: MessageTemplate, values: Mapping[str, str]) -> str:
    """How the subject of a letter from this version reads with these values."""
    return render(template.subject, "", values, template_class=template.message_class).subject


def as_html(text: str) -> str:
    """The same letter as HTML: paragraphs, line breaks, addresses as links; no images, nothing from outside."""
    paragraphs = [block for block in text.replace("\r", "").split("\n\n") if block.strip()]
    return "\n".join(f"<p>{'<br>'.join(_linked(block.strip().split(chr(10))))}</p>" for block in paragraphs)


def _linked(lines: Iterable[str]) -> list[str]:
    return [" ".join(_link(word) for word in line.split(" ")) for line in lines]


def _link(word: str) -> str:
    bare = word.rstrip(".,;:)")
    if not bare.startswith(("http://", "https://")):
        return html.escape(word)
    return f'<a href="{html.escape(bare, quote=True)}">{html.escape(bare)}</a>{html.escape(word[len(bare) :])}'
