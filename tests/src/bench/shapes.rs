//! Docs of one shape each, as large as wanted: what a step that is quadratic would be found by.

use std::fmt::Write;

/// Pages by their paths.
pub type Pages = Vec<(String, String)>;

/// What is done with the docs of a shape.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// They are read and emitted, and checked.
    Docs(fn(usize) -> Pages),
    /// They are compared with others.
    Pair(fn(usize) -> [Pages; 2]),
}

/// Every shape, by what there is so much of.
pub const SHAPES: [(&str, Shape); 29] = [
    (
        "rows that the block shows",
        Shape::Docs(|n| tone(&[table(n, row), block(n, "tone", member)])),
    ),
    (
        "rows and other members",
        Shape::Docs(|n| {
            tone(&[
                table(n, row),
                block(n, "tone", |at| format!("\"member{at}\": \"String\"")),
            ])
        }),
    ),
    (
        "rows of a misspelt block",
        Shape::Docs(|n| {
            let rows = table(n, |at| format!("|propertyName{at}x|String|Says it.|"));
            tone(&[
                rows,
                block(n, "tone", |at| format!("\"propertyName{at}y\": \"String\"")),
            ])
        }),
    ),
    (
        "rows that differ in case",
        Shape::Docs(|n| {
            tone(&[
                table(n, |at| format!("|P{at}|String|Says it.|")),
                block(n, "tone", member),
            ])
        }),
    ),
    (
        "rows of one name",
        Shape::Docs(|n| {
            tone(&[table(n, |at| {
                format!("|pitch|{}|Says it.|", ["String", "Int32"][at % 2])
            })])
        }),
    ),
    (
        "members of one name",
        Shape::Docs(|n| {
            tone(&[
                table(1, row),
                block(n, "tone", |_| "\"p0\": \"String\"".to_owned()),
            ])
        }),
    ),
    (
        "unknown types",
        Shape::Docs(|n| tone(&[table(n, |at| format!("|p{at}|unknown{at}|Says it.|"))])),
    ),
    (
        "values of one property",
        Shape::Docs(|n| {
            let values = list(n, ", ", |at| format!("`v{at}`"));
            tone(&[table(1, |at| {
                format!("|p{at}|String|Possible values are: {values}.|")
            })])
        }),
    ),
    (
        "members of an enumeration",
        Shape::Docs(|n| enumeration(n, |at| format!("m{at}"))),
    ),
    (
        "values of an enumeration",
        Shape::Docs(|n| {
            let values = list(n, ", ", |at| format!("`v{at}`"));
            let rows = table(1, |_| {
                format!("|kind|toneKind|Possible values are: {values}.|")
            });
            let members = list(n, "\n", |at| format!("|m{at}|Says it.|"));
            let shown = list(n, "|", |at| format!("w{at}"));
            let block = block(1, "tone", |_| format!("\"kind\": \"{shown}\""));
            tone(&[
                rows,
                block,
                format!("### toneKind values\n\n|Member|Description|\n|:-|:-|\n{members}\n\n"),
            ])
        }),
    ),
    (
        "tables",
        Shape::Docs(|n| tone(&[list(n, "\n", |at| table(1, |_| row(at)))])),
    ),
    (
        "headings",
        Shape::Docs(|n| {
            tone(&[
                list(n, "\n", |at| {
                    format!("### heading {at} values\n\nSays it.\n")
                }),
                table(1, row),
            ])
        }),
    ),
    (
        "tables named after properties",
        Shape::Docs(|n| {
            let member = |at| {
                format!("### p{at} values\n\n|Member|Description|\n|:-|:-|\n|a{at}|Says it.|\n")
            };
            tone(&[table(n, row), list(n, "\n", member)])
        }),
    ),
    (
        "types of one page",
        Shape::Docs(|n| {
            tone(&[
                table(1, row),
                list(n, "\n", |at| block(1, &format!("tone{at}"), member)),
            ])
        }),
    ),
    (
        "blocks of one type",
        Shape::Docs(|n| {
            tone(&[
                table(1, row),
                list(n, "\n", |at| block(1, "tone", |_| member(at))),
            ])
        }),
    ),
    (
        "links to missing headings",
        Shape::Docs(|n| {
            tone(&[
                list(n, "\n\n", |at| format!("[it](tone.md#heading-{at})")),
                table(1, row),
            ])
        }),
    ),
    (
        "links to missing pages",
        Shape::Docs(|n| {
            tone(&[
                list(n, "\n\n", |at| format!("[it](tone{at}.md)")),
                table(1, row),
            ])
        }),
    ),
    (
        "derived types of one page",
        Shape::Docs(|n| {
            let rows = list(n, "\n", |at| format!("|[tone{at}](tone{at}.md)|"));
            tone(&[
                table(1, row),
                format!("## Derived types\n\n|Type|\n|:-|\n{rows}\n\n"),
            ])
        }),
    ),
    (
        "pages about one type",
        Shape::Docs(|n| {
            pages(n, |at| {
                (format!("tone{at}"), page("tone", &[table(1, |_| row(at))]))
            })
        }),
    ),
    (
        "types of one base",
        Shape::Docs(|n| derived(n, "Inherits from [tone0](tone0.md).\n\n")),
    ),
    (
        "types of one short name",
        Shape::Docs(|n| {
            let one = |at| {
                page("tone", &[table(1, row)])
                    .replace("microsoft.graph", &format!("microsoft.graph.n{at}"))
            };
            pages(n / 8, |at| (format!("tone{at}"), one(at)))
        }),
    ),
    (
        "front matter",
        Shape::Docs(|n| {
            let entries = list(n, "\n", |at| format!("key{at}: value"));
            let text = page("tone", &[table(1, row)]);
            vec![path(
                "tone",
                text.replacen("---\n", &format!("---\n{entries}\n"), 1),
            )]
        }),
    ),
    (
        "properties of another type",
        Shape::Pair(|n| {
            [
                tone(&[table(n, row)]),
                tone(&[table(n, |at| format!("|p{at}|Int32|Says it.|"))]),
            ]
        }),
    ),
    (
        "properties of other names",
        Shape::Pair(|n| {
            [
                tone(&[table(n, row)]),
                tone(&[table(n, |at| format!("|q{at}|String|Says it.|"))]),
            ]
        }),
    ),
    (
        "properties of names in another case",
        Shape::Pair(|n| {
            [
                tone(&[table(n, row)]),
                tone(&[table(n, |at| format!("|P{at}|String|Says it.|"))]),
            ]
        }),
    ),
    (
        "members of other names",
        Shape::Pair(|n| {
            [
                enumeration(n, |at| format!("m{at}")),
                enumeration(n, |at| format!("o{at}")),
            ]
        }),
    ),
    (
        "members that are gone",
        Shape::Pair(|n| {
            [
                enumeration(n, |at| format!("m{at}")),
                enumeration(1, |at| format!("m{at}")),
            ]
        }),
    ),
    (
        "types of other names",
        Shape::Pair(|n| {
            let named = |name: &str, at| {
                (
                    format!("{name}{at}"),
                    page(&format!("{name}{at}"), &[table(1, row)]),
                )
            };
            [
                pages(n / 4, |at| named("tone", at)),
                pages(n / 4, |at| named("sound", at)),
            ]
        }),
    ),
    (
        "types of another base",
        Shape::Pair(|n| {
            [
                derived(n / 4, ""),
                derived(n / 4, "Inherits from [tone0](tone0.md).\n\n"),
            ]
        }),
    ),
];

fn list(n: usize, between: &str, one: impl Fn(usize) -> String) -> String {
    let all: Vec<String> = (0..n).map(one).collect();
    all.join(between)
}

fn path(name: &str, text: String) -> (String, String) {
    (format!("api-reference/beta/resources/{name}.md"), text)
}

fn pages(n: usize, one: impl Fn(usize) -> (String, String)) -> Pages {
    let all = (0..n).map(one);
    all.map(|(name, text)| path(&name, text)).collect()
}

fn page(name: &str, parts: &[String]) -> String {
    format!(
        "---\ntitle: \"{name} resource type\"\n---\n\n# {name} resource type\n\nNamespace: microsoft.graph\n\nSays it.\n\n{}",
        parts.concat()
    )
}

fn tone(parts: &[String]) -> Pages {
    vec![path("tone", page("tone", parts))]
}

fn derived(n: usize, inherits: &str) -> Pages {
    pages(n, |at| {
        let own = if at == 0 { "" } else { inherits };
        let name = format!("tone{at}");
        let text = page(&name, &[own.to_owned(), table(1, |_| row(at))]);
        (name, text)
    })
}

fn enumeration(n: usize, name: impl Fn(usize) -> String) -> Pages {
    let rows = list(n, "\n", |at| format!("|{}|{at}|Says it.|", name(at)));
    let members = format!("## Members\n\n|Member|Value|Description|\n|:-|:-|:-|\n{rows}\n");
    let text = page("tone", &[members]).replace("resource type", "enum type");
    vec![path("tone", text)]
}

fn row(at: usize) -> String {
    format!("|p{at}|String|Says it.|")
}

fn table(n: usize, row: impl Fn(usize) -> String) -> String {
    let rows = list(n, "\n", row);
    format!("## Properties\n\n|Property|Type|Description|\n|:-|:-|:-|\n{rows}\n\n")
}

fn member(at: usize) -> String {
    format!("\"p{at}\": \"String\"")
}

fn block(n: usize, ty: &str, member: impl Fn(usize) -> String) -> String {
    let mut text =
        String::from("## JSON representation\n\n<!-- {\n  \"blockType\": \"resource\",\n");
    let _ = write!(
        text,
        "  \"@odata.type\": \"microsoft.graph.{ty}\"\n}}\n-->\n``` json\n{{\n"
    );
    text + &list(n, ",\n", member) + "\n}\n```\n\n"
}
