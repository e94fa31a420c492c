//! Replays a ledger over the bytes of a file, and takes it back.

use crate::error::Error;
use crate::ledger::{Entry, Ledger, mismatch, other_text};
use crate::text::decode::Encoding;
use crate::text::encode::Encoder;

impl Ledger {
    /// Makes the clean text from `input`, the bytes of the file, which are in `encoding`. A compressed file must be
    /// unpacked first.
    ///
    /// ```
    /// use qingyang::{Encoding, Ledger, Options, Stream};
    /// let raw = b"\xFF\xFE\x20\x6E\x20\x00\x34\x6C\x0A\x00"; // a byte order mark, and 渠 水 in UTF-16
    /// let mut stream = Stream::new(Options::default().with_ledger(true), None, false);
    /// let (mut clean, mut ledger) = (String::new(), Ledger::new());
    /// let mut sink = |proof: qingyang::Proof| {
    ///     clean.push_str(&proof.text);
    ///     ledger.extend(proof.ledger.unwrap_or_default());
    /// };
    /// stream.push(raw, &mut sink).unwrap();
    /// stream.finish(&mut sink).unwrap();
    /// assert_eq!(ledger.replay_bytes(raw, Encoding::Utf16Le).unwrap(), clean);
    /// assert_eq!(ledger.undo_bytes(&clean, Encoding::Utf16Le).unwrap(), raw);
    /// ```
    ///
    /// # Errors
    /// If the ledger belongs to another file, or the encoding is another one.
    pub fn replay_bytes(&self, input: &[u8], encoding: Encoding) -> Result<String, Error> {
        let (mut out, mut at) = (String::with_capacity(input.len()), 0);
        for entry in self {
            let other = || mismatch(entry);
            let (start, end) = (entry.start as usize, entry.end as usize);
            let kept = input.get(at..start).and_then(|bytes| encoding.decode_piece(bytes)).ok_or_else(other)?;
            let before = input.get(start..end).and_then(|_| decoded(entry, input, encoding)).ok_or_else(other)?;
            if before != entry.before {
                return Err(other());
            }
            out.push_str(&kept);
            out.push_str(&entry.after);
            at = end;
        }
        let rest = encoding.decode_piece(&input[at..]).ok_or_else(|| other_text(at as u64))?;
        out.push_str(&rest);
        Ok(out)
    }

    /// Makes the bytes of the file from `clean`, the clean text, by taking back all entries.
    ///
    /// GB18030 and Big5 have second codes for a few characters. A file that used one is not this file to the function.
    ///
    /// # Errors
    /// If the ledger belongs to another text, or the encoding is another one.
    pub fn undo_bytes(&self, clean: &str, encoding: Encoding) -> Result<Vec<u8>, Error> {
        let (mut out, mut rest) = (Vec::with_capacity(clean.len()), clean);
        let mut encoder = Encoder::new(encoding);
        for entry in self {
            let other = || mismatch(entry);
            while (out.len() as u64) < entry.start {
                let c = rest.chars().next().filter(|&c| encoder.encode(c, &mut out)).ok_or_else(other)?;
                rest = &rest[c.len_utf8()..];
            }
            rest = rest.strip_prefix(&*entry.after).filter(|_| out.len() as u64 == entry.start).ok_or_else(other)?;
            let mut malformed = entry.malformed.iter().peekable();
            let mut known = true;
            for c in entry.before.chars() {
                match malformed.next_if(|m| m.start == out.len() as u64) {
                    Some(sequence) => out.extend_from_slice(&sequence.bytes),
                    None => known &= encoder.encode(c, &mut out),
                }
            }
            if !known || out.len() as u64 != entry.end {
                return Err(other());
            }
        }
        let known = rest.chars().all(|c| encoder.encode(c, &mut out));
        if known { Ok(out) } else { Err(other_text(out.len() as u64)) }
    }
}

/// The text of the bytes of an entry. `None` if they cannot be decoded, or hold other malformed bytes than the entry says.
fn decoded(entry: &Entry, input: &[u8], encoding: Encoding) -> Option<String> {
    let mut text = String::new();
    let mut at = entry.start as usize;
    for sequence in &entry.malformed {
        let start = sequence.start as usize;
        text.push_str(&encoding.decode_piece(input.get(at..start)?)?);
        text.push('\u{FFFD}');
        at = start + sequence.bytes.len();
        input.get(start..at).filter(|bytes| *bytes == sequence.bytes)?;
    }
    text.push_str(&encoding.decode_piece(input.get(at..entry.end as usize)?)?);
    Some(text)
}
