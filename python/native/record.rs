//! One text: as a page, which ends in a line feed like a file, or as a record, the value of a column.

use qingyang::decode::Encoding;
use qingyang::{Cleaner, Proof, Stream};

/// Gives the proofs of a text: one, or those of the windows of a long text. A page as long as that would need many times
/// its size. The command line cleans long texts in the same windows.
pub fn proofs(cleaner: &mut Cleaner, text: &str, mut put: impl FnMut(Proof)) {
    // A stream would take U+FEFF at the beginning for a byte order mark.
    if text.len() <= Stream::WINDOW || text.starts_with('\u{FEFF}') {
        return put(cleaner.page(text));
    }
    let mut stream = Stream::new(cleaner.options().clone(), Some(Encoding::Utf8), false);
    // The text is UTF-8, and no decision waits for its break: there is no error.
    let done = stream.push(text.as_bytes(), &mut put).and_then(|()| stream.finish(&mut put));
    debug_assert!(done.is_ok(), "{done:?}");
}

/// The clean text, with a line feed at its end.
pub fn page(cleaner: &mut Cleaner, text: &str) -> String {
    let mut clean = String::new();
    proofs(cleaner, text, |proof| {
        if clean.is_empty() {
            clean = proof.text;
        } else {
            clean.push_str(&proof.text);
        }
    });
    clean
}

/// The clean text of a record: the same without the line feed at its end, as `--jsonl` writes it.
pub fn record(cleaner: &mut Cleaner, text: &str) -> String {
    let mut clean = page(cleaner, text);
    if clean.ends_with('\n') {
        clean.pop();
    }
    clean
}
