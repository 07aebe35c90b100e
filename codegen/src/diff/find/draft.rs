//! Findings in the making.

use crate::diff::fact::Fact;
use crate::diff::policy::Policy;
use crate::diff::rule::{Judged, Rule};
use crate::diff::sides::Sides;
use crate::diff::verdict::{OnWire, Wire};
use crate::schema::{Source, TypeName};

/// A finding in the making: what a fact says, before its verdicts are known.
pub(super) struct Draft<'a> {
    pub(super) rule: &'static Rule,
    pub(super) ty: Sides<Option<&'a TypeName>>,
    pub(super) member: Sides<Option<&'a str>>,
    pub(super) old: Option<String>,
    pub(super) new: Option<String>,
    pub(super) places: Sides<Option<&'a Source>>,
    /// Another type at which the change shows in the crate: the base that a property moved to.
    pub(super) also: Option<&'a TypeName>,
    pub(super) hint: Option<String>,
    /// What it means on the wire, where the rule leaves that open.
    pub(super) wire: Option<OnWire>,
}

impl<'a> Draft<'a> {
    pub(super) fn new(rule: &'static Rule, fact: &Fact<'a>) -> Self {
        Self {
            rule,
            ty: fact.ty,
            member: fact.member,
            old: None,
            new: None,
            places: fact.places,
            also: None,
            hint: None,
            wire: None,
        }
    }

    pub(super) fn old(mut self, old: impl ToString) -> Self {
        self.old = Some(old.to_string());
        self
    }

    pub(super) fn new_value(mut self, new: impl ToString) -> Self {
        self.new = Some(new.to_string());
        self
    }

    pub(super) fn sides<T: ToString>(self, sides: Sides<T>) -> Self {
        self.old(sides.old.to_string())
            .new_value(sides.new.to_string())
    }

    /// The texts that docs have on both sides.
    pub(super) fn texts(mut self, texts: Sides<Option<&str>>) -> Self {
        self.old = texts.old.map(str::to_owned);
        self.new = texts.new.map(str::to_owned);
        self
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Says what it means to readers and to writers, where the rule leaves that open.
    pub(super) fn wire(mut self, read: Wire, write: Wire) -> Self {
        self.wire = Some(OnWire { read, write });
        self
    }

    /// The same change under a rule about the move that it is part of, which says no more of the wire.
    pub(super) fn under(mut self, rule: &'static Rule, policy: &Policy) -> Self {
        self.wire = Some(self.on_wire(policy));
        self.rule = rule;
        self
    }

    /// What it means on the wire.
    pub(super) fn on_wire(&self, policy: &Policy) -> OnWire {
        let judged = |judged: Judged, given: Option<Wire>| match judged {
            Judged::Always(wire) => wire,
            Judged::ByPolicy => policy.enum_members,
            // What nobody has looked at is not known.
            Judged::ByShape | Judged::ByEvidence | Judged::ByValues | Judged::AsChange => {
                given.unwrap_or(Wire::Risky)
            }
        };
        OnWire {
            read: judged(self.rule.wire_read, self.wire.map(|wire| wire.read)),
            write: judged(self.rule.wire_write, self.wire.map(|wire| wire.write)),
        }
    }
}
