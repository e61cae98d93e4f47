"""What search engines are told: whom the site lets in, and all its pages in all languages."""

from __future__ import annotations

from collections.abc import Mapping

Complete = Mapping[str, Mapping[str, bool]]


def robots(site_url: str) -> str:
    """Return a robots.txt that lets everybody in; it counts only at the root of a host."""
    lines = ["User-agent: *", "Allow: /"]
    return "\n".join([*lines, f"Sitemap: {site_url.rstrip('/')}/sitemap.xml"] if site_url else lines) + "\n"


def sitemap(complete: Complete, source: str, root: str) -> str:
    """Return the sitemap of all fully translated pages, each with its other languages and the default one.

    `complete`: locale -> address -> nothing on that page fell back; `source`: the default locale.
    """
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for address in complete[source]:
        published = [locale for locale in complete if complete[locale].get(address)]
        # The language page is the default of the home pages only.
        links = [(locale, f"{root}{locale}/{address}") for locale in published]
        links.append(("x-default", f"{root}{source}/{address}" if address else root))
        alternates = "".join(f'<xhtml:link rel="alternate" hreflang="{tag}" href="{url}"/>' for tag, url in links)
        lines += [f"<url><loc>{root}{locale}/{address}</loc>{alternates}</url>" for locale in published]
    return "\n".join([*lines, f"<url><loc>{root}</loc></url>", "</urlset>", ""])
