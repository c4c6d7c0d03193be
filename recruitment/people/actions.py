"""Tying candidates to the person who proved the address, saved views, and API clients with their secrets."""

import datetime as dt
import secrets
import uuid
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.people.models import ApiClient, Candidate, SavedView, User

SECRET_OVERLAP = dt.timedelta(days=7)  # both secrets work while a client is being moved to the new one


@transaction.atomic
def claim_candidates(user: User) -> int:
    """The person has proved to own the address: every candidate with it is theirs. Returns how many were tied."""
    return Candidate.objects.filter(email__iexact=user.email, user__isnull=True).update(user=user)


@transaction.atomic
def make_api_client(
    name: str, *, scopes: Iterable[str], institutions: Iterable[object], contact_email: str = "",
    networks: Iterable[str] = (),
) -> tuple[ApiClient, str]:  # fmt: skip
    """A new client and its secret, which is shown once and stored hashed."""
    secret = secrets.token_urlsafe(64)
    client = ApiClient(
        name=name, public_name=name, client_secret=secret, scopes=sorted(scopes), contact_email=contact_email,
        client_type=ApiClient.CLIENT_CONFIDENTIAL, allowed_networks=list(networks),
        authorization_grant_type=ApiClient.GRANT_CLIENT_CREDENTIALS,
    )  # fmt: skip
    client.save()
    client.institutions.set(institutions)
    return client, secret


@transaction.atomic
def rotate_secret(client: ApiClient) -> str:
    """A new secret; the old one works for another week, so that nothing stops meanwhile."""
    secret = secrets.token_urlsafe(64)
    client.previous_secret_hash = client.client_secret
    client.previous_secret_expires_at = clock.now() + SECRET_OVERLAP
    client.client_secret = secret  # the field hashes it on saving
    client.save()
    return secret


@transaction.atomic
def save_view(user: User, screen: str, name: str, query: str) -> SavedView:
    """Keep the filters under the name; a view of that name is replaced. Raises ValidationError for one too many."""
    name = name.strip()
    if not name:
        raise ValidationError(_("Give the view a name."), code="no_name")
    own = User.objects.select_for_update().get(pk=user.pk).saved_views.filter(screen=screen)
    view = own.filter(name__iexact=name).first() or SavedView(user=user, screen=screen)
    if view._state.adding and own.count() >= SavedView.MOST:  # noqa: SLF001 - Django's only word for it
        raise ValidationError(
            _("You have %d views of this list already. Delete one first.") % SavedView.MOST, code="too_many"
        )
    view.name, view.query = name, query
    view.full_clean()
    view.save()
    return view


def forget_view(user: User, view_id: uuid.UUID) -> str:
    """Delete one of the person's own, and say what it was called. Raises SavedView.DoesNotExist for anybody else's."""
    view = user.saved_views.get(pk=view_id)
    view.delete()
    return view.name
