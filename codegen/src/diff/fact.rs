//! What differs between two schemas, before anybody says what it means.

use super::sides::Sides;
use crate::schema::{
    Base, Definition, Evidence, Member, Property, PropertyTrait, Source, StructuralKind, Type,
    TypeName, TypeRef, VersionSchema,
};

/// One thing that differs. All facts together say everything: see [`apply`](super::apply).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact<'a> {
    /// The names of the versions that are compared.
    pub versions: Sides<&'a str>,
    /// The type, by its name on each side that has it; none if the fact is about a whole version.
    pub ty: Sides<Option<&'a TypeName>>,
    /// The property or member, by its name on each side that has it; none if the fact is about the type.
    pub member: Sides<Option<&'a str>>,
    /// Where it stands on each side that has it.
    pub places: Sides<Option<&'a Source>>,
    /// What differs.
    pub change: Change<'a>,
}

/// Something that only one side has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Came<T> {
    /// The new side has it.
    Added(T),
    /// The old side has it.
    Removed(T),
}

impl<T> Came<T> {
    fn map<U>(&self, f: impl FnOnce(&T) -> U) -> Came<U> {
        match self {
            Self::Added(it) => Came::Added(f(it)),
            Self::Removed(it) => Came::Removed(f(it)),
        }
    }

    fn mirror(self) -> Self {
        match self {
            Self::Added(it) => Self::Removed(it),
            Self::Removed(it) => Self::Added(it),
        }
    }
}

/// What can differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change<'a> {
    /// A whole version.
    Version(Came<&'a VersionSchema>),
    /// The name of a version, where versions of different names are compared.
    VersionName,
    /// A whole type.
    Type(Came<&'a Type>),
    /// The name of a type: its case or its namespace, or as a person says.
    TypeName,
    /// A structural type that became an enumeration, or the other way around.
    Definition(Sides<&'a Definition>),
    /// Whether it is an entity type or a complex type.
    Kind(Sides<StructuralKind>),
    /// The base type, or how it is known.
    Base(Sides<Option<&'a Base>>),
    /// Whether it takes members that are not declared.
    Open(Sides<bool>),
    /// Whether only types derived from it have instances.
    Abstract(Sides<bool>),
    /// Whether it is a media entity.
    HasStream(Sides<bool>),
    /// The names of the key properties.
    Key(Sides<&'a [String]>),
    /// Whether the whole type is deprecated.
    TypeDeprecated(Sides<bool>),
    /// What is said of a type.
    TypeDescription(Sides<Option<&'a str>>),
    /// The product that a type belongs to.
    Area(Sides<Option<&'a str>>),
    /// Where a type stands in the docs.
    TypeSource(Sides<&'a Source>),
    /// A property.
    Property(Came<&'a Property>),
    /// The name of a property.
    PropertyName,
    /// The type of a property's values.
    PropertyType(Sides<&'a TypeRef>),
    /// Whether a property is a navigation property.
    Navigation(Sides<bool>),
    /// What a property's row says beside type and description.
    Trait(PropertyTrait, Sides<bool>),
    /// The values that are possible for a String.
    Values(Sides<&'a [String]>),
    /// What is said of a property.
    PropertyDescription(Sides<Option<&'a str>>),
    /// Which source decided about a property.
    PropertyEvidence(Sides<Evidence>),
    /// Where a property stands in the docs.
    PropertySource(Sides<&'a Source>),
    /// Whether members of an enumeration combine.
    Flags(Sides<bool>),
    /// A member of an enumeration, with its position.
    Member(Came<(usize, &'a Member)>),
    /// The name of a member.
    MemberName,
    /// The number of a member.
    Number(Sides<Option<i64>>),
    /// What is said of a member.
    MemberDescription(Sides<Option<&'a str>>),
    /// Where a member stands in the docs.
    MemberSource(Sides<&'a Source>),
    /// The order of the members that both sides have, where it is another; all names of each side.
    Order(Sides<Vec<&'a str>>),
}

impl Change<'_> {
    /// The kind of the fact, as JSON has it.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Version(Came::Added(_)) => "version-added",
            Self::Version(Came::Removed(_)) => "version-removed",
            Self::VersionName => "version-name",
            Self::Type(Came::Added(_)) => "type-added",
            Self::Type(Came::Removed(_)) => "type-removed",
            Self::TypeName => "type-name",
            Self::Definition(_) => "definition",
            Self::Kind(_) => "kind",
            Self::Base(_) => "base",
            Self::Open(_) => "open",
            Self::Abstract(_) => "abstract",
            Self::HasStream(_) => "has-stream",
            Self::Key(_) => "key",
            Self::TypeDeprecated(_) => "type-deprecated",
            Self::TypeDescription(_) => "type-description",
            Self::Area(_) => "area",
            Self::TypeSource(_) => "type-source",
            Self::Property(Came::Added(_)) => "property-added",
            Self::Property(Came::Removed(_)) => "property-removed",
            Self::PropertyName => "property-name",
            Self::PropertyType(_) => "property-type",
            Self::Navigation(_) => "navigation",
            Self::Trait(..) => "property-trait",
            Self::Values(_) => "possible-values",
            Self::PropertyDescription(_) => "property-description",
            Self::PropertyEvidence(_) => "property-evidence",
            Self::PropertySource(_) => "property-source",
            Self::Flags(_) => "flags",
            Self::Member(Came::Added(_)) => "member-added",
            Self::Member(Came::Removed(_)) => "member-removed",
            Self::MemberName => "member-name",
            Self::Number(_) => "member-number",
            Self::MemberDescription(_) => "member-description",
            Self::MemberSource(_) => "member-source",
            Self::Order(_) => "member-order",
        }
    }

    /// The two states in words, where they have any.
    #[must_use]
    pub fn told(&self) -> Sides<Option<String>> {
        let came = |came: &Came<String>| match came {
            Came::Added(it) => Sides::new(None, Some(it.clone())),
            Came::Removed(it) => Sides::new(Some(it.clone()), None),
        };
        let yes =
            |sides: &Sides<bool>| sides.map(|is| Some(if is { "yes" } else { "no" }.to_owned()));
        let text = |sides: &Sides<Option<&str>>| sides.map(|text| text.map(str::to_owned));
        let list = |items: Vec<&str>| Some(items.join(", ")).filter(|list| !list.is_empty());
        let strings = |sides: &Sides<&[String]>| {
            sides.map(|items| list(items.iter().map(String::as_str).collect()))
        };
        let source = |sides: &Sides<&Source>| {
            sides.map(|source| Some(format!("{}:{}", source.page, source.line)))
        };
        match self {
            Self::Version(it) => came(&it.map(|version| format!("{} types", version.types.len()))),
            Self::Type(it) => came(&it.map(|ty| ty.kind_name().to_owned())),
            Self::Property(it) => came(&it.map(|property| property.ty.to_string())),
            Self::Member(it) => came(&it.map(|(_, member)| {
                let number = member.value.map(|value| value.to_string());
                number.unwrap_or_default()
            })),
            Self::VersionName | Self::TypeName | Self::PropertyName | Self::MemberName => {
                Sides::default()
            }
            Self::Definition(sides) => sides.map(|definition| {
                let word = match definition {
                    Definition::Structural(structural) => structural.kind.name(),
                    Definition::Enumeration(_) => "enum",
                };
                Some(word.to_owned())
            }),
            Self::Kind(sides) => sides.map(|kind| Some(kind.name().to_owned())),
            Self::Base(sides) => sides.map(|base| base.map(|base| base.name.to_string())),
            Self::Open(sides)
            | Self::Abstract(sides)
            | Self::HasStream(sides)
            | Self::TypeDeprecated(sides)
            | Self::Navigation(sides)
            | Self::Flags(sides) => yes(sides),
            Self::Trait(what, sides) => sides.map(|has| has.then(|| what.name().to_owned())),
            Self::Key(sides) | Self::Values(sides) => strings(sides),
            Self::TypeDescription(sides)
            | Self::Area(sides)
            | Self::PropertyDescription(sides)
            | Self::MemberDescription(sides) => text(sides),
            Self::TypeSource(sides) | Self::PropertySource(sides) | Self::MemberSource(sides) => {
                source(sides)
            }
            Self::PropertyType(sides) => sides.map(|ty| Some(ty.to_string())),
            Self::PropertyEvidence(sides) => sides.map(|evidence| Some(evidence.name().to_owned())),
            Self::Number(sides) => sides.map(|number| number.map(|number| number.to_string())),
            Self::Order(sides) => sides.as_ref().map(|names| list(names.clone())),
        }
    }

    /// Whether the fact is about the docs alone: texts, places, and which source decided.
    #[must_use]
    pub fn is_about_docs(&self) -> bool {
        matches!(
            self,
            Self::TypeDescription(_)
                | Self::TypeSource(_)
                | Self::PropertyDescription(_)
                | Self::PropertyEvidence(_)
                | Self::PropertySource(_)
                | Self::MemberDescription(_)
                | Self::MemberSource(_)
        )
    }
}

impl Fact<'_> {
    /// The fact seen from the other side: what was added is removed.
    #[must_use]
    pub fn mirror(self) -> Self {
        let change = match self.change {
            Change::Version(came) => Change::Version(came.mirror()),
            Change::Type(came) => Change::Type(came.mirror()),
            Change::Definition(sides) => Change::Definition(sides.swap()),
            Change::Kind(sides) => Change::Kind(sides.swap()),
            Change::Base(sides) => Change::Base(sides.swap()),
            Change::Open(sides) => Change::Open(sides.swap()),
            Change::Abstract(sides) => Change::Abstract(sides.swap()),
            Change::HasStream(sides) => Change::HasStream(sides.swap()),
            Change::Key(sides) => Change::Key(sides.swap()),
            Change::TypeDeprecated(sides) => Change::TypeDeprecated(sides.swap()),
            Change::TypeDescription(sides) => Change::TypeDescription(sides.swap()),
            Change::Area(sides) => Change::Area(sides.swap()),
            Change::TypeSource(sides) => Change::TypeSource(sides.swap()),
            Change::Property(came) => Change::Property(came.mirror()),
            Change::PropertyType(sides) => Change::PropertyType(sides.swap()),
            Change::Navigation(sides) => Change::Navigation(sides.swap()),
            Change::Trait(what, sides) => Change::Trait(what, sides.swap()),
            Change::Values(sides) => Change::Values(sides.swap()),
            Change::PropertyDescription(sides) => Change::PropertyDescription(sides.swap()),
            Change::PropertyEvidence(sides) => Change::PropertyEvidence(sides.swap()),
            Change::PropertySource(sides) => Change::PropertySource(sides.swap()),
            Change::Flags(sides) => Change::Flags(sides.swap()),
            Change::Member(came) => Change::Member(came.mirror()),
            Change::Number(sides) => Change::Number(sides.swap()),
            Change::MemberDescription(sides) => Change::MemberDescription(sides.swap()),
            Change::MemberSource(sides) => Change::MemberSource(sides.swap()),
            Change::Order(sides) => Change::Order(sides.swap()),
            same @ (Change::VersionName
            | Change::TypeName
            | Change::PropertyName
            | Change::MemberName) => same,
        };
        Self {
            versions: self.versions.swap(),
            ty: self.ty.swap(),
            member: self.member.swap(),
            places: self.places.swap(),
            change,
        }
    }
}
