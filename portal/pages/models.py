"""The tables of the content app."""

from django.db import models
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class PortalImage(AbstractImage):
    """An image of the media library."""

    admin_form_fields = Image.admin_form_fields


class PortalRendition(AbstractRendition):
    """An image in one of its sizes."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class PortalDocument(AbstractDocument):
    """An editor's document. Applicants' files are never here."""

    admin_form_fields = Document.admin_form_fields
