"""The old envelope as XML: element names of its lists, dates in ISO 8601, the status in words."""

import datetime as dt
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from portal.feeds.writing import writable

MEMBERS = {
    "Items": "JobPortalPosition", "Advertisements": "JobPortalAdvertisement", "Languages": "JobPortalLanguage",
    "DepartmentTree": "Department", "PositionLocationMultiSelection": "PositionLocation",
    "PositionLocationTree": "PositionLocation", "PositionCategoryTree": "PositionCategory",
    "ProjectParticipants": "Participant", "Users": "User",
}  # fmt: skip
STATUS = {0: "Success", 1: "Error"}


def envelope_as_xml(envelope: dict[str, Any]) -> bytes:
    """A whole document in UTF-8."""
    root = Element("JobPortalPositionList")
    for name, value in envelope.items():
        _add(root, name, value)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="utf-8")


def _add(parent: Element, name: str, value: Any) -> None:
    element = SubElement(parent, name)
    if isinstance(value, dict):
        for inner, held in value.items():
            _add(element, inner, STATUS[held] if inner == "StatusCode" else held)
    elif isinstance(value, list):
        for member in value:
            _add(element, MEMBERS[name], member)
    elif isinstance(value, dt.datetime):
        element.text = value.isoformat()
    elif isinstance(value, bool):
        element.text = str(value).lower()
    elif value is not None:
        element.text = writable(str(value))
