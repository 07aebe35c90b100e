//! Any text as a lock file, and the crate of what is one.

use typedown::Generator;

use crate::laws;

pub(super) fn run(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else {
        return;
    };
    if let Some(lock) = laws::lock::of_text(text) {
        let generator = Generator::new().threads(1);
        let output = generator
            .emit_locked(&lock)
            .expect("there are no customizations");
        laws::emitted::holds(&output.files);
        laws::emitted::features_hold(&output);
    }
}
