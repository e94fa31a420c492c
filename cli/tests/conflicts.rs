//! Options that exclude each other or have no effect, and files that would be overwritten, are errors before anything
//! is written.

mod tool;

use tool::{code, folder, printed, read, run_in, said, warned, write};

const RAW: &str = "渠 水 流 过 桥 头 镇。\r\n";
const CLEAN: &str = "渠水流过桥头镇。\n";

/// A folder with inputs of each kind.
fn place() -> tempfile::TempDir {
    let dir = folder();
    for name in ["page.txt", "in/a.txt", "in/b.txt"] {
        write(dir.path(), name, RAW);
    }
    write(dir.path(), "r.jsonl", "{\"t\":\"渠 水\"}\n");
    write(dir.path(), "qingyang.toml", "width = \"half\"\n");
    let made = run_in(dir.path(), ["page.txt", "--decisions", "list.jsonl", "-o", "/dev/null"], b"");
    assert_eq!(code(&made), 0, "{}", said(&made));
    dir
}

/// Everything in it.
fn all(dir: &tempfile::TempDir) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    let files = walkdir::WalkDir::new(dir.path()).sort_by_file_name().into_iter().flatten();
    let files = files.filter(|e| e.file_type().is_file()).map(|e| e.into_path());
    files.map(|p| (p.clone(), std::fs::read(p).expect("read"))).collect()
}

fn refused(cases: &[(&str, &str)]) {
    let dir = place();
    let before = all(&dir);
    for (line, why) in cases {
        let out = run_in(dir.path(), line.split(' '), RAW.as_bytes());
        assert_eq!(code(&out), 2, "{line}: {}", said(&out));
        assert!(said(&out).contains(why), "{line}: {}", said(&out));
        assert_eq!((printed(&out).as_str(), all(&dir) == before), ("", true), "{line}");
    }
}

#[test]
fn an_output_never_overwrites_an_input_or_another_output() {
    refused(&[
        ("page.txt -o page.txt", "is an input: use --in-place"),
        ("page.txt -o ./in/../page.txt", "is an input"),
        ("page.txt --ledger page.txt", "--ledger page.txt is an input"),
        ("page.txt --decisions page.txt", "--decisions page.txt is an input"),
        ("page.txt --report page.txt", "--report page.txt is an input"),
        ("in -o out --summary in/a.txt", "would be one of the inputs in in"),
        ("in -o out --ledger in/new.txt", "would be one of the inputs in in"),
        ("--check in --ledger in/a.txt", "would be one of the inputs in in"),
        ("page.txt -o x --ledger x", "-o and --ledger would both be written to x"),
        ("page.txt --ledger x --decisions x", "--ledger and --decisions would both be written to x"),
        ("page.txt --report x --ledger ./x", "--report and --ledger would both be written to ./x"),
        ("in -o out --ledger x --summary x", "--ledger and --summary would both be written to x"),
        ("page.txt --apply list.jsonl --ledger list.jsonl", "--ledger list.jsonl is read as --apply"),
        ("page.txt --config qingyang.toml -o qingyang.toml", "-o qingyang.toml is read as --config"),
        ("--jsonl --field t r.jsonl -o r.jsonl", "-o r.jsonl is an input: choose another name"),
        ("page.txt --ledger in", "--ledger in is a folder"),
        ("in -o out --summary in", "--summary in is"),
        ("page.txt --ledger -", "--ledger needs the name of a file"),
    ]);
}

#[test]
fn options_without_an_effect_are_errors() {
    refused(&[
        ("page.txt --summary s", "--summary is for folders"),
        ("page.txt --suffix -clean", "--suffix is for folders"),
        ("page.txt --exclude page*", "--exclude is for folders"),
        ("page.txt --include *.md", "--include is for folders"),
        ("page.txt --resume -o x", "--resume is for folders"),
        ("--check in --summary s", "--summary is for folders"),
        ("in --check --in-place", "--in-place writes"),
        ("in -o out --backup .orig", "--backup has an effect only with --in-place"),
        ("in --in-place --suffix -clean", "--suffix names new files"),
        ("in - -o out", "'-' has no name"),
        ("in -o -", "a folder needs -o OUT_DIR"),
        ("--jsonl --field t r.jsonl --in-place", "--in-place is for pages"),
        ("--jsonl --field t r.jsonl --check", "--check is for pages"),
        ("--jsonl --field t r.jsonl --diff", "--diff is for pages"),
        ("--jsonl --field t r.jsonl --explain", "--explain is for pages"),
        ("--jsonl --field t r.jsonl --uncertain", "--uncertain is for pages"),
        ("--jsonl --field t r.jsonl --encoding gbk", "the texts of records are UTF-8"),
        ("--jsonl --field t r.jsonl --lossy", "the texts of records are UTF-8"),
        ("--jsonl --field t r.jsonl --summary s", "--summary is for folders"),
        ("--jsonl --field t in", "-o"),
        (
            "page.txt --issue --decisions new.jsonl",
            "--decisions works on single pages: remove --issue and --follow-jumps",
        ),
        (
            "page.txt --follow-jumps --apply list.jsonl",
            "--apply works on single pages: remove --issue and --follow-jumps",
        ),
        ("in -o out.csv", "-o out.csv names a file, but a folder needs an output folder"),
        ("page.txt --skip layout", "layout is always on"),
        ("in -o out --include [", "unclosed character class"),
        ("--uncertain=page.txt", "as in --uncertain=0.9"),
        ("page.txt --apply missing.jsonl", "cannot read"),
        ("--files-from missing", "cannot read"),
        ("--files-from - -", "standard input is the list"),
    ]);
}

#[test]
fn a_suffix_leaves_the_file_in_its_folder() {
    refused(&[
        ("in -o out --suffix /../../gone", "--suffix is part of a file name"),
        ("in --in-place --backup ../gone/", "--backup is added to a file name"),
        ("in --in-place --backup=", "--backup is added to a file name"),
        ("in --in-place --backup .txt", "gives the originals names of inputs"),
        ("in --in-place --backup .gz", "gives the originals names of inputs"),
    ]);
}

#[test]
fn a_dash_is_standard_output_and_a_slash_makes_a_folder() {
    let dir = place();
    let out = run_in(dir.path(), ["page.txt", "-o", "-"], b"");
    assert_eq!((code(&out), printed(&out).as_str()), (0, CLEAN), "{}", said(&out));
    assert!(!dir.path().join("-").exists());
    let out = run_in(dir.path(), ["page.txt", "-o", "new/"], b"");
    assert_eq!((code(&out), read(dir.path(), "new/page.txt").as_str()), (0, CLEAN), "{}", said(&out));
    let out = run_in(dir.path(), ["-o", "other/"], RAW.as_bytes());
    assert_eq!(code(&out), 2, "standard input has no name there: {}", said(&out));
}

#[test]
fn a_device_may_be_output_and_ledger_at_once() {
    let dir = place();
    let out = run_in(dir.path(), ["page.txt", "-o", "/dev/null", "--ledger", "/dev/null"], b"");
    assert_eq!(code(&out), 0, "{}", said(&out));
}

#[test]
fn a_list_of_names_holds_any_name() {
    let dir = place();
    let names: &[&[u8]] = &[b"page.txt", "空 格.txt".as_bytes(), b"line\nfeed.txt", b"\xff\xfe.txt"];
    for &name in &names[1..] {
        use std::os::unix::ffi::OsStrExt;
        std::fs::write(dir.path().join(std::ffi::OsStr::from_bytes(name)), RAW).expect("written");
    }
    let by_nul = run_in(dir.path(), ["--files-from", "-"], &names.join(&0));
    assert_eq!((code(&by_nul), printed(&by_nul)), (0, CLEAN.repeat(4)), "{}", said(&by_nul));
    let lines = [names[0], names[3], b"", names[1]].join(&b'\n');
    let by_line = run_in(dir.path(), ["--files-from", "-"], &lines);
    assert_eq!((code(&by_line), printed(&by_line)), (0, CLEAN.repeat(3)), "{}", said(&by_line));
}

#[test]
fn an_empty_list_of_names_does_not_read_standard_input() {
    let dir = place();
    write(dir.path(), "none", "\n\n");
    let out = run_in(dir.path(), ["--files-from", "none"], RAW.as_bytes());
    assert_eq!((code(&out), printed(&out).as_str()), (0, ""));
    assert!(said(&out).contains("names no file"), "{}", said(&out));
    let out = run_in(dir.path(), ["--files-from", "none", "--quiet"], RAW.as_bytes());
    assert_eq!((code(&out), warned(&out).as_str()), (0, ""));
}
