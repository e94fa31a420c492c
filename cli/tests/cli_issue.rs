//! `--issue`, `--follow-jumps`, `--order` and `--split` as users run them.

mod tool;

use std::ffi::OsStr;
use std::path::Path;
use std::process::Output;
use tool::{code, folder, read, records, run_in, said, warned, write};

const FIRST: &str = "守渠人\n渠水流过桥头镇。\n（下转第2版）\n";
const SECOND: &str = "守渠人的三十年\n（上接第1版）\n他把渠守了三十年。\n";
const FIRST_CLEAN: &str = "守渠人\n渠水流过桥头镇。\n（下转第2版）\n他把渠守了三十年。\n";
const SECOND_CLEAN: &str = "守渠人的三十年\n（上接第1版）\n";

fn run<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>, dir: &Path, stdin: &str) -> Output {
    run_in(dir, args, stdin.as_bytes())
}

/// Standard output of a run that ends with this status.
fn printed(out: &Output, status: i32) -> String {
    assert_eq!(code(out), status, "{}", said(out));
    tool::printed(out)
}

#[test]
fn the_pages_of_a_pipe_are_an_issue() {
    let dir = folder();
    let out = run(["--follow-jumps"], dir.path(), &format!("{FIRST}\x0c{SECOND}"));
    assert_eq!(printed(&out, 0), format!("{FIRST_CLEAN}\x0c{SECOND_CLEAN}"));
    assert_eq!(warned(&out), "");
}

#[test]
fn the_files_given_are_an_issue_in_their_order() {
    let dir = folder();
    write(dir.path(), "b.txt", FIRST);
    write(dir.path(), "a.txt", SECOND);
    let out = run(["--follow-jumps", "b.txt", "a.txt"], dir.path(), "");
    assert_eq!(printed(&out, 0), format!("{FIRST_CLEAN}{SECOND_CLEAN}"));
    let plain = run(["b.txt", "a.txt"], dir.path(), "");
    assert_eq!(printed(&plain, 0), format!("{FIRST}{SECOND}"), "without it nothing moves");
}

#[test]
fn each_folder_is_an_issue_of_its_own() {
    let dir = folder();
    // Page 10 comes after page 9: the jump line means the tenth page.
    for day in ["12", "13"] {
        for n in 2..10 {
            write(dir.path(), &format!("in/{day}/{n}.txt"), format!("渠水{n}号\n渠水流过桥头镇第{n}回。\n"));
        }
        write(dir.path(), &format!("in/{day}/1.txt"), FIRST.replace("第2版", "第10版"));
        write(dir.path(), &format!("in/{day}/10.txt"), SECOND.replace("三十年。", &format!("三十年又{day}天。")));
    }
    let out = run(["--follow-jumps", "in", "-o", "out", "--jobs", "2"], dir.path(), "");
    printed(&out, 0);
    for day in ["12", "13"] {
        let first = read(dir.path(), format!("out/{day}/1.txt"));
        assert!(first.ends_with(&format!("（下转第10版）\n他把渠守了三十年又{day}天。\n")), "{first}");
        assert_eq!(read(dir.path(), format!("out/{day}/10.txt")), SECOND_CLEAN);
    }
}

#[test]
fn resume_does_an_issue_again_when_one_of_its_pages_changed() {
    let dir = folder();
    write(dir.path(), "in/1.txt", FIRST);
    write(dir.path(), "in/2.txt", SECOND);
    write(dir.path(), "in/other/1.txt", FIRST);
    let args = ["--follow-jumps", "in", "-o", "out", "--resume"];
    printed(&run(args, dir.path(), ""), 0);
    let again = run(args, dir.path(), "");
    assert!(said(&again).contains("0 cleaned, 3 done before"), "{}", said(&again));
    write(dir.path(), "in/2.txt", SECOND.replace("三十年。", "三十一年整。"));
    let again = run(args, dir.path(), "");
    assert!(said(&again).contains("2 cleaned, 1 done before"), "{}", said(&again));
    assert!(read(dir.path(), "out/1.txt").ends_with("三十一年整。\n"));
}

#[test]
fn a_bad_page_is_named_and_the_others_keep_their_numbers() {
    let dir = folder();
    write(dir.path(), "in/1.txt", FIRST.replace("第2版", "第3版"));
    write(dir.path(), "in/2.txt", [0xFF, 0xFE, 0x00, 0xD8, 0x41]);
    write(dir.path(), "in/3.txt", SECOND);
    let out = run(["--follow-jumps", "--encoding", "utf-8", "in", "-o", "out"], dir.path(), "");
    printed(&out, 1);
    assert!(said(&out).contains("2.txt"), "{}", said(&out));
    assert!(read(dir.path(), "out/1.txt").ends_with("他把渠守了三十年。\n"));
}

#[test]
fn in_place_writes_each_page_of_the_issue() {
    let dir = folder();
    write(dir.path(), "in/1.txt", FIRST);
    write(dir.path(), "in/2.txt", SECOND);
    printed(&run(["--follow-jumps", "--in-place", "in"], dir.path(), ""), 0);
    assert_eq!((read(dir.path(), "in/1.txt"), read(dir.path(), "in/2.txt")), (FIRST_CLEAN.into(), SECOND_CLEAN.into()));
    let check = run(["--follow-jumps", "--check", "in"], dir.path(), "");
    assert_eq!(printed(&check, 0), "", "the second run changes nothing");
}

#[test]
fn a_jump_that_was_not_followed_is_reported_on_request() {
    let dir = folder();
    let page = SECOND.replace("第1版", "第4版");
    let out = run(["--follow-jumps"], dir.path(), &page);
    assert_eq!((printed(&out, 0), said(&out)), (page.clone(), String::new()));
    let out = run(["--follow-jumps", "--uncertain"], dir.path(), &page);
    let at = "守渠人的三十年\n".len();
    let line = format!("standard input: byte {at}: （上接第4版） not followed: no jump line of the issue answers it\n");
    assert!(said(&out).contains(&line), "{}", said(&out));
    let out = run(["--follow-jumps", "--explain"], dir.path(), &page);
    assert!(printed(&out, 0).contains("（上接第4版） not followed"));
}

#[test]
fn the_summary_counts_the_jumps_of_each_page() {
    let dir = folder();
    write(dir.path(), "in/1.txt", FIRST);
    write(dir.path(), "in/2.txt", SECOND);
    write(dir.path(), "in/3.txt", "（上接第7版）渠水流过桥头镇。\n");
    printed(&run(["--follow-jumps", "in", "-o", "out", "--summary", "s.jsonl"], dir.path(), ""), 0);
    let mut counts: Vec<(String, u64, u64)> = Vec::new();
    for record in records(&read(dir.path(), "s.jsonl")) {
        let count = |key: &str| record["jumps"][key].as_u64().expect("a number");
        counts.push((record["path"].as_str().expect("a path").into(), count("followed"), count("open")));
    }
    counts.sort();
    let want = [("in/1.txt", 1, 0), ("in/2.txt", 1, 0), ("in/3.txt", 0, 1)];
    assert_eq!(counts, want.map(|(path, followed, open)| (path.to_string(), followed, open)));
}

#[test]
fn moves_are_in_the_ledger_and_explained() {
    let dir = folder();
    write(dir.path(), "1.txt", FIRST);
    write(dir.path(), "2.txt", SECOND);
    printed(&run(["--follow-jumps", "1.txt", "2.txt", "--ledger", "l.jsonl"], dir.path(), ""), 0);
    let ledger = read(dir.path(), "l.jsonl");
    let moves: Vec<_> = records(&ledger).into_iter().filter(|v| v["rule"] == "jumps").collect();
    assert_eq!(moves.len(), 2);
    assert_eq!((&moves[0]["input"], &moves[1]["input"]), (&"1.txt".into(), &"2.txt".into()));
    assert_eq!(moves[0]["after"], moves[1]["before"]);
    let told = printed(&run(["--follow-jumps", "--explain", "1.txt", "2.txt"], dir.path(), ""), 0);
    assert!(told.contains("[jumps]"), "{told}");
}

#[test]
fn each_sentence_gets_a_line() {
    let dir = folder();
    let out = run(["--split", "sentence"], dir.path(), "渠水流过桥头镇。沿岸的稻田渐渐泛黄。\n");
    assert_eq!(printed(&out, 0), "渠水流过桥头镇。\n沿岸的稻田渐渐泛黄。\n");
    let out = run(["--split", "sentence", "--skip", "sentences"], dir.path(), "渠水流过桥头镇。沿岸的稻田渐渐泛黄。\n");
    assert_eq!(printed(&out, 0), "渠水流过桥头镇。沿岸的稻田渐渐泛黄。\n");
}

#[test]
fn wrong_usage_of_issue_options_is_2() {
    let dir = folder();
    for args in [&["--issue", "--jsonl", "--field", "a"][..], &["--order", "backwards"][..]] {
        let out = run(args, dir.path(), "");
        printed(&out, 2);
    }
    printed(&run(["--join-across", "--follow-jumps"], dir.path(), ""), 0);
    write(dir.path(), "1.txt", FIRST);
    let twice = run(["--issue", "1.txt", "1.txt"], dir.path(), "");
    printed(&twice, 1);
    assert!(said(&twice).contains("1.txt: is given twice"), "{}", said(&twice));
}
