//! What a file keeps when it is replaced: owner, group, mode, extended attributes; and what is said of the rest.
#![cfg(unix)]

mod tool;

use std::fs::{self, Permissions};
use std::io::Write;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};
use tool::{ENGLISH, TOOL, code, folder, read, run_in, said, text, tool, warned, write};

const RAW: &str = "渠水流过桥头镇，沿岸的稻\n田渐渐泛黄，农户忙着修整\n晒场。\n";
const CLEAN: &str = "渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场。\n";

const NOBODY: u32 = 65534;

fn mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).expect("a mode");
}

/// Whether this user may give files away; otherwise the test says that it was skipped.
fn may_give_away(dir: &Path) -> bool {
    let probe = write(dir, "probe", "");
    let may = chown(&probe, Some(NOBODY), Some(NOBODY)).is_ok();
    fs::remove_file(probe).expect("removed");
    if !may {
        println!("skipped: this user may not give files away");
    }
    may
}

/// Mode, owner and group.
fn attributes(path: &Path) -> (u32, u32, u32) {
    let meta = fs::metadata(path).expect("there");
    (meta.mode() & 0o7777, meta.uid(), meta.gid())
}

/// The command lines that replace `page.txt`.
const REPLACING: &[&[&str]] = &[
    &["page.txt", "--in-place"],
    &["page.txt", "--in-place", "--backup", ".orig"],
    &["raw.txt", "-o", "page.txt"],
    &["raw.txt", "--ledger", "page.txt"],
];

#[test]
fn a_file_that_is_replaced_keeps_owner_group_mode_and_extended_attributes() {
    for args in REPLACING {
        for bits in [0o600, 0o640, 0o664, 0o444] {
            let dir = folder();
            let page = write(dir.path(), "page.txt", RAW);
            write(dir.path(), "raw.txt", RAW);
            if may_give_away(dir.path()) {
                chown(&page, Some(1234), Some(NOBODY)).expect("given away");
            }
            let attribute = xattr::set(&page, "user.source", "渠".as_bytes()).is_ok();
            mode(&page, bits);
            let before = attributes(&page);
            let out = run_in(dir.path(), *args, b"");
            assert_eq!((code(&out), warned(&out).as_str()), (0, ""), "{args:?}");
            assert_ne!(text(&page), RAW, "{args:?}");
            assert_eq!(attributes(&page), before, "{args:?}");
            if attribute {
                let kept = xattr::get(&page, "user.source").expect("read");
                assert_eq!(kept.as_deref(), Some("渠".as_bytes()), "{args:?}");
            } else {
                println!("skipped: the file system has no extended attributes");
            }
        }
    }
}

#[test]
fn the_temporary_file_has_owner_and_mode_before_its_first_byte() {
    let dir = folder();
    let page = write(dir.path(), "page.txt", "old");
    mode(&page, 0o640);
    if may_give_away(dir.path()) {
        chown(&page, Some(1234), Some(NOBODY)).expect("given away");
    }
    let mut child = tool(["-o", "page.txt"]).current_dir(dir.path()).spawn().expect("starts");
    let temporary = loop {
        let names = fs::read_dir(dir.path()).expect("listed").flatten().map(|e| e.path());
        let found = names.into_iter().find(|p| p.to_string_lossy().contains(".qingyang-tmp-"));
        match found {
            Some(path) if attributes(&path).0 != 0o600 => break path,
            _ => std::thread::sleep(std::time::Duration::from_millis(1)),
        }
    };
    assert_eq!(attributes(&temporary), attributes(&page));
    assert_eq!(fs::metadata(&temporary).expect("there").len(), 0);
    child.stdin.take().expect("a pipe").write_all(RAW.as_bytes()).expect("written");
    assert!(child.wait().expect("ends").success());
    assert_eq!(read(dir.path(), "page.txt"), CLEAN);
}

#[test]
fn what_cannot_be_kept_is_said_and_nobody_else_gets_what_the_owner_allowed() {
    let dir = folder();
    if !may_give_away(dir.path()) {
        return;
    }
    let tool = dir.path().join("qingyang");
    fs::copy(TOOL, &tool).expect("copied");
    mode(&tool, 0o755);
    mode(dir.path(), 0o777);
    let page = write(dir.path(), "page.txt", RAW);
    chown(&page, Some(1234), Some(1234)).expect("given away");
    mode(&page, 0o4664);
    let mut command = Command::new(&tool);
    command.envs(ENGLISH);
    command.args(["page.txt", "--in-place"]).current_dir(dir.path()).uid(NOBODY).gid(NOBODY).stdin(Stdio::null());
    let out = command.output().expect("runs");
    assert_eq!(code(&out), 0, "{}", said(&out));
    assert_eq!(text(&page), CLEAN);
    for words in ["warning: page.txt: replaced, but", "its owner 1234 could not", "its group 1234 could not"] {
        assert!(said(&out).contains(words), "{words}: {}", said(&out));
    }
    // The group of nobody was not allowed to write.
    assert_eq!(attributes(&page), (0o644, NOBODY, NOBODY));
}

#[test]
fn other_names_of_a_replaced_file_keep_the_old_text_and_it_is_said() {
    for (args, old) in REPLACING.iter().zip([RAW; 4]) {
        let dir = folder();
        let page = write(dir.path(), "page.txt", old);
        write(dir.path(), "raw.txt", RAW);
        fs::hard_link(&page, dir.path().join("other.txt")).expect("linked");
        let out = run_in(dir.path(), *args, b"");
        assert_eq!(code(&out), 0, "{args:?}: {}", said(&out));
        assert_eq!(warned(&out).lines().count(), 1, "{args:?}: {}", said(&out));
        assert!(said(&out).contains("its other name (a hard link) keeps the old text"), "{args:?}: {}", said(&out));
        assert_eq!(read(dir.path(), "other.txt"), old);
        assert_ne!(text(&page), old);
    }
}

#[test]
fn a_clean_file_is_not_replaced_and_nothing_is_said() {
    let dir = folder();
    let page = write(dir.path(), "page.txt", CLEAN);
    fs::hard_link(&page, dir.path().join("other.txt")).expect("linked");
    let before = fs::metadata(&page).expect("there").ino();
    let out = run_in(dir.path(), ["page.txt", "--in-place"], b"");
    assert_eq!((code(&out), warned(&out).as_str()), (0, ""));
    assert_eq!(fs::metadata(&page).expect("there").ino(), before);
}
