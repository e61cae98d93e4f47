"""What servers have to say with the pages: the content security policy with the hashes of this build, and caching.

Written into the site under names that begin with `_`, which no server of ours gives to readers:
`_policy.txt` (the policy, read by the wizard's server), `_headers` (for static hosts such as Netlify or Cloudflare
Pages), `_nginx.conf` (included by deploy/nginx.conf).
"""

from __future__ import annotations

from collections.abc import Iterable

POLICY_FILE = "_policy.txt"
HEADERS_FILE = "_headers"
NGINX_FILE = "_nginx.conf"
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
SAFETY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def policy(inline: Iterable[str]) -> str:
    """Return the content security policy. `inline`: what html_check found, such as `script 'sha256-...'`."""
    hashes: dict[str, list[str]] = {"script": [], "style": []}
    for each in sorted(set(inline)):
        kind, _, source = each.partition(" ")
        hashes[kind].append(source)
    rules = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *hashes["script"]],
        "style-src": ["'self'", *hashes["style"]],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in rules.items())


def header_files(assets: Iterable[str], inline: Iterable[str]) -> dict[str, str]:
    """Return name and text of the three files. `assets`: names of the files below assets/."""
    rule = policy(inline)
    headers = {"Content-Security-Policy": rule, **SAFETY}
    lines = [f'add_header {name} "{value}" always;' for name, value in headers.items()]
    return {
        POLICY_FILE: f"{rule}\n",
        HEADERS_FILE: _for_static_hosts(assets, headers),
        NGINX_FILE: "\n".join(["# Written by `helptree build`.", *lines, ""]),
    }


def _for_static_hosts(assets: Iterable[str], headers: dict[str, str]) -> str:
    blocks = [("/*", {**headers, "Cache-Control": ASK_AGAIN})]
    # Where two rules set the same header, hosts join both values: so the first one is taken back.
    for name in sorted(assets):
        if is_hashed(name.rpartition("/")[2]):
            blocks.append((f"/assets/{name}", {"! Cache-Control": "", "Cache-Control": FOR_EVER}))
    return "\n".join(line for address, found in blocks for line in (address, *map(_line, found.items()))) + "\n"


def _line(header: tuple[str, str]) -> str:
    name, value = header
    return f"  {name}: {value}" if value else f"  {name}"


def is_hashed(name: str) -> bool:
    """Say whether a file's name changes with its content, so that browsers may keep it for ever."""
    parts = name.split(".")[1:-1]
    return any(len(part) >= 8 and all(char in "0123456789abcdef" for char in part) for part in parts)
