//! What must hold whatever the docs say. Each law panics where it is broken, so that property tests, the fuzz targets and
//! tests on real docs share it.

pub mod diff;
pub mod emitted;
pub mod lock;
pub mod pages;
