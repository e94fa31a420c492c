//! Layouts of OCR and PDF tools as inputs: pipes, folders, packed files, options that need a text.

mod tool;

use std::fs;
use std::io::Write;
use tool::{code, folder, printed, run, said, text, write};

/// Two lines as PaddleOCR 3 gives them.
const PADDLE: &str = r#"{"input_path": "p.png", "rec_texts": ["渠水流过桥头镇，沿岸的稻", "田渐渐泛黄。"],
 "rec_scores": [0.99, 0.98], "rec_polys": [[[10, 10], [250, 10], [250, 30], [10, 30]], [[10, 40], [130, 40], [130, 60], [10, 60]]]}"#;

/// The same as poppler does.
const POPPLER: &str = r#"<!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><body><doc><page width="300" height="400"><flow>
<block><line xMin="10" yMin="10" xMax="250" yMax="30"><word xMin="10" yMin="10" xMax="250" yMax="30">渠水流过桥头镇，沿岸的稻</word></line>
<line xMin="10" yMin="40" xMax="130" yMax="60"><word xMin="10" yMin="40" xMax="130" yMax="60">田渐渐泛黄。</word></line></block>
</flow></page></doc></body></html>"#;

const CLEAN: &str = "渠水流过桥头镇，沿岸的稻田渐渐泛黄。\n";

#[test]
fn a_layout_is_cleaned_from_a_pipe_and_from_a_file() {
    let files = folder();
    let file = write(files.path(), "page.json", PADDLE);
    for out in [run([&file], b""), run::<&str>([], PADDLE.as_bytes()), run::<&str>([], POPPLER.as_bytes())] {
        assert_eq!((code(&out), said(&out).as_str(), printed(&out).as_str()), (0, "", CLEAN));
    }
}

#[test]
fn pages_of_json_lines_are_pages_of_the_output() {
    let one = PADDLE.replace('\n', " ");
    let out = run::<&str>([], format!("{one}\n{one}\n").as_bytes());
    assert_eq!(printed(&out), format!("{CLEAN}\u{c}{CLEAN}"));
}

#[test]
fn a_folder_takes_layouts_and_leaves_out_other_json() {
    let files = folder();
    let input = files.path().join("in");
    write(&input, "a.json", PADDLE);
    write(&input, "b.txt", "渠水流过桥头镇。\n");
    write(&input, "d.html", POPPLER);
    write(&input, "meta.json", r#"{"title": "渠水日报"}"#);
    // What is no layout is in nobody's way.
    write(&input, "meta.txt", "新桥通车。\n");
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(PADDLE.as_bytes()).expect("packed");
    write(&input, "c.json.gz", packed.finish().expect("packed"));
    let output = files.path().join("out");
    let out = run([input.as_os_str(), "-o".as_ref(), output.as_os_str()], b"");
    assert_eq!(code(&out), 0, "{}", said(&out));
    let mut names: Vec<String> = fs::read_dir(&output)
        .expect("a folder")
        .map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    assert_eq!(names, ["a.txt", "b.txt", "c.txt.gz", "d.txt", "meta.txt"]);
    assert_eq!(text(output.join("a.txt")), CLEAN);
    assert_eq!(text(output.join("d.txt")), CLEAN);
    assert_eq!(text(output.join("meta.txt")), "新桥通车。\n");
}

#[test]
fn two_files_of_one_stem_are_refused_before_anything_is_written() {
    let files = folder();
    let input = files.path().join("in");
    write(&input, "page.json", PADDLE);
    write(&input, "page.txt", "渠水\n");
    let output = files.path().join("out");
    let out = run([input.as_os_str(), "-o".as_ref(), output.as_os_str()], b"");
    assert_eq!(code(&out), 2);
    let said = said(&out);
    assert!(said.contains("page.json") && said.contains("page.txt") && said.contains("--exclude"), "{said}");
    assert!(!output.exists());
}

#[test]
fn from_forces_text_or_a_format() {
    let out = run(["--from", "text"], PADDLE.as_bytes());
    assert_eq!(code(&out), 0);
    assert!(printed(&out).contains("rec_texts"));
    let out = run(["--from", "hocr"], "<p><span class='ocr_line'>渠水流过桥头镇。</span></p>".as_bytes());
    assert_eq!((code(&out), printed(&out).as_str()), (0, "渠水流过桥头镇。\n"));
    assert_eq!(code(&run(["--from", "alto"], PADDLE.as_bytes())), 1);
    assert_eq!(code(&run(["--from", "nothing"], b"")), 2);
}

#[test]
fn options_that_work_on_a_text_refuse_a_layout_and_say_so() {
    let files = folder();
    let file = write(files.path(), "page.json", PADDLE);
    let list = files.path().join("list");
    let list = list.to_str().expect("a name");
    let report = files.path().join("report.html");
    let report = report.to_str().expect("a name");
    let cases: [&[&str]; 8] = [
        &["--check"],
        &["--diff"],
        &["--explain"],
        &["--in-place"],
        &["--issue"],
        &["--ledger", list],
        &["--decisions", list],
        &["--report", report],
    ];
    for options in cases {
        let mut args: Vec<&str> = options.to_vec();
        args.push(file.to_str().expect("a name"));
        let out = run(&args, b"");
        assert_eq!(code(&out), 1, "{options:?}");
        let reason = format!("{} works on the lines of a text, and this is a layout", options[0]);
        assert!(said(&out).contains(&reason), "{options:?}: {}", said(&out));
        assert_eq!(text(&file), PADDLE);
    }
}

#[test]
fn what_is_neither_text_nor_a_layout_is_named() {
    let cases: [(&[u8], &str); 5] = [
        (
            b"%PDF-1.7 \xFF",
            "this is a PDF, neither text nor a layout: give its text layer with 'pdftotext -bbox-layout",
        ),
        (b"PK\x03\x04....", "a ZIP archive"),
        (b"\x89PNG\r\n\x1A\n", "a picture"),
        (b"<!DOCTYPE html><p>x</p>", "this is HTML"),
        (br#"{"title": "x"}"#, "JSON of no known layout (it has title); looked for paddleocr, rapidocr"),
    ];
    for (bytes, words) in cases {
        let out = run::<&str>([], bytes);
        assert_eq!((code(&out), printed(&out).as_str()), (1, ""), "{words}");
        assert!(said(&out).contains(words), "{}", said(&out));
    }
}
