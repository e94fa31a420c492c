//! The command-line tool: a thin layer on the library.
use std::io::{Read, Write};
fn main() {
    let mut encoding = None;
    let mut lossy = false;
    let mut options = qingyang::Options::default();
    let mut args = std::env::args().skip(1);
    while let Some(a) = args.next() {
        match a.as_str() {
            "--encoding" => match qingyang::decode::Encoding::from_label(&args.next().unwrap()) { Ok(e) => encoding = Some(e), Err(e) => { eprintln!("{e}"); std::process::exit(1) } },
            "--lossy" => lossy = true,
            "--width" => { args.next(); options.width = qingyang::options::Width::Keep },
            "--cjk-latin-space" => options.cjk_latin_space = if args.next().unwrap() == "one" { qingyang::options::CjkLatinSpace::One } else { qingyang::options::CjkLatinSpace::Keep },
            _ => {}
        }
    }
    let mut stream = qingyang::stream::Stream::new(options, encoding, lossy);
    let mut out = std::io::stdout().lock();
    let mut buf = vec![0; 1 << 18];
    let mut input = std::io::stdin().lock();
    let mut sink = |p: qingyang::Proof| out.write_all(p.text.as_bytes()).unwrap();
    loop {
        let n = input.read(&mut buf).unwrap();
        let r = if n == 0 { stream.finish(&mut sink) } else { stream.push(&buf[..n], &mut sink) };
        if let Err(e) = r { eprintln!("{e}"); std::process::exit(1) }
        if n == 0 { break }
    }
}
