//! The examples run, and the README shows what they are and print. `cargo test`
//! builds them before; with `--test examples` alone, `cargo build --examples`.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

type Outcome = Result<(), Box<dyn Error>>;

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// This test is in `deps`, beside which the examples are.
fn run(example: &str, arguments: &[PathBuf]) -> Result<Output, Box<dyn Error>> {
    let test = std::env::current_exe()?;
    let folder = test.ancestors().nth(2).ok_or("no folder")?;
    let program = folder.join("examples").join(example);
    Ok(Command::new(program).args(arguments).output()?)
}

#[test]
fn the_readme_shows_the_examples_and_what_they_print() -> Outcome {
    let readme = std::fs::read_to_string(here().join("../README.md"))?;
    let people = here().join("../../../examples/people.csv");
    for (example, arguments) in [("counts", &[][..]), ("score", &[people][..])] {
        let code = std::fs::read_to_string(here().join(format!("examples/{example}.rs")))?;
        assert!(readme.contains(&format!("\n{code}```\n")), "{example}");
        let output = run(example, arguments)?;
        assert!(output.status.success(), "{example}");
        let printed = String::from_utf8(output.stdout)?;
        assert!(
            readme.contains(&format!("```text\n{printed}```\n")),
            "{printed}"
        );
    }
    Ok(())
}

#[test]
fn the_corpus_is_replayed() -> Outcome {
    let sample = here().join("../../../tests/conformance/v1/corpus_sample.txt");
    let output = run("conformance", std::slice::from_ref(&sample))?;
    let printed = String::from_utf8(output.stdout)?;
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(printed.ends_with("  560 cases\n"), "{printed}");

    // Another answer is noticed.
    let text = std::fs::read_to_string(sample)?;
    let (before, after) = text.split_once("\nledger ").ok_or("no ledger")?;
    let spoiled = Path::new(env!("CARGO_TARGET_TMPDIR")).join("spoiled.txt");
    std::fs::write(&spoiled, format!("{before}\nledger 1{after}"))?;
    assert!(!run("conformance", &[spoiled])?.status.success());
    Ok(())
}
