//! Fits the weights of qingyang's two models from pages with gold. `fit/run` makes the pages and calls this.

mod adagrad;
mod align;
mod expectations;
mod folds;
mod gold;
mod language;
mod lines;
mod options;
mod pages;
mod random;
mod show;
mod training;
mod units;
mod write;

use anyhow::bail;
use options::Args;
use std::path::Path;

const USAGE: &str = "\
fit lines [OPTIONS]        fit the roles of lines, and score the folds
fit units [OPTIONS]        fit the roles of units, and score the folds
fit language TEXT          fit how likely a unit ends after and before what characters
fit digests FOLDER...      the digests of sets of pages, as JSON
fit show-lines < PAGE      what the model of lines sees and says of a page
fit show-units < PAGE      the units of a page with their roles

Options of both fits:
  --write                  fit on all pages, write the weights and the record of their training
  --check                  fit on all pages, compare with the weights in force
  --pages FOLDER           the sets of training pages (target/fit/pages)
  --sets NAME,NAME         other sets than the model's own
  --dev FOLDER             the bench (bench)
  --epochs N, --l2 X       passes over the pages, strength of the penalty
  --without NAME,NAME      leave out templates, or kinds of evidence
  --errors, --reliability  print each error; print how well posteriors are calibrated
  --verbose                print the loss of each epoch

Options of fit lines:
  --out FOLDER             write the pages of the bench as their folds clean them
  --ablate, --prune        what each kind of evidence, each template is worth
  --all                    score the folds on the training pages, too
  --clean                  score the folds on the gold as pages that are clean already, too
  --judge FOLDER,FOLDER    fit on all pages, and score pages from elsewhere: DOCUMENT/NAME.txt beside NAME.gold.txt
  --leave-out kind|channel score each kind of matter, or each channel, of the pages from elsewhere by models that never saw it
  --thin N                 learn from one sample in N, to judge an idea

Options of fit units:
  --confusion              which roles are taken for which
  --ablate                 what each template is worth
  --articles               how well units are grouped, with the weights in force
  --judge FOLDER,FOLDER    fit on all pages, and score pages of these folders: PAGE/raw.txt, gold.txt, roles.txt; --errors lists the wrong ones
  --page FOLDER,ROLES      judge the weights in force on one page
";

fn main() -> anyhow::Result<()> {
    let mut args = Args::new(std::env::args().skip(1));
    match args.command().as_deref() {
        Some("lines") => lines::run(args),
        Some("units") => units::run(args),
        Some("language") => language::run(args),
        Some("digests") => {
            while let Some(folder) = args.command() {
                println!("{:#}", training::digests(Path::new(&folder))?);
            }
            Ok(())
        }
        Some("show-lines") => args.finish().and_then(|()| show::lines()),
        Some("show-units") => args.finish().and_then(|()| show::units()),
        Some("help" | "--help") | None => {
            print!("{USAGE}");
            Ok(())
        }
        Some(other) => bail!("there is no command {other:?}\n\n{USAGE}"),
    }
}
