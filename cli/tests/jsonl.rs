//! JSON Lines: what is put into records, folders of shards, faulty records, answers while the input goes on.

mod tool;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use tool::{code, folder, printed, read, records, run, run_in, said, tool, write};

#[test]
fn fields_are_replaced_or_get_a_key_beside_them() {
    for (args, record, want) in [
        ("--field t --field u", r#"{"t":"甲 。","u":"乙 。"}"#, r#"{"t":"甲。","u":"乙。"}"#),
        ("--field t --to-field c", r#"{ "t": "甲 。", "n":1.0 }"#, r#"{ "t": "甲 。","c":"甲。", "n":1.0 }"#),
        ("--field t --to-field c", r#"{"c":null,"t":"甲。"}"#, r#"{"c":"甲。","t":"甲。"}"#),
        (
            "--field t --field u --to-field a --to-field b",
            r#"{"t":"甲 ","u":"乙"}"#,
            r#"{"t":"甲 ","a":"甲","u":"乙","b":"乙"}"#,
        ),
        (
            "--field /p/*/t",
            r#"{"p":[{"t":"甲 。"},{"i":1},{"t":"乙 。"}]}"#,
            r#"{"p":[{"t":"甲。"},{"i":1},{"t":"乙。"}]}"#,
        ),
        ("--field /p/*", r#"{"p":["甲 。","乙 。"]}"#, r#"{"p":["甲。","乙。"]}"#),
        ("--field /p/*/t", r#"{"p":[]}"#, r#"{"p":[]}"#),
        ("--field /*/t", r#"{"*":{"t":"甲 。"}}"#, r#"{"*":{"t":"甲。"}}"#),
        ("--field /p/*/t --to-field c", r#"{"p":[{"t":"甲 。"}]}"#, r#"{"p":[{"t":"甲 。","c":"甲。"}]}"#),
        ("--field t", r#"{"\u0074":"甲 。"}"#, r#"{"\u0074":"甲。"}"#),
    ] {
        let out = run(["--jsonl"].into_iter().chain(args.split(' ')), record.as_bytes());
        assert_eq!((code(&out), printed(&out).as_str()), (0, want), "{args}: {}", said(&out));
        let again = run(["--jsonl"].into_iter().chain(args.split(' ')), want.as_bytes());
        assert_eq!(printed(&again), want, "{args}, a second time");
    }
}

#[test]
fn what_cannot_be_put_beside_a_field_is_told() {
    for (args, record, why) in [
        ("--field /p/*/t", r#"{"p":[{"i":1}]}"#, "no field /p/*/t"),
        ("--field /p/* --to-field c", r#"{"p":["甲 。"]}"#, "field /p/* is an item of a list"),
        ("--field /p/* --add units", r#"{"p":["甲 。"]}"#, "field /p/* is an item of a list"),
    ] {
        let out = run(["--jsonl"].into_iter().chain(args.split(' ')), record.as_bytes());
        assert_eq!((code(&out), printed(&out).as_str()), (1, record), "{args}");
        assert!(said(&out).contains(why), "{args}: {}", said(&out));
    }
    let out = run(["--jsonl", "--field", "t", "--field", "u", "--to-field", "c"], b"");
    assert!(code(&out) == 2 && said(&out).contains("--to-field is given 1 times for 2 fields"), "{}", said(&out));
}

/// `--to-field` as a pointer. All bytes of the record are there before and behind what is put in.
#[test]
fn a_pointer_leads_the_clean_text_to_its_place_and_makes_objects_on_the_way() {
    for (args, record, want) in [
        // Behind the member that holds the field.
        (
            "--field /a/t --to-field /clean/t",
            r#"{"a": { "t":"甲 。" } , "z":1.0}"#,
            r#"{"a": { "t":"甲 。" },"clean":{"t":"甲。"} , "z":1.0}"#,
        ),
        ("--field t --to-field /t_clean", r#"{"t":"甲 。","z":0}"#, r#"{"t":"甲 。","t_clean":"甲。","z":0}"#),
        ("--field t --to-field /x/y/z", r#"{"t":"甲 。"}"#, r#"{"t":"甲 。","x":{"y":{"z":"甲。"}}}"#),
        // At the end of an object that is there.
        (
            "--field /a/t --to-field /clean/t",
            r#"{"clean":{"n": 1 },"a":{"t":"甲 。"}}"#,
            r#"{"clean":{"n": 1,"t":"甲。" },"a":{"t":"甲 。"}}"#,
        ),
        (
            "--field /a/t --to-field /clean/t",
            r#"{"clean":{ },"a":{"t":"甲 。"}}"#,
            r#"{"clean":{"t":"甲。" },"a":{"t":"甲 。"}}"#,
        ),
        // A value that is there already is replaced, as with a key.
        (
            "--field /a/t --to-field /clean/t",
            r#"{"clean":{"t":[0],"u":1},"a":{"t":"甲 。"}}"#,
            r#"{"clean":{"t":"甲。","u":1},"a":{"t":"甲 。"}}"#,
        ),
        // Items of lists: in the same item, and in the item of another list at the same position.
        (
            "--field /p/*/t --to-field /p/*/clean/t",
            r#"{"p":[{"t":"甲 。"},{"i":1},{"t":"乙 。","clean":{}}]}"#,
            r#"{"p":[{"t":"甲 。","clean":{"t":"甲。"}},{"i":1},{"t":"乙 。","clean":{"t":"乙。"}}]}"#,
        ),
        (
            "--field /p/*/t --to-field /q/*/c",
            r#"{"q":[{},{"k":0},0],"p":[{"t":"甲 。"},{"t":"乙 。"}]}"#,
            r#"{"q":[{"c":"甲。"},{"k":0,"c":"乙。"},0],"p":[{"t":"甲 。"},{"t":"乙 。"}]}"#,
        ),
        (
            "--field /p/*/t/* --to-field /p/*/u/*",
            r#"{"p":[{"t":["甲 。","乙 。"],"u":[0,0,0]},{"t":["丙 。"],"u":[{}]}]}"#,
            r#"{"p":[{"t":["甲 。","乙 。"],"u":["甲。","乙。",0]},{"t":["丙 。"],"u":["丙。"]}]}"#,
        ),
        ("--field /*/t --to-field /*/c", r#"{"*":{"t":"甲 。"}}"#, r#"{"*":{"t":"甲 。","c":"甲。"}}"#),
        ("--field /p/1/t --to-field /p/0/c", r#"{"p":[{},{"t":"甲 。"}]}"#, r#"{"p":[{"c":"甲。"},{"t":"甲 。"}]}"#),
        // One object for two texts; keys in the order of the options, that of `--add` stays beside the field.
        (
            "--field /a/t --field /b/u --to-field /clean/z --to-field /clean/a --add units",
            r#"{"a":{"t":""},"b":{"u":""}}"#,
            r#"{"a":{"t":"","t_units":[]},"clean":{"z":"","a":""},"b":{"u":"","u_units":[]}}"#,
        ),
        (
            "--field t --field u --to-field /clean/z --to-field /clean/a",
            r#"{"clean":{},"u":"甲","t":"乙"}"#,
            r#"{"clean":{"z":"乙","a":"甲"},"u":"甲","t":"乙"}"#,
        ),
        // Keys as they are written, and the last of equal ones.
        (
            "--field t --to-field /a~1b/~0\"",
            r#"{"t":"甲 。","a\/b":{"~\"":0}}"#,
            r#"{"t":"甲 。","a\/b":{"~\"":"甲。"}}"#,
        ),
        (
            "--field t --to-field /c/t",
            r#"{"c":{"t":0},"c":{},"t":"甲 。"}"#,
            r#"{"c":{"t":0},"c":{"t":"甲。"},"t":"甲 。"}"#,
        ),
    ] {
        let out = run(["--jsonl"].into_iter().chain(args.split(' ')), record.as_bytes());
        assert_eq!((code(&out), printed(&out).as_str()), (0, want), "{args}: {}", said(&out));
        let again = run(["--jsonl"].into_iter().chain(args.split(' ')), want.as_bytes());
        assert_eq!(printed(&again), want, "{args}, a second time");
    }
}

#[test]
fn a_place_that_cannot_be_made_fails_the_record_and_leaves_it() {
    for (to, record, why) in [
        ("/c/t", r#"{"p":[{"t":"甲 。"}],"c":"乙"}"#, "--to-field /c/*/t: /c is a string, not an object"),
        ("/c/t", r#"{"p":[{"t":"甲 。"}],"c":null}"#, "--to-field /c/*/t: /c is null, not an object"),
        ("/c/t", r#"{"p":[{"t":"甲 。"}]}"#, "--to-field /c/*/t: there is no item /c/0"),
        ("/c/t", r#"{"p":[{},{"t":"甲 。"}],"c":[{}]}"#, "--to-field /c/*/t: there is no item /c/1"),
        ("/c/t", r#"{"p":[{"t":"甲 。"}],"c":{"0":{}}}"#, "--to-field /c/*/t: there is no item /c/0"),
        ("/c/t", r#"{"p":[{"t":"甲 。"}],"c":[7]}"#, "--to-field /c/*/t: /c/0 is a number, not an object"),
    ] {
        let to = to.replace("/c/", "/c/*/");
        let out = run(["--jsonl", "--field", "/p/*/t", "--to-field", &to], record.as_bytes());
        assert_eq!((code(&out), printed(&out).as_str()), (1, record), "{to}");
        assert!(said(&out).contains(&format!("standard input: line 1: {why}")), "{to}: {}", said(&out));
    }
    // A list is not lengthened by a pointer either.
    let out = run(["--jsonl", "--field", "t", "--to-field", "/c/-"], r#"{"t":"甲 。","c":[]}"#.as_bytes());
    assert!(code(&out) == 1 && said(&out).contains("there is no item /c/-"), "{}", said(&out));
    let out = run(["--jsonl", "--lang=zh", "--field", "t", "--to-field", "/c/t"], r#"{"t":"甲","c":[0]}"#.as_bytes());
    assert!(said(&out).contains("--to-field /c/t：没有列表项 /c/t"), "{}", said(&out));
}

#[test]
fn names_that_contradict_each_other_are_refused_before_anything_is_read() {
    let stars = "must have as many * as";
    let place = "choose another key or pointer";
    for (args, why) in [
        ("--field /p/*/t --to-field /clean", stars),
        ("--field t --to-field /p/*/clean", stars),
        ("--field t --to-field /a~2", "--to-field /a~2: in a JSON Pointer write ~0"),
        ("--field t --to-field t", "--to-field t leads to the place of --field t"),
        ("--field /a/t --to-field t", place),
        ("--field /a/t --to-field /a", place),
        ("--field /a/t --to-field /a/t/u", place),
        ("--field /p/*/t --to-field /p/*/t", place),
        ("--field t --field /c/u --to-field c --to-field v", place),
        ("--field t --field u --to-field c --to-field c", "--to-field c leads to the place of --to-field c"),
        ("--field t --field u --to-field /c --to-field /c/u", place),
        ("--field /p/*/t --field /p/0/u --to-field c --to-field c", place),
        ("--field t --to-field quality --add quality", "--add quality leads to the place of --to-field quality"),
        ("--field quality --add quality", place),
    ] {
        let out = run(["--jsonl"].into_iter().chain(args.split(' ')), b"");
        assert!(code(&out) == 2 && said(&out).contains(why), "{args}: {}", said(&out));
    }
    // Two keys of one name in different objects.
    let args = ["--jsonl", "--field", "/a/t", "--field", "/b/t", "--to-field", "c", "--to-field", "c"];
    assert_eq!(printed(&run(args, br#"{"a":{"t":""},"b":{"t":""}}"#)), r#"{"a":{"t":"","c":""},"b":{"t":"","c":""}}"#);
}

#[test]
fn quality_and_units_stand_beside_the_field() {
    let raw = "渠 水 流 过 桥 头 镇，沿岸的稻田渐渐泛黄，农户忙着修整\n晒场。\n";
    let record = serde_json::json!({ "t": raw, "u": "号外" }).to_string();
    let out = run(["--jsonl", "--field", "t", "--add", "quality", "--add", "units"], record.as_bytes());
    let made = &records(&printed(&out))[0];
    let alone = &records(&printed(&run(["--jsonl", "--field", "t"], record.as_bytes())))[0];
    assert_eq!(made["t"], alone["t"], "{}", said(&out));
    let quality = &made["quality"];
    let changed = quality["changed"].as_f64().expect("a share");
    assert!(changed > 0.1 && changed < 0.5, "{quality}");
    let least = quality["least_confidence"].as_f64().expect("a probability");
    assert!((0.5..=1.0).contains(&least) && quality["uncertain_breaks"].is_u64(), "{quality}");
    assert_eq!(quality["suspicious"], serde_json::json!([]));
    assert_eq!((&made["units"][0]["text"], &made["units"][0]["role"]), (&made["t"], &"body".into()), "{made}");
    let out = run(["--jsonl", "--field", "t", "--field", "u", "--add", "quality"], record.as_bytes());
    let made = &records(&printed(&out))[0];
    assert!(made["t_quality"].is_object() && made["u_quality"]["changed"] == 0.0, "{made}");
}

/// Records whose texts were read in a wrong encoding, or lost characters, with a clean one between two.
fn suspicious(records: usize) -> String {
    let clean = "本报讯（记者 何苗）昨日上午，横跨渠水的云台新桥正式通车，两岸群众不用再绕行12公里。\n".repeat(4);
    let clean = clean.trim_end();
    let (misread, ..) = encoding_rs::GBK.decode(clean.as_bytes());
    let texts = [misread.as_ref(), clean, "渠水锟斤拷流过桥头镇。", clean];
    texts.iter().cycle().take(records).map(|text| serde_json::json!({ "t": text }).to_string() + "\n").collect()
}

#[test]
fn suspicious_records_are_told_by_line_and_counted() {
    let out = run(["--jsonl", "--field", "t"], suspicious(4).as_bytes());
    let warnings = said(&out);
    let told: Vec<&str> = warnings.lines().collect();
    assert_eq!(code(&out), 0);
    assert!(told[0].starts_with("qingyang: warning: standard input: line 1: suspicious text: "), "{told:?}");
    assert!(told[0].contains("UTF-8 as GBK") && told[0].contains("--repair mojibake"), "{told:?}");
    assert!(told[1].contains("line 3: suspicious text: "), "{told:?}");
    assert_eq!(told[2], "qingyang: records: 4, of these 3 clean already, 0 failed, 2 suspicious");
    assert_eq!(said(&run(["--jsonl", "--field", "t", "-q"], suspicious(4).as_bytes())), "");
    let chinese = run(["--jsonl", "--field", "t", "--lang=zh"], suspicious(4).as_bytes());
    assert!(said(&chinese).contains("警告：标准输入：第 3 行：文本可疑："), "{}", said(&chinese));
    assert!(said(&chinese).contains("2 条文本可疑"), "{}", said(&chinese));
    // Ten are shown, by one worker and by several.
    let many = run(["--jsonl", "--field", "t"], suspicious(60).as_bytes());
    let shown = said(&many).lines().filter(|line| line.contains("suspicious text")).count();
    assert!(shown == 10 && said(&many).contains("standard input: 20 more records are suspicious"), "{}", said(&many));
}

#[test]
fn the_summary_of_a_shard_counts_its_suspicious_records() {
    let dir = folder();
    write(dir.path(), "in/a.jsonl", suspicious(44));
    write(dir.path(), "in/b.jsonl", "{\"t\":\"渠 水\"}\n");
    let out = run_in(dir.path(), SHARDS, b"");
    assert!(said(&out).contains("a.jsonl: line 1: suspicious text"), "{}", said(&out));
    assert!(said(&out).contains("a.jsonl: 12 more records are suspicious"), "{}", said(&out));
    let summary = records(&read(dir.path(), "s.jsonl"));
    let of = |name: &str| summary.iter().find(|r| r["path"].as_str().is_some_and(|p| p.ends_with(name))).expect(name);
    let (a, b) = (of("a.jsonl"), of("b.jsonl"));
    assert_eq!((&a["suspicious"], &a["suspicious_records"]), (&true.into(), &22.into()));
    let kinds = a["suspicions"].as_array().expect("a list");
    assert!(["misread encoding", "lost characters"].iter().all(|kind| kinds.contains(&(*kind).into())), "{kinds:?}");
    assert_eq!((&b["suspicious"], &b["suspicious_records"]), (&false.into(), &0.into()));
}

/// Shards of records with numbers, some packed, some faulty.
fn shards(root: &Path) {
    let lines = |shard: usize, n: usize| -> String {
        (0..n).map(|k| format!("{{\"id\":\"{shard}-{k}\",\"t\":\"渠 水 流 过 第{k}桥 。\"}}\n")).collect()
    };
    for shard in 0..9 {
        write(root, &format!("in/a{}/{shard}.jsonl", shard % 2), lines(shard, 50 + shard));
    }
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(lines(9, 40).as_bytes()).expect("packed");
    write(root, "in/b/9.ndjson.gz", gz.finish().expect("packed"));
    // GBK, which no record is.
    write(root, "in/b/gbk.jsonl", b"{\"t\":\"\xC7\xFE\xCB\xAE\"}\n".repeat(30));
    let mut cut = lines(10, 20);
    cut.truncate(cut.len() - 20);
    write(root, "in/b/cut.jsonl", cut);
    write(root, "in/b/readme.txt", "not records");
}

fn tree(root: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().flatten();
    let files = entries.filter(|e| e.file_type().is_file() && !e.file_name().to_string_lossy().starts_with('.'));
    files
        .map(|e| (e.path().strip_prefix(root).expect("below").display().to_string(), fs::read(e.path()).expect("read")))
        .collect()
}

const SHARDS: [&str; 7] = ["--jsonl", "--field", "t", "in", "-o", "out", "--summary=s.jsonl"];

#[test]
fn a_folder_of_shards_gives_a_mirrored_tree_and_counts() {
    let dir = folder();
    shards(dir.path());
    let out = run_in(dir.path(), SHARDS, b"");
    let told = said(&out);
    assert_eq!(code(&out), 1, "{told}");
    let made = tree(&dir.path().join("out"));
    let names: Vec<&str> = made.iter().map(|(name, _)| name.as_str()).collect();
    assert!(made.len() == 12 && names.contains(&"a1/3.jsonl") && names.contains(&"b/9.ndjson.gz"), "{names:?}");
    assert!(read(dir.path(), "out/a1/3.jsonl").starts_with("{\"id\":\"3-0\",\"t\":\"渠水流过第0桥。\"}\n"));
    let mut unpacked = String::new();
    let packed = fs::File::open(dir.path().join("out/b/9.ndjson.gz")).expect("made");
    flate2::read::GzDecoder::new(packed).read_to_string(&mut unpacked).expect("unpacks");
    assert_eq!(unpacked.lines().count(), 40);
    // Faulty records are as they came.
    assert_eq!(fs::read(dir.path().join("out/b/gbk.jsonl")).ok(), fs::read(dir.path().join("in/b/gbk.jsonl")).ok());
    assert_eq!(told.lines().filter(|line| line.contains("gbk.jsonl: line ")).count(), 10, "{told}");
    assert!(told.contains("gbk.jsonl: 20 more records failed"), "{told}");
    assert!(told.contains("cut.jsonl: line 20: not JSON at byte"), "{told}");
    let all = (50..59).sum::<usize>() + 40 + 30 + 20;
    assert!(told.contains(&format!("records: {all}, of these 0 clean already, 31 failed")), "{told}");
    let summary = records(&read(dir.path(), "s.jsonl"));
    let gbk = summary.iter().find(|r| r["path"].as_str().is_some_and(|p| p.ends_with("gbk.jsonl"))).expect("a record");
    assert_eq!((&gbk["records"], &gbk["failed"]), (&30.into(), &30.into()));
}

#[test]
fn shards_that_are_done_are_not_done_again_unless_the_options_change() {
    let dir = folder();
    shards(dir.path());
    run_in(dir.path(), SHARDS, b"");
    let made = tree(&dir.path().join("out"));
    fs::remove_file(dir.path().join("out/a0/2.jsonl")).expect("removed");
    let out = run_in(dir.path(), SHARDS.into_iter().chain(["--resume"]), b"");
    assert!(said(&out).contains("1 cleaned, 11 done before"), "{}", said(&out));
    assert!(tree(&dir.path().join("out")) == made);
    let out = run_in(dir.path(), SHARDS.into_iter().chain(["--resume", "--to-field", "c"]), b"");
    assert!(said(&out).contains("12 cleaned, 0 done before"), "{}", said(&out));
}

#[test]
fn records_are_the_same_at_any_number_of_workers() {
    let dir = folder();
    let mut text = String::new();
    for k in 0..3_000 {
        let fault = if k % 250 == 7 { "{\"t\":1}\n" } else { "" };
        text.push_str(&format!("{fault}{{\"t\":\"渠水流过第{k}桥，沿岸的稻\\n田 渐 渐 泛 黄 。\",\"k\":{k}}}\n"));
    }
    text.push_str(&format!("{{\"t\":\"{}\"}}", "渠 水 流 过 桥 头 镇 。\\n".repeat(9_000)));
    write(dir.path(), "in.jsonl", &text);
    let made = |jobs: &str, args: &[&str]| {
        let all = ["--jsonl", "--field", "t", "in.jsonl", "-j", jobs].into_iter().chain(args.iter().copied());
        let out = run_in(dir.path(), all, b"");
        (code(&out), out.stdout.clone(), said(&out))
    };
    for args in [&[][..], &["--on-error=stop"], &["--on-error=skip", "--add=quality"]] {
        let one = made("1", args);
        for jobs in ["2", "5"] {
            assert!(made(jobs, args) == one, "{args:?} with {jobs} workers");
        }
    }
    let (_, out, told) = made("3", &[]);
    assert_eq!(String::from_utf8_lossy(&out).lines().count(), 3_013);
    assert!(told.contains("2 more records failed") && told.contains("12 failed"), "{told}");
}

/// Sends each question and reads the answer to it before the next.
fn ask(args: &[&str], times: usize, question: impl Fn(usize) -> String, check: impl Fn(usize, &str)) {
    let mut child = tool(args).spawn().expect("starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let mut stdout = BufReader::new(child.stdout.take().expect("a pipe"));
    for n in 0..times {
        stdin.write_all(question(n).as_bytes()).expect("taken");
        let mut answer = String::new();
        stdout.read_line(&mut answer).expect("an answer");
        check(n, &answer);
    }
    drop(stdin);
    assert!(child.wait().expect("ends").success());
}

#[test]
fn a_program_that_waits_for_its_answer_gets_it() {
    ask(
        &["--jsonl", "--field", "t"],
        1_000,
        |n| format!("{{\"n\":{n},\"t\":\"渠 水 流 过 。\"}}\n"),
        |n, answer| assert_eq!(answer, format!("{{\"n\":{n},\"t\":\"渠水流过。\"}}\n")),
    );
    let page = |n: usize| format!("渠 水 流 过 桥 头 镇，沿岸的稻田渐渐泛黄{n}\n\u{c}");
    ask(&["--format", "jsonl"], 1_000, page, |n, answer| {
        let page: serde_json::Value = serde_json::from_str(answer).expect("a page");
        assert_eq!(page["page"]["number"], n + 1);
        assert_eq!(page["units"][0]["text"], format!("渠水流过桥头镇，沿岸的稻田渐渐泛黄{n}"));
    });
    // The second answer comes with the form feed that the first one waits for.
    ask(&["--encoding", "utf-8"], 100, page, |n, answer| {
        let feed = if n == 0 { "" } else { "\u{c}" };
        assert_eq!(answer, format!("{feed}渠水流过桥头镇，沿岸的稻田渐渐泛黄{n}\n"));
    });
}
