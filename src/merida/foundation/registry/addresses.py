"""Keys and addresses of what the registry holds. Pure."""

import re


def slug_of(code: str) -> str:
    """The address of a code: small letters, hyphens."""
    return code.lower().replace("_", "-")


def provision_slug(instrument: str, number: str) -> str:
    """The address of a provision: ``uncac/13-1-c``, ``uncac/chapter-ii``."""
    plain = number.replace(")(", "-").replace("(", "-").replace(")", "").replace(" ", "-")
    return f"{slug_of(instrument)}/{plain.lower()}"


def resolution_key(prefix: str, number: str) -> str:
    """The name of a resolution as mentions write it: ``COSP 8/8``, ``A/RES/73/191``."""
    return f"{prefix}/{number}" if prefix.endswith("/RES") else f"{prefix} {number}"


def resolution_slug(key: str) -> str:
    """The address of a resolution: ``cosp-8-8``, ``a-res-73-191``, ``s-res-1244-1999``."""
    return "-".join(re.findall(r"[a-z0-9]+", key.lower()))
