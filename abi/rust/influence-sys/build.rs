//! Finds the library: by pkg-config, or in INFLUENCE_BUNDLED_DIR.

fn main() {
    println!("cargo::rerun-if-env-changed=INFLUENCE_BUNDLED_DIR");
    if std::env::var_os("CARGO_FEATURE_BUNDLED").is_some() {
        let Ok(folder) = std::env::var("INFLUENCE_BUNDLED_DIR") else {
            println!(
                "cargo::error=INFLUENCE_BUNDLED_DIR is not set: the folder of libinfluence.a, \
                 build/bundled/abi after `cmake --preset bundled && cmake --build --preset bundled`"
            );
            return;
        };
        println!("cargo::rerun-if-changed={folder}/libinfluence.a");
        println!("cargo::rustc-link-search=native={folder}");
        println!("cargo::rustc-link-lib=static:-bundle=influence");
        println!("cargo::rustc-link-lib=dylib=stdc++");
        println!("cargo::rustc-link-lib=dylib=m");
        return;
    }
    if let Err(error) = pkg_config::Config::new().atleast_version("0.1.0").probe("influence") {
        println!(
            "cargo::error=libinfluence is not installed where pkg-config looks \
             (PKG_CONFIG_PATH), and the feature `bundled` is not on: {error}"
        );
    }
}
