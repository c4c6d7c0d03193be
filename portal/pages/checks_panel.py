"""Panels of the layout editor: a field for source code, and what is to be said of it."""

from typing import Any

from django import forms
from wagtail.admin.panels import FieldPanel, Panel


class SourcePanel(FieldPanel):
    """A field for code: fixed width, no spelling, lines numbered by a script."""

    def get_form_options(self) -> dict[str, Any]:
        """With a widget for code."""
        options: dict[str, Any] = super().get_form_options()
        attributes = {
            "rows": 24,
            "spellcheck": "false",
            "autocomplete": "off",
            "class": "source-code",
            "data-source": "",
        }
        options.setdefault("widgets", {})[self.field_name] = forms.Textarea(attrs=attributes)
        return options


class ChecksPanel(Panel):
    """Warnings about the layout as it was saved last; what must be mended stands at its field."""

    class BoundPanel(Panel.BoundPanel):
        """In the layout's editor."""

        template_name = "pages/layout_checks.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The findings, by field."""
            layout = self.instance
            found = [("HTML", layout.markup_findings()), ("CSS", layout.css_findings())]
            return {
                **super().get_context_data(parent_context),
                "findings": found,
                "any": any(lines for _name, lines in found),
            }
