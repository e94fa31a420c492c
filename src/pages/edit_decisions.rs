//! Decisions of a person about edits other than line breaks. They are carried out in the finished proof, so that a decision
//! changes its own place and nothing else: where an edit is refused, the text of the input stays.

use crate::document::anchors::{Bias, Shift};
use crate::document::edit::Edits;
use crate::error::Error;
use crate::ledger::{Entry, Ledger, mismatch};
use crate::proof::{EditDecision, Proof, Role, Unit};
use crate::rule::Rule;
use crate::text::decode::Encoding;
use crate::text::encode::Encoder;
use std::ops::Range;

/// The decisions about the edits of one input. It takes the proofs of the input one after the other.
///
/// ```
/// use qingyang::{Cleaner, EditDecision, EditDecisions, Encoding, Options};
/// let raw = "渠 水流过桥头镇，在2,3两日。\n";
/// let mut proof = Cleaner::new(Options::default().with_ledger(true)).page(raw);
/// assert_eq!(proof.text, "渠水流过桥头镇，在2,3两日。\n");
/// let mut decisions = EditDecisions::new(vec![EditDecision::new(3..4, "spacing", true)], Encoding::Utf8);
/// decisions.carry_out(&mut proof)?;
/// assert_eq!(proof.text, raw);
/// assert_eq!((proof.refused.len(), decisions.unmet().count()), (1, 0));
/// # Ok::<(), qingyang::Error>(())
/// ```
#[derive(Debug)]
pub struct EditDecisions {
    /// Each with whether an edit was found that it is about.
    list: Vec<(EditDecision, bool)>,
    encoding: Encoding,
    encoder: Encoder,
    /// Byte of the input behind the last proof.
    source: u64,
}

impl EditDecisions {
    /// The decisions about an input in this encoding; of a layout, whose places are of its text, in UTF-8.
    pub fn new(decisions: Vec<EditDecision>, encoding: Encoding) -> EditDecisions {
        let list = decisions.into_iter().map(|decision| (decision, false)).collect();
        EditDecisions { list, encoding, encoder: Encoder::new(encoding), source: 0 }
    }

    /// Carries the decisions out in the next proof, which must have a [ledger](Proof::ledger). Refused edits are taken back
    /// and go to [`Proof::refused`]; entries that a person confirmed say so.
    ///
    /// # Errors
    /// If the ledger is that of another text or encoding.
    pub fn carry_out(&mut self, proof: &mut Proof) -> Result<(), Error> {
        let mut ledger = proof.ledger.take().unwrap_or_default();
        let places = self.place(&proof.text, &ledger)?;
        let refused = self.decide(&mut ledger);
        let restored: Vec<(usize, String)> = refused.into_iter().map(|n| (n, ledger.restored(n))).collect();
        let mut edits = Edits::new();
        restored.iter().for_each(|(n, text)| edits.replace(places[*n].clone(), text, Rule::Layout));
        if !edits.is_empty() {
            rewrite(proof, &edits);
            let mut grown = 0_isize;
            for (n, text) in &restored {
                let start = places[*n].start.wrapping_add_signed(grown);
                belong(proof, start..start + text.len(), &ledger[*n]);
                grown += text.len() as isize - places[*n].len() as isize;
            }
        }
        let mut restored = restored.into_iter().peekable();
        let mut kept = Vec::with_capacity(ledger.len());
        for (n, entry) in ledger.into_iter().enumerate() {
            let Some((_, text)) = restored.next_if(|(refused, _)| *refused == n) else {
                kept.push(entry);
                continue;
            };
            proof.counts.take_back(&entry);
            let around = self.white_space_around(&entry, &text);
            proof.counts.add(Rule::Layout, around.len() as u64);
            kept.extend(around);
            proof.refused.push(entry);
        }
        proof.ledger = Some(kept.into_iter().collect());
        Ok(())
    }

    /// The decisions for which no edit was found in any proof so far.
    pub fn unmet(&self) -> impl Iterator<Item = &EditDecision> {
        self.list.iter().filter(|(_, met)| !met).map(|(decision, _)| decision)
    }

    /// Bytes of a text in the encoding of the input.
    fn length(&mut self, text: &str) -> u64 {
        match self.encoding {
            Encoding::Utf8 => text.len() as u64,
            _ => {
                let mut bytes = Vec::new();
                for c in text.chars() {
                    let _ = self.encoder.encode(c, &mut bytes);
                }
                bytes.len() as u64
            }
        }
    }

    /// Finds the text of each entry in the proof.
    fn place(&mut self, text: &str, ledger: &Ledger) -> Result<Vec<Range<usize>>, Error> {
        let mut at = 0;
        let mut places = Vec::with_capacity(ledger.len());
        for entry in ledger {
            while self.source < entry.start {
                let c = text[at..].chars().next().ok_or_else(|| mismatch(entry))?;
                self.source += self.length(c.encode_utf8(&mut [0; 4]));
                at += c.len_utf8();
            }
            if self.source != entry.start || !text[at..].starts_with(&entry.after) {
                return Err(mismatch(entry));
            }
            let end = at + entry.after.len();
            self.source = entry.end;
            places.push(at..end);
            at = end;
        }
        self.source += self.length(&text[at..]);
        Ok(places)
    }

    /// Marks the entries that a person confirmed, and returns the numbers of those that are refused.
    fn decide(&mut self, ledger: &mut Ledger) -> Vec<usize> {
        let mut refused = Vec::new();
        for (decision, met) in &mut self.list {
            let first = ledger.partition_point(|e| e.start < decision.start);
            let count = ledger[first..].iter().take_while(|e| e.end <= decision.end).count();
            for n in first..first + count {
                if ledger[n].rule_name() != decision.rule || !ledger.may_be_decided(n) {
                    continue;
                }
                *met = true;
                ledger.entries_mut()[n].decided = true;
                if decision.keep {
                    refused.push(n);
                }
            }
        }
        refused.sort_unstable();
        refused.dedup();
        refused
    }

    /// The entries for the white space around a refused edit, if it does not stay as it was.
    fn white_space_around(&mut self, e: &Entry, restored: &str) -> Vec<Entry> {
        if restored == e.before {
            return Vec::new();
        }
        let (head, body, tail) = parts(&e.before);
        let (above, _, below) = parts(restored);
        let body_start = e.start + self.length(head);
        let body_end = body_start + self.length(body);
        let lines = |text: &str| text.matches('\n').count() as u64;
        let all = [
            (e.start..body_start, e.line, head, above),
            (body_end..e.end, e.line + lines(head) + lines(body), tail, below),
        ];
        let changed = all.into_iter().filter(|(_, _, before, after)| before != after);
        let entry = |(place, line, before, after): (Range<u64>, u64, &str, &str)| Entry {
            decided: true,
            ..Entry::new(Rule::Layout, (place.start, place.end), line, before, after)
        };
        changed.map(entry).collect()
    }
}

/// Text, and the white space before and after it.
fn parts(text: &str) -> (&str, &str, &str) {
    let body = text.trim();
    let start = text.len() - text.trim_start().len();
    if body.is_empty() { ("", text, "") } else { (&text[..start], body, &text[start + body.len()..]) }
}

impl Entry {
    /// Whether an [`EditDecision`] may be about edits of this kind. Line breaks are decided by a
    /// [`Decision`](crate::Decision); moves, line ends and the layout of the text by nobody.
    ///
    /// ```
    /// use qingyang::{Cleaner, Options};
    /// let ledger = Cleaner::new(Options::default().with_ledger(true)).page("渠 水\n\n\n流过").ledger.unwrap();
    /// assert!(ledger[0].may_be_decided() && !ledger[1].may_be_decided());
    /// ```
    pub fn may_be_decided(&self) -> bool {
        use Rule::*;
        match self.rule {
            Order | Jumps | LineEnds | Layout | ByteOrderMark | Malformed | Rejoin | Hyphen | Sentences => false,
            Custom => !self.is_white_space() || !self.before.contains('\n'),
            _ => true,
        }
    }
}

impl Ledger {
    /// Whether an [`EditDecision`] may be about entry `n`: moves are not decided, and what touches moved text is a part of the
    /// move.
    ///
    /// ```
    /// use qingyang::{Cleaner, Options};
    /// let ledger = Cleaner::new(Options::default().with_ledger(true)).page("渠 水\n\n\n流过").ledger.unwrap();
    /// assert!(ledger.may_be_decided(0) && !ledger.may_be_decided(1));
    /// ```
    pub fn may_be_decided(&self, n: usize) -> bool {
        let Some(e) = self.get(n) else { return false };
        let moves = |rule: Rule| matches!(rule, Rule::Order | Rule::Jumps);
        let above = n.checked_sub(1).is_some_and(|n| self[n].end == e.start && moves(self[n].rule));
        let below = self.get(n + 1).is_some_and(|next| next.start == e.end && moves(next.rule));
        e.may_be_decided() && !above && !below
    }

    /// What stands in the text if a person refuses entry `n`: the text of the input; of a line that was removed without the
    /// white space around it, but with the line end that parts it from its neighbours.
    ///
    /// ```
    /// use qingyang::{Cleaner, Options, options::Furniture};
    /// let options = Options::default().with_ledger(true).with_furniture(Furniture::Drop);
    /// let ledger = Cleaner::new(options).page("新桥通车\n\n  第3版\n渠水流过桥头镇。\n").ledger.unwrap();
    /// assert_eq!(ledger.restored(0), "\n第3版");
    /// ```
    pub fn restored(&self, n: usize) -> String {
        let Some(e) = self.get(n) else { return String::new() };
        let (head, body, tail) = parts(&e.before);
        if body.trim().is_empty() || !e.after.is_empty() {
            return e.before.clone();
        }
        // What goes behind it, up to the next text that stays, may take the line end along.
        let mut end = e.end;
        let mut parted = tail.contains('\n');
        for next in &self[n + 1..] {
            if next.start != end || !next.after.is_empty() {
                break;
            }
            parted |= next.before.contains('\n') && next.rule == Rule::Layout;
            end = next.end;
        }
        match (head.contains('\n'), parted) {
            (false, false) => e.before.clone(),
            (above, below) => {
                format!("{}{body}{}", if above { "\n" } else { head }, if below { "\n" } else { tail })
            }
        }
    }
}

/// Changes the text of a proof and moves what points into it.
fn rewrite(proof: &mut Proof, edits: &Edits) {
    let mut shift = Shift::new(edits);
    proof.breaks.iter_mut().for_each(|b| shift.position(&mut b.at, Bias::Ends));
    for unit in &mut proof.units {
        shift.range(&mut unit.range);
        unit.parts.iter_mut().for_each(|part| shift.range(&mut part.range));
    }
    proof.text = edits.rewrite(&proof.text);
}

/// Gives restored text to the unit that it touches, or makes a unit of a line that has none.
fn belong(proof: &mut Proof, range: Range<usize>, entry: &Entry) {
    if proof.units.is_empty() {
        return;
    }
    let (head, body, tail) = parts(&proof.text[range.clone()]);
    let (own_above, own_below) = (head.contains('\n'), tail.contains('\n'));
    let body = range.start + head.len()..range.start + head.len() + body.len();
    if body.is_empty() || proof.units.iter().any(|u| u.range.start <= body.start && body.end <= u.range.end) {
        return;
    }
    if let Some(unit) = proof.units.iter_mut().find(|u| u.range.end == range.start && !own_above) {
        unit.range.end = body.end;
    } else if let Some(unit) = proof.units.iter_mut().find(|u| u.range.start == range.end && !own_below) {
        unit.range.start = body.start;
    } else {
        let at = proof.units.partition_point(|u| u.range.start < body.start);
        let unit = Unit {
            role: Role::Unknown,
            range: body,
            sources: std::iter::once(entry.start..entry.end).collect(),
            ..Unit::default()
        };
        proof.units.insert(at, unit);
        let numbers = proof.articles.iter_mut().flat_map(|a| a.headline.iter_mut().chain(&mut a.body));
        numbers.filter(|n| **n >= at).for_each(|n| *n += 1);
    }
}
