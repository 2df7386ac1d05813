//! Makes the two generated files of this workspace from what they are of:
//!
//! - `influence-sys/src/bindings.rs` from `include/influence/influence.h`
//! - `influence/src/influence.abi1.rs` from `proto/influence/abi1/influence.proto`
//!
//! `cargo run -p generate` writes them; with `-- --check` it compares instead,
//! and fails if one is not what would be made. Needs libclang and protoc.

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let check = match std::env::args().skip(1).collect::<Vec<_>>().as_slice() {
        [] => false,
        [word] if word == "--check" => true,
        _ => return Err("generate [--check]".into()),
    };
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let root = here.join("../..");
    for (path, text) in [
        ("influence-sys/src/bindings.rs", bindings(&root)?),
        ("influence/src/influence.abi1.rs", messages(&root)?),
    ] {
        let file = here.join(path);
        if !check {
            std::fs::write(&file, text)?;
        } else if std::fs::read_to_string(&file)? != text {
            return Err(format!("{path} is not what would be made today").into());
        }
    }
    Ok(())
}

/// The header. The result asserts the layout of each struct when it compiles.
fn bindings(root: &Path) -> Result<String, Box<dyn Error>> {
    let header = root.join("include/influence/influence.h");
    // bindgen does not see a macro whose value is another header's macro.
    let unknown = "#define INFLUENCE_UNKNOWN INT64_MIN\n";
    if !std::fs::read_to_string(&header)?.contains(unknown) {
        return Err("influence.h defines INFLUENCE_UNKNOWN in another way".into());
    }
    let made = bindgen::builder()
        .header(header.to_str().ok_or("the path is not UTF-8")?)
        .clang_args(["-x", "c", "-std=c11"])
        .allowlist_item("influence_.*|INFLUENCE_.*|Arrow.*|ARROW_.*")
        .blocklist_item("INFLUENCE_(API|INFLUENCE_H_)|ARROW_C_.*_INTERFACE")
        .default_enum_style(bindgen::EnumVariation::Consts)
        .prepend_enum_name(false)
        .use_core()
        .derive_copy(false)
        .derive_debug(false)
        .rust_target(bindgen::RustTarget::stable(85, 0).map_err(|e| e.to_string())?)
        .rust_edition(bindgen::RustEdition::Edition2024)
        .merge_extern_blocks(true)
        .generate_comments(false)
        .disable_header_comment()
        .raw_line("// Made by `cargo run -p generate` from influence.h.")
        .raw_line("")
        .raw_line("pub const INFLUENCE_UNKNOWN: i64 = i64::MIN;")
        .formatter(bindgen::Formatter::Rustfmt)
        .generate()?
        .to_string();
    typed(made)
}

/// The enums of the header have no names. Their constants get the type of the
/// parameter or result that they are for.
fn typed(mut made: String) -> Result<String, Box<dyn Error>> {
    for (constant, of) in [
        ("INFLUENCE_OK", "influence_status"),
        ("INFLUENCE_MENTIONS", "usize"),
        ("INFLUENCE_LIMIT_REQUEST_BYTES", "i32"),
    ] {
        let rest = made
            .split_once(&format!("pub const {constant}: "))
            .ok_or_else(|| format!("there is no {constant}"))?;
        let name = rest.1.split(' ').next().unwrap_or_default().to_owned();
        made = made
            .replace(&format!("pub type {name} = ::core::ffi::c_uint;\n"), "")
            .replace(&format!(": {name} ="), &format!(": {of} ="));
    }
    match made.contains("_bindgen_") {
        true => Err("an enum of the header has no type here".into()),
        false => Ok(made),
    }
}

/// The messages, which serde reads and writes if that feature is on.
fn messages(root: &Path) -> Result<String, Box<dyn Error>> {
    let out = std::env::temp_dir().join(format!("influence-{}", std::process::id()));
    std::fs::create_dir_all(&out)?;
    let serde = "#[cfg_attr(feature = \"serde\", derive(serde::Serialize, serde::Deserialize))]";
    let made = prost_build::Config::new()
        .out_dir(&out)
        .type_attribute(".", serde)
        .message_attribute(".", "#[cfg_attr(feature = \"serde\", serde(default))]")
        .compile_protos(
            &[root.join("proto/influence/abi1/influence.proto")],
            &[root.join("proto")],
        )
        .and_then(|()| std::fs::read_to_string(out.join("influence.abi1.rs")));
    std::fs::remove_dir_all(&out)?;
    Ok(made?)
}
