//! The ledger 修改记录: the list of all differences between an input and its clean text. It can be replayed and undone.

use crate::error::{Error, ErrorKind};
use crate::rule::Rule;
use std::ops::Deref;

/// One difference between the decoded input and the clean text.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Entry {
    /// The rule that made the change.
    pub rule: Rule,
    /// The name of the rule of the user, `custom:NAME`, if `rule` is [`Rule::Custom`].
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub custom: Option<String>,
    /// First byte in the input file.
    pub start: u64,
    /// End of the bytes in the input file; equal to `start` for an insertion.
    pub end: u64,
    /// Line of the input file, from 1.
    pub line: u64,
    /// The text of these bytes, in UTF-8.
    pub before: String,
    /// The text that replaces it.
    pub after: String,
    /// The model's probability, from 0 to 1, that the change is right, also if a person decided it. It is 1 for rules that do
    /// not judge.
    pub confidence: f32,
    /// Whether the entry carries out what a person decided.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "std::ops::Not::not"))]
    pub decided: bool,
    /// The byte sequences of the input for which a U+FFFD stands in `before`.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub malformed: Vec<Malformed>,
    /// For a layout: the elements of the file with the characters of `before`, or of `after` where text came from another
    /// place.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub elements: Vec<Element>,
}

/// Characters of a line of a layout.
///
/// ```
/// # #[cfg(feature = "layout")] {
/// use qingyang::layout::{Layout, Line, Page, Quad};
/// use qingyang::{Cleaner, Options};
/// let mut page = Page::default();
/// page.lines = vec![Line::new("渠 水 流 过", Quad::default())];
/// let proof = Cleaner::new(Options::default().with_ledger(true)).layout(&Layout { pages: vec![page] });
/// let ledger = proof.ledger.expect("it was asked for");
/// let element = &ledger.iter().next().expect("a space goes").elements[0];
/// assert_eq!((element.page, &*element.name, element.start..element.end), (1, "line 1", 1..2));
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Element {
    /// Number of its page in the file, from 1.
    pub page: u32,
    /// The name of the line: its id in the file, the path to it, or its number on the page.
    pub name: String,
    /// The first character that is meant, in Unicode scalar values from the beginning of the line.
    pub start: u32,
    /// Where they end.
    pub end: u32,
}

/// A byte sequence that the encoding does not allow.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Malformed {
    /// First byte in the input file.
    pub start: u64,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Entry {
    /// An entry by `rule`, which is sure: the bytes from `start` to `end`, on line `line`, were `before`.
    pub(crate) fn new(rule: Rule, (start, end): (u64, u64), line: u64, before: &str, after: &str) -> Entry {
        Entry {
            rule,
            custom: None,
            start,
            end,
            line,
            before: before.to_string(),
            after: after.to_string(),
            confidence: 1.0,
            decided: false,
            malformed: Vec::new(),
            elements: Vec::new(),
        }
    }

    /// The name of the rule that made it: `spacing`, or `custom:NAME` for a rule of the user.
    ///
    /// ```
    /// use qingyang::{Cleaner, Options};
    /// let proof = Cleaner::new(Options::default().with_ledger(true)).page("渠 水 流 过 桥 头 镇。\n");
    /// assert_eq!(proof.ledger.unwrap()[0].rule_name(), "spacing");
    /// ```
    pub fn rule_name(&self) -> &str {
        self.custom.as_deref().unwrap_or(self.rule.name())
    }

    /// Whether only white space changed, the spaces of symbol fonts among it.
    pub fn is_white_space(&self) -> bool {
        let ink = |s: &str| s.chars().any(|c| !c.is_whitespace() && !is_symbol_space(c));
        !ink(&self.before) && !ink(&self.after)
    }
}

/// Whether a character is the space or the no-break space of a symbol font, which text layers write as a private character.
pub(crate) const fn is_symbol_space(c: char) -> bool {
    matches!(c, '\u{F020}' | '\u{F0A0}')
}

/// The entries of one text, in the order of the text. They do not overlap. The type dereferences to a slice of [`Entry`].
///
/// ```
/// use qingyang::{Cleaner, Options};
/// let raw = "渠 水 流 过 桥 头\n镇，沿岸的稻田渐渐泛黄。\n";
/// let proof = Cleaner::new(Options::default().with_ledger(true)).page(raw);
/// let ledger = proof.ledger.unwrap();
/// assert_eq!(ledger.replay(raw).unwrap(), proof.text);
/// assert_eq!(ledger.undo(&proof.text).unwrap(), raw);
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
pub struct Ledger(Vec<Entry>);

impl Ledger {
    /// A ledger without entries.
    pub const fn new() -> Ledger {
        Ledger(Vec::new())
    }

    /// Adds an entry. Entries must come in the order of the input and must not overlap.
    pub fn push(&mut self, entry: Entry) {
        self.0.push(entry);
    }

    /// The entries as a mutable list.
    pub(crate) fn entries_mut(&mut self) -> &mut Vec<Entry> {
        &mut self.0
    }

    /// Makes the clean text from `input` by carrying out all entries.
    ///
    /// Offsets must be bytes of `input`. This is so if the text was cleaned as a `&str`, or came as UTF-8 without a byte
    /// order mark. [`replay_bytes`](Ledger::replay_bytes) works for every file.
    ///
    /// # Errors
    /// If the ledger belongs to another text.
    pub fn replay(&self, input: &str) -> Result<String, Error> {
        let (mut out, mut at) = (String::with_capacity(input.len()), 0);
        for entry in &self.0 {
            let (start, end) = (entry.start as usize, entry.end as usize);
            let kept = input.get(at..start).filter(|_| input.get(start..end) == Some(&entry.before));
            out.push_str(kept.ok_or_else(|| mismatch(entry))?);
            out.push_str(&entry.after);
            at = end;
        }
        out.push_str(&input[at..]);
        Ok(out)
    }

    /// Makes the input from `clean`, the clean text, by taking back all entries. Offsets must be as for
    /// [`replay`](Ledger::replay).
    ///
    /// # Errors
    /// If the ledger belongs to another text.
    pub fn undo(&self, clean: &str) -> Result<String, Error> {
        let (mut out, mut at, mut source) = (String::with_capacity(clean.len()), 0, 0);
        for entry in &self.0 {
            let kept = (entry.start as usize).checked_sub(source).and_then(|length| clean.get(at..at + length));
            out.push_str(kept.ok_or_else(|| mismatch(entry))?);
            at += kept.map_or(0, str::len);
            if !clean[at..].starts_with(&entry.after) {
                return Err(mismatch(entry));
            }
            out.push_str(&entry.before);
            at += entry.after.len();
            source = entry.end as usize;
        }
        out.push_str(&clean[at..]);
        Ok(out)
    }
}

pub(crate) fn mismatch(entry: &Entry) -> Error {
    other_text(entry.start)
}

/// The error of a text that differs from that of the ledger at this byte of the input.
pub(crate) fn other_text(offset: u64) -> Error {
    ErrorKind::OtherText { offset }.into()
}

impl Deref for Ledger {
    type Target = [Entry];

    fn deref(&self) -> &[Entry] {
        &self.0
    }
}

impl IntoIterator for Ledger {
    type Item = Entry;
    type IntoIter = std::vec::IntoIter<Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Ledger {
    type Item = &'a Entry;
    type IntoIter = std::slice::Iter<'a, Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl Extend<Entry> for Ledger {
    fn extend<I: IntoIterator<Item = Entry>>(&mut self, entries: I) {
        self.0.extend(entries);
    }
}

impl FromIterator<Entry> for Ledger {
    fn from_iter<I: IntoIterator<Item = Entry>>(entries: I) -> Ledger {
        Ledger(entries.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use crate::{Cleaner, Options};

    #[test]
    fn a_ledger_of_another_text_is_an_error_both_ways() {
        let raw = "渠 水 流 过\n";
        let proof = Cleaner::new(Options::default().with_ledger(true)).page(raw);
        let ledger = proof.ledger.expect("asked for");
        assert!(!ledger.is_empty());
        for other in ["", "渠水流过\n", "渠 a 流 过\n", "水"] {
            assert!(ledger.replay(other).is_err(), "{other:?}");
        }
        let mut other = ledger.clone();
        other.entries_mut()[0].after = "x".into();
        assert!(other.undo(&proof.text).is_err());
        assert!(ledger.undo("").is_err());
    }
}
