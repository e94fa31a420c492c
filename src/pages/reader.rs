//! Clean pages from a reader: as an iterator, or written to a writer.

use super::stream::Stream;
use crate::error::Error;
use crate::options::Options;
use crate::proof::Proof;
use crate::text::decode::Encoding;
use std::collections::VecDeque;
use std::io::{self, Read, Write};

/// Bytes read at a time.
const BLOCK: usize = 1 << 16;

/// Iterator over the clean pages of a reader, in bounded memory.
///
/// Form feeds separate pages. The text of a page begins with the form feed that separates it from the page before, so that
/// the texts can be written one after another. A page longer than the window of a [`Stream`] comes in several proofs, and
/// a proof without text may carry entries of the ledger.
///
/// An error comes after all pages that were complete before it, and ends the iterator.
///
/// ```
/// use qingyang::{Options, Pages};
/// let raw = "渠水流过桥头镇，沿岸的稻\n田渐渐泛黄，农户忙着修整\n晒场。\n\x0c号外\n";
/// let pages: Vec<_> = Pages::new(raw.as_bytes(), Options::default()).collect::<Result<_, _>>().unwrap();
/// assert_eq!(pages.len(), 2);
/// assert_eq!(pages[1].text, "\x0c号外\n");
/// ```
#[derive(Debug)]
pub struct Pages<R> {
    reader: R,
    stream: Stream,
    block: Vec<u8>,
    ready: VecDeque<Proof>,
    failed: Option<io::Error>,
    ended: bool,
}

impl<R: Read> Pages<R> {
    /// The pages of a reader. The encoding is detected from the first bytes.
    pub fn new(reader: R, options: Options) -> Pages<R> {
        Pages::of_stream(reader, Stream::new(options, None, false))
    }

    /// The pages of a reader, cleaned by a stream that may have a given encoding or decisions.
    pub fn of_stream(reader: R, stream: Stream) -> Pages<R> {
        Pages { reader, stream, block: vec![0; BLOCK], ready: VecDeque::new(), failed: None, ended: false }
    }

    /// The encoding; `None` until it is known.
    pub fn encoding(&self) -> Option<Encoding> {
        self.stream.encoding()
    }

    fn read(&mut self) -> io::Result<()> {
        let length = match self.reader.read(&mut self.block) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Ok(()),
            other => other?,
        };
        let ready = &mut self.ready;
        let mut take = |proof| ready.push_back(proof);
        self.ended = length == 0;
        let done = match length {
            0 => self.stream.finish(&mut take),
            _ => self.stream.push(&self.block[..length], &mut take),
        };
        done.map_err(invalid)
    }
}

impl<R: Read> Iterator for Pages<R> {
    type Item = io::Result<Proof>;

    fn next(&mut self) -> Option<io::Result<Proof>> {
        while self.ready.is_empty() && !self.ended && self.failed.is_none() {
            if let Err(error) = self.read() {
                self.failed = Some(error);
                self.ended = true;
            }
        }
        self.ready.pop_front().map(Ok).or_else(|| self.failed.take().map(Err))
    }
}

/// Cleans the bytes of a reader and writes the clean text to a writer, in bounded memory. The encoding is detected; the
/// output is UTF-8.
///
/// ```
/// let raw = "渠水流过桥头镇，沿岸的稻\n田渐渐泛黄，农户忙着修整\n晒场。\n";
/// let mut clean = Vec::new();
/// qingyang::clean_to(raw.as_bytes(), &mut clean, &qingyang::Options::default()).unwrap();
/// assert_eq!(clean, "渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场。\n".as_bytes());
/// ```
///
/// # Errors
/// If reading or writing fails, or if the bytes are malformed. In the latter case the kind is `InvalidData`, and the inner
/// error is an [`Error`](crate::Error).
pub fn clean_to(reader: impl Read, mut writer: impl Write, options: &Options) -> io::Result<()> {
    for page in Pages::new(reader, options.clone()) {
        writer.write_all(page?.text.as_bytes())?;
    }
    writer.flush()
}

fn invalid(error: Error) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_before_malformed_bytes_are_returned_before_the_error() {
        let raw = [&b"\xE6\xB8\xA0\xE6\xB0\xB4\n\x0c"[..], &b"\xFF\xFF\xFF\n".repeat(40_000)].concat();
        let stream = Stream::new(Options::default(), Some(Encoding::Utf8), false);
        let mut pages = Pages::of_stream(&raw[..], stream);
        assert_eq!(pages.next().expect("a page").expect("it is valid").text, "渠水\n");
        let error = pages.next().expect("an error").expect_err("malformed");
        let inner = error.get_ref().and_then(|e| e.downcast_ref::<Error>()).expect("an error of the library");
        assert_eq!(inner.offset(), Some(8));
        assert!(pages.next().is_none());
    }

    #[test]
    fn the_pages_end_after_a_failed_read() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::ErrorKind::TimedOut.into())
            }
        }
        let mut pages = Pages::new(Broken, Options::default());
        assert_eq!(pages.next().expect("an error").expect_err("it fails").kind(), io::ErrorKind::TimedOut);
        assert!(pages.next().is_none());
    }
}
