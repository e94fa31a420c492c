//! Equal input gives equal bytes, whatever the number of threads.

mod tool;

use std::fs;
use std::path::Path;
use tool::{code, folder, run_in, said, write};

const RAW: &str = "渠水流过桥头镇，沿岸的稻\n田 渐 渐 泛 黄，农户忙着修整\n晒场。\n";

/// A folder of short files behind a long one, with files among them that fail or are not text.
fn archive(root: &Path) {
    write(root, "in/00.txt", RAW.repeat(4000));
    for n in 1..60 {
        write(root, &format!("in/{n:02}.txt"), RAW.repeat(n % 7 + 1));
    }
    write(root, "in/20.txt", b"\xFF\xFE\xFD\xE6\xB8\n\xFF");
    write(root, "in/30.pdf", "");
}

/// What a run with this number of threads writes: its files by name, and standard error.
fn written(root: &Path, jobs: usize) -> Vec<(String, String)> {
    let records = ["--ledger=l.jsonl", "--decisions=d.jsonl", "--summary=s.jsonl", "--report=report"];
    for name in ["out", "report"] {
        let _ = fs::remove_dir_all(root.join(name));
    }
    let out = run_in(root, ["in", "-o", "out", "-j", &jobs.to_string()].into_iter().chain(records), b"");
    assert_eq!(code(&out), 1, "one file is broken: {}", said(&out));
    let mut files = vec![("standard error".to_string(), said(&out))];
    for entry in walkdir::WalkDir::new(root).sort_by_file_name().into_iter().flatten() {
        if entry.file_type().is_file() && !entry.path().starts_with(root.join("in")) {
            let bytes = fs::read(entry.path()).expect("a file");
            files.push((entry.path().display().to_string(), String::from_utf8_lossy(&bytes).into_owned()));
        }
    }
    files
}

#[test]
fn every_output_of_a_folder_is_the_same_at_any_number_of_threads() {
    let dir = folder();
    archive(dir.path());
    let one = written(dir.path(), 1);
    assert!(one.len() > 120, "{} files", one.len());
    for jobs in [2, 8, 8] {
        for (one, other) in one.iter().zip(written(dir.path(), jobs)) {
            assert!(*one == other, "{} differs with {jobs} threads", one.0);
        }
    }
}

#[test]
fn uncertain_places_and_errors_come_in_the_order_of_the_files() {
    let dir = folder();
    archive(dir.path());
    let told = |jobs: &str| {
        let _ = fs::remove_dir_all(dir.path().join("out"));
        said(&run_in(dir.path(), ["in", "-o", "out", "--uncertain=1", "-j", jobs], b""))
    };
    let one = told("1");
    assert!(one.lines().count() > 100 && one.contains("20.txt"), "{one}");
    assert_eq!(told("8"), one);
}

/// A text of many pages: with and without form feeds, with windows, broken bytes, pages without text.
fn long_texts() -> Vec<(&'static str, Vec<u8>)> {
    let page = |n: usize| format!("新桥飞架第{n}渡\n{}\n第{n}版\n", RAW.repeat(n % 40 + 1));
    let fed = (0..300).map(|n| if n % 50 == 9 { " \n".into() } else { page(n) }).collect::<Vec<_>>().join("\u{c}");
    let long = (0..300).map(page).collect::<String>();
    let mut broken = fed.clone().into_bytes();
    broken[300_000] = 0xFF;
    let [gbk, long_gbk] = [&fed, &long].map(|text| encoding_rs::GBK.encode(text).0.into_owned());
    vec![
        ("fed", format!("\u{feff}{fed}\u{c}").into_bytes()),
        ("long", long.into_bytes()),
        ("broken", broken),
        ("gbk", gbk),
        ("long gbk", long_gbk),
    ]
}

#[test]
fn every_output_of_one_input_is_the_same_at_any_number_of_workers() {
    const ALL: &[&str] = &["--lossy", "--format=json", "--ledger=l.jsonl", "--report=r.html", "--uncertain=1"];
    let dir = folder();
    for (name, bytes) in long_texts() {
        assert!(bytes.len() > 300_000, "{name} has {} bytes", bytes.len());
        write(dir.path(), "page.txt", bytes);
        let args: &[&str] = match name {
            "fed" => ALL,
            "long" => &["--split=sentence"],
            "broken" => &[],
            _ => &["--lossy", "--uncertain=1"],
        };
        let made = |jobs: &str| {
            let out = run_in(dir.path(), ["page.txt", "-j", jobs].iter().chain(args), b"");
            let files = ["l.jsonl", "r.html"].map(|file| fs::read(dir.path().join(file)).unwrap_or_default());
            (code(&out), out.stdout.clone(), said(&out), files)
        };
        let one = made("1");
        assert!(one.1.len() > 150_000, "{name} {args:?}: {} bytes", one.1.len());
        assert!(made("3") == one, "{name} {args:?} with 3 workers");
    }
}

/// What a tool for OCR says of twelve pages of two columns, sorted by their tops.
fn layout() -> String {
    let page = |n: usize| {
        let line = |k: usize| {
            let text = [
                "渠水流过桥头镇，沿岸的稻",
                "农户忙着修整晒场，新米下",
                "田 渐 渐 泛 黄，今年雨水足，",
                "月就能上市。",
            ][(k + n) % 4];
            let (left, top) = (50 + 300 * (k % 2), 60 + 30 * (k / 2));
            let place = format!(r#"xMin="{left}" yMin="{top}" xMax="{}" yMax="{}""#, left + 240, top + 20);
            format!("<line {place}><word {place}>{text}</word></line>")
        };
        let lines: String = (0..4 + n % 5 * 2).map(line).collect();
        format!(
            r#"<page width="600" height="800"><flow><block>{}</block></flow></page>"#,
            if n == 6 { "" } else { &lines }
        )
    };
    format!("<html><body><doc>{}</doc></body></html>\n", (0..12).map(page).collect::<String>())
}

#[test]
fn the_pages_of_a_layout_are_the_same_at_any_number_of_workers() {
    let dir = folder();
    write(dir.path(), "page.html", layout());
    for args in [
        "",
        "--format=json --ledger=l.jsonl --report=r.html",
        "--join-across --ledger=l.jsonl",
        "--order=source",
        "--format=hocr",
    ] {
        let args: Vec<&str> = args.split_whitespace().collect();
        let made = |jobs: &str| {
            let out = run_in(dir.path(), ["page.html", "-j", jobs].iter().chain(&args), b"");
            assert_eq!(code(&out), 0, "{args:?}: {}", said(&out));
            let files = ["l.jsonl", "r.html"].map(|file| fs::read(dir.path().join(file)).unwrap_or_default());
            (out.stdout.clone(), said(&out), files)
        };
        let one = made("1");
        assert!(one.0.len() > 1000, "{args:?}: {} bytes", one.0.len());
        assert!(made("3") == one && made("8") == one, "{args:?}");
    }
}
