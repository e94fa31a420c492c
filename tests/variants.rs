//! Small inputs that stand for a kind of damage: `variants/<kind>.jsonl` has one a line, with the text that a sub-editor
//! would make of it. `cases.py` of `$QINGYANG_SHARED/cases` scores a binary on the same files.
//!
//! `want` has a unit a line. ⏎ in a unit: joined, with one space, or on two lines, all are right. A ? at its beginning: the
//! unit may be absent. `open` says why a variant is still wrong, `restless` why a second cleaning changes it; such a
//! variant fails here once that is mended.

mod told;

use qingyang::options::{Furniture, Split};
use qingyang::{Cleaner, Issue, Options};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// One variant.
struct Variant {
    kind: String,
    id: String,
    input: String,
    want: String,
    args: String,
    open: Option<String>,
    restless: Option<String>,
}

fn variants() -> Vec<Variant> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/variants");
    let mut files: Vec<_> = fs::read_dir(folder).expect("variants").map(|e| e.expect("entry").path()).collect();
    files.sort();
    let mut all = Vec::new();
    for file in files {
        let kind = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        for line in fs::read_to_string(&file).expect("a file").lines() {
            let record: Value = serde_json::from_str(line).expect("a record a line");
            let field = |name: &str| record[name].as_str().map(str::to_string);
            let must = |name: &str| field(name).unwrap_or_else(|| panic!("{kind}: {name} is missing in {line}"));
            all.push(Variant {
                id: must("id"),
                input: must("input"),
                want: must("want"),
                args: field("options").unwrap_or_default(),
                open: field("open"),
                restless: field("restless"),
                kind: kind.clone(),
            });
        }
    }
    assert!(all.len() >= 370, "the walk found {} variants only", all.len());
    all
}

fn options(args: &str) -> Options {
    let mut options = Options::default();
    let mut args = args.split_whitespace();
    while let Some(arg) = args.next() {
        match arg {
            "--issue" => {}
            "--join-across" => options.join_across = true,
            "--furniture" if args.next() == Some("drop") => options.furniture = Furniture::Drop,
            "--split" if args.next() == Some("sentence") => options.split = Split::Sentence,
            other => panic!("unknown args {other:?}"),
        }
    }
    options
}

fn clean(variant: &Variant, text: &str) -> String {
    let options = options(&variant.args);
    if variant.args.contains("--issue") {
        let mut issue = Issue::new(options);
        issue.page(text);
        return issue.finish().pop().expect("a proof").text;
    }
    Cleaner::new(options).page(text).text
}

/// Whether the lines fit the units that are wanted.
fn fits(want: &[&str], lines: &[&str]) -> bool {
    let Some((unit, rest)) = want.split_first() else { return lines.is_empty() };
    let optional = unit.strip_prefix('?');
    if optional.is_some() && fits(rest, lines) {
        return true;
    }
    let parts: Vec<&str> = optional.unwrap_or(unit).split('⏎').map(str::trim).collect();
    (1..=lines.len().min(parts.len())).any(|n| is_unit(&parts, &lines[..n]) && fits(rest, &lines[n..]))
}

/// Whether the lines are the parts, each two of which are joined, parted by a space, or on two lines.
fn is_unit(parts: &[&str], lines: &[&str]) -> bool {
    let (Some((part, parts)), Some((line, more))) = (parts.split_first(), lines.split_first()) else {
        return parts.is_empty() && lines.is_empty();
    };
    let Some(rest) = line.strip_prefix(part) else { return false };
    if rest.is_empty() {
        return is_unit(parts, more);
    }
    [rest, rest.trim_start()].iter().any(|rest| {
        let mut lines = vec![*rest];
        lines.extend_from_slice(more);
        is_unit(parts, &lines)
    })
}

#[test]
fn every_variant_becomes_what_a_sub_editor_would_make_of_it() {
    let mut wrong = Vec::new();
    for variant in variants() {
        let clean = clean(&variant, &variant.input);
        let lines: Vec<&str> = clean.split(['\n', '\x0c']).map(str::trim_end).filter(|l| !l.is_empty()).collect();
        let want: Vec<&str> = variant.want.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
        match (fits(&want, &lines), &variant.open) {
            (true, Some(_)) => wrong.push(format!("{}/{} is open and right", variant.kind, variant.id)),
            (false, None) => wrong.push(format!("{}/{}\n{}", variant.kind, variant.id, lines.join("\n"))),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{} variants:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn cleaning_a_variant_twice_is_cleaning_it_once() {
    let mut wrong = Vec::new();
    for variant in variants() {
        let once = clean(&variant, &variant.input);
        let twice = clean(&variant, &once);
        match (once == twice, &variant.restless) {
            (true, Some(_)) => wrong.push(format!("{}/{} is restless and rests", variant.kind, variant.id)),
            (false, None) => wrong.push(format!("{}/{}:\n{once}became\n{twice}", variant.kind, variant.id)),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{} variants:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_ledger_of_a_variant_accounts_for_every_character() {
    for variant in variants().into_iter().filter(|v| !v.args.contains("--issue")) {
        let options = told::telling(options(&variant.args));
        let proof = Cleaner::new(options.clone()).page(&variant.input);
        told::check(&[&variant.input], 0, &options, &proof);
    }
}
