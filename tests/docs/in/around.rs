//! The program around the part of abi/rust/README.md from events to scores.

use influence::messages::{Event, EventBatch, Seed, SeedList, TallyOptions};
use influence::{Engine, Graph, Signal, Tally};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let engine = Engine::new("v1")?;
    let options = TallyOptions {
        as_of_seconds: Some(1_700_000_000),
        ..TallyOptions::default()
    };
    let event = Event {
        actor: "maria".into(),
        subject: "ada".into(),
        kind: Signal::Likes.into(),
        time_seconds: 1_699_990_000,
        ..Event::default()
    };
    let events = EventBatch {
        events: vec![event],
    };
    let seed = Seed {
        id: "maria".into(),
        weight: None,
    };
    let seeds = SeedList {
        seeds: vec![seed],
        ..SeedList::default()
    };
DOCUMENT
    Ok(())
}
