//! A table, row group after row group: no more than one of them is in memory.

use super::Job;
use super::cells::Cells;
use super::cleaning::clean_all;
use super::columns::{Column, Columns};
use super::rows::Rows;
use super::sink::Sink;
use super::source::{Source, damaged};
use crate::failure::Failure;
use crate::messages::TableFault;
use crate::run::records::shard::{Counts, Told};
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use std::io::Write;

/// Cleans a table to its end.
pub fn clean(
    job: &Job<'_>,
    source: Source,
    output: &mut dyn Write,
    tell: &mut dyn FnMut(Told),
) -> Result<Counts, Failure> {
    let columns = Columns::of(&source, job.work)?;
    let sink = Sink::default();
    let (schema, properties) = (columns.schema.clone(), columns.properties.clone());
    let broken = |e: ParquetError| damaged(&e);
    let mut writer = SerializedFileWriter::new(sink.clone(), schema, properties).map_err(broken)?;
    let mut counts = Counts::default();
    for group in 0..source.footer.num_row_groups() {
        let rows = source.footer.row_group(group).num_rows();
        let mut rows = Rows::new(usize::try_from(rows).unwrap_or_default());
        let mut cleaned = Vec::new();
        for (field, column) in columns.cleaned.iter().enumerate() {
            let cells = Cells::read(&source, group, column.leaf)?;
            cleaned.push(clean_column(job, field, column, cells, &mut rows)?);
        }
        rows.count(&mut counts, job.work.asked.on_error, tell)?;
        let mut writer = writer.next_row_group().map_err(broken)?;
        let put = Group { source: &source, group, columns: &columns, sink: &sink };
        put.write(cleaned, &mut writer, output)?;
        writer.close().map_err(broken)?;
        sink.drain(output)?;
    }
    writer.close().map_err(broken)?;
    sink.drain(output)?;
    Ok(counts)
}

/// A cleaned column of a row group.
struct Cleaned {
    /// In its own place; `None` if the clean text has a column of its own.
    text: Option<Cells>,
    added: Vec<Cells>,
}

/// Cleans a column.
fn clean_column(
    job: &Job<'_>,
    field: usize,
    column: &Column,
    mut cells: Cells,
    rows: &mut Rows,
) -> Result<Cleaned, Failure> {
    let places = cells.rows();
    let name = job.work.asked.fields.get(field).cloned().unwrap_or_default();
    let mut texts = Vec::with_capacity(cells.values.len());
    // A column is added for a column of the table itself only, in which a row has one value at most.
    let mut added: Vec<Vec<Option<String>>> = vec![vec![None; rows.len()]; column.added.len()];
    let mut number = 0;
    clean_all(job, field, &cells.values, &mut |cell| {
        let (value, row) = (&cells.values[number], places[number]);
        number += 1;
        rows.suspect(row, &cell.suspicions);
        if let Some(byte) = cell.fault {
            rows.fail(row, TableFault::NotUtf8 { field: name.clone(), byte });
            texts.push(value.clone());
            return;
        }
        if cell.text.is_some() || !column.added.is_empty() {
            rows.change(row);
        }
        let mut beside = cell.beside;
        if column.apart {
            let same = || String::from_utf8_lossy(value.data()).into_owned();
            beside.insert(0, cell.text.unwrap_or_else(same));
        } else {
            texts.push(cell.text.map_or_else(|| value.clone(), |text| ByteArray::from(text.into_bytes())));
        }
        for (column, text) in added.iter_mut().zip(beside) {
            column[row] = Some(text);
        }
    })?;
    cells.values = texts;
    let text = (!column.apart).then_some(cells);
    Ok(Cleaned { text, added: added.into_iter().map(|all| Cells::optional(all.into_iter())).collect() })
}

/// A row group that is written.
struct Group<'a> {
    source: &'a Source,
    group: usize,
    columns: &'a Columns,
    sink: &'a Sink,
}

impl Group<'_> {
    /// Writes the columns in the order of the schema.
    fn write(
        &self,
        mut cleaned: Vec<Cleaned>,
        writer: &mut SerializedRowGroupWriter<'_, Sink>,
        output: &mut dyn Write,
    ) -> Result<(), Failure> {
        for leaf in 0..self.columns.leaves {
            let text = self.columns.replaced(leaf).and_then(|n| cleaned[n].text.take());
            match text {
                Some(cells) => put(&cells, writer),
                None => self.copy(leaf, writer),
            }
            .map_err(|e| damaged(&e))?;
            self.sink.drain(output)?;
        }
        for cells in cleaned.into_iter().flat_map(|column| column.added) {
            put(&cells, writer).map_err(|e| damaged(&e))?;
            self.sink.drain(output)?;
        }
        Ok(())
    }

    /// Copies the bytes of a column.
    fn copy(&self, leaf: usize, writer: &mut SerializedRowGroupWriter<'_, Sink>) -> Result<(), ParquetError> {
        writer.append_column(self.source.file(), self.source.chunk(self.group, leaf)?)
    }
}

/// Writes the next column.
fn put(cells: &Cells, writer: &mut SerializedRowGroupWriter<'_, Sink>) -> Result<(), ParquetError> {
    let column = writer.next_column()?;
    column.map_or(Ok(()), |column| cells.write(column))
}
