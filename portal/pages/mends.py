"""One click mends: the form is saved as it stands, then the remark's words are changed in the draft. Nothing typed is lost."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from portal.pages.checking import remarks_on, summary_of
from portal.pages.models import JobAdPage
from recruitment.advertising.checks.mending import mended
from recruitment.advertising.checks.written import Deed, Mend, Remark

PARAGRAPH = "paragraph"


def mend_if_asked(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Wagtail's `after_edit_page`: carry out the mend whose button saved the form."""
    key = request.POST.get("mend", "")
    if not key or not isinstance(page.specific, JobAdPage):
        return None
    draft = page.specific.get_latest_revision_as_object()
    remark = next((each for each in remarks_on(draft) if each.key == key and each.mend), None)
    words = request.POST.get(f"words:{key}", "")
    if remark is None:
        messages.warning(request, _("Nothing was mended: the words have changed meanwhile."))
    elif remark.mend and remark.mend.deed == Deed.WORDS and not words.strip():
        messages.warning(request, _("Write the new words of the link first."))
    elif carry_out(draft, remark, words):
        draft.save_revision(user=request.user, log_action=True)
        messages.success(request, _("Mended: %s") % remark.message)
    return redirect("wagtailadmin_pages:edit", page.pk)


def tell_remarks(request: HttpRequest, page: Any) -> None:
    """Wagtail's `after_edit_page`: how much there is to remark on what was saved or published, for those without scripts."""
    ad = page.specific
    if not isinstance(ad, JobAdPage) or not request.accepts("text/html"):
        return
    remarks = remarks_on(ad.get_latest_revision_as_object())
    if remarks:
        told = summary_of(remarks)
        address = reverse("ad_checks", args=[ad.pk])
        messages.info(request, format_html('{} <a href="{}">{}</a>', told, address, _("Read the remarks")))


def carry_out(page: JobAdPage, remark: Remark, words: str = "") -> bool:
    """Change the draft in memory; whether anything was changed."""
    mend = remark.mend
    if mend is None:
        return False
    if mend.deed == Deed.PARAGRAPH:
        value = {"heading": "", "body": f"<p>{mend.new}</p>"}
        page.body = [*_raw(page), {"type": PARAGRAPH, "value": value}]
        return True
    if remark.place in {"title", "intro"}:
        before = getattr(page, remark.place)
        setattr(page, remark.place, mended(before, mend, is_rich=False))
        return bool(getattr(page, remark.place) != before)
    return _in_block(page, remark.place.split("/")[1:], mend, words)


def _raw(page: JobAdPage) -> list[dict[str, Any]]:
    return [dict(block) for block in page.body.get_prep_value()]


def _in_block(page: JobAdPage, steps: list[str], mend: Mend, words: str) -> bool:
    number, field, *point = steps
    blocks = _raw(page)
    value = blocks[int(number)]["value"]
    if point:
        line = value[field][int(point[0])]
        before = line["value"]
        line["value"] = after = mended(before, mend, is_rich=False)
    else:
        before = value[field]
        value[field] = after = mended(before, mend, is_rich=field == "body", words=words)
    page.body = blocks
    return bool(after != before)
