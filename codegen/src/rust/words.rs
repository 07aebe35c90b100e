//! Taking names apart.

/// The words of a name, in lower case.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// All of them, one behind the other.
    text: String,
    /// Where each of them ends.
    ends: Vec<usize>,
}

impl Words {
    /// A word ends where a capital follows a small letter or a digit, before the last capital of an acronym, and at
    /// everything that no identifier can hold.
    pub(super) fn of(name: &str) -> Self {
        let mut words = Self {
            text: String::with_capacity(name.len()),
            ends: Vec::with_capacity(8),
        };
        let mut chars: Vec<char> = Vec::with_capacity(name.len());
        for segment in name.split(|c: char| c == '_' || !is_identifier_part(c)) {
            chars.clear();
            chars.extend(segment.chars());
            let mut start = 0;
            for at in 1..chars.len() {
                // A lone letter in front belongs to what it stands before: `eTag`, `iOS`, `ODataError`.
                let lone = at == 1 && chars[0].is_alphabetic();
                if !lone && is_boundary(&chars, at) {
                    words.add(&chars[start..at]);
                    start = at;
                }
            }
            if start < chars.len() {
                words.add(&chars[start..]);
            }
        }
        words
    }

    fn add(&mut self, word: &[char]) {
        if word.iter().all(char::is_ascii) {
            self.text.extend(word.iter().map(char::to_ascii_lowercase));
        } else {
            // What a letter becomes can depend on where in the word it stands.
            self.text
                .push_str(&word.iter().collect::<String>().to_lowercase());
        }
        self.ends.push(self.text.len());
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let word = &self.text[start..*end];
            start = *end;
            word
        })
    }

    /// The words with underscores between them.
    pub(super) fn snake_case(&self) -> String {
        let mut name = String::with_capacity(self.text.len() + self.ends.len());
        for word in self.iter() {
            if !name.is_empty() {
                name.push('_');
            }
            name.push_str(word);
        }
        name
    }

    /// The words with a capital in front of each.
    pub(super) fn upper_camel_case(&self) -> String {
        let mut name = String::with_capacity(self.text.len());
        for word in self.iter() {
            let mut chars = word.chars();
            name.extend(chars.next().into_iter().flat_map(char::to_uppercase));
            name.push_str(chars.as_str());
        }
        name
    }
}

/// Whether a word begins at a position other than the first.
fn is_boundary(chars: &[char], at: usize) -> bool {
    let (before, here) = (chars[at - 1], chars[at]);
    if !here.is_uppercase() {
        return false;
    }
    if !before.is_uppercase() {
        return true;
    }
    // Within capitals, only the last one can begin a word: that of `Http` in `XMLHttp`.
    let rest = &chars[at + 1..];
    rest.first().is_some_and(|next| next.is_lowercase()) && !is_ending(rest)
}

/// What stays with an acronym though it is small: the plural's `s` in `IPs`, and `v4` in `IPv4`.
fn is_ending(rest: &[char]) -> bool {
    match rest {
        ['s'] => true,
        ['s', next, ..] => !next.is_lowercase(),
        ['v', next, ..] => next.is_numeric(),
        _ => false,
    }
}

/// Whether a character can stand inside of an identifier.
fn is_identifier_part(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    // The tables of Unicode are proc-macro2's to know.
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
            let words = Words::of(name);
            assert_eq!(
                words.iter().collect::<Vec<_>>().join(" "),
                expected,
                "{name}"
            );
        }
    }
}
