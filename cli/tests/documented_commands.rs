//! Every command in README.md, README.zh-CN.md and the guide runs, with the files that the text speaks of. Tools that are not
//! ours stand in: they print what the real ones print of a small page.
#![cfg(unix)]

mod tool;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tool::{ENGLISH, TOOL, folder, write};

const PAGE: &str = "2023年9月12日 星期二\n第03版 要闻\n云台渡口通了新桥\n本报讯（记者 何苗）昨日上午，横\n跨渠水的云台新桥正式通车，两岸群众\n不用再绕行12公里。\n";

/// What `pdftotext -bbox-layout` prints.
const BBOX: &str = concat!(
    "<html><body><doc><page width=\"600\" height=\"800\"><flow><block>",
    "<line xMin=\"10\" yMin=\"10\" xMax=\"200\" yMax=\"20\">",
    "<word xMin=\"10\" yMin=\"10\" xMax=\"200\" yMax=\"20\">渠水流过桥头镇，沿岸的稻</word></line>",
    "</block></flow></page></doc></body></html>\n"
);

/// What PaddleOCR writes.
const PADDLE: &str = "{\"rec_texts\": [\"渠水流过桥头镇。\"], \"rec_polys\": [[[10,10],[90,10],[90,20],[10,20]]]}\n";

/// What `tesseract tsv` prints.
const TSV: &str = concat!(
    "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n",
    "1\t1\t0\t0\t0\t0\t0\t0\t600\t800\t-1\t\n",
    "5\t1\t1\t1\t1\t1\t10\t10\t90\t20\t96\t渠水\n"
);

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn pages() -> Vec<PathBuf> {
    let mut pages = vec![root().join("README.md"), root().join("README.zh-CN.md")];
    let guide = walkdir::WalkDir::new(root().join("docs/guide")).sort_by_file_name().into_iter().flatten();
    pages.extend(guide.map(walkdir::DirEntry::into_path).filter(|p| p.extension().is_some_and(|e| e == "md")));
    pages
}

/// The commands of the blocks `sh`, each block together: a later command may need the files of an earlier one.
fn blocks(page: &str) -> Vec<Vec<String>> {
    let mut blocks = Vec::new();
    let mut block: Option<Vec<String>> = None;
    for line in page.lines() {
        match (&mut block, line.trim()) {
            (None, "```sh") => block = Some(Vec::new()),
            (Some(_), "```") => blocks.extend(block.take()),
            (Some(lines), line) if !line.is_empty() && !line.starts_with('#') => lines.push(line.to_string()),
            _ => {}
        }
    }
    blocks
}

/// A program of another project, which prints a file or does nothing.
fn stand_in(bin: &Path, name: &str, script: &str) {
    let path = write(bin, name, format!("#!/bin/sh\n{script}\n"));
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("executable");
}

/// A folder with the files that the pages speak of, and the tools.
fn workplace(dir: &Path) {
    for name in ["page.txt", "page1.txt", "page2.txt", "archive/2023-09-12/01.txt", "archive/2023-09-12/02.txt"] {
        write(dir, name, PAGE);
    }
    for name in ["2023-09-12/01.txt", "2023-09-12/02.txt"] {
        write(dir, name, PAGE);
    }
    write(dir, "page.json", PADDLE);
    write(dir, "scans/page.json", PADDLE);
    write(dir, "out/page_res.json", PADDLE);
    for name in ["page.pdf", "page.png"] {
        write(dir, name, "");
    }
    for name in ["in.jsonl", "corpus/a.jsonl"] {
        write(dir, name, "{\"text\": \"渠 水\"}\n");
    }
    write(dir, "fixtures/mixed-front-page/raw.txt", PAGE);
    write(dir, "stand-ins/bbox", BBOX);
    write(dir, "stand-ins/tsv", TSV);
    let (list, page) = (dir.join("decisions.jsonl"), dir.join("page.txt"));
    tool::run(["--decisions".as_ref(), list.as_os_str(), page.as_os_str()], b"");
    let bin = dir.join("bin");
    let here = dir.display();
    stand_in(&bin, "qingyang", &format!("exec {TOOL} \"$@\""));
    stand_in(
        &bin,
        "pdftotext",
        &format!("case \"$*\" in *bbox*) cat {here}/stand-ins/bbox;; *) cat {here}/page1.txt;; esac"),
    );
    stand_in(&bin, "tesseract", &format!("cat {here}/stand-ins/tsv"));
    // `.ci/python` builds the package and runs it.
    stand_in(&bin, "python", &format!("[ \"$1 $2\" != '-m qingyang' ] || {{ shift 2; exec {TOOL} \"$@\"; }}"));
    for name in ["cargo", "paddleocr", "docker", "podman", "curl", "pip"] {
        stand_in(&bin, name, "exit 0");
    }
}

/// The exit status that a command is meant to have: `--check` has 1, because its files would change.
fn wanted(command: &str) -> i32 {
    i32::from(command.contains("--check"))
}

#[test]
fn every_command_in_the_readmes_and_the_guide_runs() {
    let mut wrong = Vec::new();
    let mut run = 0;
    for page in pages() {
        let text = fs::read_to_string(&page).expect("a page");
        for block in blocks(&text) {
            let dir = folder();
            workplace(dir.path());
            let path = format!("{}:{}", dir.path().join("bin").display(), std::env::var("PATH").expect("PATH"));
            for command in block {
                let mut shell = Command::new("sh");
                shell.args(["-c", &command]).envs(ENGLISH).env("PATH", &path).current_dir(dir.path());
                let out = shell.stdin(Stdio::null()).output().expect("a shell");
                run += 1;
                if out.status.code() != Some(wanted(&command)) {
                    let said = String::from_utf8_lossy(&out.stderr).into_owned();
                    wrong.push(format!("{}: {command}: {}\n{said}", page.display(), out.status));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(run > 20, "{run} commands");
}

/// A command that stands in another kind of block would not run above.
#[test]
fn every_command_of_the_pages_stands_in_a_block_that_runs() {
    for page in pages() {
        let text = fs::read_to_string(&page).expect("a page");
        let mut kind: Option<&str> = None;
        for line in text.lines() {
            kind = match (kind, line.trim().strip_prefix("```")) {
                (None, Some(opened)) => Some(opened),
                (Some(_), Some(_)) => None,
                (kind, None) => kind,
            };
            let is_command = line.starts_with("qingyang ") && !line.starts_with("qingyang = ")
                || line.contains("| qingyang")
                || line.starts_with("cargo ");
            // Outside of blocks it is a sentence.
            assert!(!is_command || matches!(kind, None | Some("sh")), "{}: {line}", page.display());
        }
    }
}

/// The example of both READMEs is what the tool does.
#[test]
fn the_example_of_the_readmes_is_true() {
    for name in ["README.md", "README.zh-CN.md"] {
        let page = fs::read_to_string(root().join(name)).expect("a page");
        let mut texts = page.split("```text\n").skip(1).map(|rest| rest.split("```").next().unwrap_or_default());
        let (before, after) = (texts.next().expect("before"), texts.next().expect("after"));
        let out = tool::run::<&str>([], before.as_bytes());
        assert_eq!(tool::printed(&out), after, "{name}");
    }
}
