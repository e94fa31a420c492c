//! A stream that cleans its input in sections, so that several can work on one input.

use super::Stream;
use crate::error::Error;
use crate::options::Options;
use crate::pages::sink::Sink;
use crate::proof::Proof;
use crate::text::decode::{Decoder, Encoding, SourceMap};
use crate::text::ends::count_line_feeds;

/// Where a section begins.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Start {
    /// Byte of the input.
    pub byte: u64,
    /// Line feeds before it.
    pub lines: u64,
}

/// What a stream has not cleaned of the page, or of its piece, in which it is cut.
#[derive(Debug)]
pub(crate) enum Rest {
    /// The bytes, given back.
    Bytes(Vec<u8>),
    /// The text, and the bytes of a character that has more. The stream keeps them: other bytes may be the same text.
    Kept(String, Vec<u8>),
    /// It has malformed bytes.
    Unknown,
}

/// What the streams of an input's sections have in common.
#[derive(Debug, Clone)]
pub(crate) struct Template {
    options: Options,
    decoder: Decoder,
    window: usize,
    traced: bool,
}

impl Template {
    pub fn encoding(&self) -> Encoding {
        self.decoder.encoding()
    }

    /// Bytes of decoded text that count as a page if no form feed comes.
    pub fn window(&self) -> usize {
        self.window
    }

    pub fn is_utf8(&self) -> bool {
        self.encoding() == Encoding::Utf8
    }

    /// Adds the text of these bytes, but for a character that their end cuts; `None` if some are malformed.
    pub fn decode(&self, bytes: &[u8], text: &mut String) -> Option<()> {
        // Not at the beginning of an input, where a byte order mark goes.
        let mut decoder = self.decoder.at(1);
        decoder.decode(bytes, false, text, None).ok().filter(|_| decoder.malformed == 0).map(|_| ())
    }

    /// Whether places of the input are told.
    pub fn is_traced(&self) -> bool {
        self.traced
    }
}

impl Stream {
    /// Whether its input can be cleaned in sections: not while its encoding is unknown, not in UTF-16, not with decisions,
    /// and not where paragraphs are joined across pages.
    pub(crate) fn can_be_cut(&self) -> bool {
        let is_wide = matches!(self.encoding(), None | Some(Encoding::Utf16Le | Encoding::Utf16Be));
        !is_wide && !self.across.is_asked() && self.decisions.is_none()
    }

    /// What the sections of the rest have in common, where they begin, and what is not cleaned before that place.
    pub(crate) fn cut(&mut self) -> Option<(Template, Start, Rest)> {
        let decoder = self.decoder.as_mut()?;
        let mut lines = self.lines;
        // The text of UTF-8 is its bytes.
        let rest = if decoder.encoding() == Encoding::Utf8 && decoder.malformed == 0 {
            let mut rest = std::mem::take(&mut self.text).into_bytes();
            decoder.rewind(rest.len() as u64);
            rest.append(&mut self.bytes);
            self.searched = 0;
            self.map = SourceMap::default();
            Rest::Bytes(rest)
        } else {
            lines += count_line_feeds(&self.text);
            match decoder.malformed {
                0 => Rest::Kept(self.text.clone(), self.bytes.clone()),
                _ => Rest::Unknown,
            }
        };
        // What waits for the rest of its character has been pushed, too.
        let start = Start { byte: decoder.offset() + self.bytes.len() as u64, lines };
        let options = self.cleaner.options().clone();
        let template = Template { options, decoder: decoder.at(0), window: self.window, traced: self.traced };
        Some((template, start, rest))
    }

    /// A stream for sections of another one.
    pub(crate) fn of(template: &Template) -> Stream {
        let encoding = Some(template.encoding());
        Stream::with_window(template.window, template.options.clone(), encoding, false)
    }

    /// Begins a section, behind a page with text.
    pub(crate) fn restart(&mut self, template: &Template, start: Start) {
        self.decoder = Some(template.decoder.at(start.byte));
        self.begin(start.lines);
        (self.has_text, self.told_mark) = (true, true);
    }

    /// Ends a section: the page ends here, or a window of it does.
    pub(crate) fn end_section(&mut self, page: bool, take: &mut dyn FnMut(Proof)) -> Result<(), Error> {
        if !self.bytes.is_empty() {
            return Ok(()); // a character is cut, which the next section must tell
        }
        let sink: Sink<'_, Error> = &mut |proof| {
            take(proof);
            Ok(())
        };
        let end = self.text.len();
        if page {
            self.end_page(self.kept, end, sink)?
        } else {
            self.begin_long_page(self.kept, end, sink)?
        }
        self.forget(end);
        self.searched = 0;
        Ok(())
    }

    /// Whether all that came is cleaned, and the next section needs to know nothing of it.
    pub(crate) fn is_between_sections(&self) -> bool {
        self.bytes.is_empty() && self.text.is_empty() && self.has_text && self.feed.is_none() && !self.inside_line
    }
}
