//! Whole pages: `fixtures/<what-is-wrong>/raw.txt` must become `expected.txt`, and the laws of the house must hold on
//! each: cleaned twice is cleaned once, a clean page stays as it is, and the ledger accounts for every difference.

use qingyang::decode::decode;
use qingyang::options::{CjkLatinSpace, Furniture, Width};
use qingyang::{Cleaner, Entry, Options};
use std::fs;
use std::path::{Path, PathBuf};

fn fixtures() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut all: Vec<PathBuf> = fs::read_dir(root).expect("fixtures").map(|e| e.expect("entry").path()).collect();
    all.sort();
    assert!(all.len() >= 105, "the walk found {} fixtures only", all.len());
    all
}

fn options(folder: &Path) -> Options {
    let mut options = Options::default();
    let args = fs::read_to_string(folder.join("args")).unwrap_or_default();
    for line in args.lines() {
        let args: Vec<&str> = line.split_whitespace().collect();
        match args[..] {
            ["--join-across"] => options.join_across = true,
            ["--blank-lines"] => options.blank_lines = true,
            ["--furniture", "drop"] => options.furniture = Furniture::Drop,
            ["--width", "keep"] => options.width = Width::Keep,
            ["--cjk-latin-space", "one"] => options.cjk_latin_space = CjkLatinSpace::One,
            ref other => panic!("{}: unknown args {other:?}", folder.display()),
        }
    }
    options
}

/// The lines that differ, for people.
fn difference(expected: &str, found: &str) -> String {
    let mut out = String::new();
    for change in similar::TextDiff::from_lines(expected, found).iter_all_changes() {
        match change.tag() {
            similar::ChangeTag::Equal => {}
            tag => out.push_str(&format!("  {tag}{change}")),
        }
    }
    out
}

/// Runs a law on every fixture and reports all that break it together.
fn every_fixture(law: &str, check: impl Fn(&Path, &str, &str) -> Option<String>) {
    let mut broken = Vec::new();
    for folder in fixtures() {
        let raw = fs::read(folder.join("raw.txt")).expect("raw.txt");
        let raw = decode(&raw, None, false).expect("a known encoding").text.into_owned();
        let expected = fs::read_to_string(folder.join("expected.txt")).expect("expected.txt");
        if let Some(said) = check(&folder, &raw, &expected) {
            broken.push(format!("{}:\n{said}", folder.file_name().unwrap_or_default().to_string_lossy()));
        }
    }
    assert!(broken.is_empty(), "{law}: {} fixtures\n{}", broken.len(), broken.join("\n"));
}

#[test]
fn every_raw_page_becomes_its_clean_proof() {
    every_fixture("raw is not cleaned as expected", |folder, raw, expected| {
        let found = Cleaner::new(options(folder)).page(raw).text;
        (found != expected).then(|| difference(expected, &found))
    });
}

#[test]
fn a_clean_page_comes_out_as_it_went_in() {
    every_fixture("expected.txt does not stay as it is", |folder, _, expected| {
        let found = Cleaner::new(options(folder)).page(expected).text;
        (found != expected).then(|| difference(expected, &found))
    });
}

#[test]
fn cleaning_twice_is_cleaning_once() {
    every_fixture("the second cleaning changes something", |folder, raw, _| {
        let mut cleaner = Cleaner::new(options(folder));
        let once = cleaner.page(raw).text;
        let twice = cleaner.page(&once).text;
        (once != twice).then(|| difference(&once, &twice))
    });
}

/// Applies the entries to the text that they speak of.
fn replay(text: &str, ledger: &[Entry]) -> String {
    let mut out = String::new();
    let mut at = 0;
    for e in ledger {
        let (start, end) = (e.start as usize, e.end as usize);
        assert!(at <= start && start <= end, "entries overlap at byte {start}");
        assert_eq!(&text[start..end], e.before, "the entry at byte {start} does not say what stood there");
        out.push_str(&text[at..start]);
        out.push_str(&e.after);
        at = end;
    }
    out + &text[at..]
}

/// Undoes the entries: from the proof back to the source.
fn undo(proof: &str, ledger: &[Entry]) -> String {
    let mut out = String::new();
    let (mut at, mut source) = (0, 0);
    for e in ledger {
        let kept = e.start as usize - source;
        out.push_str(&proof[at..at + kept]);
        at += kept;
        assert!(proof[at..].starts_with(&e.after), "the entry at byte {} does not say what stands there", e.start);
        out.push_str(&e.before);
        at += e.after.len();
        source = e.end as usize;
    }
    out + &proof[at..]
}

#[test]
fn the_ledger_replays_both_ways() {
    every_fixture("the ledger does not explain the difference", |folder, raw, _| {
        let mut options = options(folder);
        options.ledger = true;
        options.confidence = true;
        let proof = Cleaner::new(options).page(raw);
        let ledger = proof.ledger.expect("asked for");
        let there = replay(raw, &ledger);
        if there != proof.text {
            return Some(difference(&proof.text, &there));
        }
        let back = undo(&proof.text, &ledger);
        (back != raw).then(|| difference(raw, &back))
    });
}

#[test]
fn asking_for_the_ledger_changes_no_character() {
    every_fixture("the text differs with the ledger", |folder, raw, _| {
        let plain = Cleaner::new(options(folder)).page(raw).text;
        let mut options = options(folder);
        options.ledger = true;
        options.confidence = true;
        let told = Cleaner::new(options).page(raw).text;
        (plain != told).then(|| difference(&plain, &told))
    });
}

#[test]
fn every_break_is_told_with_its_place() {
    every_fixture("a break is told wrongly", |folder, raw, _| {
        let mut options = options(folder);
        options.confidence = true;
        let proof = Cleaner::new(options).page(raw);
        for b in &proof.breaks {
            let kept = matches!(proof.text.as_bytes().get(b.at), Some(b'\n' | b'\x0c') | None);
            if b.kept && !kept && !folder.join("args").exists() {
                return Some(format!("byte {} of the proof is said to be a break", b.at));
            }
            if !(0.0..=1.0).contains(&b.probability) || !raw.is_char_boundary(b.source as usize) {
                return Some(format!("{b:?}"));
            }
        }
        None
    });
}

#[test]
fn units_are_the_lines_of_the_proof_and_know_where_they_come_from() {
    every_fixture("the units do not fit the text", |folder, raw, _| {
        let mut options = options(folder);
        options.units = true;
        let proof = Cleaner::new(options).page(raw);
        let lines: Vec<&str> = proof.text.split(['\n', '\x0c']).filter(|l| !l.is_empty()).collect();
        let units: Vec<&str> = proof.units.iter().map(|u| &proof.text[u.range.clone()]).collect();
        if lines != units {
            return Some(difference(&lines.join("\n"), &units.join("\n")));
        }
        let mut at = 0;
        for unit in &proof.units {
            if unit.sources.is_empty() {
                return Some(format!("no source: {}", &proof.text[unit.range.clone()]));
            }
            for r in &unit.sources {
                if r.start < at || r.end <= r.start || raw.get(r.start as usize..r.end as usize).is_none() {
                    return Some(format!("{r:?} behind byte {at}"));
                }
                at = r.end;
            }
        }
        let grouped = proof.articles.iter().flat_map(|a| a.headline.iter().chain(&a.body));
        let mut seen = vec![0; proof.units.len()];
        grouped.for_each(|&n| seen[n] += 1);
        seen.iter().any(|&n| n > 1).then(|| "a unit belongs to two articles".into())
    });
}
