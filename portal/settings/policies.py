"""Content security policies: strict where the public is, wider only where others' code needs it.

`style-src` takes a nonce on public pages for the colours of an ad's layout; no script is ever inline there.
"""

from csp.constants import NONCE, NONE, SELF, UNSAFE_INLINE

from portal.settings.environment import words

Policy = dict[str, list]

# Chromium applies form-action to redirects as well, so signing in with an employer's own identity provider names it here.
SIGN_IN_ORIGINS = words("SIGN_IN_ORIGINS")

PUBLIC_POLICY: Policy = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF, NONCE],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "manifest-src": [SELF],
    "media-src": [SELF],
    "object-src": [NONE],
    "base-uri": [NONE],
    "form-action": [SELF, *SIGN_IN_ORIGINS],
    "frame-ancestors": [SELF],
}
# Wagtail's editor writes styles and a few scripts into the page, shows previews in a frame and pictures from memory.
WORKBENCH_POLICY: Policy = PUBLIC_POLICY | {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "frame-src": [SELF],
    "worker-src": [SELF, "blob:"],
    "base-uri": [SELF],
}
# GraphiQL sets styles in the page and carries its own fonts; its scripts are files.
CONSOLE_POLICY: Policy = PUBLIC_POLICY | {"style-src": [SELF, UNSAFE_INLINE], "font-src": [SELF, "data:"]}

# A colleague looks at an ad in a frame of our own.
REVIEW_POLICY: Policy = PUBLIC_POLICY | {"frame-src": [SELF]}

# The first prefix that fits the path decides.
POLICIES_BY_PREFIX: list[tuple[str, Policy]] = [
    ("/graphql/console/", CONSOLE_POLICY),
    ("/admin/", WORKBENCH_POLICY),
    ("/gennemsyn/", REVIEW_POLICY),
    ("/en/gennemsyn/", REVIEW_POLICY),
]
