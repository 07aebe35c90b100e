//! Whether a CSDL document keeps OData's rules.
//!
//! No maintained validator of CSDL or of XML schemas can be had for Rust, and an XML schema does not see most of these
//! rules. The sections are those of OData CSDL XML 4.01; where 4.0 is stricter, its rule is taken.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use regex::Regex;

/// An element with what is in it.
#[derive(Default)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    children: Vec<Element>,
}

impl Element {
    fn of(start: &BytesStart<'_>) -> Result<Self, String> {
        let mut attributes = BTreeMap::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| error.to_string())?;
            let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
            let value = value.map_err(|error| error.to_string())?.into_owned();
            let key = String::from_utf8_lossy(attribute.key.as_ref()).into_owned();
            attributes.insert(key, value);
        }
        Ok(Self {
            name: String::from_utf8_lossy(start.name().as_ref()).into_owned(),
            attributes,
            children: Vec::new(),
        })
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    fn all<'a>(&'a self, names: &'a [&str]) -> impl Iterator<Item = &'a Element> {
        let named = |child: &&Element| names.contains(&child.name.as_str());
        self.children.iter().filter(named)
    }
}

fn parse(text: &str) -> Result<Element, String> {
    let mut reader = Reader::from_str(text);
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(start) => open.push(Element::of(&start)?),
            Event::Empty(start) => {
                let element = Element::of(&start)?;
                open.last_mut()
                    .ok_or("nothing is open")?
                    .children
                    .push(element);
            }
            Event::End(_) => {
                let element = open.pop().ok_or("nothing is open")?;
                open.last_mut()
                    .ok_or("nothing is open")?
                    .children
                    .push(element);
            }
            Event::Eof if open.len() == 1 => return open.pop().ok_or("nothing is open".into()),
            Event::Eof => return Err("an element is not closed".into()),
            _ => {}
        }
    }
}

/// What each element may hold: attributes (`!` marks those that it must have), then elements.
const SHAPES: &[(&str, &[&str], &[&str])] = &[
    ("", &[], &["edmx:Edmx"]),
    (
        "edmx:Edmx",
        &["Version!", "xmlns:edmx!"],
        &["edmx:Reference", "edmx:DataServices"],
    ),
    ("edmx:Reference", &["Uri!"], &["edmx:Include"]),
    ("edmx:Include", &["Namespace!"], &[]),
    ("edmx:DataServices", &[], &["Schema"]),
    (
        "Schema",
        &["Namespace!", "xmlns!"],
        &["EntityType", "ComplexType", "EnumType", "TypeDefinition"],
    ),
    (
        "EntityType",
        &["Name!", "BaseType", "Abstract", "HasStream", "OpenType"],
        &["Key", "Property", "NavigationProperty", "Annotation"],
    ),
    (
        "ComplexType",
        &["Name!", "BaseType", "Abstract", "OpenType"],
        &["Property", "NavigationProperty", "Annotation"],
    ),
    ("EnumType", &["Name!", "IsFlags"], &["Member", "Annotation"]),
    (
        "TypeDefinition",
        &["Name!", "UnderlyingType!"],
        &["Annotation"],
    ),
    ("Key", &[], &["PropertyRef"]),
    ("PropertyRef", &["Name!"], &[]),
    ("Property", &["Name!", "Type!", "Nullable"], &["Annotation"]),
    (
        "NavigationProperty",
        &["Name!", "Type!", "Nullable"],
        &["Annotation"],
    ),
    ("Member", &["Name!", "Value"], &["Annotation"]),
    (
        "Annotation",
        &["Term!", "String", "EnumMember"],
        &["Collection"],
    ),
    ("Collection", &[], &["Record"]),
    ("Record", &[], &["PropertyValue"]),
    ("PropertyValue", &["Property!", "String!"], &[]),
];

/// Every breach of a rule in a document; empty if it keeps them all.
#[must_use]
pub fn breaches(document: &str) -> Vec<String> {
    let root = match parse(document) {
        Ok(root) => root,
        Err(error) => return vec![format!("it is not XML: {error}")],
    };
    let mut checker = Checker {
        types: BTreeMap::new(),
        vocabularies: BTreeSet::new(),
        found: Vec::new(),
    };
    checker.shape(&root);
    let schemas = root.children.iter().flat_map(|edmx| &edmx.children);
    for child in schemas {
        checker.collect(child);
    }
    let names: Vec<&str> = checker.types.keys().map(String::as_str).collect();
    let mut found = Vec::new();
    for name in names {
        checker.check(name, &mut found);
    }
    checker.found.append(&mut found);
    checker.found
}

struct Checker<'a> {
    types: BTreeMap<String, &'a Element>,
    vocabularies: BTreeSet<&'a str>,
    found: Vec<String>,
}

impl<'a> Checker<'a> {
    fn shape(&mut self, element: &Element) {
        let name = element.name.as_str();
        let Some((_, attributes, children)) = SHAPES.iter().find(|(known, ..)| *known == name)
        else {
            self.found.push(format!("there is no element `{name}`"));
            return;
        };
        for (attribute, value) in &element.attributes {
            if !attributes
                .iter()
                .any(|known| known.trim_end_matches('!') == attribute)
            {
                self.found
                    .push(format!("`{name}` has an attribute `{attribute}`"));
            }
            let boolean = matches!(
                attribute.as_str(),
                "Abstract" | "HasStream" | "OpenType" | "IsFlags" | "Nullable"
            );
            if boolean && !matches!(value.as_str(), "true" | "false") {
                self.found.push(format!("`{attribute}` is `{value}`"));
            }
        }
        for needed in attributes
            .iter()
            .filter_map(|known| known.strip_suffix('!'))
        {
            if element.get(needed).is_none_or(str::is_empty) {
                self.found.push(format!("`{name}` has no `{needed}`"));
            }
        }
        for child in &element.children {
            if !children.contains(&child.name.as_str()) {
                self.found.push(format!("`{name}` holds `{}`", child.name));
            }
            self.shape(child);
        }
    }

    /// Takes the types of a `Schema`, or the namespaces of a `Reference`, out of the document.
    fn collect(&mut self, child: &'a Element) {
        let included = child
            .all(&["edmx:Include"])
            .filter_map(|include| include.get("Namespace"));
        self.vocabularies.extend(included);
        let mut namespaces = BTreeSet::new();
        for schema in child.all(&["Schema"]) {
            let namespace = schema.get("Namespace").unwrap_or_default();
            if !namespaces.insert(namespace) {
                self.found
                    .push(format!("the namespace `{namespace}` has two schemas"));
            }
            if !namespace.split('.').all(is_identifier) {
                self.found.push(format!("`{namespace}` is no namespace"));
            }
            for ty in &schema.children {
                let name = ty.get("Name").unwrap_or_default();
                if !is_identifier(name) {
                    self.found.push(format!("`{name}` is no simple identifier"));
                }
                let name = format!("{namespace}.{name}");
                if self.types.insert(name.clone(), ty).is_some() {
                    self.found.push(format!("there are two types `{name}`"));
                }
            }
        }
    }

    /// A type and its bases, the type itself first.
    fn lineage(&self, name: &str) -> Vec<&'a Element> {
        let mut lineage = Vec::new();
        let mut next = self.types.get(name).copied();
        while let Some(ty) = next.filter(|_| lineage.len() <= self.types.len()) {
            lineage.push(ty);
            next = ty
                .get("BaseType")
                .and_then(|base| self.types.get(base))
                .copied();
        }
        lineage
    }

    fn check(&self, name: &str, found: &mut Vec<String>) {
        let mut breach = |rule: &str| found.push(format!("{name}: {rule}"));
        let lineage = self.lineage(name);
        if lineage.len() > self.types.len() {
            return breach("its base types form a cycle (6.1)");
        }
        let Some((ty, bases)) = lineage.split_first() else {
            return;
        };
        let kind = ty.name.as_str();
        if let Some(base) = ty.get("BaseType")
            && bases.first().is_none_or(|base| base.name != kind)
        {
            breach(&format!("its base `{base}` is no {kind} (6.1, 9.1)"));
        }
        let mut names = BTreeSet::new();
        let declared = bases.iter().rev().chain([ty]).flat_map(|ty| {
            let own = ty.all(&["Property", "NavigationProperty", "Member"]);
            own.filter_map(|part| part.get("Name"))
        });
        for part in declared {
            if !names.insert(part) {
                breach(&format!("`{part}` is there twice (7, 10.3)"));
            }
            if !is_identifier(part) {
                breach(&format!("`{part}` is no simple identifier (17.2)"));
            }
        }
        for part in &ty.children {
            self.part(part, &mut breach);
        }
        if kind == "EntityType" {
            self.entity(&lineage, &mut breach);
        }
        if kind == "EnumType" {
            let members: Vec<&Element> = ty.all(&["Member"]).collect();
            let valued = members
                .iter()
                .filter(|member| member.get("Value").is_some())
                .count();
            if members.is_empty() || (valued != 0 && valued != members.len()) {
                breach("all of its members have values, or none has (10.3)");
            }
            if ty.get("IsFlags") == Some("true") && valued == 0 {
                breach("the members of flags have values (10.2)");
            }
        }
        self.annotations(ty, &mut breach);
    }

    /// A property: values are of primitive, complex and enumeration types, relations lead to entities.
    fn part(&self, part: &Element, breach: &mut impl FnMut(&str)) {
        let (name, ty) = (
            part.get("Name").unwrap_or_default(),
            part.get("Type").unwrap_or_default(),
        );
        let item = ty
            .strip_prefix("Collection(")
            .and_then(|ty| ty.strip_suffix(')'));
        let collection = item.is_some();
        let item = item.unwrap_or(ty);
        let kind = self.types.get(item).map(|ty| ty.name.as_str());
        let fits = match part.name.as_str() {
            "NavigationProperty" => kind == Some("EntityType") || item == "Edm.EntityType",
            "Property" if item.starts_with("Edm.") => {
                typedown::schema::TypeRef::parse(item).is_some()
                    && !(collection && item == "Edm.Stream")
            }
            "Property" => kind.is_some_and(|kind| kind != "EntityType"),
            _ => return,
        };
        if !fits {
            breach(&format!(
                "`{name}` cannot be a {} of type `{ty}` (7.1, 8.1)",
                part.name
            ));
        }
        if part.name == "NavigationProperty" && collection && part.get("Nullable").is_some() {
            breach(&format!(
                "`{name}` is a collection, which is never null (8.2)"
            ));
        }
        self.annotations(part, breach);
    }

    /// An entity type has one key, its own or of a base, unless it is abstract; and no base that is not.
    fn entity(&self, lineage: &[&Element], breach: &mut impl FnMut(&str)) {
        let is_abstract = |ty: &Element| ty.get("Abstract") == Some("true");
        let keys: Vec<&Element> = lineage.iter().flat_map(|ty| ty.all(&["Key"])).collect();
        if keys.len() > 1 || (keys.is_empty() && !is_abstract(lineage[0])) {
            breach(&format!("it has {} keys (6.2, 6.5)", keys.len()));
        }
        if is_abstract(lineage[0]) && !lineage.iter().all(|ty| is_abstract(ty)) {
            breach("it is abstract, and a base is not (6.2)");
        }
        for key in lineage[0].all(&["Key"]).flat_map(|key| &key.children) {
            let usable = lineage[0].all(&["Property"]).any(|property| {
                property.get("Name") == key.get("Name")
                    && property.get("Nullable") == Some("false")
                    && property
                        .get("Type")
                        .is_some_and(|ty| ty.starts_with("Edm."))
            });
            if !usable {
                breach(&format!(
                    "`{}` cannot be its key (6.5)",
                    key.get("Name").unwrap_or_default()
                ));
            }
        }
    }

    /// Annotations: each term once, of a vocabulary that the document includes, with a value.
    fn annotations(&self, of: &Element, breach: &mut impl FnMut(&str)) {
        let mut terms = BTreeSet::new();
        for annotation in of.all(&["Annotation"]) {
            let term = annotation.get("Term").unwrap_or_default();
            let namespace = term.rsplit_once('.').map_or("", |(namespace, _)| namespace);
            if !self.vocabularies.contains(namespace) || !terms.insert(term) {
                breach(&format!(
                    "the term `{term}` is not included, or there twice (14.3)"
                ));
            }
            let values = annotation
                .all(&["Collection"])
                .flat_map(|collection| &collection.children);
            let listed: Vec<&Element> = values.flat_map(|record| &record.children).collect();
            let valued = listed
                .iter()
                .all(|value| value.get("Property") == Some("Value"));
            let constant = annotation
                .get("String")
                .or(annotation.get("EnumMember"))
                .is_some();
            if constant == (valued && !listed.is_empty()) {
                breach(&format!(
                    "the value of `{term}` is no constant and no list (14.3)"
                ));
            }
        }
    }
}

/// Whether a name is a simple identifier (17.2).
fn is_identifier(name: &str) -> bool {
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}\p{Cf}]{0,127}$")
            .expect("the pattern of the standard is one")
    });
    FORM.is_match(name)
}
