// Written by `cargo xtask contract`.
pub(super) const FILES: &[(&str, &str)] = &[];
