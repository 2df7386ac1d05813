//! The bindings that are checked in are those of the header.
//! INFLUENCE_WRITE_BINDINGS=1 writes them anew.

use std::path::Path;

#[test]
fn are_the_headers() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let header = here.join("../../../include/influence/influence.h");
    let generated = bindgen::Builder::default()
        .header(header.to_str().unwrap())
        .allowlist_function("influence_.*")
        .allowlist_type("influence_.*|Arrow.*")
        .allowlist_var("INFLUENCE_.*|ARROW_.*")
        .prepend_enum_name(false)
        .default_macro_constant_type(bindgen::MacroTypeVariation::Unsigned)
        .use_core()
        .derive_default(true)
        .generate_comments(false)
        .disable_header_comment()
        .layout_tests(true)
        .merge_extern_blocks(true)
        .generate()
        .unwrap()
        .to_string();
    let checked_in = here.join("src/bindings.rs");
    if std::env::var_os("INFLUENCE_WRITE_BINDINGS").is_some() {
        std::fs::write(&checked_in, &generated).unwrap();
    }
    let written = std::fs::read_to_string(&checked_in).unwrap();
    assert!(written == generated, "src/bindings.rs is not what bindgen makes of the header");
}
