//! Signals in every mode: nothing temporary is left, and nothing that is not whole gets its name.
#![cfg(unix)]

mod tool;

use std::ffi::OsStr;
use std::fs;
#[cfg(target_os = "linux")]
use std::os::fd::{AsFd, BorrowedFd};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;
use tool::{TOOL, code, folder, read, said, warned, write};

const RAW: &str = "新桥飞架青石渡\n\n渠水流过桥头镇，沿岸\n\n的稻田渐渐泛黄，农户忙着\n\n修整晒场。\n";

/// How often an event is looked for. Nothing here is late: who runs the tests limits their time.
const POLL: Duration = Duration::from_millis(2);

fn spawn<S: AsRef<OsStr>>(folder: &Path, args: impl IntoIterator<Item = S>) -> Child {
    let mut command = Command::new(TOOL);
    command.args(args).current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
    command.spawn().expect("the tool starts")
}

/// Sends a signal so many times at once.
fn send(child: &Child, signal: &str, times: usize) {
    let kill = format!("kill -{signal} {}", format!("{} ", child.id()).repeat(times));
    let sent = Command::new("sh").args(["-c", &kill]).stderr(Stdio::null()).status().expect("a shell");
    assert!(sent.success() || times > 1, "{kill}");
}

/// Waits until it ends. Its standard input stays open meanwhile.
fn ended(mut child: Child) -> Output {
    let _silent = child.stdin.take();
    child.wait_with_output().expect("ends")
}

/// Waits for an event of a run, which must not end before.
fn until(child: &mut Child, mut happened: impl FnMut(&Child) -> bool) {
    while !happened(child) {
        assert!(child.try_wait().expect("a child").is_none(), "it ended too early");
        std::thread::sleep(POLL);
    }
}

/// The hidden files of the tool below a folder, but the manifest.
fn hidden(root: &Path) -> Vec<String> {
    let names = walkdir::WalkDir::new(root).into_iter().flatten().map(|e| e.file_name().to_string_lossy().into_owned());
    names.filter(|n| n.starts_with(".qingyang-") && !n.contains("manifest")).collect()
}

/// Waits until the run has a temporary file, so that it listens to signals.
fn at_work(child: &mut Child, root: &Path) {
    until(child, |_| hidden(root).iter().any(|n| n.contains("-tmp-")));
}

/// The field of a process's status, in this base.
#[cfg(target_os = "linux")]
fn status(process: u32, field: &str, base: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let value = status.lines().find_map(|line| line.strip_prefix(field))?;
    u64::from_str_radix(value.split_whitespace().next()?, base).ok()
}

/// The bits of SIGHUP, SIGINT and SIGTERM.
#[cfg(target_os = "linux")]
const HEARD: u64 = 1 | 1 << 1 | 1 << 14;

/// Whether a signal that the tests send would be ignored, and their tool would wait for ever: below `nohup` and in the
/// background of a script each process inherits that.
fn ignores_signals() -> bool {
    #[cfg(target_os = "linux")]
    let ignored = status(std::process::id(), "SigIgn:", 16).is_some_and(|mask| mask & HEARD != 0);
    #[cfg(not(target_os = "linux"))]
    let ignored = false;
    if ignored {
        eprintln!("skipped: SIGHUP, SIGINT or SIGTERM is ignored here; run the tests in the foreground without nohup");
    }
    ignored
}

/// Whether a process has handlers for SIGHUP, SIGINT and SIGTERM.
#[cfg(target_os = "linux")]
fn listens(child: &Child) -> bool {
    status(child.id(), "SigCgt:", 16).is_some_and(|mask| mask & HEARD == HEARD)
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
];

/// Issues of a folder make their first output after all pages are cleaned.
#[cfg(target_os = "linux")]
const ISSUES: &[&[&str]] = &[&["--issue", "large", "-o", "out"], &["--follow-jumps", "large", "--in-place"]];

/// The signals, each with the status that it gives.
const SIGNALS: [(&str, usize, i32); 4] = [("HUP", 1, 129), ("INT", 1, 130), ("TERM", 1, 143), ("TERM", 3, 143)];

#[test]
fn each_signal_leaves_nothing_temporary_in_any_mode() {
    if ignores_signals() {
        return;
    }
    std::thread::scope(|scope| {
        for signal in SIGNALS {
            scope.spawn(move || MODES.iter().for_each(|args| assert_nothing_is_left(args, signal, at_work)));
        }
    });
}

#[cfg(target_os = "linux")]
#[test]
fn each_signal_leaves_nothing_temporary_while_an_issue_is_cleaned() {
    if ignores_signals() {
        return;
    }
    for signal in SIGNALS {
        ISSUES.iter().for_each(|args| assert_nothing_is_left(args, signal, |child, _| until(child, listens)));
    }
}

fn assert_nothing_is_left(args: &[&str], signal: (&str, usize, i32), wait: impl Fn(&mut Child, &Path)) {
    let dir = folder();
    inputs(dir.path());
    let mut child = spawn(dir.path(), args);
    wait(&mut child, dir.path());
    send(&child, signal.0, signal.1);
    let out = ended(child);
    assert_eq!(code(&out), signal.2, "{args:?}, {signal:?}: {}", said(&out));
    assert_eq!(hidden(dir.path()), [""; 0], "{args:?}, {signal:?}");
    for name in ["out.gz", "out.zst", "l", "d", "s", "r/index.html"] {
        assert!(!dir.path().join(name).exists(), "{args:?}, {signal:?}: {name} is not whole and has its name");
    }
    assert!(!dir.path().join("out").is_file(), "{args:?}, {signal:?}");
}

#[test]
fn an_interrupted_batch_says_what_it_does_not_write_and_leaves_the_older_file() {
    if ignores_signals() {
        return;
    }
    let dir = folder();
    inputs(dir.path());
    write(dir.path(), "ledger", "the ledger of an earlier run");
    let options = ["in", "-o", "out", "--ledger", "ledger", "--decisions", "list", "--summary", "summary"];
    let mut child = spawn(dir.path(), options);
    at_work(&mut child, dir.path());
    send(&child, "INT", 1);
    let out = ended(child);
    assert_eq!(code(&out), 130);
    for place in ["--ledger: ledger", "--decisions: list", "--summary: summary"] {
        let line = format!("qingyang: {place}: not written, because the run ended before its last file\n");
        assert!(said(&out).contains(&line), "{line}{}", said(&out));
    }
    assert!(said(&out).contains("the same command with --resume goes on from here"), "{}", said(&out));
    assert_eq!(read(dir.path(), "ledger"), "the ledger of an earlier run");
    // A resumed run writes a summary of all files.
    let done = tool::run_in(dir.path(), ["in", "-o", "out", "--resume", "--summary", "summary"], b"");
    assert_eq!(code(&done), 0, "{}", said(&done));
    assert_eq!(tool::records(&read(dir.path(), "summary")).len(), 400);
}

/// Where a run waits for a reader that never comes.
#[cfg(target_os = "linux")]
#[derive(Debug, Clone, Copy)]
enum Unread {
    Stdout,
    Stderr,
    /// A FIFO that nobody opens.
    Named,
}

#[cfg(target_os = "linux")]
#[test]
fn one_signal_ends_a_run_whose_output_nobody_reads() {
    use Unread::{Named, Stderr, Stdout};
    if ignores_signals() {
        return;
    }
    let dir = folder();
    let root = dir.path();
    write(root, "page.txt", RAW.repeat(4_000));
    for n in 0..1_500 {
        write(root, &format!("in/{}{n}.txt", "n".repeat(80)), RAW);
    }
    for name in ["fifo", "fifo.zst"] {
        assert!(Command::new("mkfifo").arg(root.join(name)).status().expect("mkfifo").success());
    }
    for (unread, args) in [
        (Stdout, &["page.txt", "--ledger", "out"][..]),
        (Stdout, &["page.txt", "--jobs", "1", "--report", "out"]),
        (Stdout, &["page.txt", "--diff", "--decisions", "out"]),
        (Stdout, &["in", "-o", "out", "--dry-run"]),
        (Stderr, &["page.txt", "--uncertain", "1", "-o", "out"]),
        (Stderr, &["in", "--uncertain", "1", "-o", "out"]),
        (Named, &["page.txt", "-o", "fifo"]),
        (Named, &["page.txt", "-o", "fifo.zst"]),
        (Named, &["page.txt", "-o", "out", "--ledger", "fifo"]),
        (Named, &["in", "-o", "out", "--summary", "fifo"]),
        (Named, &["--jsonl", "--field", "t", "page.txt", "-o", "fifo"]),
    ] {
        let mut child = spawn_unread(root, args);
        match unread {
            Stdout => until_full(&mut child, |child| child.stdout.as_ref().expect("a pipe").as_fd()),
            Stderr => until_full(&mut child, |child| child.stderr.as_ref().expect("a pipe").as_fd()),
            Named => until(&mut child, listens),
        }
        send(&child, "TERM", 1);
        // Its pipes stay open and are not read.
        let status = child.wait().expect("ends");
        assert_eq!((status.code(), hidden(root).len()), (Some(143), 0), "{unread:?}, {args:?}");
        assert!(!root.join("out").is_file(), "{args:?}");
    }
}

#[cfg(target_os = "linux")]
fn spawn_unread(folder: &Path, args: &[&str]) -> Child {
    let mut command = Command::new(TOOL);
    command.args(args).current_dir(folder).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("the tool starts")
}

/// Waits until a pipe of a run takes no more. Each of its sixteen pages may have a part that is too small for a message.
#[cfg(target_os = "linux")]
fn until_full(child: &mut Child, pipe: impl Fn(&Child) -> BorrowedFd<'_>) {
    const FULL: u64 = (1 << 16) - 16 * 512;
    until(child, |child| rustix::io::ioctl_fionread(pipe(child)).expect("a pipe") > FULL);
}

/// The work of a run up to its end, in ticks of its processor time; `meanwhile` runs first.
#[cfg(target_os = "linux")]
fn work(mut child: Child, meanwhile: impl FnOnce(&mut Child)) -> (u64, Output) {
    meanwhile(&mut child);
    let _silent = child.stdin.take();
    let stat = |child: &Child| fs::read_to_string(format!("/proc/{}/stat", child.id())).expect("a process");
    // A process that has ended tells its times until somebody waits for it.
    let fields = loop {
        let stat = stat(&child);
        let fields: Vec<String> = stat[stat.rfind(')').expect("a name") + 2..].split(' ').map(String::from).collect();
        if fields[0] == "Z" {
            break fields;
        }
        std::thread::sleep(POLL);
    };
    let time = |n: usize| fields[n].parse::<u64>().expect("ticks");
    (time(11) + time(12), child.wait_with_output().expect("ended"))
}

#[cfg(target_os = "linux")]
#[test]
fn an_issue_ends_soon_after_a_signal_and_not_only_at_its_end() {
    if ignores_signals() {
        return;
    }
    let dir = folder();
    write(dir.path(), "small/1.txt", RAW.repeat(20_000));
    write(dir.path(), "large/1.txt", RAW.repeat(400_000));
    let (whole, out) = work(spawn(dir.path(), ["--issue", "small", "-o", "out"]), |_| {});
    assert_eq!(code(&out), 0, "{}", said(&out));
    // When its first page is in memory, the issue is being cleaned, or will be soon.
    let bytes = fs::metadata(dir.path().join("large/1.txt")).expect("there").len();
    let in_memory =
        |child: &Child| listens(child) && status(child.id(), "VmRSS:", 10).is_some_and(|kib| kib << 10 > bytes);
    let (work, out) = work(spawn(dir.path(), ["--issue", "large", "-o", "cut", "--ledger", "ledger"]), |child| {
        until(child, in_memory);
        send(child, "TERM", 1);
    });
    assert_eq!((code(&out), hidden(dir.path()).len()), (143, 0), "{}", said(&out));
    // Twenty times as much text would be twenty times the work; to read it alone is a quarter of that.
    assert!(work < 10 * whole, "{work} ticks, and {whole} for a twentieth of the text");
}

#[cfg(target_os = "linux")]
#[test]
fn a_run_that_was_started_to_ignore_hangups_goes_on() {
    let dir = folder();
    inputs(dir.path());
    let script = "trap '' HUP; exec \"$@\"";
    let mut shell = Command::new("sh");
    shell.args(["-c", script, "sh", TOOL, "in", "-o", "out"]).current_dir(dir.path()).stderr(Stdio::piped());
    let mut child = shell.spawn().expect("a shell");
    at_work(&mut child, dir.path());
    send(&child, "HUP", 1);
    let out = child.wait_with_output().expect("ends");
    assert_eq!((code(&out), warned(&out).as_str()), (0, ""));
    assert_eq!(fs::read_dir(dir.path().join("out")).expect("there").count(), 401);
}
