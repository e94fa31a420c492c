//! The tool as its users run it: pipes, files, folders, records, faults.

mod tool;

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;
use tool::{code, first_output, folder, printed, read, run, run_in, said, text, tool, warned, write};

const RAW: &str = "新桥飞架青石渡\n渠水流过桥头镇，沿岸的稻\n\n田渐渐泛黄，农户忙着修整\n\n晒场。\n";
const CLEAN: &str = "新桥飞架青石渡\n渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场。\n";

#[test]
fn a_pipe_gives_the_proof_and_says_nothing() {
    let out = run::<&str>([], RAW.as_bytes());
    assert_eq!((code(&out), warned(&out).as_str()), (0, ""));
    assert_eq!(String::from_utf8_lossy(&out.stdout), CLEAN);
}

#[test]
fn the_first_page_comes_before_the_input_ends() {
    let first = first_output(tool::<&str>([]), format!("{}\x0c", RAW.repeat(40)), CLEAN.len());
    assert_eq!(String::from_utf8_lossy(&first), CLEAN);
}

#[test]
fn more_empty_lines_than_a_window_are_read() {
    // More than a window: once the stream waited at every possible cut for text that never came.
    let out = run::<&str>([], format!("{CLEAN}{}{CLEAN}", "\n".repeat(3 << 20)).as_bytes());
    assert_eq!(String::from_utf8_lossy(&out.stdout), CLEAN.repeat(2));
}

#[test]
fn empty_input_gives_empty_output_and_status_0() {
    for input in ["", "\n\n", " \u{3000}\n", "\u{feff}"] {
        let out = run::<&str>([], input.as_bytes());
        assert_eq!((code(&out), out.stdout.len()), (0, 0), "{input:?}");
    }
}

#[test]
fn a_closed_pipe_is_quiet_and_0() {
    let mut child =
        tool::<&str>([]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("starts");
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().expect("a pipe");
    for _ in 0..200 {
        if stdin.write_all(RAW.repeat(200).as_bytes()).is_err() {
            break;
        }
    }
    drop(stdin);
    let out = child.wait_with_output().expect("ends");
    assert_eq!((code(&out), warned(&out).as_str()), (0, ""));
}

#[test]
fn files_go_to_standard_output_in_the_order_given() {
    let dir = folder();
    write(dir.path(), "b.txt", "乙\n");
    write(dir.path(), "a.txt", "甲\n");
    let out = run([dir.path().join("b.txt"), dir.path().join("a.txt")], b"");
    assert_eq!(String::from_utf8_lossy(&out.stdout), "乙\n甲\n");
}

#[test]
fn a_missing_file_is_named_and_the_rest_is_done() {
    let dir = folder();
    write(dir.path(), "a.txt", "甲\n");
    let out = run([dir.path().join("none.txt"), dir.path().join("a.txt")], b"");
    assert_eq!(code(&out), 1);
    assert_eq!(String::from_utf8_lossy(&out.stdout), "甲\n");
    assert!(said(&out).contains("none.txt"), "{}", said(&out));
}

#[test]
fn malformed_bytes_name_the_offset_and_the_remedy_and_write_nothing() {
    let out = run(["--encoding", "utf-8"], b"\xe6\xb8\xa0\xffx");
    assert_eq!((code(&out), out.stdout.len()), (1, 0));
    let said = said(&out);
    assert!(said.contains("byte 3") && said.contains("--lossy") && said.contains("--encoding"), "{said}");
    let out = run(["--encoding", "utf-8", "--lossy"], b"\xe6\xb8\xa0\xffx");
    assert_eq!(String::from_utf8_lossy(&out.stdout), "渠\u{fffd}x\n");
}

#[test]
fn wrong_usage_is_2() {
    let dir = folder();
    let root = dir.path().to_str().expect("a path");
    let inside = format!("{root}/out");
    for args in [
        vec!["--no-such-option"],
        vec!["--skip", "doubld"],
        vec!["--encoding", "klingon"],
        vec![root],
        vec![root, "-o", root],
        vec![root, "-o", &inside],
        vec!["--jsonl"],
        vec!["completions", "tcsh"],
        vec!["--uncertain=7"],
    ] {
        let out = run(&args, b"");
        assert_eq!(code(&out), 2, "{args:?}: {}", said(&out));
        assert!(out.stdout.is_empty());
    }
    assert!(said(&run(["--skip", "doubld"], b"")).contains("did you mean 'doubled'?"));
    assert!(!Path::new(&inside).exists());
}

#[test]
fn an_output_file_is_whole_or_not_there() {
    let dir = folder();
    let target = dir.path().join("out.txt");
    write(dir.path(), "bad.txt", b"\xe6\xb8\xa0\n\xff\xfe\xfa\xff");
    let out = run(
        [OsStr::new("--encoding=utf-8"), dir.path().join("bad.txt").as_os_str(), OsStr::new("-o"), target.as_os_str()],
        b"",
    );
    assert_eq!(code(&out), 1);
    assert_eq!(fs::read_dir(dir.path()).expect("listed").count(), 1, "something is left over");
    assert!(said(&out).contains("out.txt: not written"), "{}", said(&out));
    write(dir.path(), "good.txt", RAW);
    let out = run([dir.path().join("good.txt").as_os_str(), OsStr::new("-o"), target.as_os_str()], b"");
    assert_eq!((code(&out), text(&target).as_str()), (0, CLEAN));
}

#[test]
fn a_folder_is_mirrored_and_one_bad_file_does_not_stop_the_rest() {
    let dir = folder();
    let (input, output) = (dir.path().join("in"), dir.path().join("out"));
    write(&input, "a.txt", RAW);
    write(&input, "子 目录/b c.txt", RAW);
    write(&input, "bad.txt", b"\xff\xfe\xff");
    write(&input, "empty.txt", "");
    write(&input, "x.pdf", "no text");
    write(&input, ".hidden.txt", RAW);
    let out = run([input.as_os_str(), OsStr::new("-o"), output.as_os_str()], b"");
    assert_eq!(code(&out), 1);
    assert!(said(&out).contains("bad.txt"));
    assert_eq!(read(&output, "a.txt"), CLEAN);
    assert_eq!(read(&output, "子 目录/b c.txt"), CLEAN);
    assert_eq!(read(&output, "empty.txt"), "");
    for absent in ["bad.txt", "x.pdf", ".hidden.txt"] {
        assert!(!output.join(absent).exists(), "{absent}");
    }
    assert_eq!(read(&input, "a.txt"), RAW, "the input is never touched");
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_utf_8_go_through() {
    use std::os::unix::ffi::OsStrExt;
    let dir = folder();
    let name = OsStr::from_bytes(b"\xc7\xfe\xcb\xae.txt");
    fs::create_dir(dir.path().join("in")).expect("made");
    fs::write(dir.path().join("in").join(name), RAW).expect("written");
    let (input, output) = (dir.path().join("in"), dir.path().join("out"));
    for _ in 0..2 {
        let out = run([input.as_os_str(), OsStr::new("-o"), output.as_os_str(), OsStr::new("--resume")], b"");
        assert_eq!(code(&out), 0, "{}", said(&out));
    }
    assert_eq!(read(&output, name), CLEAN);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_unless_asked_and_loops_are_harmless() {
    let dir = folder();
    let input = dir.path().join("in");
    write(&input, "sub/a.txt", RAW);
    std::os::unix::fs::symlink(&input, input.join("sub/loop")).expect("linked");
    write(dir.path(), "far/b.txt", RAW);
    std::os::unix::fs::symlink(dir.path().join("far"), input.join("far")).expect("linked");
    for (follow, there) in [(false, false), (true, true)] {
        let output = dir.path().join(format!("out-{follow}"));
        let mut args = vec![input.as_os_str(), OsStr::new("-o"), output.as_os_str()];
        if follow {
            args.push(OsStr::new("--follow"));
        }
        let out = run(args, b"");
        assert_eq!(code(&out), 0, "{}", said(&out));
        assert!(output.join("sub/a.txt").exists());
        assert_eq!(output.join("far/b.txt").exists(), there);
        assert!(!output.join("sub/loop/sub/a.txt").exists());
    }
}

#[test]
fn two_inputs_for_one_output_are_refused_before_anything_is_written() {
    let dir = folder();
    write(dir.path(), "one/a.txt", RAW);
    write(dir.path(), "two/one/a.txt", RAW);
    let output = dir.path().join("out");
    let out = run(
        [
            dir.path().join("one").as_os_str(),
            dir.path().join("two/one").as_os_str(),
            OsStr::new("-o"),
            output.as_os_str(),
        ],
        b"",
    );
    assert_eq!(code(&out), 2);
    assert!(said(&out).contains("would both become") && !output.exists());
}

#[test]
fn globs_suffix_and_dry_run() {
    let dir = folder();
    let (input, output) = (dir.path().join("in"), dir.path().join("out"));
    write(&input, "a.txt", RAW);
    write(&input, "b.ocr", RAW);
    write(&input, "drafts/c.txt", RAW);
    let mut args: Vec<&OsStr> = vec![input.as_os_str(), OsStr::new("-o"), output.as_os_str()];
    args.extend(["--include", "*.ocr", "--exclude", "drafts", "--suffix=-clean"].map(OsStr::new));
    let mut dry = args.clone();
    dry.push(OsStr::new("--dry-run"));
    let out = run(dry, b"");
    let listed = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(listed.contains("a-clean.txt") && listed.contains("b-clean.ocr") && !listed.contains("c.txt"), "{listed}");
    assert!(!output.exists());
    assert_eq!(code(&run(args, b"")), 0);
    assert_eq!(read(&output, "a-clean.txt"), CLEAN);
    assert_eq!(read(&output, "b-clean.ocr"), CLEAN);
    assert!(!output.join("drafts").exists());
}

#[test]
fn in_place_does_not_touch_clean_files_and_can_be_repeated() {
    let dir = folder();
    write(dir.path(), "a.txt", RAW);
    write(dir.path(), "clean.txt", CLEAN);
    write(dir.path(), "gb.txt", b"\xc7\xfe\xcb\xae\xc1\xf7\xb9\xfd\xc7\xc5\xcd\xb7\xd5\xf2\xa1\xa3\n");
    write(dir.path(), "mark.txt", format!("\u{FEFF}{CLEAN}"));
    let args = [dir.path().as_os_str(), OsStr::new("--in-place"), OsStr::new("--backup=.orig")];
    for _ in 0..2 {
        let out = run(args, b"");
        assert_eq!(code(&out), 0, "{}", said(&out));
        assert!(!dir.path().join("clean.txt.orig").exists(), "what stays needs no backup");
        assert_eq!(read(dir.path(), "a.txt.orig"), RAW);
        assert_eq!(read(dir.path(), "mark.txt"), CLEAN);
        assert_eq!(read(dir.path(), "gb.txt"), "渠水流过桥头镇。\n");
        assert_eq!(fs::read_dir(dir.path()).expect("read").count(), 4 + 3, "no temporary file stays");
    }
    // As if the run had been killed between the backup and the output.
    write(dir.path(), "a.txt", RAW);
    assert_eq!((code(&run(args, b"")), read(dir.path(), "a.txt").as_str()), (0, CLEAN));
    // A backup of another text exists: it is not overwritten.
    write(dir.path(), "a.txt", "新 桥 通 了。\n");
    let out = run(args, b"");
    assert_eq!(read(dir.path(), "a.txt"), "新 桥 通 了。\n");
    assert!(code(&out) == 1 && said(&out).contains("a.txt.orig exists already"), "{}", said(&out));
}

#[test]
fn a_file_whose_edits_cancel_each_other_is_clean_to_every_mode() {
    let dir = folder();
    let page = write(dir.path(), "page.txt", "渠水用GPS定位5年。\n");
    let options = [OsStr::new("--cjk-latin-space=one"), page.as_os_str()];
    let with = |mode: &[&str]| run(mode.iter().map(OsStr::new).chain(options), b"");
    let in_place = ["--in-place", "--backup=.orig"];
    let first = with(&in_place);
    assert_eq!((code(&first), text(&page)), (0, "渠水用 GPS 定位 5 年。\n".to_string()), "{}", said(&first));
    let written = fs::metadata(&page).and_then(|m| m.modified()).expect("written");
    for _ in 0..2 {
        let again = with(&in_place);
        assert_eq!(code(&again), 0, "{}", said(&again));
        assert_eq!(fs::metadata(&page).and_then(|m| m.modified()).expect("there"), written, "it was written again");
    }
    assert_eq!(read(dir.path(), "page.txt.orig"), "渠水用GPS定位5年。\n");
    let check = with(&["--check"]);
    assert_eq!((code(&check), printed(&check)), (0, String::new()));
    assert_eq!(printed(&with(&["--diff"])), "");
    let explained = printed(&with(&["--explain"]));
    assert_eq!(explained.lines().count(), 1, "{explained}");
    assert!(explained.contains("nothing to change"), "{explained}");
}

#[test]
fn in_place_writes_what_a_link_names_and_keeps_the_link() {
    let dir = folder();
    write(dir.path(), "far/a.txt", RAW);
    std::os::unix::fs::symlink("far/a.txt", dir.path().join("link.txt")).expect("linked");
    let link = dir.path().join("link.txt");
    let out = run([link.as_os_str(), OsStr::new("--in-place"), OsStr::new("--backup=.orig")], b"");
    assert_eq!(code(&out), 0, "{}", said(&out));
    assert!(link.is_symlink());
    let far = |name: &str| read(dir.path().join("far"), name);
    assert_eq!((far("a.txt").as_str(), far("a.txt.orig").as_str()), (CLEAN, RAW));
}

#[test]
fn in_place_keeps_a_backup_where_asked() {
    let dir = folder();
    write(dir.path(), "in/a.txt", RAW);
    let input = dir.path().join("in");
    let out = run([input.as_os_str(), OsStr::new("--in-place"), OsStr::new("--backup=.bak")], b"");
    assert_eq!(code(&out), 0, "{}", said(&out));
    assert_eq!((read(&input, "a.txt").as_str(), read(&input, "a.txt.bak").as_str()), (CLEAN, RAW));
}

#[test]
fn resume_does_only_what_is_not_done_and_reports_it() {
    let dir = folder();
    let (input, output) = (dir.path().join("in"), dir.path().join("out"));
    for n in 0..20 {
        write(&input, &format!("{n}.txt"), RAW);
    }
    let base = [input.as_os_str(), OsStr::new("-o"), output.as_os_str(), OsStr::new("--resume")];
    assert_eq!(code(&run(base, b"")), 0);
    write(&input, "3.txt", "改过的。\n");
    fs::remove_file(output.join("4.txt")).expect("removed");
    write(&output, ".qingyang-tmp-0123456789abcdEF", "left by a killed run");
    let out = run(base, b"");
    assert!(said(&out).contains("2 cleaned, 18 done before"), "{}", said(&out));
    assert_eq!((read(&output, "3.txt").as_str(), read(&output, "4.txt").as_str()), ("改过的。\n", CLEAN));
    assert!(!output.join(".qingyang-tmp-0123456789abcdEF").exists());
    // With other options everything is done again.
    let out = run(base.into_iter().chain([OsStr::new("--blank-lines")]), b"");
    assert!(said(&out).contains("20 cleaned, 0 done before"), "{}", said(&out));
}

#[test]
fn a_dry_run_prints_what_a_resumed_run_would_skip_and_what_is_missing() {
    let dir = folder();
    let (input, output, missing) = (dir.path().join("in"), dir.path().join("out"), dir.path().join("missing.txt"));
    write(&input, "a.txt", RAW);
    write(&input, "b.txt", RAW);
    let args = |more: &[&'static str]| -> Vec<std::ffi::OsString> {
        let args = [input.as_os_str(), OsStr::new("-o"), output.as_os_str()].into_iter();
        args.chain(more.iter().map(OsStr::new)).map(OsStr::to_os_string).collect()
    };
    assert_eq!(code(&run(args(&[]), b"")), 0);
    write(&input, "b.txt", "改了。\n改了。\n");
    let told = String::from_utf8_lossy(&run(args(&["--resume", "--dry-run"]), b"").stdout).into_owned();
    let lines: Vec<&str> = told.lines().collect();
    assert!(lines[0].ends_with("out/a.txt (done before: skipped)") && lines[1].ends_with("out/b.txt"), "{told}");
    let told = String::from_utf8_lossy(&run(args(&["--dry-run"]), b"").stdout).into_owned();
    assert!(!told.contains("done before"), "{told}");
    let told = String::from_utf8_lossy(&run(args(&["--resume", "--dry-run", "--width=keep"]), b"").stdout).into_owned();
    assert!(!told.contains("done before"), "{told}");
    let out = run(args(&["--dry-run"]).into_iter().chain([missing.into()]), b"");
    assert_eq!((code(&out), String::from_utf8_lossy(&out.stdout).lines().count()), (1, 2), "{}", said(&out));
    assert!(said(&out).contains("missing.txt: cannot read"), "{}", said(&out));
}

#[test]
fn records_keep_everything_else_byte_for_byte() {
    let line =
        "{ \"id\" :1.50, \"text\": \"渠水流过桥头镇，沿岸的稻\\n\\n田渐渐泛黄。\\n\",\"z\":[1,  {\"text\":\"x\"}]}\r\n";
    let out = run(["--jsonl", "--field", "text"], line.as_bytes());
    assert_eq!(code(&out), 0, "{}", said(&out));
    let want = "{ \"id\" :1.50, \"text\": \"渠水流过桥头镇，沿岸的稻田渐渐泛黄。\",\"z\":[1,  {\"text\":\"x\"}]}\r\n";
    assert_eq!(String::from_utf8_lossy(&out.stdout), want);
    let out = run(["--jsonl", "--field", "/a/1/b~1c"], "{\"a\":[0,{\"b/c\":\"甲 。\"}]}\n".as_bytes());
    assert_eq!(String::from_utf8_lossy(&out.stdout), "{\"a\":[0,{\"b/c\":\"甲。\"}]}\n");
}

#[test]
fn bad_records_are_kept_skipped_or_stop_the_run() {
    let input = "{\"text\":\"甲 。\"}\nno json\n{\"text\":null}\n{\"other\":\"x\"}\n{\"text\":\"乙 。\"}\n";
    let with = |what: &str| run(["--jsonl", "--field", "text", "--on-error", what], input.as_bytes());
    let out = with("keep");
    assert_eq!(code(&out), 1);
    assert_eq!(String::from_utf8_lossy(&out.stdout), input.replace("甲 。", "甲。").replace("乙 。", "乙。"));
    assert!(said(&out).contains("line 2") && said(&out).contains("line 3") && said(&out).contains("line 4"));
    assert_eq!(String::from_utf8_lossy(&with("skip").stdout), "{\"text\":\"甲。\"}\n{\"text\":\"乙。\"}\n");
    let out = with("stop");
    assert_eq!((code(&out), String::from_utf8_lossy(&out.stdout).as_ref()), (1, "{\"text\":\"甲。\"}\n"));
}

#[test]
fn records_of_an_input_that_breaks_off_are_not_written() {
    let dir = folder();
    let all = "{\"t\":\"渠 水。\"}\n".repeat(2_000);
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
    gz.write_all(all.as_bytes()).expect("packed");
    let mut cut = gz.finish().expect("packed");
    cut.truncate(cut.len() / 2);
    write(dir.path(), "cut.jsonl.gz", cut);
    write(dir.path(), "whole.jsonl", &all);
    write(dir.path(), "out.jsonl", "an older output");
    for inputs in [&["cut.jsonl.gz"][..], &["whole.jsonl", "missing.jsonl"], &["cut.jsonl.gz", "whole.jsonl"]] {
        let args = ["--jsonl", "--field", "t", "-o", "out.jsonl"].iter().chain(inputs);
        let out = run_in(dir.path(), args, b"");
        assert_eq!(code(&out), 1, "{inputs:?}");
        assert!(said(&out).contains("out.jsonl: not written"), "{inputs:?}: {}", said(&out));
        assert_eq!(read(dir.path(), "out.jsonl"), "an older output", "{inputs:?}");
    }
    assert_eq!(fs::read_dir(dir.path()).expect("listed").count(), 3, "a temporary file is left over");
    // To standard output the records before the break go through: nobody can take them back.
    let out = run_in(dir.path(), ["--jsonl", "--field", "t", "cut.jsonl.gz"], b"");
    let lines = String::from_utf8_lossy(&out.stdout).lines().count();
    assert!(code(&out) == 1 && lines > 100 && lines < 2_000, "{lines} lines: {}", said(&out));
    // A bad record does not break the input: it is in the output as it came.
    write(dir.path(), "bad.jsonl", format!("no json\n{all}"));
    let out = run_in(dir.path(), ["--jsonl", "--field", "t", "-o", "out.jsonl", "bad.jsonl"], b"");
    assert_eq!((code(&out), read(dir.path(), "out.jsonl").lines().count()), (1, 2_001), "{}", said(&out));
}

#[test]
fn a_byte_order_mark_before_the_records_stays() {
    let out = run(["--jsonl", "--field", "t"], "\u{FEFF}{\"t\":\"甲 。\"}\r\n{\"t\":\"乙 。\"}\n".as_bytes());
    let want = "\u{FEFF}{\"t\":\"甲。\"}\r\n{\"t\":\"乙。\"}\n";
    assert_eq!((code(&out), String::from_utf8_lossy(&out.stdout).as_ref()), (0, want), "{}", said(&out));
}

#[test]
fn a_bad_record_names_byte_and_reason() {
    for (record, why) in [
        ("{\"t\":tru}", "line 1: not JSON at byte 8 of the line: expected ident"),
        ("{\"t\":\"x\",}", "line 1: not JSON at byte 9 of the line: key must"),
        ("{\"t\":null}", "line 1: field t is null, not a string"),
        ("{\"t\":-1}", "line 1: field t is a number, not a string"),
        ("{\"t\":{}}", "line 1: field t is an object, not a string"),
        ("{\"t\":\"\\ud800\"}", "line 1: field t is not valid Unicode: unexpected end of hex escape\n"),
        ("{\"u\":\"x\"}", "line 1: no field t"),
    ] {
        let out = run(["--jsonl", "--field", "t"], record.as_bytes());
        assert_eq!((code(&out), String::from_utf8_lossy(&out.stdout).as_ref()), (1, record));
        assert!(said(&out).contains(why), "{record}: {}", said(&out));
    }
}

#[test]
fn compressed_files_go_in_and_out_by_extension() {
    let dir = folder();
    write(dir.path(), "a.txt", RAW);
    for kind in ["gz", "zst"] {
        let packed = dir.path().join(format!("p.txt.{kind}"));
        let out = run([dir.path().join("a.txt").as_os_str(), OsStr::new("-o"), packed.as_os_str()], b"");
        assert_eq!(code(&out), 0, "{}", said(&out));
        assert_ne!(fs::read(&packed).expect("written"), CLEAN.as_bytes());
        let out = run([packed.as_os_str()], b"");
        assert_eq!(String::from_utf8_lossy(&out.stdout), CLEAN, "{kind}");
    }
}

#[test]
fn check_names_what_would_change_and_changes_nothing() {
    let dir = folder();
    write(dir.path(), "in/dirty.txt", RAW);
    write(dir.path(), "in/clean.txt", CLEAN);
    write(dir.path(), "in/mark.txt", format!("\u{feff}{CLEAN}"));
    let out = run([OsStr::new("--check"), dir.path().join("in").as_os_str()], b"");
    let listed = String::from_utf8_lossy(&out.stdout).into_owned();
    assert_eq!(code(&out), 1);
    assert!(listed.contains("dirty.txt") && listed.contains("mark.txt") && !listed.contains("clean.txt"), "{listed}");
    assert_eq!(read(dir.path(), "in/dirty.txt"), RAW);
    assert_eq!(code(&run(["--check"], CLEAN.as_bytes())), 0);
}

#[test]
fn check_names_what_cannot_be_walked_and_goes_on() {
    let dir = folder();
    write(dir.path(), "a.txt", RAW);
    write(dir.path(), "z.txt", RAW);
    std::os::unix::fs::symlink("nowhere", dir.path().join("m.txt")).expect("linked");
    let out = run([OsStr::new("--check"), "--follow".as_ref(), dir.path().as_os_str()], b"");
    let names = String::from_utf8_lossy(&out.stdout).into_owned();
    assert_eq!((code(&out), names.lines().count()), (1, 2), "{names}{}", said(&out));
    assert!(names.contains("a.txt") && names.contains("z.txt") && said(&out).contains("m.txt"), "{}", said(&out));
}

#[test]
fn diff_explain_ledger_and_uncertain_say_what_was_done() {
    let dir = folder();
    let out = run(["--diff"], RAW.as_bytes());
    let diff = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(code(&out) == 0 && diff.contains("@@ ") && diff.contains("-晒场。") && !diff.contains('\x1b'), "{diff}");
    let out = run(["--explain"], RAW.as_bytes());
    assert!(String::from_utf8_lossy(&out.stdout).contains("lines 2–6 are one paragraph: 2 line breaks closed up"));
    let ledger = dir.path().join("l.jsonl");
    let out = run([OsStr::new("--ledger"), ledger.as_os_str()], RAW.as_bytes());
    assert_eq!(String::from_utf8_lossy(&out.stdout), CLEAN);
    let entries: Vec<serde_json::Value> =
        text(&ledger).lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    assert_eq!(entries[0]["schema"], qingyang::render::json::SCHEMA);
    assert!(entries.len() > 1);
    for e in &entries[1..] {
        let (start, end) = (e["start"].as_u64().expect("start") as usize, e["end"].as_u64().expect("end") as usize);
        assert_eq!(&RAW[start..end], e["before"].as_str().expect("before"));
    }
    let out = run(["--uncertain=1"], RAW.as_bytes());
    assert!(said(&out).contains("standard input:1: byte 21: kept"), "{}", said(&out));
}

#[test]
fn rules_are_listed_and_can_be_switched_off() {
    let out = run(["rules"], b"");
    let listed = String::from_utf8_lossy(&out.stdout).into_owned();
    for rule in qingyang::Rule::all() {
        assert!(listed.lines().any(|l| l == rule.name()), "{}", rule.name());
    }
    let twice = "吕梁代表队崭露头角吕梁代表队崭露头角\n";
    assert_eq!(String::from_utf8_lossy(&run::<&str>([], twice.as_bytes()).stdout), "吕梁代表队崭露头角\n");
    assert_eq!(String::from_utf8_lossy(&run(["--skip", "doubled"], twice.as_bytes()).stdout), twice);
    assert_eq!(String::from_utf8_lossy(&run(["--only", "doubled"], twice.as_bytes()).stdout), "吕梁代表队崭露头角\n");
}

#[test]
fn a_file_named_like_a_command_is_reached_by_its_path() {
    let dir = folder();
    write(dir.path(), "rules", "甲 。\n");
    let out = tool(["./rules"]).current_dir(dir.path()).output().expect("runs");
    assert_eq!(String::from_utf8_lossy(&out.stdout), "甲。\n");
    let out = tool(["--", "rules"]).current_dir(dir.path()).output().expect("runs");
    assert_eq!(String::from_utf8_lossy(&out.stdout), "甲。\n");
}

#[test]
fn the_man_page_keeps_the_lines_of_its_examples() {
    let page = String::from_utf8_lossy(&run(["man"], b"").stdout).into_owned();
    let help = String::from_utf8_lossy(&run(["--help"], b"").stdout).into_owned();
    let examples: Vec<&str> =
        help.lines().skip_while(|l| *l != "Examples:").skip(1).take_while(|l| !l.is_empty()).collect();
    assert!(examples.len() > 5, "{help}");
    let unfilled = page.split_once(".nf\n").and_then(|(_, rest)| rest.split_once("\n.fi")).expect("unfilled lines").0;
    assert_eq!(unfilled.replace("\\-", "-").lines().collect::<Vec<_>>(), examples);
}

#[test]
fn a_command_takes_no_further_word_but_help() {
    for command in ["rules", "man"] {
        let out = run([command, "page.txt"], b"");
        assert_eq!((code(&out), out.stdout.len()), (2, 0), "{command}");
        assert!(said(&out).contains("./"), "{}", said(&out));
        let help = run([command, "--help"], b"");
        assert!(code(&help) == 0 && String::from_utf8_lossy(&help.stdout).contains("Examples:"), "{command}");
    }
}

#[test]
fn completions_and_the_man_page_are_printed() {
    assert!(String::from_utf8_lossy(&run(["completions", "bash"], b"").stdout).contains("_qingyang"));
    assert!(String::from_utf8_lossy(&run(["man"], b"").stdout).contains(".TH"));
    assert!(code(&run(["--version"], b"")) == 0 && code(&run(["--help"], b"")) == 0);
}

#[test]
fn the_summary_has_a_record_for_each_file() {
    let dir = folder();
    let (input, output, summary) = (dir.path().join("in"), dir.path().join("out"), dir.path().join("s.jsonl"));
    write(&input, "a.txt", RAW);
    write(&input, "gb.txt", b"\xc7\xfe\xcb\xae\xc1\xf7\xb9\xfd\xc7\xc5\xcd\xb7\xd5\xf2\xa1\xa3\n");
    write(&input, "x.bin", "x");
    write(&input, "english.txt", "Nothing but English in here. ".repeat(20));
    let out = run(
        [input.as_os_str(), OsStr::new("-o"), output.as_os_str(), OsStr::new("--summary"), summary.as_os_str()],
        b"",
    );
    assert_eq!(code(&out), 0, "{}", said(&out));
    let records: Vec<serde_json::Value> =
        text(&summary).lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    assert_eq!(records.len(), 4);
    let of =
        |name: &str| records.iter().find(|r| r["path"].as_str().is_some_and(|p| p.ends_with(name))).expect("a record");
    assert_eq!(
        (of("gb.txt")["encoding"].as_str(), of("x.bin")["status"].as_str()),
        (Some("GB18030"), Some("not text"))
    );
    assert_eq!(of("a.txt")["edits"]["rejoin"].as_u64(), Some(2));
    assert_eq!(
        (of("english.txt")["suspicious"].as_bool(), of("a.txt")["suspicious"].as_bool()),
        (Some(true), Some(false))
    );
}

#[test]
fn a_long_value_of_a_record_comes_out_as_through_a_pipe() {
    let page = "渠水流过桥头镇，沿岸的稻\n田 渐 渐 泛 黄，农户忙着修整\n晒场。\n\n".repeat(4000);
    for value in [page.clone(), format!("\u{feff}{page}")] {
        let record = format!("{}\n", serde_json::json!({ "text": value }));
        let o = run(["--jsonl", "--field=text"], record.as_bytes());
        let cleaned: serde_json::Value = serde_json::from_slice(&o.stdout).expect("a record");
        let piped = printed(&run(Vec::<&str>::new(), page.as_bytes()));
        assert!(cleaned["text"].as_str() == piped.strip_suffix('\n'), "{}", said(&o));
    }
}
