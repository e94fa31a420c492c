//! Real faults: full disks, folders without permission, FIFOs, readers that go away, kill -9, tight limits.
//! A test that cannot cause its fault on this machine prints that it was skipped.
#![cfg(unix)]

mod tool;

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;
use tool::{ENGLISH, TOOL, code, folder, said, tool, warned, write};

const RAW: &str = "新桥飞架青石渡\n\n渠水流过桥头镇，沿岸\n\n的稻田渐渐泛黄，农户忙着\n\n修整晒场。\n";
const CLEAN: &str = "新桥飞架青石渡\n渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场。\n";

const NOBODY: u32 = 65534;

/// `INPUT -o OUTPUT` and more.
fn batch(input: &Path, output: &Path, more: &[&str]) -> Vec<OsString> {
    let mut args = vec![input.into(), "-o".into(), output.into()];
    args.extend(more.iter().map(OsString::from));
    args
}

fn run<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Output {
    Command::new(TOOL).envs(ENGLISH).args(args).stdin(Stdio::null()).output().expect("the tool starts")
}

/// Runs the tool below a limit of the shell's own: `ulimit -n 64`.
fn limited<S: AsRef<OsStr>>(limit: &str, args: impl IntoIterator<Item = S>, stdin: Stdio) -> Output {
    let script = format!("{limit} || exit 99; exec \"$@\"");
    let mut shell = Command::new("sh");
    shell.envs(ENGLISH);
    shell.args(["-c", &script, "sh", TOOL]).args(args).stdin(stdin);
    let out = shell.output().expect("a shell");
    assert_ne!(out.status.code(), Some(99), "the limit could not be set: {}", said(&out));
    out
}

/// The clean text of an undisturbed run.
fn proof(text: &str) -> Vec<u8> {
    let dir = folder();
    write(dir.path(), "page.txt", text);
    let out = run([dir.path().join("page.txt")]);
    assert_eq!(code(&out), 0, "{}", said(&out));
    out.stdout
}

/// Every file below a folder but the manifest: its path and its bytes.
fn tree(root: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all: Vec<_> = walkdir::WalkDir::new(root)
        .into_iter()
        .flatten()
        .filter(|e| e.file_type().is_file() && !e.file_name().to_string_lossy().starts_with(".qingyang-manifest"))
        .map(|e| (e.path().strip_prefix(root).expect("below").to_path_buf(), fs::read(e.path()).expect("read")))
        .collect();
    all.sort();
    all
}

/// A different page for each number, so that no file can be mistaken for another.
fn page(n: usize, times: usize) -> String {
    format!("第{n}号\n{}", RAW.repeat(times))
}

/// The number of finished files in the output tree, where the tool may be running.
fn finished(root: &Path) -> usize {
    let walk = walkdir::WalkDir::new(root).into_iter().flatten();
    walk.filter(|e| e.path().extension() == Some(OsStr::new("txt"))).count()
}

/// No temporary file is left and every file is as whole as in the undisturbed run.
fn assert_whole(found: &Path, want: &[(PathBuf, Vec<u8>)]) {
    for (path, bytes) in tree(found) {
        let whole = want.iter().find(|(p, _)| *p == path);
        let whole = whole.unwrap_or_else(|| panic!("{} is left over", path.display()));
        assert!(whole.1 == bytes, "{} is not whole: {} of {} bytes", path.display(), bytes.len(), whole.1.len());
    }
}

/// Waits until the tree has so many finished files, then stops the process. Returns whether it had more to do.
fn stop_after(files: usize, of: usize, output: &Path, child: &Child) -> bool {
    while finished(output) < files {
        std::thread::sleep(Duration::from_millis(1));
    }
    signal(child, "-STOP");
    std::thread::sleep(Duration::from_millis(30));
    (files..of).contains(&finished(output))
}

fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").args([name, &child.id().to_string()]).status().expect("kill");
    assert!(sent.success(), "kill {name}");
}

/// A small disk; `None` if this user may not mount one.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn mount(kilobytes: usize) -> Option<SmallDisk> {
        let dir = folder();
        let size = format!("size={kilobytes}k");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(dir.path()).stderr(Stdio::null());
        if mount.status().is_ok_and(|s| s.success()) {
            return Some(SmallDisk(dir));
        }
        println!("skipped: this user may not mount a tmpfs, so no disk could be filled");
        None
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn grow(&self, kilobytes: usize) {
        let size = format!("remount,size={kilobytes}k");
        let grown = Command::new("mount").args(["-o", &size]).arg(self.path()).status().expect("mount");
        assert!(grown.success());
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.path()).status();
    }
}

#[test]
fn a_full_disk_leaves_no_half_written_file() {
    let Some(disk) = SmallDisk::mount(256) else { return };
    let dir = folder();
    write(dir.path(), "big.txt", RAW.repeat(4_000));
    write(dir.path(), "big.jsonl", format!("{{\"t\":\"{}\"}}\n", "渠水。".repeat(400)).repeat(500));
    let big = dir.path().join("big.txt").into_os_string();
    for name in ["out.txt", "out.txt.gz", "out.txt.zst"] {
        // Compressed it would fit, so the disk is filled first.
        let filler = disk.path().join("filler");
        if name != "out.txt" {
            let _ = fs::write(&filler, vec![7; 256 << 10]);
        }
        let target = disk.path().join(name);
        let out = run([&big, OsStr::new("-o"), target.as_os_str()]);
        let said = said(&out);
        assert_eq!(code(&out), 1, "{name}: {said}");
        assert_eq!(said.lines().count(), 1, "{name}: one error, not {said}");
        assert!(said.contains("disk is full") && said.contains(name), "{name}: {said}");
        let _ = fs::remove_file(&filler);
        assert_eq!(fs::read_dir(disk.path()).expect("listed").count(), 0, "{name}: something is left over");
    }
    let records = dir.path().join("big.jsonl").into_os_string();
    let target = disk.path().join("out.jsonl").into_os_string();
    // Two characters again and again are suspicious, which is not asked here.
    let out = run([OsStr::new("--jsonl"), "--field=t".as_ref(), "-q".as_ref(), &records, "-o".as_ref(), &target]);
    assert_eq!((code(&out), said(&out).lines().count()), (1, 1), "{}", said(&out));
    assert!(said(&out).contains("disk is full"), "{}", said(&out));
    assert_eq!(fs::read_dir(disk.path()).expect("listed").count(), 0, "something is left over");
    // With room the same command does it.
    disk.grow(16 << 10);
    let target = disk.path().join("out.txt");
    assert_eq!(code(&run([&big, OsStr::new("-o"), target.as_os_str()])), 0);
    assert_eq!(fs::read_to_string(target).expect("read"), CLEAN.repeat(4_000));
}

/// Text that hardly packs: characters in a random order.
fn dense(characters: usize) -> String {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        char::from_u32(0x4e00 + (state >> 33) as u32 % 0x5000).expect("a Han character")
    };
    (0..characters).map(|n| if n % 60 == 59 { '\n' } else { next() }).collect()
}

#[test]
fn a_disk_that_fills_in_the_middle_of_packed_output_leaves_nothing() {
    let Some(disk) = SmallDisk::mount(256) else { return };
    let dir = folder();
    write(dir.path(), "in/page.txt", dense(400_000));
    let page = dir.path().join("in/page.txt").into_os_string();
    for name in ["out.txt.gz", "out.txt.zst"] {
        let target = disk.path().join(name);
        let out = run([&page, OsStr::new("-o"), target.as_os_str()]);
        assert_eq!((code(&out), said(&out).lines().count()), (1, 1), "{name}: {}", said(&out));
        assert!(said(&out).contains("the disk is full") && said(&out).contains(name), "{name}: {}", said(&out));
        assert_eq!(fs::read_dir(disk.path()).expect("listed").count(), 0, "{name}: something is left over");
    }
    // With room the same command does it, and the packed text is whole.
    disk.grow(16 << 10);
    for name in ["out.txt.gz", "out.txt.zst"] {
        let target = disk.path().join(name);
        assert_eq!(code(&run([&page, OsStr::new("-o"), target.as_os_str()])), 0, "{name}");
        assert!(run([&target]).stdout == run([&page]).stdout, "{name} is not whole");
    }
}

#[test]
fn a_batch_that_fills_the_disk_stops_with_one_error_and_resumes() {
    let Some(disk) = SmallDisk::mount(512) else { return };
    let dir = folder();
    let (input, whole) = (dir.path().join("in"), dir.path().join("whole"));
    for n in 0..60 {
        write(&input, &format!("{}/{n}.txt", n % 5), page(n, 200));
    }
    assert_eq!(code(&run(batch(&input, &whole, &[]))), 0);
    let want = tree(&whole);
    let output = disk.path().join("out");
    let out = run(batch(&input, &output, &["--jobs=2"]));
    let errors: Vec<String> = said(&out).lines().filter(|l| !l.contains(" cleaned, ")).map(String::from).collect();
    assert_eq!(code(&out), 1);
    assert!(errors.len() == 1 && errors[0].contains("disk is full"), "{errors:#?}");
    let made = finished(&output);
    assert!(made > 0 && made < 60, "{made} of 60 files: the disk was not filled half way");
    assert_whole(&output, &want);
    disk.grow(16 << 10);
    let out = run(batch(&input, &output, &["--resume"]));
    assert_eq!(code(&out), 0, "{}", said(&out));
    assert!(!said(&out).contains(" 0 done before"), "nothing was kept: {}", said(&out));
    assert!(tree(&output) == want, "the resumed tree differs");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_standard_output_is_one_error() {
    for args in [&["-"][..], &["--jsonl", "--field=t"], &["--explain"], &["--help"], &["rules"], &["config"]] {
        let full = fs::File::options().write(true).open("/dev/full").expect("/dev/full");
        let mut child = Command::new(TOOL)
            .envs(ENGLISH)
            .args(args)
            .stdin(Stdio::piped())
            .stdout(full)
            .stderr(Stdio::piped())
            .spawn()
            .expect("starts");
        let text = if args[0] == "--jsonl" { "{\"t\":\"渠 水。\"}\n".repeat(5_000) } else { RAW.repeat(5_000) };
        let _ = child.stdin.take().expect("a pipe").write_all(text.as_bytes());
        let out = child.wait_with_output().expect("ends");
        assert_eq!((code(&out), said(&out).lines().count()), (1, 1), "{args:?}: {}", said(&out));
        assert!(said(&out).contains("the disk is full"), "{args:?}: {}", said(&out));
    }
}

/// The tool as a user without privileges: for root it runs as nobody, from a copy that everybody may run.
struct Unprivileged {
    dir: tempfile::TempDir,
    tool: PathBuf,
    root: bool,
}

impl Unprivileged {
    fn new() -> Unprivileged {
        let dir = folder();
        let root = fs::metadata(dir.path()).expect("a folder").uid() == 0;
        let tool = if root { dir.path().join("qingyang") } else { PathBuf::from(TOOL) };
        if root {
            fs::copy(TOOL, &tool).expect("copied");
            for path in [dir.path(), &tool] {
                fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("opened to all");
            }
        }
        Unprivileged { dir, tool, root }
    }

    /// A folder that belongs to this user.
    fn own(&self, name: &str) -> PathBuf {
        let path = self.dir.path().join(name);
        fs::create_dir_all(&path).expect("made");
        if self.root {
            std::os::unix::fs::chown(&path, Some(NOBODY), Some(NOBODY)).expect("given away");
        }
        path
    }

    fn command(&self, args: Vec<OsString>) -> Command {
        let mut command = Command::new(&self.tool);
        command.envs(ENGLISH);
        command.args(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        if self.root {
            command.uid(NOBODY).gid(NOBODY);
        }
        command
    }
}

fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("set");
}

#[test]
fn a_folder_that_may_not_be_written_is_named_once_for_each_way_in() {
    let user = Unprivileged::new();
    let (input, closed) = (user.own("in"), user.own("closed"));
    write(&input, "a.txt", RAW);
    mode(&closed, 0o555);
    let below = closed.join("out");
    let file = closed.join("a.txt");
    for args in [
        batch(&input, &below, &[]),
        batch(&input, &closed, &[]),
        vec![input.join("a.txt").into(), "-o".into(), file.clone().into()],
    ] {
        let out = user.command(args.clone()).output().expect("runs");
        let said = said(&out);
        assert_eq!(code(&out), 1, "the permission did not bite: {args:?}");
        assert!(said.lines().count() == 1 && said.contains("permission denied") && said.contains("closed"), "{said}");
    }
    mode(&closed, 0o755);
    assert_eq!(fs::read_dir(&closed).expect("listed").count(), 0, "something was written");
}

#[test]
fn permissions_removed_half_way_lose_nothing() {
    let user = Unprivileged::new();
    let input = user.own("in");
    for n in 0..600 {
        write(&input, &format!("{n}.txt"), page(n, 12));
    }
    let whole = user.own("whole");
    assert_eq!(code(&user.command(batch(&input, &whole, &[])).output().expect("runs")), 0);
    let want = tree(&whole);
    let output = user.own("out");
    let child = user.command(batch(&input, &output, &[])).spawn().expect("starts");
    let half_way = stop_after(3, 600, &output, &child);
    mode(&output, 0o555);
    signal(&child, "-CONT");
    let out = child.wait_with_output().expect("ends");
    assert!(half_way, "the batch was over before its folder was closed");
    assert_eq!(code(&out), 1, "the permission did not bite");
    assert!(said(&out).contains("permission denied"), "{}", said(&out));
    let made = finished(&output);
    assert!((3..600).contains(&made), "{made} of 600 files");
    mode(&output, 0o755);
    let out = user.command(batch(&input, &output, &["--resume"])).output().expect("runs");
    assert_eq!(code(&out), 0, "{}", said(&out));
    assert!(!said(&out).contains(" 0 done before"), "{}", said(&out));
    assert!(tree(&output) == want, "the resumed tree differs");
}

#[test]
fn inputs_that_may_not_be_read_are_named_and_the_rest_is_done() {
    let user = Unprivileged::new();
    let (input, output) = (user.own("in"), user.own("out"));
    for name in ["a.txt", "b.txt", "sub/c.txt"] {
        write(&input, name, RAW);
    }
    mode(&input.join("b.txt"), 0o000);
    mode(&input.join("sub"), 0o000);
    // The files belong to root; their modes exclude everybody else.
    let out = user.command(batch(&input, &output, &[])).output().expect("runs");
    mode(&input.join("sub"), 0o755);
    assert_eq!(code(&out), 1, "the permission did not bite");
    assert!(said(&out).contains("b.txt") && said(&out).contains("/sub"), "{}", said(&out));
    assert_eq!(tree(&output), [(PathBuf::from("a.txt"), CLEAN.as_bytes().to_vec())]);
}

fn fifo(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo").success());
}

/// Waits until it ends. Who runs the tests limits their time.
fn ended(child: Child) -> Output {
    child.wait_with_output().expect("ends")
}

fn piped<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Child {
    tool(args).stdin(Stdio::null()).spawn().expect("the tool starts")
}

#[test]
fn a_fifo_is_read_as_a_file_and_never_hangs_a_folder() {
    let dir = folder();
    let (input, output) = (dir.path().join("in"), dir.path().join("out"));
    let pipe = dir.path().join("page.txt");
    fifo(&pipe);
    let child = piped([&pipe]);
    fs::write(&pipe, RAW).expect("taken");
    let out = ended(child);
    assert_eq!((code(&out), String::from_utf8_lossy(&out.stdout).as_ref()), (0, CLEAN), "{}", said(&out));
    // In a folder nobody writes to the FIFO: it is counted and skipped.
    write(&input, "a.txt", RAW);
    fifo(&input.join("b.txt"));
    let out = ended(piped(batch(&input, &output, &["--resume"])));
    assert_eq!(code(&out), 0, "{}", said(&out));
    assert!(said(&out).contains("1 cleaned") && said(&out).contains("1 not text"), "{}", said(&out));
    // A batch cannot tell the end of a FIFO from a change.
    let out = ended(piped(batch(&pipe, &output, &[])));
    assert!(code(&out) == 1 && said(&out).contains("pipe") && said(&out).contains("page.txt"), "{}", said(&out));
    let out = ended(piped([pipe.as_os_str(), OsStr::new("--in-place")]));
    assert_eq!(code(&out), 1, "{}", said(&out));
    assert!(!fs::metadata(&pipe).expect("there").is_file(), "the FIFO was replaced by a file");
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_beside_the_text_that_cannot_be_written_is_named_by_its_option() {
    let dir = folder();
    write(dir.path(), "in/a.txt", "渠 水 流\n");
    let text = |p: PathBuf| p.to_str().expect("UTF-8").to_string();
    let (input, output) = (text(dir.path().join("in")), text(dir.path().join("out")));
    for option in ["--ledger", "--decisions", "--report", "--summary"] {
        let out = match option {
            "--summary" => run([input.as_str(), "-o", &output, option, "/dev/full"]),
            _ => run([text(dir.path().join("in/a.txt")).as_str(), option, "/dev/full"]),
        };
        assert_eq!(code(&out), 1, "{option}: {}", said(&out));
        assert!(said(&out).starts_with(&format!("qingyang: {option}: cannot write")), "{}", said(&out));
    }
}

#[test]
fn a_signal_is_heard_while_standard_input_is_silent_and_nothing_half_is_left() {
    for args in [
        &["-o", "out"][..],
        &["--ledger", "out"],
        &["--report", "out"],
        &["--issue", "-o", "out"],
        &["--diff", "--ledger", "out"],
        &["--jsonl", "--field", "t", "-o", "out"],
    ] {
        let dir = folder();
        let mut child = Command::new(TOOL)
            .envs(ENGLISH)
            .args(args)
            .current_dir(dir.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("starts");
        let mut silent = child.stdin.take().expect("a pipe");
        silent.write_all("{\"t\":\"渠 水\"}\n".as_bytes()).expect("written");
        // The temporary file shows that the tool listens to signals.
        while fs::read_dir(dir.path()).expect("read").next().is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        signal(&child, "-TERM");
        let out = ended(child);
        assert_eq!(code(&out), 143, "{args:?}: {}", said(&out));
        let left: Vec<_> = fs::read_dir(dir.path()).expect("read").flatten().map(|e| e.file_name()).collect();
        assert!(left.is_empty(), "{args:?}: {left:?}");
        drop(silent);
    }
}

#[test]
fn a_device_or_fifo_as_output_is_written_to_not_replaced() {
    let dir = folder();
    write(dir.path(), "a.txt", RAW);
    let pipe = dir.path().join("out.txt");
    fifo(&pipe);
    let child = piped([dir.path().join("a.txt").as_os_str(), OsStr::new("-o"), pipe.as_os_str()]);
    let reader = Command::new("cat").arg(&pipe).stdout(Stdio::piped()).spawn().expect("cat");
    assert_eq!(code(&ended(child)), 0);
    assert_eq!(String::from_utf8_lossy(&ended(reader).stdout), CLEAN);
    assert!(!fs::metadata(&pipe).expect("there").is_file(), "the FIFO was replaced by a file");
    // The test uses its own link to the device, so that a faulty tool does no harm.
    let null = dir.path().join("null");
    std::os::unix::fs::symlink("/dev/null", &null).expect("linked");
    let out = run([dir.path().join("a.txt").as_os_str(), OsStr::new("-o"), null.as_os_str()]);
    assert_eq!(code(&out), 0, "{}", said(&out));
    assert!(fs::symlink_metadata(&null).expect("there").is_symlink(), "the link was replaced by a file");
}

/// In a folder nobody reads from a FIFO that has the place of an output, so the run would wait for ever.
#[test]
fn a_fifo_in_the_place_of_an_output_of_a_folder_is_an_error_of_its_file() {
    let record = "{\"t\":\"渠 水 流\"}\n";
    for (options, input, output) in [
        (&[][..], ("b.txt", RAW), "out/b.txt"),
        (&["--jobs", "1"], ("b.txt", RAW), "out/b.txt"),
        (&["--jsonl", "--field", "t"], ("b.jsonl", record), "out/b.jsonl"),
        (&["--per", "article"], ("b.txt", RAW), "out/b/p1_001_新桥飞架青石渡.txt"),
        (&["--report", "report"], ("b.txt", RAW), "report/pages/b.txt.html"),
    ] {
        let dir = folder();
        let (name, text) = input;
        write(dir.path(), &format!("in/{name}"), text);
        write(dir.path(), &format!("in/a{name}"), text);
        let place = dir.path().join(output);
        let args: Vec<OsString> = ["in", "-o", "out"].iter().chain(options).map(OsString::from).collect();
        // Of a run that was to be resumed, and of one that begins.
        for resume in [true, false] {
            if resume {
                assert_eq!(code(&tool::run_in(dir.path(), &args, b"")), 0, "{args:?}");
                fs::remove_file(&place).expect("an output");
                fifo(&place);
            }
            let args = args.iter().cloned().chain(resume.then(|| "--resume".into()));
            let out = tool::run_in(dir.path(), args, b"");
            let wrong = format!("{output}: is not a file");
            assert_eq!((code(&out), said(&out).matches(&wrong).count()), (1, 1), "{options:?}: {}", said(&out));
            assert!(said(&out).contains(if resume { "1 done before" } else { "1 cleaned" }), "{}", said(&out));
            assert!(!fs::metadata(&place).expect("there").is_file(), "the FIFO was replaced by a file");
        }
    }
}

#[test]
fn a_reader_that_goes_away_ends_the_run_quietly() {
    let dir = folder();
    write(dir.path(), "in/a.txt", RAW.repeat(10_000));
    write(dir.path(), "small.txt", RAW.repeat(400));
    for n in 0..1_500 {
        write(dir.path(), &format!("many/{n}.txt"), RAW);
    }
    let (one, small, many) = (dir.path().join("in/a.txt"), dir.path().join("small.txt"), dir.path().join("many"));
    let out = dir.path().join("out");
    for args in [
        vec![one.clone().into_os_string()],
        vec!["--diff".into(), small.into()],
        vec!["--explain".into(), one.into()],
        vec!["--check".into(), many.clone().into()],
        batch(&many, &out, &["--dry-run"]),
    ] {
        let mut child = Command::new(TOOL)
            .envs(ENGLISH)
            .args(&args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("starts");
        drop(child.stdout.take());
        let out = ended(child);
        assert_eq!((code(&out), warned(&out).as_str()), (0, ""), "{args:?}");
    }
}

#[test]
fn a_reader_of_the_errors_that_goes_away_changes_nothing_else() {
    let dir = folder();
    let (input, output) = (dir.path().join("in"), dir.path().join("out"));
    for n in 0..200 {
        write(&input, &format!("{n}.txt"), if n % 2 == 0 { RAW.as_bytes() } else { b"\xff\xfe\xff" });
    }
    let mut child = Command::new(TOOL)
        .envs(ENGLISH)
        .args(batch(&input, &output, &[]))
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    drop(child.stderr.take());
    assert_eq!(code(&ended(child)), 1);
    assert_eq!(finished(&output), 100);
}

#[test]
fn ten_thousand_files_go_through_64_open_ones() {
    let dir = folder();
    let (input, output) = (dir.path().join("in"), dir.path().join("out"));
    for n in 0..10_000 {
        write(&input, &format!("{}/{}/{n}.txt", n % 10, n % 100), RAW);
    }
    // Far more workers than the limit allows, as a machine with many cores would start.
    let out = limited("ulimit -n 64", batch(&input, &output, &["--jobs=200"]), Stdio::null());
    let counts = "qingyang: 10000 cleaned, 0 done before, 0 not text, 0 failed";
    assert_eq!((code(&out), said(&out).lines().next()), (0, Some(counts)));
    let made = tree(&output);
    assert_eq!(made.len(), 10_000);
    assert!(made.iter().all(|(_, bytes)| bytes == CLEAN.as_bytes()));
}

#[cfg(target_os = "linux")]
#[test]
fn a_stream_and_a_batch_live_in_256_mib() {
    // The limit is on addresses, so it also counts stacks and the reserves of the allocator.
    const LIMIT: &str = "ulimit -v 262144";
    let dir = folder();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures");
    let proofs = tree(&fixtures).into_iter().filter(|(path, _)| path.ends_with("expected.txt"));
    let page = String::from_utf8(proofs.flat_map(|(_, bytes)| bytes).collect()).expect("UTF-8");
    let pages = (20 << 20) / page.len() + 1;
    write(dir.path(), "stream.txt", vec![page.as_str(); pages].join("\x0c"));
    let stream = fs::File::open(dir.path().join("stream.txt")).expect("opened");
    let out = limited(LIMIT, [""; 0], stream.into());
    assert_eq!((code(&out), warned(&out).as_str()), (0, ""));
    assert!(out.stdout == vec![proof(&page); pages].join(&b'\x0c'), "the stream is not whole");
    let (input, output) = (dir.path().join("in"), dir.path().join("out"));
    for n in 0..40 {
        write(&input, &format!("{n}.txt"), RAW.repeat(if n == 7 { 4_000 } else { 50 }));
    }
    for more in [&["--quiet"][..], &["--jobs=8"]] {
        let out = limited(LIMIT, batch(&input, &output, more), Stdio::null());
        assert_eq!((code(&out), warned(&out).as_str()), (0, ""), "{more:?}");
        assert_eq!(finished(&output), 40);
    }
}

#[test]
fn killed_again_and_again_it_resumes_to_what_an_undisturbed_run_gives() {
    let dir = folder();
    let (input, output, whole) = (dir.path().join("in"), dir.path().join("out"), dir.path().join("whole"));
    for n in 0..2_000 {
        write(&input, &format!("{}/{n}.txt", n % 7), page(n, 6));
    }
    assert_eq!(code(&run(batch(&input, &whole, &[]))), 0);
    let want = tree(&whole);
    assert_eq!(want.len(), 2_000);
    assert_eq!(want[0].1, proof(&fs::read_to_string(input.join(&want[0].0)).expect("read")));
    // Pseudo-random instants, the same in each run of the test.
    let mut instant = 0x2545_f491_4f6c_dd1d_u64;
    let mut kills = 0_u64;
    let done = loop {
        instant ^= instant << 13;
        instant ^= instant >> 7;
        instant ^= instant << 17;
        let mut child = Command::new(TOOL)
            .envs(ENGLISH)
            .args(batch(&input, &output, &["--resume"]))
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("starts");
        // Later kills wait longer and longer, so that the slowest machine comes to an end, too.
        std::thread::sleep(Duration::from_millis(2 + instant % (90 + kills * kills / 8)));
        let over = child.try_wait().expect("a child").is_some();
        let _ = child.kill();
        let out = child.wait_with_output().expect("ends");
        if over {
            break out;
        }
        kills += 1;
        assert!(kills < 400, "it never gets done");
        for (path, bytes) in tree(&output) {
            if [".qingyang-tmp-", ".qingyang-lock"].iter().all(|ours| !path.to_string_lossy().contains(ours)) {
                let (_, whole) = &want[want.binary_search_by(|(p, _)| p.cmp(&path)).expect("an output of ours")];
                assert!(*whole == bytes, "{} is not whole", path.display());
            }
        }
    };
    assert_eq!(code(&done), 0, "{}", said(&done));
    assert!(kills >= 3, "only {kills} kills struck");
    assert!(!said(&done).contains(" 0 done before"), "nothing was kept: {}", said(&done));
    assert!(tree(&output) == want, "the resumed tree differs");
    println!("{kills} kills; then: {}", said(&done).trim());
}
