//! Habits of the command line: how a run begins, what it says at its end, and advice for wrong inputs.

mod tool;

use qingyang_cli::{Environment, run_in};
use std::process::ExitCode;
use tool::{code, folder, printed, read, run, run_in as run_below, said, write};

const PAGE: &str = "渠水流过桥头镇，沿岸的稻\n田渐渐泛黄。\n";

#[test]
fn a_folder_says_at_its_end_what_was_cleaned_and_what_was_not_taken() {
    let dir = folder();
    for name in ["in/a.txt", "in/notes.md", "in/more.md", "in/page.html", "in/README"] {
        write(dir.path(), name, PAGE);
    }
    write(dir.path(), "in/clean.txt", "渠水流过桥头镇。\n");
    let out = run_below(dir.path(), ["in", "-o", "out"], b"");
    let want = "qingyang: 2 cleaned, 0 done before, 4 not text, 0 failed; 1 of the cleaned files was clean already; \
                not taken: .md 2, .html 1, README 1 (add files by --include)\n";
    assert_eq!((code(&out), said(&out).as_str()), (0, want));
    assert_eq!(said(&run_below(dir.path(), ["in", "-o", "quiet", "-q"], b"")), "");
}

#[test]
fn a_folder_without_a_file_to_take_is_a_warning() {
    let dir = folder();
    write(dir.path(), "in/notes.md", PAGE);
    let out = run_below(dir.path(), ["in", "-o", "out"], b"");
    assert!(code(&out) == 0 && said(&out).contains("warning: no file was taken"), "{}", said(&out));
}

#[test]
fn folders_with_equal_names_inside_are_kept_apart_by_their_own_names() {
    let dir = folder();
    for name in ["05/01.txt", "06/01.txt", "x/05/01.txt"] {
        write(dir.path(), name, PAGE);
    }
    let out = run_below(dir.path(), ["05", "06", "-o", "out"], b"");
    assert_eq!(code(&out), 0, "{}", said(&out));
    assert_eq!(read(dir.path(), "out/05/01.txt"), read(dir.path(), "out/06/01.txt"));
    let again = run_below(dir.path(), ["05", "06", "-o", "out", "--resume"], b"");
    assert!(said(&again).contains("0 cleaned, 2 done before"), "{}", said(&again));
    // Their own names are the same, too.
    assert_eq!(code(&run_below(dir.path(), ["05", "x/05", "-o", "out2"], b"")), 2);
    // A folder alone, and folders without such names, stay as they are.
    write(dir.path(), "07/02.txt", PAGE);
    run_below(dir.path(), ["05", "07", "-o", "out3"], b"");
    assert!(dir.path().join("out3/01.txt").exists() && dir.path().join("out3/02.txt").exists());
}

#[test]
fn an_empty_command_line_on_a_terminal_says_how_to_begin() {
    let mut environment = Environment::default();
    environment.stdin_is_terminal = true;
    let mut said = Vec::new();
    let status = run_in(&environment, [], &mut &b""[..], &mut Vec::new(), &mut said);
    assert_eq!(status, ExitCode::from(2));
    assert!(String::from_utf8_lossy(&said).contains("no input: name a file"));
    assert_eq!(code(&run::<&str>([], b"")), 0, "a pipe is no terminal");
}

#[test]
fn commands_help_and_nearly_commands() {
    let help = run(["help"], b"");
    assert!(code(&help) == 0 && printed(&help).contains("Examples:"));
    for (word, nearest) in [("rule", "rules"), ("completion", "completions"), ("confg", "config")] {
        let out = run([word], b"");
        assert!(
            code(&out) == 2 && said(&out).contains(&format!("did you mean 'qingyang {nearest}'")),
            "{}",
            said(&out)
        );
    }
    let dir = folder();
    write(dir.path(), "rule", PAGE);
    assert_eq!(code(&run_below(dir.path(), ["rule"], b"")), 0);
    for shell in ["bash", "zsh", "fish"] {
        let script = printed(&run(["completions", shell], b""));
        assert!(["rules", "config", "man"].iter().all(|command| script.contains(command)), "{shell}");
    }
}

#[test]
fn a_name_after_uncertain_is_an_input_and_a_number_is_its_value() {
    let dir = folder();
    write(dir.path(), "page.txt", PAGE);
    let clean = printed(&run_below(dir.path(), ["page.txt"], b""));
    for args in
        [&["--uncertain", "page.txt"][..], &["--uncertain", "0.8", "page.txt"], &["--uncertain=0.8", "page.txt"]]
    {
        let out = run_below(dir.path(), args, b"");
        assert_eq!((code(&out), printed(&out)), (0, clean.clone()), "{args:?}: {}", said(&out));
    }
    write(dir.path(), "0.8", PAGE);
    assert_eq!(printed(&run_below(dir.path(), ["--uncertain", "0.8"], b"")), clean);
}

#[test]
fn a_diff_with_check_has_status_1_if_there_is_one() {
    let dir = folder();
    write(dir.path(), "page.txt", PAGE);
    write(dir.path(), "clean.txt", "渠水流过桥头镇。\n");
    let out = run_below(dir.path(), ["--diff", "--check", "page.txt"], b"");
    assert!(code(&out) == 1 && printed(&out).contains("@@"), "{}", printed(&out));
    assert_eq!(code(&run_below(dir.path(), ["--diff", "page.txt"], b"")), 0);
    let out = run_below(dir.path(), ["--diff", "--check", "clean.txt"], b"");
    assert_eq!((code(&out), printed(&out).as_str()), (0, ""));
}

#[test]
fn all_records_of_a_summary_have_one_shape() {
    let dir = folder();
    write(dir.path(), "in/a.txt", PAGE);
    write(dir.path(), "in/bad.txt", b"\xe6\xb8\xa0\xff\xff\n");
    write(dir.path(), "in/notes.md", PAGE);
    run_below(dir.path(), ["in", "-o", "out", "--encoding=utf-8", "--summary=summary"], b"");
    let records = tool::records(&read(dir.path(), "summary"));
    let keys = |n: usize| records[n].as_object().expect("an object").keys().cloned().collect::<Vec<String>>();
    assert_eq!(records.len(), 3);
    assert!((1..3).all(|n| keys(n) == keys(0)), "{records:?}");
}

#[test]
fn wrong_inputs_are_named_with_what_to_do() {
    let advice = |input: &[u8]| said(&run::<&str>([], input));
    let a_pdf = if cfg!(feature = "pdf") { "repair it with 'qpdf" } else { "pdftotext -bbox-layout" };
    let half = [
        PAGE.as_bytes(),
        b"\xce\xf7\xd4\xc2\xc7\xfe\xcb\xae\xc1\xf7\xb9\xfd\xc7\xc5\xcd\xb7\xd5\xf2\xd1\xd8\xb0\xb6\n",
    ]
    .concat();
    for (input, words) in [
        (&b"%PDF-1.7"[..], a_pdf),
        (b"PK\x03\x04", "save its text as .txt"),
        (b"\x89PNG\r\n\x1a\n", "tool for OCR"),
        (b"<!doctype html><p>x", "save its text"),
        ("{\"text\":\"渠水\"}\n{\"text\":\"稻田\"}\n".as_bytes(), "--jsonl --field NAME (here perhaps text)"),
        (&half, "UTF-8 up to here, and GB18030 behind it"),
    ] {
        assert!(advice(input).contains(words), "{}", advice(input));
        assert!(!advice(input).contains("--lossy"), "{}", advice(input));
    }
}

/// Two texts that were put together are an error at the byte where the second one begins, in either order.
#[test]
fn a_file_of_two_encodings_is_refused_where_the_second_begins() {
    let clean = "本报讯（记者 何苗）昨日上午，横跨渠水的云台新桥正式通车，两岸群众不用再绕行12公里。\n";
    let (gbk, ..) = encoding_rs::GBK.encode(clean);
    for times in [1, 3, 2000] {
        let first = gbk.repeat(times);
        let file = [&first[..], clean.repeat(2).as_bytes()].concat();
        let out = run::<&str>([], &file);
        let want = format!("byte {}: GB18030 up to here, and UTF-8 behind it", first.len());
        assert!(code(&out) == 1 && said(&out).contains(&want), "{times}: {}", said(&out));
        // An encoding that is given is a decision.
        assert!(!said(&run(["--encoding=gb18030", "--lossy"], &file)).contains("up to here"));
    }
    let out = run::<&str>([], &gbk.repeat(2000));
    assert_eq!((code(&out), said(&out).as_str()), (0, ""), "GB18030 only");
}

/// Previews say what they did not look at, too.
#[test]
fn previews_count_what_was_not_taken() {
    let dir = folder();
    write(dir.path(), "in/a.txt", PAGE);
    write(dir.path(), "in/notes.md", PAGE);
    write(dir.path(), "in/more.md", PAGE);
    write(dir.path(), "in/page.html", "<!doctype html><p>x");
    let args: [&[&str]; 4] = [&["--check"], &["--diff"], &["--explain"], &["--dry-run", "-o", "out"]];
    for args in args {
        let go = |more: &[&str]| said(&run_below(dir.path(), args.iter().chain(more).copied(), b""));
        assert_eq!(go(&["in"]), "qingyang: not taken: .md 2, .html 1 (add files by --include)\n", "{args:?}");
        assert_eq!(go(&["in", "-q"]), "", "{args:?}");
        if args.len() == 1 {
            assert_eq!(go(&["in/a.txt"]), "", "{args:?}");
        }
    }
    write(dir.path(), "empty/notes.md", PAGE);
    assert!(said(&run_below(dir.path(), ["--check", "empty"], b"")).contains("no file was taken"));
}

/// What was read in a wrong encoding is undone on request, and the ledger says so.
#[test]
fn mojibake_is_repaired_on_request() {
    let clean = "本报讯（记者 何苗）昨日上午，横跨渠水的云台新桥正式通车，两岸群众不用再绕行。\n";
    let (latin, ..) = encoding_rs::GBK.encode(clean);
    let (latin, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&latin);
    let dir = folder();
    let out = run_below(dir.path(), ["--repair=mojibake", "--ledger=ledger"], latin.repeat(3).as_bytes());
    assert_eq!((printed(&out), said(&out).as_str()), (clean.repeat(3), ""));
    let rules: Vec<_> = tool::records(&read(dir.path(), "ledger"))[1..].iter().map(|e| e["rule"].clone()).collect();
    assert!(!rules.is_empty() && rules.iter().all(|rule| rule == "mojibake"), "{rules:?}");
    let out = run_below::<&str>(dir.path(), [], latin.repeat(3).as_bytes());
    assert!(said(&out).contains("GBK as Latin-1") && said(&out).contains("--repair mojibake"), "{}", said(&out));
    write(dir.path(), "qingyang.toml", "repair = \"mojibake\"\n");
    assert_eq!(printed(&run_below::<&str>(dir.path(), [], latin.repeat(3).as_bytes())), clean.repeat(3));
}

/// Text that was read in a wrong encoding before is cleaned as it stands, and the user is told once.
#[test]
fn suspicious_text_is_a_warning_and_stands_in_the_summary() {
    let clean = "本报讯（记者 何苗）昨日上午，横跨渠水的云台新桥正式通车，两岸群众不用再绕行12公里。\n".repeat(4);
    let (mojibake, ..) = encoding_rs::GBK.decode(clean.as_bytes());
    let dir = folder();
    write(dir.path(), "in/clean.txt", &clean);
    write(dir.path(), "in/mojibake.txt", mojibake.as_bytes());
    let out = run_below(dir.path(), ["in", "-o", "out", "--summary=summary"], b"");
    let warned: Vec<String> =
        said(&out).lines().filter(|l| l.contains("suspicious text")).map(str::to_string).collect();
    assert!(
        warned.len() == 1 && warned[0].contains("mojibake.txt") && warned[0].contains("UTF-8 as GBK"),
        "{}",
        said(&out)
    );
    let records = tool::records(&read(dir.path(), "summary"));
    assert_eq!(
        (&records[0]["suspicions"], &records[0]["suspicious"]),
        (&serde_json::json!([]), &serde_json::json!(false))
    );
    let found = records[1]["suspicions"].as_array().expect("a list");
    assert!(found.contains(&serde_json::json!("misread encoding")), "{found:?}");
    let out = run::<&str>([], mojibake.as_bytes());
    assert!(code(&out) == 0 && said(&out).contains("standard input: suspicious text"), "{}", said(&out));
    assert_eq!(said(&run(["-q"], mojibake.as_bytes())), "");
}
