//! Deciding in a browser: a list of decisions made on a page of the report, applied by the tool, gives byte for byte the text
//! that the page shows. The tests drive the Chromium of the system (`CHROMIUM` names another one) by the packages of
//! `tools/browser`; where one of them is missing they say so and pass.

mod tool;

use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use tool::{code, folder, run, said, text, write};

const SCRIPTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../tools/browser");

/// Runs a script of `tools/browser`. `None` if there is no browser or no packages.
fn script(name: &str, args: &[&str]) -> Option<Vec<Value>> {
    let chromium = std::env::var_os("CHROMIUM").map_or_else(|| PathBuf::from("/usr/bin/chromium"), PathBuf::from);
    if !chromium.exists() || !Path::new(SCRIPTS).join("node_modules/playwright-core").exists() {
        eprintln!("skipped: needs chromium, and `npm install` in tools/browser");
        return None;
    }
    let out = Command::new("node").arg(Path::new(SCRIPTS).join(name)).args(args).output().expect("node runs");
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

#[test]
fn a_list_made_in_the_browser_gives_the_text_that_the_browser_showed() {
    let dir = folder();
    let mut args = vec!["18".to_string()];
    for (n, (page, options)) in pages().iter().enumerate() {
        let (raw, html) = (write(dir.path(), &format!("{n}.txt"), page), dir.path().join(format!("{n}.html")));
        let mut command: Vec<&str> = options.to_vec();
        command.extend(["--report", html.to_str().expect("UTF-8"), raw.to_str().expect("UTF-8")]);
        assert_eq!(code(&run(command, b"")), 0);
        args.push(html.display().to_string());
    }
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let Some(shown) = script("decide.cjs", &args) else { return };
    assert_eq!(shown.len(), 20);
    let mut kinds = BTreeSet::new();
    for (n, (_, options)) in pages().iter().enumerate() {
        let list = write(dir.path(), "list.jsonl", shown[n]["list"].as_str().expect("a list"));
        let raw = dir.path().join(format!("{n}.txt"));
        let mut command: Vec<&str> = options.to_vec();
        command.extend(["--apply", list.to_str().expect("UTF-8"), raw.to_str().expect("UTF-8")]);
        let out = run(command, b"");
        assert_eq!((code(&out), said(&out).as_str()), (0, ""), "page {n}");
        assert_eq!(String::from_utf8_lossy(&out.stdout), shown[n]["text"].as_str().expect("a text"), "page {n}");
        assert_eq!(shown[n]["faults"], Value::Array(Vec::new()), "page {n}");
        for record in tool::records(&text(list)).iter().skip(1) {
            let rule = record["rule"].as_str().unwrap_or("break");
            kinds.insert((rule.to_string(), record["keep"] == true));
        }
    }
    for kind in
        ["break", "spacing", "punctuation", "full-width", "doubled", "furniture", "invisible", "cjk-latin-space"]
    {
        for keep in [true, false] {
            assert!(kinds.contains(&(kind.to_string(), keep)), "nobody decided {kind}, {keep}: {kinds:?}");
        }
    }
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
fn the_page_without_installing_gives_what_the_tool_gives() {
    let dist = Path::new(env!("CARGO_MANIFEST_DIR")).join("../web/dist");
    if !dist.join("index.html").exists() {
        eprintln!("skipped: needs web/dist, which web/build makes");
        return;
    }
    let dir = folder();
    let mut args = vec![dist.display().to_string()];
    for name in FIXTURES {
        let raw = std::fs::read(format!("../fixtures/{name}/raw.txt")).expect("a fixture");
        args.push(write(dir.path(), &format!("{name}.txt"), raw).display().to_string());
    }
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let Some(shown) = script("web.cjs", &args) else { return };
    for record in &shown[..FIXTURES.len()] {
        let name = record["name"].as_str().expect("a name").split(" (").next().expect("the name of the file");
        let want = run([dir.path().join(name).as_os_str()], b"").stdout;
        assert_eq!(record["text"].as_str().expect("a text").as_bytes(), want, "{name}");
        assert_eq!(record["shown"], record["text"], "{name}: the report shows another text");
    }
    let page = &shown[FIXTURES.len()];
    assert_eq!(page["violations"], Value::Array(Vec::new()), "axe");
    assert_eq!(page["faults"], Value::Array(Vec::new()));
    assert_eq!(page["asked"].as_array().map(Vec::len), Some(1), "nothing but the site is asked for anything");
    assert_eq!(page["wide"], 320, "it fits a narrow screen");
}
