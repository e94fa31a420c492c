//! `fit lines`: fits the chain of line roles, and says how well its folds do.

pub mod ablation;
pub mod judge;
mod perturb;
pub mod report;
pub mod sample;
pub mod second_look;
pub mod train;
mod variants;

use crate::folds::{Articles, NO_FOLD};
use crate::gold::GoldBreak;
use crate::gold::{Gold, clean_text};
use crate::options::{Args, Options};
use crate::pages::{self, Page};
use crate::training::{Model, Record};
use crate::write;
use qingyang::internals::model::lines::Weights;
use sample::{Sample, Source};
use std::fs;
use std::path::{Path, PathBuf};
use train::{Off, train};

/// The sets of training pages.
const SETS: [&str; 6] = ["more", "blocks", "blocks2", "blocks3", "wild", "elsewhere"];
/// Passes over the pages.
const EPOCHS: usize = 8;
/// Strength of the penalty. 0.05, 0.08, 0.1, 0.15, 0.25 and 0.4 do equally well on the folds. 0.08 does best on the fixtures
/// and on pages of other texts, which differ from what the training pages have in common.
const L2: f32 = 0.08;
/// The channel of pages that are clean already.
const CLEAN: &str = "clean";

/// What the command is asked to do.
struct Asked {
    options: Options,
    ablate: bool,
    prune: bool,
    /// Whether the folds are scored on the training pages, too.
    all: bool,
    errors: bool,
    reliability: bool,
    /// Whether the gold of the bench is scored as pages that are clean already.
    clean: bool,
    /// Where the pages of the bench go as their folds clean them.
    out: Option<PathBuf>,
    /// Folders of pages from elsewhere.
    judge: Vec<String>,
    /// What the models of pages from elsewhere have not seen: a kind, or a channel.
    left_out: Option<String>,
    /// Where the facts of the second look go.
    facts: Option<PathBuf>,
    /// The trees of the second look.
    trees: Option<PathBuf>,
    thin: usize,
}

impl Asked {
    fn read(mut args: Args) -> anyhow::Result<Asked> {
        let asked = Asked {
            options: Options::read(&mut args, &SETS, EPOCHS, L2)?,
            ablate: args.flag("--ablate"),
            prune: args.flag("--prune"),
            all: args.flag("--all"),
            errors: args.flag("--errors"),
            reliability: args.flag("--reliability"),
            clean: args.flag("--clean"),
            out: args.value("--out")?,
            judge: args.list("--judge")?,
            left_out: args.value("--leave-out")?,
            facts: args.value("--facts")?,
            trees: args.value("--trees")?,
            thin: args.value("--thin")?.unwrap_or(1),
        };
        args.finish()?;
        Ok(asked)
    }
}

/// Runs the command.
pub fn run(args: Args) -> anyhow::Result<()> {
    let asked = Asked::read(args)?;
    let options = &asked.options;
    let mut record = Record::new(Model::Lines, options)?;
    if options.check {
        record.compare_inputs()?;
    }
    let mut samples = load(options, asked.clean)?;
    let mut number = 0;
    samples.retain(|s| {
        number += usize::from(!s.dev);
        s.dev || number % asked.thin.max(1) == 0
    });
    eprintln!("{} pages, {} lines", samples.len(), samples.iter().map(|s| s.line_bins.len()).sum::<usize>());
    if asked.ablate {
        ablation::by_evidence(&samples, options);
        return Ok(());
    }
    if asked.prune {
        ablation::by_template(&samples, options);
        return Ok(());
    }
    let off = Off::from_options(options);
    let words = asked.trees.as_deref().map_or(Ok(Vec::new()), second_look::read_words)?;
    if let Some(folder) = &asked.facts {
        let pages = pages_from_elsewhere(&asked.judge)?;
        return second_look::write_facts(&mut samples, &pages, &off, options, folder);
    }
    if !asked.judge.is_empty() {
        return judge_elsewhere(&asked, &samples, &off, &words);
    }
    if let Some(what) = &asked.left_out {
        return leave_out(&asked, &mut samples, what, &off);
    }
    fit(&asked, &samples, &off, &words, &mut record)
}

/// Scores pages from elsewhere by a model of all training pages.
fn judge_elsewhere(asked: &Asked, samples: &[Sample], off: &Off, words: &[i16]) -> anyhow::Result<()> {
    let pages = pages_from_elsewhere(&asked.judge)?;
    let decided = judge::elsewhere(samples, &pages, off, &asked.options, second_look::trees_of(words)?);
    report::channels(&decided);
    report::pooled(&decided);
    if asked.errors {
        report::errors(&decided);
    }
    if asked.reliability {
        report::reliability(&decided);
    }
    Ok(())
}

/// Scores the pages of each kind, or channel, by a model that has not seen it.
fn leave_out(asked: &Asked, samples: &mut [Sample], what: &str, off: &Off) -> anyhow::Result<()> {
    let by_channel = match what {
        "kind" => false,
        "channel" => true,
        _ => anyhow::bail!("--leave-out is kind or channel"),
    };
    let decided = judge::leave_out(samples, by_channel, off, &asked.options);
    report::channels(&decided);
    report::pooled(&decided);
    Ok(())
}

/// Scores the folds. With `--write` or `--check`, also fits on all pages.
fn fit(asked: &Asked, samples: &[Sample], off: &Off, words: &[i16], record: &mut Record) -> anyhow::Result<()> {
    let options = &asked.options;
    let decided = judge::cross_validate(samples, off, options, asked.all);
    report::channels(&decided);
    if asked.errors {
        report::errors(&decided);
    }
    println!("mean surprise at a break: {:.2} thousandths of a nat", judge::surprise(&decided));
    if asked.reliability {
        report::reliability(&decided);
    }
    if let Some(folder) = &asked.out {
        write_pages(&decided, folder)?;
    }
    if options.write || options.check {
        let (unit_f1, break_f1) = judge::mean(&judge::by_channel(&decided));
        let figures = [("unit_f1", unit_f1), ("break_f1", break_f1), ("surprise", judge::surprise(&decided))];
        let model = train(samples, NO_FOLD, off, options);
        record.set_figures(&figures);
        let weights = Weights::to_file(&record.notes(), model.usual.rows(), model.foreign.rows(), &model.pages, words);
        write::finish(record, &weights, options)?;
    }
    Ok(())
}

/// Writes the pages of the bench as their folds clean them, for `bench/score.py`.
fn write_pages(decided: &[judge::Decided<'_>], folder: &Path) -> anyhow::Result<()> {
    for d in decided.iter().filter(|d| d.sample.dev && d.sample.channel != CLEAN) {
        let path = folder.join(format!("{}.out.txt", d.sample.id));
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(path, qingyang::internals::fitting::finish_with_breaks(&d.sample.raw, &d.kept()))?;
    }
    Ok(())
}

/// The samples of the bench and of the sets; `clean` adds the gold of the bench as pages of its own.
fn load(options: &Options, clean: bool) -> anyhow::Result<Vec<Sample>> {
    let articles = Articles::read(&options.dev)?;
    let mut samples = Vec::new();
    for page in pages::read(&options.dev)? {
        samples.extend(of_page(&page, &articles, true, clean));
    }
    for set in &options.sets {
        for page in pages::read(&options.pages.join(set))? {
            samples.extend(of_page(&page, &articles, false, true));
        }
    }
    Ok(samples)
}

/// A page as it is; for training its variants, too, and the gold of some pages.
fn of_page(page: &Page, articles: &Articles, dev: bool, clean: bool) -> Vec<Sample> {
    let gold = Gold::read(&page.gold, page.roles.as_deref());
    let source = Source::new(&page.id, &page.channel, &gold, &articles.of_units(&gold));
    let whole =
        Sample { dev, kind: page.kind.clone(), ..source.sample(page.id.clone(), &page.channel, &page.raw, None) };
    let mut samples = if dev { Vec::new() } else { variants::of(&source, &page.raw, &whole) };
    samples.iter_mut().for_each(|variant| variant.kind.clone_from(&page.kind));
    samples.push(whole);
    if clean && page.id.ends_with('1') {
        samples.extend(cleaned(&source, page, dev));
    }
    samples
}

/// The pages of folders of real documents.
fn pages_from_elsewhere(folders: &[String]) -> anyhow::Result<Vec<Sample>> {
    let mut samples = Vec::new();
    for folder in folders {
        samples.extend(pages::read_real(Path::new(folder))?.iter().map(from_elsewhere));
    }
    Ok(samples)
}

/// A page that no article of the bench is on.
fn from_elsewhere(page: &Page) -> Sample {
    let gold = Gold::read(&page.gold, None);
    let articles = vec![None; gold.texts.len()];
    let source = Source::new(&page.id, &page.channel, &gold, &articles);
    Sample { dev: true, kind: page.kind.clone(), ..source.sample(page.id.clone(), &page.channel, &page.raw, None) }
}

/// The gold as a page that is clean already and must stay so, without blank lines and with one behind each line.
fn cleaned(source: &Source<'_>, page: &Page, dev: bool) -> [Sample; 2] {
    let text = clean_text(&page.gold);
    let blank = text.replace('\n', "\n\n");
    [text, blank].map(|text| {
        let number = usize::from(text.contains("\n\n"));
        let mut s = source.sample(format!("{}+clean{number}", page.id), CLEAN, &text, None);
        s.breaks.fill(GoldBreak::Broken);
        s.allowed.fill(0b11_1000); // a unit of one line: Single, Display or Row
        Sample { dev, ..s }
    })
}
