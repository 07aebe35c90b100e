//! Choices that look random and are the same each time.

/// A row of choices, which its number tells from others.
#[derive(Clone, Debug)]
pub struct Choices(pub u64);

impl Choices {
    /// A number below a limit; 0 if that is 0.
    pub fn below(&mut self, limit: usize) -> usize {
        // Knuth's constants for a linear congruence; the upper half is random enough for tests.
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit.max(1)
    }
}
