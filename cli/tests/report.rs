//! `--report`: HTML pages with source and clean text side by side.

mod tool;

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tool::{TOOL, code, fixtures, folder, said, text, write};

fn run<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Output {
    tool::run(args, b"")
}

/// The report of these files, and the clean text.
fn report(inputs: &[&Path], more: &[&str]) -> (String, String) {
    let dir = folder();
    let page = dir.path().join("page.html");
    let mut args: Vec<&OsStr> = inputs.iter().map(|p| p.as_os_str()).collect();
    args.extend(more.iter().map(OsStr::new));
    args.extend([OsStr::new("--report"), page.as_os_str()]);
    let out = run(args);
    assert_eq!(code(&out), 0, "{}", said(&out));
    (text(page), String::from_utf8(out.stdout).expect("UTF-8"))
}

/// A tag, an end tag, or text between them.
#[derive(Debug, PartialEq)]
enum Piece<'a> {
    Tag(&'a str),
    Text(&'a str),
}

fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        if at > 0 {
            out.push(Piece::Text(&rest[..at]));
        }
        let end = at + rest[at..].find('>').expect("a tag ends");
        out.push(Piece::Tag(&rest[at + 1..end]));
        rest = &rest[end + 1..];
    }
    out.push(Piece::Text(rest));
    out
}

/// The text of all elements of this class, as a browser has it; signs of unseen characters turned back into these.
fn text_of(html: &str, class: &str) -> String {
    let (mut out, mut depth, mut sign) = (String::new(), 0usize, false);
    let body = html.split_once("<main>").expect("a body").1.split_once("</main>").expect("its end").0;
    for piece in pieces(body) {
        match piece {
            Piece::Tag(tag) if depth == 0 => {
                // Units that nothing changed have one text for both sides.
                let own = [format!("div class={class} "), "div class=\"src prf\" ".to_string()];
                depth = usize::from(own.iter().any(|own| tag.starts_with(own)));
            }
            Piece::Tag("b class=c") => sign = true,
            Piece::Tag("/b") => sign = false,
            Piece::Tag(tag) if tag.starts_with("div") => depth += 1,
            Piece::Tag("/div") => depth -= 1,
            Piece::Text(text) if depth > 0 => {
                let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
                let text = text.replace("&amp;", "&");
                match text.strip_prefix("[U+").and_then(|t| t.strip_suffix(']')).filter(|_| sign) {
                    Some(hex) => out.extend(u32::from_str_radix(hex, 16).ok().and_then(char::from_u32)),
                    None if sign => out.extend(text.chars().map(|c| match c {
                        '␡' => '\x7f',
                        c => char::from_u32(c as u32 - 0x2400).expect("a control character's sign"),
                    })),
                    None => out.push_str(&text),
                }
            }
            _ => {}
        }
    }
    out
}

#[test]
fn both_sides_hold_every_character_of_source_and_proof_on_every_fixture() {
    for (name, raw) in fixtures() {
        let (html, proof) = report(&[&raw], &[]);
        assert_eq!(text_of(&html, "src"), tool::decoded(&raw), "{name}");
        assert_eq!(text_of(&html, "prf"), proof, "{name}");
    }
}

#[test]
fn both_sides_are_whole_for_unusual_texts() {
    let dir = folder();
    let texts = [
        "",
        "\n",
        " \n\n\x0c\n",
        "渠水",
        "\u{feff}渠\u{200b}水\r流\r\n过\u{85}桥\u{2028}头\x0b镇\x00\x1b[31m\x7f\n",
        "甲\n\x0c\n\x0c乙\n\x0c",
        "<script>alert('渠')</script>&amp;\"'\n",
        "标题标题标题\n\n\n　　新桥，\n飞架\u{202e}青石渡inter-\nnational\n",
        "\u{FFFF}\u{E000}\u{E0001}\u{10FFFD}\n",
    ];
    for text in texts {
        for more in [&[][..], &["--blank-lines"], &["--furniture", "drop"], &["--skip", "line-ends"]] {
            let file = write(dir.path(), "a.txt", text);
            let (html, proof) = report(&[&file], more);
            assert_eq!(text_of(&html, "src"), text.trim_start_matches('\u{feff}'), "{text:?} {more:?}");
            assert_eq!(text_of(&html, "prf"), proof, "{text:?} {more:?}");
        }
    }
}

#[test]
fn both_sides_are_whole_for_random_texts() {
    let dir = folder();
    let input = dir.path().join("in");
    let parts: Vec<String> =
        ["mixed-front-page", "crlf-and-controls", "headline-in-overlapping-pieces", "mixed-english"]
            .iter()
            .map(|name| text(format!("../fixtures/{name}/raw.txt")))
            .flat_map(|text| text.split_inclusive('\n').map(str::to_string).collect::<Vec<_>>())
            .chain(
                ["\x0c", "\r", " ", "\n\n", "\u{3000}\u{3000}", "\u{2028}", "2", "-\n", "\x0c\n"].map(str::to_string),
            )
            .collect();
    // A linear congruential generator (Knuth, MMIX): the same texts each time.
    let mut state = 20230818u64;
    let mut random = |n: usize| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) as usize % n
    };
    for n in 0..200 {
        let mut text = String::new();
        for _ in 0..random(40) {
            let part = &parts[random(parts.len())];
            let cut = part.chars().count().min(1 + random(40));
            text.extend(part.chars().take(if random(3) == 0 { cut } else { usize::MAX }));
        }
        write(&input, &format!("{n}.txt"), text);
    }
    for more in [&["--quiet"][..], &["--furniture", "drop", "--join-across", "--blank-lines"]] {
        let out = clean(&input, dir.path(), more);
        assert_eq!(code(&out), 0, "{}", said(&out));
        for n in 0..200 {
            let page = text(dir.path().join(format!("report/pages/{n}.txt.html")));
            let source = text(input.join(format!("{n}.txt")));
            assert_eq!(text_of(&page, "src"), source.trim_start_matches('\u{feff}'), "{n}: {source:?}");
            assert_eq!(text_of(&page, "prf"), text(dir.path().join(format!("out/{n}.txt"))), "{n}: {source:?}");
        }
    }
}

#[test]
fn other_encodings_are_aligned_like_utf_8() {
    let dir = folder();
    let text = "渠水流过桥头镇，沿岸的稻\n田渐渐泛黄，农户忙着修整\n晒场。\n何苗说，新桥很好。\n";
    let gb = write(dir.path(), "gb.txt", encoding_rs::GB18030.encode(text).0);
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let utf16 = write(dir.path(), "utf16.txt", utf16);
    let utf8 = write(dir.path(), "utf8.txt", text);
    // The data for decisions have bytes of the file.
    let body = |html: &str| {
        let rows = html.split_once("class=\"row top\"").expect("rows").1;
        rows.split_once("<script").expect("the data").0.to_string()
    };
    let (same, _) = report(&[&utf8], &[]);
    for (other, name) in [(gb, "GB18030"), (utf16, "UTF-16LE")] {
        let (html, _) = report(&[&other], &[]);
        assert!(html.contains(&format!("<dd>{name}</dd>")));
        assert_eq!(body(&html), body(&same));
    }
}

#[test]
fn text_is_escaped_wherever_it_stands() {
    let dir = folder();
    let text = "<script>alert(1)</script><script>alert(1)</script>\n\"><img src=x>２００３\n";
    let file = write(dir.path(), "a'\"<b>&.txt", text);
    for inputs in [vec![file.as_path()], vec![file.as_path(), file.as_path()]] {
        let (html, _) = report(&inputs, &[]);
        assert_eq!(html.matches("<script>").count(), 1, "the page's own");
        assert!(!html.contains("<img") && !html.contains("<b>&"));
    }
}

#[test]
fn a_report_is_one_file_that_loads_nothing() {
    let (html, _) = report(&[Path::new("../fixtures/mixed-front-page/raw.txt")], &[]);
    for load in ["http://", "https://", "src=", "@import", "url(", "<link", "<iframe"] {
        assert!(!html.contains(load), "{load}");
    }
    assert!(html.contains("default-src 'none'"));
}

#[test]
fn each_kind_of_edit_is_marked_and_says_why() {
    let dir = folder();
    let text = "新桥飞架青石渡新桥飞架青石渡\n渠水流过桥头镇，沿岸的稻\n田渐渐泛黄，农户忙着修 整\n２０２３年的晒\u{200b}场。\n";
    let (html, _) = report(&[&write(dir.path(), "a.txt", text)], &["--uncertain", "0.5"]);
    let reason = |rule: qingyang::Rule| format!("{}: {}", rule.name(), rule.reason());
    for (mark, rule) in [
        ("<del class=d tabindex=0 aria-description=\"Copy removed: “新桥飞架青石渡”", qingyang::Rule::Doubled),
        ("<ins class=j tabindex=0 aria-description=\"Line break closed up", qingyang::Rule::Rejoin),
        ("<del class=s tabindex=0 aria-description=\"Space closed up", qingyang::Rule::Spacing),
        ("<ins class=x tabindex=0 aria-description=\"“２０２３” became “2023”", qingyang::Rule::FullWidth),
        ("<del class=r tabindex=0 aria-description=\"Removed “[U+200B]”", qingyang::Rule::Invisible),
    ] {
        let at = html.find(mark).unwrap_or_else(|| panic!("{mark} in {html}"));
        let mark = &html[at..at + html[at..].find("\" data-d=").expect("its end")];
        assert!(mark.ends_with(&reason(rule)), "{mark}");
    }
    assert!(html.contains("<dd>1 <small>7 characters</small></dd>"), "the doubled characters are counted");
}

#[test]
fn uncertain_places_are_links_from_one_to_the_next() {
    let raw = Path::new("../fixtures/mixed-english/raw.txt");
    // The report must have as many places as the tool's list.
    let list = run(["--uncertain", "0.99", "../fixtures/mixed-english/raw.txt"]);
    let count = said(&list).lines().count();
    assert!(count > 2);
    let (html, _) = report(&[raw], &["--uncertain", "0.99"]);
    for n in 0..count {
        let next = (n + 1) % count;
        assert!(html.contains(&format!(" id=i0u{n} href=\"#i0u{next}\" ")), "{n}");
        assert!(html.contains(&format!("<li><a href=\"#i0u{n}\">")), "{n}");
    }
    assert!(!html.contains(&format!("id=i0u{count} ")));
}

#[test]
fn a_report_does_not_change_the_output() {
    for name in ["mixed-front-page", "two-pages-with-form-feed", "gb18030-file"] {
        let raw = format!("../fixtures/{name}/raw.txt");
        let without = run([&raw]);
        let (_, with) = report(&[Path::new(&raw)], &[]);
        assert_eq!(with.as_bytes(), without.stdout, "{name}");
    }
}

#[test]
fn several_inputs_have_one_report_and_one_that_failed_is_named() {
    let dir = folder();
    let page = dir.path().join("r.html");
    let good = write(dir.path(), "good.txt", "渠水\n");
    let bad = write(dir.path(), "bad.txt", b"\xff\xff\xff\xff");
    let out = run([good.as_os_str(), bad.as_os_str(), OsStr::new("--report"), page.as_os_str()]);
    assert_eq!(code(&out), 1);
    let html = text(page);
    assert!(html.contains("<h2 id=i0>") && html.contains("<h2 id=i1>"));
    assert!(html.contains("<strong>Failed:</strong> byte 0"));
}

#[test]
fn a_stream_longer_than_the_limit_says_where_the_page_stops_and_counts_all() {
    let dir = folder();
    let unit = "渠水流过桥头镇，沿岸的稻\n田渐渐泛黄，农户忙着修整\n晒场。\n";
    let times = (3 << 20) / unit.len();
    let file = write(dir.path(), "long.txt", unit.repeat(times));
    let (html, proof) = report(&[&file], &[]);
    let (source, shown) = (text_of(&html, "src"), text_of(&html, "prf"));
    assert!(unit.repeat(times).starts_with(&source) && proof.starts_with(&shown));
    assert!(source.len() > 900_000 && source.len() <= 1 << 20, "{}", source.len());
    assert!(html.contains("Shown up to byte "));
    assert!(html.contains(&format!("{} → ", thousands(3 * times))), "figures are of all");
}

fn thousands(n: usize) -> String {
    let digits = n.to_string();
    let parts: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().map(|c| std::str::from_utf8(c).expect("digits")).collect();
    parts.join(",")
}

/// Three pages of different certainty, one of them with special characters in its name, and a bad file.
fn batch(dir: &Path) -> PathBuf {
    let input = dir.join("in");
    write(&input, "sure.txt", "渠水\n");
    write(&input, "sub/doubtful.txt", fs::read("../fixtures/mixed-english/raw.txt").expect("read"));
    write(&input, "less #1 50%?.txt", fs::read("../fixtures/crlf-and-controls/raw.txt").expect("read"));
    write(&input, "bad.txt", b"\xff\xff\xff\xff");
    input
}

fn clean(input: &Path, dir: &Path, more: &[&str]) -> Output {
    let (out, pages) = (dir.join("out"), dir.join("report"));
    let mut args =
        vec![input.as_os_str(), OsStr::new("-o"), out.as_os_str(), OsStr::new("--report"), pages.as_os_str()];
    args.extend(more.iter().map(OsStr::new));
    run(args)
}

#[test]
fn a_batch_has_an_index_with_failures_first_and_then_the_worst() {
    let dir = folder();
    let out = clean(&batch(dir.path()), dir.path(), &[]);
    assert_eq!(code(&out), 1);
    let index = text(dir.path().join("report/index.html"));
    let at = |what: &str| index.find(what).unwrap_or_else(|| panic!("{what} in {index}"));
    let order = [
        "bad.txt</th><td colspan=8><strong>Failed:",
        "<a href=\"pages/sub/doubtful.txt.html\">sub/doubtful.txt</a>",
        "<a href=\"pages/less%20%231%2050%25%3F.txt.html\">less #1 50%?.txt</a>",
        "<a href=\"pages/sure.txt.html\">sure.txt</a>",
    ]
    .map(at);
    assert!(order.is_sorted(), "{order:?}");
    let page = text(dir.path().join("report/pages/sub/doubtful.txt.html"));
    assert!(page.contains("<a href=\"../../index.html\">"));
    assert_eq!(text_of(&page, "prf"), text(dir.path().join("out/sub/doubtful.txt")));
    assert!(!dir.path().join("report/pages/bad.txt.html").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_utf_8_have_a_page_and_a_link_to_it() {
    use std::os::unix::ffi::OsStrExt;
    let dir = folder();
    let input = dir.path().join("in");
    fs::create_dir_all(&input).expect("made");
    fs::write(input.join(OsStr::from_bytes(b"a\xffb.txt")), "渠水\n").expect("written");
    assert_eq!(code(&clean(&input, dir.path(), &[])), 0);
    assert!(dir.path().join("report/pages").join(OsStr::from_bytes(b"a\xffb.txt.html")).exists());
    assert!(text(dir.path().join("report/index.html")).contains("href=\"pages/a%FFb.txt.html\""));
}

#[test]
fn resumed_files_stay_in_the_index_and_one_without_its_page_is_done_again() {
    let dir = folder();
    let input = batch(dir.path());
    clean(&input, dir.path(), &[]);
    let first = text(dir.path().join("report/index.html"));
    let again = clean(&input, dir.path(), &["--resume"]);
    assert!(said(&again).contains("0 cleaned, 3 done before"), "{}", said(&again));
    assert_eq!(text(dir.path().join("report/index.html")), first);
    fs::remove_file(dir.path().join("report/pages/sure.txt.html")).expect("removed");
    let again = clean(&input, dir.path(), &["--resume"]);
    assert!(said(&again).contains("1 cleaned, 2 done before"), "{}", said(&again));
    assert_eq!(text(dir.path().join("report/index.html")), first);
    // Pages of another threshold mark other places.
    let again = clean(&input, dir.path(), &["--resume", "--uncertain", "0.95"]);
    assert!(said(&again).contains("3 cleaned, 0 done before"), "{}", said(&again));
}

#[test]
fn wrong_usage_is_2_and_writes_nothing() {
    let dir = folder();
    let input = batch(dir.path());
    let page = write(dir.path(), "page.txt", "渠水\n");
    let (out, inside, below) = (dir.path().join("out"), input.join("report"), dir.path().join("out/report"));
    let text = |p: &Path| p.to_str().expect("UTF-8").to_string();
    let (i, o, p) = (text(&input), text(&out), text(&page));
    let cases: [Vec<String>; 10] = [
        vec![i.clone(), "-o".into(), o.clone(), "--report".into(), o.clone()],
        vec![i.clone(), "-o".into(), o.clone(), "--report".into(), text(&below)],
        vec![i.clone(), "-o".into(), o.clone(), "--report".into(), i.clone()],
        vec![i.clone(), "-o".into(), o.clone(), "--report".into(), text(&inside)],
        vec![i.clone(), "-o".into(), o.clone(), "--report".into(), p.clone()],
        vec![p.clone(), "--report".into(), p.clone()],
        vec![p.clone(), "--report".into(), i.clone()],
        vec![p.clone(), "-o".into(), text(&dir.path().join("x")), "--report".into(), text(&dir.path().join("x"))],
        vec![p.clone(), "--check".into(), "--report".into(), text(&dir.path().join("x"))],
        vec!["--jsonl".into(), "--field".into(), "t".into(), "--report".into(), text(&dir.path().join("x"))],
    ];
    for args in cases {
        let ran = run(&args);
        assert_eq!(code(&ran), 2, "{args:?}: {}", said(&ran));
        assert!(!out.exists() && !inside.exists() && !dir.path().join("x").exists(), "{args:?}");
    }
    assert_eq!(tool::text(page), "渠水\n");
}

#[test]
fn a_report_is_written_whole_or_not_at_all() {
    let dir = folder();
    let page = write(dir.path(), "r.html", "an older report");
    // Standard output that is full ends the run: the older report stays.
    let full = fs::File::options().write(true).open("/dev/full");
    if let Ok(full) = full {
        let mut tool = Command::new(TOOL);
        let args = [OsStr::new("../fixtures/mixed-front-page/raw.txt"), OsStr::new("--report"), page.as_os_str()];
        let out = tool.args(args).stdout(full).output().expect("runs");
        assert_eq!(code(&out), 1);
        assert_eq!(text(&page), "an older report");
    }
    let missing = dir.path().join("missing/r.html");
    let out = run([OsStr::new("../fixtures/mixed-front-page/raw.txt"), OsStr::new("--report"), missing.as_os_str()]);
    assert_eq!((code(&out), out.stdout.len()), (1, 0), "said before anything is cleaned: {}", said(&out));
    let left: Vec<_> = fs::read_dir(dir.path()).expect("read").flatten().map(|e| e.file_name()).collect();
    assert_eq!(left, ["r.html"], "no temporary file stays");
}
