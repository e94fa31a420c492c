"""datatrove: a formatter between a reader and a writer."""

import json
import tempfile
from pathlib import Path

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter
from pages import CLEAN, PAGES

from qingyang.datatrove import QingyangFormatter

if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "in").mkdir()
        lines = [json.dumps({"id": str(n), "text": text}) for n, text in enumerate(PAGES) if text is not None]
        (Path(folder) / "in" / "pages.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        pipeline = [
            JsonlReader(f"{folder}/in"),
            QingyangFormatter(options={"furniture": "drop"}),
            JsonlWriter(f"{folder}/out", compression=None),
        ]
        LocalPipelineExecutor(pipeline, logging_dir=f"{folder}/log").run()
        out = "".join(path.read_text(encoding="utf-8") for path in Path(f"{folder}/out").glob("*.jsonl"))
        found = {row["id"]: row["text"] for row in map(json.loads, out.splitlines())}
        assert found == {str(n): text for n, text in enumerate(CLEAN) if text is not None}
        print(found["0"])
