//! `--check`, `--diff` and `--explain`.

mod tool;

use qingyang::decode::decode;
use qingyang::{Cleaner, Options};
use std::fs;
use std::path::Path;
use tool::{code, decoded, fixtures, folder, printed as out, run_in, write};

fn preview(folder: &Path, args: &[&str]) -> std::process::Output {
    run_in(folder, args, b"")
}

/// Applies a unified diff.
fn patched(before: &str, diff: &str) -> String {
    let old: Vec<&str> = before.split_inclusive('\n').collect();
    let (mut new, mut at) = (String::new(), 0);
    let mut lines = diff.split_inclusive('\n').peekable();
    assert!(diff.is_empty() || lines.next().is_some_and(|l| l.starts_with("--- ")));
    assert!(diff.is_empty() || lines.next().is_some_and(|l| l.starts_with("+++ ")));
    while let Some(head) = lines.next() {
        let numbers: Vec<usize> = head.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
        let &[from, gone, _, put] = &numbers[..] else { panic!("{head:?} is no head of a hunk") };
        let from = if gone == 0 { from } else { from - 1 };
        new.extend(old[at..from].iter().copied());
        at = from;
        let (mut seen_gone, mut seen_put) = (0, 0);
        while let Some(line) = lines.next_if(|l| !l.starts_with("@@")) {
            let (sign, mut body) = line.split_at(1);
            if lines.next_if(|l| l.starts_with('\\')).is_some() {
                body = body.strip_suffix('\n').expect("a line of the diff ends");
            }
            if sign != "+" {
                assert_eq!(old.get(at), Some(&body), "what goes is what stands there");
                (at, seen_gone) = (at + 1, seen_gone + 1);
            }
            if sign != "-" {
                new.push_str(body);
                seen_put += 1;
            }
        }
        assert_eq!((seen_gone, seen_put), (gone, put), "{head}");
    }
    new.extend(old[at..].iter().copied());
    new
}

#[test]
fn the_diff_of_every_fixture_makes_the_clean_text_of_the_decoded_one() {
    for (_, path) in fixtures() {
        let name = path.to_string_lossy();
        let text = decoded(&path);
        let o = preview(Path::new("."), &["--no-config", "--diff", &name]);
        assert_eq!(code(&o), 0);
        // The diff shows the byte order mark too, which the decoded text does not have.
        let mark = if decode(&fs::read(&path).expect("raw.txt"), None, false).expect("decodes").map.source(0) > 0 {
            "\u{feff}"
        } else {
            ""
        };
        assert_eq!(
            patched(&format!("{mark}{text}"), &out(&o)),
            Cleaner::new(Options::default()).page(&text).text,
            "{name}"
        );
        assert!(!out(&o).contains('\x1b'), "plain when piped");
    }
}

/// The lines of a side of a block without their marked parts, and whether anything is marked.
fn unmarked(line: &str) -> (String, bool) {
    let (mut out, mut rest, mut any) = (String::new(), line, false);
    while let Some((head, tail)) = rest.split_once("\x1b[7m") {
        out.push_str(head);
        rest = tail.split_once("\x1b[27m").expect("a mark ends").1;
        any = true;
    }
    out.push_str(rest.strip_suffix("\x1b[0m").unwrap_or(rest));
    (out, any)
}

#[test]
fn what_the_coloured_diff_does_not_mark_is_the_same_on_both_sides() {
    let mut marks = 0;
    for (_, path) in fixtures() {
        let name = path.to_string_lossy();
        let shown = out(&preview(Path::new("."), &["--no-config", "--diff", "--color", "always", &name]));
        let (mut old, mut new, mut before) = (String::new(), String::new(), ' ');
        for line in shown.lines().skip(2).chain([""]) {
            let (sign, body) = match (line.strip_prefix("\x1b[31m-"), line.strip_prefix("\x1b[32m+")) {
                (Some(body), _) => ('-', body),
                (_, Some(body)) => ('+', body),
                _ => (' ', ""),
            };
            if line.starts_with('\\') {
                continue;
            }
            // A removed line after an added one begins another block.
            if before == '+' && sign == '-' || sign == ' ' {
                assert_eq!(std::mem::take(&mut old), std::mem::take(&mut new), "{name}");
            }
            let (text, any) = unmarked(body);
            marks += usize::from(any);
            if sign == '-' {
                old.push_str(&text)
            } else {
                new.push_str(&text)
            }
            before = sign;
        }
    }
    assert!(marks > 100, "{marks} marked lines only");
}

#[test]
fn a_paragraph_is_opposite_its_lines_and_only_changes_are_marked() {
    let dir = folder();
    let raw = "云台渡口通了新桥云台渡口通了新桥\n\n本 报 讯（记者 何 苗）昨日上午，横\n\n跨渠水的云台新桥正式通车，两岸群众\n\n不用再绕行１２公里。\n";
    write(dir.path(), "p.txt", raw);
    let (red, green, off, mark, end) = ("\x1b[31m", "\x1b[32m", "\x1b[0m", "\x1b[7m", "\x1b[27m");
    let want = format!(
        "\x1b[1m--- p.txt{off}\n\x1b[1m+++ p.txt (clean){off}\n\x1b[36m@@ -1,7 +1,2 @@{off}\n\
         {red}-云台渡口通了新桥{mark}云台渡口通了新桥{end}{off}\n{green}+云台渡口通了新桥{off}\n{red}-{off}\n\
         {red}-本{mark} {end}报{mark} {end}讯（记者 何{mark} {end}苗）昨日上午，横{off}\n{red}-{off}\n\
         {red}-跨渠水的云台新桥正式通车，两岸群众{off}\n{red}-{off}\n{red}-不用再绕行{mark}１２{end}公里。{off}\n\
         {green}+本报讯（记者 何苗）昨日上午，横跨渠水的云台新桥正式通车，两岸群众不用再绕行{mark}12{end}公里。{off}\n"
    );
    assert_eq!(out(&preview(dir.path(), &["--diff", "--color", "always", "p.txt"])), want);
    let plain = out(&preview(dir.path(), &["--diff", "p.txt"]));
    assert_eq!(
        patched(raw, &plain),
        "云台渡口通了新桥\n本报讯（记者 何苗）昨日上午，横跨渠水的云台新桥正式通车，两岸群众不用再绕行12公里。\n"
    );
}

#[test]
fn explain_names_each_change_with_its_line_and_rule() {
    let dir = folder();
    let raw = "云台渡口通了新桥云台渡口通了新桥\n\n本 报 讯（记者 何 苗）昨日上午，横\n\n跨渠水的云台新桥正式通车，两岸群众\n\n不用再绕行１２公里。\n";
    write(dir.path(), "p.txt", raw);
    write(dir.path(), "q.txt", "渠水。\n");
    let told = out(&preview(dir.path(), &["--explain", "p.txt", "q.txt"]));
    for want in [
        "p.txt: 9 changes\n",
        "  line 1: 「云台渡口通了新桥」 removed: the page repeats it [doubled]\n",
        "  after line 1: blank lines between two units were removed [layout]\n",
        "  line 3: 3 gaps closed up [spacing]\n",
        "  lines 3–7 are one paragraph: 2 line breaks closed up",
        "  line 7: 「１２」 became 「12」 [full-width]\n",
        "q.txt: nothing to change\n",
        "\nRules:\n  full-width: Full-width Latin letters and digits become ASCII",
    ] {
        assert!(told.contains(want), "{want:?} is not in\n{told}");
    }
    let crlf = "渠水流过。\r\n桥头镇。\r\n";
    write(dir.path(), "p.txt", crlf);
    assert!(out(&preview(dir.path(), &["--explain", "p.txt"])).contains("lines 1–2: 2 line ends (CRLF) became LF"));
}

#[test]
fn a_removed_copy_is_an_edit_of_its_own_beside_removed_white_space() {
    let mut options = Options::default();
    options.ledger = true;
    let raw = "云台渡口通了新桥云台渡口通了新桥\n\n\n两岸群众不用再绕行。\n";
    let proof = Cleaner::new(options).page(raw);
    let ledger = proof.ledger.expect("asked for");
    let copy = ledger.iter().find(|e| e.rule == qingyang::Rule::Doubled).expect("an entry of the copy");
    assert_eq!((copy.before.as_str(), copy.after.as_str()), ("云台渡口通了新桥", ""));
    assert!(ledger.iter().all(|e| e.rule != qingyang::Rule::Layout || e.is_white_space()), "{ledger:?}");
}

#[test]
fn check_counts_encoding_marks_and_line_ends_and_names_only_what_would_change() {
    let dir = folder();
    let clean = "渠水流过桥头镇。\n新村通了车。\n";
    let (gb, _, _) = encoding_rs::GB18030.encode(clean);
    let write = |name: &str, bytes: &[u8]| write(dir.path(), name, bytes);
    write("clean.txt", clean.as_bytes());
    write("crlf.txt", clean.replace('\n', "\r\n").as_bytes());
    write("gb.txt", &gb);
    write("mark.txt", format!("\u{feff}{clean}").as_bytes());
    write("no-end.txt", clean.trim_end().as_bytes());
    let o = preview(dir.path(), &["--check", "clean.txt", "crlf.txt", "gb.txt", "mark.txt", "no-end.txt"]);
    assert_eq!((code(&o), out(&o).as_str()), (1, "crlf.txt\ngb.txt\nmark.txt\nno-end.txt\n"));
    let o = preview(dir.path(), &["--check", "clean.txt"]);
    assert_eq!((code(&o), out(&o).as_str()), (0, ""));
    write("bad.txt", b"\xe6\xb8\xa0\xff");
    let o = preview(dir.path(), &["--check", "clean.txt", "bad.txt", "--encoding", "utf-8"]);
    assert_eq!((code(&o), out(&o).as_str()), (1, ""), "what failed is no clean file");
}

#[cfg(target_os = "linux")]
#[test]
fn a_preview_of_a_long_input_holds_a_page_at_a_time() {
    let dir = folder();
    let page = "渠水流过桥头镇，沿岸的稻\n田 渐 渐 泛 黄，农户忙着修整\r\n晒场。\n\n新村通了车。\n\x0c";
    let pages = 1_500_000 / page.len();
    write(dir.path(), "long.txt", page.repeat(pages));
    // In KiB of address space: half of it is the tool, unoptimized; 24 bytes for each byte of input would not fit the rest.
    const LIMIT: &str = "52000";
    for view in ["--diff", "--explain"] {
        let script = format!("ulimit -v {LIMIT} && exec \"$0\" --no-config {view} long.txt > {view}.out");
        let mut command = std::process::Command::new("sh");
        command.current_dir(dir.path()).args(["-c", &script, tool::TOOL]);
        let o = command.output().expect("runs");
        assert_eq!(code(&o), 0, "{view}: {}", tool::said(&o));
    }
    let told = tool::read(dir.path(), "--diff.out");
    assert_eq!(told.matches("渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场。").count(), pages);
}

#[test]
fn a_preview_of_an_input_that_is_read_in_pieces_is_that_of_the_whole() {
    let dir = folder();
    let page = "渠水流过桥头镇，沿岸的稻\n田 渐 渐 泛 黄，农户忙着修整\n晒场。\n\u{feff}新村\u{feff}通了车。\n";
    let raw = page.repeat(3000);
    write(dir.path(), "u.txt", &raw);
    write(dir.path(), "b.txt", format!("\u{feff}{raw}"));
    write(dir.path(), "g.txt", encoding_rs::GB18030.encode(&raw).0);
    let clean = out(&preview(dir.path(), &["--skip=invisible", "--skip=rejoin", "u.txt"]));
    assert!(clean.contains('\u{feff}') && clean != raw);
    for input in ["u.txt", "b.txt", "g.txt"] {
        let shown = out(&preview(dir.path(), &["--diff", "--skip=invisible", "--skip=rejoin", input]));
        let mark = if input == "b.txt" { "\u{feff}" } else { "" };
        assert!(patched(&format!("{mark}{raw}"), &shown) == clean, "{input}");
    }
}

#[test]
fn a_name_or_a_text_cannot_forge_a_line_or_steer_the_terminal() {
    let dir = folder();
    let name = "a\x1b[2J\n渠\u{202e}\u{9b}.txt";
    let shown = "a<U+001B>[2J<U+000A>渠<U+202E><U+009B>.txt";
    write(dir.path(), &format!("in/{name}"), "渠 水 流\u{1b}]0;x\u{7}过\n桥头镇。\n");
    write(dir.path(), "in/b\n.txt", b"\xff\xff\xe6\n");
    let all = |args: &[&str]| {
        let o = preview(dir.path(), args);
        format!("{}{}", out(&o), tool::said(&o))
    };
    for (args, lines) in [
        (&["--check", "in"][..], 2),
        (&["in", "-o", "out", "--dry-run"], 2),
        (&["in", "-o", "out", "--uncertain=1"], 2),
        (&["--explain", "in", "--skip=invisible"], 0),
        (&["--jsonl", "--field=\x1b[31m", "jsonl"], 1),
    ] {
        write(dir.path(), "jsonl", "{\"a\":1}\n");
        let told = all(args);
        assert!(!told.contains(|c: char| c.is_control() && c != '\n' || c == '\u{202e}'), "{args:?}: {told:?}");
        assert!(args.contains(&"jsonl") || told.contains(shown), "{args:?}: {told:?}");
        assert!(lines == 0 || told.lines().count() >= lines, "{args:?}: {told:?}");
        assert!(!told.lines().any(|line| line.starts_with("渠")), "{args:?}: {told:?}");
    }
    let told = all(&["--diff", "in"]);
    assert!(told.contains(&format!("--- in/{shown}\n")) && !told.contains("\n渠"), "{told:?}");
    write(dir.path(), "qingyang.toml", "\"k\\u001b[31m\" = 1\n");
    let told = all(&["in", "-o", "out2"]);
    assert!(told.contains("<U+001B>[31m") && !told.contains('\x1b'), "{told:?}");
}
