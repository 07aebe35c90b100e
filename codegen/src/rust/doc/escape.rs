//! Making text mean itself.

use std::borrow::Cow;

/// A code span of this content, if there is any.
pub(super) fn code(content: &str) -> Option<String> {
    let content = clean(content);
    let mut words = content.split_whitespace();
    let mut span = words.next()?.to_owned();
    for word in words {
        span.push(' ');
        span.push_str(word);
    }
    let longest = span.split(|c| c != '`').map(str::len).max();
    let fence = "`".repeat(longest.unwrap_or_default() + 1);
    let pad = if span.starts_with('`') || span.ends_with('`') {
        " "
    } else {
        ""
    };
    Some(format!("{fence}{pad}{span}{pad}{fence}"))
}

/// Without characters that show as nothing and do something: controls, and those that turn the
/// direction of writing, which the compiler refuses in comments.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    let is_odd = |c: char| {
        let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}');
        turns || (c.is_control() && !c.is_whitespace())
    };
    let is_plain = |byte: u8| byte == b' ' || byte.is_ascii_graphic();
    if !text.bytes().all(is_plain) && text.contains(is_odd) {
        Cow::Owned(text.replace(is_odd, ""))
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether a byte can have a meaning within a line.
pub(super) fn may_have_meaning(byte: u8) -> bool {
    matches!(
        byte,
        b'\\' | b'*' | b'[' | b']' | b'<' | b'~' | b'|' | b'^' | b'`' | b'_' | b'&'
    )
}

/// A word as it is.
pub(super) fn nothing(word: &str) -> Cow<'_, str> {
    Cow::Borrowed(word)
}

/// A word in which no character has a meaning within a line.
pub(super) fn text(word: &str) -> Cow<'_, str> {
    if !word.bytes().any(may_have_meaning) {
        return Cow::Borrowed(word);
    }
    let mut escaped = String::with_capacity(word.len() + 8);
    let mut before = ' ';
    let last_semicolon = word.rfind(';').unwrap_or_default();
    for (position, c) in word.char_indices() {
        let rest = &word[position + c.len_utf8()..];
        let has_meaning = match c {
            '\\' | '*' | '[' | ']' | '<' | '~' | '|' | '^' | '`' => true,
            '_' => !before.is_alphanumeric() || !rest.starts_with(char::is_alphanumeric),
            '&' => position < last_semicolon,
            _ => false,
        };
        if has_meaning {
            escaped.push('\\');
        }
        escaped.push(c);
        before = c;
    }
    Cow::Owned(escaped)
}

/// A word that no line can begin with without becoming a list, a heading or another block.
pub(super) fn line_start(word: &str) -> Option<String> {
    let first = word.chars().next()?;
    if matches!(first, '#' | '-' | '+' | '>' | '=' | ':') {
        return Some(format!("\\{word}"));
    }
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && matches!(word.as_bytes().get(digits), Some(b'.' | b')')) {
        return Some(format!("{}\\{}", &word[..digits], &word[digits..]));
    }
    None
}

/// A link's destination in which no character ends it, or has another meaning.
pub(super) fn destination(url: &str) -> String {
    let mut escaped = String::with_capacity(url.len());
    for byte in url.bytes() {
        let safe = byte.is_ascii_alphanumeric() || b"-._~:/?#@!$&'+,;=%".contains(&byte);
        if safe {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    // An ampersand before letters could be read as a character's name.
    escaped.replace('&', "&amp;")
}
