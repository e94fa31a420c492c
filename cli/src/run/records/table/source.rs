//! A file of Parquet that is read: its footer, and the chunks of its columns as they stand.

use crate::failure::Failure;
use crate::messages::{Action, FileFault, TableFault};
use parquet::bloom_filter::Sbbf;
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::ParquetError;
use parquet::file::metadata::{PageIndexPolicy, ParquetMetaData, ParquetMetaDataOptions, ParquetMetaDataReader};
use parquet::file::properties::ReaderProperties;
use parquet::file::serialized_reader::SerializedRowGroupReader;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;

/// What a file of Parquet begins and ends with.
const MAGIC: [u8; 4] = *b"PAR1";
/// The same where the footer is encrypted.
const ENCRYPTED: [u8; 4] = *b"PARE";

/// Whether the first bytes of an input, which may be fewer than the sign, are those of Parquet.
pub fn begins(bytes: &[u8]) -> bool {
    let n = bytes.len().min(MAGIC.len());
    [MAGIC, ENCRYPTED].iter().any(|sign| bytes[..n] == sign[..n])
}

/// A file, and what its footer says.
pub struct Source {
    file: Arc<File>,
    pub footer: ParquetMetaData,
}

impl Source {
    /// Reads the footer and the page indexes.
    ///
    /// # Errors
    /// If it is no file of Parquet, or its footer cannot be read.
    pub fn of(mut file: File) -> Result<Source, Failure> {
        let unread = |e| Failure::io(Action::Read, &e);
        let metadata = file.metadata().map_err(unread)?;
        if metadata.is_dir() {
            return Err(Failure::input(FileFault::IsAFolder));
        }
        match ends(&mut file).map_err(unread)? {
            _ if metadata.len() == 0 => return Err(Failure::input(TableFault::Empty)),
            [_, ENCRYPTED] | [ENCRYPTED, _] => return Err(Failure::input(TableFault::Encrypted)),
            [MAGIC, MAGIC] => {}
            [MAGIC, _] => return Err(Failure::input(TableFault::CutOff)),
            _ => return Err(Failure::input(TableFault::NotParquet)),
        }
        let options = ParquetMetaDataOptions::new().with_encoding_stats_as_mask(false);
        let reader = ParquetMetaDataReader::new()
            .with_page_index_policy(PageIndexPolicy::Optional)
            .with_metadata_options(Some(options));
        let footer = reader.parse_and_finish(&file).map_err(|e| damaged(&e))?;
        Ok(Source { file: Arc::new(file), footer })
    }

    /// A reader of the values of a row group.
    pub fn group(&self, group: usize) -> Result<SerializedRowGroupReader<'_, File>, ParquetError> {
        let offsets = self.footer.offset_index().and_then(|all| all.get(group)).map(Vec::as_slice);
        let properties = Arc::new(ReaderProperties::builder().build());
        SerializedRowGroupReader::new(Arc::clone(&self.file), self.footer.row_group(group), offsets, properties)
    }

    /// The chunk of a column in a row group with all that the footer says of it, for a copy.
    pub fn chunk(&self, group: usize, leaf: usize) -> Result<ColumnCloseResult, ParquetError> {
        let rows = self.footer.row_group(group);
        let metadata = rows.column(leaf).clone();
        Ok(ColumnCloseResult {
            bytes_written: metadata.compressed_size() as u64,
            rows_written: rows.num_rows() as u64,
            bloom_filter: Sbbf::read_from_column_chunk(&metadata, &*self.file)?,
            column_index: self.footer.column_index().and_then(|all| all.get(group)?.get(leaf)).cloned(),
            offset_index: self.footer.offset_index().and_then(|all| all.get(group)?.get(leaf)).cloned(),
            metadata,
        })
    }

    /// The file that chunks are copied from.
    pub fn file(&self) -> &File {
        &self.file
    }
}

/// The first and the last bytes of a file.
fn ends(file: &mut File) -> io::Result<[[u8; 4]; 2]> {
    let mut ends = [[0; 4]; 2];
    let bytes = file.metadata()?.len();
    file.rewind()?;
    if bytes >= 4 {
        file.read_exact(&mut ends[0])?;
    }
    // The beginning of a short file is not its end.
    if bytes >= 8 {
        file.seek(SeekFrom::End(-4))?;
        file.read_exact(&mut ends[1])?;
    }
    Ok(ends)
}

/// A failure in the words of the library.
pub fn damaged(error: &ParquetError) -> Failure {
    Failure::input(TableFault::Damaged(error.to_string()))
}
