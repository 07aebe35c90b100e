//! How a type differs from its twin, the type of the same name in another version.

use std::collections::BTreeMap;
use std::fmt;

use super::{Definition, EnumType, Property, Schema, Type, TypeName, VersionSchema};

/// How many names are listed; of more, their number is told.
const MANY: usize = 12;

/// Two types of the same name, compared: what values of them look like, not what is said of it in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Twin<'a> {
    /// The two versions.
    pub versions: [&'a str; 2],
    /// The properties, own and inherited, or members that only one of them has.
    pub only: [Vec<&'a str>; 2],
    /// What both have, each in its way.
    pub differs: Vec<Difference<'a>>,
}

/// Something that both types have, but not in the same way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference<'a> {
    /// What differs.
    pub aspect: Aspect<'a>,
    /// How it is in each of the two; empty where one lacks what the other states.
    pub ways: [String; 2],
}

/// What two types can differ in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aspect<'a> {
    /// The kind, and whether the type is open or abstract.
    Kind,
    /// The base type.
    Base,
    /// The type of a property.
    Type(&'a str),
    /// Whether a property is a navigation property, and its type.
    Navigation(&'a str),
    /// The values that a String can have.
    Values(&'a str),
    /// The number of a member.
    Number(&'a str),
}

impl Schema {
    /// Compares a type in two versions; `None` if one of them has none of this name.
    ///
    /// ```
    /// use typedown::Generator;
    /// use typedown::source::MemoryFiles;
    ///
    /// let page = |version: &str, rows: &str| {
    ///     let path = format!("api-reference/{version}/resources/tone.md");
    ///     (path, format!("# tone resource type\n\n## Properties\n\n|Property|Type|\n|-|-|\n{rows}"))
    /// };
    /// let files = MemoryFiles::new([
    ///     page("beta", "|pitch|Int64|\n|length|Duration|\n"),
    ///     page("v1.0", "|pitch|Int32|\n"),
    /// ]);
    /// let schema = Generator::new().read(&files)?.schema;
    /// let name = schema.versions["beta"].types.keys().next().unwrap();
    /// let twin = schema.twin(name, ["beta", "v1.0"]).unwrap();
    /// assert_eq!(
    ///     twin.to_string(),
    ///     "beta only: length\ndiffers: pitch (Edm.Int64 in beta, Edm.Int32 in v1.0)\n"
    /// );
    /// # Ok::<(), typedown::Error>(())
    /// ```
    #[must_use]
    pub fn twin<'a>(&'a self, name: &'a TypeName, versions: [&str; 2]) -> Option<Twin<'a>> {
        let [first, second] = versions.map(|version| self.versions.get_key_value(version));
        let (first, second) = (first?, second?);
        let (one, two) = (first.1.types.get(name)?, second.1.types.get(name)?);
        let mut twin = Twin {
            versions: [first.0, second.0],
            only: [Vec::new(), Vec::new()],
            differs: Vec::new(),
        };
        twin.differ(
            Aspect::Kind,
            [kind(first.1, name, one), kind(second.1, name, two)],
        );
        match (&one.definition, &two.definition) {
            (Definition::Structural(_), Definition::Structural(_)) => {
                twin.differ(Aspect::Base, [one, two].map(base));
                let properties = [first.1, second.1].map(|version| {
                    let properties = version.effective_properties(name).into_iter();
                    properties.map(|(name, (_, property))| (name, property))
                });
                let [one, two] = properties.map(Iterator::collect);
                twin.properties(&one, &two);
            }
            (Definition::Enumeration(one), Definition::Enumeration(two)) => twin.members(one, two),
            // Types of different kinds have nothing that could be compared.
            (Definition::Structural(_), Definition::Enumeration(_))
            | (Definition::Enumeration(_), Definition::Structural(_)) => {}
        }
        Some(twin)
    }
}

fn kind(version: &VersionSchema, name: &TypeName, ty: &Type) -> String {
    let open = if version.is_open(name) { "open " } else { "" };
    match &ty.definition {
        Definition::Structural(structural) => {
            let is_abstract = if structural.is_abstract {
                "abstract "
            } else {
                ""
            };
            format!("{open}{is_abstract}{}", ty.kind_name())
        }
        Definition::Enumeration(enumeration) => {
            let flags = if enumeration.flags { " of flags" } else { "" };
            format!("{}{flags}", ty.kind_name())
        }
    }
}

fn base(ty: &Type) -> String {
    let base = ty
        .structural()
        .and_then(|structural| structural.base.as_ref());
    base.map_or_else(String::new, |base| base.name.to_string())
}

impl<'a> Twin<'a> {
    /// Whether values of both look the same.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.differs.is_empty() && self.only.iter().all(Vec::is_empty)
    }

    fn differ(&mut self, aspect: Aspect<'a>, ways: [String; 2]) {
        if ways[0] != ways[1] {
            self.differs.push(Difference { aspect, ways });
        }
    }

    fn properties(
        &mut self,
        one: &BTreeMap<&'a str, &'a Property>,
        two: &BTreeMap<&'a str, &'a Property>,
    ) {
        self.only = [lacking(one, two), lacking(two, one)];
        for (name, property) in one {
            let Some(other) = two.get(name) else {
                continue;
            };
            let both = [property, other];
            if property.navigation != other.navigation {
                self.differ(
                    Aspect::Navigation(name),
                    both.map(|property| match property.navigation {
                        true => format!("navigation to {}", property.ty),
                        false => property.ty.to_string(),
                    }),
                );
            } else if property.ty != other.ty {
                self.differ(
                    Aspect::Type(name),
                    both.map(|property| property.ty.to_string()),
                );
            } else {
                // The order in which values are listed is of no importance.
                self.differ(
                    Aspect::Values(name),
                    both.map(|property| {
                        let mut values: Vec<&str> =
                            property.values.iter().map(String::as_str).collect();
                        values.sort_unstable();
                        values.join(" | ")
                    }),
                );
            }
        }
    }

    fn members(&mut self, one: &'a EnumType, two: &'a EnumType) {
        let names = |enumeration: &'a EnumType| -> Vec<&'a str> {
            let members = enumeration.members.iter();
            members.map(|member| member.name.as_str()).collect()
        };
        let lacking = |from: &[&'a str], of: &[&'a str]| -> Vec<&'a str> {
            let names = of.iter().filter(|name| !from.contains(name));
            names.copied().collect()
        };
        let names = [names(one), names(two)];
        self.only = [lacking(&names[1], &names[0]), lacking(&names[0], &names[1])];
        for member in &one.members {
            let mut others = two.members.iter();
            let other = others.find(|other| other.name == member.name);
            // Where only one side gives numbers, the other says nothing against them.
            if let (Some(own), Some(other)) = (member.value, other.and_then(|other| other.value)) {
                let ways = [own, other].map(|number| number.to_string());
                self.differ(Aspect::Number(&member.name), ways);
            }
        }
    }

    /// The facts as sentences without full stops; none if there is no difference.
    pub(crate) fn sentences(&self) -> Vec<Vec<Piece<'_>>> {
        let mut sentences = Vec::new();
        for (version, names) in self.versions.iter().zip(&self.only) {
            if !names.is_empty() {
                let mut sentence = vec![Piece::Name(version), Piece::Words(" only: ".into())];
                list(&mut sentence, names, |sentence, name| {
                    sentence.push(Piece::Name(name));
                });
                sentences.push(sentence);
            }
        }
        if !self.differs.is_empty() {
            let mut sentence = vec![Piece::Words("differs: ".into())];
            list(&mut sentence, &self.differs, |sentence, difference| {
                self.tell(sentence, difference);
            });
            sentences.push(sentence);
        }
        sentences
    }

    fn tell<'b>(&'b self, sentence: &mut Vec<Piece<'b>>, difference: &'b Difference<'a>) {
        let what = match difference.aspect {
            Aspect::Kind => Piece::Words("kind".into()),
            Aspect::Base => Piece::Words("base".into()),
            Aspect::Type(name)
            | Aspect::Navigation(name)
            | Aspect::Values(name)
            | Aspect::Number(name) => Piece::Name(name),
        };
        sentence.push(what);
        if matches!(difference.aspect, Aspect::Values(_)) {
            sentence.push(Piece::Words(" (possible values)".into()));
            return;
        }
        let ways = difference.ways.iter().zip(self.versions);
        for (start, (way, version)) in [" (", ", "].into_iter().zip(ways) {
            sentence.push(Piece::Words(start.into()));
            match (difference.aspect, way.strip_prefix("navigation to ")) {
                (Aspect::Kind, _) => sentence.push(Piece::Words(way.clone())),
                (Aspect::Navigation(_), Some(ty)) => {
                    sentence.push(Piece::Words("navigation to ".into()));
                    sentence.push(Piece::Name(ty));
                }
                _ if way.is_empty() => sentence.push(Piece::Words("none".into())),
                _ => sentence.push(Piece::Name(way)),
            }
            sentence.push(Piece::Words(" in ".into()));
            sentence.push(Piece::Name(version));
        }
        sentence.push(Piece::Words(")".into()));
    }
}

/// The names of the first that the second has not.
fn lacking<'a, T>(of: &BTreeMap<&'a str, T>, from: &BTreeMap<&'a str, T>) -> Vec<&'a str> {
    let names = of.keys().filter(|name| !from.contains_key(*name));
    names.copied().collect()
}

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// Words of our own.
    Words(String),
    /// A name from the docs.
    Name(&'a str),
}

/// Writes the first entries of a list, with commas between, and how many more there are.
fn list<'a, T>(
    sentence: &mut Vec<Piece<'a>>,
    entries: &'a [T],
    mut write: impl FnMut(&mut Vec<Piece<'a>>, &'a T),
) {
    for (at, entry) in entries.iter().take(MANY).enumerate() {
        if at > 0 {
            sentence.push(Piece::Words(", ".into()));
        }
        write(sentence, entry);
    }
    if entries.len() > MANY {
        let more = entries.len() - MANY;
        sentence.push(Piece::Words(format!(" and {more} more")));
    }
}

impl fmt::Display for Twin<'_> {
    /// Writes a line for each fact: nothing if there is no difference.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for sentence in self.sentences() {
            for piece in sentence {
                f.write_str(match &piece {
                    Piece::Words(words) => words,
                    Piece::Name(name) => name,
                })?;
            }
            f.write_str("\n")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
