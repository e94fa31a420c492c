//! Which columns are cleaned and which are added, and what the footer of the output says.

use super::source::{Source, damaged};
use crate::failure::Failure;
use crate::messages::TableFault;
use crate::run::records::field::Field as Named;
use crate::run::records::shard::Work;
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::{ARROW_SCHEMA_META_KEY, encode_arrow_schema, parquet_to_arrow_schema};
use parquet::basic::{Compression, ConvertedType, LogicalType, Repetition, Type as Physical};
use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnChunkMetaData, KeyValue};
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesBuilder, WriterPropertiesPtr};
use parquet::schema::types::{ColumnPath, Type, TypePtr};
use std::sync::Arc;

/// The columns of the output.
pub struct Columns {
    pub cleaned: Vec<Column>,
    /// The columns of the input, of which each is copied or cleaned.
    pub leaves: usize,
    pub schema: TypePtr,
    pub properties: WriterPropertiesPtr,
}

/// A column that is cleaned.
pub struct Column {
    /// Its number among the columns that hold values.
    pub leaf: usize,
    /// Whether the clean text has a column of its own.
    pub apart: bool,
    /// The names of the columns that are added for it: the clean text if it stands apart, then what is beside it.
    pub added: Vec<String>,
}

impl Columns {
    /// As the options ask of this file.
    ///
    /// # Errors
    /// If a column is missing, holds no strings or cannot be read; if an added one is there already.
    pub fn of(source: &Source, work: &Work<'_>) -> Result<Columns, Failure> {
        let file = source.footer.file_metadata();
        let mut cleaned = Vec::new();
        for (n, target) in work.targets.iter().enumerate() {
            let name = work.asked.fields.get(n).cloned().unwrap_or_default();
            let (leaf, nested) = find(source, &target.field, name.clone()).map_err(Failure::input)?;
            readable(source, leaf, &name).map_err(Failure::input)?;
            let prefix = work.prefixes.get(n).map_or("", String::as_str);
            let add = work.asked.add;
            let beside = [("quality", add.quality), ("units", add.units)];
            let beside = beside.iter().filter(|(_, asked)| *asked).map(|(name, _)| format!("{prefix}{name}"));
            // A name has one step: others are refused before.
            let to = target.to.iter().flat_map(|to| &to.path).cloned();
            let added: Vec<String> = to.chain(beside).collect();
            if nested && !added.is_empty() {
                return Err(Failure::input(TableFault::Nested { field: name }));
            }
            cleaned.push(Column { leaf, apart: target.to.is_some(), added });
        }
        let schema = schema(file.schema_descr().root_schema_ptr(), &cleaned)?;
        let properties = properties(source, &cleaned).map_err(|e| damaged(&e))?;
        Ok(Columns { cleaned, leaves: file.schema_descr().num_columns(), schema, properties })
    }

    /// The column that takes the place of this one.
    pub fn replaced(&self, leaf: usize) -> Option<usize> {
        self.cleaned.iter().position(|column| column.leaf == leaf && !column.apart)
    }
}

/// The number of the column of a field, and whether it is part of another.
fn find(source: &Source, field: &Named, name: String) -> Result<(usize, bool), TableFault> {
    let descriptor = source.footer.file_metadata().schema_descr();
    let root = descriptor.root_schema();
    let missing = || TableFault::NoColumn {
        field: name.clone(),
        known: root.get_fields().iter().map(|column| column.name().to_string()).collect(),
    };
    let (mut at, mut path) = (root, Vec::new());
    for step in &field.path {
        let below = if field.is_pointer && step == "*" { items(at) } else { child(at, step).map(|child| vec![child]) };
        for child in below.ok_or_else(missing)? {
            path.push(child.name().to_string());
            at = child;
        }
    }
    let text = at.is_primitive()
        && at.get_physical_type() == Physical::BYTE_ARRAY
        && (at.get_basic_info().logical_type_ref() == Some(&LogicalType::String)
            || at.get_basic_info().converted_type() == ConvertedType::UTF8);
    if !text {
        return Err(TableFault::NotText { field: name, found: kind(at) });
    }
    let leaf = descriptor.columns().iter().position(|column| column.path().parts() == path);
    Ok((leaf.ok_or_else(missing)?, path.len() > 1))
}

fn child<'a>(group: &'a Type, name: &str) -> Option<&'a Type> {
    let fields = if group.is_group() { group.get_fields() } else { &[] };
    fields.iter().find(|field| field.name() == name).map(|field| &**field)
}

/// The steps from a list to its items: to the group that repeats, and mostly to the item in it.
fn items(list: &Type) -> Option<Vec<&Type>> {
    let [repeated] = list.is_group().then(|| list.get_fields())? else { return None };
    if repeated.get_basic_info().repetition() != Repetition::REPEATED {
        return None;
    }
    match repeated.is_group().then(|| repeated.get_fields()) {
        Some([item]) => Some(vec![repeated, item]),
        _ => Some(vec![repeated]),
    }
}

/// The type of a column that holds no strings, in the words of Parquet.
fn kind(column: &Type) -> String {
    let info = column.get_basic_info();
    match info.logical_type_ref() {
        Some(logical) => format!("{logical:?}"),
        None if column.is_group() => "GROUP".into(),
        None => column.get_physical_type().to_string(),
    }
}

/// Fails if this build has no decoder for the column.
fn readable(source: &Source, leaf: usize, name: &str) -> Result<(), TableFault> {
    let codecs = source.footer.row_groups().iter().map(|group| group.column(leaf).compression());
    let mut unread = codecs.filter(|codec| matches!(codec, Compression::BROTLI(_) | Compression::LZO));
    match unread.next() {
        Some(codec) => {
            let codec = codec.to_string();
            Err(TableFault::Codec {
                field: name.to_string(),
                codec: codec.split('(').next().unwrap_or_default().into(),
            })
        }
        None => Ok(()),
    }
}

/// The schema of the input, and the added columns behind its own.
fn schema(root: TypePtr, cleaned: &[Column]) -> Result<TypePtr, Failure> {
    let mut fields = root.get_fields().to_vec();
    for name in cleaned.iter().flat_map(|column| &column.added) {
        if fields.iter().any(|field| field.name() == name) {
            return Err(Failure::input(TableFault::ColumnExists { column: name.clone() }));
        }
        let text = Type::primitive_type_builder(name, Physical::BYTE_ARRAY)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(Some(LogicalType::String));
        fields.push(Arc::new(text.build().map_err(|e| damaged(&e))?));
    }
    if fields.len() == root.get_fields().len() {
        return Ok(root);
    }
    let root = Type::group_type_builder(root.name()).with_fields(fields).build();
    Ok(Arc::new(root.map_err(|e| damaged(&e))?))
}

/// What the writer keeps of the input: its metadata, and how each cleaned column was compressed and indexed.
fn properties(source: &Source, cleaned: &[Column]) -> Result<WriterPropertiesPtr, ParquetError> {
    let file = source.footer.file_metadata();
    let first = source.footer.row_groups().first();
    let mut builder = WriterProperties::builder()
        .set_key_value_metadata(metadata(source, cleaned)?)
        .set_sorting_columns(first.and_then(|group| {
            let sorted = group.sorting_columns()?;
            // The order of clean texts is not known.
            let kept = sorted.iter().all(|by| cleaned.iter().all(|c| c.apart || c.leaf as i32 != by.column_idx));
            kept.then(|| sorted.clone())
        }))
        // Readers take statistics of some old writers for wrong, and those that are copied are theirs.
        .set_created_by(file.created_by().unwrap_or_default().to_string())
        .set_offset_index_disabled(source.footer.offset_index().is_none());
    for column in cleaned {
        let Some(chunk) = first.map(|group| group.column(column.leaf)) else { continue };
        if !column.apart {
            builder = like(chunk, chunk.column_path(), builder);
        }
        for name in &column.added {
            builder = like(chunk, &ColumnPath::from(name.as_str()), builder);
        }
    }
    Ok(Arc::new(builder.build()))
}

/// Has a column written as a chunk of the input was.
fn like(chunk: &ColumnChunkMetaData, path: &ColumnPath, builder: WriterPropertiesBuilder) -> WriterPropertiesBuilder {
    let statistics = match (chunk.statistics(), chunk.column_index_offset()) {
        (_, Some(_)) => EnabledStatistics::Page,
        (Some(_), None) => EnabledStatistics::Chunk,
        (None, None) => EnabledStatistics::None,
    };
    builder
        .set_column_compression(path.clone(), chunk.compression())
        .set_column_dictionary_enabled(path.clone(), chunk.dictionary_page_offset().is_some())
        .set_column_statistics_enabled(path.clone(), statistics)
        .set_column_bloom_filter_enabled(path.clone(), chunk.bloom_filter_offset().is_some())
}

/// The key-value metadata of the input. The schema that Arrow keeps there must name the added columns, too.
fn metadata(source: &Source, cleaned: &[Column]) -> Result<Option<Vec<KeyValue>>, ParquetError> {
    let file = source.footer.file_metadata();
    let Some(mut all) = file.key_value_metadata().cloned() else { return Ok(None) };
    let mut added = cleaned.iter().flat_map(|column| &column.added).peekable();
    let known = all.iter_mut().find(|entry| entry.key == ARROW_SCHEMA_META_KEY);
    if let (Some(entry), Some(_)) = (known, added.peek()) {
        let arrow = parquet_to_arrow_schema(file.schema_descr(), file.key_value_metadata())?;
        let text = added.map(|name| Arc::new(Field::new(name, DataType::Utf8, true)));
        let fields: Vec<_> = arrow.fields().iter().cloned().chain(text).collect();
        entry.value = Some(encode_arrow_schema(&Schema::new_with_metadata(fields, arrow.metadata)));
    }
    Ok(Some(all))
}
