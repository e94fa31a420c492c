//! Output files under hostile conditions: other runs, leftovers, links and permissions.
#![cfg(unix)]

mod tool;

use std::fs::{self, File};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;
use tool::{code, folder, read, run_in, said, warned, write};

const RAW: &str = "渠水流过桥头镇，沿岸的稻\n田渐渐泛黄，农户忙着修整\n晒场。\n";
const CLEAN: &str = "渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场。\n";

/// The stamp of the issue of a test.
const STAMP: &str = " issue d10b9a821a93d43ee0500f27a3a4450e";

fn mode(path: &Path) -> u32 {
    fs::metadata(path).expect("a file").permissions().mode() & 0o777
}

/// The hidden files that a run left in a folder.
fn left(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).expect("a folder").flatten().map(|e| e.file_name().to_string_lossy().into_owned());
    names.filter(|name| name.starts_with(".qingyang-") && !name.contains("manifest")).collect()
}

#[test]
fn a_second_run_into_a_folder_is_refused_and_names_the_first() {
    let dir = folder();
    write(dir.path(), "in/a.txt", RAW);
    write(dir.path(), "out/.qingyang-lock", "4242");
    let lock = File::open(dir.path().join("out/.qingyang-lock")).expect("the lock");
    fs4::FileExt::try_lock(&lock).expect("it is free");
    let out = run_in(dir.path(), ["in", "-o", "out"], b"");
    assert_eq!(code(&out), 1);
    assert!(said(&out).contains("process 4242 is writing into this folder"), "{}", said(&out));
    assert!(!dir.path().join("out/a.txt").exists());
    // The lock ends with its holder, although the file is still there.
    drop(lock);
    assert_eq!(code(&run_in(dir.path(), ["in", "-o", "out"], b"")), 0);
    assert_eq!(read(dir.path(), "out/a.txt"), CLEAN);
    assert!(left(&dir.path().join("out")).is_empty());
}

#[test]
fn a_second_run_in_place_is_refused_too() {
    let dir = folder();
    write(dir.path(), "in/a.txt", RAW);
    write(dir.path(), "in/.qingyang-lock", "4242");
    let lock = File::open(dir.path().join("in/.qingyang-lock")).expect("the lock");
    fs4::FileExt::try_lock(&lock).expect("it is free");
    let out = run_in(dir.path(), ["in", "--in-place"], b"");
    assert_eq!(code(&out), 1);
    assert!(said(&out).contains("process 4242 is writing into this folder"), "{}", said(&out));
    assert_eq!(read(dir.path(), "in/a.txt"), RAW);
    drop(lock);
    assert_eq!(code(&run_in(dir.path(), ["in", "--in-place"], b"")), 0);
    assert_eq!(read(dir.path(), "in/a.txt"), CLEAN);
    assert!(left(&dir.path().join("in")).is_empty());
}

#[test]
fn a_link_in_the_place_of_the_lock_is_not_followed() {
    let dir = folder();
    write(dir.path(), "in/a.txt", RAW);
    write(dir.path(), "precious", "keep me");
    fs::create_dir(dir.path().join("out")).expect("a folder");
    symlink(dir.path().join("precious"), dir.path().join("out/.qingyang-lock")).expect("a link");
    assert_eq!(code(&run_in(dir.path(), ["in", "-o", "out"], b"")), 1);
    assert_eq!(read(dir.path(), "precious"), "keep me");
}

#[test]
fn runs_that_each_write_one_named_file_into_a_folder_are_not_refused() {
    let dir = folder();
    write(dir.path(), "a.txt", RAW);
    write(dir.path(), "out/.qingyang-lock", "4242");
    let lock = File::open(dir.path().join("out/.qingyang-lock")).expect("the lock");
    fs4::FileExt::try_lock(&lock).expect("it is free");
    assert_eq!(code(&run_in(dir.path(), ["a.txt", "-o", "out/a.txt"], b"")), 0);
    assert_eq!(read(dir.path(), "out/a.txt"), CLEAN);
}

#[test]
fn an_output_keeps_the_mode_of_the_file_that_it_replaces_and_a_new_one_has_that_of_the_umask() {
    let dir = folder();
    write(dir.path(), "a.txt", RAW);
    write(dir.path(), "old.txt", "old");
    let of_umask = mode(&dir.path().join("a.txt"));
    for secret in [0o600, 0o640] {
        fs::set_permissions(dir.path().join("old.txt"), fs::Permissions::from_mode(secret)).expect("a mode");
        assert_eq!(code(&run_in(dir.path(), ["a.txt", "-o", "old.txt"], b"")), 0);
        assert_eq!(mode(&dir.path().join("old.txt")), secret);
    }
    assert_eq!(code(&run_in(dir.path(), ["a.txt", "-o", "new.txt"], b"")), 0);
    assert_eq!(mode(&dir.path().join("new.txt")), of_umask);
}

#[test]
fn a_resumed_run_removes_leftovers_of_dead_runs_and_nothing_else() {
    let dir = folder();
    write(dir.path(), "in/a.txt", RAW);
    let (dead, alive, notes) =
        (".qingyang-tmp-0123456789abcdef", ".qingyang-tmp-fedcba9876543210", ".qingyang-tmp-notes");
    for name in [dead, alive, notes] {
        write(dir.path(), &format!("out/{name}"), "x");
    }
    let lock = File::open(dir.path().join("out").join(alive)).expect("the file");
    fs4::FileExt::try_lock(&lock).expect("it is free");
    assert_eq!(code(&run_in(dir.path(), ["in", "-o", "out", "--resume"], b"")), 0);
    let mut left = left(&dir.path().join("out"));
    left.sort();
    assert_eq!(left, [alive, notes]);
}

#[test]
fn something_else_in_the_place_of_the_manifest_is_refused() {
    for resume in [&[][..], &["--resume"], &["--resume", "--dry-run"]] {
        let dir = folder();
        write(dir.path(), "in/a.txt", RAW);
        write(dir.path(), "precious", "keep me");
        fs::create_dir(dir.path().join("out")).expect("a folder");
        let place = dir.path().join("out/.qingyang-manifest.jsonl");
        symlink(dir.path().join("precious"), &place).expect("a link");
        let command = [&["in", "-o", "out"][..], resume].concat();
        let out = run_in(dir.path(), &command, b"");
        assert_eq!(code(&out), 1, "{command:?}");
        assert!(said(&out).contains("out/.qingyang-manifest.jsonl: is not a file"), "{}", said(&out));
        assert_eq!(read(dir.path(), "precious"), "keep me");
        // A FIFO has no end.
        fs::remove_file(&place).expect("removed");
        assert!(Command::new("mkfifo").arg(&place).status().expect("mkfifo").success());
        let out = run_in(dir.path(), &command, b"");
        assert_eq!(code(&out), 1, "{command:?}: {}", said(&out));
    }
}

#[test]
fn an_output_of_the_right_size_with_other_bytes_is_cleaned_again() {
    let dir = folder();
    write(dir.path(), "in/a.txt", RAW);
    write(dir.path(), "in/b.txt", RAW);
    assert_eq!(code(&run_in(dir.path(), ["in", "-o", "out"], b"")), 0);
    // As a power failure may leave it: the size is there, the data are not.
    let nuls = vec![0; CLEAN.len()];
    write(dir.path(), "out/a.txt", &nuls);
    let out = run_in(dir.path(), ["in", "-o", "out", "--resume"], b"");
    assert_eq!(code(&out), 0);
    assert!(said(&out).contains("1 cleaned, 1 done before"), "{}", said(&out));
    assert_eq!(read(dir.path(), "out/a.txt"), CLEAN);
}

#[test]
fn an_issue_is_known_again_by_a_stamp_that_every_build_gives() {
    let dir = folder();
    for name in ["1.txt", "2.txt"] {
        let page = write(dir.path(), &format!("in/{name}"), RAW);
        let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
        File::options().write(true).open(page).expect("opened").set_modified(time).expect("set");
    }
    let args = ["in", "-o", "out", "--issue", "--resume"];
    assert_eq!(code(&run_in(dir.path(), args, b"")), 0);
    let records = tool::records(&read(dir.path(), "out/.qingyang-manifest.jsonl"));
    // XXH3 of the names, sizes and times of both pages.
    assert!(records[1]["options"].as_str().is_some_and(|o| o.ends_with(STAMP)), "{}", records[1]["options"]);
    let out = run_in(dir.path(), args, b"");
    assert!(said(&out).contains("0 cleaned, 2 done before"), "{}", said(&out));
}

#[test]
fn skipped_links_are_counted_and_said() {
    let dir = folder();
    write(dir.path(), "in/a.txt", RAW);
    write(dir.path(), "elsewhere.txt", RAW);
    symlink("../elsewhere.txt", dir.path().join("in/b.txt")).expect("a link");
    let out = run_in(dir.path(), ["in", "-o", "out", "--summary", "summary"], b"");
    assert_eq!(code(&out), 0);
    assert!(
        said(&out).ends_with("; 1 symbolic link was skipped: --follow takes what it points to\n"),
        "{}",
        said(&out)
    );
    let links = tool::records(&read(dir.path(), "summary")).into_iter().filter(|r| r["status"] == "symbolic link");
    assert_eq!(links.count(), 1);
    let out = run_in(dir.path(), ["in", "-o", "out", "--dry-run"], b"");
    assert!(tool::printed(&out).contains("in/b.txt (a symbolic link: skipped without --follow)"));
    let out = run_in(dir.path(), ["in", "-o", "out", "--quiet"], b"");
    assert_eq!((code(&out), warned(&out).as_str()), (0, ""));
    let out = run_in(dir.path(), ["in", "-o", "out", "--follow"], b"");
    assert_eq!((code(&out), warned(&out).as_str()), (0, ""));
    assert_eq!(read(dir.path(), "out/b.txt"), CLEAN);
}

/// More files than one sync takes and than may be under way: nobody waits for anybody for ever.
#[test]
fn many_files_are_replaced_with_few_syncs_and_in_order() {
    let dir = folder();
    for n in 0..1_000 {
        write(dir.path(), &format!("in/{n:04}.txt"), if n % 3 == 0 { CLEAN } else { RAW });
    }
    for jobs in ["-j1", "-j8"] {
        let out = run_in(dir.path(), ["in", "--in-place", jobs, "--summary", "summary"], b"");
        assert_eq!((code(&out), warned(&out).as_str()), (0, ""));
        let summary = tool::records(&read(dir.path(), "summary"));
        let paths: Vec<_> = summary.iter().map(|r| r["path"].as_str().expect("a path").to_string()).collect();
        assert!(paths.len() == 1_000 && paths.is_sorted(), "{} files", paths.len());
        for n in 0..1_000 {
            assert_eq!(read(dir.path(), format!("in/{n:04}.txt")), CLEAN);
            write(dir.path(), &format!("in/{n:04}.txt"), RAW);
        }
    }
    assert!(left(&dir.path().join("in")).is_empty());
}

#[test]
fn a_message_says_each_thing_once_and_begins_with_the_name_of_the_tool() {
    let dir = folder();
    write(dir.path(), "a.txt", RAW);
    let cases: [(&[&str], &str); 4] = [
        (&["a.txt", "-o", "none/b.txt"], "none/b.txt: cannot write here: there is no such folder: create it (error 2"),
        (&["a.txt", "-o", "/dev/full"], "/dev/full: cannot write: the disk is full: free some space"),
        (&["missing.txt"], "missing.txt: cannot read: No such file or directory"),
        (&["--jsonl", "--field", "/a~2", "a.txt"], "--field /a~2: in a JSON Pointer write ~0 for a tilde and ~1"),
    ];
    for (args, words) in cases {
        let out = run_in(dir.path(), args, b"");
        assert_ne!(code(&out), 0, "{args:?}");
        assert!(said(&out).starts_with(&format!("qingyang: {words}")), "{args:?}: {}", said(&out));
        for twice in ["No space left", "-tmp-", "error:", "IO error"] {
            assert!(!said(&out).contains(twice), "{args:?}: {}", said(&out));
        }
    }
}
