//! Columns of Parquet (feature `parquet`): what is cleaned, what is copied as it stands, folders, faulty files.
#![cfg(feature = "parquet")]

mod tool;

use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::{ARROW_SCHEMA_META_KEY, encode_arrow_schema, parquet_to_arrow_schema};
use parquet::basic::{Compression, ZstdLevel};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::file::metadata::{KeyValue, ParquetMetaData};
use parquet::file::properties::WriterProperties;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::record::{Field as Value, RowAccessor};
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::ColumnPath;
use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;
use tool::{code, feed, folder, read, records, run_in, said, tool, write};

/// Texts, a number, and a list of texts.
const SCHEMA: &str = "message page {
    required int64 id;
    optional binary text (UTF8);
    optional binary note (UTF8);
    optional binary image;
    optional group parts (LIST) { repeated group list { optional binary element (UTF8); } }
}";

/// A damaged text and what it is when it is clean.
const RAW: &str = "渠 水 流 过 桥 头 镇 ，沿岸的稻田渐渐泛黄。\n";
const CLEAN: &str = "渠水流过桥头镇，沿岸的稻田渐渐泛黄。";

/// Writes a file of so many row groups with so many rows each. Every third text is missing; `text` makes the others.
fn table(path: &Path, groups: usize, rows: usize, text: impl Fn(usize) -> Vec<u8>) {
    let schema = Arc::new(parse_message_type(SCHEMA).expect("a schema"));
    let list = DataType::List(Arc::new(Field::new("element", DataType::Utf8, true)));
    let arrow = Schema::new(vec![
        Field::new("id", DataType::Int64, false),
        Field::new("text", DataType::LargeUtf8, true),
        Field::new("note", DataType::Utf8, true),
        Field::new("image", DataType::Binary, true),
        Field::new("parts", list, true),
    ]);
    let pairs = vec![
        KeyValue::new("source".to_string(), "桥头报".to_string()),
        KeyValue::new(ARROW_SCHEMA_META_KEY.to_string(), encode_arrow_schema(&arrow)),
    ];
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_column_compression(ColumnPath::from("text"), Compression::ZSTD(ZstdLevel::default()))
        .set_column_bloom_filter_enabled(ColumnPath::from("id"), true)
        .set_created_by("press 3".to_string())
        .set_key_value_metadata(Some(pairs))
        .build();
    let mut writer =
        SerializedFileWriter::new(File::create(path).expect("a file"), schema, Arc::new(properties)).expect("a writer");
    for group in 0..groups {
        let all = || (group * rows)..((group + 1) * rows);
        let mut group = writer.next_row_group().expect("a group");
        let mut number = 0;
        while let Some(mut column) = group.next_column().expect("a column") {
            let bytes = |values: Vec<Vec<u8>>| values.into_iter().map(ByteArray::from).collect::<Vec<_>>();
            match column.untyped() {
                ColumnWriter::Int64ColumnWriter(w) => {
                    let values: Vec<i64> = all().map(|n| n as i64 * 7).collect();
                    w.write_batch(&values, None, None).expect("numbers");
                }
                ColumnWriter::ByteArrayColumnWriter(w) if number == 4 => {
                    // A list of two texts, and an empty one.
                    let lists = all().filter(|n| n % 2 == 0).flat_map(|_| [RAW.into(), CLEAN.into()]).collect();
                    let (levels, begins): (Vec<i16>, Vec<i16>) =
                        all().flat_map(|n| if n % 2 == 0 { vec![(3, 0), (3, 1)] } else { vec![(1, 0)] }).unzip();
                    w.write_batch(&bytes(lists), Some(&levels), Some(&begins)).expect("lists");
                }
                ColumnWriter::ByteArrayColumnWriter(w) => {
                    let there: Vec<usize> = all().filter(|n| n % 3 != 2).collect();
                    let values = there.iter().map(|&n| match number {
                        1 => text(n),
                        2 => format!("第{n}号{RAW}").into_bytes(),
                        _ => vec![0xff, n as u8],
                    });
                    let levels: Vec<i16> = all().map(|n| i16::from(n % 3 != 2)).collect();
                    w.write_batch(&bytes(values.collect()), Some(&levels), None).expect("texts");
                }
                _ => unreachable!("no such column"),
            }
            number += 1;
            column.close().expect("closed");
        }
        group.close().expect("closed");
    }
    writer.close().expect("closed");
}

fn footer(path: &Path) -> ParquetMetaData {
    SerializedFileReader::new(File::open(path).expect("a file")).expect("Parquet").metadata().clone()
}

/// The bytes of a column in a row group, as they stand in the file.
fn chunk(path: &Path, group: usize, leaf: usize) -> Vec<u8> {
    let (start, bytes) = footer(path).row_group(group).column(leaf).byte_range();
    fs::read(path).expect("a file")[start as usize..(start + bytes) as usize].to_vec()
}

/// The strings of a column of the table itself.
fn strings(path: &Path, name: &str) -> Vec<Option<String>> {
    let reader = SerializedFileReader::new(File::open(path).expect("a file")).expect("Parquet");
    let rows = reader.get_row_iter(None).expect("rows").map(|row| row.expect("a row"));
    let value = |row: &parquet::record::Row| match row.get_column_iter().find(|(column, _)| *column == name) {
        Some((_, Value::Str(text))) => Some(text.clone()),
        Some((_, Value::Null)) => None,
        other => panic!("{name}: {other:?}"),
    };
    rows.map(|row| value(&row)).collect()
}

fn clean(folder: &Path, args: &str) -> std::process::Output {
    run_in(folder, ["--parquet"].into_iter().chain(args.split(' ')), b"")
}

#[test]
fn a_column_is_cleaned_and_the_others_keep_their_bytes() {
    let dir = folder();
    let (raw, made) = (dir.path().join("raw.parquet"), dir.path().join("made.parquet"));
    table(&raw, 2, 40, |_| RAW.into());
    let out = clean(dir.path(), "raw.parquet --field text -o made.parquet");
    assert_eq!((code(&out), said(&out).as_str()), (0, "qingyang: records: 80, of these 26 clean already, 0 failed\n"));
    let (before, after) = (footer(&raw), footer(&made));
    for group in 0..2 {
        for leaf in [0, 2, 3, 4] {
            assert_eq!(chunk(&made, group, leaf), chunk(&raw, group, leaf), "group {group}, column {leaf}");
            let (old, new) = (before.row_group(group).column(leaf), after.row_group(group).column(leaf));
            assert_eq!((new.statistics(), new.encodings_mask()), (old.statistics(), old.encodings_mask()));
        }
        assert_eq!(after.row_group(group).num_rows(), 40);
        assert_eq!(after.row_group(group).column(1).compression(), before.row_group(group).column(1).compression());
        assert!(after.row_group(group).column(0).bloom_filter_offset().is_some());
    }
    let (before, after) = (before.file_metadata(), after.file_metadata());
    assert_eq!(after.schema(), before.schema());
    assert_eq!(after.key_value_metadata(), before.key_value_metadata());
    assert_eq!(after.created_by(), Some("press 3"));
    let want: Vec<_> = (0..80).map(|n| (n % 3 != 2).then(|| CLEAN.to_string())).collect();
    assert_eq!(strings(&made, "text"), want);
    // A second cleaning leaves each row as it is.
    let out = clean(dir.path(), "made.parquet --field text -o again.parquet");
    assert_eq!(said(&out), "qingyang: records: 80, of these 80 clean already, 0 failed\n");
    assert_eq!(fs::read(dir.path().join("again.parquet")).expect("again"), fs::read(&made).expect("made"));
}

/// The columns have what `--jsonl` puts into records.
#[test]
fn columns_that_are_added_say_what_json_lines_say() {
    let dir = folder();
    let raw = dir.path().join("raw.parquet");
    let text = |n: usize| format!("第 {n} 号 闸 门 放 水，下 游 两\n岸 灌 溉 正 忙。\n");
    table(&raw, 1, 9, |n| text(n).into_bytes());
    let options = "--field text --to-field clean --add quality --add units";
    let out = clean(dir.path(), &format!("raw.parquet {options} -o made.parquet"));
    assert_eq!(code(&out), 0, "{}", said(&out));
    let lines: String =
        (0..9).filter(|n| n % 3 != 2).map(|n| serde_json::json!({ "text": text(n) }).to_string() + "\n").collect();
    let out = run_in(dir.path(), ["--jsonl"].into_iter().chain(options.split(' ')), lines.as_bytes());
    let wanted = records(&tool::printed(&out));
    let made = dir.path().join("made.parquet");
    let column = |name: &str| strings(&made, name);
    let json = |all: Vec<Option<String>>| all.into_iter().flatten().map(|text| text.parse().expect("JSON"));
    let (quality, units): (Vec<serde_json::Value>, Vec<serde_json::Value>) =
        (json(column("quality")).collect(), json(column("units")).collect());
    assert_eq!(column("clean")[2], None);
    for (n, clean) in column("clean").into_iter().flatten().enumerate() {
        assert_eq!(
            (&wanted[n]["clean"], &wanted[n]["quality"], &wanted[n]["units"]),
            (&clean.into(), &quality[n], &units[n])
        );
    }
    assert_eq!(chunk(&made, 0, 1), chunk(&raw, 0, 1));
    // Arrow's own schema names the new columns, and the old ones keep their types.
    let file = footer(&made);
    let file = file.file_metadata();
    let arrow = parquet_to_arrow_schema(file.schema_descr(), file.key_value_metadata()).expect("a schema");
    assert_eq!(arrow.field_with_name("text").expect("text").data_type(), &DataType::LargeUtf8);
    assert_eq!(
        arrow.fields().iter().skip(5).map(|f| f.name().as_str()).collect::<Vec<_>>(),
        ["clean", "quality", "units"]
    );
}

#[test]
fn several_columns_and_items_of_lists_are_cleaned() {
    let dir = folder();
    let (raw, made) = (dir.path().join("raw.parquet"), dir.path().join("made.parquet"));
    table(&raw, 2, 6, |_| RAW.into());
    let out = clean(dir.path(), "raw.parquet --field note --field /parts/* --field /text -o made.parquet");
    assert_eq!(code(&out), 0, "{}", said(&out));
    assert_eq!(strings(&made, "note")[0].as_deref(), Some(format!("第0号{CLEAN}").as_str()));
    assert_eq!(strings(&made, "text")[0].as_deref(), Some(CLEAN));
    let reader = SerializedFileReader::new(File::open(&made).expect("a file")).expect("Parquet");
    let lists: Vec<String> = reader
        .get_row_iter(None)
        .expect("rows")
        .map(|row| format!("{:?}", row.expect("a row").get_list(4).expect("a list")))
        .collect();
    assert!(lists[0].matches(CLEAN).count() == 2 && lists[1].matches(CLEAN).count() == 0, "{lists:?}");
}

/// A text that is not UTF-8 stays as it is; its row is told.
#[test]
fn faulty_rows_are_kept_and_told() {
    let dir = folder();
    let (raw, made) = (dir.path().join("raw.parquet"), dir.path().join("made.parquet"));
    table(&raw, 2, 6, |n| if n == 7 { b"\xe6\xb8\xa0 \xff".to_vec() } else { RAW.into() });
    let out = clean(dir.path(), "raw.parquet --field text --to-field clean -o made.parquet");
    assert_eq!(code(&out), 1);
    assert!(
        said(&out).contains("raw.parquet: row 8: column text is not UTF-8 at byte 4 of the text"),
        "{}",
        said(&out)
    );
    assert!(said(&out).contains("records: 12, of these 4 clean already, 1 failed"), "{}", said(&out));
    assert_eq!(chunk(&made, 1, 1), chunk(&raw, 1, 1));
    let out = clean(dir.path(), "raw.parquet --field text --on-error stop -o other.parquet");
    assert!(code(&out) == 1 && !dir.path().join("other.parquet").exists(), "{}", said(&out));
}

#[test]
fn wrong_columns_and_broken_files_are_told() {
    let dir = folder();
    table(&dir.path().join("raw.parquet"), 1, 6, |_| RAW.into());
    let whole = fs::read(dir.path().join("raw.parquet")).expect("a file");
    write(dir.path(), "cut.parquet", &whole[..whole.len() / 2]);
    write(dir.path(), "none.parquet", "渠水");
    let mut damaged = whole.clone();
    let footer = damaged.len() - 40;
    damaged[footer..footer + 20].fill(0xff);
    write(dir.path(), "damaged.parquet", damaged);
    for (args, status, why) in [
        ("raw.parquet --field body", 1, "raw.parquet: no column body; the columns are id, text, note, image, parts"),
        ("raw.parquet --field id", 1, "column id holds no strings, but INT64"),
        ("raw.parquet --field image", 1, "column image holds no strings, but BYTE_ARRAY"),
        ("raw.parquet --field parts", 1, "column parts holds no strings, but List"),
        ("raw.parquet --field /parts/* --to-field clean", 1, "column /parts/* is part of another"),
        ("raw.parquet --field text --to-field note", 1, "there is a column note already"),
        ("raw.parquet --field text --to-field /text/clean", 2, "one of the table itself, not part of another"),
        ("cut.parquet --field text", 1, "cut.parquet: a file of Parquet that is cut off"),
        ("none.parquet --field text", 1, "none.parquet: not a file of Parquet"),
        ("damaged.parquet --field text", 1, "damaged.parquet: damaged Parquet"),
        ("raw.parquet cut.parquet --field text", 2, "--parquet makes one file of each input"),
        ("raw.parquet --field text --on-error skip", 2, "the rows of a table stay"),
        ("raw.parquet --field text --jsonl", 2, "exclude each other"),
        ("raw.parquet", 2, "--field"),
        ("raw.parquet --field text --check", 2, "--check"),
    ] {
        let out = clean(dir.path(), args);
        assert_eq!(code(&out), status, "{args}: {}", said(&out));
        assert!(said(&out).contains(why), "{args}: {}", said(&out));
    }
}

/// A pipe, a file that was redirected, and a named pipe give what a named file gives, to a pipe and to a file.
#[cfg(unix)]
#[test]
fn a_table_from_standard_input_or_a_pipe_is_cleaned_like_a_file() {
    use std::process::{Command, Stdio};
    let dir = folder();
    let raw = dir.path().join("raw.parquet");
    // Numbers, which no codec packs well, in the column that is copied: more than one block.
    let number = |n: usize| n.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_string();
    table(&raw, 3, 30, |n| (0..150).map(|k| number(n * 150 + k)).collect::<String>().into_bytes());
    let bytes = fs::read(&raw).expect("a file");
    assert!(bytes.len() > 65_536, "{} bytes", bytes.len());
    let named = clean(dir.path(), "raw.parquet --field note --to-field clean");
    assert!(code(&named) == 0 && named.stdout.starts_with(b"PAR1"), "{}", said(&named));
    for args in [&[][..], &["-"], &["/dev/stdin"]] {
        let all = ["--parquet", "--field", "note", "--to-field", "clean"].iter().chain(args);
        let piped = run_in(dir.path(), all.clone(), &bytes);
        assert!(code(&piped) == 0 && piped.stdout == named.stdout, "{args:?}: {}", said(&piped));
        let mut command = tool(all);
        command.stdin(File::open(&raw).expect("a file"));
        let redirected = command.output().expect("runs");
        assert!(code(&redirected) == 0 && redirected.stdout == named.stdout, "{args:?}: {}", said(&redirected));
    }
    let out = run_in(dir.path(), ["--parquet", "--field=note", "--to-field=clean", "-o", "made.parquet"], &bytes);
    assert!(code(&out) == 0 && fs::read(dir.path().join("made.parquet")).ok() == Some(named.stdout.clone()));
    assert!(Command::new("mkfifo").arg(dir.path().join("fifo")).status().expect("runs").success());
    let mut command = tool(["--parquet", "--field", "note", "--to-field", "clean", "fifo"]);
    let child = command.current_dir(dir.path()).stdin(Stdio::null()).spawn().expect("starts");
    fs::write(dir.path().join("fifo"), &bytes).expect("taken");
    let piped = child.wait_with_output().expect("ends");
    assert!(code(&piped) == 0 && piped.stdout == named.stdout, "{}", said(&piped));
}

/// Of a redirected file whose beginning somebody has read, only the rest is the input, as of a pipe.
#[cfg(unix)]
#[test]
fn a_redirected_file_begins_where_it_is_read_from() {
    use std::io::{Read, Seek};
    let dir = folder();
    table(&dir.path().join("raw.parquet"), 1, 6, |_| RAW.into());
    let mut behind = "渠水\n".as_bytes().to_vec();
    behind.extend(fs::read(dir.path().join("raw.parquet")).expect("a file"));
    let path = write(dir.path(), "behind.bin", &behind);
    let mut command = tool(["--parquet", "--field", "text"]);
    let mut file = File::open(path).expect("a file");
    file.read_exact(&mut [0; 7]).expect("read");
    assert_eq!(file.stream_position().ok(), Some(7));
    let out = command.stdin(file).output().expect("runs");
    assert_eq!(code(&out), 0, "{}", said(&out));
    assert!(out.stdout == clean(dir.path(), "raw.parquet --field text").stdout);
}

/// Messages name standard input. A file that can be sought is not copied, so it needs no temporary folder.
#[test]
fn faults_of_standard_input_are_told() {
    let dir = folder();
    let raw = dir.path().join("raw.parquet");
    table(&raw, 1, 60, |_| RAW.into());
    let whole = fs::read(&raw).expect("a file");
    let faulty = run_in(dir.path(), ["--parquet", "--field", "id"], &whole);
    assert!(said(&faulty).contains("standard input: column id holds no strings"), "{}", said(&faulty));
    // Of an input that is nothing of the kind no more than its beginning is read.
    let text = "渠 水\n".repeat(100_000);
    for (bytes, why) in [
        (&b""[..], "standard input: empty"),
        (b"PA", "standard input: not a file of Parquet"),
        (&whole[..whole.len() / 2], "standard input: a file of Parquet that is cut off"),
        (&whole[..4], "standard input: a file of Parquet that is cut off"),
        (text.as_bytes(), "standard input: not a file of Parquet"),
    ] {
        let out = run_in(dir.path(), ["--parquet", "--field", "text", "-o", "made.parquet"], bytes);
        assert!(code(&out) == 1 && said(&out).contains(why), "{why}: {}", said(&out));
        assert!(!dir.path().join("made.parquet").exists());
    }
    write(dir.path(), "empty.parquet", "");
    let out = clean(dir.path(), "empty.parquet --field text --lang=zh");
    assert!(code(&out) == 1 && said(&out).contains("empty.parquet：是空的"), "{}", said(&out));
}

#[cfg(target_os = "linux")]
#[test]
fn only_what_cannot_be_sought_needs_a_temporary_folder() {
    let dir = folder();
    let raw = dir.path().join("raw.parquet");
    table(&raw, 1, 60, |_| RAW.into());
    let without = || {
        let mut command = tool(["--parquet", "--field", "text"]);
        command.env("TMPDIR", dir.path().join("none"));
        command
    };
    let out = feed(without(), &fs::read(&raw).expect("a file"));
    let why = format!("standard input: {}: cannot keep a copy of the input here", dir.path().join("none").display());
    assert!(code(&out) == 1 && said(&out).contains(&why), "{}", said(&out));
    let out = without().stdin(File::open(&raw).expect("a file")).output().expect("runs");
    assert!(code(&out) == 0 && out.stdout.starts_with(b"PAR1"), "{}", said(&out));
}

/// Shards go to a mirrored tree, alike at any number of workers; a resumed run does what is missing.
#[test]
fn folders_of_tables_are_cleaned_alike_by_any_workers() {
    let dir = folder();
    for (name, rows) in [("a/1.parquet", 300), ("a/2.parquet", 5), ("b/3.parquet", 0)] {
        let path = write(dir.path(), &format!("in/{name}"), "");
        table(&path, 2, rows, |n| RAW.repeat(n % 40).into_bytes());
    }
    write(dir.path(), "in/b/note.txt", "渠 水。");
    for (jobs, out) in [("1", "one"), ("4", "four")] {
        let out = clean(dir.path(), &format!("in --field text --field note -o {out} -j{jobs} --summary {out}.jsonl"));
        assert_eq!(code(&out), 0, "{}", said(&out));
    }
    for name in ["a/1.parquet", "a/2.parquet", "b/3.parquet"] {
        let [one, four] = ["one", "four"].map(|out| fs::read(dir.path().join(out).join(name)).expect("an output"));
        assert!(one == four && one.starts_with(b"PAR1"), "{name}");
    }
    assert!(!dir.path().join("one/b/note.txt").exists());
    let summary = records(&read(dir.path(), "one.jsonl"));
    let counted: Vec<_> = summary.iter().filter_map(|r| r["records"].as_u64()).collect();
    assert_eq!(counted, [600, 10, 0], "{summary:?}");
    fs::remove_file(dir.path().join("one/a/2.parquet")).expect("removed");
    let out = clean(dir.path(), "in --field text --field note -o one --resume");
    assert!(code(&out) == 0 && said(&out).contains("10"), "{}", said(&out));
    let [one, four] = ["one", "four"].map(|out| fs::read(dir.path().join(out).join("a/2.parquet")).expect("an output"));
    assert_eq!(one, four);
}
