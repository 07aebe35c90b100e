//! Typed Rust from Microsoft Graph's Markdown resource pages.
//!
//! The pages go through a row of rooms, each of which knows one thing and takes only what the one before gives:
//!
//! | room | takes → gives | knows |
//! |---|---|---|
//! | [`source`] | a folder → versions, pages, texts | where files lie |
//! | [`page`] | a text → blocks with places | Markdown |
//! | [`claims`] | a page → what it says of types | the habits of the docs |
//! | [`schema`] | all claims → types, resolved | OData |
//! | [`rust`] | a schema → Rust sources | quote, syn, prettyplease |
//! | [`diff`] | two schemas → what differs, and what it breaks | rules |
//! | [`output`] | sources → a folder, up to date | files |
//!
//! What cannot be used on the way is not lost but becomes a [`diagnostic`]; where the docs are wrong, [`overrides`] say
//! what is right. The room [`check`] looks at all that was read once more and finds what is wrong in it though it could
//! be used; the room `report` (feature `cli`) writes diagnostics as text, JSON, SARIF and annotations of GitHub.
//! [`Generator`] does the whole road at once; here it is step by step:
//!
//! ```
//! use typedown::claims::PageClaims;
//! use typedown::page::Page;
//! use typedown::rust::{EmitOptions, emit};
//! use typedown::schema::resolve;
//! use typedown::source::{Docs, MemoryFiles};
//!
//! // source: any tree of files; on disk it would be `Folder::open("docs")?`.
//! let files = MemoryFiles::new([(
//!     "api-reference/beta/resources/resultinfo.md",
//!     r#"# resultInfo resource type
//!
//! Tells how an operation ended.
//!
//! ## Properties
//!
//! | Property | Type   | Description      |
//! |:---------|:-------|:-----------------|
//! | code     | Int32  | The result code. |
//! | message  | String | The same, in words. Read-only. |
//! "#,
//! )]);
//! let docs = Docs::find(&files)?;
//!
//! // page and claims: each page on its own.
//! let mut claims = Vec::new();
//! for version in &docs.versions {
//!     for path in &version.pages {
//!         let page = Page::read(&files, path.clone());
//!         claims.push(PageClaims::read(version.name.clone(), &page));
//!     }
//! }
//! assert_eq!(claims[0].types[0].rows.len(), 2);
//!
//! // schema: all pages together.
//! let resolved = resolve(&claims);
//! assert_eq!(resolved.diagnostics, []);
//! let result_info = &resolved.schema.versions["beta"].types["microsoft.graph.resultInfo"];
//! assert_eq!(result_info.kind_name(), "complex");
//!
//! // rust: a map of path to text, nothing written yet.
//! let emitted = emit(&resolved.schema, &EmitOptions::default());
//! assert!(emitted.files["src/beta/general.rs"].contains("pub code: ::std::option::Option<i32>"));
//! # Ok::<(), typedown::Error>(())
//! ```

// Small things that only a feature uses are not worth a condition each.
#![cfg_attr(not(feature = "cli"), allow(dead_code, unused_imports))]

#[cfg(feature = "analysis")]
pub mod check;
pub mod claims;
#[cfg(feature = "cli")]
pub mod cli;
pub mod diagnostic;
#[cfg(feature = "analysis")]
pub mod diff;
mod error;
#[cfg(feature = "analysis")]
pub mod export;
mod generator;
#[cfg(feature = "analysis")]
mod history;
#[cfg(feature = "cli")]
pub mod import;
mod lexicon;
pub mod limits;
mod near;
pub mod output;
pub mod overrides;
pub mod page;
mod parallel;
#[cfg(feature = "cli")]
pub mod report;
pub mod rust;
pub mod schema;
pub mod source;
mod stored;
mod visible;

pub use error::Error;
pub use generator::{Built, Cache, Descriptions, Generator, Reading};
#[cfg(feature = "analysis")]
pub use history::{History, HistoryFact, Revised, history};
pub use limits::Limits;
