//! Pictures of pages, over which a report lays the lines of a layout.

use crate::failure::{At, Failure};
use crate::messages::{Action, PictureFault, Place};
use imagesize::{ImageType, image_type, reader_size};
use qingyang_tell::report::{Picture, PictureFormat};
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read, Seek};
use std::path::{Path, PathBuf};

/// The extensions of pictures, in the order in which they are looked for.
const EXTENSIONS: [&str; 5] = ["jpg", "jpeg", "png", "JPG", "PNG"];

/// Bytes of a picture that a report carries in itself, at most: a newspaper page of 600 dpi has about half.
const MOST_BYTES: u64 = 64 << 20;

/// Numbers of pages are written with at most so many digits.
const MOST_DIGITS: usize = 4;

/// Reads the picture of a page; the report carries it in itself.
pub fn embedded(path: &Path) -> Result<Picture, Failure> {
    let place = || Place::OptionPath("--image", path.to_path_buf());
    let read = || {
        let mut bytes = Vec::new();
        super::file::refuse_special(path)?;
        let file = File::open(path).map_err(|e| Failure::io(Action::Read, &e))?;
        file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(|e| Failure::io(Action::Read, &e))?;
        if bytes.len() as u64 > MOST_BYTES {
            return Err(Failure::input(PictureFault::PictureTooLarge { limit: MOST_BYTES }));
        }
        let (format, size) = look(Cursor::new(&bytes))?;
        Ok(Picture::embedded(&bytes, format, size))
    };
    read().at(place)
}

/// The picture in a file, to which a page of the report links by `href`.
pub fn linked(path: &Path, href: String) -> Result<Picture, Failure> {
    let read = || {
        let file = File::open(path).map_err(|e| Failure::io(Action::Read, &e))?;
        Ok(Picture::linked(href, look(BufReader::new(file))?.1))
    };
    read().at(|| Place::path(path))
}

/// The pictures beside a layout of so many pages: `scan.json` has `scan.jpg`, or, page by page, `scan-1.jpg`, `scan-2.jpg`, …,
/// with or without leading zeros, as pdftoppm names them.
pub fn beside(layout: &Path, pages: usize) -> Vec<Option<PathBuf>> {
    let Some(stem) = layout.file_stem() else { return Vec::new() };
    let find = |end: &str| {
        let mut name = stem.to_os_string();
        name.push(end);
        let file = |extension: &str| {
            let mut name = name.clone();
            name.push(".");
            name.push(extension);
            layout.with_file_name(name)
        };
        EXTENSIONS.iter().map(|extension| file(extension)).find(|path| path.is_file())
    };
    let numbered = |page: usize| (1..=MOST_DIGITS).find_map(|digits| find(&format!("-{page:0digits$}")));
    let one = || if pages == 1 { find("") } else { None };
    (1..=pages).map(|page| one().or_else(|| numbered(page))).collect()
}

/// The format of a picture, and its width and height.
fn look(mut file: impl BufRead + Seek) -> Result<(PictureFormat, (usize, usize)), Failure> {
    let head = file.fill_buf().map_err(|e| Failure::io(Action::Read, &e))?;
    let format = match image_type(head) {
        Ok(ImageType::Png) => PictureFormat::Png,
        Ok(ImageType::Jpeg) => PictureFormat::Jpeg,
        _ => return Err(Failure::input(PictureFault::NoPicture)),
    };
    match reader_size(file) {
        Ok(size) if size.width > 0 && size.height > 0 => Ok((format, (size.width, size.height))),
        _ => Err(Failure::input(PictureFault::BrokenPicture)),
    }
}
