//! The tool, run as a user runs it, and the files that the tests share.
#![allow(dead_code)] // no test file needs all of it

use std::ffi::OsStr;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The binary.
pub const TOOL: &str = env!("CARGO_BIN_EXE_qingyang");

/// The language of the tests, whatever that of the user is.
pub const ENGLISH: [(&str, &str); 1] = [("LC_ALL", "C")];

/// The tool with these arguments; all streams are pipes.
pub fn tool<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(TOOL);
    command.args(args).envs(ENGLISH).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs it with this standard input.
pub fn run<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>, stdin: &[u8]) -> Output {
    feed(tool(args), stdin)
}

/// Runs it in a folder with this standard input.
pub fn run_in<S: AsRef<OsStr>>(folder: &Path, args: impl IntoIterator<Item = S>, stdin: &[u8]) -> Output {
    let mut command = tool(args);
    command.current_dir(folder);
    feed(command, stdin)
}

/// Runs a command with this standard input, which it may leave unread.
pub fn feed(mut command: Command, stdin: &[u8]) -> Output {
    let mut child = command.spawn().expect("the tool starts");
    let mut pipe = child.stdin.take().expect("a pipe");
    let stdin = stdin.to_vec();
    let feeding = std::thread::spawn(move || {
        let _ = pipe.write_all(&stdin);
    });
    let out = child.wait_with_output().expect("the tool ends");
    feeding.join().expect("fed");
    out
}

/// The exit status.
pub fn code(out: &Output) -> i32 {
    out.status.code().unwrap_or_else(|| panic!("{}: {}", out.status, said(out)))
}

/// Standard error.
pub fn said(out: &Output) -> String {
    String::from_utf8_lossy(&out.stderr).into_owned()
}

/// Standard error without the counts at the end of a folder and without warnings of suspicious text: a fixture is English.
pub fn warned(out: &Output) -> String {
    let quiet = [" done before, ", ": suspicious text: "];
    said(out)
        .lines()
        .filter(|line| !quiet.iter().any(|words| line.contains(words)))
        .map(|line| format!("{line}\n"))
        .collect()
}

/// Standard output.
pub fn printed(out: &Output) -> String {
    String::from_utf8_lossy(&out.stdout).into_owned()
}

/// A folder that is removed after the test.
pub fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

/// Writes a file below a folder; returns its path.
pub fn write(root: &Path, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
    let path = root.join(name);
    fs::create_dir_all(path.parent().expect("a parent")).expect("made");
    fs::write(&path, text).expect("written");
    path
}

/// Reads a file.
pub fn text(path: impl AsRef<Path>) -> String {
    fs::read_to_string(path.as_ref()).unwrap_or_else(|e| panic!("{}: {e}", path.as_ref().display()))
}

/// Reads a file below a folder.
pub fn read(root: impl AsRef<Path>, name: impl AsRef<Path>) -> String {
    text(root.as_ref().join(name))
}

/// JSON Lines, record by record.
pub fn records(text: &str) -> Vec<serde_json::Value> {
    text.lines().map(|l| serde_json::from_str(l).unwrap_or_else(|e| panic!("{e}: {l}"))).collect()
}

/// The names and the pages of all fixtures.
pub fn fixtures() -> Vec<(String, PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures");
    let entries = fs::read_dir(root).expect("fixtures").map(|e| e.expect("an entry"));
    let mut all: Vec<_> =
        entries.map(|e| (e.file_name().to_string_lossy().into_owned(), e.path().join("raw.txt"))).collect();
    all.sort();
    assert!(all.len() >= 105, "{} fixtures only", all.len());
    all
}

/// The decoded text of a fixture.
pub fn decoded(page: &Path) -> String {
    let raw = fs::read(page).expect("raw.txt");
    qingyang::decode::decode(&raw, None, false).expect("decodes").text.into_owned()
}

/// The first bytes that come out while the input still goes on: `page` again and again, until they are seen.
pub fn first_output(mut command: Command, page: String, bytes: usize) -> Vec<u8> {
    let mut child = command.spawn().expect("starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let (stop, stopped) = std::sync::mpsc::channel::<()>();
    let writer = std::thread::spawn(move || {
        while stopped.try_recv().is_err() {
            stdin.write_all(page.as_bytes()).expect("taken");
        }
    });
    let mut stdout = child.stdout.take().expect("a pipe");
    let mut first = vec![0; bytes];
    stdout.read_exact(&mut first).expect("output");
    stop.send(()).expect("heard");
    std::io::copy(&mut stdout, &mut std::io::sink()).expect("drained");
    writer.join().expect("written");
    assert!(child.wait().expect("ends").success(), "{}", String::from_utf8_lossy(&first));
    first
}
