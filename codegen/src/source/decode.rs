//! From bytes to text.

use std::fmt;

/// A page's text as the rooms above see it, and what had to be mended on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The text with `\n` at the ends of lines, without a byte order mark and without NUL.
    pub text: String,
    /// What was not as it should be.
    pub damage: Option<Damage>,
}

/// What is wrong with the bytes of a page, and was mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Damage {
    /// Bytes that are not UTF-8.
    NotUtf8,
    /// NUL bytes.
    Nul,
    /// The page is UTF-16.
    Utf16,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotUtf8 => {
                "the file holds bytes that are not UTF-8; they were replaced by U+FFFD"
            }
            Self::Nul => "the file holds NUL bytes; they were replaced by U+FFFD",
            Self::Utf16 => "expected UTF-8, found UTF-16; the file was read as that",
        })
    }
}

/// Decodes a page: UTF-8 with or without a byte order mark, any line ends. UTF-16 is read as well, and counts as damage.
#[must_use]
pub fn decode(bytes: Vec<u8>) -> Text {
    let (text, damage) = match utf16(&bytes) {
        Some(text) => (text, Some(Damage::Utf16)),
        None => match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                (text, Some(Damage::NotUtf8))
            }
        },
    };
    let mut text = text;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    if memchr::memchr(b'\r', text.as_bytes()).is_some() {
        text = text.replace("\r\n", "\n").replace('\r', "\n");
    }
    match memchr::memchr(0, text.as_bytes()).is_some() {
        true => Text {
            text: text.replace('\0', "\u{fffd}"),
            damage: damage.or(Some(Damage::Nul)),
        },
        false => Text { text, damage },
    }
}

/// The text, if the bytes are UTF-16: they begin with its mark, or of every second byte at least a quarter are NUL, and
/// of the others hardly any.
fn utf16(bytes: &[u8]) -> Option<String> {
    let big_endian = match bytes {
        [0xff, 0xfe, ..] => false,
        [0xfe, 0xff, ..] => true,
        _ => {
            let head = &bytes[..bytes.len().min(4096)];
            memchr::memchr(0, head)?;
            let nuls = |offset: usize| {
                let found = head.iter().skip(offset).step_by(2);
                found.filter(|byte| **byte == 0).count()
            };
            let (even, odd) = (nuls(0), nuls(1));
            match head.len() / 8 {
                0 => return None,
                few if odd >= few && even <= odd / 8 => false,
                few if even >= few && odd <= even / 8 => true,
                _ => return None,
            }
        }
    };
    let units = bytes.chunks(2).map(|pair| match (pair, big_endian) {
        ([low, high], false) => u16::from_le_bytes([*low, *high]),
        ([high, low], true) => u16::from_be_bytes([*high, *low]),
        // Half of a letter, behind the last one.
        _ => 0xfffd,
    });
    let letters = char::decode_utf16(units).map(|letter| letter.unwrap_or('\u{fffd}'));
    Some(letters.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, Option<Damage>) {
        let Text { text, damage } = decode(bytes.to_vec());
        (text, damage)
    }

    #[test]
    fn line_ends_and_byte_order_marks_do_not_reach_the_page() {
        let mixed = read(b"\xef\xbb\xbfa\r\nb\rc\n\rd\n");
        assert_eq!(mixed, ("a\nb\nc\n\nd\n".into(), None));
    }

    #[test]
    fn what_is_not_utf8_is_replaced() {
        let text = read(b"caf\xe9 \xff");
        assert_eq!(text, ("caf\u{fffd} \u{fffd}".into(), Some(Damage::NotUtf8)));
    }

    #[test]
    fn nul_is_replaced() {
        let text = read(b"one\0two, and more of the same");
        let expected = "one\u{fffd}two, and more of the same".to_owned();
        assert_eq!(text, (expected, Some(Damage::Nul)));
    }

    #[test]
    fn utf16_is_read_in_both_orders_with_and_without_a_mark() {
        let page = "# tone 状态\r\n\n|Größe|😀|\n";
        let expected = page.replace('\r', "");
        for mark in ["\u{feff}", ""] {
            let units: Vec<u16> = format!("{mark}{page}").encode_utf16().collect();
            for to_bytes in [u16::to_le_bytes, u16::to_be_bytes] {
                let bytes: Vec<u8> = units.iter().flat_map(|unit| to_bytes(*unit)).collect();
                assert_eq!(read(&bytes), (expected.clone(), Some(Damage::Utf16)));
            }
        }
    }

    #[test]
    fn half_letters_of_utf16_are_replaced() {
        let bytes = [0xff, 0xfe, b'a', 0, 0x00, 0xd8, b'b'];
        assert_eq!(read(&bytes).0, "a\u{fffd}\u{fffd}");
    }
}
