"""More page designs, on which the trees for places are grown beside those of `designs.py`."""
from designs import B, DOUBLE

DESIGNS = {
    "tabloid": dict(columns=3, measure=[15, 16, 17, 18], bands=[B(3), B(2, 1), B(1, 1, 1)], picture=[None, "block", "gutter"],
        double=DOUBLE, head=["top", "short"], paint=["reading", "shuffled"], furniture=1.0, tracked=0.4),
    "seven-columns": dict(columns=7, measure=[9, 10, 11], size=[8, 8.5], gutter=[1, 1.5], bands=[B(4, 3), B(2, 3, 2), B(5, 2)],
        picture=[None, "block"], double=DOUBLE, head=["top", "short"], paint=["shuffled", "heads-last", "reading"], furniture=1.0,
        rules=True, tracked=0.3),
    "wide-and-narrow": dict(columns=5, measure=[13, 14], size=[8.5, 9], bands=[B(4, 1), B(1, 4), B(2, 3)], picture=[None, "gutter",
        "block"], double=DOUBLE, head=["top", "short"], paint=["reading", "shuffled", "heads-first"], tracked=0.3),
    "frames": dict(columns=3, measure=[16, 18], bands=[B(2, 1, boxed=(0, 1)), B(1, 2, boxed=(0,)), B(1, 1, 1, boxed=(1,))],
        picture=[None, "block"], double=["once", "run"], head="top", head_align=["centre", "left"], paint=["shuffled", "reading"],
        tracked=0.4, prefer=("short", "row")),
    "set-in": dict(columns=3, measure=[15, 16, 17], bands=[B(3, inset=["middle", "top", "bottom"]), B(2, 1, inset=["middle"])],
        picture=[None, "block"], double=DOUBLE, head=["top"], paint=["reading", "shuffled"], rules=True, tracked=0.2),
    "literary": dict(columns=3, measure=[17, 18, 20], lead=[1.6, 1.75, 1.9], bands=[B(2, 1), B(1, 2)], picture=[None, "wrap", "block"],
        double=["once"], head=["top", "short"], paint="reading", prefer=("verse", "byline"), tracked=0.5),
    "news-in-brief": dict(columns=3, measure=[14, 16, 18], bands=[B(1, 1, 1), B(1, 1, 1), B(1, 2)], picture=[None, "block"],
        double=["once", "line", "run"], head="top", head_align=["left", "centre"], paint=["reading", "shuffled"], rules=True,
        tracked=0.2),
    "small-ads": dict(columns=4, measure=[12, 13, 14], lead=[1.25, 1.35], bands=[B(1, 1, 1, 1, boxed=(0, 1, 2, 3)), B(2, 2,
        boxed=(0,)), B(1, 1, 2, boxed=(2,))], picture=None, double=["once", "run", "glyph"], head="top", head_align=["centre"],
        paint=["shuffled"], tracked=0.5, prefer=("short", "sign", "row")),
}
PLAN = [(name, 2) for name in DESIGNS]
SEED = 61
