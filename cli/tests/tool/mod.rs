//! The tool, run as a person runs it.
#![allow(dead_code)] // no test file needs all of it

use std::ffi::OsStr;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The tool with these arguments.
pub fn tool<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_qingyang"));
    command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs it with this standard input.
pub fn run<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>, stdin: &[u8]) -> Output {
    fed(tool(args), stdin)
}

/// Runs it in a folder with this standard input.
pub fn run_in<S: AsRef<OsStr>>(folder: &Path, args: impl IntoIterator<Item = S>, stdin: &[u8]) -> Output {
    let mut command = tool(args);
    command.current_dir(folder);
    fed(command, stdin)
}

fn fed(mut command: Command, stdin: &[u8]) -> Output {
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
    out.status.code().expect("a status")
}

/// Standard error.
pub fn said(out: &Output) -> String {
    String::from_utf8_lossy(&out.stderr).into_owned()
}

/// Standard output.
pub fn printed(out: &Output) -> String {
    String::from_utf8_lossy(&out.stdout).into_owned()
}

/// A folder that goes with the test.
pub fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

/// Writes a file below a folder.
pub fn write(root: &Path, name: &str, text: impl AsRef<[u8]>) {
    let path = root.join(name);
    std::fs::create_dir_all(path.parent().expect("a parent")).expect("made");
    std::fs::write(path, text).expect("written");
}

/// Reads a file below a folder.
pub fn read(root: &Path, name: &str) -> String {
    std::fs::read_to_string(root.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// The first bytes that come out while the input still goes on: `page` again and again, until they were seen.
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
