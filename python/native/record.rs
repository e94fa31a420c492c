//! A text as a record, the value of a column.

use qingyang::Cleaner;

/// The clean text of a record: without the line feed at its end, as `--jsonl` writes it.
pub fn record(cleaner: &mut Cleaner, text: &str) -> String {
    let mut clean = cleaner.clean(text);
    if clean.ends_with('\n') {
        clean.pop();
    }
    clean
}
