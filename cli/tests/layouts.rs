//! Layouts of OCR and PDF tools as inputs: pipes, folders, packed files, options that need a text.

mod tool;

use base64::Engine;
use std::fs;
use std::io::Write;
use std::path::Path;
use tool::{code, folder, printed, read, records, run, run_in, said, text, write};

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
fn options_that_would_replace_or_compare_a_text_refuse_a_layout_and_say_why() {
    let files = folder();
    let file = write(files.path(), "page.json", PADDLE);
    for (option, reason) in
        [("--in-place", "would put its clean text into its place"), ("--issue", "--issue compares pages as texts")]
    {
        let out = run([option.as_ref(), file.as_os_str()], b"");
        assert_eq!(code(&out), 1, "{option}");
        assert!(said(&out).contains(reason), "{option}: {}", said(&out));
        assert_eq!(text(&file), PADDLE);
    }
}

/// Two columns sorted by height, as OCR does it, with a headline over them.
fn columns() -> String {
    let lines: [(u32, u32, u32, &str); 5] = [
        (10, 10, 40, "渠水通了"),
        (10, 60, 20, "渠水流过桥头镇，沿岸的稻"),
        (300, 61, 20, "农户忙着修整晒场，新米下"),
        (10, 90, 20, "田渐渐泛黄，今年雨水足，"),
        (300, 91, 20, "月就能上市。"),
    ];
    let texts: Vec<&str> = lines.iter().map(|line| line.3).collect();
    let polygon = |&(x, y, size, text): &(u32, u32, u32, &str)| {
        let right = x + size * text.chars().count() as u32;
        [[x, y], [right, y], [right, y + size], [x, y + size]]
    };
    let polygons: Vec<_> = lines.iter().map(polygon).collect();
    serde_json::json!({"input_path": "p.png", "rec_texts": texts, "rec_scores": [1, 1, 1, 1, 1], "rec_polys": polygons})
        .to_string()
}

const READ: &str = "渠水通了\n渠水流过桥头镇，沿岸的稻田渐渐泛黄，今年雨水足，农户忙着修整晒场，新米下月就能上市。\n";

#[test]
fn the_views_of_a_layout_show_its_lines_in_the_order_of_the_file() {
    let files = folder();
    let file = write(files.path(), "page.json", columns());
    let check = run(["--check".as_ref(), file.as_os_str()], b"");
    assert_eq!((code(&check), printed(&check)), (1, format!("{}\n", file.display())));
    let diff = run(["--diff".as_ref(), file.as_os_str()], b"");
    assert!(printed(&diff).contains(" 渠水通了\n"), "{}", printed(&diff));
    assert!(printed(&diff).contains("-月就能上市。\n"), "{}", printed(&diff));
    let explained = run(["--explain".as_ref(), file.as_os_str()], b"");
    let words = "line 4 is read at another place than that of the file [order]";
    assert!(printed(&explained).contains(words), "{}", printed(&explained));
    let report = files.path().join("report.html");
    let out = run(["--report".as_ref(), report.as_os_str(), file.as_os_str()], b"");
    assert_eq!((code(&out), printed(&out).as_str()), (0, READ), "{}", said(&out));
    let page = text(&report);
    assert!(page.contains("农户忙着修整晒场，新米下") && page.contains("渠水通了"));
    // A folder is previewed with its layouts, and without JSON that is none.
    let input = files.path().join("in");
    write(&input, "a.json", columns());
    write(&input, "b.json", r#"{"title": "渠水日报"}"#);
    let check = run(["--check".as_ref(), input.as_os_str()], b"");
    assert_eq!((code(&check), printed(&check)), (1, format!("{}\n", input.join("a.json").display())));
}

#[test]
fn pages_are_written_back_as_hocr_and_alto_and_texts_are_refused() {
    let files = folder();
    write(files.path(), "in/a.json", columns());
    for (format, name) in [("hocr", "a.hocr"), ("alto", "a.xml")] {
        let out = run_in(files.path(), ["in", "-o", format, "--format", format], b"");
        assert_eq!(code(&out), 0, "{}", said(&out));
        let document = read(files.path(), Path::new(format).join(name));
        // It is a layout itself, in the order in which it was read.
        let again = run(["--order", "source"], document.as_bytes());
        assert_eq!(printed(&again), READ, "{document}");
        let both = run_in(files.path(), ["in/a.json", "in/a.json", "--format", format], b"");
        assert_eq!(printed(&run(["--order", "source"], printed(&both).as_bytes())), format!("{READ}\u{c}{READ}"));
        let out = run(["--format", format], "渠水流过桥头镇。\n".as_bytes());
        assert_eq!((code(&out), printed(&out).as_str()), (1, ""));
        assert!(said(&out).contains("a text without places"), "{}", said(&out));
    }
}

#[test]
fn fallbacks_for_places_that_cannot_be_used_are_said() {
    // The second line has no area.
    let broken =
        PADDLE.replace("[[10, 40], [130, 40], [130, 60], [10, 60]]", "[[10, 40], [10, 40], [10, 40], [10, 40]]");
    assert_ne!(broken, PADDLE);
    let words = "page 1: 1 of 2 lines have no place, and each stays behind the line before it";
    let out = run::<&str>([], broken.as_bytes());
    assert_eq!((code(&out), printed(&out).as_str()), (0, CLEAN));
    assert!(said(&out).contains(words), "{}", said(&out));
    let files = folder();
    write(files.path(), "in/a.json", &broken);
    let out = run_in(files.path(), ["in", "-o", "out"], b"");
    assert_eq!(code(&out), 0);
    assert!(said(&out).contains(words), "{}", said(&out));
    let small = POPPLER.replace("width=\"300\" height=\"400\"", "width=\"3\" height=\"4\"");
    let out = run::<&str>([], small.as_bytes());
    assert!(said(&out).contains("most lines stand outside the page"), "{}", said(&out));
    assert_eq!(printed(&out), CLEAN);
}

#[test]
fn the_ledger_of_a_layout_replays_from_the_text_in_its_head() {
    let files = folder();
    write(files.path(), "page.json", columns());
    let out = run_in(files.path(), ["page.json", "-o", "clean.txt", "--ledger", "l.jsonl"], b"");
    assert_eq!(code(&out), 0, "{}", said(&out));
    let records = records(&read(files.path(), "l.jsonl"));
    let text = records[0]["text"].as_str().expect("the text of the layout");
    assert!(text.starts_with("渠水通了\n渠水流过桥头镇，沿岸的稻\n农户忙着修"));
    let mut replayed = String::new();
    let mut at = 0;
    let mut moved = 0;
    for entry in &records[1..] {
        let [start, end] = ["start", "end"].map(|key| entry[key].as_u64().expect("a byte") as usize);
        replayed.push_str(&text[at..start]);
        assert_eq!(&text[start..end], entry["before"].as_str().expect("a text"));
        replayed.push_str(entry["after"].as_str().expect("a text"));
        moved += usize::from(entry["rule"] == "order");
        assert!(entry["elements"][0][1].as_str().is_some_and(|name| !name.is_empty()), "{entry}");
        at = end;
    }
    replayed.push_str(&text[at..]);
    assert_eq!(replayed, READ);
    assert_eq!(read(files.path(), "clean.txt"), READ);
    assert_eq!(moved, 2, "a line goes and comes");
}

#[test]
fn a_list_of_decisions_about_a_layout_is_applied_to_it() {
    let files = folder();
    let file = write(files.path(), "page.json", columns());
    let list = files.path().join("list.jsonl");
    let out = run(["--decisions".as_ref(), list.as_os_str(), "--uncertain=1".as_ref(), file.as_os_str()], b"");
    assert_eq!(code(&out), 0, "{}", said(&out));
    let asked = text(&list);
    assert!(asked.contains("\"keep\":false"), "{asked}");
    fs::write(&list, asked.replace("\"keep\":false", "\"keep\":true")).expect("written");
    let out = run(["--apply".as_ref(), list.as_os_str(), file.as_os_str()], b"");
    assert_eq!(code(&out), 0, "{}", said(&out));
    let printed_lines = printed(&out).lines().count();
    assert_eq!(printed_lines, 5, "{}", printed(&out));
}

#[test]
fn what_is_neither_text_nor_a_layout_is_named() {
    let a_pdf = if cfg!(feature = "pdf") {
        "not a PDF, or a damaged one"
    } else {
        "this is a PDF, neither text nor a layout: give its text layer with 'pdftotext -bbox-layout"
    };
    let cases: [(&[u8], &str); 5] = [
        (b"%PDF-1.7 \xFF", a_pdf),
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

/// A picture of one pixel.
const PICTURE: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

fn picture() -> Vec<u8> {
    base64::engine::general_purpose::STANDARD.decode(PICTURE).expect("base64")
}

/// The boxes of a report: the line that each leads to, and its number in the order of reading.
fn boxes(page: &str) -> Vec<(&str, Option<&str>)> {
    let between = |text: &'static str, from: &str| -> Option<usize> { from.find(text).map(|at| at + text.len()) };
    let boxes = page.split("<a class=\"box ").skip(1).map(|part| {
        let part = &part[..part.find("</a>").expect("an end")];
        let href = &part[between("href=\"#", part).expect("a link")..];
        let order = part.contains("<text class=\"no").then(|| part.rsplit_once("</text>").expect("a number").0);
        (&href[..href.find('"').expect("its end")], order.map(|text| text.rsplit_once('>').expect("a tag").1))
    });
    boxes.collect()
}

#[test]
fn a_report_shows_the_lines_of_a_layout_in_their_places_and_in_the_order_of_reading() {
    let files = folder();
    let file = write(files.path(), "page.json", columns());
    let report = files.path().join("report.html");
    let out = run(["--report".as_ref(), report.as_os_str(), file.as_os_str()], b"");
    assert_eq!((code(&out), said(&out).as_str()), (0, ""));
    let page = text(&report);
    let of = |line, order| (line, Some(order));
    let want = [of("i0l1", "1"), of("i0l2", "2"), of("i0l3", "4"), of("i0l4", "3"), of("i0l5", "5")];
    assert_eq!(boxes(&page), want);
    assert!(page.contains("<polygon points=\"10.00,60.00 250.00,60.00 250.00,80.00 10.00,80.00 \""), "{page}");
    // A line of which both ends went to other units has one id all the same.
    for (id, _) in want {
        assert_eq!(page.matches(&format!(" id={id}>")).count(), 1, "{id}");
    }
    assert!(page.contains("class=\"box a0\""), "the lines have the colour of their article");
    assert!(!page.contains("<image "), "nobody gave a picture");
    let plain = write(files.path(), "page.txt", READ);
    assert_eq!(code(&run(["--report".as_ref(), report.as_os_str(), plain.as_os_str()], b"")), 0);
    assert!(!text(&report).contains("<svg"), "a text has no places");
}

#[test]
fn a_report_has_the_picture_of_a_page_in_itself() {
    let files = folder();
    let (file, image) = (write(files.path(), "page.json", columns()), write(files.path(), "scan.png", picture()));
    let report = files.path().join("report.html");
    let args = ["--image".as_ref(), image.as_os_str(), "--report".as_ref(), report.as_os_str(), file.as_os_str()];
    let out = run(args, b"");
    assert_eq!((code(&out), said(&out).as_str()), (0, ""));
    let page = text(&report);
    assert!(page.contains(&format!("href=\"data:image/png;base64,{PICTURE}\"")), "{page}");
    assert!(page.contains("img-src data:;"), "the page loads nothing from elsewhere");
}

#[test]
fn a_picture_that_cannot_be_shown_is_an_error_that_says_why() {
    let files = folder();
    let layout = write(files.path(), "page.json", columns());
    let plain = write(files.path(), "page.txt", READ);
    let png = write(files.path(), "scan.png", picture());
    let cut = write(files.path(), "cut.png", &picture()[..12]);
    let gif = write(files.path(), "scan.gif", b"GIF89a..............");
    let report = files.path().join("report.html");
    let cases: [(&[&Path], &[&Path], i32, &str); 8] = [
        (&[&plain], &[&png], 1, "a text without places"),
        (&[&layout], &[&gif], 1, "neither a PNG nor a JPEG"),
        (&[&layout], &[&cut], 1, "does not tell its width and height"),
        (&[&layout], &[&layout], 1, "neither a PNG nor a JPEG"),
        (&[&layout], &[&png, &png], 1, "given 2 times, more than the layout has pages (1)"),
        (&[&layout], &[Path::new("missing.png")], 1, "missing.png"),
        (&[&layout, &plain], &[&png], 2, "for one layout"),
        (&[files.path()], &[&png], 2, "for one layout"),
    ];
    for (inputs, images, status, why) in cases {
        let out = files.path().join("out");
        let mut args = vec!["--report".as_ref(), report.as_os_str(), "-o".as_ref(), out.as_os_str()];
        images.iter().for_each(|image| args.extend(["--image".as_ref(), image.as_os_str()]));
        args.extend(inputs.iter().map(|input| input.as_os_str()));
        let done = run(args, b"");
        assert_eq!(code(&done), status, "{why}: {}", said(&done));
        assert!(said(&done).contains(why), "{why}: {}", said(&done));
        assert!(!out.exists(), "{why}: nothing is written");
    }
    let alone = run(["--image".as_ref(), png.as_os_str(), layout.as_os_str()], b"");
    assert_eq!(code(&alone), 2);
    assert!(said(&alone).contains("--report"), "{}", said(&alone));
}

#[test]
fn in_a_folder_the_pictures_beside_the_layouts_are_taken() {
    let files = folder();
    let (input, report) = (files.path().join("in"), files.path().join("report"));
    for (name, bytes) in
        [("a.json", columns()), ("b.json", columns()), ("c.json", columns()), ("d.json", columns() + &columns())]
    {
        write(&input, name, bytes);
    }
    for name in ["a.png", "b.png", "d.png", "d-02.png"] {
        write(&input, name, picture());
    }
    write(&input, "b.png", "渠水");
    let out = files.path().join("out");
    let done = run(["--report".as_ref(), report.as_os_str(), "-o".as_ref(), out.as_os_str(), input.as_os_str()], b"");
    assert_eq!(code(&done), 0, "{}", said(&done));
    assert!(said(&done).contains("b.png: no PNG or JPEG that can be read"), "{}", said(&done));
    let links = |name: &str| {
        let page = text(report.join("pages").join(name));
        let links =
            page.split("<image ").skip(1).map(|part| part.split("href=\"").nth(1).expect("a link").split('"').next());
        links.map(|link| link.expect("its end").to_string()).collect::<Vec<_>>()
    };
    assert_eq!(links("a.json.html"), ["../../in/a.png"]);
    assert_eq!(links("b.json.html"), [""; 0]);
    assert_eq!(links("c.json.html"), [""; 0]);
    // Of several pages each has its number.
    assert_eq!(links("d.json.html"), ["../../in/d-02.png"]);
}
