//! Text as HTML: escaped, and what cannot be seen shown by a sign.

use std::fmt::Write;
use std::path::Path;

/// The sign of a character that cannot be seen; `None` where it can.
pub fn sign(c: char) -> Option<String> {
    Some(match c {
        '\n' | ' ' => return None,
        '\0'..='\x1f' => char::from_u32(0x2400 + c as u32)?.to_string(),
        '\x7f' => "␡".into(),
        '\u{80}'..='\u{9f}' | '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' => {
            code(c)
        }
        '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}' => code(c),
        _ => return None,
    })
}

fn code(c: char) -> String {
    format!("[U+{:04X}]", c as u32)
}

/// Appends text as it stands, invisible characters by their signs.
pub fn text(out: &mut String, text: &str) {
    for c in text.chars() {
        match sign(c) {
            Some(sign) => {
                let _ = write!(out, "<b class=c>{sign}</b>");
            }
            None => escaped(out, c),
        }
    }
}

/// Appends the value of an attribute, or words of our own.
pub fn words(out: &mut String, text: &str) {
    for c in text.chars() {
        match sign(c) {
            Some(sign) => out.push_str(&sign),
            None if c == '\n' => out.push('⏎'),
            None => escaped(out, c),
        }
    }
}

fn escaped(out: &mut String, c: char) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&#39;"),
        c => out.push(c),
    }
}

/// The same as a string.
pub fn of(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    words(&mut out, text);
    out
}

/// A relative path as a link, whatever bytes its names have.
pub fn link(path: &Path) -> String {
    let mut out = String::new();
    for (n, name) in path.components().enumerate() {
        if n > 0 {
            out.push('/');
        }
        for &b in name.as_os_str().as_encoded_bytes() {
            if b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~') {
                out.push(char::from(b));
            } else {
                let _ = write!(out, "%{b:02X}");
            }
        }
    }
    out
}

/// A number with its thousands apart.
pub fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (k, d) in digits.chars().enumerate() {
        if k > 0 && (digits.len() - k).is_multiple_of(3) {
            out.push(',');
        }
        out.push(d);
    }
    out
}

/// A certainty in per cent; certain is only what is.
pub fn percent(p: f32) -> String {
    let p = f64::from(p) * 100.0;
    if p > 99.0 && p < 99.95 { format!("{p:.1}\u{a0}%") } else { format!("{p:.0}\u{a0}%") }
}
