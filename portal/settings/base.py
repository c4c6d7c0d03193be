"""What is the same everywhere. What differs by place is read from the environment (docs/settings.md)."""

from pathlib import Path

import dj_database_url
from django.utils.translation import gettext_lazy as _

from graphql_api.oauth import OAUTH2_PROVIDER, SECRET_HASHER  # noqa: F401
from portal.settings.environment import flag, number, openid_apps, text, words
from portal.settings.policies import CONSOLE_POLICY, POLICIES_BY_PREFIX, PUBLIC_POLICY, WORKBENCH_POLICY  # noqa: F401

BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(text("DATA_DIR", str(BASE_DIR / ".data")))

SECRET_KEY = text("SECRET_KEY")
DEBUG = False
ALLOWED_HOSTS: list[str] = words("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")
SITE_URL = text("SITE_URL", "http://127.0.0.1:8000").rstrip("/")

INSTALLED_APPS = [
    "recruitment",
    "portal.accounts.apps.AccountsConfig",
    "portal.pages.apps.PagesConfig",
    "portal.workbench.apps.WorkbenchConfig",
    "portal.applicant.apps.ApplicantConfig",
    "portal.feeds",
    "portal.demo.apps.DemoConfig",
    "graphql_api",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "treebeard",
    "django_tasks",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "oauth2_provider",
    "corsheaders",
    "csp",
    "strawberry_django",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "portal.addresses.SoundAddressMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "portal.kept.KeptPagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.accounts.middleware.LastSeenMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.accounts.middleware.SecondFactorMiddleware",
    "portal.workbench.closed.ClosedScreensMiddleware",
    "portal.platform.policy.ContentPolicyMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "portal.context.everywhere",
            ],
        },
    },
]
# Our templates of fields and widgets (templates/django/forms) come before Django's own.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": dj_database_url.config(conn_max_age=60, conn_health_checks=True)}
# Each process has its own copy of a page; whether it holds is told by the database (portal/kept.py).
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "default"},
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 1000, "CULL_FREQUENCY": 4},
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "recruitment.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
    "portal.accounts.backends.SeatBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    SECRET_HASHER,
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/konto/login/"
LOGIN_REDIRECT_URL = "/admin/"

# Staff: password and a second factor, or their institution's OpenID Connect. Applicants: a mailed code.
ACCOUNT_ADAPTER = "portal.accounts.adapter.PortalAccountAdapter"
SOCIALACCOUNT_ADAPTER = "portal.accounts.adapter.WorkAccountAdapter"
ACCOUNT_FORMS = {"request_login_code": "portal.accounts.forms.AskForCodeForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # nobody signs up; without it staff would have no password
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
# Tight by account and address, wide by network: universities and ministries sit behind one number (reliability 0.8).
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "300/m/ip,5/5m/key",
    "request_login_code": "300/m/ip,3/5m/key",
    "reset_password": "100/m/ip,5/h/key",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "portal.accounts.second_factors.SealedSecrets"
MFA_TOTP_ISSUER = "Opslag"
STAFF_MFA_REQUIRED = flag("STAFF_MFA_REQUIRED", default=True)
SECURE_INBOX_MFA_REQUIRED = flag("SECURE_INBOX_MFA_REQUIRED", default=True)
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a second factor that somebody else made is told of by mail
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": openid_apps(text("OPENID_CONNECT", ""))}}
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
USERSESSIONS_TRACK_ACTIVITY = True  # shown in the list; portal.accounts.middleware.LastSeenMiddleware notes it
WAS_URL = text("WAS_URL", "")

LANGUAGE_CODE = "da"
LANGUAGES = [("da", _("Danish")), ("en", _("English"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_USER_TIME_ZONES = ["Europe/Copenhagen"]  # deadlines are Danish; one choice is no question
WAGTAIL_I18N_ENABLED = True
LOCALE_PATHS = [BASE_DIR / "portal" / "locale"]
FORMAT_MODULE_PATH = ["portal.formats"]
TIME_ZONE = "Europe/Copenhagen"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(text("STATIC_ROOT", str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "portal" / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(text("MEDIA_ROOT", str(DATA_DIR / "media")))
# Applicants' files: outside the web root, never served by address.
DOCUMENTS_ROOT = Path(text("DOCUMENTS_ROOT", str(DATA_DIR / "documents")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    "applications": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(DOCUMENTS_ROOT), "base_url": None},
    },
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 12
CLAMD_SOCKET = text("CLAMD_SOCKET")

WAGTAIL_SITE_NAME = "Opslag"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILIMAGES_IMAGE_MODEL = "pages.PortalImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "portal.pages.picture_form.PictureForm"
WAGTAILDOCS_DOCUMENT_MODEL = "pages.PortalDocument"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "odt", "txt"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
TAGGIT_CASE_INSENSITIVE = True
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = text("EMAIL_HOST", "127.0.0.1")
EMAIL_PORT = number("EMAIL_PORT", 25)
EMAIL_HOST_USER = text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 20
# Bounces: the address that they are sent to, and the maildir in which that address's mail lies for us to read.
BOUNCE_ADDRESS = text("BOUNCE_ADDRESS")
BOUNCE_MAILDIR = text("BOUNCE_MAILDIR")
DEFAULT_FROM_EMAIL = text("DEFAULT_FROM_EMAIL", "Opslag <opslag@localhost>")

# Channels to other people's media: the key that seals their secrets, hosts that may be private (tests, demo), PDF of ads.
CHANNEL_SECRET_KEY = text("CHANNEL_SECRET_KEY")
CHANNEL_TRUSTED_HOSTS = words("CHANNEL_TRUSTED_HOSTS")
PDF_RENDERER = text("PDF_RENDERER")
OUTBOX_LEASE_SECONDS = number("OUTBOX_LEASE_SECONDS", 120)
CELERY_BROKER_URL = text("CELERY_BROKER_URL", "memory://")
CELERY_BROKER_TRANSPORT_OPTIONS = {"confirm_publish": True} if CELERY_BROKER_URL.startswith("amqp") else {}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_POOL = "portal.platform.pool:SharedPipePool"  # Celery's own with RabbitMQ
CELERY_TASK_SOFT_TIME_LIMIT = 45
CELERY_TASK_TIME_LIMIT = 60
CELERY_TASK_IGNORE_RESULT = True
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "UTC"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# An errand in hand when the broker goes is finished: it is claimed in the database, and ending it in the middle of a letter
# would send that letter twice.
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail's preview is a frame of our own
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {"DIRECTIVES": PUBLIC_POLICY}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "filters": {"discreet": {"()": "portal.platform.discreet.Discreet"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["discreet"]}},
    "root": {"handlers": ["stderr"], "level": text("LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django_tasks": {"level": "WARNING"},  # a line for every page that is indexed says nothing
        "wagtail": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},  # tells every table of a font that goes into a PDF
    },
}

DEMO = flag("DEMO")
OAUTH2_PROVIDER_APPLICATION_MODEL = "recruitment.ApiClient"

# Only the GraphQL endpoint and its schema may be read from other sites, and never with a token or a cookie.
CORS_URLS_REGEX = r"^/graphql/(schema\.graphql)?$"
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_HEADERS = ["accept", "content-type", "if-none-match"]
CORS_EXPOSE_HEADERS = ["etag", "ratelimit-limit", "ratelimit-remaining", "ratelimit-reset", "retry-after"]
CORS_ALLOW_METHODS = ["GET", "OPTIONS", "POST"]
CORS_PREFLIGHT_MAX_AGE = 3600
