//! `--format` as its users run it: pipes, several files, folders, faults.

mod tool;

use jsonschema::Validator;
use pulldown_cmark::{Event, Options as Extensions, Parser, Tag, TagEnd};
use serde_json::{Value, json};
use std::ffi::OsStr;
use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use tool::{code, first_output, folder, printed, run, said, text, tool, warned};

const RAW: &str = "新桥飞架青石渡\n渠水流过桥头镇，沿岸的稻\n\n田渐渐泛黄，农户忙着修整\n\n晒场。\n";
const BODY: &str = "渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场。";

fn good<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>, stdin: &[u8]) -> String {
    let out = run(args, stdin);
    assert_eq!((code(&out), warned(&out).as_str()), (0, ""));
    printed(&out)
}

fn names(root: &Path) -> Vec<String> {
    let mut all: Vec<String> = walkdir::WalkDir::new(root)
        .into_iter()
        .map(|e| e.expect("an entry"))
        .filter(|e| e.file_type().is_file() && !e.file_name().as_encoded_bytes().starts_with(b"."))
        .map(|e| e.path().strip_prefix(root).expect("below").display().to_string())
        .collect();
    all.sort();
    all
}

fn ink(s: &str) -> String {
    s.chars().filter(|c| !c.is_whitespace()).collect()
}

fn validator() -> Validator {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema/qingyang-2.schema.json");
    let schema: Value = serde_json::from_str(&text(path)).expect("JSON");
    jsonschema::draft202012::new(&schema).expect("a schema")
}

fn valid(text: &str, validator: &Validator) -> Value {
    let value: Value = serde_json::from_str(text).unwrap_or_else(|e| panic!("{e}: {text}"));
    let faults: Vec<String> = validator.iter_errors(&value).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(faults.is_empty(), "{faults:?} in {text}");
    value
}

fn units(pages: &[Value]) -> Vec<&Value> {
    pages.iter().flat_map(|p| p["units"].as_array().expect("units")).collect()
}

fn text_of(pages: &[Value]) -> String {
    units(pages).iter().map(|u| u["text"].as_str().expect("text")).collect()
}

fn markdown_text(markdown: &str) -> String {
    let (mut text, mut matter) = (String::new(), false);
    for event in Parser::new_ext(markdown, Extensions::ENABLE_YAML_STYLE_METADATA_BLOCKS) {
        match event {
            Event::Start(Tag::MetadataBlock(_)) => matter = true,
            Event::End(TagEnd::MetadataBlock(_)) => matter = false,
            Event::Text(t) if !matter => text.push_str(&t),
            _ => {}
        }
    }
    text
}

/// The four views must contain the same characters, and the JSON must follow its schema.
fn agree(name: &str, text: &str, markdown: &str, json: &str, jsonl: &str, validator: &Validator) {
    let document = valid(json, validator);
    let pages = document["pages"].as_array().expect("pages");
    let lines: Vec<Value> = jsonl.lines().map(|l| valid(l, validator)).collect();
    // In reading order the same characters stand elsewhere.
    let sorted = |text: &str| {
        let mut all: Vec<char> = ink(text).chars().collect();
        all.sort_unstable();
        all
    };
    assert_eq!(sorted(&markdown_text(markdown)), sorted(text), "{name}");
    assert_eq!(ink(&text_of(pages)), ink(text), "{name}");
    assert_eq!(lines.len(), pages.len(), "{name}");
    for (line, page) in lines.iter().zip(pages) {
        let mut line = line.clone();
        let fields = line.as_object_mut().expect("an object");
        assert_eq!(fields.remove("schema"), document.get("schema").cloned(), "{name}");
        assert_eq!(fields.remove("generator"), document.get("generator").cloned(), "{name}");
        assert_eq!(&line, page, "{name}");
    }
}

#[test]
fn a_folder_of_all_fixtures_comes_out_alike_in_every_format() {
    let validator = validator();
    let dir = folder();
    fs::create_dir(dir.path().join("in")).expect("made");
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures");
    let (input, mut count) = (dir.path().join("in"), 0);
    for entry in fs::read_dir(fixtures).expect("fixtures") {
        let entry = entry.expect("an entry");
        let name = input.join(entry.file_name()).with_extension("txt");
        fs::copy(entry.path().join("raw.txt"), name).expect("copied");
        count += 1;
    }
    assert!(count >= 105, "{count} fixtures");
    for more in [&[][..], &["--furniture", "drop", "--blank-lines"][..]] {
        for format in ["text", "markdown", "json", "jsonl"] {
            let out = dir.path().join(format);
            let args = [input.as_os_str(), "-o".as_ref(), out.as_os_str(), "--format".as_ref(), format.as_ref()]
                .into_iter()
                .chain(more.iter().map(OsStr::new));
            good(args, b"");
        }
        let found = names(&dir.path().join("text"));
        assert_eq!(found.len(), count);
        for name in found {
            let view = |format: &str, extension: &str| {
                text(dir.path().join(format).join(Path::new(&name).with_extension(extension)))
            };
            let (markdown, json) = (view("markdown", "md"), view("json", "json"));
            agree(&name, &view("text", "txt"), &markdown, &json, &view("jsonl", "jsonl"), &validator);
        }
    }
}

#[test]
fn a_pipe_gives_each_format() {
    assert_eq!(good(["--format", "text"], RAW.as_bytes()), format!("新桥飞架青石渡\n{BODY}\n"));
    assert_eq!(good(["--format", "markdown"], RAW.as_bytes()), format!("## 新桥飞架青石渡\n\n{BODY}\n"));
    let document = valid(&good(["--format", "json"], RAW.as_bytes()), &validator());
    let page = &document["pages"][0];
    assert_eq!(
        (&page["input"], &page["encoding"], &page["page"]),
        (&json!(null), &json!("UTF-8"), &json!({"number": 1}))
    );
    assert_eq!(page["units"][1]["text"], BODY);
    let sources = page["units"][1]["sources"].as_array().expect("sources");
    let lines: Vec<&str> = sources
        .iter()
        .map(|s| &RAW[s[0].as_u64().expect("a byte") as usize..s[1].as_u64().expect("a byte") as usize])
        .collect();
    assert_eq!(lines, ["渠水流过桥头镇，沿岸的稻", "田渐渐泛黄，农户忙着修整", "晒场。"]);
}

#[test]
fn empty_input_is_valid_in_every_format() {
    let validator = validator();
    for input in ["", "\n\n", "\u{feff}"] {
        for format in ["text", "markdown", "jsonl"] {
            assert_eq!(good(["--format", format], input.as_bytes()), "", "{input:?} {format}");
        }
        let document = valid(&good(["--format", "json"], input.as_bytes()), &validator);
        assert_eq!(document["pages"], json!([]), "{input:?}");
    }
}

#[test]
fn sources_are_bytes_of_the_file_in_its_own_encoding() {
    let raw = encoding_rs::GB18030.encode(RAW).0.into_owned();
    let document = valid(&good(["--format", "json"], &raw), &validator());
    let page = &document["pages"][0];
    assert_eq!(page["encoding"], "GB18030");
    for (source, line) in page["units"][1]["sources"].as_array().expect("sources").iter().zip([
        "渠水流过桥头镇，沿岸的稻",
        "田渐渐泛黄，农户忙着修整",
        "晒场。",
    ]) {
        let at = |k: usize| source[k].as_u64().expect("a byte") as usize;
        assert_eq!(encoding_rs::GB18030.decode(&raw[at(0)..at(1)]).0, line);
    }
}

#[test]
fn pages_are_parted_by_form_feeds_and_numbered() {
    let input = format!("\x0c{RAW}\x0c\x0c号外。\n");
    let document = valid(&good(["--format", "json"], input.as_bytes()), &validator());
    let pages = document["pages"].as_array().expect("pages");
    let numbers: Vec<_> = pages.iter().map(|p| p["page"]["number"].as_u64().expect("a number")).collect();
    assert_eq!(numbers, [1, 2, 3, 4]);
    for blank in [&pages[0], &pages[2]] {
        assert_eq!((&blank["units"], &blank["articles"]), (&json!([]), &json!([])));
    }
    let ids: Vec<_> = units(pages).iter().map(|u| u["id"].as_u64().expect("an id")).collect();
    assert_eq!(ids, [1, 2, 3]);
    let second = pages[3]["articles"].as_array().expect("articles").iter();
    let named = second.flat_map(|a| ["headline", "body"].map(|k| a[k].as_array().expect("ids"))).flatten();
    assert!(named.into_iter().all(|id| *id == 3));
    let markdown = good(["--format", "markdown"], input.as_bytes());
    assert!(markdown.starts_with("* * *\n\n"), "{markdown}");
    assert!(markdown.ends_with(&format!("{BODY}\n\n* * *\n\n* * *\n\n号外。\n")), "{markdown}");
    assert_eq!(good(["--format", "jsonl"], input.as_bytes()).lines().count(), 4);
    // Front matter is at the head of the document, also if the first page has no text.
    let markdown = good(["--format", "markdown"], "\x0c第03版 要闻\n渠水。\n".as_bytes());
    assert!(markdown.starts_with("---\npage: 3\npage_printed: \"第03版\"\n---\n\n* * *\n\n第03版"), "{markdown}");
}

#[test]
fn page_k_of_every_format_is_page_k_of_the_input() {
    for (input, clean, numbers) in [
        ("a\x0c\x0cb\x0c", "a\n\x0c\x0cb\n", &[1, 2, 3][..]),
        ("\x0ca", "\x0ca\n", &[1, 2]),
        ("a\x0c\n\x0c \n", "a\n\x0c\x0c", &[1, 2]),
        ("a\x0c\n", "a\n", &[1]),
        ("\x0c", "\x0c", &[1]),
        ("", "", &[]),
    ] {
        assert_eq!(good(["--format", "text"], input.as_bytes()), clean, "{input:?}");
        for text in [input, clean] {
            let document = valid(&good(["--format", "json"], text.as_bytes()), &validator());
            let pages = document["pages"].as_array().expect("pages").iter();
            let found: Vec<_> = pages.map(|p| p["page"]["number"].as_u64().expect("a number")).collect();
            assert_eq!(found, numbers, "{text:?}");
            assert_eq!(good(["--issue"], text.as_bytes()), clean, "{text:?}");
        }
    }
}

#[test]
fn several_files_make_one_valid_output() {
    let dir = folder();
    let (a, b) = (dir.path().join("a.txt"), dir.path().join("b.txt"));
    fs::write(&a, RAW).expect("written");
    fs::write(&b, "渠水。\n\x0c稻田。\n").expect("written");
    let args = |format: &'static str| [OsStr::new("--format"), OsStr::new(format), a.as_os_str(), b.as_os_str()];
    let document = valid(&good(args("json"), b""), &validator());
    let pages = document["pages"].as_array().expect("pages");
    let told: Vec<_> =
        pages.iter().map(|p| (p["input"].as_str().expect("a name"), p["page"]["number"].as_u64())).collect();
    let (a_name, b_name) = (a.display().to_string(), b.display().to_string());
    assert_eq!(told, [(&*a_name, Some(1)), (&*b_name, Some(1)), (&*b_name, Some(2))]);
    let ids: Vec<_> = units(pages).iter().map(|u| u["id"].as_u64().expect("an id")).collect();
    assert_eq!(ids, [1, 2, 3, 4]);
    assert!(good(args("markdown"), b"").ends_with("\n\n* * *\n\n渠水。\n\n* * *\n\n稻田。\n"));
}

#[test]
fn the_first_json_line_comes_before_the_input_ends() {
    for format in ["jsonl", "json", "markdown"] {
        first_output(tool(["--format", format]), format!("{}\x0c", RAW.repeat(40)), 200);
    }
}

#[test]
fn a_page_longer_than_a_window_keeps_its_number_and_loses_nothing() {
    // A window and a quarter of text without a form feed.
    let raw = RAW.repeat((5 << 18) / RAW.len());
    let [text, markdown, json, jsonl] =
        ["text", "markdown", "json", "jsonl"].map(|format| good(["--format", format], raw.as_bytes()));
    agree("a long page", &text, &markdown, &json, &jsonl, &validator());
    let document: Value = serde_json::from_str(&json).expect("JSON");
    let pages = document["pages"].as_array().expect("pages");
    assert!(pages.len() > 1 && pages.iter().all(|p| p["page"]["number"] == 1));
    assert!(units(pages).iter().enumerate().all(|(k, u)| u["id"] == k as u64 + 1));
    assert!(!markdown.contains("* * *"));
}

#[test]
fn outputs_change_their_extension() {
    let dir = folder();
    let input = dir.path().join("in");
    fs::create_dir_all(input.join("卷")).expect("made");
    for name in ["a.txt", "2023.08.18.TXT", "卷/b.text", "c.2023"] {
        fs::write(input.join(name), RAW).expect("written");
    }
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gz.write_all(RAW.as_bytes()).expect("packed");
    fs::write(input.join("d.txt.gz"), gz.finish().expect("packed")).expect("written");
    for (format, extension) in [("markdown", "md"), ("json", "json"), ("jsonl", "jsonl")] {
        let out = dir.path().join(format);
        let args = ["--format", format, "--include", "*.2023", "-o"].map(OsStr::new);
        good(args.into_iter().chain([out.as_os_str(), input.as_os_str()]), b"");
        let expected = ["2023.08.18.EXT", "a.EXT", "c.2023.EXT", "d.EXT.gz", "卷/b.EXT"];
        assert_eq!(names(&out), expected.map(|n| n.replace("EXT", extension)));
        let mut unpacked = String::new();
        let packed = fs::read(out.join(format!("d.{extension}.gz"))).expect("there");
        flate2::read::GzDecoder::new(&packed[..]).read_to_string(&mut unpacked).expect("gzip");
        assert_eq!(unpacked.replace("d.txt.gz", "a.txt"), text(out.join(format!("a.{extension}"))));
    }
    let out = dir.path().join("suffixed");
    let args = ["--format", "json", "--suffix=-clean", "-o"].map(OsStr::new);
    good(args.into_iter().chain([out.as_os_str(), input.join("a.txt").as_os_str(), input.join("卷").as_os_str()]), b"");
    assert_eq!(names(&out), ["a-clean.json", "b-clean.json"]);
}

#[test]
fn two_inputs_for_one_output_are_refused_before_anything_is_written() {
    let dir = folder();
    let input = dir.path().join("in");
    fs::create_dir(&input).expect("made");
    for name in ["a.txt", "a.text"] {
        fs::write(input.join(name), RAW).expect("written");
    }
    let out = dir.path().join("out");
    let args = [input.as_os_str(), "-o".as_ref(), out.as_os_str()];
    let refused = run(args.into_iter().chain(["--format", "json"].map(OsStr::new)), b"");
    assert_eq!(code(&refused), 2);
    assert!(said(&refused).contains("a.text") && said(&refused).contains("a.json"), "{}", said(&refused));
    assert!(!out.exists());
    // As text they stay two.
    good(args, b"");
    assert_eq!(names(&out), ["a.text", "a.txt"]);
}

#[test]
fn a_file_may_be_rendered_beside_itself() {
    let dir = folder();
    let input = dir.path().join("a.txt");
    fs::write(&input, RAW).expect("written");
    good([input.as_os_str(), "-o".as_ref(), dir.path().as_os_str(), "--format".as_ref(), "markdown".as_ref()], b"");
    assert_eq!(names(dir.path()), ["a.md", "a.txt"]);
    assert_eq!(text(&input), RAW);
}

#[test]
fn resuming_in_another_format_does_it_all_again() {
    let dir = folder();
    let (input, out) = (dir.path().join("in"), dir.path().join("out"));
    fs::create_dir(&input).expect("made");
    fs::write(input.join("a.txt"), RAW).expect("written");
    for (format, told) in [("json", "1 cleaned, 0 done"), ("json", "0 cleaned, 1 done"), ("jsonl", "1 cleaned, 0 done")]
    {
        let args = [
            input.as_os_str(),
            "-o".as_ref(),
            out.as_os_str(),
            "--resume".as_ref(),
            "--format".as_ref(),
            format.as_ref(),
        ];
        let ran = run(args, b"");
        assert_eq!(code(&ran), 0);
        assert!(said(&ran).contains(told), "{format}: {}", said(&ran));
    }
    assert_eq!(names(&out), ["a.json", "a.jsonl"]);
}

#[test]
fn options_for_text_exclude_another_format() {
    let dir = folder();
    let input = dir.path().join("a.txt");
    fs::write(&input, RAW).expect("written");
    for (args, name) in [
        (&["--check"][..], "--check"),
        (&["--diff"], "--diff"),
        (&["--explain"], "--explain"),
        (&["--in-place"], "--in-place"),
        (&["--jsonl", "--field", "text"], "--jsonl"),
    ] {
        for format in ["markdown", "json", "jsonl"] {
            let args = args.iter().map(OsStr::new).chain(["--format".as_ref(), format.as_ref(), input.as_os_str()]);
            let out = run(args, b"");
            assert_eq!((code(&out), out.stdout.len()), (2, 0), "{name} {format}");
            assert!(said(&out).contains(name), "{}", said(&out));
        }
    }
    assert_eq!(text(&input), RAW);
    let out = run([OsStr::new("--diff"), "--format".as_ref(), "text".as_ref(), input.as_os_str()], b"");
    assert_eq!(code(&out), 0);
    let out = run(["--format", "xml"], b"");
    assert_eq!(code(&out), 2);
}

#[test]
fn a_bad_input_leaves_no_document_or_a_whole_one() {
    let bad = b"\xe6\xb8\xa0\xffx";
    for format in ["markdown", "json", "jsonl"] {
        let out = run(["--encoding", "utf-8", "--format", format], bad);
        assert_eq!((code(&out), out.stdout.len()), (1, 0), "{format}");
    }
    let dir = folder();
    let (a, b, target) = (dir.path().join("a.txt"), dir.path().join("b.txt"), dir.path().join("out.json"));
    fs::write(&a, RAW).expect("written");
    fs::write(&b, bad).expect("written");
    let args = [
        OsStr::new("--encoding"),
        "utf-8".as_ref(),
        "--format".as_ref(),
        "json".as_ref(),
        a.as_os_str(),
        b.as_os_str(),
    ];
    let out = run(args, b"");
    assert_eq!(code(&out), 1);
    assert_eq!(valid(&printed(&out), &validator())["pages"].as_array().map(Vec::len), Some(1));
    let out = run(args.into_iter().chain(["-o".as_ref(), target.as_os_str()]), b"");
    assert_eq!(code(&out), 1);
    assert!(!target.exists());
}

#[test]
fn a_named_output_is_written_whole_and_packed_by_its_name() {
    let dir = folder();
    let target = dir.path().join("page.json.gz");
    good([OsStr::new("--format"), "json".as_ref(), "-o".as_ref(), target.as_os_str()], RAW.as_bytes());
    let mut text = String::new();
    flate2::read::GzDecoder::new(fs::File::open(target).expect("there")).read_to_string(&mut text).expect("gzip");
    assert_eq!(text, good(["--format", "json"], RAW.as_bytes()));
}

#[test]
fn the_ledger_is_the_same_beside_every_format() {
    let dir = folder();
    let ledger = |format: &str| {
        let path = dir.path().join(format);
        good([OsStr::new("--format"), format.as_ref(), "--ledger".as_ref(), path.as_os_str()], RAW.as_bytes());
        text(path)
    };
    let text = ledger("text");
    assert!(text.lines().count() > 1);
    assert_eq!([ledger("markdown"), ledger("json"), ledger("jsonl")], [text.clone(), text.clone(), text]);
}

#[test]
fn equal_output_names_are_found_within_a_folder_and_not_between_folders() {
    let dir = folder();
    let input = dir.path().join("in");
    for name in ["a/p.txt", "b/p.txt", "c.txt", "a.txt", "b/x/p.text", "b/q.txt"] {
        fs::create_dir_all(input.join(name).parent().expect("a parent")).expect("made");
        fs::write(input.join(name), RAW).expect("written");
    }
    let output = dir.path().join("out");
    let args = || [input.as_os_str(), OsStr::new("-o"), output.as_os_str(), "--format".as_ref(), "json".as_ref()];
    good(args(), b"");
    fs::remove_dir_all(&output).expect("gone");
    // In the order of names a folder comes between the two.
    fs::create_dir(input.join("b.tt")).expect("made");
    fs::write(input.join("b.tt/z.txt"), RAW).expect("written");
    fs::write(input.join("b.text"), RAW).expect("written");
    fs::write(input.join("b.txt"), RAW).expect("written");
    let out = run(args(), b"");
    assert_eq!(code(&out), 2, "{}", said(&out));
    assert!(said(&out).contains("b.json") && !output.exists(), "{}", said(&out));
}
