//! Many texts as columns of Arrow: the clean texts alone, or with their structure.

use crate::batch;
use crate::errors;
use crate::pool::Cleaners;
use crate::record::record;
use crate::rows::Column;
use arrow_array::builder::{
    Float64Builder, Int64Builder, LargeStringBuilder, ListBuilder, StringBuilder, StructBuilder,
};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema, SchemaRef};
use arrow_select::concat::{concat, concat_batches};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use qingyang::render::json::{Page, Pages};
use std::sync::Arc;

/// Bytes of text that a batch of a table holds, about: far from what 32-bit offsets can count.
const BATCH_BYTES: usize = 64 << 20;

/// A row that could not be cleaned: its index, and why.
type Bad = (usize, String);

fn arrow(error: ArrowError) -> PyErr {
    PyValueError::new_err(error.to_string())
}

/// The clean texts of an array, in an array as wide; a null where the row is null or bad.
///
/// # Errors
/// The first bad row, if `strict`. Its index counts from `first`.
pub fn texts(
    py: Python<'_>,
    cleaners: &Cleaners,
    array: &ArrayRef,
    (first, threads, strict): (usize, usize, bool),
) -> PyResult<ArrayRef> {
    let column = Column::new(array)?;
    let pieces = batch::run(py, cleaners.plain(), column.len(), threads, |cleaner, range| {
        let (mut clean, mut bad): (_, Option<Bad>) = (LargeStringBuilder::new(), None);
        for index in range {
            match column.row(index).text(cleaners.choices()) {
                Ok(text) => clean.append_option(text.map(|text| record(cleaner, &text))),
                Err(why) => {
                    clean.append_null();
                    bad.get_or_insert((index, why));
                }
            }
        }
        (clean.finish(), bad)
    })?;
    if let Some((index, why)) = pieces.iter().find_map(|(_, bad)| bad.as_ref()).filter(|_| strict) {
        return Err(errors::row(first + index, why));
    }
    py.detach(|| {
        let pieces: Vec<&dyn Array> = pieces.iter().map(|(clean, _)| clean as &dyn Array).collect();
        let all = if pieces.is_empty() { Arc::new(LargeStringBuilder::new().finish()) } else { concat(&pieces)? };
        arrow_cast::cast(&all, &column.text_type)
    })
    .map_err(|e| match e {
        ArrowError::CastError(_) | ArrowError::OffsetOverflowError(_) => {
            PyValueError::new_err("the clean texts have more than 2 GiB: pass large_string or smaller chunks")
        }
        other => arrow(other),
    })
}

/// The columns of a table, with structure or without.
pub fn schema(structure: bool) -> SchemaRef {
    let mut columns = vec![text_field("text"), text_field("error")];
    if structure {
        columns.push(Field::new("units", list_of(unit_fields()), true));
        columns.push(Field::new("articles", list_of(article_fields()), true));
    }
    Arc::new(Schema::new(columns))
}

/// Clean texts and why a row is bad, and with `structure` the units and articles, in batches.
pub fn table(
    py: Python<'_>,
    cleaners: &Cleaners,
    array: &ArrayRef,
    (threads, structure): (usize, bool),
) -> PyResult<Vec<RecordBatch>> {
    let column = Column::new(array)?;
    let pool = if structure { cleaners.structured() } else { cleaners.plain() };
    let pieces = batch::run(py, pool, column.len(), threads, |cleaner, range| {
        let mut rows = Columns::new(structure);
        for index in range {
            match column.row(index).text(cleaners.choices()) {
                Ok(None) => rows.put(None, None),
                Err(why) => rows.put(None, Some(why)),
                Ok(Some(text)) => {
                    let (mut clean, mut pages, mut numbers) = (String::new(), Vec::new(), Pages::new());
                    cleaner.windows(&text, &mut |proof| {
                        clean.push_str(&proof.text);
                        if structure {
                            pages.extend(numbers.of(&proof));
                        }
                    });
                    rows.put(Some((clean.strip_suffix('\n').unwrap_or(&clean), &pages)), None);
                }
            }
        }
        rows.finish()
    })?;
    py.detach(|| {
        let mut batches: Vec<RecordBatch> = Vec::new();
        let (mut waiting, mut bytes) = (Vec::new(), 0);
        for piece in pieces {
            let piece = piece?;
            bytes += piece.get_array_memory_size();
            waiting.push(piece);
            if bytes >= BATCH_BYTES {
                batches.push(concat_batches(&schema(structure), &std::mem::take(&mut waiting))?);
                bytes = 0;
            }
        }
        batches.extend((!waiting.is_empty()).then(|| concat_batches(&schema(structure), &waiting)).transpose()?);
        Ok(batches)
    })
    .map_err(arrow)
}

fn text_field(name: &str) -> Field {
    Field::new(name, DataType::Utf8, true)
}

fn list_of(fields: Fields) -> DataType {
    DataType::List(Arc::new(Field::new("item", DataType::Struct(fields), true)))
}

fn unit_fields() -> Fields {
    let number = |name| Field::new(name, DataType::Int64, true);
    let confidence = Field::new("confidence", DataType::Float64, true);
    vec![number("id"), number("page"), text_field("role"), confidence, text_field("text")].into()
}

/// The fields of an article that have text.
const ARTICLE_TEXTS: [&str; 7] = ["title", "kicker", "deck", "byline", "dateline", "jump", "resume"];

fn article_fields() -> Fields {
    let ids = |name| Field::new(name, DataType::List(Arc::new(Field::new("item", DataType::Int64, true))), true);
    ARTICLE_TEXTS.into_iter().map(text_field).chain(["headline", "body"].map(ids)).collect()
}

/// The columns of a piece in the making.
struct Columns {
    text: StringBuilder,
    error: StringBuilder,
    /// Units and articles.
    structure: Option<[ListBuilder<StructBuilder>; 2]>,
}

impl Columns {
    fn new(structure: bool) -> Columns {
        let lists =
            || [unit_fields(), article_fields()].map(|fields| ListBuilder::new(StructBuilder::from_fields(fields, 0)));
        Columns { text: StringBuilder::new(), error: StringBuilder::new(), structure: structure.then(lists) }
    }

    /// A row: its clean text and pages, or none.
    fn put(&mut self, row: Option<(&str, &[Page])>, error: Option<String>) {
        self.text.append_option(row.map(|(text, _)| text));
        self.error.append_option(error);
        let Some([units, articles]) = &mut self.structure else { return };
        for page in row.into_iter().flat_map(|(_, pages)| pages) {
            page.units.iter().for_each(|unit| put_unit(units.values(), unit, page.page.number));
            page.articles.iter().for_each(|article| put_article(articles.values(), article));
        }
        units.append(row.is_some());
        articles.append(row.is_some());
    }

    fn finish(mut self) -> Result<RecordBatch, ArrowError> {
        let mut columns: Vec<ArrayRef> = vec![Arc::new(self.text.finish()), Arc::new(self.error.finish())];
        let lists = self.structure.iter_mut().flatten();
        columns.extend(lists.map(|list| Arc::new(list.finish()) as ArrayRef));
        RecordBatch::try_new(schema(self.structure.is_some()), columns)
    }
}

fn put_unit(row: &mut StructBuilder, unit: &qingyang::render::json::Unit, page: u64) {
    put_number(row, 0, unit.id);
    put_number(row, 1, page);
    put_text(row, 2, Some(unit.role.name()));
    if let Some(confidence) = row.field_builder::<Float64Builder>(3) {
        confidence.append_value(unit.confidence);
    }
    put_text(row, 4, Some(&unit.text));
    row.append(true);
}

fn put_article(row: &mut StructBuilder, article: &qingyang::render::json::Article) {
    let jump = article.jump.as_ref().map(|jump| &jump.text);
    let resume = article.resume.as_ref().map(|jump| &jump.text);
    let heads = [&article.title, &article.kicker, &article.deck, &article.byline, &article.dateline];
    let texts = heads.map(Option::as_ref).into_iter().chain([jump, resume]);
    texts.enumerate().for_each(|(field, text)| put_text(row, field, text.map(String::as_str)));
    for (field, ids) in [(7, &article.headline), (8, &article.body)] {
        // `StructBuilder::from_fields` boxes the builders of lists.
        if let Some(list) = row.field_builder::<ListBuilder<Box<dyn arrow_array::builder::ArrayBuilder>>>(field) {
            if let Some(values) = list.values().as_any_mut().downcast_mut::<Int64Builder>() {
                ids.iter().for_each(|&id| values.append_value(id as i64));
            }
            list.append(true);
        }
    }
    row.append(true);
}

fn put_text(row: &mut StructBuilder, field: usize, text: Option<&str>) {
    if let Some(column) = row.field_builder::<StringBuilder>(field) {
        column.append_option(text);
    }
}

fn put_number(row: &mut StructBuilder, field: usize, number: u64) {
    if let Some(column) = row.field_builder::<Int64Builder>(field) {
        column.append_value(number as i64);
    }
}
