//! What a proof tells of itself must be so: its units tile the text, parts lie in their units, articles share nothing,
//! breaks stand where lines met, and the ledger replays. A law that is broken panics.
#![allow(dead_code)] // each test that shares this asks for some of it

use qingyang::RuleSet;
use qingyang::options::{CjkLatinSpace, Furniture, Order, Repair, Split, Width};
use qingyang::{Break, Cleaner, Entry, Options, Proof, Rule};

/// Options by bits: each choice of the library, and which rules are switched off.
pub fn options_of(bits: u16, skip: u32) -> Options {
    let on = |bit: u16| bits & bit != 0;
    let mut o = Options::default();
    o.width = if on(1) { Width::Keep } else { Width::Half };
    o.cjk_latin_space = match (on(2), on(4)) {
        (true, _) => CjkLatinSpace::One,
        (_, true) => CjkLatinSpace::Keep,
        _ => CjkLatinSpace::None,
    };
    o.furniture = if on(8) { Furniture::Drop } else { Furniture::Keep };
    o.blank_lines = on(16);
    o.join_across = on(32);
    o.order = if on(64) { Order::Reading } else { Order::Source };
    o.split = if on(128) { Split::Sentence } else { Split::Unit };
    o.follow_jumps = on(256);
    o.repair = if on(512) { Repair::Mojibake } else { Repair::None };
    // The layout cannot be switched off from outside.
    let off = Rule::all().filter(|&r| r != Rule::Layout && skip >> (r as u32) & 1 == 1);
    o.skip = off.fold(RuleSet::NONE, RuleSet::with);
    o
}

/// The same without the rules that ask the models what a line is, or the habits of the page.
pub fn deterministic(mut options: Options) -> Options {
    use Rule::{Furniture, Hyphen, Jumps, Order, Rejoin, Sentences, Spacing};
    let asking = [Rejoin, Hyphen, Spacing, Furniture, Sentences, Order, Jumps];
    options.skip = asking.into_iter().fold(options.skip, RuleSet::with);
    options
}

/// Cleans a text and its clean text, which must stay as it is.
pub fn cleaned_twice(options: &Options, text: &str) {
    let once = Cleaner::new(options.clone()).page(text).text;
    let again = Cleaner::new(telling(options.clone())).page(&once);
    assert_eq!(again.text, once, "a second cleaning of {text:?} changes {:?}", again.ledger);
}

/// The same with everything told.
pub fn telling(mut options: Options) -> Options {
    options.ledger = true;
    options.units = true;
    options.confidence = true;
    options
}

/// The text with the ledger carried out.
pub fn replay(text: &str, ledger: &[Entry]) -> String {
    let (mut out, mut at) = (String::new(), 0);
    for e in ledger {
        let (start, end) = (e.start as usize, e.end as usize);
        assert!(at <= start && start <= end, "entries overlap: {e:?}");
        assert_eq!(&text[start..end], e.before, "{e:?}");
        out.push_str(&text[at..start]);
        out.push_str(&e.after);
        at = end;
    }
    out + &text[at..]
}

/// The way back: the input that the proof was made of.
pub fn undo(proof: &str, ledger: &[Entry]) -> String {
    let (mut out, mut at, mut source) = (String::new(), 0, 0);
    for e in ledger {
        let kept = e.start as usize - source;
        out.push_str(&proof[at..at + kept]);
        at += kept;
        assert!(proof[at..].starts_with(&e.after), "{e:?}");
        out.push_str(&e.before);
        at += e.after.len();
        source = e.end as usize;
    }
    out + &proof[at..]
}

/// Checks all that the proof of input `own` tells; texts are as they were decoded.
pub fn check(texts: &[impl AsRef<str>], own: usize, options: &Options, proof: &Proof) {
    let input = texts[own].as_ref();
    let ledger = proof.ledger.as_deref().expect("asked for");
    assert_eq!(replay(input, ledger), proof.text, "forth");
    assert_eq!(undo(&proof.text, ledger), input, "back");
    no_edits_are_equal_bytes(input, proof);
    pages_stay(input, &proof.text);
    composed(options, &proof.text);
    signed_by_its_rule(ledger);
    units(texts, own, options, proof);
    articles(proof);
    breaks(input, options, proof);
}

/// A rule signs what it did: no rule of white space signs for a printed character.
fn signed_by_its_rule(ledger: &[Entry]) {
    use Rule::{CjkLatinSpace, Layout, LineEnds, Rejoin, Sentences, SpaceKinds, Spacing};
    for e in ledger {
        let of_white_space =
            matches!(e.rule, LineEnds | SpaceKinds | Spacing | Rejoin | CjkLatinSpace | Layout | Sentences);
        assert!(!of_white_space || e.is_white_space(), "{e:?}");
    }
}

/// No edits, no entries and equal bytes are one thing, and no entries cancel each other.
pub fn no_edits_are_equal_bytes(input: &str, proof: &Proof) {
    let same = proof.text == input;
    assert_eq!(proof.counts.is_empty(), same, "{:?} of {input:?} to {:?}", proof.counts, proof.text);
    let Some(ledger) = proof.ledger.as_deref() else { return };
    assert_eq!(ledger.is_empty(), same, "{ledger:?}");
    for touching in
        ledger.iter().filter(|e| e.malformed.is_empty()).collect::<Vec<_>>().chunk_by(|a, b| a.end == b.start)
    {
        let (mut before, mut after) = (String::new(), String::new());
        for e in touching {
            before += &e.before;
            after += &e.after;
        }
        assert_ne!(before, after, "{touching:?}");
    }
}

/// Whether a character is white space to the ledger: also the spaces of symbol fonts.
pub fn is_white_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{F020}' | '\u{F0A0}')
}

/// The text is in NFC unless the rule is off.
fn composed(options: &Options, text: &str) {
    assert!(options.skip.contains(Rule::Compose) || unicode_normalization::is_nfc(text), "{text:?}");
}

/// The output has the form feeds of the input, but for one at the very end, which opens no page.
fn pages_stay(input: &str, text: &str) {
    let (before, after) = (input.matches('\x0c').count(), text.matches('\x0c').count());
    assert!(before == after || before == after + 1 && text.ends_with('\n'), "{before} form feeds became {after}");
}

/// Units tile the text: between two stands what the options put there, or form feeds.
fn units(texts: &[impl AsRef<str>], own: usize, options: &Options, proof: &Proof) {
    let text = &proof.text;
    let between = if options.blank_lines { "\n\n" } else { "\n" };
    let mut at = 0;
    for (n, unit) in proof.units.iter().enumerate() {
        assert!(at <= unit.range.start && unit.range.start < unit.range.end, "{unit:?}");
        let gap = &text[at..unit.range.start];
        let feeds = gap.trim_start_matches('\n').len();
        assert!(gap.ends_with(&"\x0c".repeat(feeds)), "{gap:?} before {unit:?}");
        let lines = &gap[..gap.len() - feeds];
        let parted = if n == 0 { lines.is_empty() } else { lines == if feeds > 0 { "\n" } else { between } };
        assert!(parted, "{gap:?} before {unit:?}");
        at = unit.range.end;
        let body = &text[unit.range.clone()];
        assert!(options.split == Split::Sentence || !body.contains('\n'), "two lines: {body:?}");
        assert!(!body.starts_with('\n') && !body.ends_with('\n') && !body.contains("\n\n"), "an empty line: {body:?}");
        let mut behind = unit.range.start;
        for part in &unit.parts {
            let range = part.range.clone();
            assert!(behind <= range.start && range.start < range.end && range.end <= unit.range.end, "{unit:?}");
            assert!(text.get(range.clone()).is_some(), "{part:?}");
            behind = range.end;
        }
        assert!(!unit.sources.is_empty(), "it comes from nowhere: {unit:?}");
        let glued = options.follow_jumps && options.join_across;
        let from = texts[unit.input.unwrap_or(own)].as_ref();
        for source in &unit.sources {
            assert!(source.start < source.end, "{unit:?}");
            assert!(glued || from.get(source.start as usize..source.end as usize).is_some(), "{unit:?}");
        }
        assert!(options.follow_jumps || unit.sources.is_sorted_by(|a, b| a.end <= b.start), "{unit:?}");
    }
    let end = text[at..].trim_end_matches('\x0c');
    assert_eq!(end, if proof.units.is_empty() { "" } else { "\n" }, "behind the last unit");
}

/// No unit is in two articles, and none is left out but furniture and what no jump line's article takes.
fn articles(proof: &Proof) {
    let mut held = vec![0; proof.units.len()];
    for article in &proof.articles {
        assert!(article.headline.is_sorted() && article.body.is_sorted(), "{article:?}");
        assert!(!article.headline.is_empty() || !article.body.is_empty(), "an article of nothing");
        article.headline.iter().chain(&article.body).for_each(|&n| held[n] += 1);
    }
    assert!(held.iter().all(|&n| n <= 1), "in two articles: {:?}", proof.articles);
    if proof.jumps.is_empty() {
        for (unit, n) in proof.units.iter().zip(held) {
            assert_eq!(n == 0, unit.role.is_furniture(), "{unit:?}");
        }
    }
}

fn breaks(input: &str, options: &Options, proof: &Proof) {
    assert!(proof.breaks.is_sorted_by(|a, b| a.source <= b.source), "not in the order of the input");
    for b in &proof.breaks {
        let &Break { source, line, at, kept, probability, .. } = b;
        assert_eq!(line, 1 + input[..source as usize].matches('\n').count() as u64, "{b:?}");
        assert!((0.0..=1.0).contains(&probability), "{b:?}");
        let rest = &proof.text[at..];
        if options.order == Order::Source && !options.follow_jumps {
            assert!(!kept || rest.starts_with('\n'), "kept, and no line ends there: {b:?}");
            assert!(kept || options.split == Split::Sentence || !rest.starts_with('\n'), "a line ends there: {b:?}");
        }
    }
}

/// Adds the next proof of a stream to those before it.
pub fn append(whole: &mut Proof, next: Proof) {
    let (base, first) = (whole.text.len(), whole.units.len());
    let feeds = whole.text.matches('\x0c').count();
    whole.furniture.extend(next.furniture.into_iter().map(|mut line| {
        line.page += feeds;
        line
    }));
    whole.text.push_str(&next.text);
    whole.counts.merge(&next.counts);
    whole.certainty.merge(next.certainty);
    whole.ledger.get_or_insert_default().extend(next.ledger.unwrap_or_default());
    whole.breaks.extend(next.breaks.into_iter().map(|mut b| {
        b.at += base;
        b
    }));
    whole.units.extend(next.units.into_iter().map(|mut unit| {
        for range in std::iter::once(&mut unit.range).chain(unit.parts.iter_mut().map(|p| &mut p.range)) {
            *range = range.start + base..range.end + base;
        }
        unit
    }));
    whole.articles.extend(next.articles.into_iter().map(|mut article| {
        article.headline.iter_mut().chain(&mut article.body).for_each(|n| *n += first);
        article
    }));
}
