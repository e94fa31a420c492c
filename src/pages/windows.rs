//! Texts of any length as one value: a page as long as a book would need many times its size, so a long text is cleaned in the
//! windows of a stream.

use super::cleaner::Cleaner;
use super::stream::Stream;
use crate::proof::Proof;
use crate::text::decode::Encoding;

impl Cleaner {
    /// Cleans a text of any length and hands on its proofs: one, or those of its windows if it is longer than
    /// [`Stream::WINDOW`].
    ///
    /// ```
    /// use qingyang::{Cleaner, Options, Stream};
    /// let book = "渠 水 流 过 桥 头 镇。\n".repeat(Stream::WINDOW / 10);
    /// let mut proofs = 0;
    /// Cleaner::new(Options::default()).windows(&book, &mut |_| proofs += 1);
    /// assert!(proofs > 1);
    /// ```
    pub fn windows(&mut self, text: &str, take: &mut dyn FnMut(Proof)) {
        // A stream would take U+FEFF at the beginning for a byte order mark.
        if text.len() <= Stream::WINDOW || text.starts_with('\u{FEFF}') {
            return take(self.page(text));
        }
        let mut stream = Stream::new(self.options().clone(), Some(Encoding::Utf8), false);
        // The text is UTF-8, and no decision waits for its break: there is no error.
        let done = stream.push(text.as_bytes(), take).and_then(|()| stream.finish(take));
        debug_assert!(done.is_ok(), "{done:?}");
    }

    /// The clean text of a text of any length: that of its [`windows`](Cleaner::windows).
    ///
    /// ```
    /// use qingyang::{Cleaner, Options};
    /// assert_eq!(Cleaner::new(Options::default()).clean("渠 水 流 过 桥 头 镇\n"), "渠水流过桥头镇\n");
    /// ```
    pub fn clean(&mut self, text: &str) -> String {
        // In one piece: a long string that grows leaves memory of its former lengths behind.
        let mut clean = if text.len() > Stream::WINDOW { String::with_capacity(text.len()) } else { String::new() };
        self.windows(text, &mut |proof| {
            if clean.capacity() == 0 {
                clean = proof.text;
            } else {
                clean.push_str(&proof.text);
            }
        });
        clean
    }
}

#[cfg(test)]
mod tests {
    use crate::{Cleaner, Options, Stream};

    #[test]
    fn a_long_text_is_cleaned_as_a_stream_cleans_it() {
        let book = "渠 水 流 过 桥 头 镇，沿岸的稻\n田渐渐泛黄。\n".repeat(Stream::WINDOW / 20);
        let mut stream = Stream::new(Options::default(), None, false);
        let mut streamed = String::new();
        let mut take = |proof: crate::Proof| streamed.push_str(&proof.text);
        stream.push(book.as_bytes(), &mut take).and_then(|()| stream.finish(&mut take)).expect("UTF-8");
        assert_eq!(Cleaner::new(Options::default()).clean(&book), streamed);
    }

    #[test]
    fn a_mark_at_the_beginning_of_a_long_text_is_not_taken_for_that_of_a_file() {
        let book = format!("\u{FEFF}{}", "渠水流过桥头镇。\n".repeat(Stream::WINDOW / 20));
        let mut proofs = Vec::new();
        Cleaner::new(Options::default()).windows(&book, &mut |proof| proofs.push(proof));
        assert_eq!(proofs.len(), 1);
    }
}
