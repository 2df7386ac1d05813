//! A library that this crate was not made for is refused, with both versions.
#![cfg(not(feature = "bundled"))]

use std::error::Error;
use std::path::Path;
use std::process::Command;

use influence::{Engine, Status, VERSION};

/// Builds tests/abi/other_version.c and runs `loaded` in a process that has it
/// instead of libinfluence.
fn with_library(abi: &str, version: &str) -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{abi}-{version}"));
    std::fs::create_dir_all(&folder)?;
    let built = Command::new("cc")
        .current_dir(&root)
        .args(["-shared", "-fPIC", "-Wall", "-Werror", "-I", "include"])
        .arg(format!("-DOTHER_ABI={abi}"))
        .arg(format!("-DOTHER_VERSION=\"{version}\""))
        .args([
            "-Wl,-soname,libinfluence.so.1",
            "-Wl,--version-script=abi/c/influence.map",
        ])
        .args(["tests/abi/other_version.c", "-o"])
        .arg(folder.join("libinfluence.so.1"))
        .status()?;
    assert!(built.success());
    let output = Command::new(std::env::current_exe()?)
        .args(["--exact", "loaded", "--ignored"])
        .env("LD_LIBRARY_PATH", &folder)
        .env("INFLUENCE_OTHER", format!("{version} {abi}"))
        .output()?;
    let words = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && words.contains("1 passed"),
        "{words}"
    );
    Ok(())
}

#[test]
fn another_abi_is_refused() -> Result<(), Box<dyn Error>> {
    with_library("2", "3.1.4")
}

#[test]
fn an_older_library_is_refused() -> Result<(), Box<dyn Error>> {
    with_library("1", "0.0.9")
}

#[test]
#[ignore = "run by the tests above, with another library"]
fn loaded() -> Result<(), Box<dyn Error>> {
    let other = std::env::var("INFLUENCE_OTHER")?;
    let (version, abi) = other.split_once(' ').ok_or("VERSION ABI")?;
    for why in [
        Engine::new("v1").err(),
        Engine::custom_bytes(&[]).err(),
        influence::algorithms().err(),
        influence::render_bytes(&[]).err(),
    ] {
        let why = why.ok_or("it was not refused")?;
        assert_eq!(why.status(), Status::Incompatible);
        for word in [VERSION, version, &format!("ABI {abi}"), "ABI 1"] {
            assert!(why.text().contains(word), "{why} does not say {word}");
        }
    }
    Ok(())
}
