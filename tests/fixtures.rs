//! Whole pages: `fixtures/<what-is-wrong>/raw.txt` must become `expected.txt`, and the laws of the house must hold on
//! each: cleaned twice is cleaned once, a clean page stays as it is, and the ledger accounts for every difference.

mod told;

use qingyang::decode::decode;
use qingyang::options::{CjkLatinSpace, Furniture, Order, Repair, Split, Width};
use qingyang::{Cleaner, Issue, Options, Proof, Rule};
use std::fs;
use std::path::{Path, PathBuf};
use told::{replay, undo};

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
            ["--order", "reading"] => options.order = Order::Reading,
            ["--split", "sentence"] => options.split = Split::Sentence,
            ["--repair", "mojibake"] => options.repair = Repair::Mojibake,
            ["--follow-jumps"] => options.follow_jumps = true,
            ["--issue"] => {}
            ref other => panic!("{}: unknown args {other:?}", folder.display()),
        }
    }
    options
}

/// The proof of a fixture's page or pages; with `--issue` and `--follow-jumps` they are cleaned together.
fn proof(folder: &Path, options: Options, raw: &str) -> Proof {
    let args = fs::read_to_string(folder.join("args")).unwrap_or_default();
    if args.lines().any(|l| matches!(l, "--issue" | "--follow-jumps")) {
        let mut issue = Issue::new(options);
        issue.page(raw);
        return issue.finish().pop().expect("a proof for each input");
    }
    Cleaner::new(options).page(raw)
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
fn every_fixture(law: &str, mut check: impl FnMut(&Path, &str, &str) -> Option<String>) {
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
        let found = proof(folder, options(folder), raw).text;
        (found != expected).then(|| difference(expected, &found))
    });
}

#[test]
fn a_clean_page_comes_out_as_it_went_in() {
    every_fixture("expected.txt does not stay as it is", |folder, _, expected| {
        let found = proof(folder, options(folder), expected).text;
        (found != expected).then(|| difference(expected, &found))
    });
}

#[test]
fn cleaning_twice_is_cleaning_once() {
    every_fixture("the second cleaning changes something", |folder, raw, _| twice(folder, options(folder), raw));
}

fn twice(folder: &Path, options: Options, raw: &str) -> Option<String> {
    let once = proof(folder, options.clone(), raw).text;
    let twice = proof(folder, options, &once).text;
    (once != twice).then(|| difference(&once, &twice))
}

/// Sentences and headlines that moved make another page: only these options may change what a second cleaning sees.
#[test]
fn cleaning_twice_is_cleaning_once_under_every_option_that_keeps_units_in_place() {
    let choices: [fn(&mut Options); 8] = [
        |o| o.blank_lines = true,
        |o| o.furniture = Furniture::Drop,
        |o| (o.furniture, o.join_across) = (Furniture::Drop, true),
        |o| o.cjk_latin_space = CjkLatinSpace::One,
        |o| o.cjk_latin_space = CjkLatinSpace::Keep,
        |o| o.width = Width::Keep,
        |o| o.repair = Repair::Mojibake,
        |o| (o.split, o.blank_lines, o.skip) = (Split::Sentence, true, o.skip.with(Rule::Rejoin)),
    ];
    for (n, choose) in choices.into_iter().enumerate() {
        every_fixture(&format!("choice {n}: the second cleaning changes something"), |folder, raw, _| {
            let mut options = Options::default();
            choose(&mut options);
            twice(folder, options, raw)
        });
    }
}

#[test]
fn the_ledger_replays_both_ways() {
    every_fixture("the ledger does not explain the difference", |folder, raw, _| {
        let mut options = options(folder);
        options.ledger = true;
        options.confidence = true;
        let proof = proof(folder, options, raw);
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
        let plain = proof(folder, options(folder), raw).text;
        let mut options = options(folder);
        options.ledger = true;
        options.confidence = true;
        let told = proof(folder, options, raw).text;
        (plain != told).then(|| difference(&plain, &told))
    });
}

#[test]
fn every_break_is_told_with_its_place() {
    every_fixture("a break is told wrongly", |folder, raw, _| {
        let mut options = options(folder);
        options.confidence = true;
        let proof = proof(folder, options, raw);
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
        let moves = options.order == Order::Reading || options.follow_jumps;
        let proof = proof(folder, options, raw);
        let lines: Vec<&str> = proof.text.split(['\n', '\x0c']).filter(|l| !l.is_empty()).collect();
        // A unit has several lines where its sentences have.
        let units: Vec<&str> = proof.units.iter().flat_map(|u| proof.text[u.range.clone()].split('\n')).collect();
        if lines != units {
            return Some(difference(&lines.join("\n"), &units.join("\n")));
        }
        let mut at = 0;
        for unit in &proof.units {
            if unit.sources.is_empty() {
                return Some(format!("no source: {}", &proof.text[unit.range.clone()]));
            }
            for r in &unit.sources {
                if r.start < at && !moves || r.end <= r.start || raw.get(r.start as usize..r.end as usize).is_none() {
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

/// `units.txt` says what each unit is, and the number of its article.
#[test]
fn units_have_their_roles_and_articles() {
    let mut told = 0;
    every_fixture("the units are not what they should be", |folder, raw, _| {
        let expected = fs::read_to_string(folder.join("units.txt")).ok()?;
        told += 1;
        let mut options = options(folder);
        options.units = true;
        let proof = Cleaner::new(options).page(raw);
        let mut found = String::new();
        for (n, unit) in proof.units.iter().enumerate() {
            let article = proof.articles.iter().position(|a| a.headline.contains(&n) || a.body.contains(&n));
            let article = article.map_or("-".to_string(), |a| a.to_string());
            found.push_str(&format!("{article} {}\n", unit.role.name()));
        }
        (found != expected).then(|| difference(&expected, &found))
    });
    assert!(told >= 8, "the walk found {told} lists of units only");
}
