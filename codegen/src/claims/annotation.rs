//! The JSON comment above a code block. The keys are those of the docs' own checker (notes of its source: the carrier
//! is an HTML comment that holds a JSON object; keys and values are compared without regard to case).

use super::namespace;
use super::suppression;
use super::type_cell::is_type_name;
use crate::diagnostic::{Code, Diagnostic, Suppression, shorten};
use crate::page::Comment;
use crate::page::json::{Json, JsonValue};
use crate::source::Place;

/// What an annotation says of the code block below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Annotation {
    /// What the block is; `None` if the annotation does not say.
    pub block_type: Option<BlockType>,
    /// The type that the block shows, as written but for a leading `#`; `Collection(..)` is taken off.
    pub type_name: Option<String>,
    /// Where that name stands.
    pub type_place: Option<Place>,
    /// The base type.
    pub base: Option<String>,
    /// Where that name stands.
    pub base_place: Option<Place>,
    /// Whether the type is open.
    pub open: Option<bool>,
    /// Whether the type is abstract.
    pub is_abstract: Option<bool>,
    /// Whether the type is a media entity.
    pub media: Option<bool>,
    /// Whether the block shows several instances of the type.
    pub collection: bool,
    /// The key property.
    pub key: Option<String>,
    /// The properties that need not be there.
    pub optional: Vec<String>,
    /// The properties that may be null.
    pub nullable: Vec<String>,
}

/// What a code block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockType {
    /// It shows a type.
    Resource,
    /// It shows an instance.
    Example,
    /// It is a request of an operation.
    Request,
    /// It is the response to one.
    Response,
    /// It is to be left alone.
    Other,
}

const BLOCK_TYPES: &[(&str, BlockType)] = &[
    ("resource", BlockType::Resource),
    ("example", BlockType::Example),
    ("request", BlockType::Request),
    ("response", BlockType::Response),
    ("samples", BlockType::Other),
    ("ignored", BlockType::Other),
    ("ignore", BlockType::Other),
    ("simulatedResponse", BlockType::Other),
    ("testParams", BlockType::Other),
    ("permissions", BlockType::Other),
    ("unknown", BlockType::Other),
];

/// The keys that tools know and that say nothing of a type.
const OTHER_KEYS: &[&str] = &[
    "name",
    "@type.aka",
    "@odata.annotations",
    "truncated",
    "collectionProperty",
    "isEmpty",
    "expectError",
    "isComposable",
    "idempotent",
    "target",
    "opaqueUrl",
    "sampleKeys",
    "longRunningResponseType",
    "scopes",
    "apiVersions",
    "tags",
    "requestUrls",
    "mergePermissions",
];

impl Annotation {
    /// Reads the annotation in a comment, if it holds one; what is wrong with it is told where pages are read.
    pub(crate) fn read(comment: &Comment) -> Option<Self> {
        match is_json(comment).then(|| read(comment, &mut Vec::new()))? {
            Some(About::Block(annotation)) => Some(annotation),
            Some(About::Page(_)) | None => None,
        }
    }
}

/// Whether a comment holds a JSON object: an annotation of a code block, or of the whole page.
pub(super) fn is_json(comment: &Comment) -> bool {
    comment.text.trim_start().starts_with('{')
}

/// What a comment of JSON is about.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum About {
    /// The code block below it.
    Block(Annotation),
    /// The whole page (`"type": "#page.annotation"`); only what is to be left untold of it matters here.
    Page(Vec<Suppression>),
}

/// Reads the annotation in a comment; `None` if it cannot be read.
pub(super) fn read(comment: &Comment, diagnostics: &mut Vec<Diagnostic>) -> Option<About> {
    let json = match Json::parse(&comment.text, &comment.place) {
        Ok(json) => json,
        Err(error) => {
            diagnostics.push(
                Diagnostic::new(
                    Code::AnnotationMalformed,
                    error.place,
                    format!("the annotation is not JSON: {}", error.message),
                )
                .hint("annotations are JSON objects; comments and trailing commas are allowed"),
            );
            return None;
        }
    };
    if json
        .get("type")
        .and_then(Json::as_str)
        .is_some_and(|ty| ty.to_ascii_lowercase().starts_with("#page."))
    {
        return Some(About::Page(suppression::read(&json, diagnostics)));
    }
    let mut annotation = Annotation::default();
    let mut untyped = None;
    for member in json.members() {
        let text = || {
            member
                .value
                .as_str()
                .map(str::trim)
                .filter(|text| !text.is_empty())
                .map(str::to_owned)
        };
        match member.name.to_ascii_lowercase().as_str() {
            "blocktype" => annotation.block_type = block_type(&member.value, diagnostics),
            "@type" => {
                annotation.type_name = named(&member.value, diagnostics);
                if annotation.type_name.is_some() {
                    annotation.type_place = Some(member.value.place.clone());
                }
            }
            "@odata.type" => {
                untyped = named(&member.value, diagnostics).map(|name| (name, &member.value.place));
            }
            "basetype" => {
                annotation.base = named(&member.value, diagnostics);
                annotation.base_place = Some(member.value.place.clone());
            }
            "opentype" => annotation.open = member.value.as_bool(),
            "abstract" | "isabstract" => annotation.is_abstract = member.value.as_bool(),
            "ismediaentity" => annotation.media = member.value.as_bool(),
            "iscollection" => annotation.collection = member.value.as_bool() == Some(true),
            "keyproperty" => annotation.key = text(),
            "optionalproperties" => annotation.optional = strings(&member.value),
            "nullableproperties" => annotation.nullable = strings(&member.value),
            _ => unknown_key(&member.name, &member.place, diagnostics),
        }
    }
    if let Some((name, place)) = untyped.filter(|_| annotation.type_name.is_none()) {
        annotation.type_name = Some(name);
        annotation.type_place = Some(place.clone());
    }
    Some(About::Block(annotation))
}

/// The type that a value names; a diagnostic if it is no name.
fn named(value: &Json, diagnostics: &mut Vec<Diagnostic>) -> Option<String> {
    let name = type_name(value.as_str()?.trim().to_owned());
    if name.is_empty() {
        return None;
    }
    if !is_type_name(&name) {
        let message = format!(
            "expected a type's qualified name, found `{}`",
            shorten(&name)
        );
        diagnostics.push(
            Diagnostic::new(Code::AnnotationTypeMalformed, value.place.clone(), message)
                .hint("write identifiers joined by dots, such as `namespace.name`"),
        );
        return None;
    }
    if let Some(told) = namespace::reserved(&name, &value.place) {
        diagnostics.push(told);
        return None;
    }
    Some(name)
}

fn block_type(value: &Json, diagnostics: &mut Vec<Diagnostic>) -> Option<BlockType> {
    let text = value.as_str().unwrap_or_default();
    let found = BLOCK_TYPES
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(text));
    if found.is_none() {
        diagnostics.push(
            Diagnostic::new(
                Code::AnnotationUnknownBlockType,
                value.place.clone(),
                format!("expected a `blockType` such as `resource` or `example`, found `{text}`"),
            )
            .hint("write `resource` for a block that shows a type, `example` for an instance, `ignored` for the rest"),
        );
    }
    Some(found.map_or(BlockType::Other, |(_, block_type)| *block_type))
}

fn unknown_key(name: &str, place: &Place, diagnostics: &mut Vec<Diagnostic>) {
    if OTHER_KEYS.iter().any(|key| key.eq_ignore_ascii_case(name)) || name.starts_with('$') {
        return;
    }
    let known = [
        "blockType",
        "isCollection",
        "@odata.type",
        "baseType",
        "openType",
        "abstract",
        "keyProperty",
        "optionalProperties",
    ];
    let near = known
        .iter()
        .chain(OTHER_KEYS)
        .map(|known| {
            (
                strsim::jaro_winkler(&known.to_lowercase(), &name.to_lowercase()),
                known,
            )
        })
        .filter(|(likeness, _)| *likeness > 0.85)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    diagnostics.push(
        Diagnostic::new(
            Code::AnnotationUnknownKey,
            place.clone(),
            format!("no tool knows the annotation key `{name}`"),
        )
        .hint(match near {
            Some((_, near)) => format!("did you mean `{near}`?"),
            None => "remove it".to_owned(),
        }),
    );
}

/// Takes `#` and `Collection(..)` off a type name.
pub(super) fn type_name(name: String) -> String {
    let name = name.trim_start_matches('#');
    let inner = name
        .get(..11)
        .filter(|start| start.eq_ignore_ascii_case("collection("))
        .and_then(|_| name[11..].strip_suffix(')'));
    inner
        .unwrap_or(name)
        .trim()
        .trim_start_matches('#')
        .to_owned()
}

fn strings(value: &Json) -> Vec<String> {
    match &value.value {
        JsonValue::Array(items) => items
            .iter()
            .filter_map(Json::as_str)
            .map(str::to_owned)
            .collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn annotation(text: &str) -> (Option<About>, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let comment = Comment {
            place: Place::new("a.md", 1, 5),
            text: text.into(),
        };
        (read(&comment, &mut diagnostics), diagnostics)
    }

    #[test]
    fn every_key_that_describes_a_type_is_read() {
        let (read, diagnostics) = annotation(
            r##"{ "blockType": "resource", "@odata.type": "#microsoft.graph.x", "baseType": "microsoft.graph.entity",
                 "openType": "true", "abstract": true, "keyProperty": "id", "isMediaEntity": true,
                 "optionalProperties": ["a",], "nullableProperties": ["b"], "name": "n" }"##,
        );
        assert_eq!(diagnostics, []);
        let expected = Annotation {
            block_type: Some(BlockType::Resource),
            type_name: Some("microsoft.graph.x".into()),
            type_place: Some(Place::new("a.md", 1, 47)),
            base: Some("microsoft.graph.entity".into()),
            base_place: Some(Place::new("a.md", 1, 81)),
            open: Some(true),
            is_abstract: Some(true),
            media: Some(true),
            collection: false,
            key: Some("id".into()),
            optional: vec!["a".into()],
            nullable: vec!["b".into()],
        };
        assert_eq!(read, Some(About::Block(expected)));
    }

    #[test]
    fn the_shorter_type_key_wins_and_collections_are_taken_off() {
        let (read, _) = annotation(r#"{"@odata.type": "x.b", "@type": "Collection(x.a)"}"#);
        let Some(About::Block(read)) = read else {
            panic!("{read:?}")
        };
        assert_eq!(read.type_name.as_deref(), Some("x.a"));
    }

    #[test]
    fn unknown_keys_and_block_types_are_told_with_their_place() {
        let (_, diagnostics) = annotation(r#"{"blockType": "resourse", "keyproprety": "id"}"#);
        let told: Vec<String> = diagnostics.iter().map(ToString::to_string).collect();
        assert!(
            told[0].starts_with("a.md:1:19: warning[annotation-unknown-block-type]"),
            "{told:?}"
        );
        assert!(told[1].contains("did you mean `keyProperty`?"), "{told:?}");
    }

    #[test]
    fn a_page_annotation_is_not_a_block_annotation() {
        assert_eq!(
            annotation(r##"{"type": "#page.annotation", "description": "x"}"##),
            (Some(About::Page(vec![])), vec![])
        );
    }

    #[test]
    fn a_broken_annotation_is_told() {
        let (read, diagnostics) = annotation("{ \"blockType\": ");
        assert_eq!(read, None);
        assert_eq!(diagnostics[0].code, Code::AnnotationMalformed);
    }
}
