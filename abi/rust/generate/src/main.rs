//! Writes the messages of proto/influence.proto into a folder: generate FOLDER.

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).expect("generate FOLDER");
    let proto = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../proto");
    prost_build::Config::new()
        .out_dir(folder)
        .type_attribute(
            ".",
            "#[cfg_attr(feature = \"serde\", derive(serde::Serialize, serde::Deserialize))]",
        )
        .enum_attribute(".", "#[cfg_attr(feature = \"serde\", serde(rename_all = \"snake_case\"))]")
        .compile_protos(&[format!("{proto}/influence.proto")], &[proto])
}
