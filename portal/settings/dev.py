"""`make run`: one machine, plain HTTP, static files read where they stand, the broker in the same database, a local mail sink."""

from portal.platform.broker import broker_url
from portal.settings.base import *  # noqa: F403
from portal.settings.base import STORAGES
from portal.settings.environment import flag, number, text

SECRET_KEY = text("SECRET_KEY", "only-for-development-" + "x" * 32)
ALLOWED_HOSTS = ["*"]
EMAIL_PORT = number("EMAIL_PORT", 8025)
EMAIL_USE_TLS = False
DEMO = flag("DEMO", default=True)

CELERY_BROKER_URL = text("CELERY_BROKER_URL") or (
    broker_url(text("DATABASE_URL")) if text("DATABASE_URL") else "memory://"
)
CELERY_BROKER_TRANSPORT_OPTIONS = {"confirm_publish": True} if CELERY_BROKER_URL.startswith("amqp") else {}

STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
