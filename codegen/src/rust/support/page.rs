//! Replies that hold a collection.

use super::extra::{Entry, Extra};
use super::settings::KEEPS_MISFITS;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;
use std::fmt;
use std::marker::PhantomData;

const CONTEXT: &str = "@odata.context";
const COUNT: &str = "@odata.count";
const NEXT_LINK: &str = "@odata.nextLink";
const DELTA_LINK: &str = "@odata.deltaLink";
const VALUE: &str = "value";

/// A page of a collection, as Graph replies to requests that list or that ask for changes (delta).
///
/// With values that do not fit kept, a collection with an element that is no object is kept whole, as `value` in
/// [`extra`](Self::extra).
///
/// While there is a [`next_link`](Self::next_link), there are more pages, even if this one is empty. The last page of a
/// delta query has a [`delta_link`](Self::delta_link), from which a later query goes on; objects that are gone by then
/// have a member `@removed` (see [`Structured::removed`](super::Structured::removed)).
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    /// What is on the page.
    pub value: Vec<T>,
    /// `@odata.nextLink`: the whole URL of the next page.
    pub next_link: Option<String>,
    /// `@odata.deltaLink`: the whole URL that tells of later changes.
    pub delta_link: Option<String>,
    /// `@odata.count`: how many objects there are on all pages, if the request asked for it.
    pub count: Option<i64>,
    /// `@odata.context`: the URL that describes the reply.
    pub context: Option<String>,
    /// Other members.
    pub extra: Extra,
}

impl<T> Default for Page<T> {
    fn default() -> Self {
        Self {
            value: Vec::new(),
            next_link: None,
            delta_link: None,
            count: None,
            context: None,
            extra: Extra::EMPTY,
        }
    }
}

impl<T> IntoIterator for Page<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.value.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Page<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.value.iter()
    }
}

impl<T: Serialize> Serialize for Page<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let texts = [
            (CONTEXT, &self.context),
            (NEXT_LINK, &self.next_link),
            (DELTA_LINK, &self.delta_link),
        ];
        for (name, text) in texts {
            if let Some(text) = text {
                map.serialize_entry(name, text)?;
            }
        }
        if let Some(count) = self.count {
            match self.extra.form(COUNT) {
                // It came as a string, and as one it goes.
                Some(form) if form.as_str().and_then(|form| form.parse().ok()) == Some(count) => {
                    map.serialize_entry(COUNT, form)?;
                }
                _ => map.serialize_entry(COUNT, &count)?,
            }
        }
        // What did not fit was kept whole.
        let is_kept = self.value.is_empty() && self.extra.get(VALUE).is_some();
        if !is_kept {
            map.serialize_entry(VALUE, &self.value)?;
        }
        for (name, value) in self.extra.iter() {
            let is_set = match name {
                COUNT => self.count.is_some(),
                VALUE => !is_kept,
                CONTEXT => self.context.is_some(),
                NEXT_LINK => self.next_link.is_some(),
                DELTA_LINK => self.delta_link.is_some(),
                _ => false,
            };
            if !is_set {
                map.serialize_entry(name, value)?;
            }
        }
        map.end()
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Page<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Members(PhantomData))
    }
}

struct Members<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Members<T> {
    type Value = Page<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a page of a collection: an object with an array `value`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Page<T>, A::Error> {
        let mut page = Page::default();
        let mut has_value = false;
        while let Some(name) = map.next_key::<String>()? {
            if name == VALUE {
                has_value = true;
                match map.next_value_seed(Elements(PhantomData))? {
                    Ok(value) => page.value = value,
                    Err(whole) => {
                        page.extra.insert(VALUE, whole);
                    }
                }
                continue;
            }
            let value = map.next_value::<Value>()?;
            let text = |value: &Value| value.as_str().map(str::to_owned);
            let taken = match name.as_str() {
                CONTEXT => take(&mut page.context, text(&value)),
                NEXT_LINK => take(&mut page.next_link, text(&value)),
                DELTA_LINK => take(&mut page.delta_link, text(&value)),
                COUNT => {
                    let digits = value.as_str().and_then(|digits| digits.parse().ok());
                    page.count = value.as_i64().or(digits);
                    if digits.is_some() {
                        page.extra.put(COUNT.into(), Entry::Form(value));
                        continue;
                    }
                    page.count.is_some()
                }
                _ => false,
            };
            if !taken {
                page.extra.insert(name, value);
            }
        }
        if has_value {
            Ok(page)
        } else {
            Err(A::Error::missing_field(VALUE))
        }
    }
}

fn take<T>(field: &mut Option<T>, value: Option<T>) -> bool {
    *field = value;
    field.is_some()
}

struct Elements<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Elements<T> {
    /// What is on the page, or the whole as it came, if something does not fit and that is kept.
    type Value = Result<Vec<T>, Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        if !KEEPS_MISFITS {
            return deserializer.deserialize_seq(self).map(Ok);
        }
        let whole = Value::deserialize(deserializer)?;
        Ok(whole.clone().deserialize_seq(self).map_err(|_| whole))
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Elements<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<T>, A::Error> {
        let mut elements = Vec::new();
        loop {
            match seq.next_element() {
                Ok(Some(element)) => elements.push(element),
                Ok(None) => return Ok(elements),
                Err(error) => return Err(within(error, elements.len())),
            }
        }
    }
}

/// The error of an element, which tells where in that something is wrong, as one of the page.
fn within<E: Error>(error: E, index: usize) -> E {
    const WHERE: &str = "(at $";
    let text = error.to_string();
    match text.rsplit_once(WHERE) {
        Some((before, after)) => E::custom(format_args!("{before}{WHERE}.value[{index}]{after}")),
        None => E::custom(format_args!("$.value[{index}]: {text}")),
    }
}
