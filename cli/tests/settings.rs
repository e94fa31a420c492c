//! `qingyang.toml`: where it is found, what overrides it, and its errors.

mod tool;

use std::fs;
use std::path::Path;
use std::process::Output;
use tool::{code, folder, printed as out, run_in, said};

/// Full-width digits, and a doubled headline: two rules that a setting switches.
const RAW: &str = "渠水流过桥头镇２０公里。\n吕梁代表队崭露头角吕梁代表队崭露头角\n";

struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Place {
        Place(folder())
    }

    fn root(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, text: &str) {
        tool::write(self.root(), name, text);
    }

    /// Runs the tool in a folder; `stdin.txt` is standard input.
    fn run_in(&self, folder: &str, args: &[&str]) -> Output {
        let stdin = fs::read(self.root().join("stdin.txt")).unwrap_or_default();
        run_in(&self.root().join(folder), args, &stdin)
    }

    fn run(&self, args: &[&str]) -> Output {
        self.run_in("", args)
    }

    fn read(&self, name: &str) -> String {
        tool::read(self.root(), name)
    }
}

#[test]
fn only_the_nearest_file_above_the_input_counts() {
    let place = Place::new();
    place.write("qingyang.toml", "width = \"keep\"\nskip = [\"doubled\"]\n");
    place.write("a.txt", RAW);
    place.write("sub/deep/b.txt", RAW);
    assert_eq!(out(&place.run(&["sub/deep/b.txt"])), RAW);
    place.write("sub/qingyang.toml", "blank-lines = true\n");
    // Width and skip of the upper file are not merged in.
    assert_eq!(out(&place.run(&["sub/deep/b.txt"])), "渠水流过桥头镇20公里。\n\n吕梁代表队崭露头角\n");
    assert_eq!(out(&place.run(&["a.txt"])), RAW);
    // The folder of the input counts, not the working folder; '..' is resolved.
    assert_eq!(out(&place.run_in("sub/deep", &["../../a.txt"])), RAW);
}

#[test]
fn standard_input_is_cleaned_by_the_working_folders_file() {
    let place = Place::new();
    place.write("stdin.txt", RAW);
    place.write("sub/qingyang.toml", "width = \"keep\"\nskip = [\"doubled\"]\n");
    place.write("sub/deep/x", "");
    assert_eq!(out(&place.run_in("sub/deep", &[])), RAW);
    assert_ne!(out(&place.run(&[])), RAW);
}

#[test]
fn the_command_line_overrides_the_file() {
    let place = Place::new();
    place.write("qingyang.toml", "width = \"keep\"\nskip = [\"doubled\"]\nblank-lines = true\n");
    place.write("a.txt", RAW);
    let clean = "渠水流过桥头镇20公里。\n吕梁代表队崭露头角\n";
    assert_eq!(out(&place.run(&["a.txt", "--no-config"])), clean);
    assert_eq!(out(&place.run(&["a.txt", "--width", "half", "--skip", "radicals", "--blank-lines=false"])), clean);
    // --only also replaces skip: they exclude each other.
    let only = out(&place.run(&["a.txt", "--only", "doubled", "--blank-lines=false"]));
    assert_eq!(only, "渠水流过桥头镇２０公里。\n吕梁代表队崭露头角\n");
    // A default that is given on the command line overrides the file.
    assert!(out(&place.run(&["a.txt", "--width=half"])).contains("20公里"));
}

#[test]
fn config_names_one_file_for_all_inputs() {
    let place = Place::new();
    place.write("a.txt", RAW);
    place.write("qingyang.toml", "blank-lines = true\n");
    place.write("other.toml", "width = \"keep\"\nskip = [\"doubled\"]\n");
    assert_eq!(out(&place.run(&["a.txt", "--config", "other.toml"])), RAW);
    let o = place.run(&["a.txt", "--config", "none.toml"]);
    assert!(code(&o) == 2 && said(&o).contains("none.toml"), "{}", said(&o));
    assert_eq!(code(&place.run(&["a.txt", "--config", "other.toml", "--no-config"])), 2);
}

#[test]
fn an_error_in_a_settings_file_names_line_and_key_and_suggests_the_nearest() {
    let place = Place::new();
    place.write("a.txt", RAW);
    for (text, want) in [
        ("\nwidht = \"keep\"\n", &["qingyang.toml:2: ", "'widht'", "did you mean 'width'?"][..]),
        (
            "# x\n\nskip = [\n  \"hyphen\",\n  \"doubeld\",\n]\n",
            &["qingyang.toml:5: skip: ", "did you mean 'doubled'?"],
        ),
        (
            "only = [\"zzz\"]\n",
            &["qingyang.toml:1: only: ", "known are byte-order-mark, malformed, mojibake, line-ends"],
        ),
        ("width = \"hafl\"\n", &["qingyang.toml:1: width: ", "did you mean 'half'?"]),
        ("width = keep\n", &["qingyang.toml:1: width: ", "not TOML"]),
        ("width = \"keep\"\nwidth = \"half\"\n", &["qingyang.toml:2: width: "]),
        ("lossy = \"yes\"\n", &["qingyang.toml:1: lossy: expected true or false, found a string"]),
        ("skip = \"doubled\"\n", &["qingyang.toml:1: skip: expected a list of strings, found a string"]),
        ("uncertain = \"0.9\"\n", &["qingyang.toml:1: uncertain: expected a number"]),
        ("uncertain = 7\n", &["qingyang.toml:1: uncertain: expected a probability"]),
        ("\nencoding = \"klingon\"\n", &["qingyang.toml:2: encoding: ", "klingon"]),
        ("skip = []\nonly = [\"doubled\"]\n", &["qingyang.toml:1: skip and only exclude each other"]),
        ("[text]\nwidth = \"keep\"\n", &["qingyang.toml:1: ", "'text'"]),
        // Options of a run are not keys.
        ("output = \"x\"\n", &["qingyang.toml:1: ", "unknown key 'output'"]),
    ] {
        place.write("qingyang.toml", text);
        let o = place.run(&["a.txt"]);
        assert_eq!((code(&o), out(&o).as_str()), (2, ""), "{text}: {}", said(&o));
        for part in want {
            assert!(said(&o).contains(part), "{text}: {part:?} is not in: {}", said(&o));
        }
    }
}

#[test]
fn every_key_is_an_option_and_config_prints_each_with_where_it_came_from() {
    let place = Place::new();
    place.write("a.txt", RAW);
    let file = "encoding = \"utf-8\"\nlossy = true\nwidth = \"keep\"\ncjk-latin-space = \"one\"\nfurniture = \"drop\"\n\
                blank-lines = true\njoin-across = true\nskip = [\"hyphen\", \"doubled\"]\nuncertain = 0.8\n";
    place.write("qingyang.toml", file);
    let shown = out(&place.run(&["config", "a.txt", "--width", "half"]));
    for (n, line) in file.lines().enumerate().filter(|(n, _)| *n != 2) {
        let found = shown.lines().find(|l| l.starts_with(line)).unwrap_or_else(|| panic!("{line} is not in\n{shown}"));
        assert!(found.ends_with(&format!("/qingyang.toml:{}", n + 1)), "{found}");
    }
    let from = |key: &str| shown.lines().find(|l| l.starts_with(key)).unwrap_or_default().to_string();
    assert!(from("width = \"half\"").ends_with("# command line"), "{shown}");
    assert!(from("only = []").ends_with("# default"), "{shown}");
    // The printed settings are a file with the same meaning.
    let printed = out(&place.run(&["config", "a.txt"])).replace("only = []", "");
    place.write("b/qingyang.toml", &printed);
    place.write("b/a.txt", RAW);
    assert_eq!(out(&place.run(&["b/a.txt"])), out(&place.run(&["a.txt"])));
    assert_eq!(out(&place.run(&["config"])).lines().next(), Some("# standard input"));
}

#[test]
fn each_file_of_a_folder_is_cleaned_by_its_own_and_resume_sees_what_changed() {
    let place = Place::new();
    for name in ["in/a.txt", "in/keep/b.txt", "in/keep/deep/c.txt", "in/blank/d.txt"] {
        place.write(name, RAW);
    }
    place.write("in/keep/qingyang.toml", "width = \"keep\"\nskip = [\"doubled\"]\n");
    place.write("in/blank/qingyang.toml", "blank-lines = true\n");
    let go = || said(&place.run(&["in", "-o", "out", "--resume"]));
    assert!(go().contains("4 cleaned, 0 done before, 0 not text"));
    assert_eq!(place.read("out/a.txt"), "渠水流过桥头镇20公里。\n吕梁代表队崭露头角\n");
    assert_eq!((place.read("out/keep/b.txt").as_str(), place.read("out/keep/deep/c.txt").as_str()), (RAW, RAW));
    assert_eq!(place.read("out/blank/d.txt"), "渠水流过桥头镇20公里。\n\n吕梁代表队崭露头角\n");
    assert!(go().contains("0 cleaned, 4 done before"));
    place.write("in/keep/qingyang.toml", "width = \"keep\"\n");
    assert!(go().contains("2 cleaned, 2 done before"));
    assert_eq!(place.read("out/keep/b.txt"), "渠水流过桥头镇２０公里。\n吕梁代表队崭露头角\n");
    // A file with the same meaning does not change the settings.
    place.write("in/keep/qingyang.toml", "# as before\nwidth = \"keep\" # the digits\nskip = []\n");
    assert!(go().contains("0 cleaned, 4 done before"), "{}", go());
}

#[test]
fn a_broken_file_deep_in_a_folder_fails_its_files_names_itself_and_is_2() {
    let place = Place::new();
    place.write("in/a.txt", RAW);
    place.write("in/deep/b.txt", RAW);
    place.write("in/deep/qingyang.toml", "widht = \"keep\"\n");
    for args in [&["in", "-o", "out"][..], &["--check", "in"]] {
        let o = place.run(args);
        assert_eq!(code(&o), 2, "{}", said(&o));
        assert!(said(&o).contains("in/deep/b.txt: ") && said(&o).contains("qingyang.toml:1: "), "{}", said(&o));
    }
    assert!(place.root().join("out/a.txt").exists() && !place.root().join("out/deep/b.txt").exists());
    // In the top folder it ends the run before anything is written.
    place.write("in/qingyang.toml", "widht = \"keep\"\n");
    assert_eq!(code(&place.run(&["in", "-o", "other"])), 2);
    assert!(!place.root().join("other").exists());
}

#[test]
fn records_and_views_follow_the_file_too() {
    let place = Place::new();
    place.write("a.txt", RAW);
    place.write("r.jsonl", "{\"text\":\"２０公里。\"}\n");
    assert_eq!(out(&place.run(&["--jsonl", "--field", "text", "r.jsonl"])), "{\"text\":\"20公里。\"}\n");
    assert_eq!(code(&place.run(&["--check", "a.txt"])), 1);
    place.write("qingyang.toml", "width = \"keep\"\nskip = [\"doubled\"]\n");
    assert_eq!(out(&place.run(&["--jsonl", "--field", "text", "r.jsonl"])), "{\"text\":\"２０公里。\"}\n");
    assert_eq!(code(&place.run(&["--check", "a.txt"])), 0);
}

#[test]
fn a_file_called_config_is_reached_by_its_path() {
    let place = Place::new();
    place.write("config", "甲 。\n");
    assert_eq!(out(&place.run(&["./config"])), "甲。\n");
}

/// Written for version 0.1.0; every key of that version is here.
#[test]
fn a_settings_file_of_0_1_is_read() {
    let place = Place::new();
    place.write("a.txt", RAW);
    let common = "# 清样\nencoding = \"utf-8\"\nlossy = false\nwidth = \"keep\"\ncjk-latin-space = \"one\"\n\
                  furniture = \"drop\"\nblank-lines = true\njoin-across = true\norder = \"reading\"\n\
                  split = \"sentence\"\nuncertain = 0.85\n";
    place.write("qingyang.toml", &format!("{common}skip = [\"doubled\"]\n"));
    assert_eq!(out(&place.run(&["a.txt"])), "吕梁代表队崭露头角吕梁代表队崭露头角\n\n渠水流过桥头镇２０公里。\n");
    place.write("qingyang.toml", &format!("{common}only = [\"doubled\"]\n"));
    assert_eq!(out(&place.run(&["a.txt"])), "渠水流过桥头镇２０公里。\n\n吕梁代表队崭露头角\n");
}
