"""What differs by place comes from the environment; every variable stands in docs/settings.md."""

import os


def text(name: str, default: str = "") -> str:
    return os.environ.get(name) or default


def flag(name: str, *, default: bool = False) -> bool:
    """True for `1`, false for `0`; unset or empty means the default."""
    return text(name, "1" if default else "0") == "1"


def number(name: str, default: int) -> int:
    return int(text(name) or default)


def words(name: str) -> list[str]:
    """A list separated by commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def required(name: str) -> str:
    """KeyError where it is missing: better no start than a wrong one."""
    return os.environ[name]


def openid_apps(value: str) -> list[dict[str, object]]:
    """Identity providers from `id|name|issuer address|client id|secret`, several with `;`. Empty gives none."""
    apps = []
    for line in filter(None, (part.strip() for part in value.split(";"))):
        provider, name, server, client, secret = line.split("|")
        apps.append(
            {
                "provider_id": provider,
                "name": name,
                "client_id": client,
                "secret": secret,
                "settings": {"server_url": server},
            }
        )
    return apps
