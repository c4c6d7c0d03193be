"""The suite: fast hashes, plain static files, own folders. Mail goes to Django's outbox unless a test starts an SMTP sink."""

import atexit
import shutil
import tempfile
from pathlib import Path

from portal.settings.base import *  # noqa: F403
from portal.settings.base import CACHES, SECRET_HASHER, STORAGES
from portal.settings.environment import text

SECRET_KEY = "only-for-tests-" + "x" * 40
ALLOWED_HOSTS = ["*"]
DEMO = False
# Within a test's transaction nothing is committed, so nothing would tell a kept page that it is wrong: tests/portal/test_kept.py.
CACHES = CACHES | {"pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", SECRET_HASHER]
EMAIL_USE_TLS = False
DATA_DIR = Path(text("TEST_DATA_DIR") or tempfile.mkdtemp(prefix="opslag-test-"))
if not text("TEST_DATA_DIR"):
    atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)
MEDIA_ROOT = DATA_DIR / "media"
DOCUMENTS_ROOT = DATA_DIR / "documents"
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "applications": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(DOCUMENTS_ROOT), "base_url": None},
    },
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
STAFF_MFA_REQUIRED = False
SECURE_INBOX_MFA_REQUIRED = False  # tests/portal/applicant/test_second_factor.py wants it
