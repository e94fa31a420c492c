"""Hugging Face datasets: batches of Arrow, on two processes."""

from datasets import Dataset
from pages import CLEAN, PAGES

from qingyang.tables import CleanColumn

if __name__ == "__main__":
    data = Dataset.from_dict({"text": PAGES}).with_format("arrow")
    clean = data.map(CleanColumn("text", options={"furniture": "drop"}), batched=True, num_proc=2).with_format(None)
    assert clean["clean"][:] == CLEAN
    assert clean.column_names == ["text", "clean", "clean_error"]
    print(clean["clean"][0])
