"""Ray Data: batches of Arrow, on the cores of this machine."""

import ray
from pages import CLEAN, PAGES

from qingyang.tables import CleanColumn

if __name__ == "__main__":
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    data = ray.data.from_items([{"id": n, "text": text} for n, text in enumerate(PAGES)])
    clean = data.map_batches(CleanColumn("text", options={"furniture": "drop"}), batch_format="pyarrow")
    rows = sorted(clean.take_all(), key=lambda row: row["id"])
    assert [row["clean"] for row in rows] == CLEAN
    print(rows[0]["clean"])
    ray.shutdown()
