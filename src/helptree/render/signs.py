"""The small signs of the pictures, each drawn on a square of 20, and the colours. One sign a place (shapes.PLACES)."""

from __future__ import annotations

SIGNS = {
    "look": "M1 10q9-13 18 0-9 13-18 0zM10 7a3 3 0 1 0 .1 0z",
    "orders": "M3 4h2M8 4h10M3 10h2M8 10h10M3 16h2M8 16h10",
    "order": "M4 2h12v16H4zM7 6h6M7 10h6M7 14h3",
    "status": "M2 5h16v6H2zM2 15h9",
    "timer": "M10 3a7.5 7.5 0 1 0 .1 0zM10 6v5l3 2M8 1h4",
    "tracking": "M1 5h10v9H1zM11 8h4l4 3v3h-8M5 14a2 2 0 1 0 .1 0M15 14a2 2 0 1 0 .1 0",
    "parcel": "M2 6l8-4 8 4v9l-8 4-8-4zM2 6l8 4 8-4M10 10v9",
    "seller": "M2 3h16v11H9l-4 4v-4H2zM6 7h8M6 10h5",
    "support": "M3 12v-2a7 7 0 0 1 14 0v2M3 10h3v5H3zM14 10h3v5h-3zM17 15q0 3-5 3",
    "payment": "M1 4h18v12H1zM1 8h18M4 12h5",
    "bank": "M1 8l9-6 9 6zM3 8v8M8 8v8M12 8v8M17 8v8M1 18h18",
    "account": "M10 2a4 4 0 1 0 .1 0zM2 18q0-6 8-6t8 6",
    "cart": "M1 2h3l3 11h9l3-8H5M8 16a1.5 1.5 0 1 0 .1 0M15 16a1.5 1.5 0 1 0 .1 0",
    "dispute": "M10 2l9 16H1zM10 8v5M10 15v1",
}

_LIGHT = "--p:#fff;--i:#1c2423;--g:#5a6564;--s:#e6ebea;--l:#8b9796;--a:#9a4b00;--w:#fff4e5;--n:#14524c;--m:#fff"
_DARK = "--p:#22272f;--i:#eceff0;--g:#b6c0c0;--s:#3a414b;--l:#7d8893;--a:#ffc078;--w:#3a2c16;--n:#7fd6cb;--m:#0e1f1d"
# Inside a page of Material its own choice of colours counts; as an image, the system's or that of the embedding page.
STYLE = (
    f".htp{{{_LIGHT}}}@media(prefers-color-scheme:dark){{.htp{{{_DARK}}}}}"
    f"[data-md-color-scheme=default] .htp{{{_LIGHT}}}[data-md-color-scheme=slate] .htp{{{_DARK}}}"
    "@media print{.htp{" + _LIGHT + "}}"
    ".htp text{font:15px system-ui,sans-serif;fill:var(--i)}.htp .h{font-size:18px;font-weight:700}"
    ".htp .b{font-weight:600}.htp .s{font-size:12px;fill:var(--g)}.htp .a{fill:var(--a);font-weight:600}"
    ".htp .n{font-size:13px;font-weight:700;fill:var(--m)}.htp .badge{fill:var(--n)}"
    ".htp .paper{fill:var(--p);stroke:var(--l)}.htp .soft{fill:var(--s)}"
    ".htp .look{fill:var(--w);stroke:var(--a);stroke-width:2.5}.htp .place{fill:none;stroke:var(--l)}"
    ".htp .press{fill:var(--w);stroke:var(--a);stroke-width:2}"
    ".htp .stroke,.htp .eye{fill:none;stroke:var(--i);stroke-width:1.7;stroke-linejoin:round;stroke-linecap:round}"
    ".htp .eye{stroke:var(--a)}.htp .thin{stroke:var(--s)}.htp .faint{stroke:var(--l)}"
)
