"""Dressing Django's fields in the design system's classes."""

from django import forms, template
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.safestring import SafeString

register = template.Library()

CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "form-checkbox"),
    (forms.Select, "form-select"),
    (forms.ClearableFileInput, "form-input-file"),
    (forms.Widget, "form-input"),
)


def class_of(widget: forms.Widget) -> str:
    """The design system's class for the widget."""
    return next(name for kind, name in CLASSES if isinstance(widget, kind))


@register.filter
def dressed(field: BoundField) -> SafeString:
    """The field's widget with its class."""
    own = field.field.widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{own} {class_of(field.field.widget)}".strip()})


@register.filter
def has_choices(field: BoundField) -> bool:
    """Whether it is a list of radio buttons or tick boxes."""
    return isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


@register.filter
def is_tick(field: BoundField) -> bool:
    """Whether it is one tick box."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def choice_class(choice: BoundWidget) -> str:
    """`form-radio` or `form-checkbox`."""
    return "form-radio" if choice.data.get("type") == "radio" else "form-checkbox"


@register.filter
def is_optional(field: BoundField) -> bool:
    """Whether the label says "optional": neither the field nor the question behind it must be answered."""
    return not (field.field.required or getattr(field.field, "counts_as_required", False))
