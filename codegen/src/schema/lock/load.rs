//! From text to schema, with the place of whatever is wrong.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::{
    Base, Definition, EnumType, Evidence, ItemType, Member, Property, PropertyTrait, Schema,
    Source, StructuralKind, StructuralType, Type, TypeName, TypeRef, VersionSchema,
};
use super::FORMAT;
use crate::Error;
use crate::page::json::{Json, JsonMember, JsonValue};
use crate::source::Place;

pub(super) fn load(text: &str) -> Result<Schema, Error> {
    let start = Place::new("", 1, 1);
    let json = Json::parse(text, &start).map_err(|error| {
        wrong(
            &error.place,
            format!("expected JSON, found {}", error.message),
        )
    })?;
    let mut object = Object::of(&json, "a lock file")?;
    let format = object
        .take("format")
        .ok_or_else(|| wrong(&json.place, "expected a member `format`, found none"))?;
    match number(format)? {
        FORMAT => {}
        newer if newer > FORMAT => {
            return Err(Error::LockIsNewer {
                found: newer,
                known: FORMAT,
            });
        }
        other => {
            return Err(wrong(
                &format.place,
                format!("expected format {FORMAT}, found {other}"),
            ));
        }
    }
    let versions = object
        .take("versions")
        .ok_or_else(|| wrong(&json.place, "expected a member `versions`, found none"))?;
    object.finish()?;
    let mut schema = Schema::default();
    // A page's path is stored once, however many types and properties stand on it.
    let mut pages = Pages::default();
    for version in members(versions, "versions")? {
        let mut types = BTreeMap::new();
        for member in members(&version.value, "types")? {
            let name = TypeName::parse(&member.name).ok_or_else(|| {
                wrong(
                    &member.place,
                    format!("expected a qualified name, found `{}`", member.name),
                )
            })?;
            types.insert(name, load_type(&member.value, &mut pages)?);
        }
        let types = VersionSchema { types };
        check_references(&types, versions)?;
        schema.versions.insert(version.name.clone(), types);
    }
    Ok(schema)
}

#[derive(Default)]
struct Pages(BTreeMap<String, Arc<str>>);

impl Pages {
    fn get(&mut self, path: &str) -> Arc<str> {
        if let Some(known) = self.0.get(path) {
            return Arc::clone(known);
        }
        let path: Arc<str> = path.into();
        self.0.insert(path.to_string(), Arc::clone(&path));
        path
    }
}

fn load_type(json: &Json, pages: &mut Pages) -> Result<Type, Error> {
    let mut object = Object::of(json, "a type")?;
    let kind = object.need("kind")?;
    let source = Source {
        page: pages.get(string(object.need("page")?)?),
        line: line(object.need("line")?)?,
    };
    let definition = match string(kind)? {
        "enum" => Definition::Enumeration(EnumType {
            flags: object.flag("flags")?,
            members: array(object.need("members")?, "members")?
                .iter()
                .map(load_member)
                .collect::<Result<_, _>>()?,
        }),
        structural => {
            let kind = match structural {
                "entity" => StructuralKind::Entity,
                "complex" => StructuralKind::Complex,
                other => {
                    return Err(wrong(
                        &kind.place,
                        format!("expected `entity`, `complex` or `enum`, found `{other}`"),
                    ));
                }
            };
            let base = match object.take("base") {
                Some(name) => Some(Base {
                    name: type_name(name)?,
                    evidence: evidence(object.need("baseEvidence")?)?,
                }),
                None => None,
            };
            let mut properties = BTreeMap::new();
            for member in members(object.need("properties")?, "properties")? {
                properties.insert(
                    member.name.clone(),
                    load_property(&member.value, &source, pages)?,
                );
            }
            Definition::Structural(StructuralType {
                kind,
                base,
                open: object.flag("open")?,
                is_abstract: object.flag("abstract")?,
                key: object.strings("key")?,
                properties,
            })
        }
    };
    let ty = Type {
        definition,
        description: object.text("description")?,
        deprecated: object.flag("deprecated")?,
        area: object.text("area")?,
        source,
    };
    object.finish()?;
    Ok(ty)
}

fn load_member(json: &Json) -> Result<Member, Error> {
    let mut object = Object::of(json, "a member")?;
    let value = match object.take("value") {
        Some(json) => Some(integer(json)?),
        None => None,
    };
    let member = Member {
        name: string(object.need("name")?)?.to_owned(),
        value,
        description: object.text("description")?,
    };
    object.finish()?;
    Ok(member)
}

fn load_property(json: &Json, of: &Source, pages: &mut Pages) -> Result<Property, Error> {
    let mut object = Object::of(json, "a property")?;
    let mut traits = std::collections::BTreeSet::new();
    for what in PropertyTrait::ALL {
        if object.flag(what.name())? {
            traits.insert(what);
        }
    }
    let page = match object.take("page") {
        Some(page) => pages.get(string(page)?),
        None => Arc::clone(&of.page),
    };
    let property = Property {
        ty: type_ref(object.need("type")?)?,
        navigation: object.flag("navigation")?,
        description: object.text("description")?,
        values: object.strings("values")?,
        traits,
        evidence: evidence(object.need("evidence")?)?,
        source: Source {
            page,
            line: line(object.need("line")?)?,
        },
    };
    object.finish()?;
    Ok(property)
}

/// Every type that is named must be there: the rest of Typedown relies on it.
fn check_references(schema: &VersionSchema, versions: &Json) -> Result<(), Error> {
    let missing = |name: &TypeName, by: &TypeName| {
        wrong(
            &versions.place,
            format!("`{by}` refers to `{name}`, which the file does not describe"),
        )
    };
    for (name, ty) in &schema.types {
        let Some(structural) = ty.structural() else {
            continue;
        };
        if let Some(base) = &structural.base {
            let found = schema
                .types
                .get(&base.name)
                .ok_or_else(|| missing(&base.name, name))?;
            if found.structural().is_none() {
                return Err(wrong(
                    &versions.place,
                    format!(
                        "`{name}` derives from `{}`, which is an enumeration",
                        base.name
                    ),
                ));
            }
            if schema
                .lineage(name)
                .last()
                .is_some_and(|(_, last)| last.structural().is_some_and(|last| last.base.is_some()))
            {
                return Err(wrong(
                    &versions.place,
                    format!("following the base types of `{name}` leads into a circle"),
                ));
            }
        }
        for property in structural.properties.values() {
            if let ItemType::Named(target) = &property.ty.item
                && !schema.types.contains_key(target)
            {
                return Err(missing(target, name));
            }
        }
    }
    Ok(())
}

fn type_ref(json: &Json) -> Result<TypeRef, Error> {
    let text = string(json)?;
    TypeRef::parse(text).ok_or_else(|| {
        wrong(
            &json.place,
            format!("expected a qualified type, found `{text}`"),
        )
    })
}

fn type_name(json: &Json) -> Result<TypeName, Error> {
    let text = string(json)?;
    TypeName::parse(text).ok_or_else(|| not_a_name(json, text))
}

fn not_a_name(json: &Json, text: &str) -> Error {
    wrong(
        &json.place,
        format!("expected a qualified name, found `{text}`"),
    )
}

fn evidence(json: &Json) -> Result<Evidence, Error> {
    let text = string(json)?;
    Evidence::ALL
        .into_iter()
        .find(|evidence| evidence.name() == text)
        .ok_or_else(|| {
            let names: Vec<&str> = Evidence::ALL
                .iter()
                .map(|evidence| evidence.name())
                .collect();
            wrong(
                &json.place,
                format!("expected one of {}, found `{text}`", names.join(", ")),
            )
        })
}

/// The members of an object, each to be taken once; what is left over is an error, so that a slip of the pen shows.
struct Object<'a> {
    place: &'a Place,
    what: &'static str,
    members: Vec<&'a JsonMember>,
}

impl<'a> Object<'a> {
    fn of(json: &'a Json, what: &'static str) -> Result<Self, Error> {
        Ok(Self {
            place: &json.place,
            what,
            members: members(json, what)?.iter().collect(),
        })
    }

    fn take(&mut self, name: &str) -> Option<&'a Json> {
        let index = self.members.iter().position(|member| member.name == name)?;
        Some(&self.members.swap_remove(index).value)
    }

    fn need(&mut self, name: &str) -> Result<&'a Json, Error> {
        self.take(name).ok_or_else(|| {
            wrong(
                self.place,
                format!("expected a member `{name}` of {}, found none", self.what),
            )
        })
    }

    fn flag(&mut self, name: &str) -> Result<bool, Error> {
        match self.take(name) {
            None => Ok(false),
            Some(json) => match json.value {
                JsonValue::Bool(value) => Ok(value),
                _ => Err(wrong(
                    &json.place,
                    format!("expected true or false for `{name}`"),
                )),
            },
        }
    }

    fn text(&mut self, name: &str) -> Result<Option<String>, Error> {
        self.take(name)
            .map(|json| string(json).map(str::to_owned))
            .transpose()
    }

    fn strings(&mut self, name: &'static str) -> Result<Vec<String>, Error> {
        match self.take(name) {
            None => Ok(Vec::new()),
            Some(json) => array(json, name)?
                .iter()
                .map(|item| string(item).map(str::to_owned))
                .collect(),
        }
    }

    fn finish(self) -> Result<(), Error> {
        match self.members.first() {
            None => Ok(()),
            Some(member) => Err(wrong(
                &member.place,
                format!("{} has no member `{}`", self.what, member.name),
            )),
        }
    }
}

fn members<'a>(json: &'a Json, what: &str) -> Result<&'a [JsonMember], Error> {
    match &json.value {
        JsonValue::Object(members) => Ok(members),
        _ => Err(wrong(&json.place, format!("expected an object for {what}"))),
    }
}

fn array<'a>(json: &'a Json, what: &str) -> Result<&'a [Json], Error> {
    match &json.value {
        JsonValue::Array(items) => Ok(items),
        _ => Err(wrong(&json.place, format!("expected an array for {what}"))),
    }
}

fn string(json: &Json) -> Result<&str, Error> {
    json.as_str()
        .ok_or_else(|| wrong(&json.place, "expected a string"))
}

fn number(json: &Json) -> Result<u64, Error> {
    match &json.value {
        JsonValue::Number(text) => text
            .parse()
            .map_err(|_| wrong(&json.place, format!("expected a count, found {text}"))),
        _ => Err(wrong(&json.place, "expected a number")),
    }
}

fn line(json: &Json) -> Result<u32, Error> {
    u32::try_from(number(json)?).map_err(|_| wrong(&json.place, "expected a line number"))
}

fn integer(json: &Json) -> Result<i64, Error> {
    match &json.value {
        JsonValue::Number(text) => text
            .parse()
            .map_err(|_| wrong(&json.place, format!("expected an integer, found {text}"))),
        _ => Err(wrong(&json.place, "expected a number")),
    }
}

fn wrong(place: &Place, message: impl Into<String>) -> Error {
    Error::Lock {
        line: place.line,
        column: place.column,
        message: message.into(),
    }
}
