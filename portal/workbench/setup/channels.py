"""How a medium on the list is reached: settings, a secret that is never shown again, and a button that tries it."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_POST

from portal.guard import actor_of
from portal.workbench.confirm import ask_first
from portal.workbench.screens import BAD_INPUT, blame, screen
from portal.workbench.setup.frame import institution_for, show_setup
from recruitment.access.permissions import Permission
from recruitment.advertising.models import MediaListEntry
from recruitment.channels.actions import channel_of, choose_channel, connect, try_connection
from recruitment.channels.breaker import LIMIT
from recruitment.channels.interface import Channel
from recruitment.channels.kinds import CHANNELS, OF_OWN_MEDIA
from recruitment.channels.models import Connection
from recruitment.channels.queries import told_last
from recruitment.channels.repeating import may_be_repeated, say_again
from recruitment.channels.rotation import end_rotation, renew_secret
from recruitment.organisation.models import Institution

SHOWN = 20  # of what the medium was told
OVERLAPS = (7, 1, 30, 0)  # days that the former secret signs beside the new one; the first is offered


class OverlapForm(forms.Form):
    """How long two secrets sign."""

    overlap = forms.TypedChoiceField(
        label=gettext_lazy("The present secret"), coerce=int, empty_value=0, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        signs_on = ngettext_lazy("signs beside the new one for a day", "signs beside the new one for %d days")
        self.fields["overlap"].choices = [(days, signs_on % days if days else _("stops at once")) for days in OVERLAPS]


class ChooseForm(forms.Form):
    """For a medium of the institution's own."""

    channel = forms.ChoiceField(label=gettext_lazy("How it is reached"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].choices = [(name, CHANNELS[name].label) for name in OF_OWN_MEDIA]


class ConnectionForm(forms.Form):
    """The channel's settings. A secret that is there stays where the field is left empty."""

    active = forms.BooleanField(required=False, initial=True, label=gettext_lazy("In use"))

    def __init__(self, *args: Any, channel: Channel, has_secret: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for setting in channel.settings:
            self.fields[setting.name] = forms.CharField(
                label=setting.label, required=False, max_length=300, help_text=setting.help_text
            )
        if channel.secret_label and not channel.makes_own_secret:
            kept = gettext_lazy("Kept and never shown. Leave empty to keep it.") if has_secret else ""
            self.fields["secret"] = forms.CharField(
                label=channel.secret_label, required=False, max_length=300, help_text=kept, strip=True,
                widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
            )  # fmt: skip
        self.order_fields([*(setting.name for setting in channel.settings), "secret", "active"])


def _entry(request: HttpRequest, institution_id: uuid.UUID, entry_id: uuid.UUID) -> tuple[Institution, MediaListEntry]:
    institution = institution_for(request, institution_id, Permission.MEDIALIST_EDIT)
    return institution, get_object_or_404(institution.media_list.select_related("medium"), pk=entry_id)


@screen
def channel(request: HttpRequest, institution_id: uuid.UUID, entry_id: uuid.UUID) -> HttpResponse:
    """The channel of one medium."""
    institution, entry = _entry(request, institution_id, entry_id)
    kind = channel_of(entry)
    if kind is None:
        return _choose(request, institution, entry)
    connection = Connection.objects.filter(entry=entry).first()
    form = ConnectionForm(
        request.POST if request.method == "POST" else None, initial=_initial(connection), channel=kind,
        has_secret=bool(connection and connection.secret),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        typed = dict(form.cleaned_data)
        try:
            _saved, made = connect(
                entry, typed, secret=typed.pop("secret", ""), active=typed.pop("active"), actor=actor_of(request)
            )
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("%s has been saved.") % entry.medium)
            if made:
                return _show_secret(request, institution, entry, made)
            return redirect("workbench:channel", institution.pk, entry.pk)
    return show_setup(
        request, "workbench/setup/channel.html", institution, tab="media_list", title=str(entry.medium), form=form, entry=entry,
        channel=kind, connection=connection, list_address=_list_address(institution, kind), status=BAD_INPUT if form.is_bound else 200,
        told=_told(connection) if connection else [], overlap=OverlapForm(), is_out_of_order=bool(connection and connection.failures >= LIMIT),
    )  # fmt: skip


def _initial(connection: Connection | None) -> dict[str, Any]:
    if connection is None:
        return {}
    return {**connection.options, "address": connection.address, "active": connection.active}


def _told(connection: Connection) -> list[tuple[Any, bool]]:
    """What the medium was told last, each with whether it can be sent again."""
    return [(row, connection.active and may_be_repeated(row)) for row in told_last(connection)[:SHOWN]]


def _list_address(institution: Institution, kind: Channel) -> str:
    if not kind.is_fetched:
        return ""
    return f"{settings.SITE_URL}{reverse('feeds:portal', args=[institution.slug, kind.name])}"


def _choose(request: HttpRequest, institution: Institution, entry: MediaListEntry) -> HttpResponse:
    if entry.medium.institution_id != institution.pk:
        raise Http404
    form = ChooseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        choose_channel(entry, form.cleaned_data["channel"], actor=actor_of(request))
        return redirect("workbench:channel", institution.pk, entry.pk)
    return show_setup(
        request, "workbench/setup/one_form.html", institution, tab="media_list", title=str(entry.medium), form=form,
        status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip


def _show_secret(request: HttpRequest, institution: Institution, entry: MediaListEntry, secret: str) -> HttpResponse:
    return show_setup(
        request, "workbench/setup/channel_secret.html", institution, tab="media_list", title=_("The secret"), entry=entry,
        secret=secret,
    )  # fmt: skip


@screen
@require_POST
def test(request: HttpRequest, institution_id: uuid.UUID, entry_id: uuid.UUID) -> HttpResponse:
    """Try the connection; the result stands on the channel's screen."""
    institution, entry = _entry(request, institution_id, entry_id)
    connection = get_object_or_404(
        Connection.objects.select_related("entry__medium", "entry__institution"), entry=entry
    )
    tried = try_connection(connection, actor=actor_of(request))
    (messages.success if tried.test_passed else messages.error)(request, tried.test_result)
    return redirect("workbench:channel", institution.pk, entry.pk)


@screen
@require_POST
def new_secret(request: HttpRequest, institution_id: uuid.UUID, entry_id: uuid.UUID) -> HttpResponse:
    """Another signing secret. Asks before it stops the present one at once."""
    institution, entry = _entry(request, institution_id, entry_id)
    connection = get_object_or_404(Connection, entry=entry)
    form = OverlapForm(request.POST)
    days = form.cleaned_data["overlap"] if form.is_valid() else OVERLAPS[0]
    asked = None if days else ask_first(
        request, title=_("Make a new secret?"), button=_("Make a new secret"),
        consequence=_("The present one stops at once: the receiver must be given the new one before the next ad goes out."),
        back=reverse("workbench:channel", args=[institution.pk, entry.pk]),
    )  # fmt: skip
    if asked:
        return asked
    secret = renew_secret(connection, actor=actor_of(request), overlap=dt.timedelta(days=days))
    return _show_secret(request, institution, entry, secret)


@screen
@require_POST
def stop_former(request: HttpRequest, institution_id: uuid.UUID, entry_id: uuid.UUID) -> HttpResponse:
    """The receiver has the new secret."""
    institution, entry = _entry(request, institution_id, entry_id)
    end_rotation(get_object_or_404(Connection, entry=entry), actor=actor_of(request))
    messages.success(request, _("Only the present secret signs now."))
    return redirect("workbench:channel", institution.pk, entry.pk)


@screen
@require_POST
def again(request: HttpRequest, institution_id: uuid.UUID, entry_id: uuid.UUID, delivery_id: uuid.UUID) -> HttpResponse:
    """Send once more what the receiver was sent."""
    institution, entry = _entry(request, institution_id, entry_id)
    connection = get_object_or_404(Connection.objects.select_related("entry"), entry=entry)
    delivery = get_object_or_404(told_last(connection), pk=delivery_id)
    try:
        say_again(delivery, connection, actor=actor_of(request))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("It is being sent again, word for word and under the same number."))
    return redirect("workbench:channel", institution.pk, entry.pk)
