//! The strings of a column in one row group.

use super::source::{Source, damaged};
use crate::failure::Failure;
use parquet::column::reader::get_typed_column_reader;
use parquet::data_type::{ByteArray, ByteArrayType};
use parquet::errors::ParquetError;
use parquet::file::reader::RowGroupReader;
use parquet::file::writer::SerializedColumnWriter;

/// Rows of a page of a column that are read at once.
const ROWS: usize = 1024;

/// The definition level of a value of an optional column of the table itself.
const DEFINED: i16 = 1;

/// The values, and where there is none.
#[derive(Default)]
pub struct Cells {
    pub values: Vec<ByteArray>,
    /// For each place whether there is a value, which is so at the highest level; empty if there is one in each place.
    definitions: Vec<i16>,
    /// For each place whether it begins a row, which is so at 0; empty if each does.
    repetitions: Vec<i16>,
    /// The highest level of definition.
    defined: i16,
}

impl Cells {
    /// Reads a column that holds strings.
    ///
    /// # Errors
    /// If the file breaks off or is damaged.
    pub fn read(source: &Source, group: usize, leaf: usize) -> Result<Cells, Failure> {
        let read = || -> Result<Cells, ParquetError> {
            // The schema says that the column holds strings.
            let reader = source.group(group)?.get_column_reader(leaf)?;
            let mut reader = get_typed_column_reader::<ByteArrayType>(reader);
            let column = source.footer.file_metadata().schema_descr().column(leaf);
            let mut cells = Cells { defined: column.max_def_level(), ..Cells::default() };
            loop {
                let Cells { values, definitions, repetitions, .. } = &mut cells;
                let (rows, _, _) = reader.read_records(ROWS, Some(definitions), Some(repetitions), values)?;
                if rows == 0 {
                    return Ok(cells);
                }
            }
        };
        read().map_err(|e| damaged(&e))
    }

    /// Of an optional column with one place in each row.
    pub fn optional(all: impl Iterator<Item = Option<String>>) -> Cells {
        let mut cells = Cells { defined: DEFINED, ..Cells::default() };
        for value in all {
            cells.definitions.push(if value.is_some() { DEFINED } else { 0 });
            cells.values.extend(value.map(|text| ByteArray::from(text.into_bytes())));
        }
        cells
    }

    /// For each value the row in which it stands, counted from 0.
    pub fn rows(&self) -> Vec<usize> {
        let places = if self.definitions.is_empty() { self.values.len() } else { self.definitions.len() };
        let mut rows = Vec::with_capacity(self.values.len());
        let mut begun = 0;
        for place in 0..places {
            begun += usize::from(self.repetitions.get(place).is_none_or(|&level| level == 0));
            if self.definitions.get(place).is_none_or(|&level| level == self.defined) {
                rows.push(begun - 1);
            }
        }
        rows
    }

    /// Writes all of them.
    ///
    /// # Errors
    /// If the library cannot compress them.
    pub fn write(&self, mut writer: SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        let definitions = Some(self.definitions.as_slice()).filter(|levels| !levels.is_empty());
        let repetitions = Some(self.repetitions.as_slice()).filter(|levels| !levels.is_empty());
        writer.typed::<ByteArrayType>().write_batch(&self.values, definitions, repetitions)?;
        writer.close()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_counted_to_their_rows() {
        let values = |n: usize| vec![ByteArray::from("渠"); n];
        let plain = Cells { values: values(3), ..Cells::default() };
        assert_eq!(plain.rows(), [0, 1, 2]);
        let some = Cells { values: values(2), definitions: vec![1, 0, 1], defined: 1, ..Cells::default() };
        assert_eq!(some.rows(), [0, 2]);
        // Three rows: a list of two, an empty one, one of a missing and a present value.
        let lists =
            Cells { values: values(3), definitions: vec![3, 3, 1, 2, 3], repetitions: vec![0, 1, 0, 0, 1], defined: 3 };
        assert_eq!(lists.rows(), [0, 0, 2]);
    }
}
