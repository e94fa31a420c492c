"""data-juicer: a mapper on a data set in memory, as a recipe runs it."""

from data_juicer.core.data import NestedDataset
from pages import CLEAN, PAGES

from qingyang.data_juicer import QingyangMapper

if __name__ == "__main__":
    texts = [text for text in PAGES if text is not None]
    data = NestedDataset.from_list([{"text": text} for text in texts])
    clean = data.process([QingyangMapper(options={"furniture": "drop"})])
    assert [row["text"] for row in clean] == [text for text in CLEAN if text is not None]
    print(clean[0]["text"])
