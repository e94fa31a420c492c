//! Requirements of the shared pages. Without `QINGYANG_SHARED` the tests print that they were skipped.

use base64::Engine;
use qingyang::{Cleaner, Options, Role, Unit};
use serde_json::Value;
use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

fn shared() -> Option<PathBuf> {
    let shared = std::env::var_os("QINGYANG_SHARED").map(PathBuf::from);
    if shared.is_none() {
        println!("skipped: QINGYANG_SHARED is not set");
    }
    shared
}

/// A gold unit: its parts between optional breaks, and whether it may be missing.
fn units(gold: &str) -> Vec<(bool, Vec<String>)> {
    gold.lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .map(|l| (l.starts_with('?'), l.trim_start_matches('?').split('⏎').map(|s| s.trim().to_string()).collect()))
        .collect()
}

/// Units that are in the output exactly; each line counts once.
fn exact(gold: &str, out: &str) -> (usize, usize) {
    let lines: Vec<&str> = out.lines().collect();
    let mut used = vec![false; lines.len()];
    let all = units(gold);
    let mut found = 0;
    for (_, parts) in &all {
        for from in 0..lines.len() {
            // The parts follow each other, joined or on lines of their own.
            let (mut k, mut line, mut ok) = (0, from, true);
            while k < parts.len() && ok {
                ok = line < lines.len() && !used[line] && {
                    let mut text = lines[line];
                    let mut any = false;
                    while let Some(rest) = parts.get(k).and_then(|p| text.strip_prefix(p.as_str())) {
                        any = true;
                        k += 1;
                        text = rest.strip_prefix(' ').unwrap_or(rest);
                        if text.is_empty() {
                            break;
                        }
                    }
                    any && text.is_empty()
                };
                line += 1;
            }
            if ok {
                used[from..line].iter_mut().for_each(|u| *u = true);
                found += 1;
                break;
            }
        }
    }
    (found, all.len())
}

#[test]
fn the_real_page_comes_out_as_its_gold() {
    let Some(shared) = shared() else { return };
    let page = shared.join("pages/lvliang-2023-08-18");
    let raw = fs::read_to_string(page.join("raw.txt")).expect("raw.txt");
    let gold = fs::read_to_string(page.join("gold.txt")).expect("gold.txt");
    let mut cleaner = Cleaner::new(Options::default());
    let once = cleaner.page(&raw).text;
    let (found, all) = exact(&gold, &once);
    assert!(found >= 55, "{found} of {all} units are exact");
    assert_eq!(cleaner.page(&once).text, once, "the second cleaning changes something");
    // The output lacks the repeated glyphs and nothing else, like the gold text.
    let count = |s: &str| {
        let mut n: HashMap<char, i64> = HashMap::new();
        for c in s.chars().filter(|c| !c.is_whitespace() && !matches!(c, '⏎' | '?')) {
            *n.entry(c).or_default() += 1;
        }
        n
    };
    assert_eq!(count(&once), count(&gold));
}

/// The name that the gold text has for a role of the tool.
fn gold_role(role: Role) -> &'static str {
    match role {
        Role::Masthead | Role::Folio | Role::Editors => "furniture",
        Role::Kicker | Role::Headline | Role::Deck => "headline block",
        Role::Body | Role::Dateline => "para",
        Role::Caption | Role::Credit => "caption",
        Role::Signature => "sign",
        Role::Notice => "short",
        Role::Index => "contents",
        other => other.name(),
    }
}

#[test]
fn units_of_the_real_page_have_their_roles() {
    let Some(shared) = shared() else { return };
    let page = shared.join("pages/lvliang-2023-08-18");
    let raw = fs::read_to_string(page.join("raw.txt")).expect("raw.txt");
    let gold = fs::read_to_string(page.join("gold.txt")).expect("gold.txt");
    let roles = include_str!("lvliang-2023-08-18.roles.txt");
    let mut options = Options::default();
    options.units = true;
    let proof = Cleaner::new(options).page(&raw);
    let (mut right, mut all) = (0, 0);
    for ((_, parts), roles) in units(&gold).iter().zip(roles.lines()) {
        for (part, role) in parts.iter().zip(roles.split('⏎')) {
            let role = if matches!(role, "kicker" | "headline" | "deck") { "headline block" } else { role };
            let text = |u: &&Unit| &proof.text[u.range.clone()];
            let exact = proof.units.iter().find(|u| text(u) == part);
            let found = exact.or_else(|| proof.units.iter().find(|u| text(u).contains(part.as_str())));
            let inside =
                |u: &Unit| u.parts.iter().any(|p| proof.text[p.range.clone()] == **part && p.role.name() == role);
            all += 1;
            right += usize::from(found.is_some_and(|u| gold_role(u.role) == role || inside(u)));
        }
    }
    assert!(all >= 60 && right * 100 >= all * 95, "{right} of {all} roles");
}

fn trim(text: &str) -> Vec<&str> {
    text.split('\n')
        .map(|l| l.trim_end_matches([' ', '\t', '\r', '\u{3000}', '\u{a0}']))
        .filter(|l| !l.is_empty())
        .collect()
}

/// Why a trap case fails, by the rules of `bench/traps.py`.
fn judge(case: &Value) -> Option<String> {
    let input = match case["input_base64"].as_str() {
        Some(b) => base64::engine::general_purpose::STANDARD.decode(b).expect("base64"),
        None => case["input"].as_str().unwrap_or_default().as_bytes().to_vec(),
    };
    let args = case["args"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let mut child = Command::new(env!("CARGO_BIN_EXE_qingyang"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the tool");
    // A case of wrong usage ends before it has read anything.
    let _ = child.stdin.take().expect("a pipe").write_all(&input);
    let out = child.wait_with_output().expect("an end");
    if case["exit"].as_i64().unwrap_or(0) != 0 {
        return (out.status.success() || !out.stdout.is_empty()).then(|| "a failure with no output was due".into());
    }
    if !out.status.success() {
        return Some(String::from_utf8_lossy(&out.stderr).into_owned());
    }
    let text = String::from_utf8(out.stdout).expect("UTF-8");
    let lines = trim(&text);
    let list = |key: &str| case[key].as_array().cloned().unwrap_or_default();
    let expect = list("expect");
    if !expect.is_empty() {
        return (!expect.iter().filter_map(Value::as_str).any(|e| trim(e) == lines)).then(|| text.clone());
    }
    for s in list("contains").iter().filter_map(Value::as_str) {
        if !lines.iter().any(|l| l.contains(s)) {
            return Some(format!("missing: {s}"));
        }
    }
    for s in list("absent").iter().filter_map(Value::as_str) {
        if lines.iter().any(|l| l.contains(s)) {
            return Some(format!("must not be there: {s}"));
        }
    }
    let wanted = list("lines");
    for s in wanted.iter().filter_map(Value::as_str) {
        let need = wanted.iter().filter(|w| w.as_str() == Some(s)).count();
        if lines.iter().filter(|l| **l == s).count() < need {
            return Some(format!("missing as a line: {s}"));
        }
    }
    None
}

#[test]
fn traps_of_the_groups_that_must_be_perfect_all_pass() {
    let traps = concat!(env!("CARGO_MANIFEST_DIR"), "/../bench/traps.jsonl");
    let cases = fs::read_to_string(traps).expect("traps.jsonl");
    let (mut passed, mut scored, mut failed) = (0, 0, Vec::new());
    for line in cases.lines().filter(|l| !l.trim().is_empty()) {
        let case: Value = serde_json::from_str(line).expect("a case");
        if case["open"].as_bool() == Some(true) {
            continue;
        }
        scored += 1;
        match judge(&case) {
            None => passed += 1,
            Some(why) => {
                let group = case["group"].as_str().unwrap_or_default();
                let perfect = ["clean text", "no loss", "encoding", "natural reduplication", "legitimate repetition"];
                if perfect.contains(&group) {
                    failed.push(format!("{} {group}: {why}", case["id"]));
                }
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert!(passed * 100 >= scored * 95, "{passed} of {scored} traps");
}
