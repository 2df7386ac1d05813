//! The program around the part of abi/rust/README.md about errors.

use influence::{Counts, Engine, Error, Status};

fn main() -> Result<(), Error> {
    let engine = Engine::new("v1")?;
DOCUMENT
    Ok(())
}
