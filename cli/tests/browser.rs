//! Deciding in a browser: a list of decisions made on a page of the report, applied by the tool, gives byte for byte the text
//! that the page shows. The tests drive the Chromium of the system (`CHROMIUM` names another one) by the packages that
//! `npm install` puts into `tools/browser`, or into the folder that `QINGYANG_BROWSER` names; the site that `web/build` makes is in
//! `web/dist`, or in `QINGYANG_SITE`. Where one of them is missing they say so and pass.

mod tool;

use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use tool::{code, folder, printed, run_in, said, text, write};

const SCRIPTS: &str = "../tools/browser";

/// The folder that a variable of the environment names, or this one.
fn place(variable: &str, or: &str) -> PathBuf {
    std::env::var_os(variable).map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join(or), PathBuf::from)
}

/// Runs a script of `tools/browser`. `None` if there is no browser or no packages.
fn script(name: &str, args: &[&str]) -> Option<Vec<Value>> {
    let packages = place("QINGYANG_BROWSER", SCRIPTS).join("node_modules");
    if !place("CHROMIUM", "/usr/bin/chromium").exists() || !packages.join("playwright-core").exists() {
        eprintln!("skipped: needs chromium, and `npm install` in tools/browser");
        return None;
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join(SCRIPTS).join(name);
    let out = Command::new("node").arg(script).args(args).env("NODE_PATH", packages).output().expect("node runs");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    Some(tool::records(&String::from_utf8(out.stdout).expect("UTF-8")))
}

/// Twenty invented pages with edits of all kinds, each with its options.
fn pages() -> Vec<(String, &'static [&'static str])> {
    const TOWNS: [&str; 5] = ["桥头镇", "青石渡", "云台", "渠口", "稻香村"];
    const OPTIONS: [&[&str]; 4] = [
        &[],
        &["--furniture", "drop"],
        &["--furniture", "drop", "--blank-lines"],
        &["--cjk-latin-space", "one", "--split", "sentence"],
    ];
    let page = |n: usize| {
        let (town, other) = (TOWNS[n % 5], TOWNS[(n + 2) % 5]);
        let day = n + 3;
        let dash = if n.is_multiple_of(2) { "" } else { "\u{3000}\u{3000}" };
        format!(
            "第{day}版 要闻\n{town}通新桥{town}通新桥\n两 岸 群 众 不 绕 行\n本报记者 何苗\n\
             {dash}本报讯（记者 何 苗）昨日上午,横跨渠水的{town}新桥正式通车,两岸群众不用再绕行１２公\n里。这座桥是去年的民生工\u{200b}\
             程，桥面铺着防滑的松木板，两侧装了太阳能路灯，夜里远远望\n\n去像一串浮在水上的星星。\n\
             {dash}村民们说: 过去到{other}卖菜要绕行11公里，如今从桥上过去\n只要十来分钟。The old granary by the canal was aban-\n\
             doned for years, and now it has found a new\nlife as a music hall.\n桥上的灯\n亮了一夜\n\
             图为新桥。 佟雪 摄\n{other}稻\n田渐黄\n（下转第{day}版）\n责任编辑 何苗\n"
        )
    };
    (0..20).map(|n| (page(n), OPTIONS[n % 4])).collect()
}

/// Pages parted by form feeds, and a layout whose lines stand in the order of the file.
fn pages_of_files() -> Vec<(&'static str, String, &'static [&'static str])> {
    let pages = pages();
    let parted = [0, 4, 8].map(|n| pages[n].0.as_str()).join("\x0c");
    let line = |(n, text): (usize, &str)| {
        let (top, right) = (20 + 24 * n, 20 + 20 * text.chars().count());
        format!(
            "<line xMin=\"20\" yMin=\"{top}\" xMax=\"{right}\" yMax=\"{}\"><word xMin=\"20\" yMin=\"{top}\" xMax=\"{right}\" \
             yMax=\"{}\">{text}</word></line>",
            top + 20,
            top + 20
        )
    };
    let lines: String = pages[0].0.lines().filter(|text| !text.trim().is_empty()).enumerate().map(line).collect();
    let layout = format!(
        "<!DOCTYPE html><html xmlns=\"http://www.w3.org/1999/xhtml\"><body><doc><page width=\"700\" height=\"900\"><flow><block>\
         {lines}</block></flow></page></doc></body></html>"
    );
    vec![("parted.txt", parted, &["--furniture", "drop"]), ("layout.html", layout, &[])]
}

/// A report of an input in `dir`.
fn report(dir: &Path, name: &str, options: &[&str]) -> String {
    let html = dir.join(format!("{name}.html"));
    let mut command: Vec<&str> = options.to_vec();
    command.extend(["--report", html.to_str().expect("UTF-8"), name]);
    let out = run_in(dir, command, b"");
    assert_eq!((code(&out), said(&out).as_str()), (0, ""), "{name}");
    html.display().to_string()
}

#[test]
fn a_list_made_in_the_browser_gives_the_text_that_the_browser_showed() {
    let dir = folder();
    let numbered = |n: usize| format!("{n}.txt");
    let pages = pages().into_iter().enumerate().map(|(n, (page, options))| (numbered(n), page, options));
    let others = pages_of_files().into_iter().map(|(name, page, options)| (name.to_string(), page, options));
    let inputs: Vec<(String, String, &[&str])> = pages.chain(others).collect();
    let mut args = vec!["18".to_string()];
    for (name, page, options) in &inputs {
        write(dir.path(), name, page);
        args.push(report(dir.path(), name, options));
    }
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let Some(shown) = script("decide.cjs", &args) else { return };
    assert_eq!(shown.len(), inputs.len());
    let mut kinds = BTreeSet::new();
    for ((name, page, options), shown) in inputs.iter().zip(&shown) {
        let list = write(dir.path(), "list.jsonl", shown["list"].as_str().expect("a list"));
        let mut command: Vec<&str> = options.to_vec();
        command.extend(["--apply", "list.jsonl", name]);
        let out = run_in(dir.path(), command, b"");
        assert_eq!((code(&out), said(&out).as_str()), (0, ""), "{name}");
        assert_eq!(printed(&out), shown["text"].as_str().expect("a text"), "{name}");
        assert_eq!(shown["faults"], Value::Array(Vec::new()), "{name}");
        let mut decided = BTreeSet::new();
        for record in tool::records(&text(list)).iter().skip(1) {
            let rule = record["rule"].as_str().unwrap_or("break");
            kinds.insert((rule.to_string(), record["keep"] == true));
            let source = record["source"].as_u64().expect("a byte") as usize;
            decided
                .extend((rule == "break").then(|| page.as_bytes()[..source].iter().filter(|b| **b == b'\x0c').count()));
        }
        let pages = page.split('\x0c').count();
        assert!(pages == 1 || decided.len() == pages, "{name}: breaks of pages {decided:?} only");
    }
    for kind in
        ["break", "spacing", "punctuation", "full-width", "doubled", "furniture", "invisible", "cjk-latin-space"]
    {
        for keep in [true, false] {
            assert!(kinds.contains(&(kind.to_string(), keep)), "nobody decided {kind}, {keep}: {kinds:?}");
        }
    }
}

#[test]
fn axe_finds_nothing_and_keys_and_boxes_are_enough_to_decide() {
    let dir = folder();
    let (name, layout, options) = pages_of_files().remove(1);
    write(dir.path(), name, layout);
    write(dir.path(), "page.txt", &pages()[0].0);
    for n in 0..3 {
        write(&dir.path().join("in"), &format!("{n}.txt"), &pages()[n].0);
    }
    assert_eq!(code(&run_in(dir.path(), ["--report", "index", "-o", "out", "in"], b"")), 0);
    let reports = [report(dir.path(), "page.txt", &[]), report(dir.path(), name, options)];
    let index = dir.path().join("index/index.html").display().to_string();
    let file = dir.path().join("index/pages/0.txt.html").display().to_string();
    let Some(looks) = script("look.cjs", &[&reports[0], &reports[1], &index, &file]) else { return };
    for (look, page) in looks.iter().zip(["page", "layout", "index", "page of a batch"]) {
        assert_eq!(look["violations"], Value::Array(Vec::new()), "{page}");
        assert_eq!(look["faults"], Value::Array(Vec::new()), "{page}");
    }
    // Two records: the head, and what Tab, x and s decided.
    for (look, name) in looks.iter().zip(["page.txt", name]) {
        let list = look["list"].as_str().expect("a list");
        assert_eq!(list.lines().count(), 2, "{name}: {list}");
        write(dir.path(), "list.jsonl", list);
        let out = run_in(dir.path(), ["--apply", "list.jsonl", name], b"");
        assert_eq!((code(&out), printed(&out).as_str()), (0, look["text"].as_str().expect("a text")), "{name}");
    }
    let boxes = looks[1]["boxes"].as_array().expect("boxes");
    let of_file = pages()[0].0.lines().filter(|text| !text.trim().is_empty()).count() as u64;
    let lines: Vec<u64> = boxes.iter().filter_map(|b| b[0].as_u64()).collect();
    assert_eq!(lines, (1..=of_file).collect::<Vec<u64>>(), "each line has a box that leads to it");
    let chosen = boxes.iter().filter(|b| b[1] == true).count();
    assert!(chosen > 5 && boxes.iter().all(|b| b[1] == b[2]), "a box chooses the mark of its line: {boxes:?}");
}

/// Ten fixtures of different encodings and formats.
const FIXTURES: [&str; 10] = [
    "mixed-front-page",
    "mixed-english",
    "gb18030-file",
    "crlf-and-controls",
    "two-pages-with-form-feed",
    "headline-in-overlapping-pieces",
    "narrow-columns",
    "notices",
    "vertical-presentation-forms",
    "half-width-punctuation",
];

#[test]
fn the_page_without_installing_shows_and_saves_what_the_tool_gives() {
    let dist = place("QINGYANG_SITE", "../web/dist");
    if !dist.join("index.html").exists() {
        eprintln!("skipped: needs web/dist, which web/build makes");
        return;
    }
    let dir = folder();
    let mut args = vec![dist.display().to_string()];
    let names: Vec<String> = FIXTURES.iter().map(|name| format!("{name}.txt")).collect();
    for (fixture, name) in FIXTURES.iter().zip(&names) {
        let raw = std::fs::read(format!("../fixtures/{fixture}/raw.txt")).expect("a fixture");
        args.push(write(dir.path(), name, raw).display().to_string());
    }
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let Some(shown) = script("web.cjs", &args) else { return };
    let tool = |options: &[&str]| {
        let out = run_in(dir.path(), options, b"");
        assert_eq!((code(&out), said(&out).as_str()), (0, ""), "{options:?}");
        printed(&out)
    };
    let (files, page) = (&shown[..FIXTURES.len()], &shown[FIXTURES.len()]);
    let mut lists = String::new();
    for file in files {
        let name = file["name"].as_str().expect("a name");
        assert_eq!(file["plain"].as_str().expect("a text"), tool(&[name]), "{name}: before anybody decided");
        let list = file["list"].as_str().expect("a list");
        assert!(list.lines().count() > 1, "{name}: nothing is decided");
        lists.push_str(list);
        write(dir.path(), "list.jsonl", list);
        assert_eq!(file["shown"], file["txt"], "{name}: the report shows another text");
        assert_ne!(file["plain"], file["txt"], "{name}: the decisions changed nothing");
        for (kind, format) in [("txt", "text"), ("md", "markdown"), ("json", "json")] {
            let want = tool(&["--apply", "list.jsonl", "--format", format, name]);
            assert_eq!(file[kind].as_str().expect("a text"), want, "{name}: {format}");
        }
        let stem = name.trim_end_matches(".txt");
        for kind in ["txt", "md"] {
            assert_eq!(page["archive"][format!("{stem}.{kind}")], file[kind], "{name}: the archive has another {kind}");
        }
    }
    write(dir.path(), "list.jsonl", &lists);
    let sorted: Vec<&str> = files.iter().filter_map(|file| file["name"].as_str()).collect();
    let mut command = vec!["--apply", "list.jsonl", "--format", "csv", "--bom"];
    command.extend(&sorted);
    assert_eq!(page["table"].as_str().expect("a table"), tool(&command), "the table of all files");
    assert_eq!(page["again"], files[0]["shown"], "a file that is shown again has its decisions");
    assert_eq!(page["violations"], Value::Array(Vec::new()), "axe");
    assert_eq!(page["faults"], Value::Array(Vec::new()));
    assert_eq!(page["asked"].as_array().map(Vec::len), Some(1), "nothing but the site is asked for anything");
    assert_eq!(page["wide"], 320, "it fits a narrow screen");
    assert_eq!(page["caches"].as_array().map(Vec::len), Some(1), "one version is kept");
    assert_eq!(page["offline"].as_str(), Some(&*tool(&[&names[0]])), "it works when the server is gone");
}
