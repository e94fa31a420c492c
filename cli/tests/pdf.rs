//! The text layer of PDFs (feature `pdf`): encodings, ways of setting type, what cannot be read. `pdfs/make.py` writes the files.
#![cfg(feature = "pdf")]

mod tool;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tool::{code, feed, folder, printed, read, records, run, said, text, tool, write};

/// The page that most of the files have.
const PAGE: &str = "桥头镇引水渠昨日通水\n\
    渠水流过桥头镇，沿岸的稻田渐渐泛黄。老闸工赵守渠说，今年的水比往年早到十二天，足够浇完下游的三千亩晚稻。\n\
    镇水务站在渠首装了新的量水尺，每天早晚各记一次，数字写在闸房门口的黑板上，谁家几时放水，一看便知。\n";

fn pdf(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pdfs").join(name).with_extension("pdf")
}

fn cleaned(name: &str) -> String {
    let out = run([pdf(name)], b"");
    assert_eq!(code(&out), 0, "{name}: {}", said(&out));
    printed(&out)
}

#[test]
fn a_page_is_read_whatever_its_codes_are_and_however_it_is_set() {
    let files = [
        "unigb-ucs2-h",
        "unigb-utf16-h",
        "gbk-euc-h",
        "gbkp-euc-h",
        "gbk2k-h",
        "gb-euc-h",
        "to-unicode",
        "hidden",
        "turned",
        "form",
        "painted-twice",
    ];
    for name in files {
        let out = run([pdf(name)], b"");
        assert_eq!((code(&out), said(&out).as_str(), printed(&out).as_str()), (0, "", PAGE), "{name}");
    }
    assert_eq!(cleaned("eten-b5-h"), "渠水流過橋頭鎮，沿岸的稻田漸漸泛黃。\n");
    assert_eq!(cleaned("no-password"), "Quan shi\n");
}

#[test]
fn a_pdf_comes_from_a_pipe_from_a_packed_file_and_by_force() {
    let bytes = fs::read(pdf("gbk-euc-h")).expect("a file");
    assert_eq!(printed(&run::<&str>([], &bytes)), PAGE);
    assert_eq!(printed(&run(["--from", "pdf"], &[b"junk\n", &bytes[..]].concat())), PAGE);
    let out = run(["--from", "pdf"], "渠水流过桥头镇。\n".as_bytes());
    assert_eq!(code(&out), 1);
    assert!(said(&out).contains("not a PDF"), "{}", said(&out));
    let out = run(["--from", "text"], &bytes);
    assert!(printed(&out).contains("%PDF-1.6"), "{}", said(&out));
}

#[test]
fn a_folder_takes_pdfs_and_writes_texts() {
    let files = folder();
    let input = files.path().join("in");
    write(&input, "a/page.pdf", fs::read(pdf("hidden")).expect("a file"));
    write(&input, "b.PDF", fs::read(pdf("two-pages")).expect("a file"));
    write(&input, "c.txt", "渠水流过桥头镇。\n");
    write(&input, "d.pdf", "no PDF\n");
    let output = files.path().join("out");
    let out = run([input.as_os_str(), "-o".as_ref(), output.as_os_str()], b"");
    assert_eq!(code(&out), 0, "{}", said(&out));
    assert_eq!(read(&output, "a/page.txt"), PAGE);
    assert_eq!(read(&output, "b.txt"), format!("{PAGE}\u{c}第二版只有这一行字。\n"));
    assert!(!output.join("d.txt").exists());
    // A second run has nothing to do.
    let out = run([input.as_os_str(), "-o".as_ref(), output.as_os_str(), "--resume".as_ref()], b"");
    assert_eq!(code(&out), 0, "{}", said(&out));
}

#[test]
fn type_that_is_set_downwards_is_read_from_right_to_left() {
    let read =
        "渠水流过桥头镇，沿岸的稻田渐渐泛黄。老闸工赵守渠说，今年的水比往年早到十二天，足够浇完下游的三千亩晚稻。\n";
    assert_eq!(cleaned("downwards"), read);
    assert_eq!(cleaned("stacked"), "引水渠通水\n");
}

#[test]
fn type_that_is_painted_twice_is_removed_by_an_entry_of_the_ledger() {
    let files = folder();
    let ledger = files.path().join("ledger.jsonl");
    assert_eq!(cleaned("glyphs-painted-twice"), "渠首新装量水尺\n");
    let out = run(["--ledger".as_ref(), ledger.as_os_str(), pdf("painted-twice").as_os_str()], b"");
    assert_eq!(code(&out), 0, "{}", said(&out));
    let removed = |entry: &serde_json::Value| {
        entry["rule"] == "doubled" && entry["before"].as_str().is_some_and(|text| text.contains("桥头镇引水渠昨日通水"))
    };
    let entries = records(&text(&ledger));
    assert!(entries.iter().any(removed), "{}", text(&ledger));
}

/// The characters of a text that are printed, with how often they are.
fn characters(text: &str) -> BTreeMap<char, i64> {
    let mut counts = BTreeMap::new();
    text.chars().filter(|c| !c.is_whitespace()).for_each(|c| *counts.entry(c).or_default() += 1);
    counts
}

#[test]
fn each_character_of_the_text_layer_is_in_the_output_or_in_the_ledger() {
    let files = folder();
    let unknown = "\u{FFFD}".repeat(111);
    let twice = format!("{PAGE}桥头镇引水渠昨日通水");
    let more = format!("{PAGE}第二版只有这一行字。");
    for (name, painted) in [
        ("gbk-euc-h", PAGE),
        ("hidden", PAGE),
        ("turned", PAGE),
        ("painted-twice", &twice),
        ("glyphs-painted-twice", "渠首新装量水尺渠首新装量水尺"),
        ("no-unicode", &unknown),
        ("two-pages", &more),
    ] {
        let ledger = files.path().join(format!("{name}.jsonl"));
        let out = run(["--ledger".as_ref(), ledger.as_os_str(), pdf(name).as_os_str()], b"");
        assert_eq!(code(&out), 0, "{name}: {}", said(&out));
        let mut counts = characters(&printed(&out));
        let entries = records(&text(&ledger));
        for entry in &entries {
            let of = |key: &str| characters(entry[key].as_str().unwrap_or_default());
            of("before").into_iter().for_each(|(c, n)| *counts.entry(c).or_default() += n);
            of("after").into_iter().for_each(|(c, n)| *counts.entry(c).or_default() -= n);
        }
        counts.retain(|_, n| *n != 0);
        let source = entries[0]["text"].as_str().expect("the text in the order of the file");
        assert_eq!(counts, characters(source), "{name}");
        assert_eq!(counts, characters(painted), "{name}");
    }
}

#[test]
fn a_list_of_decisions_and_other_views_work_on_a_pdf() {
    let files = folder();
    let (file, list) = (pdf("gbk-euc-h"), files.path().join("list.jsonl"));
    let out = run(["--decisions".as_ref(), list.as_os_str(), "--uncertain=1".as_ref(), file.as_os_str()], b"");
    assert_eq!(code(&out), 0, "{}", said(&out));
    fs::write(&list, text(&list).replace("\"keep\":false", "\"keep\":true")).expect("written");
    let out = run(["--apply".as_ref(), list.as_os_str(), file.as_os_str()], b"");
    assert_eq!(code(&out), 0, "{}", said(&out));
    assert_eq!(printed(&out).lines().count(), 9, "{}", printed(&out));
    let out = run(["--apply".as_ref(), list.as_os_str(), pdf("form").as_os_str()], b"");
    assert_ne!(code(&out), 0, "the list is that of another file");
    assert_eq!(code(&run(["--check".as_ref(), file.as_os_str()], b"")), 1);
    let out = run(["--diff".as_ref(), file.as_os_str()], b"");
    assert!(code(&out) == 0 && printed(&out).contains("稻田"), "{}", said(&out));
    let out = run(["--format".as_ref(), "json".as_ref(), file.as_os_str()], b"");
    let document: serde_json::Value = serde_json::from_str(&printed(&out)).expect("JSON");
    let text = document.to_string();
    assert!(text.contains("\"size\":20.0") && text.contains("headline"), "{text}");
    for option in ["--in-place", "--issue"] {
        assert_eq!(code(&run([option.as_ref(), file.as_os_str()], b"")), 1, "{option}");
    }
}

#[test]
fn what_the_fonts_do_not_name_and_pages_without_text_are_told() {
    let out = run([pdf("no-unicode")], b"");
    assert_eq!(code(&out), 0);
    assert!(printed(&out).contains('\u{FFFD}'));
    assert!(said(&out).contains("do not say which characters 111 of 111 are"), "{}", said(&out));
    assert!(said(&out).contains("OCR"), "{}", said(&out));
    let out = run([pdf("first-page-a-scan")], b"");
    assert_eq!((code(&out), printed(&out)), (0, format!("\u{c}{PAGE}")));
    assert!(said(&out).contains("1 of 2 pages have no text layer"), "{}", said(&out));
    let mut chinese = tool([pdf("no-unicode")]);
    chinese.env("LC_ALL", "zh_CN.UTF-8");
    assert!(said(&feed(chinese, b"")).contains("没有说明是什么字"));
}

#[test]
fn a_pdf_that_cannot_be_read_is_named_with_what_to_do() {
    let files = folder();
    let cut = write(files.path(), "cut.pdf", &fs::read(pdf("hidden")).expect("a file")[..40]);
    let empty = write(files.path(), "empty.pdf", "%PDF-1.7\n%%EOF\n");
    for (file, words) in [
        (pdf("scan"), "no text layer (2 pages)"),
        (pdf("password"), "wants a password"),
        (pdf("a-crowd-of-forms"), "page 1 has more drawing commands than the reader accepts"),
        (cut, "not a PDF, or a damaged one"),
        (empty, "not a PDF, or a damaged one"),
    ] {
        let out = run([&file], b"");
        assert_eq!((code(&out), printed(&out).as_str()), (1, ""), "{words}");
        let name = file.file_name().expect("a name").to_string_lossy();
        assert!(said(&out).contains(words) && said(&out).contains(&*name), "{}", said(&out));
        assert!(!said(&out).contains("panic"), "{}", said(&out));
    }
}

#[test]
fn a_pdf_that_is_cut_off_or_damaged_anywhere_ends_in_text_or_in_an_error() {
    let files = folder();
    let input = files.path().join("in");
    let whole = fs::read(pdf("to-unicode")).expect("a file");
    for n in (0..whole.len()).step_by(37) {
        write(&input, &format!("cut-{n}.pdf"), &whole[..n]);
        let mut damaged = whole.clone();
        damaged[n] = damaged[n].wrapping_add(1 + n as u8 % 7);
        write(&input, &format!("damaged-{n}.pdf"), damaged);
    }
    let output = files.path().join("out");
    let out = run([input.as_os_str(), "-o".as_ref(), output.as_os_str()], b"");
    assert!(code(&out) < 2, "{}", said(&out));
    assert!(!said(&out).contains("panicked"), "{}", said(&out));
}
