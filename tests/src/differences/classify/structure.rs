//! Verdicts on types, their kinds, bases and openness.

use super::super::evidence::{
    Weight, annotates_open, hints_base, hints_entity, hints_open, names_type, qualified, says_base,
    says_complex, says_entity, says_key, says_no_base, says_open,
};
use super::super::page::How;
use super::super::pages::{Quote, quote, short};
use super::{Class, Judge, Verdict};

impl Judge<'_> {
    pub(super) fn kind(&self, ty: &str, service: &str) -> Verdict {
        let complex = says_complex(self.pages, ty);
        if service == "complex" {
            return match (says_entity(self.pages, ty), complex) {
                (Some((how, quote)), None) => Verdict::wrong(how, quote),
                (Some((_, quote)), Some(complex)) => {
                    Verdict::ours("says entity and says complex type", [quote, complex])
                }
                (None, Some(complex)) => Verdict::ours("says complex type", [complex]),
                (None, None) => match self.base_says_kind(ty, "entity") {
                    Some(quote) => Verdict::wrong("the stated base is an entity", quote),
                    None => Verdict::ours("nothing says entity", []),
                },
            };
        }
        let entity = hints_entity(self.pages, ty);
        match (complex, entity) {
            (Some(quote), None) => Verdict::wrong("a sentence says complex type", quote),
            (Some(quote), Some((_, entity))) => {
                Verdict::ours("says complex type and says entity", [quote, entity])
            }
            (None, Some((how, quote))) => Verdict::ours(&format!("says entity: {how}"), [quote]),
            (None, None) => match self.base_says_kind(ty, "entity") {
                Some(quote) => Verdict::ours("the stated base is an entity", [quote]),
                None => Verdict::silent("neither key, id, base, relationships nor wording", []),
            },
        }
    }

    /// Where the pages name a base of this kind, ours or the service's.
    fn base_says_kind(&self, ty: &str, kind: &str) -> Option<Quote> {
        let ours = self.emitted_base(ty).map(|base| base.name.as_str());
        let theirs = self.truth.bases(ty);
        ours.into_iter().chain(theirs).find_map(|base| {
            let is_kind = self
                .truth
                .get(base)
                .is_some_and(|(_, base)| base.kind == kind);
            says_base(self.pages, ty, base)
                .filter(|_| is_kind)
                .map(|(_, quote)| quote)
        })
    }

    pub(super) fn base(&self, ty: &str, service: Option<&str>, emitted: Option<&str>) -> Verdict {
        let stated = service.and_then(|base| hints_base(self.pages, ty, base));
        if let Some(emitted) = emitted {
            let general = self.truth.bases(ty).contains(&emitted);
            if let Some((weight, quote)) = says_base(self.pages, ty, emitted)
                // A row that is inherited from the base's base contradicts nothing.
                && !(general && weight == Weight::Row)
            {
                let theirs = service.and_then(|base| says_base(self.pages, ty, base));
                return match (theirs, stated) {
                    (Some((other, theirs)), _) if other >= weight => Verdict::ours(
                        "the pages state both bases, the service's no weaker",
                        [quote, theirs],
                    ),
                    (_, Some(theirs)) => {
                        let mut verdict =
                            Verdict::wrong("the pages state both bases, ours stronger", quote);
                        verdict.quotes.push(theirs);
                        verdict
                    }
                    (_, None) => Verdict::wrong("the pages state this base", quote),
                };
            }
            if let Some(stated) = stated {
                return Verdict::ours("the service's base is stated or hinted at", [stated]);
            }
            if general {
                return Verdict::silent("too general: no page states the service's base", []);
            }
            if let Some(verdict) = self.as_kind(ty, emitted) {
                return verdict;
            }
            return Verdict::ours("nothing states this base", []);
        }
        match (stated, says_no_base(self.pages, ty)) {
            (Some(stated), _) => {
                Verdict::ours("the service's base is stated or hinted at", [stated])
            }
            (None, Some(quote)) => {
                Verdict::wrong("the annotation says that there is no base", quote)
            }
            (None, None) => match self.kind_differs(ty) {
                Some(service) => as_kind(self.kind(ty, &service)),
                None => Verdict::silent("no base: no page states the service's base", []),
            },
        }
    }

    /// The verdict on the kind, where the only base is the one of all entities.
    fn as_kind(&self, ty: &str, emitted: &str) -> Option<Verdict> {
        let kind = self.kind_differs(ty)?;
        let root = self.emitted_base(emitted).is_none() && short(emitted) == "entity";
        root.then(|| as_kind(self.kind(ty, &kind)))
    }

    /// The service's kind, if we emitted the other.
    fn kind_differs(&self, ty: &str) -> Option<String> {
        let (_, truth) = self.truth.get(ty)?;
        let emitted = self.structural(ty)?.kind.name();
        (emitted != truth.kind).then(|| truth.kind.clone())
    }

    pub(super) fn open(&self, ty: &str, service: bool) -> Verdict {
        if !service {
            let lineage = self
                .emitted(ty)
                .into_iter()
                .flat_map(|name| self.schema.lineage(name));
            for (name, found) in lineage {
                if !found.structural().is_some_and(|structural| structural.open) {
                    continue;
                }
                let Some(quote) = says_open(self.pages, name.as_str()) else {
                    break;
                };
                return match annotates_open(self.pages, name.as_str(), false) {
                    Some(closed) => {
                        Verdict::ours("says open and annotates not open", [quote, closed])
                    }
                    None if name.as_str().eq_ignore_ascii_case(ty) => {
                        Verdict::wrong("the pages say open", quote)
                    }
                    None => self.through_base(
                        ty,
                        name.as_str(),
                        None,
                        Verdict::wrong("a base is open", quote),
                    ),
                };
            }
            return Verdict::ours("nothing says open", []);
        }
        if let Some(quote) = hints_open(self.pages, ty) {
            return Verdict::ours("the pages say open", [quote]);
        }
        for base in self.truth.bases(ty) {
            let Some(quote) = hints_open(self.pages, base) else {
                continue;
            };
            return self.open_through_base(ty, base, quote);
        }
        match annotates_open(self.pages, ty, false) {
            Some(quote) => Verdict::wrong("the annotation says not open", quote),
            None => Verdict::silent("neither annotation nor wording", []),
        }
    }

    /// The verdict on openness that the service has from a base: that on the first base on the way that we lack.
    fn open_through_base(&self, ty: &str, open: &str, quote: Quote) -> Verdict {
        let chain = std::iter::once(ty).chain(self.truth.bases(ty));
        for child in chain.take_while(|name| *name != open) {
            let service = self.truth.get(child).and_then(|(_, ty)| ty.base.as_deref());
            let emitted = self.emitted_base(child).map(|base| base.name.as_str());
            if service.map(str::to_lowercase) == emitted.map(str::to_lowercase) {
                continue;
            }
            let verdict = self.base(child, service, emitted);
            let quotes = std::iter::once(quote).chain(verdict.quotes);
            return match verdict.class {
                Class::Ours => Verdict::ours("a base on the way to an open one is ours", quotes),
                _ => Verdict::silent("a base is open, but no page states the way to it", quotes),
            };
        }
        Verdict::ours("derives from a type that is said to be open", [quote])
    }

    /// A verdict on something that comes from a base: it stands if every step to that base is real or quoted.
    /// An entity's base is not named where its key is.
    pub(super) fn through_base(
        &self,
        ty: &str,
        owner: &str,
        property: Option<&str>,
        verdict: Verdict,
    ) -> Verdict {
        let mut verdict = verdict;
        let Some(name) = self.emitted(ty) else {
            return Verdict::ours("the type is not in the schema", []);
        };
        let mut lineage: Vec<&str> = self
            .schema
            .lineage(name)
            .map(|(name, _)| name.as_str())
            .collect();
        lineage.truncate(1 + lineage.iter().position(|name| *name == owner).unwrap_or(0));
        for step in lineage.windows(2) {
            let [child, base] = step else { continue };
            let real = self.truth.get(base).map(|(name, _)| name);
            if real.is_some_and(|real| self.truth.bases(child).contains(&real)) {
                continue;
            }
            let stated = says_base(self.pages, child, base).map(|(_, quote)| quote);
            let keyed = || {
                let property = property.filter(|_| short(base) == "entity")?;
                says_key(self.pages, child, property)
            };
            match stated.or_else(keyed) {
                Some(quote) => verdict.quotes.push(quote),
                None => {
                    return Verdict::ours(
                        "inherited from a base that no page states",
                        verdict.quotes,
                    );
                }
            }
        }
        verdict
    }

    /// The annotation of a type of the service on the page whose title is this name.
    fn annotated_otherwise(&self, ty: &str) -> Option<Quote> {
        self.pages
            .of_type(ty)
            .into_iter()
            .flat_map(|page| page.claims.iter().map(move |claim| (page, claim)))
            .find(|(page, claim)| {
                claim.how == How::Annotation
                    && page.shows_resource(claim)
                    && !claim.short.eq_ignore_ascii_case(short(ty))
                    && self
                        .truth
                        .types
                        .keys()
                        .any(|name| short(name).eq_ignore_ascii_case(&claim.short))
            })
            .map(|(page, claim)| quote((page, claim.line)))
    }

    pub(super) fn type_missing(&self, ty: &str) -> Verdict {
        let named = names_type(self.pages, ty).map(|(_, quote)| quote);
        match named.or_else(|| qualified(self.pages, ty)) {
            Some(quote) => Verdict::ours("a page names it", [quote]),
            None => {
                let other = self
                    .pages
                    .claims(ty)
                    .first()
                    .map(|(page, claim)| quote((page, claim.line)));
                Verdict::silent("no page names it in this namespace", other)
            }
        }
    }

    pub(super) fn type_not_real(&self, ty: &str) -> Verdict {
        let elsewhere = self.truth.types.keys().any(|name| {
            short(name).eq_ignore_ascii_case(short(ty)) && !name.eq_ignore_ascii_case(ty)
        });
        match names_type(self.pages, ty) {
            Some((How::Title | How::Heading, quote)) if !elsewhere => {
                match self.annotated_otherwise(ty) {
                    Some(other) => Verdict::ours(
                        "the annotation names another type than title or heading",
                        [other, quote],
                    ),
                    None => Verdict::wrong("a title or heading names it", quote),
                }
            }
            Some((How::Annotation, quote)) if !elsewhere => {
                Verdict::wrong("an annotation names it", quote)
            }
            Some((_, named)) => {
                let other = self
                    .pages
                    .claims(ty)
                    .iter()
                    .find(|(page, claim)| {
                        let namespace = claim
                            .namespace
                            .clone()
                            .or(page.namespace().map(|found| found.0));
                        namespace.is_some_and(|stated| {
                            !ty.eq_ignore_ascii_case(&format!("{stated}.{}", short(ty)))
                        })
                    })
                    .map(|(page, claim)| quote((page, claim.line)));
                match other {
                    Some(other) => Verdict::ours("the pages name two namespaces", [named, other]),
                    None => Verdict::wrong("a page names it in this namespace", named),
                }
            }
            None => Verdict::ours("no page names it", []),
        }
    }
}

/// A verdict on a base that is that on the kind.
fn as_kind(verdict: Verdict) -> Verdict {
    Verdict {
        cause: format!("as its kind: {}", verdict.cause),
        ..verdict
    }
}
