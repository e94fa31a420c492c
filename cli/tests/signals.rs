//! Signals in every mode: nothing temporary is left, and nothing that is not whole gets its name.
#![cfg(unix)]

mod tool;

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};
use tool::{TOOL, code, folder, read, said, write};

const RAW: &str = "新桥飞架青石渡\n\n渠水流过桥头镇，沿岸\n\n的稻田渐渐泛黄，农户忙着\n\n修整晒场。\n";

/// Longer than any run here may take after a signal: four at a time, unoptimized, on a machine that does other work.
const PATIENCE: Duration = Duration::from_secs(120);

fn spawn<S: AsRef<OsStr>>(folder: &Path, args: impl IntoIterator<Item = S>) -> Child {
    let mut command = Command::new(TOOL);
    command.args(args).current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    command.spawn().expect("the tool starts")
}

fn send(child: &Child, signals: &[&str]) {
    let kills: Vec<_> = signals.iter().map(|s| format!("kill -{s} {}", child.id())).collect();
    let sent = Command::new("sh").args(["-c", &kills.join("; ")]).stderr(Stdio::null()).status().expect("a shell");
    assert!(sent.success() || signals.len() > 1, "kill {signals:?}");
}

fn ended(mut child: Child) -> Output {
    let started = Instant::now();
    // Its standard input stays open meanwhile.
    let silent = child.stdin.take();
    while child.try_wait().expect("a child").is_none() {
        if started.elapsed() > PATIENCE {
            let _ = child.kill();
            panic!("it does not end: {}", said(&child.wait_with_output().expect("killed")));
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    drop(silent);
    child.wait_with_output().expect("ended")
}

/// The hidden files of the tool below a folder, but the manifest.
fn hidden(root: &Path) -> Vec<String> {
    let names = walkdir::WalkDir::new(root).into_iter().flatten().map(|e| e.file_name().to_string_lossy().into_owned());
    names.filter(|n| n.starts_with(".qingyang-") && !n.contains("manifest")).collect()
}

/// Waits until the run has a temporary file, so that it listens to signals. An issue makes its first output after all
/// pages are cleaned; it has listened long before.
fn at_work(root: &Path) {
    let started = Instant::now();
    while !hidden(root).iter().any(|n| n.contains("-tmp-")) && started.elapsed() < Duration::from_secs(3) {
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// Folders of many files for batches, and a FIFO without a writer for the others.
fn inputs(root: &Path) {
    for n in 0..400 {
        write(root, &format!("in/{n}.txt"), format!("第{n}号\n{}", RAW.repeat(40)));
    }
    assert!(Command::new("mkfifo").arg(root.join("silent.txt")).status().expect("mkfifo").success());
    write(root, "large/1.txt", RAW.repeat(60_000));
    write(root, "large/2.txt", RAW.repeat(60_000));
}

const MODES: &[&[&str]] = &[
    &["-o", "out"],
    &["-o", "out.gz"],
    &["-o", "out.zst"],
    &["silent.txt", "-o", "out"],
    &["--ledger", "out"],
    &["--decisions", "out"],
    &["--report", "out"],
    &["--issue", "silent.txt", "-o", "out"],
    &["--check", "--ledger", "out"],
    &["--explain", "silent.txt", "--ledger", "out"],
    &["--jsonl", "--field", "t", "-o", "out"],
    &["in", "-o", "out"],
    &["in", "-o", "out", "--ledger", "l", "--decisions", "d", "--summary", "s", "--report", "r"],
    &["in", "-o", "out", "--resume"],
    &["in", "--in-place"],
    &["in", "--in-place", "--backup", ".orig"],
    &["--issue", "large", "-o", "out"],
    &["--follow-jumps", "large", "--in-place"],
];

#[test]
fn each_signal_leaves_nothing_temporary_in_any_mode() {
    let all = [(&["HUP"][..], 129), (&["INT"], 130), (&["TERM"], 143), (&["TERM", "TERM", "TERM"], 143)];
    std::thread::scope(|scope| {
        for (signals, status) in all {
            scope.spawn(move || MODES.iter().for_each(|args| assert_nothing_is_left(args, signals, status)));
        }
    });
}

fn assert_nothing_is_left(args: &[&str], signals: &[&str], status: i32) {
    let dir = folder();
    inputs(dir.path());
    let child = spawn(dir.path(), args);
    at_work(dir.path());
    send(&child, signals);
    let out = ended(child);
    assert_eq!(code(&out), status, "{args:?}, {signals:?}: {}", said(&out));
    assert_eq!(hidden(dir.path()), [""; 0], "{args:?}, {signals:?}");
    for name in ["out.gz", "out.zst", "l", "d", "s", "r/index.html"] {
        assert!(!dir.path().join(name).exists(), "{args:?}, {signals:?}: {name} is not whole and has its name");
    }
    assert!(!dir.path().join("out").is_file(), "{args:?}, {signals:?}");
}

#[test]
fn an_interrupted_batch_says_what_it_does_not_write_and_leaves_the_older_file() {
    let dir = folder();
    inputs(dir.path());
    write(dir.path(), "ledger", "the ledger of an earlier run");
    let options = ["in", "-o", "out", "--ledger", "ledger", "--decisions", "list", "--summary", "summary"];
    let child = spawn(dir.path(), options);
    at_work(dir.path());
    send(&child, &["INT"]);
    let out = ended(child);
    assert_eq!(code(&out), 130);
    for place in ["--ledger: ledger", "--decisions: list", "--summary: summary"] {
        let line = format!("qingyang: {place}: not written, because the run ended before its last file\n");
        assert!(said(&out).contains(&line), "{line}{}", said(&out));
    }
    assert_eq!(read(dir.path(), "ledger"), "the ledger of an earlier run");
    // A resumed run writes a summary of all files.
    let done = tool::run_in(dir.path(), ["in", "-o", "out", "--resume", "--summary", "summary"], b"");
    assert_eq!(code(&done), 0, "{}", said(&done));
    assert_eq!(tool::records(&read(dir.path(), "summary")).len(), 401);
}

#[test]
fn an_issue_ends_soon_after_a_signal_and_not_only_at_its_end() {
    let dir = folder();
    inputs(dir.path());
    write(dir.path(), "large/3.txt", RAW.repeat(600_000));
    let child = spawn(dir.path(), ["--issue", "large", "-o", "out", "--ledger", "ledger"]);
    at_work(dir.path());
    // By then the pages are read and are being cleaned, which takes minutes in a build for tests.
    std::thread::sleep(Duration::from_secs(3));
    let sent = Instant::now();
    send(&child, &["TERM"]);
    let out = ended(child);
    // Not at the end, which is minutes away.
    assert!(sent.elapsed() < Duration::from_secs(60), "{:?}", sent.elapsed());
    assert_eq!((code(&out), hidden(dir.path()).len()), (143, 0), "{}", said(&out));
}

#[cfg(target_os = "linux")]
#[test]
fn a_run_that_was_started_to_ignore_hangups_goes_on() {
    let dir = folder();
    inputs(dir.path());
    let script = "trap '' HUP; exec \"$@\"";
    let mut shell = Command::new("sh");
    shell.args(["-c", script, "sh", TOOL, "in", "-o", "out"]).current_dir(dir.path()).stderr(Stdio::piped());
    let child = shell.spawn().expect("a shell");
    at_work(dir.path());
    send(&child, &["HUP"]);
    let out = child.wait_with_output().expect("ends");
    assert_eq!((code(&out), said(&out).as_str()), (0, ""));
    assert_eq!(fs::read_dir(dir.path().join("out")).expect("there").count(), 401);
}
