//! The tool as a library: everything that it says goes to the streams that it is given.

use std::ffi::OsString;
use std::process::ExitCode;

struct Ran {
    status: ExitCode,
    out: String,
    err: String,
}

fn run(args: &[&str], stdin: &str) -> Ran {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = args.iter().map(OsString::from);
    let status = qingyang_cli::run(args, &mut stdin.as_bytes(), &mut out, &mut err);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Ran { status, out: text(out), err: text(err) }
}

const RAW: &str = "渠 水 流 过 桥 头 镇。\n";
const CLEAN: &str = "渠水流过桥头镇。\n";

#[test]
fn text_goes_from_the_given_input_to_the_given_output() {
    for args in [&["--no-config"][..], &["--no-config", "-"], &["--no-config", "--issue"]] {
        let ran = run(args, RAW);
        assert_eq!((ran.status, ran.out.as_str(), ran.err.as_str()), (ExitCode::SUCCESS, CLEAN, ""), "{args:?}");
    }
    let ran = run(&["--no-config", "--jsonl", "--field", "t"], "{\"t\":\"渠 水。\"}\n");
    assert_eq!((ran.status, ran.out.as_str()), (ExitCode::SUCCESS, "{\"t\":\"渠水。\"}\n"));
    let ran = run(&["--no-config", "--check"], RAW);
    assert_eq!((ran.status, ran.out.as_str()), (ExitCode::FAILURE, "standard input\n"));
}

#[test]
fn help_and_version_go_to_the_output_with_status_0() {
    for (args, part) in
        [(&["--help"][..], "--follow-jumps"), (&["-h"], "Usage: qingyang"), (&["--version"], "qingyang ")]
    {
        let ran = run(args, "");
        assert_eq!((ran.status, ran.err.as_str()), (ExitCode::SUCCESS, ""), "{args:?}");
        assert!(ran.out.contains(part) && !ran.out.contains('\x1b'), "{args:?}: {}", ran.out);
    }
}

#[test]
fn every_error_has_one_prefix_and_wrong_usage_has_status_2() {
    for (args, message) in [
        (&["--widht=keep"][..], "unknown option --widht; did you mean '--width'?"),
        (&["--width=hafl"], "--width <WIDTH>: unknown value 'hafl'; did you mean 'half'?"),
        (&["--width"], "--width <WIDTH> needs a value"),
        (&["--uncertain=7"], "expected a probability from 0.5 to 1"),
        (&["--jobs=0"], "expected a number from 1 to 1024"),
        (&["--skip=radicals", "--only=radicals"], "exclude each other: remove one"),
        (&["--quiet", "--quiet"], "--quiet is given twice: remove one"),
        (&["--jsonl"], "--field <NAME> is missing"),
        (&["completions", "tcsh"], "completions needs a shell"),
        (&["--in-place"], "--in-place needs inputs with names"),
        (&["--no-config", "--encoding=klingon"], "--encoding: unknown encoding \"klingon\""),
    ] {
        let ran = run(args, RAW);
        assert_eq!((ran.status, ran.out.as_str()), (ExitCode::from(2), ""), "{args:?}: {}", ran.err);
        assert!(ran.err.starts_with("qingyang: ") && ran.err.contains(message), "{args:?}: {}", ran.err);
        assert!(!ran.err.contains("error:"), "{args:?}: {}", ran.err);
    }
}

#[test]
fn an_input_that_fails_has_status_1_and_names_the_options_that_help() {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = ["--no-config", "--encoding=utf-8"].map(OsString::from);
    let status = qingyang_cli::run(args, &mut &b"\xe6\xb8\xa0\xffx"[..], &mut out, &mut err);
    assert_eq!((status, out.as_slice()), (ExitCode::FAILURE, &b""[..]));
    let err = String::from_utf8_lossy(&err);
    assert_eq!(
        err,
        "qingyang: standard input: byte 3: FF is not valid UTF-8; name the encoding (--encoding NAME) or replace \
         malformed bytes (--lossy)\n"
    );
}

/// An output that always fails in this way.
struct Failing(std::io::ErrorKind);

impl std::io::Write for Failing {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(self.0.into())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_output_is_one_error_and_an_output_that_went_away_is_none() {
    let run = |kind| {
        let mut err = Vec::new();
        let args = ["--no-config"].map(OsString::from);
        let status = qingyang_cli::run(args, &mut RAW.as_bytes(), &mut Failing(kind), &mut err);
        (status, String::from_utf8_lossy(&err).into_owned())
    };
    let (status, err) = run(std::io::ErrorKind::StorageFull);
    assert_eq!((status, err.lines().count()), (ExitCode::FAILURE, 1), "{err}");
    assert!(err.starts_with("qingyang: standard output: cannot write: the disk is full"), "{err}");
    assert_eq!(run(std::io::ErrorKind::BrokenPipe), (ExitCode::SUCCESS, String::new()));
}
