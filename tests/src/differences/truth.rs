//! The service's own schema, as far as verdicts need it.

use std::collections::BTreeMap;
use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// A type of the service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TrueType {
    /// `entity`, `complex` or `enum`.
    pub(super) kind: String,
    pub(super) base: Option<String>,
    pub(super) open: bool,
    /// The members of an enumeration, in lower case.
    pub(super) members: Vec<String>,
    /// The names of its own properties.
    pub(super) properties: Vec<String>,
}

/// The types of the service by their qualified names.
#[derive(Clone, Debug, Default)]
pub(super) struct Truth {
    pub(super) types: BTreeMap<String, TrueType>,
    by_lower: BTreeMap<String, String>,
}

impl Truth {
    /// Reads a CSDL document.
    pub(super) fn read(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
        Self::parse(&text).map_err(|error| format!("{} is not CSDL: {error}", path.display()))
    }

    /// Takes types from the text of a CSDL document.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut reader = Reader::from_str(text);
        let (mut namespace, mut aliases) = (String::new(), BTreeMap::new());
        let mut types: BTreeMap<String, TrueType> = BTreeMap::new();
        let mut current = String::new();
        loop {
            match reader.read_event().map_err(|error| error.to_string())? {
                Event::Eof => break,
                Event::Start(element) | Event::Empty(element) => {
                    let attribute = |name: &str| attribute(&element, name);
                    match element.local_name().as_ref() {
                        b"Schema" => {
                            namespace = attribute("Namespace").unwrap_or_default();
                            if let Some(alias) = attribute("Alias") {
                                aliases.insert(alias, namespace.clone());
                            }
                        }
                        kind @ (b"EntityType" | b"ComplexType" | b"EnumType") => {
                            current =
                                format!("{namespace}.{}", attribute("Name").unwrap_or_default());
                            let kind = String::from_utf8_lossy(&kind[..kind.len() - 4]);
                            let found = TrueType {
                                kind: kind.to_lowercase(),
                                base: attribute("BaseType"),
                                open: attribute("OpenType").as_deref() == Some("true"),
                                ..TrueType::default()
                            };
                            types.insert(current.clone(), found);
                        }
                        part @ (b"Member" | b"Property" | b"NavigationProperty") => {
                            if let (Some(ty), Some(name)) =
                                (types.get_mut(&current), attribute("Name"))
                            {
                                if part == b"Member" {
                                    ty.members.push(name.to_lowercase());
                                } else {
                                    ty.properties.push(name);
                                }
                            }
                        }
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        for ty in types.values_mut() {
            if let Some(base) = &mut ty.base
                && let Some((head, short)) = base.rsplit_once('.')
                && let Some(namespace) = aliases.get(head)
            {
                *base = format!("{namespace}.{short}");
            }
        }
        let by_lower = types
            .keys()
            .map(|name| (name.to_lowercase(), name.clone()))
            .collect();
        Ok(Self { types, by_lower })
    }

    /// A type, whatever its case, under the service's spelling.
    pub(super) fn get(&self, name: &str) -> Option<(&str, &TrueType)> {
        let name = match self.types.get_key_value(name) {
            Some((name, _)) => name,
            None => self.by_lower.get(&name.to_lowercase())?,
        };
        Some((name, &self.types[name]))
    }

    /// The name of a type's own or inherited property, in the service's spelling.
    pub(super) fn property(&self, name: &str, property: &str) -> Option<&str> {
        let name = self.get(name)?.0;
        std::iter::once(name)
            .chain(self.bases(name))
            .flat_map(|owner| &self.types[owner].properties)
            .find(|known| known.eq_ignore_ascii_case(property))
            .map(String::as_str)
    }

    /// The bases of a type, the nearest first.
    pub(super) fn bases(&self, name: &str) -> Vec<&str> {
        let mut bases: Vec<&str> = Vec::new();
        let mut next = self.get(name).and_then(|(_, ty)| ty.base.as_deref());
        while let Some((base, ty)) = next.and_then(|base| self.get(base)) {
            if bases.contains(&base) {
                break;
            }
            bases.push(base);
            next = ty.base.as_deref();
        }
        bases
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.try_get_attribute(name).ok()??;
    Some(String::from_utf8_lossy(&found.value).into_owned())
}
