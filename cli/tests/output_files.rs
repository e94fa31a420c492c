//! Output files under hostile conditions: other runs, leftovers, links and permissions.
#![cfg(unix)]

mod tool;

use std::fs::{self, File};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use tool::{code, folder, read, run_in, said, write};

const RAW: &str = "渠水流过桥头镇，沿岸的稻\n田渐渐泛黄，农户忙着修整\n晒场。\n";
const CLEAN: &str = "渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场。\n";

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
