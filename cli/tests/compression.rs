//! Packed files that are made to do harm, and packed outputs: little memory, one frame, and a fault of one file is a
//! fault of that file.

mod tool;

use std::ffi::OsStr;
use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tool::{ENGLISH, TOOL, code, folder, printed, read, run_in, said, warned, write};

const CLEAN: &str = "渠水流过桥头镇。\n";

/// Kilobytes of addresses: some ten thousand more than the tool takes with two workers, and some ten thousand fewer than with
/// 24 MiB in memory.
#[cfg(target_os = "linux")]
const LITTLE: u32 = 56_000;

/// Runs the tool in a folder, with so many kilobytes of addresses.
fn within<S: AsRef<OsStr>>(kilobytes: u32, folder: &Path, args: impl IntoIterator<Item = S>) -> Output {
    let script = format!("ulimit -v {kilobytes} || exit 99; exec \"$@\"");
    let mut shell = Command::new("sh");
    shell.envs(ENGLISH);
    shell.args(["-c", &script, "sh", TOOL]).args(args).current_dir(folder).stdin(Stdio::null());
    let out = shell.output().expect("a shell");
    assert_ne!(out.status.code(), Some(99), "the limit could not be set: {}", said(&out));
    out
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(bytes).expect("packed");
    out.finish().expect("packed")
}

/// A zstd frame with a window of `1 << (10 + exponent)` bytes that holds a text.
fn frame(exponent: u8, text: &[u8]) -> Vec<u8> {
    let header = u32::try_from(text.len()).expect("small") << 3 | 1; // the last block, as it is
    [&[0x28, 0xB5, 0x2F, 0xFD, 0, exponent << 3], &header.to_le_bytes()[..3], text].concat()
}

/// A zstd frame of four bytes for each 128 KiB of spaces that it unpacks to.
fn bomb(mebibytes: usize) -> Vec<u8> {
    let block = |last: u32| [&((128 << 10) << 3 | 1 << 1 | last).to_le_bytes()[..3], b" "].concat();
    let head = [0x28, 0xB5, 0x2F, 0xFD, 0, 10 << 3].to_vec();
    [head, block(0).repeat(mebibytes * 8 - 1), block(1)].concat()
}

#[cfg(target_os = "linux")]
#[test]
fn packed_output_takes_no_more_memory_for_a_large_text() {
    let dir = folder();
    let line = format!("{{\"t\":\"渠水。\",\"x\":\"{}\"}}\n", CLEAN.trim_end().repeat(40));
    let all = line.repeat((24 << 20) / line.len());
    write(dir.path(), "in.jsonl", &all);
    let out = within(LITTLE, dir.path(), ["-q", "-j2", "--jsonl", "--field=t", "in.jsonl", "-o", "out.zst"]);
    assert_eq!((code(&out), warned(&out).as_str()), (0, ""));
    // One frame: many readers stop after the first.
    let packed = fs::File::open(dir.path().join("out.zst")).expect("there");
    let mut unpacked = String::new();
    let mut frame = ruzstd::decoding::StreamingDecoder::new(packed).expect("a frame");
    frame.read_to_string(&mut unpacked).expect("UTF-8");
    assert!(unpacked == all, "{} of {} bytes", unpacked.len(), all.len());
}

/// The clean text of a page of spaces is empty, so nothing of it need be kept.
#[cfg(target_os = "linux")]
#[test]
fn modes_that_go_page_by_page_keep_nothing_of_a_bomb() {
    let dir = folder();
    write(dir.path(), "bomb.txt.zst", bomb(24));
    for (args, status) in [(["--check", "bomb.txt.zst", "--no-config"], 1), (["-j2", "bomb.txt.zst", "-oout.txt"], 0)] {
        let out = within(LITTLE, dir.path(), args);
        assert_eq!((code(&out), said(&out).as_str()), (status, ""), "{args:?}");
    }
}

#[test]
fn a_window_above_128_mib_is_an_error_of_its_file_and_names_the_byte() {
    let dir = folder();
    let text = CLEAN.as_bytes();
    write(dir.path(), "in/a.txt.zst", frame(17, text));
    write(dir.path(), "in/b.txt.zst", [frame(10, text), frame(18, text)].concat());
    write(dir.path(), "in/c.txt.zst", frame(31, &text.repeat(2_000)));
    write(dir.path(), "in/d.txt", CLEAN);
    let out = run_in(dir.path(), ["in", "-o", "out", "-j1"], b"");
    assert_eq!(code(&out), 1);
    for (name, byte, window) in [("b", frame(10, text).len(), "256"), ("c", 0, "2097152")] {
        let words = format!("{name}.txt.zst: cannot read: byte {byte}: the zstd frame needs a window of {window} MiB");
        assert!(said(&out).contains(&words), "{words}: {}", said(&out));
    }
    assert!(said(&out).contains("2 cleaned, 0 done before, 0 not text, 2 failed"), "{}", said(&out));
    assert_eq!(read(dir.path(), "out/d.txt"), CLEAN);
    assert!(dir.path().join("out/a.txt.zst").exists(), "128 MiB is allowed");
    assert!(!dir.path().join("out/b.txt.zst").exists());
}

/// The decoder panics where it gets no memory for a window: the one panic that a test can cause.
#[cfg(target_os = "linux")]
#[test]
fn a_panic_in_one_file_is_a_failure_of_that_file() {
    let dir = folder();
    write(dir.path(), "in/a.txt", CLEAN);
    // The memory for a window is asked for at once from the second frame on.
    write(dir.path(), "in/b.txt.zst", [frame(10, b""), frame(17, CLEAN.as_bytes())].concat());
    write(dir.path(), "in/c.txt", CLEAN);
    let out = within(100_000, dir.path(), ["in", "-o", "out", "-j1", "--summary", "summary"]);
    assert_eq!(code(&out), 1, "{}", said(&out));
    let line = said(&out).lines().next().unwrap_or_default().to_string();
    assert!(
        line.starts_with("qingyang: in/b.txt.zst: not cleaned, because of a defect of the tool ("),
        "{}",
        said(&out)
    );
    assert!(said(&out).contains("2 cleaned, 0 done before, 0 not text, 1 failed"), "{}", said(&out));
    assert_eq!((read(dir.path(), "out/a.txt").as_str(), read(dir.path(), "out/c.txt").as_str()), (CLEAN, CLEAN));
    let failed = tool::records(&read(dir.path(), "summary")).into_iter().find(|r| r["status"] == "failed");
    assert!(failed.is_some_and(|r| r["error"].as_str().is_some_and(|e| e.contains("defect"))));
    // The other modes go on as well.
    let out = within(100_000, dir.path(), ["--check", "in/b.txt.zst", "in/a.txt"]);
    assert_eq!((code(&out), said(&out).contains("defect")), (1, true), "{}", said(&out));
    let out = within(100_000, dir.path(), ["in/b.txt.zst", "in/a.txt"]);
    assert_eq!((code(&out), printed(&out).as_str()), (1, CLEAN), "{}", said(&out));
}

#[test]
fn a_mode_that_holds_the_text_refuses_a_packed_file_that_unpacks_to_more_than_256_mib() {
    let dir = folder();
    write(dir.path(), "bomb.txt.zst", bomb(257));
    write(dir.path(), "a.txt", CLEAN);
    let out = run_in(dir.path(), ["a.txt", "--decisions", "list"], b"");
    assert_eq!(code(&out), 0, "{}", said(&out));
    for (args, rest) in [(&["--issue"][..], CLEAN), (&["--apply", "list"], CLEAN)] {
        let out = run_in(dir.path(), [args, &["bomb.txt.zst", "a.txt"]].concat(), b"");
        assert_eq!((code(&out), printed(&out).as_str()), (1, rest), "{args:?}: {}", said(&out));
        assert!(
            said(&out).starts_with("qingyang: bomb.txt.zst: cannot read: unpacks to more than 256 MiB"),
            "{args:?}"
        );
    }
    let out = run_in(dir.path(), ["--jsonl", "--field=t", "bomb.txt.zst"], b"");
    assert_eq!(code(&out), 1);
    assert!(said(&out).contains("bomb.txt.zst: line 1: longer than 256 MiB"), "{}", said(&out));
}

#[test]
fn nul_bytes_after_a_gzip_member_are_padding_and_other_bytes_are_not() {
    let dir = folder();
    let member = gzip(CLEAN.as_bytes());
    let padding = vec![0; 100_000];
    write(dir.path(), "padded.txt.gz", [&member[..], &padding].concat());
    let out = run_in(dir.path(), ["padded.txt.gz"], b"");
    assert_eq!((code(&out), printed(&out).as_str()), (0, CLEAN), "{}", said(&out));
    let byte = member.len();
    let after_padding = byte + padding.len();
    for (name, bytes, words) in [
        (
            "more",
            [&member[..], b"more"].concat(),
            format!("byte {byte}: what follows the last whole member is not gzip"),
        ),
        ("late", [&member[..], &padding, &member].concat(), format!("byte {after_padding}: what follows")),
        ("nuls", vec![0; 9], "not a gzip file".to_string()),
        ("none", Vec::new(), "not a gzip file".to_string()),
        ("cut", member[..byte - 3].to_vec(), format!("byte {}: the gzip stream is damaged or cut off", byte - 3)),
    ] {
        let name = format!("{name}.gz");
        write(dir.path(), &name, bytes);
        let out = run_in(dir.path(), [name.as_str(), "-o", "out.txt"], b"");
        assert_eq!(code(&out), 1, "{name}");
        assert!(said(&out).contains(&words), "{words}: {}", said(&out));
        assert!(!dir.path().join("out.txt").exists(), "{name}");
    }
}

#[test]
fn an_extension_in_capitals_is_read_and_written_packed() {
    let dir = folder();
    write(dir.path(), "in/a.TXT.GZ", gzip(CLEAN.as_bytes()));
    write(dir.path(), "in/b.txt.ZST", frame(10, CLEAN.as_bytes()));
    let out = run_in(dir.path(), ["in", "-o", "out", "--suffix=-clean"], b"");
    assert_eq!((code(&out), warned(&out).as_str()), (0, ""));
    for (name, magic) in [("a-clean.TXT.GZ", &[0x1F, 0x8B][..]), ("b-clean.txt.ZST", &[0x28, 0xB5, 0x2F, 0xFD])] {
        let bytes = fs::read(dir.path().join("out").join(name)).expect("there");
        assert!(bytes.starts_with(magic), "{name} is not packed");
        let out = run_in(dir.path(), [format!("out/{name}")], b"");
        assert_eq!(printed(&out), CLEAN, "{name}");
    }
}
