"""`make run`: one machine, plain HTTP, the local mail sink."""

import os

from portal.settings.base import *  # noqa: F403

SECRET_KEY = os.environ.get("SECRET_KEY") or "only-for-development-" + "x" * 32
ALLOWED_HOSTS = ["*"]
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "8025"))
EMAIL_USE_TLS = False
DEMO = os.environ.get("DEMO", "1") == "1"
