//! Scores one person by plain counts.

use influence::{Counts, Engine, Error};

fn main() -> Result<(), Error> {
    let engine = Engine::new("v1")?;
    let ada = Counts::new()
        .mentions(120)
        .reshares(85)
        .followers(2_400)
        .listings(31);
    let score = engine.score_counts(&ada)?;
    println!("ada: {score:.1} points");
    Ok(())
}
