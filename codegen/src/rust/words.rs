//! Taking names apart.

/// The words of a name, as they stand in it.
///
/// A word ends where a capital follows a small letter or a digit, before the last capital of an acronym, and at everything
/// that no identifier can hold.
#[derive(Clone, Debug)]
pub(super) struct Words<'a> {
    rest: &'a str,
    /// Whether the rest begins behind something that no identifier can hold, or at the start of the name.
    apart: bool,
}

impl<'a> Words<'a> {
    pub(super) fn of(name: &'a str) -> Self {
        Self {
            rest: name,
            apart: true,
        }
    }

    /// The words in lower case with underscores between them.
    pub(super) fn snake_case(self) -> String {
        // Most names have two or three words.
        let mut name = String::with_capacity(self.rest.len() + 4);
        for word in self {
            if !name.is_empty() {
                name.push('_');
            }
            push_lower(&mut name, word);
        }
        name
    }

    /// The words with a capital in front of each.
    pub(super) fn upper_camel_case(self) -> String {
        let mut name = String::with_capacity(self.rest.len());
        for word in self {
            let start = name.len();
            push_lower(&mut name, word);
            match name[start..].chars().next() {
                Some(first) if first.is_ascii() => {
                    name[start..start + 1].make_ascii_uppercase();
                }
                Some(first) => {
                    let capital: String = first.to_uppercase().collect();
                    name.replace_range(start..start + first.len_utf8(), &capital);
                }
                None => {}
            }
        }
        name
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let start = self.rest.find(is_part)?;
        let apart = self.apart || start > 0;
        let rest = &self.rest[start..];
        let mut chars = rest.char_indices();
        let (_, first) = chars.next()?;
        let mut before = first;
        let mut end = rest.len();
        self.apart = true;
        for (at, here) in chars {
            if !is_part(here) {
                end = at;
                break;
            }
            if here.is_uppercase() {
                // A lone letter in front belongs to what it stands before: `eTag`, `iOS`, `ODataError`.
                let lone = apart && at == first.len_utf8() && first.is_alphabetic();
                if !lone && is_boundary(before, &rest[at + here.len_utf8()..]) {
                    end = at;
                    self.apart = false;
                    break;
                }
            }
            before = here;
        }
        self.rest = &rest[end..];
        Some(&rest[..end])
    }
}

fn push_lower(name: &mut String, word: &str) {
    if word.is_ascii() {
        let start = name.len();
        name.push_str(word);
        name[start..].make_ascii_lowercase();
    } else {
        // What a letter becomes can depend on where in the word it stands.
        name.push_str(&word.to_lowercase());
    }
}

/// Whether a word begins at a capital that stands between these.
fn is_boundary(before: char, rest: &str) -> bool {
    if !before.is_uppercase() {
        return true;
    }
    // Within capitals, only the last one can begin a word: that of `Http` in `XMLHttp`.
    let next = rest.chars().next();
    next.is_some_and(char::is_lowercase) && !is_ending(rest)
}

/// What stays with an acronym though it is small: the plural's `s` in `IPs`, and `v4` in `IPv4`.
fn is_ending(rest: &str) -> bool {
    let mut chars = rest.chars();
    let (first, next) = (chars.next(), chars.next());
    match first {
        Some('s') => !next.is_some_and(char::is_lowercase),
        Some('v') => next.is_some_and(|next| next.is_numeric() && is_part(next)),
        _ => false,
    }
}

/// Whether a character can stand inside of a word.
#[inline]
fn is_part(c: char) -> bool {
    match c.is_ascii() {
        true => c.is_ascii_alphanumeric(),
        false => is_part_beyond_ascii(c),
    }
}

/// The tables of Unicode are proc-macro2's to know.
#[cold]
fn is_part_beyond_ascii(c: char) -> bool {
    c.is_alphanumeric() && syn::parse_str::<syn::Ident>(&format!("a{c}")).is_ok()
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn names_fall_apart_where_a_reader_would_part_them() {
        let table = [
            ("clientContext", "client context"),
            ("XMLHttp", "xml http"),
            ("parseXMLDocument", "parse xml document"),
            ("userID", "user id"),
            ("ID", "id"),
            ("externalIPs", "external ips"),
            ("URLs", "urls"),
            ("allowedURLsList", "allowed urls list"),
            ("sourceIPv4Address", "source ipv4 address"),
            ("IPv6Range", "ipv6 range"),
            ("ipv4Address", "ipv4 address"),
            ("sha256", "sha256"),
            ("sha256Hash", "sha256 hash"),
            ("SHA256Hash", "sha256 hash"),
            ("windows10Update", "windows10 update"),
            ("office365Groups", "office365 groups"),
            ("eTag", "etag"),
            ("iOSVersion", "ios version"),
            ("macOSVersion", "mac os version"),
            ("iCalUId", "ical u id"),
            ("eDiscoveryCase", "ediscovery case"),
            ("oDataError", "odata error"),
            ("ODataError", "odata error"),
            ("organizer_v2", "organizer v2"),
            (
                "microsoft.graph.callRecords",
                "microsoft graph call records",
            ),
            ("cloud-communications", "cloud communications"),
            ("@odata.type", "odata type"),
            ("JIS B4", "jis b4"),
            ("1099kStatus", "1099k status"),
            ("größeÄndern", "größe ändern"),
            ("x", "x"),
            ("X", "x"),
            ("", ""),
            ("__", ""),
            ("a²b", "a b"),
        ];
        for (name, expected) in table {
            let words = Words::of(name).snake_case().replace('_', " ");
            assert_eq!(words, expected, "{name}");
        }
    }
}
