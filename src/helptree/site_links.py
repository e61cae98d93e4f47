"""Inner links of built pages: where they lead, and which lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from urllib.parse import unquote

_ELSEWHERE = re.compile(r"//|[a-z][a-z0-9+.-]*:|[^#]*\?", re.I)


def inner_targets(links: Iterable[str], place: str) -> list[str]:
    """Return the addresses below the site that the links of a page lead to, sorted.

    `place` is the page's own address below the site, such as `fr/remedies/x/`. Links to elsewhere are left out, and
    so are those with a query: they lead into the wizard.
    """
    folder = place.split("/")[:-1]
    return sorted({_join(folder, link) for link in set(links) if not _ELSEWHERE.match(link)})


def _join(folder: list[str], link: str) -> str:
    """Return what urljoin would, a good deal faster: a page has a hundred links."""
    path, hash_, anchor = link.partition("#")
    parts = [] if path.startswith("/") else folder.copy()
    steps = path.split("/")
    for step in steps[:-1]:
        if step == "..":
            del parts[-1:]
        elif step not in ("", "."):
            parts.append(step)
    last = steps[-1]
    if last == "..":
        del parts[-1:]
    parts.append("" if last in ("", ".", "..") else last)
    return unquote("/".join(parts)) + hash_ + anchor


def file_of(address: str) -> str:
    """Return the file of an address."""
    return f"{address}index.html" if address.endswith("/") or not address else address


def dead_targets(
    targets: Mapping[str, Iterable[str]], anchors: Mapping[str, Collection[str]], other: Collection[str]
) -> Iterator[str]:
    """Yield a message for each target that leads nowhere.

    `targets`: file -> where its links lead; `anchors`: file -> ids on it; `other`: files without ids to link to.
    """
    # Pages link to the same places again and again.
    known: dict[str, str] = {}
    for name, found in targets.items():
        for target in found:
            if target not in known:
                known[target] = _complaint(target, anchors, other)
            if known[target]:
                yield f"{name}: {known[target]}"


def _complaint(target: str, anchors: Mapping[str, Collection[str]], other: Collection[str]) -> str:
    """Return what is wrong with a target, if anything is."""
    address, _, anchor = target.partition("#")
    file = file_of(address)
    if file not in anchors and f"{file}/index.html" in anchors:
        file = f"{file}/index.html"
    if file not in anchors:
        return "" if file in other else f"a link leads to {target!r}, which is not there"
    if anchor and anchor not in anchors[file]:
        return f"a link leads to {target!r}, but {file} has no such place"
    return ""
