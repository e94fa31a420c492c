"""Page designs on which nothing is fitted: narrow columns and gutters, frames, several stories set in, tight leading, advertisements."""
from designs import B, DOUBLE

DESIGNS = {
    "six-broadsheet": dict(columns=6, measure=[11, 12, 13], size=[8, 8.5, 9], gutter=[1, 1.5], bands=[B(4, 2), B(2, 2, 2), B(3, 3)],
        picture=[None, "block", "gutter"], double=DOUBLE, head=["top", "short"], paint=["shuffled", "heads-last"], furniture=1.0,
        rules=True, tracked=0.3),
    "four-narrow": dict(columns=4, measure=[10, 11, 12], gutter=[1, 1.2], bands=[B(4), B(1, 3), B(2, 1, 1)], picture=[None, "block"],
        double=DOUBLE, head=["top", "short"], head_align=["left"], paint=["shuffled", "heads-first"], tracked=0.3),
    "boxed-mosaic": dict(columns=4, measure=[13, 14], bands=[B(2, 2, boxed=(0, 1)), B(1, 1, 2, boxed=(0, 1)), B(3, 1, boxed=(1,))],
        picture=[None, "block"], double=["once", "run"], head="top", paint=["shuffled"], rules=True, tracked=0.4),
    "double-inset": dict(columns=5, measure=[12, 13], size=[8.5, 9], bands=[B(3, 2, inset=["middle", "top"]), B(4, 1, inset=["bottom",
        "middle"])], picture=[None, "block"], double=DOUBLE, head=["top", "short"], paint=["reading", "shuffled"], tracked=0.2),
    "wide-essay": dict(columns=2, measure=[24, 26, 28], lead=[1.6, 1.8], bands=[B(2), B(1, 1), B(2)], picture=[None, "wrap", "block"],
        double=["once"], head=["top"], head_align=["left", "centre"], paint="reading", tracked=0.5, prefer=("verse", "byline")),
    "page-of-briefs": dict(columns=4, measure=[13, 14, 15], bands=[B(1, 1, 1, 1), B(1, 1, 1, 1), B(2, 2)], picture=None,
        double=["once", "line", "run"], head="top", head_align=["left", "centre"], paint=["reading", "shuffled"], rules=True,
        tracked=0.2),
    "tight-lead": dict(columns=3, measure=[18, 20], size=[8, 8.5], lead=[1.2, 1.25], gutter=[1.5], bands=[B(3), B(1, 2), B(2, 1)],
        picture=["gutter", "block"], double=DOUBLE, head=["short"], paint=["heads-last", "shuffled"], furniture=1.0, tracked=0.3),
    "ads": dict(columns=5, measure=[12, 14], bands=[B(1, 1, 1, 1, 1, boxed=(0, 2, 4)), B(2, 1, 1, 1, boxed=(0, 1, 2, 3)), B(3, 2,
        boxed=(0,))], picture=None, double=["once", "run"], head="top", head_align=["centre"], paint=["shuffled"], tracked=0.5,
        prefer=("short", "sign", "row")),
}
PLAN = [(name, 3) for name in DESIGNS]
SEED = 71
