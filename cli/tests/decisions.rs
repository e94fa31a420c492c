//! Lists of decisions: written, edited by a person, and applied.

mod tool;

use proptest::prelude::*;
use qingyang::Stream;
use qingyang::{Cleaner, Decision, ErrorKind, Options, Proof};
use serde_json::Value;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use tool::{code, decoded, fixtures, folder, printed as out, run, run_in, said, warned};

const RAW: &str = "新桥飞架青石渡\n渠水流过桥头镇，沿岸的稻\n\n田渐渐泛黄，农户忙着修整\n\n晒场。\n";
const CLEAN: &str = "新桥飞架青石渡\n渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场。\n";

/// A folder with a list that names every break of `RAW`.
fn listed() -> (tempfile::TempDir, PathBuf) {
    let dir = folder();
    let list = dir.path().join("d.jsonl");
    let o = run([OsStr::new("--uncertain=1"), OsStr::new("--decisions"), list.as_os_str()], RAW.as_bytes());
    assert_eq!((code(&o), out(&o).as_str(), said(&o).as_str()), (0, CLEAN, ""));
    (dir, list)
}

fn records(list: &Path) -> Vec<Value> {
    tool::records(&fs::read_to_string(list).expect("a list"))
}

fn edit(list: &Path, change: impl Fn(usize, &mut Value)) {
    let mut all = records(list);
    all.iter_mut().enumerate().for_each(|(n, r)| change(n, r));
    let text: String = all.iter().map(|r| format!("{r}\n")).collect();
    fs::write(list, text).expect("written");
}

fn apply(list: &Path, stdin: &[u8]) -> Output {
    run([OsStr::new("--apply"), list.as_os_str()], stdin)
}

fn told() -> Options {
    let mut options = Options::default();
    options.confidence = true;
    options
}

#[test]
fn each_single_flipped_break_changes_exactly_that_break() {
    let mut flips = 0;
    for (name, page) in fixtures() {
        let raw = decoded(&page);
        let mut cleaner = Cleaner::new(told());
        let plain = cleaner.page(&raw);
        for (k, b) in plain.breaks.iter().enumerate() {
            let flipped = Decision::new(b.source, !b.kept);
            let proof = cleaner.page_with(&raw, &[flipped]).expect("a break of this text");
            flips += 1;
            for (n, (a, b)) in plain.breaks.iter().zip(&proof.breaks).enumerate() {
                assert_eq!(a.kept != b.kept, n == k, "{name}: break {n}, when {k} is flipped");
                assert_eq!((a.source, b.decided), (b.source, n == k), "{name}");
            }
            assert!(only_here(&plain, &proof, b.at), "{name}: byte {}: more than the break changed", b.source);
        }
    }
    assert!(flips > 1500, "{flips} breaks only");
}

/// Whether the two texts differ only in the white space at this place and in a mark or hyphen next to it.
fn only_here(plain: &Proof, other: &Proof, at: usize) -> bool {
    let (a, b) = (plain.text.as_bytes(), other.text.as_bytes());
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let most = a.len().min(b.len()) - head;
    let tail = a.iter().rev().zip(b.iter().rev()).take(most).take_while(|(x, y)| x == y).count();
    a != b && head + 4 >= at && a.len() - tail <= at + 4
}

#[test]
fn decisions_that_say_what_the_page_says_change_nothing() {
    for (name, page) in fixtures() {
        let raw = decoded(&page);
        let mut options = told();
        options.ledger = true;
        let mut cleaner = Cleaner::new(options);
        let plain = cleaner.page(&raw);
        let all: Vec<Decision> = plain.breaks.iter().map(|b| Decision::new(b.source, b.kept)).collect();
        let proof = cleaner.page_with(&raw, &all).expect("fits");
        assert_eq!(plain.text, proof.text, "{name}");
        assert!(proof.breaks.iter().all(|b| b.decided));
    }
}

#[test]
fn a_decision_of_no_break_and_a_contradiction_are_typed_errors() {
    let mut cleaner = Cleaner::new(told());
    let first = cleaner.page(RAW).breaks[0].source;
    let at = |source, keep| Decision::new(source, keep);
    let none = cleaner.page_with(RAW, &[at(first, true), at(first + 1, true)]).expect_err("no break");
    assert_eq!(*none.kind(), ErrorKind::NoBreak { offset: first + 1 });
    let twice = cleaner.page_with(RAW, &[at(first, true), at(first, false)]).expect_err("a contradiction");
    assert_eq!(*twice.kind(), ErrorKind::DecidedTwice { offset: first });
    assert_eq!(cleaner.page(RAW).text, CLEAN, "what was refused leaves no trace");
}

#[test]
fn a_stream_takes_decisions_over_pages_and_windows_by_bytes_of_the_file() {
    let page = format!("{RAW}\x0c{}", RAW.repeat(30));
    let (gb, _, _) = encoding_rs::GB18030.encode(&page);
    let clean = |window: usize, decisions: &[Decision]| {
        let mut stream = Stream::with_window(window, told(), None, false);
        stream.decide(decisions).expect("no contradiction");
        let (mut text, mut breaks) = (String::new(), Vec::new());
        let mut sink = |p: Proof| {
            breaks.extend(p.breaks.iter().map(|b| (b.source, b.line, b.kept)));
            text.push_str(&p.text);
        };
        stream.push(&gb, &mut sink).expect("decodes");
        stream.finish(&mut sink).map(|()| (text, breaks))
    };
    for window in [600, 1 << 20] {
        let (text, breaks) = clean(window, &[]).expect("no decision");
        for &(source, line, kept) in &breaks {
            assert!(gb[source as usize] == b'\n', "byte {source} ends no line");
            let feeds = gb[..source as usize].iter().filter(|&&b| b == b'\n').count();
            assert_eq!(line, feeds as u64 + 1);
            let (other, after) = clean(window, &[Decision::new(source, !kept)]).expect("a break");
            assert_ne!(other, text);
            let changed = breaks.iter().zip(&after).filter(|(a, b)| a.2 != b.2).count();
            assert_eq!(changed, 1, "byte {source}");
        }
        assert!(clean(window, &[Decision::new(3, true)]).is_err());
    }
}

#[test]
fn a_list_names_its_input_by_digest_and_each_place_with_its_surroundings() {
    let (_dir, list) = listed();
    let all = records(&list);
    let head = &all[0];
    assert_eq!((head["input"].as_str(), head["bytes"].as_u64()), (Some("standard input"), Some(RAW.len() as u64)));
    assert_eq!(head["sha256"].as_str().map(str::len), Some(64));
    assert!(head["qingyang"].is_string() && head["uncertain"] == 1.0);
    let place = &all[2];
    let source = place["source"].as_u64().expect("source") as usize;
    assert_eq!(RAW.as_bytes()[source], b'\n');
    assert_eq!((place["place"].as_u64(), place["kind"].as_str()), (Some(2), Some("break")));
    assert_eq!((place["line"].as_u64(), place["keep"].as_bool()), (Some(2), Some(false)));
    assert_eq!(
        (place["before"].as_str(), place["after"].as_str()),
        (Some("桥头镇，沿岸的稻"), Some("田渐渐泛黄，农户"))
    );
}

#[test]
fn without_uncertain_only_what_is_below_nine_tenths_is_listed() {
    let dir = folder();
    let (list, raw) =
        (dir.path().join("d.jsonl"), Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/mixed-english/raw.txt"));
    run([OsStr::new("--decisions"), list.as_os_str(), raw.as_os_str()], b"");
    let all = records(&list);
    assert!(all.len() > 1 && all[0]["uncertain"] == 0.9);
    for place in &all[1..] {
        let p = place["probability"].as_f64().expect("probability");
        assert!(p.max(1.0 - p) <= 0.9, "{place}");
    }
}

#[test]
fn an_edited_list_changes_its_break_with_certainty_and_is_written_again() {
    let (dir, list) = listed();
    assert_eq!(out(&apply(&list, RAW.as_bytes())), CLEAN, "an unedited list changes nothing");
    edit(&list, |n, r| {
        if n == 2 {
            r["keep"] = true.into();
        }
    });
    let want = CLEAN.replace("稻田", "稻\n田");
    assert_eq!(out(&apply(&list, RAW.as_bytes())), want);
    let (ledger, again) = (dir.path().join("l.jsonl"), dir.path().join("again.jsonl"));
    let args = [
        "--apply".as_ref(),
        list.as_os_str(),
        "--ledger".as_ref(),
        ledger.as_os_str(),
        "--decisions".as_ref(),
        again.as_os_str(),
    ];
    assert_eq!(out(&run(args, RAW.as_bytes())), want);
    let told = records(&ledger);
    let joins: Vec<&Value> = told.iter().filter(|e| e["rule"] == "rejoin").collect();
    assert!(!joins.is_empty() && joins.iter().all(|e| e["decided"].is_null()), "nobody touched them: {joins:?}");
    assert_eq!(out(&apply(&again, RAW.as_bytes())), want, "the new list holds the old decisions");
    let shown = |how: &str| out(&run(["--apply".as_ref(), list.as_os_str(), OsStr::new(how)], RAW.as_bytes()));
    assert!(shown("--diff").contains("\n 渠水流过桥头镇，沿岸的稻\n-\n"), "{}", shown("--diff"));
    assert!(shown("--explain").contains("line 2 was kept (as decided; the model:"), "{}", shown("--explain"));
}

#[test]
fn a_list_for_another_text_is_refused_whole_and_the_input_named() {
    let (dir, list) = listed();
    let o = apply(&list, format!("{RAW}又一行。\n").as_bytes());
    assert_eq!((code(&o), out(&o).as_str()), (1, ""));
    assert!(said(&o).contains("standard input") && said(&o).contains("d.jsonl"), "{}", said(&o));
    // The list is found by the text, not by the name.
    let page = dir.path().join("page.txt");
    fs::write(&page, RAW).expect("written");
    assert_eq!(out(&run(["--apply".as_ref(), list.as_os_str(), page.as_os_str()], b"")), CLEAN);
    // A place that is not a line break: no decision of the list is applied.
    edit(&list, |n, r| match n {
        2 => r["keep"] = true.into(),
        3 => {
            r["source"] = 4.into();
            r["seen"] = true.into();
        }
        _ => {}
    });
    let target = dir.path().join("out.txt");
    let o = run(["--apply".as_ref(), list.as_os_str(), page.as_os_str(), "-o".as_ref(), target.as_os_str()], b"");
    assert_eq!(code(&o), 1);
    assert!(said(&o).contains("page.txt") && said(&o).contains("byte 4"), "{}", said(&o));
    assert!(!target.exists());
}

#[test]
fn a_malformed_list_names_file_and_line_and_is_2() {
    let (dir, list) = listed();
    let good = fs::read_to_string(&list).expect("a list");
    let lines: Vec<&str> = good.lines().collect();
    let bad = dir.path().join("bad.jsonl");
    for (text, line) in [
        (String::new(), 1),
        ("{}\n".into(), 1),
        (lines[1].to_string(), 1),
        (format!("{}\nno json\n", lines[0]), 2),
        (format!("{}\n{}\n{}\n", lines[0], lines[1], lines[1]), 3),
        (format!("{}\n{}\n", lines[0], lines[1].replace("true", "\"yes\"").replace("false", "1")), 2),
        (format!("{}\n{}\n", lines[0], lines[1].replace("break", "brake")), 2),
        (format!("{}\n[]\n", lines[0]), 2),
        (lines[0].replace("sha256\":\"", "sha256\":\"x"), 1),
    ] {
        fs::write(&bad, &text).expect("written");
        let o = apply(&bad, RAW.as_bytes());
        assert_eq!((code(&o), out(&o).as_str()), (2, ""), "{text}");
        assert!(said(&o).contains(&format!("bad.jsonl:{line}: ")), "{text}: {}", said(&o));
    }
    assert_eq!(code(&apply(&dir.path().join("none.jsonl"), b"")), 2);
}

#[test]
fn one_list_serves_a_folder_of_every_fixture_in_every_encoding() {
    let dir = folder();
    let root = dir.path();
    fs::create_dir(root.join("in")).expect("made");
    let all = fixtures();
    for (name, raw) in &all {
        fs::copy(raw, root.join("in").join(format!("{name}.txt"))).expect("copied");
    }
    let tool = |args: &[&str]| run_in(root, args, b"");
    let o = tool(&["in", "-o", "out", "--decisions", "d.jsonl", "--uncertain", "1", "--ledger", "l.jsonl"]);
    assert_eq!((code(&o), warned(&o).as_str()), (0, ""));
    let list = root.join("d.jsonl");
    assert_eq!(records(&list).iter().filter(|r| r["sha256"].is_string()).count(), all.len());
    assert!(records(&root.join("l.jsonl")).iter().all(|e| e["input"].as_str().is_some_and(|i| i.starts_with("in/"))));
    let o = tool(&["in", "-o", "again", "--apply", "d.jsonl"]);
    assert_eq!(code(&o), 0, "{}", said(&o));
    let read =
        |folder: &str, name: &str| fs::read_to_string(root.join(folder).join(format!("{name}.txt"))).expect("text");
    for (name, _) in &all {
        assert_eq!(read("out", name), read("again", name), "{name}");
    }
    // One edited place: one file changes, and --resume does it again because the list is another.
    let (name, _) = all.iter().find(|(n, _)| n.contains("big5")).expect("a fixture in Big5");
    let text = fs::read_to_string(&list).expect("a list");
    let head = text.lines().position(|l| l.contains(&format!("in/{name}.txt"))).expect("its head");
    edit(&list, |n, r| {
        if n == head + 1 {
            r["keep"] = (!r["keep"].as_bool().expect("keep")).into();
        }
    });
    let o = tool(&["in", "-o", "again", "--apply", "d.jsonl", "--resume"]);
    assert_eq!(code(&o), 0, "{}", said(&o));
    let changed: Vec<&str> =
        all.iter().map(|(n, _)| n.as_str()).filter(|n| read("out", n) != read("again", n)).collect();
    assert_eq!(changed, [name.as_str()]);
    // A text that is not in the list fails; the others do not.
    fs::write(root.join("in/new.txt"), RAW).expect("written");
    let o = tool(&["in", "-o", "third", "--apply", "d.jsonl"]);
    assert!(code(&o) == 1 && said(&o).contains("in/new.txt") && said(&o).contains("1 failed"), "{}", said(&o));
    assert!(!root.join("third/new.txt").exists() && root.join("third").join(format!("{name}.txt")).exists());
}

#[test]
fn places_that_are_deleted_from_a_list_are_left_to_the_page() {
    let (_dir, list) = listed();
    let kept = fs::read_to_string(&list).expect("a list").replace("\"keep\":false", "\"keep\":true");
    let lines: Vec<&str> = kept.lines().collect();
    fs::write(&list, format!("{}\n\n{}\n", lines[0], lines[3])).expect("written");
    assert_eq!(out(&apply(&list, RAW.as_bytes())), CLEAN.replace("修整晒", "修整\n晒"));
}

#[test]
fn a_list_of_0_1_is_read() {
    let dir = folder();
    let text = "渠水流过桥头镇，沿岸的稻\n田渐渐泛黄，农户忙着修整\n晒场。\n";
    // As version 0.1.0 wrote it; a person changed the first `keep`.
    let list = "{\"qingyang\":\"0.1.0\",\"input\":\"page.txt\",\"bytes\":84,\
                \"sha256\":\"SHA\",\"uncertain\":1.0}\n\
                {\"place\":1,\"kind\":\"break\",\"source\":36,\"line\":1,\"keep\":true,\"probability\":0.002,\
                \"before\":\"桥头镇，沿岸的稻\",\"after\":\"田渐渐泛黄，农户\"}\n\
                {\"place\":2,\"kind\":\"break\",\"source\":73,\"line\":2,\"keep\":false,\"probability\":0.005,\
                \"before\":\"黄，农户忙着修整\",\"after\":\"晒场。\"}\n";
    let list = tool::write(
        dir.path(),
        "list.jsonl",
        list.replace("SHA", "d4e064ed86dd9c85b25334ce453cc68c4ce9a29e984112ce1de0ccbeb561b6df"),
    );
    let o = apply(&list, text.as_bytes());
    assert_eq!(
        (code(&o), out(&o).as_str()),
        (0, "渠水流过桥头镇，沿岸的稻\n田渐渐泛黄，农户忙着修整晒场。\n"),
        "{}",
        said(&o)
    );
}

#[test]
fn records_and_resumed_runs_take_no_ledger_and_no_list() {
    for args in [
        &["--jsonl", "--field", "text", "--apply", "d.jsonl"][..],
        &["--jsonl", "--field", "text", "--decisions", "d.jsonl"],
        &["in", "-o", "out", "--resume", "--decisions", "d.jsonl"],
        &["in", "-o", "out", "--resume", "--ledger", "l.jsonl"],
    ] {
        assert_eq!(code(&run(args, b"")), 2, "{args:?}");
    }
}

fn page() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => "[渠水流过桥头镇沿岸的稻田渐泛黄记者本报讯]{1,14}",
        2 => "[，。、；：“”（）—]{1,2}",
        1 => "[0-9０-９.:]{1,6}",
        1 => "[A-Za-z-]{1,8}",
        1 => "[ 　]{1,3}",
        4 => "[\n\r]{1,3}",
        1 => "\x0c",
        1 => "\n责任编辑 何苗\n",
        1 => "[渠水桥头]{4,6}".prop_map(|s| format!("\n{s}{s}\n")),
    ];
    prop::collection::vec(piece, 0..50).prop_map(|p| p.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]
    #[test]
    fn whatever_is_decided_holds_and_the_ledger_accounts_for_it(raw in page(), flips in any::<u64>(), how in any::<[bool; 3]>()) {
        let mut options = told();
        options.ledger = true;
        options.blank_lines = how[0];
        if how[1] {
            options.furniture = qingyang::options::Furniture::Drop;
        }
        if how[2] {
            options.skip = options.skip.with(qingyang::Rule::Rejoin);
        }
        let mut cleaner = Cleaner::new(options);
        let plain = cleaner.page(&raw);
        let decisions: Vec<Decision> = plain.breaks.iter().enumerate()
            .map(|(n, b)| Decision::new(b.source, b.kept ^ (flips >> (n % 64) & 1 == 1)))
            .collect();
        let proof = cleaner.page_with(&raw, &decisions).expect("all are breaks of this text");
        for (b, d) in proof.breaks.iter().zip(&decisions) {
            prop_assert_eq!((b.source, b.kept), (d.source, d.keep));
        }
        let (mut text, mut at) = (String::new(), 0);
        for e in proof.ledger.iter().flatten() {
            text.push_str(&raw[at..e.start as usize]);
            text.push_str(&e.after);
            at = e.end as usize;
        }
        prop_assert_eq!(text + &raw[at..], proof.text);
    }
}

#[test]
fn only_what_a_person_changed_or_marked_as_seen_is_decided_and_the_probability_of_the_model_stays() {
    let (dir, list) = listed();
    let ledger = dir.path().join("l.jsonl");
    let run_with = |list: &Path| {
        run(["--apply".as_ref(), list.as_os_str(), "--ledger".as_ref(), ledger.as_os_str()], RAW.as_bytes());
        let entries = records(&ledger);
        let joins = entries.into_iter().filter(|e| e["rule"] == "rejoin");
        joins.map(|e| (e["decided"] == true, e["confidence"].as_f64().expect("a number"))).collect::<Vec<_>>()
    };
    let model = run_with(&list);
    assert!(model.len() == 2 && model.iter().all(|(decided, _)| !decided), "an untouched list: {model:?}");
    let explained =
        |list: &Path| out(&run(["--apply".as_ref(), list.as_os_str(), OsStr::new("--explain")], RAW.as_bytes()));
    assert!(!explained(&list).contains("as decided"), "{}", explained(&list));
    edit(&list, |n, r| {
        if n == 2 {
            r["seen"] = true.into();
        }
    });
    let seen = run_with(&list);
    assert_eq!(seen, [(true, model[0].1), model[1]], "the model's probability stays");
    // Against the model: its probability of what was done is small.
    edit(&list, |n, r| {
        if n == 1 {
            r["keep"] = false.into();
        }
    });
    let against = run_with(&list);
    assert!(against[0].0 && against[0].1 < 0.5, "{against:?}");
    let page = dir.path().join("page.html");
    let report = ["--apply".as_ref(), list.as_os_str(), "--report".as_ref(), page.as_os_str()];
    run(report, RAW.as_bytes());
    let page = fs::read_to_string(page).expect("a page");
    assert!(page.contains("Decided by you: line break closed up. The model is "), "{page}");
    assert!(page.contains("<dt>Decided by you</dt><dd>2</dd>"), "{page}");
}
