//! The index of a batch: one line a file, failures first, then the most uncertain.

use super::page::{foot, head};
use super::{html, page};
use crate::Failed;
use crate::cli::args::Run;
use crate::cli::settings::Setting;
use crate::output::file as files;
use crate::output::file::{Output, TEMPORARY};
use crate::output::sidecars::CERTAIN;
use crate::run::batch::tasks as plan;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Pages lie below this folder of the report, so that no input's name meets the index.
const PAGES: &str = "pages";

/// Files that the index names: as many as a browser opens at once without pause.
const LISTED: usize = 5000;

/// A file in the index.
#[derive(Debug, Clone)]
pub struct Line {
    /// The input's path below what was given.
    pub below: PathBuf,
    /// Its figures, or why it failed.
    pub outcome: Result<Value, String>,
}

impl Line {
    /// Failures first, then the most uncertain places, then the least certain.
    fn rank(&self) -> (u8, std::cmp::Reverse<u64>, u64, &Path) {
        match &self.outcome {
            Err(_) => (0, std::cmp::Reverse(0), 0, &self.below),
            Ok(f) => {
                let least = (f["least"].as_f64().unwrap_or(1.0) * 1e6) as u64;
                (1, std::cmp::Reverse(f["uncertain"].as_u64().unwrap_or(0)), least, &self.below)
            }
        }
    }
}

/// Takes the files of a batch as they are done.
pub struct Index {
    folder: PathBuf,
    lines: Vec<Line>,
    /// Files, failures, uncertain breaks, edits.
    totals: [u64; 4],
}

/// Where the page of an input is written.
pub fn page_path(folder: &Path, below: &Path) -> PathBuf {
    folder.join(below_pages(below))
}

fn below_pages(below: &Path) -> PathBuf {
    let mut name = below.as_os_str().to_os_string();
    name.push(".html");
    Path::new(PAGES).join(name)
}

/// The way from a page back to the index.
pub fn way_up(below: &Path) -> String {
    "../".repeat(below.components().count()) + "index.html"
}

/// Refuses a report folder that is a file, or lies in an input or an output, and two inputs for one page.
pub fn refuse(run: &Run) -> Result<()> {
    let Some(folder) = &run.args.report else { return Ok(()) };
    let usage = |said: String| Err(Failed::Usage(format!("--report {}: {said}", folder.display())).into());
    if folder.exists() && !folder.is_dir() {
        return usage("is a file; for a folder of inputs the report is a folder".into());
    }
    let real = plan::resolved(folder);
    for (other, what) in
        run.args.inputs.iter().map(|i| (i, "input")).chain(run.args.output.iter().map(|o| (o, "output")))
    {
        let other_real = plan::resolved(other);
        if real == other_real {
            return usage(format!("is the {what}: choose another folder"));
        }
        if real.starts_with(&other_real) {
            return usage(format!("lies inside the {what} {}: choose another folder", other.display()));
        }
    }
    if run.args.inputs.len() > 1 {
        let mut seen: HashMap<PathBuf, PathBuf> = HashMap::new();
        for planned in plan::tasks(run).flatten() {
            if let plan::Planned::Do(task) = planned
                && let Some(other) = seen.insert(task.below, task.input.clone())
            {
                return usage(format!("{} and {} would have one page", other.display(), task.input.display()));
            }
        }
    }
    Ok(())
}

impl Index {
    /// As the arguments ask. Temporary files that a killed run left are removed with `--resume`.
    pub fn new(run: &Run) -> Result<Option<Index>> {
        let Some(folder) = &run.args.report else { return Ok(None) };
        std::fs::create_dir_all(folder)
            .map_err(|e| files::explain(e, "make the report folder"))
            .with_context(|| folder.display().to_string())?;
        if run.args.resume {
            for entry in walkdir::WalkDir::new(folder).into_iter().flatten() {
                if entry.file_name().as_encoded_bytes().starts_with(TEMPORARY.as_bytes()) {
                    let _ = std::fs::remove_file(entry.path());
                }
            }
        }
        Ok(Some(Index { folder: folder.clone(), lines: Vec::new(), totals: [0; 4] }))
    }

    /// Whether a file that an earlier run finished has its page, where it should have one.
    pub fn has_page(run: &Run, setting: &Setting, below: &Path) -> bool {
        let figures = |folder: &PathBuf| {
            page::figures_of(&page_path(folder, below), Some(setting.args.uncertain.unwrap_or(CERTAIN)))
        };
        run.args.report.as_ref().is_none_or(|folder| figures(folder).is_some())
    }

    /// Takes a file that was done, now or by an earlier run.
    pub fn take(&mut self, below: &Path, outcome: Result<Option<Value>, String>) {
        let outcome = outcome.map(|figures| {
            figures.or_else(|| page::figures_of(&page_path(&self.folder, below), None)).unwrap_or(Value::Null)
        });
        let [files, failed, uncertain, edits] = &mut self.totals;
        *files += 1;
        match &outcome {
            Err(_) => *failed += 1,
            Ok(f) => {
                *uncertain += f["uncertain"].as_u64().unwrap_or(0);
                *edits += f["edits"].as_u64().unwrap_or(0);
            }
        }
        self.lines.push(Line { below: below.to_path_buf(), outcome });
        // The worst are kept; memory stays flat however many files there are.
        if self.lines.len() >= 4 * LISTED {
            self.worst();
        }
    }

    fn worst(&mut self) {
        self.lines.sort_by(|a, b| a.rank().cmp(&b.rank()));
        self.lines.truncate(LISTED);
    }

    /// Writes the index.
    pub fn finish(mut self) -> Result<()> {
        self.worst();
        let [all, failed, uncertain, edits] = self.totals;
        let n = html::number;
        let mut page = head("Batch – qingyang report", &json!({ "version": env!("CARGO_PKG_VERSION") }));
        page.push_str("<main>\n<h1>Batch</h1>\n<dl class=facts>\n");
        for (name, value) in [("Files", all), ("Failed", failed), ("Uncertain breaks", uncertain), ("Edits", edits)] {
            let _ = writeln!(page, "<div><dt>{name}</dt><dd>{}</dd></div>", n(value));
        }
        page.push_str("</dl>\n");
        if all > self.lines.len() as u64 {
            let _ =
                writeln!(page, "<p class=note>The worst {} of {} files; the figures are of all.</p>", LISTED, n(all));
        }
        page.push_str("<p>Failures first, then the pages with the most uncertain line breaks.</p>\n<table class=files><thead><tr>");
        for name in ["File", "Uncertain", "Least certain", "Edits", "Doubles", "Lines → units", "Encoding"] {
            let class = if matches!(name, "File" | "Encoding") { "" } else { " class=n" };
            let _ = write!(page, "<th scope=col{class}>{name}</th>");
        }
        page.push_str("</tr></thead><tbody>\n");
        for line in &self.lines {
            let name = line.below.to_string_lossy();
            let name = html::of(if name.is_empty() { "(folder)" } else { &name });
            match &line.outcome {
                Err(why) => {
                    let _ = writeln!(
                        page,
                        "<tr class=failed><th scope=row>{name}</th><td colspan=6><strong>Failed:</strong> {}</td></tr>",
                        html::of(why)
                    );
                }
                Ok(f) => {
                    let get = |key: &str| n(f[key].as_u64().unwrap_or(0));
                    let least = f["least"].as_f64().map_or("–".to_string(), |l| html::percent(l as f32));
                    let _ = writeln!(
                        page,
                        "<tr><th scope=row><a href=\"{}\">{name}</a></th><td class=n data-h=Uncertain>{}</td><td class=n data-h=\"Least certain\">{least}</td>\
                         <td class=n data-h=Edits>{}</td><td class=n data-h=Doubles>{}</td><td class=n data-h=\"Lines → units\">{} → {}</td>\
                         <td data-h=Encoding>{}</td></tr>",
                        html::link(&below_pages(&line.below)),
                        get("uncertain"),
                        get("edits"),
                        get("doubled"),
                        get("lines"),
                        get("units"),
                        html::of(f["encoding"].as_str().unwrap_or("–")),
                    );
                }
            }
        }
        page.push_str("</tbody></table>\n</main>\n");
        page.push_str(&foot());
        let mut output = Output::create(&self.folder.join("index.html"))?;
        output.write_all(page.as_bytes()).map_err(files::unwritten)?;
        output.commit()?;
        Ok(())
    }
}
