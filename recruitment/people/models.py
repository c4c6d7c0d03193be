"""Users, candidates and API clients."""

import datetime as dt
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from oauth2_provider.models import AbstractApplication

from recruitment.rows import Language, Row


class UserStatus(models.TextChoices):
    """Where a user's account stands (C9)."""

    INVITED = "INVITED", _("invited")
    ACTIVE = "ACTIVE", _("active")
    LOCKED = "LOCKED", _("locked")
    DEACTIVATED = "DEACTIVATED", _("left")


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user with this address; without a password they sign in by code or through their institution."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """The operator: may reach Django's own machinery, has no right to any case (D1)."""
        return self.create_user(email, password, is_superuser=True, is_staff=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """Anyone who can sign in. Staff have seats and roles (`access`), applicants have a `Candidate`; a person may have both."""

    email = models.EmailField(_("e-mail"), unique=True)
    first_name = models.CharField(_("first name"), max_length=100, blank=True)
    last_name = models.CharField(_("last name"), max_length=100, blank=True)
    title = models.CharField(_("job title"), max_length=120, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.DANISH)
    status = models.CharField(_("status"), max_length=12, choices=UserStatus, default=UserStatus.ACTIVE)
    is_staff = models.BooleanField(_("works for an employer"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = (models.UniqueConstraint(Lower("email"), name="user_email_once_whatever_case"),)

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def get_full_name(self) -> str:
        """First and last name, or the empty string."""
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        """The first name."""
        return self.first_name

    def get_username(self) -> str:
        """The e-mail address: there is no other user name."""
        return self.email


class Candidate(Row):
    """A person who applies. No birth date, age, CPR number, gender or the like, ever (INV-17).

    An address that nobody has proved to own makes a candidate of its own for each application, so that typing somebody
    else's address shows nothing about them. Signing in by code ties the candidates of that address to one user.
    """

    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="candidates")
    given_name = models.CharField(_("first name"), max_length=100, blank=True)
    family_name = models.CharField(_("last name"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=12, blank=True)
    city = models.CharField(_("town"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    preferred_language = models.CharField(max_length=2, choices=Language, default=Language.DANISH)
    protected_address = models.BooleanField(_("protected address"), default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        indexes = (models.Index(Lower("email"), name="candidate_by_email"), models.Index(fields=["phone"]))

    def __str__(self) -> str:
        return f"candidate {str(self.pk)[:8]}"

    @property
    def full_name(self) -> str:
        """Given and family name; for the eyes of those who may list applications."""
        return f"{self.given_name} {self.family_name}".strip()


class SavedView(Row):
    """A person's own way of looking at a list: its filters and sorting, under a name. Nobody else sees it."""

    MOST: ClassVar[int] = 20  # of one list

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_views")
    screen = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint("user", "screen", Lower("name"), name="saved_view_name_once_for_each_list"),
        )

    def __str__(self) -> str:
        return self.name


class ApiClient(AbstractApplication):
    """An integrator's program: sees its institutions' rows, within its scopes, and nothing else."""

    public_name = models.CharField(max_length=120, blank=True)
    institutions = models.ManyToManyField("recruitment.Institution", blank=True, related_name="api_clients")
    scopes = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    allowed_networks = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    previous_secret_hash = models.CharField(max_length=255, blank=True)
    previous_secret_expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    contact_email = models.EmailField(blank=True)

    class Meta(AbstractApplication.Meta):
        swappable = "OAUTH2_PROVIDER_APPLICATION_MODEL"

    def has_previous_secret(self, at: dt.datetime) -> bool:
        """Whether the secret from before the rotation still opens the door."""
        return bool(
            self.previous_secret_hash and self.previous_secret_expires_at and at < self.previous_secret_expires_at
        )
