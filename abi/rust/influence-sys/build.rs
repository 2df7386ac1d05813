//! Finds libinfluence: with the feature `bundled` the static library in the
//! folder that `INFLUENCE_BUNDLED_DIR` names, otherwise what pkg-config knows.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=INFLUENCE_BUNDLED_DIR");
    let found = if std::env::var_os("CARGO_FEATURE_BUNDLED").is_some() {
        bundled()
    } else {
        installed()
    };
    if let Err(why) = found {
        eprintln!("influence-sys: {why}");
        std::process::exit(1);
    }
}

fn installed() -> Result<(), String> {
    // Any later library of the same ABI serves; the ABI is checked at run time.
    pkg_config::Config::new()
        .atleast_version("0.1.0")
        .probe("influence")
        .map(drop)
        .map_err(|why| {
            format!(
                "no installed libinfluence. Install it where pkg-config looks \
                 (PKG_CONFIG_PATH), or use the feature `bundled`.\n{why}"
            )
        })
}

fn bundled() -> Result<(), String> {
    let folder = std::env::var("INFLUENCE_BUNDLED_DIR").map_err(|_| {
        "the feature `bundled` needs INFLUENCE_BUNDLED_DIR, the folder with \
         libinfluence.a"
            .to_owned()
    })?;
    let archive = std::path::Path::new(&folder).join("libinfluence.a");
    if !archive.is_file() {
        return Err(format!("there is no {}", archive.display()));
    }
    println!("cargo:rerun-if-changed={}", archive.display());
    println!("cargo:rustc-link-search=native={folder}");
    println!("cargo:rustc-link-lib=static=influence");
    println!("cargo:rustc-link-lib=stdc++");
    println!("cargo:rustc-link-lib=m");
    Ok(())
}
