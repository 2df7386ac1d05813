//! Scores people, explains one, pins the algorithm, and meets a bad profile.

use influence::{count, Account, Engine, Error, Options, Profile, Status};

const FINGERPRINT: &str = "27d89c7b68fb6d35e9575adbc8d72803b25ca4d38d8486f381a3764086b0f8a0";

fn main() -> Result<(), Error> {
    let engine = Engine::new("v1")?;
    let ada = Account {
        mentions_micros: count(120),
        reshares_micros: count(85),
        followers_micros: count(2400),
        ..Default::default()
    };
    let bob = Account { likes_micros: count(-3), ..Default::default() };
    let people = [
        Profile { id: "ada".into(), accounts: vec![ada] },
        Profile { id: "bob".into(), accounts: vec![bob] },
    ];
    // v1, and no other table
    let options = Options { fingerprint: FINGERPRINT.into(), ..Default::default() };
    for scored in engine.score_with(&people, &options)? {
        match scored.ledger {
            Err(error) if error.status == Status::OutOfRange => {
                println!("{} has no score: {error}", scored.id);
            }
            Err(error) => return Err(error),
            Ok(ledger) => {
                println!("{}: {} points", scored.id, points(ledger.score_micropoints));
                for line in &ledger.lines {
                    println!(
                        "  {:19} {:>11} of {}",
                        line.factor().as_str_name().trim_start_matches("FACTOR_"),
                        points(line.points_micropoints),
                        points(line.weight_micropoints),
                    );
                }
            }
        }
    }
    Ok(())
}

fn points(micropoints: i64) -> String {
    format!("{}.{:06}", micropoints / 1_000_000, micropoints % 1_000_000)
}
