//! Schemas made of bytes, with few names, so that these collide.

use std::collections::BTreeMap;

use arbitrary::{Result, Unstructured};
use typedown::schema::{
    Base, Definition, EnumType, Evidence, ItemType, Member, Primitive, Property, PropertyTrait,
    PropertyTraits, Schema, Source, StructuralKind, StructuralType, Type, TypeName, TypeRef,
    VersionSchema,
};

/// Names that collide in case and in Rust, and some that do not.
pub const WORDS: [&str; 16] = [
    "id",
    "Id",
    "name",
    "joinUrl",
    "join_url",
    "tone",
    "Tone",
    "type",
    "self",
    "unknownFutureValue",
    "call",
    "Call",
    "chat_message",
    "chatMessage",
    "a",
    "b",
];

const NAMESPACES: [&str; 3] = ["microsoft.graph", "microsoft.graph.audio", "n"];

const TEXTS: [&str; 3] = ["Says it.", "Says more of it. `x` <b>", "状态"];

/// One of the words.
///
/// # Errors
///
/// If there is no input left.
pub fn words(input: &mut Unstructured<'_>) -> Result<String> {
    Ok((*input.choose(&WORDS)?).to_owned())
}

/// Whether something comes true that does so once in a while, and never without input.
///
/// # Errors
///
/// If the input cannot be read.
pub fn one_in(times: u8, input: &mut Unstructured<'_>) -> Result<bool> {
    Ok(input.int_in_range(1..=times)? == times)
}

type Word<'a> = fn(&mut Unstructured<'a>) -> Result<String>;

/// Makes schemas of what a fuzzer gives.
#[derive(Debug)]
pub struct Maker<'u, 'a> {
    input: &'u mut Unstructured<'a>,
    word: Word<'a>,
}

impl<'u, 'a> Maker<'u, 'a> {
    /// A maker of schemas whose names are such words.
    pub fn new(input: &'u mut Unstructured<'a>, word: Word<'a>) -> Self {
        Self { input, word }
    }

    /// A schema.
    ///
    /// # Errors
    ///
    /// If there is not enough input.
    pub fn schema(&mut self) -> Result<Schema> {
        let mut schema = Schema::default();
        for name in ["v1.0", "beta"] {
            if !one_in(4, self.input)? {
                let mut version = VersionSchema::default();
                self.add_types(&mut version, 6)?;
                schema.versions.insert(name.to_owned(), mended(version));
            }
        }
        Ok(schema)
    }

    /// Two schemas, the second of which may be the first, edited.
    ///
    /// # Errors
    ///
    /// If there is not enough input.
    pub fn pair(&mut self) -> Result<(Schema, Schema)> {
        let old = self.schema()?;
        if one_in(4, self.input)? {
            return Ok((old, self.schema()?));
        }
        let mut new = old.clone();
        for version in new.versions.values_mut() {
            for name in version.types.keys().cloned().collect::<Vec<_>>() {
                self.edit(version, &name)?;
            }
            self.add_types(version, 2)?;
            *version = mended(std::mem::take(version));
        }
        Ok((old, new))
    }

    /// Changes a type, or does not.
    fn edit(&mut self, version: &mut VersionSchema, name: &TypeName) -> Result<()> {
        match self.input.int_in_range(0..=7_u8)? {
            0 => drop(version.types.remove(name)),
            1 => drop(version.types.insert(name.clone(), self.ty()?)),
            2 => {
                if let Some(ty) = version.types.remove(name) {
                    version.types.insert(self.type_name()?, ty);
                }
            }
            3 => {
                if let Some(ty) = version.types.get_mut(name) {
                    ty.deprecated ^= true;
                    ty.description = self.text()?;
                }
            }
            4 | 5 => {
                if let Some(ty) = version.types.get_mut(name) {
                    self.edit_definition(&mut ty.definition)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn edit_definition(&mut self, definition: &mut Definition) -> Result<()> {
        match definition {
            Definition::Structural(structural) => {
                structural.open ^= one_in(4, self.input)?;
                structural.is_abstract ^= one_in(4, self.input)?;
                if one_in(4, self.input)? {
                    structural.base = self.base()?;
                }
                for name in structural.properties.keys().cloned().collect::<Vec<_>>() {
                    match self.input.int_in_range(0..=3_u8)? {
                        0 => drop(structural.properties.remove(&name)),
                        1 => {
                            let property = self.property()?;
                            structural.properties.insert(name, property);
                        }
                        2 => {
                            if let Some(property) = structural.properties.remove(&name) {
                                structural
                                    .properties
                                    .insert((self.word)(self.input)?, property);
                            }
                        }
                        _ => {}
                    }
                }
            }
            Definition::Enumeration(enumeration) => {
                enumeration.flags ^= one_in(4, self.input)?;
                if one_in(2, self.input)? {
                    enumeration.members.reverse();
                }
                if one_in(2, self.input)? {
                    enumeration.members.pop();
                }
                self.add_members(enumeration, 2)?;
            }
        }
        Ok(())
    }

    fn add_types(&mut self, version: &mut VersionSchema, most: usize) -> Result<()> {
        for _ in 0..self.input.int_in_range(0..=most)? {
            version.types.insert(self.type_name()?, self.ty()?);
        }
        Ok(())
    }

    fn type_name(&mut self) -> Result<TypeName> {
        let namespace = *self.input.choose(&NAMESPACES)?;
        let short = (self.word)(self.input)?;
        // A short name has no dot, and is not empty.
        let name = TypeName::parse(&format!("{namespace}.{short}"));
        Ok(name.unwrap_or_else(|| TypeName::new(namespace, "state")))
    }

    fn ty(&mut self) -> Result<Type> {
        let area = if one_in(3, self.input)? {
            Some((self.word)(self.input)?)
        } else {
            None
        };
        Ok(Type {
            definition: self.definition()?,
            description: self.text()?,
            deprecated: one_in(8, self.input)?,
            area,
            source: self.source()?,
        })
    }

    fn definition(&mut self) -> Result<Definition> {
        if one_in(4, self.input)? {
            let mut enumeration = EnumType {
                flags: one_in(4, self.input)?,
                members: Vec::new(),
            };
            self.add_members(&mut enumeration, 5)?;
            return Ok(Definition::Enumeration(enumeration));
        }
        let mut properties = BTreeMap::new();
        for _ in 0..self.input.int_in_range(0..=5_u8)? {
            properties.insert((self.word)(self.input)?, self.property()?);
        }
        let key = if one_in(4, self.input)? {
            vec![(self.word)(self.input)?]
        } else {
            Vec::new()
        };
        let is_entity = one_in(2, self.input)?;
        Ok(Definition::Structural(StructuralType {
            kind: if is_entity {
                StructuralKind::Entity
            } else {
                StructuralKind::Complex
            },
            base: self.base()?,
            open: one_in(4, self.input)?,
            is_abstract: one_in(4, self.input)?,
            has_stream: one_in(8, self.input)?,
            key,
            properties,
        }))
    }

    fn base(&mut self) -> Result<Option<Base>> {
        if one_in(2, self.input)? {
            return Ok(None);
        }
        Ok(Some(Base {
            name: self.type_name()?,
            evidence: *self.input.choose(&Evidence::ALL)?,
        }))
    }

    fn add_members(&mut self, enumeration: &mut EnumType, most: usize) -> Result<()> {
        for _ in 0..self.input.int_in_range(0..=most)? {
            let member = Member {
                name: (self.word)(self.input)?,
                value: match self.input.int_in_range(0..=6_i64)? {
                    6 => None,
                    value => Some(value),
                },
                description: self.text()?,
                source: self.source()?,
            };
            let mut others = enumeration.members.iter();
            if others.all(|other| other.name != member.name) {
                enumeration.members.push(member);
            }
        }
        Ok(())
    }

    fn property(&mut self) -> Result<Property> {
        let mut traits = PropertyTraits::default();
        for _ in 0..self.few()? {
            traits.insert(*self.input.choose(&PropertyTrait::ALL)?);
        }
        let mut values = Vec::new();
        for _ in 0..self.few()? {
            values.push((self.word)(self.input)?);
        }
        let item = match self.input.int_in_range(0..=5_u8)? {
            0 => ItemType::Untyped,
            1 | 2 => ItemType::Named(self.type_name()?),
            _ => ItemType::Primitive(*self.input.choose(&Primitive::ALL)?),
        };
        Ok(Property {
            ty: TypeRef {
                item,
                collection: one_in(4, self.input)?,
            },
            navigation: one_in(4, self.input)?,
            description: self.text()?,
            values,
            traits,
            evidence: *self.input.choose(&Evidence::ALL)?,
            source: self.source()?,
        })
    }

    /// A small number, mostly none.
    fn few(&mut self) -> Result<u8> {
        Ok(self.input.int_in_range(0..=5_u8)?.saturating_sub(2))
    }

    fn text(&mut self) -> Result<Option<String>> {
        Ok(match one_in(2, self.input)? {
            true => Some((*self.input.choose(&TEXTS)?).to_owned()),
            false => None,
        })
    }

    fn source(&mut self) -> Result<Source> {
        let page = self.input.int_in_range(0..=2_u8)?;
        Ok(Source {
            page: format!("beta/resources/p{page}.md").into(),
            line: self.input.int_in_range(1..=40_u32)?,
        })
    }
}

/// A version with what every schema promises: types that are named are there, and bases end.
#[must_use]
pub fn mended(mut version: VersionSchema) -> VersionSchema {
    let types = version.types.iter();
    let structural = types.filter(|(_, ty)| ty.structural().is_some());
    let structural: Vec<TypeName> = structural.map(|(name, _)| name.clone()).collect();
    let all: Vec<TypeName> = version.types.keys().cloned().collect();
    for (name, ty) in &mut version.types {
        let Definition::Structural(own) = &mut ty.definition else {
            continue;
        };
        // A base that comes earlier by name leads into no circle.
        own.base = own
            .base
            .take()
            .filter(|base| structural.contains(&base.name) && base.name < *name);
        for property in own.properties.values_mut() {
            if let ItemType::Named(target) = &property.ty.item
                && !all.contains(target)
            {
                property.ty.item = ItemType::Untyped;
            }
        }
    }
    version
}
