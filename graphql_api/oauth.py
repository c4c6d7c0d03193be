"""How integrators' programs sign in: OAuth2 client credentials and nothing else. Data only: the settings read it.

Departures from the toolkit's defaults, each of which gives more than was asked for: without `DEFAULT_SCOPES` a request
that names no scope is given every scope; without the RFC 9700 storage tokens stand in clear text in the database.
"""

from enum import StrEnum
from typing import Any


class Scope(StrEnum):
    """What an integrator can be granted. Public job postings need none."""

    CASES = "cases:read"
    APPLICATIONS = "applications:read"
    PERSONAL = "applications:pii:read"
    STATISTICS = "stats:read"


#: What each scope opens, for whoever grants it.
MEANING: dict[str, str] = {
    str(Scope.CASES): "Read the institution's recruitment cases",
    str(Scope.APPLICATIONS): "Read that applications exist, their states and times; nothing of the person",
    str(Scope.PERSONAL): "Read who applied, what they answered, and their documents",
    str(Scope.STATISTICS): "Read counts of applications and what advertising cost",
}

TOKEN_SECONDS = 900

OAUTH2_PROVIDER: dict[str, Any] = {
    "SCOPES": MEANING,
    "DEFAULT_SCOPES": [],
    "SCOPES_BACKEND_CLASS": "graphql_api.clients.GrantedScopes",
    "OAUTH2_SERVER_CLASS": "oauthlib.oauth2.BackendApplicationServer",
    "OAUTH2_VALIDATOR_CLASS": "graphql_api.clients.ClientValidator",
    "ACCESS_TOKEN_EXPIRE_SECONDS": TOKEN_SECONDS,
    "CLIENT_SECRET_HASHER": "random_sha256",
    "REFRESH_TOKEN_REUSE_PROTECTION": True,
    "ALLOWED_REDIRECT_URI_SCHEMES": ["https"],
    "COMPLIANT_BCP_RFC9700_IMPLICIT_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PASSWORD_GRANT": True,
    "COMPLIANT_BCP_RFC9700_PKCE_METHOD": True,
    "COMPLIANT_BCP_RFC9700_ACCESS_TOKEN_TRANSPORT": True,
    "COMPLIANT_BCP_RFC9700_AUTHZ_RESPONSE_ISS": True,
    "COMPLIANT_BCP_RFC9700_TOKEN_STORAGE": True,
    "COMPLIANT_BCP_RFC9700_REFRESH_TOKEN": True,
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_SCHEME": True,
    "COMPLIANT_BCP_RFC9700_REDIRECT_URI_MATCHING": True,
    "COMPLIANT_BCP_RFC9700_PKCE_REQUIRED": True,
}

#: For PASSWORD_HASHERS, last: it serves the clients' random secrets and never a person's password.
SECRET_HASHER = "graphql_api.secrets.RandomSecretHasher"  # noqa: S105 - the name of a class
