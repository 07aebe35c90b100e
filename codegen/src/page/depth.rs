//! How deep a page is nested, found out before anything is read that takes the more time the deeper that is.

/// Where the first line starts that stands deeper in lists and quotations than so many; none if there is no such line.
///
/// Each list and each quotation around a line takes a mark at its start, or two columns. What is indented by so much without
/// being in a list is taken for nested too.
pub(super) fn first_deeper(text: &str, nesting: usize) -> Option<usize> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        // A tab counts most, and a line as short as that needs no look.
        if line.len() * 2 > nesting && depth(line.as_bytes()) > nesting {
            return Some(start);
        }
        start += line.len();
    }
    None
}

/// In how many lists and quotations a line stands at most.
fn depth(line: &[u8]) -> usize {
    let (mut marks, mut columns, mut rest) = (0_usize, 0_usize, line);
    loop {
        rest = match rest {
            [b' ', rest @ ..] => {
                columns += 1;
                rest
            }
            [b'\t', rest @ ..] => {
                columns += 4;
                rest
            }
            [b'>', b' ', rest @ ..] | [b'>', rest @ ..] => {
                marks += 1;
                rest
            }
            [b'-' | b'*' | b'+', b' ' | b'\t', ..] => {
                marks += 1;
                &rest[2..]
            }
            [b'0'..=b'9', ..] => {
                let digits = rest.iter().take_while(|byte| byte.is_ascii_digit());
                let behind = &rest[digits.count()..];
                let [b'.' | b')', b' ' | b'\t', ..] = behind else {
                    break;
                };
                marks += 1;
                &behind[2..]
            }
            _ => break,
        };
    }
    marks + columns / 2
}

/// Whether brackets stand deeper in each other than so many, wherever they stand.
pub(super) fn brackets_deeper(text: &str, nesting: usize) -> bool {
    // Hardly any text has so many brackets at all.
    let opening = memchr::memchr2_iter(b'[', b'{', text.as_bytes());
    if opening.take(nesting.saturating_add(1)).count() <= nesting {
        return false;
    }
    let mut depth = 0_usize;
    text.bytes().any(|byte| {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > nesting
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_indentation_count() {
        for (line, expected) in [
            ("text > text\n", 0),
            ("- item\n", 1),
            ("> > - 12. item\n", 4),
            ("* * *\n", 2),
            ("-----\n", 0),
            ("      - item\n", 4),
            ("\t- item\n", 3),
            ("2021 was a year\n", 0),
        ] {
            assert_eq!(depth(line.as_bytes()), expected, "{line:?}");
        }
    }

    #[test]
    fn the_first_line_that_is_too_deep_is_found() {
        let text = "> quoted\n> > > > deep\n> > > > deep\n";
        assert_eq!(first_deeper(text, 4), None);
        assert_eq!(first_deeper(text, 3), Some("> quoted\n".len()));
    }

    #[test]
    fn brackets_that_are_closed_do_not_count() {
        assert!(!brackets_deeper("[[{}]] {} [[[", 3));
        assert!(brackets_deeper("[[{}]] {} [[[[", 3));
    }
}
