//! The user's own rules in `qingyang.toml`: how they are written, shown, switched off and refused.

mod tool;

use std::path::Path;
use std::process::Output;
use tool::{code, folder, printed, read, run_in, said, write};

/// A slogan of the paper, a headline in two lines, a character that was misread, a list of short lines.
const RAW: &str = "渠水之声调频\n新桥飞架青石渡\n两岸欢声笑语\n渠氺流过桥头镇，沿岸的稻\n田渐渐泛黄，农户忙着修整\n渠 氺\n\
                   ○渠水流过桥头镇，沿岸的稻\n田渐渐泛黄，农户忙着修整。\n";

/// A rule of each kind, with an option of the same name.
const RULES: &str = "\
blank-lines = false

[options]
furniture = \"drop\"

[[furniture]]
name = \"slogan\"
line = '^渠水之声'
role = \"masthead\"

[[break]]
line = '青石渡$'
keep = false

[[break]]
line = '^○'
keep = true

[[replace]]
name = \"water\"
find = '渠氺'
put = '渠水'
";

const CLEAN: &str = "新桥飞架青石渡两岸欢声笑语\n渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整渠水\n\
                     ○渠水流过桥头镇，沿岸的稻\n田渐渐泛黄，农户忙着修整。\n";

fn place(settings: &str) -> tempfile::TempDir {
    let dir = folder();
    write(dir.path(), "qingyang.toml", settings);
    write(dir.path(), "a.txt", RAW);
    dir
}

fn go(root: &Path, words: &str) -> Output {
    run_in(root, words.split_whitespace(), b"")
}

fn ledger(root: &Path) -> Vec<serde_json::Value> {
    read(root, "l.jsonl").lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn a_rule_of_each_kind_does_what_it_says_and_signs_in_the_ledger() {
    let dir = place(RULES);
    let out = go(dir.path(), "--ledger l.jsonl a.txt");
    assert_eq!((code(&out), printed(&out).as_str()), (0, CLEAN), "{}", said(&out));
    let entries = ledger(dir.path());
    let own = |name: &str| entries.iter().filter(|e| e["rule"] == *name).count();
    assert_eq!((own("custom:slogan"), own("custom:break-1"), own("custom:water")), (1, 1, 2));
    // Cleaning again changes nothing.
    write(dir.path(), "b.txt", CLEAN);
    assert_eq!(printed(&go(dir.path(), "b.txt")), CLEAN);
}

#[test]
fn a_rule_that_is_switched_off_by_name_does_nothing() {
    let dir = place(RULES);
    let clean = |words: &str| printed(&go(dir.path(), words));
    assert_eq!(
        clean("--skip custom:water a.txt"),
        CLEAN.replace("渠水流过桥头镇，沿岸的稻田", "渠氺流过桥头镇，沿岸的稻田").replace("修整渠水", "修整渠氺")
    );
    assert!(clean("--skip custom:slogan a.txt").starts_with("渠水之声调频\n"));
    assert!(clean("--skip custom:break-1 a.txt").contains("青石渡\n两岸"));
    assert!(clean("--skip custom:break-2 a.txt").contains("沿岸的稻田渐渐泛黄，农户忙着修整。"));
    assert_eq!(clean("--skip custom a.txt"), printed(&go(dir.path(), "--no-config --furniture drop a.txt")));
    // One of them alone, and all of them alone.
    assert_eq!(clean("--only custom:water a.txt"), RAW.replace('氺', "水").replace("渠 水", "渠 氺"));
    let only = clean("--only custom a.txt");
    assert!(only.contains("渠水流过") && only.contains("渡两岸"), "{only}");
    // In the file, a name among others.
    write(dir.path(), "qingyang.toml", format!("skip = [\"custom:water\", \"doubled\"]\n{RULES}"));
    assert!(clean("a.txt").contains("渠氺"));
}

#[test]
fn a_name_that_no_rule_has_is_an_error() {
    let dir = place(RULES);
    for (words, want) in [
        (
            "--skip custom:wat a.txt",
            "--skip: unknown rule \"custom:wat\"; your own rules are custom:slogan, custom:break-1",
        ),
        ("--only custom:wat a.txt", "--only: unknown rule \"custom:wat\""),
        ("--no-config --skip custom:water a.txt", "the settings file has no rules of your own"),
    ] {
        let out = go(dir.path(), words);
        assert!(code(&out) == 2 && said(&out).contains(want), "{words}: {}", said(&out));
    }
    write(dir.path(), "qingyang.toml", format!("\nskip = [\"custom:wat\"]\n{RULES}"));
    let out = go(dir.path(), "a.txt");
    assert!(code(&out) == 2 && said(&out).contains("qingyang.toml:2: skip: unknown rule"), "{}", said(&out));
}

#[test]
fn a_rule_that_cannot_be_used_is_refused_with_file_line_and_reason() {
    let large = "\n[[break]]\nline = '\\w{40}'\nkeep = true\n";
    let cases = [
        (
            "\n[[furniture]]\nline = '渠('\n",
            "qingyang.toml:3: custom:furniture-1: line: not a regular expression at character 2",
        ),
        (
            "[[break]]\n\nkeep = true\nline = '渠*'\n",
            "qingyang.toml:4: custom:break-1: line: the pattern matches the empty text",
        ),
        (
            "[[replace]]\nname = \"a\"\nfind = '渠'\nput = '渠水'\n",
            "qingyang.toml:4: custom:a: put: the rule would change its own result again: \"渠水\" becomes \"渠水水\"",
        ),
        (
            "[[replace]]\nfind = '渠'\nput = \"水\\n\"\n",
            "qingyang.toml:3: custom:replace-1: put: a line end is not allowed",
        ),
        (
            "[[replace]]\nfind = '渠\\n水'\nput = '渠水'\n",
            "qingyang.toml:2: custom:replace-1: find: a line end is not allowed",
        ),
        (
            "[[replace]]\nfind = '渠'\nput = '$2'\n",
            "qingyang.toml:3: custom:replace-1: put: the pattern has no group \"2\"",
        ),
        (
            "[[replace]]\nfind = '甲'\nput = '乙乙'\n[[replace]]\nfind = '乙'\nput = '甲'\n",
            "qingyang.toml:3: custom:replace-1: put: together with the other rules",
        ),
        (large, "qingyang.toml:3: custom:break-1: line: the compiled pattern is larger than 1048576 bytes"),
        (
            "[[furniture]]\nline = '渠'\n[[replace]]\nname = \"furniture-1\"\nfind = '甲'\nput = '乙'\n",
            "qingyang.toml:4: custom:furniture-1: name: another rule has this name",
        ),
        ("[[furniture]]\nline = '渠'\nname = \"a b\"\n", "qingyang.toml:3: custom:a b: name: a name has 1 to 60"),
        (
            "[[furniture]]\nrole = \"headline\"\nline = '渠'\n",
            "qingyang.toml:2: furniture: role: unknown role \"headline\"",
        ),
        // What the table itself lacks.
        ("[[furniture]]\nlines = '渠'\n", "qingyang.toml:2: furniture: unknown key 'lines'; did you mean 'line'?"),
        ("[[break]]\nline = '渠'\n", "qingyang.toml:1: break: the key keep is missing"),
        ("\n[[replace]]\nfind = '渠'\n", "qingyang.toml:2: replace: the key put is missing"),
        (
            "[[break]]\nline = '渠'\nkeep = \"yes\"\n",
            "qingyang.toml:3: break: keep: expected true or false, found a string",
        ),
        ("[[replace]]\nfind = 3\nput = ''\n", "qingyang.toml:2: replace: find: expected a string, found a number"),
        ("break = \"渠\"\n", "qingyang.toml:1: break: expected tables, found a string"),
        ("furniture = [\"渠\"]\n", "qingyang.toml:1: furniture: expected tables, found a string"),
        ("[[brake]]\nline = '渠'\n", "qingyang.toml:1: unknown key 'brake'; did you mean 'break'?"),
        // The option of the same name.
        (
            "furniture = \"drop\"\n[[furniture]]\nline = '渠'\n",
            "qingyang.toml:2: furniture is an option and a list of rules here: put the option below a line [options]",
        ),
        ("width = \"keep\"\n[options]\nwidth = \"half\"\n", "qingyang.toml:3: width: given twice"),
        ("[options]\nwidht = \"half\"\n", "qingyang.toml:2: unknown key 'widht'; did you mean 'width'?"),
        ("[options]\nbreak = true\n", "qingyang.toml:2: unknown key 'break'; did you mean 'repair'?"),
        (
            "[vocabulary]\npost = [\"观察员\"]\n",
            "qingyang.toml:2: vocabulary: unknown key 'post'; did you mean 'posts'?",
        ),
        (
            "[vocabulary]\nposts = \"观察员\"\n",
            "qingyang.toml:2: vocabulary: posts: expected a list of strings, found a string",
        ),
        ("[vocabulary]\nposts = [\n\"观察员\",\n\"\"]\n", "qingyang.toml:4: vocabulary: posts: \"\" is not a word"),
        ("vocabulary = 3\n", "qingyang.toml:1: vocabulary: expected a table, found a number"),
        ("options = 3\n", "qingyang.toml:1: options: expected a table, found a number"),
    ];
    let dir = place("");
    for (settings, want) in cases {
        write(dir.path(), "qingyang.toml", settings);
        let out = go(dir.path(), "a.txt");
        assert_eq!((code(&out), printed(&out).as_str()), (2, ""), "{settings}");
        assert!(said(&out).contains(want), "{settings}: {want:?} is not in: {}", said(&out));
        assert_eq!(said(&out).lines().count(), 1, "{}", said(&out));
    }
}

#[test]
fn config_prints_the_rules_with_where_each_came_from_as_a_file_that_says_the_same() {
    let dir = place(RULES);
    let shown = printed(&go(dir.path(), "config a.txt"));
    for (head, line) in [("[[furniture]]", 6), ("[[break]]", 11), ("[[break]]", 15), ("[[replace]]", 19)] {
        let found = shown.lines().any(|l| l.starts_with(head) && l.ends_with(&format!("qingyang.toml:{line}")));
        assert!(found, "{head} of line {line} is not in\n{shown}");
    }
    write(dir.path(), "b/qingyang.toml", shown.replace("only = []", ""));
    write(dir.path(), "b/a.txt", RAW);
    assert_eq!(printed(&go(dir.path(), "b/a.txt")), CLEAN);
    let bare =
        |shown: &str| shown.lines().map(|l| l.split(" #").next().unwrap_or_default().to_string()).collect::<Vec<_>>();
    assert_eq!(bare(&printed(&go(dir.path(), "config b/a.txt")))[1..], bare(&shown)[1..]);
    // A pattern with an apostrophe, a backslash and a quotation mark comes back as it was.
    let odd = "[[replace]]\nfind = \"a'\\\\d\\\"\\u0009\"\nput = ''\n";
    write(dir.path(), "qingyang.toml", odd);
    write(dir.path(), "b/qingyang.toml", printed(&go(dir.path(), "config a.txt")).replace("only = []", ""));
    assert_eq!(
        bare(&printed(&go(dir.path(), "config b/a.txt")))[1..],
        bare(&printed(&go(dir.path(), "config a.txt")))[1..]
    );
}

#[test]
fn the_list_of_rules_names_those_of_the_working_folder() {
    let dir = place(RULES);
    let listed = printed(&go(dir.path(), "rules"));
    let (_, own) = listed.rsplit_once("always on\n").expect("the built-in rules come first");
    let lines: Vec<&str> = own.lines().map(str::trim_start).collect();
    assert_eq!(lines.len(), 16);
    assert_eq!(&lines[..2], ["custom:slogan", "A line that matches ^渠水之声 is furniture (masthead)."]);
    assert!(lines[2].ends_with("qingyang.toml:6") && lines[3] == "on; off: --skip custom:slogan", "{own}");
    write(dir.path(), "qingyang.toml", "[[break]]\n");
    assert_eq!(code(&go(dir.path(), "rules")), 2);
}

#[test]
fn explanations_and_reports_name_each_rule_and_say_what_it_does() {
    let dir = place(RULES);
    let told = printed(&go(dir.path(), "--explain a.txt"));
    for want in [
        "line 1: 「渠水之声调频」 removed [custom:slogan]",
        "line 2 continues in line 3 (by your rule): 「新桥飞架青石渡」 + 「两岸欢声笑语」 [custom:break-1]",
        "the line break after line 7 was kept (by your rule): ",
        "line 4: 「渠氺」 became 「渠水」 [custom:water]",
        "\n  custom:slogan: A line that matches ^渠水之声 is furniture (masthead).\n",
        "\n  custom:break-2: The line break after a line that matches ^○ is kept.\n",
        "\n  custom:water: Text that matches 渠氺 becomes 渠水.\n",
    ] {
        assert!(told.contains(want), "{want:?} is not in\n{told}");
    }
    assert_eq!(code(&go(dir.path(), "--report r.html -o o.txt a.txt")), 0);
    let report = read(dir.path(), "r.html");
    for want in [
        "<tr><th scope=row>custom:water</th><td class=n>2</td><td>Text that matches 渠氺 becomes 渠水.</td></tr>",
        "Line break closed up. custom:break-1: A line that matches 青石渡$ is joined with the next line.",
    ] {
        assert!(report.contains(want), "{want:?} is not in the report");
    }
    assert!(!report.contains("<th scope=row>custom</th>"));
}

#[test]
fn a_break_that_a_rule_decides_is_not_uncertain() {
    let settings = "[[break]]\nline = '青石渡$'\nkeep = false\n";
    let dir = place(settings);
    let listed = |words: &str| said(&go(dir.path(), words));
    assert!(listed("--no-config --uncertain 1 a.txt").contains("新桥飞架青石渡⏎"));
    assert!(!listed("--uncertain 1 a.txt").contains("新桥飞架青石渡⏎"));
}

#[test]
fn a_resumed_run_cleans_again_what_other_rules_clean() {
    let dir = place("");
    write(dir.path(), "in/a.txt", RAW);
    let again = |settings: &str| {
        write(dir.path(), "in/qingyang.toml", settings);
        said(&go(dir.path(), "in -o out --resume"))
    };
    assert!(again(RULES).contains("1 cleaned, 0 done before"));
    assert!(again(&format!("# as before\n{RULES}")).contains("0 cleaned, 1 done before"));
    assert!(again(&RULES.replace("渠氺", "渠[氺冰]")).contains("1 cleaned, 0 done before"));
    assert!(again(&RULES.replace("keep = true", "keep = false")).contains("1 cleaned, 0 done before"));
}

#[test]
fn words_of_ones_own_are_known_to_the_rules_shown_by_config_and_seen_by_a_resumed_run() {
    let line = "本报讯（观察员 王明 李华）昨日上午，渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场。\n";
    let dir = place("[vocabulary]\nposts = [\"观察员\"]\njumps-on = [\"请看\"]\n");
    write(dir.path(), "in/b.txt", line);
    assert_eq!(printed(&go(dir.path(), "in/b.txt")), line);
    assert_ne!(printed(&go(dir.path(), "--no-config in/b.txt")), line);
    let shown = printed(&go(dir.path(), "config in/b.txt"));
    for (start, at) in [("posts = [\"观察员\"]", 2), ("jumps-on = [\"请看\"]", 3)] {
        let found = shown.lines().any(|l| l.starts_with(start) && l.ends_with(&format!("qingyang.toml:{at}")));
        assert!(found, "{start} is not in\n{shown}");
    }
    let again = || said(&go(dir.path(), "in -o out --resume"));
    assert!(again().contains("1 cleaned, 0 done before"));
    assert!(again().contains("0 cleaned, 1 done before"));
    write(dir.path(), "qingyang.toml", shown.replace("only = []", "").replace("观察员", "评论员"));
    assert!(again().contains("1 cleaned, 0 done before"));
}

/// The block of docs/settings.md after this comment.
fn example(name: &str) -> String {
    let docs =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/settings.md")).expect("settings.md");
    let (_, rest) = docs.split_once(&format!("<!-- example: {name} -->\n")).expect("the comment");
    let (_, rest) = rest.split_once('\n').expect("the fence");
    rest.split_once("```").expect("the end of the block").0.to_string()
}

#[test]
fn the_examples_of_the_documentation_are_true() {
    let dir = place(&example("settings"));
    write(dir.path(), "page.txt", example("input"));
    assert_eq!(printed(&go(dir.path(), "page.txt")), example("output"));
    assert_eq!(printed(&go(dir.path(), "--furniture drop --explain page.txt")), example("explain"));
}
