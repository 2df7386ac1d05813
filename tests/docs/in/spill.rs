//! The program around the line of abi/rust/README.md that spills.

use influence::messages::TallyOptions;
use influence::{Engine, Tally};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let options = TallyOptions {
        as_of_seconds: Some(1_700_000_000),
        ..TallyOptions::default()
    };
    let mut tally = Tally::new(&Engine::new("v1")?, &options)?;
DOCUMENT
    Ok(())
}
