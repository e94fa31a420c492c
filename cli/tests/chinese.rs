//! The tool in Chinese: which locale chooses it, what is said in it, and what stays the same in every language.

mod tool;

use std::path::Path;
use std::process::{Command, Output};
use tool::{code, feed, folder, printed, read, said, text, tool, write};

/// A page with a headline that is doubled, a letter-spaced line and full-width digits.
const PAGE: &str = "云台渡口通了新桥云台渡口通了新桥\n\n本 报 讯（记者 何 苗）昨日上午，横\n\n跨渠水的云台新桥正式通车，两岸群众\n\n不用再绕行１２公里。\n";

/// The tool without any variable of the locale.
fn bare<S: AsRef<std::ffi::OsStr>>(args: impl IntoIterator<Item = S>) -> Command {
    let mut command = tool(args);
    for variable in ["LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"] {
        command.env_remove(variable);
    }
    command
}

/// Runs the tool in Chinese.
fn chinese<S: AsRef<std::ffi::OsStr>>(args: impl IntoIterator<Item = S>, stdin: &str) -> Output {
    let mut command = bare(args);
    command.env("LC_ALL", "zh_CN.UTF-8");
    feed(command, stdin.as_bytes())
}

fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

#[test]
fn the_first_variable_that_is_set_chooses_the_language() {
    let cases: [(&[(&str, &str)], bool); 8] = [
        (&[], false),
        (&[("LANG", "zh_CN.UTF-8")], true),
        (&[("LANG", "zh_TW.UTF-8")], true),
        (&[("LANG", "zh_CN.UTF-8"), ("LC_MESSAGES", "en_US.UTF-8")], false),
        (&[("LANG", "en_US.UTF-8"), ("LC_MESSAGES", "zh_HK")], true),
        (&[("LC_ALL", "C"), ("LC_MESSAGES", "zh_CN"), ("LANG", "zh_CN")], false),
        (&[("LC_ALL", ""), ("LC_MESSAGES", ""), ("LANG", "zh")], true),
        (&[("LANG", "zha_CN.UTF-8")], false),
    ];
    for (variables, want) in cases {
        let mut command = bare(["no-such-file.txt"]);
        command.envs(variables.iter().copied());
        let out = feed(command, b"");
        assert_eq!((code(&out), is_chinese(&said(&out))), (1, want), "{variables:?}: {}", said(&out));
    }
}

#[test]
fn the_option_wins_over_the_locale_wherever_it_stands() {
    for args in [&["--lang", "en", "no-such.txt"][..], &["no-such.txt", "--lang=en"]] {
        let out = chinese(args, "");
        assert!(code(&out) == 1 && !is_chinese(&said(&out)), "{args:?}: {}", said(&out));
    }
    for args in
        [&["--lang", "zh", "rules"][..], &["rules", "--lang=zh"], &["--lang=zh", "--nonsense"], &["-h", "--lang=zh"]]
    {
        let out = feed(tool(args), b"");
        assert!(is_chinese(&(printed(&out) + &said(&out))), "{args:?}");
    }
    let out = feed(tool(["--lang", "fr"]), b"");
    assert!(code(&out) == 2 && said(&out).contains("en, zh"), "{}", said(&out));
    // After two hyphens it is a name of a file.
    let out = feed(tool(["--", "--lang=zh"]), b"");
    assert!(code(&out) == 1 && said(&out).contains("--lang=zh: cannot read"), "{}", said(&out));
}

#[test]
fn an_explanation_is_in_chinese() {
    let dir = folder();
    write(dir.path(), "page.txt", PAGE);
    let mut command = bare(["--explain", "--lang", "zh", "page.txt"]);
    command.current_dir(dir.path());
    let out = feed(command, b"");
    let want = "page.txt：改动 9 处\n  \
        第 1 行：删去「云台渡口通了新桥」，为版面重影 [doubled]\n  \
        第 1 行之后：单元之间的空行删去 [layout]\n  \
        第 3 行：合拢 3 处空隙 [spacing]\n  ";
    assert!(printed(&out).starts_with(want), "{}", printed(&out));
    assert!(printed(&out).contains("\n所用规则：\n  full-width：全角拉丁字母和数字改为半角"), "{}", printed(&out));
}

#[test]
fn uncertain_breaks_errors_and_rules_are_in_chinese() {
    let out = chinese(["--uncertain=1"], PAGE);
    assert!(said(&out).contains("标准输入:") || said(&out).contains("字节：接合，把握"), "{}", said(&out));
    let out = chinese(["--encoding", "utf-8"], "");
    assert_eq!(code(&out), 0);
    let out = feed(bare(["--lang=zh", "--encoding=utf-8"]), b"\xe6\xb8\xa0\xff\n");
    assert!(said(&out).contains("第 3 字节：FF 不合 UTF-8") && said(&out).contains("--lossy"), "{}", said(&out));
    let out = chinese(["--follow-jumps", "--decisions=list.jsonl"], "");
    assert!(said(&out).contains("--decisions 只用于单个版面：去掉 --issue 和 --follow-jumps"), "{}", said(&out));
    let rules = printed(&chinese(["rules"], ""));
    let english = ["removed", "become", "default", "for example", "on; off"];
    assert!(english.iter().all(|word| !rules.contains(word)), "{rules}");
}

#[test]
fn the_manual_and_the_completions_are_in_chinese() {
    let manual = printed(&chinese(["man"], ""));
    for heading in ["名称", "用法", "说明", "示例", "退出状态", "命令", "版本"] {
        assert!(
            manual.contains(&format!(".SH {heading}")) || manual.contains(&format!(".SH \"{heading}")),
            "{heading}"
        );
    }
    assert!(!manual.contains(".SH NAME") && manual.contains("报头"), "{manual}");
    assert!(printed(&chinese(["completions", "zsh"], "")).contains("报头"));
}

/// What programs read is the same in every language.
#[test]
fn json_ledger_decisions_summary_and_manifest_do_not_depend_on_the_language() {
    let outputs = |language: &str| {
        let dir = folder();
        write(dir.path(), "in/a.txt", PAGE);
        write(dir.path(), "in/bad.txt", b"\xe6\xb8\xa0\xff\xff\n");
        let files = ["--ledger=ledger", "--decisions=list", "--summary=summary"];
        let run = |args: &[&str]| {
            let mut command = bare(args.iter().chain(&["--lang", language]));
            command.current_dir(dir.path());
            feed(command, b"")
        };
        run(&[&["in", "-o", "out", "--format=json", "--encoding=utf-8"][..], &files].concat());
        let diff = printed(&run(&["--diff", "in/a.txt"]));
        let all = ["out/a.json", "ledger", "list", "summary", "out/.qingyang"].map(|name| {
            let path = dir.path().join(name);
            if path.is_file() { text(path).replace(&dir.path().display().to_string(), "") } else { String::new() }
        });
        assert!(!all[3].is_empty() && !all[1].is_empty());
        (all, diff)
    };
    let (english, chinese) = (outputs("en"), outputs("zh"));
    // Manifests know the times of files.
    assert_eq!(english.0[..4], chinese.0[..4]);
    assert_eq!(english.1, chinese.1);
}

fn report(folder: &Path, page: &str, language: &str) -> String {
    write(folder, "page.txt", page);
    let mut command = bare(["page.txt", "-o", "clean.txt", "--report=report.html", "--lang", language]);
    command.current_dir(folder);
    let out = feed(command, b"");
    assert_eq!(code(&out), 0, "{}", said(&out));
    read(folder, "report.html")
}

#[test]
fn a_report_is_in_chinese_and_its_texts_name_their_script() {
    let dir = folder();
    let page = report(dir.path(), PAGE, "zh");
    assert!(
        page.contains("<html lang=zh-Hans>")
            && page.contains("存疑换行")
            && page.contains("<div class=src lang=zh-Hans>")
    );
    for english in ["Clean text", "Uncertain", "removed", "Edits", "closed up"] {
        assert!(!page.contains(english), "{english}");
    }
    let traditional =
        PAGE.replace("报讯", "報訊").replace("记", "記").replace("众", "眾").replace("车", "車").replace("两", "兩");
    let page = report(dir.path(), &traditional, "en");
    assert!(page.contains("<html lang=en>") && page.contains("<div class=src lang=zh-Hant>"));
}

/// The way that README.zh-CN.md shows: from a page over a list of doubtful breaks to a corrected table of articles.
#[test]
fn a_reader_of_the_chinese_readme_gets_from_a_page_to_a_corrected_table() {
    let dir = folder();
    let page = "澜江日报\n2023年9月12日 星期二\n第03版 要闻\n云台渡口通了新桥\n本报讯（记者 何苗）昨日上午，横跨渠水的云台新桥正\n\
        式通车，两岸群众不用再绕行12公里。工程去年三月开\n工，历时一年半\n村民老周说，过去卖菜要绕行\n十一公里，如今从桥上过去只要十来分钟。\n";
    write(dir.path(), "page.txt", page);
    let go = |args: &[&str]| {
        let mut command = bare(args);
        command.env("LC_ALL", "zh_CN.UTF-8").current_dir(dir.path());
        let out = feed(command, b"");
        assert_eq!(code(&out), 0, "{args:?}: {}", said(&out));
    };
    go(&["--decisions", "list.jsonl", "--uncertain=1", "page.txt", "-o", "clean.txt"]);
    let list = read(dir.path(), "list.jsonl");
    let edited: Vec<String> = list
        .lines()
        .map(|line| {
            if line.contains("历时一年半") && line.contains("村民老周") {
                line.replace("\"keep\":false", "\"keep\":true")
            } else {
                line.to_string()
            }
        })
        .collect();
    write(dir.path(), "list.jsonl", edited.join("\n") + "\n");
    go(&["--apply", "list.jsonl", "page.txt", "-o", "articles.csv", "--bom"]);
    let table = read(dir.path(), "articles.csv");
    assert!(table.starts_with('\u{feff}') && table.contains("历时一年半\n村民老周说"), "{table}");
    assert!(table.contains("page.txt,澜江日报,2023-09-12,3,1,,云台渡口通了新桥"), "{table}");
}

/// The parser would end the headings with half-width colons.
#[test]
fn the_headings_of_the_help_end_with_full_width_colons() {
    for option in ["-h", "--help"] {
        let help = printed(&chinese([option], ""));
        assert!(help.contains("\n文件夹：\n") && !help.contains(":\n"), "{help}");
    }
}
