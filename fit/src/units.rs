//! `fit units`: fits the chain of units' roles, and says how well its folds do.

mod articles;
pub mod judge;
mod report;
pub mod sample;
pub mod train;

use crate::folds::{Articles, FOLDS, Kinds, NO_FOLD};
use crate::gold::{Gold, clean_text};
use crate::options::{Args, Options};
use crate::pages::{self, Page};
use crate::training::{Model, Record};
use crate::write;
use anyhow::Context;
use judge::Verdict;
use qingyang::internals::model::Model as Fitted;
use qingyang::internals::model::units::Weights;
use qingyang::internals::model::units::templates::{COUNT, TEMPLATES};
use sample::{ANY, Sample};
use std::fs;
use train::train;

/// The sets of training pages.
const SETS: [&str; 6] = ["more", "blocks", "blocks3", "roles", "elsewhere", "sections"];
/// Weight of a page from elsewhere or of sections. With 0.5 the pages of the bench lose as much as other pages gain.
const FOREIGN: f32 = 0.3;
/// Weight of a stretch of a page. All those of a page together weigh about as much as its clean text.
const FEW: f32 = 0.1;
/// Passes over the pages.
const EPOCHS: usize = 10;
/// Strength of the penalty: of 0.01, 0.03 and 0.1 the best on pages that nothing was fitted on.
const L2: f32 = 0.03;

/// Runs the command.
pub fn run(mut args: Args) -> anyhow::Result<()> {
    let options = Options::read(&mut args, &SETS, EPOCHS, L2)?;
    let (by_article, errors) = (args.flag("--articles"), args.flag("--errors"));
    let (confusion, reliability, ablate) =
        (args.flag("--confusion"), args.flag("--reliability"), args.flag("--ablate"));
    let left_out: Option<String> = args.value("--leave-out")?;
    let page: Option<String> = args.value("--page")?;
    let judge = args.list("--judge")?;
    args.finish()?;
    if let Some(page) = page {
        return judge_page(&page);
    }
    let articles = Articles::read(&options.dev)?;
    if by_article {
        articles::report(&pages::read(&options.dev)?, &articles, errors);
        return Ok(());
    }
    let mut record = Record::new(Model::Units, &options)?;
    if options.check {
        record.compare_inputs()?;
    }
    let mut samples = load(&options, &articles)?;
    match left_out.as_deref() {
        Some("kind") => leave_out(&mut samples, FOLDS),
        Some("set") => leave_out(&mut samples, 1),
        Some(_) => anyhow::bail!("--leave-out is kind or set"),
        None => {}
    }
    let samples = samples;
    let off = train::off(&options);
    if !judge.is_empty() {
        let model = train(&samples, NO_FOLD, &off, &options);
        return judge_elsewhere(&judge, &model, &off, errors);
    }
    let verdicts = judge::cross_validate(&samples, &off, &options);
    report::classes(&samples, &verdicts);
    if confusion {
        report::confusion(&verdicts);
    }
    if reliability {
        report::reliability(&verdicts);
    }
    if errors {
        report::errors(&verdicts);
    }
    if ablate {
        for (t, template) in TEMPLATES.iter().enumerate().skip(1) {
            let off: Vec<bool> = (0..COUNT).map(|k| k == t).collect();
            let verdicts = judge::cross_validate(&samples, &off, &options);
            println!("without {:<24} {:.4}", template.0, judge::share_right(&verdicts));
        }
    }
    if options.write || options.check {
        let model = train(&samples, NO_FOLD, &off, &options);
        record.set_figures(&[("units_right", judge::share_right(&verdicts))]);
        let weights = Weights::to_file(&record.notes(), &model.bins, &model.follows);
        write::finish(&record, &weights, &options)?;
    }
    Ok(())
}

/// The samples of the bench and of the sets; the gold of each training page counts half as a page of its own.
fn load(options: &Options, articles: &Articles) -> anyhow::Result<Vec<Sample>> {
    let mut samples = Vec::new();
    for page in pages::read(&options.dev)? {
        let gold = Gold::read(&page.gold, page.roles.as_deref());
        let sample = Sample::new(&page.id, &page.channel, &page.raw, &gold, &articles.of_units(&gold));
        samples.push(Sample { dev: true, ..sample });
    }
    for set in &options.sets {
        for page in pages::read(&options.pages.join(set))? {
            let gold = Gold::read(&page.gold, page.roles.as_deref());
            let of = articles.of_units(&gold);
            let whole = Sample::new(&page.id, &page.channel, &page.raw, &gold, &of);
            let weight = if page.kind.is_empty() { 1.0 } else { FOREIGN };
            samples.push(Sample { kind: page.kind.clone(), weight, ..whole });
            let clean = Sample::new(&page.id, "clean", &clean_text(&page.gold), &gold, &of);
            samples.push(Sample { weight: 0.5 * weight, kind: page.kind.clone(), ..clean });
            if page.kind.is_empty() {
                let few = few_units(&page, &of);
                samples.extend(few.map(|few| Sample { weight: FEW, ..few }));
            }
        }
    }
    Ok(samples)
}

/// Stretches of one to three units of a page, as pages of their own: people clean single notices and stories. Each has a paragraph,
/// and none ends in what stands above a text.
fn few_units<'a>(page: &'a Page, articles: &'a [Option<usize>]) -> impl Iterator<Item = Sample> + 'a {
    const ABOVE_TEXT: [&str; 5] = ["headline", "kicker", "deck", "subhead", "byline"];
    let filled = |text: &'a str| text.lines().filter(|l| !l.trim().is_empty()).collect::<Vec<_>>();
    let (gold, roles) = (filled(&page.gold), filled(page.roles.as_deref().unwrap_or_default()));
    let units = gold.len().min(roles.len());
    (0..units).step_by(2).filter_map(move |from| {
        let until = (from + 1 + from / 2 % 3).min(units);
        let is_para = |role: &&str| role.starts_with("para");
        if ABOVE_TEXT.contains(&roles[until - 1].trim()) || !roles[from..until].iter().any(is_para) {
            return None;
        }
        let few = gold[from..until].join("\n");
        let known = Gold::read(&few, Some(&roles[from..until].join("\n")));
        Some(Sample::new(&page.id, "few", &clean_text(&few), &known, &articles[from..until]))
    })
}

/// Makes so many folds leave out kinds of matter, one all of them, and scores them on the pages that have one.
fn leave_out(samples: &mut [Sample], folds: usize) {
    let kinds = Kinds::of(samples.iter().map(|s| &s.kind));
    for s in samples {
        s.dev = !s.kind.is_empty() && s.channel != "clean";
        s.fold.fill(kinds.fold(&s.kind, folds));
    }
}

/// Judges the weights in force on one page: `FOLDER,ROLES`, a folder with raw.txt and gold.txt, and a file of roles.
fn judge_page(page: &str) -> anyhow::Result<()> {
    let (folder, roles) = page.split_once(',').context("--page FOLDER,ROLES")?;
    let read = |name: &str| fs::read_to_string(name).with_context(|| name.to_string());
    let gold = Gold::read(&read(&format!("{folder}/gold.txt"))?, Some(&read(roles)?));
    let samples = [judged(folder, &read(&format!("{folder}/raw.txt"))?, &gold)];
    let sample = &samples[0];
    let fitted = Fitted::newspaper();
    let rows: Vec<_> = sample.bins.iter().map(|bins| fitted.units().score(bins)).collect();
    let verdicts = verdicts_of(sample, &fitted.units().chain(&rows).best());
    report::classes(&samples, &verdicts);
    report::confusion(&verdicts);
    Ok(())
}

/// Judges a model on pages that nothing was fitted on: in each of these folders the folders that have raw.txt, gold.txt and roles.txt.
fn judge_elsewhere(folders: &[String], model: &train::Model, off: &[bool], errors: bool) -> anyhow::Result<()> {
    for folder in folders {
        let samples = labelled_pages(folder)?;
        let mut verdicts = Vec::new();
        for sample in &samples {
            let rows = model.rows(sample, off);
            verdicts.extend(verdicts_of(sample, &model.chain(&rows).best()));
        }
        println!("{folder}");
        report::classes(&samples, &verdicts);
        if errors {
            report::errors(&verdicts);
        }
    }
    Ok(())
}

/// The pages of a folder that have a gold with roles.
fn labelled_pages(folder: &str) -> anyhow::Result<Vec<Sample>> {
    let mut samples = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.to_string())? {
        let path = entry?.path();
        let read = |name: &str| fs::read_to_string(path.join(name));
        let (Ok(raw), Ok(gold), Ok(roles)) = (read("raw.txt"), read("gold.txt"), read("roles.txt")) else { continue };
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        samples.push(judged(&name, &raw, &Gold::read(&gold, Some(&roles))));
    }
    Ok(samples)
}

/// A page to judge a model on.
fn judged(name: &str, raw: &str, gold: &Gold) -> Sample {
    let articles = vec![None; gold.texts.len()];
    Sample { dev: true, ..Sample::new(name, "judged", raw, gold, &articles) }
}

/// What was found of the units that the gold knows.
fn verdicts_of<'a>(sample: &'a Sample, found: &[usize]) -> Vec<Verdict<'a>> {
    let known = (0..found.len()).filter(|&unit| sample.allowed[unit] != ANY);
    known
        .map(|unit| Verdict { sample, unit, gold: judge::gold(sample, unit), found: found[unit], confidence: 1.0 })
        .collect()
}
