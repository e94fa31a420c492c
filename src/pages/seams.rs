//! The seams between the pieces of a stream: form feeds between pages, and lines that a piece cuts.

use super::origin::Origin;
use crate::ledger::Ledger;
use crate::proof::{Counts, Proof};
use crate::rule::Rule;
use crate::vocabulary::invisible::{LINE_ENDS, is_invisible};

/// A proof of a form feed, with the changes after it.
pub(super) fn form_feed(since: Ledger) -> Proof {
    Proof { text: "\x0c".into(), ledger: Some(since), ..Proof::default() }
}

/// Puts a character of one byte before the text of a proof.
pub(super) fn put_before(proof: &mut Proof, c: char) {
    proof.text.insert(0, c);
    proof.breaks.iter_mut().for_each(|b| b.at += 1);
    proof.units.iter_mut().for_each(|u| u.advance(1));
    proof.furniture.iter_mut().for_each(|f| f.page += usize::from(c == '\x0c'));
}

/// Ends the line that the piece before left open: `proof` is that of the piece `raw`, which begins with a line end.
pub(super) fn close_line(proof: &mut Proof, raw: &str, origin: Origin<'_>) {
    put_before(proof, '\n');
    if proof.text == raw {
        proof.counts = Counts::default();
    } else {
        proof.counts.add(Rule::Layout, 1);
    }
    let Some(ledger) = proof.ledger.as_mut().map(Ledger::entries_mut) else { return };
    // The white space above the text went; its line feed stays now.
    match ledger.first_mut().filter(|e| e.start == origin.byte(0) && e.after.is_empty() && e.is_white_space()) {
        Some(first) if first.before == "\n" => drop(ledger.remove(0)),
        Some(first) => first.after = "\n".into(),
        None => ledger.insert(0, origin.layout_entry("", "\n")),
    }
}

/// Removes the line feed that ends a proof of the text `raw`, because its line continues in the next piece.
pub(super) fn open_line(proof: &mut Proof, raw: &str) {
    proof.text.pop();
    if proof.text == raw {
        proof.counts = Counts::default();
    }
    let Some(ledger) = proof.ledger.as_mut().map(Ledger::entries_mut) else { return };
    // Only removals can follow the entry that inserted it.
    if let Some(k) = ledger.iter().rposition(|e| !e.after.is_empty())
        && ledger[k].after.pop().is_some()
        && ledger[k].after == ledger[k].before
    {
        ledger.remove(k);
    }
}

/// Whether a line end comes before the first visible character. With `any`, all kinds of line ends count.
pub(super) fn line_end_first(chars: impl Iterator<Item = char>, any: bool) -> bool {
    for c in chars {
        match c {
            '\n' => return true,
            c if any && LINE_ENDS.contains(&c) => return true,
            c if is_invisible(c) => {}
            c if c.is_whitespace() || c.is_control() => {}
            _ => return false,
        }
    }
    false
}
