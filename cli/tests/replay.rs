//! The ledger that the tool writes, replayed over whole files and taken back: by `examples/replay.py`, which knows nothing
//! but docs/format.md, and by the library. In four encodings, with byte order marks, packed, several inputs in one run.

mod tool;

use flate2::{Compression, write::GzEncoder};
use qingyang::decode::decode;
use qingyang::{Ledger, Options, Stream};
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use tool::{code, decoded, fixtures, folder, read, records, run, run_in, said, write};

const REPLAYER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/replay.py");

/// What the replayer prints; `None` on a machine without Python.
fn replayer<S: AsRef<OsStr>>(folder: &Path, args: impl IntoIterator<Item = S>) -> Option<Vec<u8>> {
    let out = match Command::new("python3").arg(REPLAYER).args(args).current_dir(folder).output() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return None,
        out => out.expect("Python starts"),
    };
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    Some(out.stdout)
}

/// Fixtures of every kind of damage, one in five.
fn texts() -> Vec<(String, String)> {
    let chosen = fixtures().into_iter().step_by(5);
    chosen.map(|(name, page)| (name, decoded(&page))).chain([("blank".into(), "a\x0c\x0c 渠 水\x0c".into())]).collect()
}

/// A text in four encodings, each with the suffix of its file name.
fn encoded(text: &str) -> [(&'static str, Vec<u8>); 4] {
    let utf16 = std::iter::once(0xFEFF).chain(text.encode_utf16());
    [
        ("utf8", text.as_bytes().to_vec()),
        ("marked", ["\u{FEFF}", text].concat().into_bytes()),
        ("utf16", utf16.flat_map(u16::to_le_bytes).collect()),
        ("gb18030", encoding_rs::GB18030.encode(text).0.into_owned()),
    ]
}

/// Replays the ledger of an input both ways. `raw` holds its bytes, unpacked.
fn both_ways(folder: &Path, ledger: &str, input: &str, clean: &str, raw: &[u8]) {
    let Some(forth) = replayer(folder, [ledger, input]) else {
        println!("skipped: no python3");
        return;
    };
    assert!(forth == fs::read(folder.join(clean)).expect("the clean text"), "{input}: forth");
    let back = replayer(folder, ["--undo", ledger, clean, input]).expect("it ran before");
    assert!(back == raw, "{input}: back");
}

#[test]
fn the_ledger_of_a_folder_replays_both_ways_in_four_encodings() {
    let dir = folder();
    let mut inputs: Vec<(String, Vec<u8>)> = Vec::new();
    for (name, text) in texts() {
        for (suffix, raw) in encoded(&text) {
            let input = format!("in/{name}-{suffix}.txt");
            write(dir.path(), &input, &raw);
            inputs.push((input, raw));
        }
    }
    let out = run_in(dir.path(), ["in", "-o", "out", "--ledger", "l.jsonl"], b"");
    assert_eq!(code(&out), 0, "{}", said(&out));
    let heads = records(&read(dir.path(), "l.jsonl")).into_iter().filter(|r| r.get("schema").is_some()).count();
    assert_eq!(heads, inputs.len(), "one head for each input");
    for (input, raw) in &inputs {
        both_ways(dir.path(), "l.jsonl", input, &input.replacen("in/", "out/", 1), raw);
    }
}

#[test]
fn the_ledger_of_packed_lossy_and_joined_inputs_replays_both_ways() {
    let dir = folder();
    let raw = "\u{FEFF}渠 水 流 过 桥 头\n镇。\n".as_bytes().to_vec();
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(&raw).expect("packed");
    write(dir.path(), "packed.txt.gz", packed.finish().expect("packed"));
    let malformed =
        [b"\xFF".as_slice(), "渠 ".as_bytes(), b"\xE6\xB8", "渠渠水水桥桥头头镇镇\n".as_bytes(), b"\xF0\x9F"].concat();
    write(dir.path(), "malformed.txt", &malformed);
    for (input, raw, args) in
        [("packed.txt.gz", &raw, &[][..]), ("malformed.txt", &malformed, &["--lossy", "--encoding=utf-8"])]
    {
        let own = [input, "-o", "clean.txt", "--ledger", "l.jsonl"];
        let out = run_in(dir.path(), own.iter().chain(args), b"");
        assert_eq!(code(&out), 0, "{}", said(&out));
        both_ways(dir.path(), "l.jsonl", input, "clean.txt", raw);
    }
    // A text that moves from one input of an issue to another is a removal in one ledger and an insertion in the other.
    let pages = [
        ("1.txt", "守渠人\n渠水流过桥头镇，沿岸的稻田渐渐泛黄。\n（下转第2版）\n"),
        ("2.txt", "\u{FEFF}守渠人的三十年\n（上接第1版）\n他把渠守了三十年。\n"),
    ];
    pages.iter().for_each(|(name, text)| drop(write(dir.path(), &format!("issue/{name}"), text)));
    let out = run_in(dir.path(), ["issue", "-o", "out", "--follow-jumps", "--ledger", "l.jsonl"], b"");
    assert_eq!(code(&out), 0, "{}", said(&out));
    assert!(read(dir.path(), "out/1.txt").contains("三十年。"));
    for (name, text) in pages {
        both_ways(dir.path(), "l.jsonl", &format!("issue/{name}"), &format!("out/{name}"), text.as_bytes());
    }
}

#[test]
fn a_patch_made_of_a_diff_fits_a_file_with_a_byte_order_mark() {
    let dir = folder();
    write(dir.path(), "a.txt", "\u{FEFF}渠 水 流 过\n");
    let diff = run_in(dir.path(), ["--diff", "a.txt"], b"");
    assert!(tool::printed(&diff).contains("-\u{FEFF}渠 水 流 过\n+渠水流过\n"), "{}", tool::printed(&diff));
}

#[test]
fn the_head_of_an_input_tells_how_it_was_cleaned() {
    let dir = folder();
    write(dir.path(), "a.txt", "渠水。\n");
    write(dir.path(), "b.txt", "");
    let out = run_in(dir.path(), ["a.txt", "b.txt", "--width=keep", "--ledger", "l.jsonl"], b"");
    assert_eq!(code(&out), 0, "{}", said(&out));
    let heads = records(&read(dir.path(), "l.jsonl"));
    assert_eq!(heads.iter().map(|h| h["input"].as_str()).collect::<Vec<_>>(), [Some("a.txt"), Some("b.txt")]);
    for head in heads {
        assert_eq!(head["schema"], qingyang::render::json::SCHEMA);
        assert_eq!(head["generator"], qingyang::render::json::GENERATOR);
        assert_eq!(head["encoding"], "UTF-8");
        let options: Options = serde_json::from_value(head["options"].clone()).expect("options of the library");
        assert_eq!(options.width, qingyang::options::Width::Keep);
    }
}

#[test]
fn an_entry_says_that_a_person_decided_it() {
    let dir = folder();
    let page = "渠水流过桥头镇，沿岸的稻\n田渐渐泛黄，农户忙着修整\n晒场。\n";
    write(dir.path(), "a.txt", page);
    let make = |args: &[&str]| {
        let out = run_in(dir.path(), args, b"");
        assert_eq!(code(&out), 0, "{}", said(&out));
    };
    make(&["a.txt", "--decisions", "d.jsonl", "--uncertain", "1", "-o", "clean.txt"]);
    // Both breaks are in the list; the first is marked as seen.
    let list = read(dir.path(), "d.jsonl");
    assert_eq!(list.matches("\"seen\":false").count(), 2, "{list}");
    write(dir.path(), "d.jsonl", list.replacen("\"seen\":false", "\"seen\":true", 1));
    make(&["a.txt", "--apply", "d.jsonl", "--ledger", "l.jsonl", "-o", "clean.txt"]);
    let entries = records(&read(dir.path(), "l.jsonl"));
    let decided: Vec<bool> = entries[1..].iter().map(|e| e["decided"] == true).collect();
    assert_eq!(decided, [true, false]);
}

/// The paths of the fixtures as the tests of the library have them.
fn stream(raw: &[u8], lossy: bool) -> (String, Ledger, qingyang::Encoding) {
    let mut stream = Stream::new(Options::default().with_ledger(true), None, lossy);
    let (mut clean, mut ledger) = (String::new(), Ledger::new());
    let mut sink = |proof: qingyang::Proof| {
        clean.push_str(&proof.text);
        ledger.extend(proof.ledger.unwrap_or_default());
    };
    raw.chunks(7).for_each(|piece| stream.push(piece, &mut sink).expect("decodes"));
    stream.finish(&mut sink).expect("decodes");
    (clean, ledger, stream.encoding().expect("known"))
}

#[test]
fn the_library_replays_the_bytes_of_a_file_both_ways() {
    let pages: Vec<PathBuf> = fixtures().into_iter().map(|(_, page)| page).collect();
    let raw = pages.iter().map(|page| fs::read(page).expect("raw.txt"));
    let encoded = texts().into_iter().flat_map(|(_, text)| encoded(&text)).map(|(_, raw)| raw);
    let malformed =
        [b"\xFF".as_slice(), "渠 \u{fffd}".as_bytes(), b"\xE6\xB8", "水\n".as_bytes(), b"\xF0\x9F"].concat();
    for raw in raw.chain(encoded).chain([malformed, b"\xEF\xBB\xBF".to_vec(), Vec::new()]) {
        let (clean, ledger, encoding) = stream(&raw, decode(&raw, None, false).is_err());
        assert_eq!(ledger.replay_bytes(&raw, encoding).as_deref(), Ok(&*clean));
        let back = ledger.undo_bytes(&clean, encoding).unwrap_or_else(|e| panic!("{encoding}: {e}: {clean}"));
        assert!(back == raw, "{encoding}: {clean}");
        if let Some(first) = ledger.first().filter(|_| raw.len() > 40) {
            // The bytes of another file.
            let mut other = raw.clone();
            other.drain(first.start as usize..first.start as usize + 1);
            assert!(ledger.replay_bytes(&other, encoding).as_deref() != Ok(&*clean));
        }
    }
}

#[test]
fn no_edits_and_equal_bytes_are_one_thing_to_the_tool() {
    let dir = folder();
    for (name, text) in texts() {
        for (suffix, raw) in encoded(&text) {
            let path = write(dir.path(), &format!("{name}-{suffix}.txt"), &raw);
            let ledger = dir.path().join("l.jsonl");
            let out = run([path.as_os_str(), OsStr::new("--ledger"), ledger.as_os_str()], b"");
            assert_eq!(code(&out), 0, "{}", said(&out));
            let edits = records(&read(dir.path(), "l.jsonl")).len() - 1;
            // Another encoding is no edit.
            let same = decode(&raw, None, false).expect("decodes").text.as_bytes() == out.stdout && suffix != "marked";
            assert!(
                (edits == 0) == (same && suffix != "utf16") || suffix == "utf16" && edits > 0,
                "{name}-{suffix}: {edits}"
            );
        }
    }
}
