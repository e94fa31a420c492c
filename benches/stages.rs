//! Where the time goes: each stage on the text that the stage before it leaves, and the whole. One page of the size of a
//! newspaper's front page, put together from invented fixtures; read the throughputs as ratios of each other.
//!
//! ```text
//! cargo bench --bench stages
//! ```

#![allow(missing_docs)] // of what the macros make

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use qingyang::Stream;
use qingyang::decode::{Encoding, decode};
use qingyang::internals::document::edit::Edits;
use qingyang::internals::measure::Layout;
use qingyang::internals::model::Model;
use qingyang::internals::model::lines::decoder::{Decoder, Scores, settle};
use qingyang::internals::model::lines::templates::Features;
use qingyang::internals::passes::typeset::{rejoin, tokens};
use qingyang::internals::passes::{controls, doubled, glyphs, punctuation};
use qingyang::internals::plan::{LineRole, Plan};
use qingyang::{Cleaner, Options};
use qingyang::{Rule, RuleSet};
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

/// Damage of every common kind, and stories that are clean.
const PARTS: [&str; 8] = [
    "mixed-front-page-with-masthead",
    "headlines-and-subheads-painted-run-by-run",
    "blank-line-after-every-line-and-gaps-at-digits",
    "already-clean-reports",
    "half-width-punctuation-beside-han",
    "indents-lost",
    "width-mixed",
    "tesseract-spaces",
];

fn fixture(name: &str, file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name).join(file);
    let bytes = std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    decode(&bytes, None, false).expect("a known encoding").text.into_owned()
}

fn stages(c: &mut Criterion) {
    let raw: String = PARTS.map(|name| fixture(name, "raw.txt")).concat();
    let clean = Cleaner::new(Options::default()).page(&PARTS.map(|name| fixture(name, "expected.txt")).concat()).text;
    let options = Options::default();
    let mut edits = Edits::new();
    let mut group = c.benchmark_group("stages");
    group.throughput(Throughput::Bytes(raw.len() as u64));

    let gb = encoding_rs::GB18030.encode(&raw).0.into_owned();
    group.bench_function("decode utf-8", |b| b.iter(|| decode(black_box(raw.as_bytes()), None, false)));
    group.bench_function("decode gb18030", |b| {
        b.iter(|| {
            let mut text = String::new();
            let mut decoder = qingyang::decode::Decoder::new(Encoding::Gb18030, false);
            decoder.decode(black_box(&gb), true, &mut text, None).map(|_| text)
        });
    });

    group.bench_function("controls", |b| {
        b.iter(|| {
            edits.clear();
            controls::propose(black_box(&raw), &options, &mut edits);
        });
    });
    edits.clear();
    controls::propose(&raw, &options, &mut edits);
    let text = edits.rewrite(&raw);

    group.bench_function("glyphs", |b| {
        b.iter(|| {
            edits.clear();
            glyphs::propose(black_box(&text), &options, &mut edits);
        });
    });
    edits.clear();
    glyphs::propose(&text, &options, &mut edits);
    let text = edits.rewrite(&text);

    let (mut memory, mut folded) = (doubled::Memory::default(), Vec::new());
    group.bench_function("doubled", |b| {
        b.iter(|| {
            edits.clear();
            folded.clear();
            doubled::propose(black_box(&text), &mut memory, &mut edits, &mut folded);
        });
    });

    let (text, folded) = qingyang::internals::fitting::prepare_for_roles(&raw);
    let mut lines = Layout::default();
    group.bench_function("roles: evidence", |b| b.iter(|| lines.measure(black_box(&text), &folded)));
    lines.measure(&text, &folded);
    let (model, mut scores) = (Model::newspaper(), Scores::default());
    group.bench_function("roles: scores", |b| {
        b.iter(|| {
            Features::new(black_box(&lines)).score(model.lines(), &mut scores);
        });
    });
    let (mut decoder, mut roles, mut posterior) = (Decoder::default(), Vec::<LineRole>::new(), Vec::new());
    group.bench_function("roles: probabilities", |b| {
        b.iter(|| decoder.posteriors(black_box(&scores), &mut posterior));
    });
    group.bench_function("roles: from probabilities", |b| {
        b.iter(|| settle(black_box(&scores), &posterior, &mut roles));
    });
    settle(&scores, &posterior, &mut roles);
    let mut plan = Plan::default();
    plan.take_model(&posterior, &roles);

    let mut tokens = tokens::Tokens::default();
    let mut joins_only = Options::default();
    joins_only.skip = RuleSet::NONE.with(Rule::Spacing);
    for (name, options) in [("rejoin and spacing", &options), ("rejoin alone", &joins_only)] {
        group.bench_function(name, |b| {
            b.iter(|| {
                edits.clear();
                rejoin::propose(black_box(&text), &lines, &plan, options, &mut tokens, &mut edits);
            });
        });
    }
    edits.clear();
    rejoin::propose(&text, &lines, &plan, &options, &mut tokens, &mut edits);
    let mut text_after = String::new();
    group.bench_function("carrying out the edits", |b| {
        b.iter(|| {
            text_after.clear();
            edits.rewrite_into(black_box(&text), &mut text_after);
        });
    });
    let text = edits.rewrite(&text);
    group.bench_function("punctuation", |b| {
        b.iter(|| {
            edits.clear();
            punctuation::propose(black_box(&text), &options, &mut edits);
        });
    });
    group.finish();

    let mut group = c.benchmark_group("whole");
    group.throughput(Throughput::Bytes(raw.len() as u64));
    let mut cleaner = Cleaner::new(options.clone());
    group.bench_function("a damaged page", |b| b.iter(|| cleaner.page(black_box(&raw))));
    let mut with_ledger = Options::default();
    with_ledger.ledger = true;
    let mut telling = Cleaner::new(with_ledger);
    group.bench_function("a damaged page with its ledger", |b| b.iter(|| telling.page(black_box(&raw))));
    group.throughput(Throughput::Bytes(8 * (raw.len() as u64 + 1)));
    group.bench_function("a stream of pages", |b| {
        b.iter(|| {
            let mut stream = Stream::new(options.clone(), Some(Encoding::Utf8), false);
            let mut len = 0;
            for _ in 0..8 {
                stream.push(black_box(raw.as_bytes()), &mut |p| len += p.text.len()).expect("UTF-8");
                stream.push(b"\x0c", &mut |p| len += p.text.len()).expect("UTF-8");
            }
            stream.finish(&mut |p| len += p.text.len()).map(|()| len)
        });
    });
    group.throughput(Throughput::Bytes(clean.len() as u64));
    group.bench_function("a clean page", |b| b.iter(|| cleaner.page(black_box(&clean))));
    group.finish();
}

fn config() -> Criterion {
    Criterion::default().warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2))
}

criterion_group! { name = benches; config = config(); targets = stages }
criterion_main!(benches);
