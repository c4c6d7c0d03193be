"""Why a file is refused: one code and one plain sentence per cause. The sentence says what to do."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "empty": _("The file is empty. Open it where you keep it, save it once more, and upload it again."),
    "too_large": _(
        "The file is larger than 10 MB. Make it smaller, for example by scanning in lower quality, or split it in two."
    ),
    "wrong_type": _(
        "This type of file cannot be used. Save it as PDF, DOCX, ODT, TXT, JPG, PNG or HEIC, and upload it again."
    ),
    "old_word": _(
        "The file is in an old Word format. Open it in Word, choose Save as, choose DOCX or PDF, and upload that file."
    ),
    "disguised": _(
        "What is inside the file does not match its name. Open it in the program that made it, save it as PDF, and upload that."
    ),
    "password_protected": _(
        "The file is protected with a password. Remove the protection, or print the document to a new PDF, and upload that."
    ),
    "active_content": _(
        "The file contains a small program (a macro, a script or a button). Print it to a new PDF, and upload that."
    ),
    "embedded_files": _(
        "Other files are packed inside the document. Print it to a new PDF, and upload the other files one by one."
    ),
    "outside_content": _(
        "The document fetches some of its content from another place. Print it to a new PDF, so that all is in the file, "
        "and upload that."
    ),
    "dangerous_link": _(
        "The document has a link to a file or a program on a computer. Remove the link, save the document, and upload it again."
    ),
    "damaged": _(
        "The file is damaged and cannot be read. Open it where you keep it, save it as a new PDF, and upload that."
    ),
    "too_many_pages": _(
        "The document has too many pages. At most %(limit)s can be read. Upload the pages that matter most."
    ),
    "too_many_pixels": _(
        "The picture has too many pixels. Take it again in the phone's normal quality, or save it in a smaller size."
    ),
    "bomb": _("The file unpacks to far more than such a document holds. Print it to a new PDF, and upload that."),
    "too_heavy": _(
        "The file takes too long to read. Print it to a new PDF, or save it in a smaller size, and upload that."
    ),
    "not_text": _("The file is not plain text. Save it as text in UTF-8, or as PDF, and upload it again."),
    "too_many_photos": _("At most %(limit)s photos can be put together. Choose fewer, or make two documents."),
}


class Refused(ValidationError):
    """The file cannot be taken in. `code` is a key of SENTENCES; `params` fill the sentence."""

    def __init__(self, code: str, **params: int) -> None:
        super().__init__(SENTENCES[code], code=code, params=params)
