"""Production: HTTPS only, everything secret from the environment, no default that would hide a missing value."""

from portal.settings.base import *  # noqa: F403
from portal.settings.base import PUBLIC_POLICY
from portal.settings.environment import flag, number, required, words

SECRET_KEY = required("SECRET_KEY")
SECRET_KEY_FALLBACKS = words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = words("ALLOWED_HOSTS")
SITE_URL = required("SITE_URL").rstrip("/")
WAGTAILADMIN_BASE_URL = SITE_URL
CELERY_BROKER_URL = required("CELERY_BROKER_URL")

SECURE_SSL_REDIRECT = flag("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
LANGUAGE_COOKIE_SECURE = True
ALLAUTH_TRUSTED_PROXY_COUNT = number("TRUSTED_PROXY_COUNT", 1)
CONTENT_SECURITY_POLICY = {"DIRECTIVES": PUBLIC_POLICY | {"upgrade-insecure-requests": True}}
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # X-Frame-Options: Wagtail's preview is a frame of our own
