"""The pools of an institution, who is in them, and looking through them."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.guard import actor_of
from portal.workbench.screens import BAD_INPUT, blame, screen, show
from recruitment.access.decide import institutions_of, may, visible
from recruitment.access.permissions import Permission
from recruitment.applications.models import Application
from recruitment.assessments.furnishing import icons_for
from recruitment.assessments.marks import CandidateIcon
from recruitment.organisation.classification import Classification, Scheme
from recruitment.organisation.models import Institution
from recruitment.talent.actions import close_pool, mark, remove, require_pools, save_pool
from recruitment.talent.models import MembershipState, TalentPool, TalentPoolMembership
from recruitment.talent.queries import members_of, pools_seen

A_PAGE = 50


class PoolForm(forms.ModelForm[TalentPool]):
    """Name, group, purpose and time."""

    class Meta:
        model = TalentPool
        fields = ("name", "staff_group", "purpose", "months")
        help_texts = {
            "purpose": gettext_lazy("The applicant reads this when asked to say yes. One or two plain sentences."),
            "months": gettext_lazy("After that the member is asked to renew, and deleted if nothing is answered."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: Any = self.fields["staff_group"]
        groups.queryset = Classification.objects.filter(scheme=Scheme.STAFF_GROUP)


class MemberSearch(forms.Form):
    """What one looks for; it stays in the address."""

    q = forms.CharField(required=False, label=gettext_lazy("Name, e-mail or note"))
    icon = forms.ModelChoiceField(
        required=False,
        queryset=CandidateIcon.objects.none(),
        label=gettext_lazy("Icon"),
        empty_label=gettext_lazy("any"),
    )
    state = forms.ChoiceField(
        required=False, choices=[("", gettext_lazy("any")), *MembershipState.choices], label=gettext_lazy("State")
    )


class MemberForm(forms.Form):
    """Icons and a note."""

    icons = forms.ModelMultipleChoiceField(
        required=False, queryset=CandidateIcon.objects.none(), widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Icons"),
    )  # fmt: skip
    note = forms.CharField(
        required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 4}), label=gettext_lazy("Note"),
        help_text=gettext_lazy("What would you like to find them by? The member may ask to see it."),
    )  # fmt: skip


class LeavingForm(forms.Form):
    """Why somebody is taken out."""

    reason = forms.CharField(required=False, max_length=400, label=gettext_lazy("Why"))


@screen
def pools(request: HttpRequest) -> HttpResponse:
    """Every pool one may look through, and those one may make."""
    actor = actor_of(request)
    makes = institutions_of(actor, Permission.TALENTPOOL_CREATE)
    if not makes and not may(actor, Permission.TALENTPOOL_SEARCH):
        raise PermissionDenied
    seen = list(pools_seen(actor))
    known = {pool.pk for pool in seen}
    seen += [pool for pool in pools_seen(actor, Permission.TALENTPOOL_CREATE) if pool.pk not in known]
    return show(
        request, "workbench/talent/pools.html", title=_("Talent pools"), icon="group", pools=seen, opens=known,
        makes_for=Institution.objects.filter(pk__in=makes),
    )  # fmt: skip


def _pool_for(request: HttpRequest, pool_id: uuid.UUID, right: Permission) -> TalentPool:
    return get_object_or_404(pools_seen(actor_of(request), right), pk=pool_id)


def _crumbs(pool: TalentPool | None = None) -> list[tuple[str, str]]:
    way = [(_("Talent pools"), reverse("workbench:pools"))]
    return [*way, (pool.name, reverse("workbench:pool", args=[pool.pk]))] if pool else way


@screen
def edit(
    request: HttpRequest, institution_id: uuid.UUID | None = None, pool_id: uuid.UUID | None = None
) -> HttpResponse:
    """A pool's name, purpose and time."""
    actor = actor_of(request)
    if pool_id:
        pool = _pool_for(request, pool_id, Permission.TALENTPOOL_CREATE)
    else:
        makes = institutions_of(actor, Permission.TALENTPOOL_CREATE)
        pool = TalentPool(institution=get_object_or_404(Institution.objects.filter(pk__in=makes), pk=institution_id))
    form = PoolForm(request.POST if request.method == "POST" else None, instance=pool)
    if request.method == "POST" and form.is_valid():
        try:
            save_pool(pool, form.cleaned_data, actor=actor)
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The pool has been saved."))
            return redirect("workbench:pools")
    return show(
        request, "workbench/talent/edit.html", title=pool.name if pool_id else _("A new talent pool"), crumbs=_crumbs(),
        form=form, pool=pool if pool_id else None, status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip


@screen
def close(request: HttpRequest, pool_id: uuid.UUID) -> HttpResponse:
    """Asked first: everybody in it is deleted from it."""
    pool = _pool_for(request, pool_id, Permission.TALENTPOOL_CREATE)
    require_pools(actor_of(request), pool.institution)
    if pool.closed_at is not None:
        raise Http404
    if request.method == "POST":
        gone = close_pool(pool, actor=actor_of(request))
        messages.success(
            request, ngettext("Closed. %d was deleted from it.", "Closed. %d were deleted from it.", gone) % gone
        )
        return redirect("workbench:pools")
    return show(
        request, "workbench/talent/close.html", title=_("Close the pool"), crumbs=_crumbs(), pool=pool,
        people=pool.members + pool.asked,  # type: ignore[attr-defined]
    )  # fmt: skip


@screen
def pool(request: HttpRequest, pool_id: uuid.UUID) -> HttpResponse:
    """Who is in it."""
    actor = actor_of(request)
    found = _pool_for(request, pool_id, Permission.TALENTPOOL_SEARCH)
    search = MemberSearch(request.GET)
    search.fields["icon"].queryset = icons_for(found.institution)  # type: ignore[attr-defined]
    wanted = search.cleaned_data if search.is_valid() else {}
    rows = members_of(actor, found, words=wanted.get("q", ""), icon=wanted.get("icon"), state=wanted.get("state", ""))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("p"))
    page.object_list = list(page.object_list)
    return show(
        request, "workbench/talent/pool.html", title=found.name, crumbs=_crumbs(), icon="group", pool=found, search=search,
        page=page, query=request.GET.urlencode(), is_filtered=any(request.GET.get(name) for name in search.fields),
        may_edit=found.institution_id in institutions_of(actor, Permission.TALENTPOOL_CREATE),
        readable=_readable(request, page.object_list),
    )  # fmt: skip


def _readable(request: HttpRequest, memberships: list[TalentPoolMembership]) -> set[Any]:
    """Those of the applications behind the memberships that the person may open; one question."""
    keys = [membership.application_id for membership in memberships if membership.application_id]
    rows = Application.objects.filter(pk__in=keys)
    return set(visible(actor_of(request), Permission.APPLICATION_READ_DOCUMENTS, rows).values_list("pk", flat=True))


def _member_of(request: HttpRequest, pool_id: uuid.UUID, membership_id: uuid.UUID) -> TalentPoolMembership:
    pool = _pool_for(request, pool_id, Permission.TALENTPOOL_SEARCH)
    rows = members_of(actor_of(request), pool).select_related("pool__institution")
    return get_object_or_404(rows, pk=membership_id)


@screen
def member(request: HttpRequest, pool_id: uuid.UUID, membership_id: uuid.UUID) -> HttpResponse:
    """One member: how they came, how long they stay, what they are marked with."""
    membership = _member_of(request, pool_id, membership_id)
    form = MemberForm(
        request.POST if request.method == "POST" else None,
        initial={"note": membership.note, "icons": membership.icons.all()},
    )
    form.fields["icons"].queryset = icons_for(membership.pool.institution)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        mark(membership, note=form.cleaned_data["note"], icons=form.cleaned_data["icons"], actor=actor_of(request))
        messages.success(request, _("Saved."))
        return redirect("workbench:pool", pool_id)
    return show(
        request, "workbench/talent/member.html", title=membership.candidate.full_name or membership.candidate.email,
        crumbs=_crumbs(membership.pool), membership=membership, form=form, leaving=LeavingForm(),
        reads=bool(_readable(request, [membership])), status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip


@screen
def take_out(request: HttpRequest, pool_id: uuid.UUID, membership_id: uuid.UUID) -> HttpResponse:
    """Out of the pool, with a reason; the person is told."""
    membership = _member_of(request, pool_id, membership_id)
    form = LeavingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            remove(membership, reason=form.cleaned_data["reason"], actor=actor_of(request))
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("Deleted from the pool. The person has been told."))
            return redirect("workbench:pool", pool_id)
    return show(
        request, "workbench/talent/take_out.html", title=_("Delete from the pool"), crumbs=_crumbs(membership.pool),
        membership=membership, form=form, status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip
