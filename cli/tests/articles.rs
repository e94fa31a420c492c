//! Articles: in Markdown, as a table, and as files of their own. No text is lost, and the names are safe.

mod tool;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tool::{code, folder, printed, read, run, run_in, said, write};

/// Two stories, the second headline behind its text, and furniture around them.
const PAGE: &str = "澜江日报\n2023年8月18日 星期五 农历癸卯年七月初三 第11082期\n第03版 要闻\n责任编辑 何苗\n云台渡口通了新桥\n本报讯（记者 何苗）昨日上午，横跨渠水的云台新桥正式通车，两岸群众不用再绕行。\n据了解，新桥全长186米，设计载重15吨，可以通行小型农用车。\n本报讯（记者 何苗）昨天下午，清水通到了村口，家家户户都用上了自来水。\n村民们说，从前挑一担水要走两里路，如今拧开龙头就有。\n清水进村家家乐\n";

fn ink(text: &str) -> Vec<char> {
    let mut all: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    all.sort_unstable();
    all
}

/// The files below a folder, by their paths.
fn files(root: &Path) -> BTreeMap<String, String> {
    let all = walkdir::WalkDir::new(root).into_iter().flatten().filter(|f| f.file_type().is_file());
    let name = |path: &Path| path.strip_prefix(root).expect("below").to_string_lossy().replace('\\', "/");
    all.map(|f| (name(f.path()), fs::read_to_string(f.path()).expect("text"))).collect()
}

#[test]
fn markdown_has_headlines_before_their_texts_and_breaks_between_articles() {
    let out = run(["--format", "markdown"], PAGE.as_bytes());
    let text = printed(&out);
    let (first, second) = (text.find("清水进村家家乐"), text.find("清水通到了村口"));
    assert!(first < second, "{text}");
    let between = &text[text.find("小型农用车").expect("the first story")..first.expect("the second headline")];
    assert!(between.contains("\n\n- - -\n\n"), "{text}");
    let kept = printed(&run(["--format", "markdown", "--order", "source"], PAGE.as_bytes()));
    assert!(kept.find("清水进村家家乐") > kept.find("清水通到了村口"), "{kept}");
    // JSON keeps the order of the text.
    let json = printed(&run(["--format", "json"], PAGE.as_bytes()));
    assert!(json.find("\"text\":\"清水进村家家乐\"") > json.find("清水通到了村口"), "{json}");
}

#[test]
fn dropped_furniture_leaves_its_facts() {
    let out = printed(&run(["--format", "json", "--furniture", "drop"], PAGE.as_bytes()));
    let json: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let page = &json["pages"][0]["page"];
    assert_eq!(
        (page["date"].as_str(), page["paper"].as_str(), page["page"].as_str()),
        (Some("2023-08-18"), Some("澜江日报"), Some("3"))
    );
    assert_eq!((page["issue"].as_u64(), page["date_confidence"].as_f64()), (Some(11082), Some(0.998)));
    assert!(!out.contains("\"role\":\"folio\""), "{out}");
    let markdown = printed(&run(["--format", "markdown", "--furniture", "drop"], PAGE.as_bytes()));
    assert!(markdown.starts_with("---\npaper: \"澜江日报\"\ndate: 2023-08-18\n"), "{markdown}");
}

#[test]
fn a_name_says_date_and_page_where_the_page_does_not() {
    let dir = folder();
    write(dir.path(), "2023-08-18/A01.txt", "新桥通车\n渠水流过桥头镇，沿岸的稻田渐渐泛黄。\n");
    let out = run_in(dir.path(), ["--format", "json", "2023-08-18/A01.txt"], b"");
    let json: serde_json::Value = serde_json::from_str(&printed(&out)).expect("JSON");
    let page = &json["pages"][0]["page"];
    for (field, want) in [("date", "2023-08-18"), ("date_from", "name"), ("page", "A1"), ("page_from", "name")] {
        assert_eq!(page[field].as_str(), Some(want), "{page}");
    }
}

#[test]
fn a_table_has_a_row_for_each_article_and_no_formula() {
    let page = PAGE.replace("云台渡口通了新桥", "=云台渡口通了新桥");
    let out = run(["--format", "csv"], page.as_bytes());
    assert_eq!(code(&out), 0, "{}", said(&out));
    let mut rows = csv::Reader::from_reader(out.stdout.as_slice());
    assert_eq!(rows.headers().expect("a head").iter().nth(2), Some("date"));
    let rows: Vec<csv::StringRecord> = rows.records().collect::<Result<_, _>>().expect("rows");
    assert_eq!(rows.len(), 2);
    assert_eq!((&rows[0][2], &rows[0][3], &rows[0][4], &rows[0][6]), ("2023-08-18", "3", "1", "'=云台渡口通了新桥"));
    assert_eq!((&rows[1][6], &rows[1][9]), ("清水进村家家乐", "本报讯（记者 何苗）"));
    assert!(rows[1][10].starts_with("本报讯（记者 何苗）昨天下午"), "{:?}", rows[1]);
    assert!(rows[0][11].parse::<f64>().is_ok_and(|p| (0.0..=1.0).contains(&p)));
    assert!(run(["--format", "csv", "--bom"], b"").stdout.starts_with("\u{feff}input,".as_bytes()));
    assert_eq!(code(&run(["--bom"], b"")), 2);
}

#[test]
fn each_article_gets_a_file_and_no_text_is_lost() {
    for (format, extension) in [("text", "txt"), ("markdown", "md"), ("json", "json")] {
        let dir = folder();
        write(dir.path(), "in/a.txt", PAGE);
        write(dir.path(), "in/deep/b.txt", format!("{PAGE}\x0c号外\n\x0c{PAGE}"));
        let out = run_in(dir.path(), ["--per", "article", "--format", format, "-o", "out", "in"], b"");
        assert_eq!(code(&out), 0, "{}", said(&out));
        let found = files(&dir.path().join("out"));
        let first = format!("a/2023-08-18_3_001_云台渡口通了新桥.{extension}");
        assert!(found.contains_key(&first), "{:?}", found.keys());
        assert!(found.contains_key(&format!("a/2023-08-18_3_rest.{extension}")), "{:?}", found.keys());
        assert!(found.keys().any(|name| name.starts_with("deep/b/")), "{:?}", found.keys());
        for name in found.keys() {
            assert!(
                !name.contains(['<', '>', ':', '"', '\\', '|', '?', '*']) && !name.contains("..") && name.len() < 200,
                "{name}"
            );
        }
        if format == "text" {
            let clean = printed(&run_in(dir.path(), ["in/deep/b.txt"], b""));
            let pieces: String =
                found.iter().filter(|(name, _)| name.starts_with("deep")).map(|(_, text)| text.as_str()).collect();
            assert_eq!(ink(&pieces), ink(&clean));
        }
    }
}

#[test]
fn articles_of_one_name_and_an_output_among_inputs_are_errors() {
    let dir = folder();
    write(dir.path(), "in/a.txt", PAGE);
    write(dir.path(), "in/a.text", PAGE);
    let out = run_in(dir.path(), ["--per=article", "-o", "out", "in"], b"");
    assert!(code(&out) == 2 && said(&out).contains("would both become"), "{}", said(&out));
    let out = run_in(dir.path(), ["--per=article", "-o", "in/out", "in"], b"");
    assert!(code(&out) == 2 && said(&out).contains("lies inside the input"), "{}", said(&out));
    for args in [&["--per=article"][..], &["--per=article", "-o", "-"], &["--per=article", "-o", "out", "--format=csv"]]
    {
        assert_eq!(code(&run_in(dir.path(), args, b"")), 2, "{args:?}");
    }
}

#[test]
fn articles_of_standard_input_go_to_a_folder_of_that_name() {
    let dir = folder();
    let out = run_in(dir.path(), ["--per=article", "-o", "out"], PAGE.as_bytes());
    assert!(code(&out) == 0 && said(&out).contains("3 files of articles"), "{}", said(&out));
    let found = files(&dir.path().join("out"));
    assert!(found.len() == 3 && found.keys().all(|name| name.starts_with("stdin/2023-08-18_3_")), "{:?}", found.keys());
    let lost = run_in(dir.path(), ["--per=article", "-o", "lost"], "渠水锟斤拷流过桥头镇。\n".as_bytes());
    assert!(said(&lost).contains("standard input: suspicious text"), "{}", said(&lost));
    for option in ["--resume", "--report=r", "--summary=s"] {
        let out = run_in(dir.path(), ["--per=article", "-o", "out", option], PAGE.as_bytes());
        assert!(code(&out) == 2 && said(&out).contains("give a folder"), "{option}: {}", said(&out));
    }
}

#[test]
fn articles_of_a_folder_are_resumed_file_by_file() {
    let dir = folder();
    for name in ["a", "b", "c"] {
        write(dir.path(), &format!("in/{name}.txt"), PAGE);
    }
    let go = |more: &[&str]| {
        let args = ["--per=article", "-o", "out", "in"].iter().chain(more).copied();
        said(&run_in(dir.path(), args, b""))
    };
    assert!(go(&[]).contains("3 cleaned, 0 done before"));
    let before = files(&dir.path().join("out"));
    assert!(go(&["--resume"]).contains("0 cleaned, 3 done before"));
    // A file of an article that is gone, one that was changed, and another format: each is done again.
    fs::remove_file(dir.path().join("out/a/2023-08-18_3_001_云台渡口通了新桥.txt")).expect("it is there");
    write(dir.path(), "out/b/2023-08-18_3_rest.txt", "changed");
    assert!(go(&["--resume"]).contains("2 cleaned, 1 done before"));
    let text = |files: &BTreeMap<String, String>| -> Vec<(String, String)> {
        files.iter().filter(|(name, _)| name.ends_with(".txt")).map(|(k, v)| (k.clone(), v.clone())).collect()
    };
    assert_eq!(text(&files(&dir.path().join("out"))), text(&before));
    assert!(go(&["--resume", "--format=markdown"]).contains("3 cleaned, 0 done before"));
}

#[test]
fn articles_are_the_same_with_any_number_of_jobs_and_have_report_and_summary() {
    let dir = folder();
    for n in 0..12 {
        write(dir.path(), &format!("in/{n}.txt"), PAGE);
    }
    let go = |out: &str, jobs: &str| {
        let args =
            ["--per=article", "-o", out, "in", "-j", jobs, "--report=report", "--summary=summary", "--ledger=ledger"];
        let done = run_in(dir.path(), args, b"");
        assert_eq!(code(&done), 0, "{}", said(&done));
        let mut found = files(&dir.path().join(out));
        found.retain(|name, _| !name.starts_with(".qingyang"));
        (found, read(dir.path(), "ledger"))
    };
    assert_eq!(go("one", "1"), go("four", "4"));
    assert!(dir.path().join("report/pages/0.txt.html").is_file() && dir.path().join("report/index.html").is_file());
    assert_eq!(tool::records(&read(dir.path(), "summary")).len(), 12);
    let plan = printed(&run_in(dir.path(), ["--per=article", "-o", "one", "in", "--dry-run"], b""));
    assert!(plan.lines().count() == 12 && plan.contains("one/0") && !plan.contains("one/0.txt"), "{plan}");
}

#[test]
fn the_name_of_an_output_implies_its_format() {
    let dir = folder();
    write(dir.path(), "page.txt", PAGE);
    for (name, begins) in
        [("x.md", "---\n"), ("x.json", "{\"schema\""), ("x.jsonl", "{\"schema\""), ("x.csv", "input,paper")]
    {
        let out = run_in(dir.path(), ["page.txt", "-o", name], b"");
        assert_eq!(code(&out), 0, "{}", said(&out));
        assert!(read(dir.path(), name).starts_with(begins), "{name}");
    }
    // What a folder becomes is a folder.
    write(dir.path(), "in/page.txt", PAGE);
    let out = run_in(dir.path(), ["in", "-o", "x2.csv"], b"");
    assert!(code(&out) == 2 && said(&out).contains("-o x2.csv names a file"), "{}", said(&out));
    assert_eq!(code(&run_in(dir.path(), ["in", "-o", "x2.csv/", "--format=csv"], b"")), 0);
    run_in(dir.path(), ["page.txt", "-o", "y.md", "--format=text"], b"");
    assert!(read(dir.path(), "y.md").starts_with("澜江日报\n"));
}
