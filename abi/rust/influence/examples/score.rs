//! Scores the people of a CSV file, line by line of the sum; pins the algorithm,
//! and meets a bad profile.

use std::error::Error;

use influence::{count, Account, Engine, Options, Profile, Status};

const FINGERPRINT: &str = "27d89c7b68fb6d35e9575adbc8d72803b25ca4d38d8486f381a3764086b0f8a0";

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("score FILE")?;
    let people = std::fs::read_to_string(path)?
        .lines()
        .skip(1) // the header
        .map(person)
        .collect::<Result<Vec<_>, _>>()?;
    let engine = Engine::new("v1")?;
    // v1, and no other table
    let options = Options { fingerprint: FINGERPRINT.into(), ..Default::default() };
    for scored in engine.score_with(&people, &options)? {
        match scored.ledger {
            Err(error) if error.status == Status::OutOfRange => {
                println!("{} has no score: {error}", scored.id);
            }
            Err(error) => return Err(error.into()),
            Ok(ledger) => {
                println!("{}: {} points", scored.id, points(ledger.score_micropoints));
                for line in &ledger.lines {
                    let factor = line.factor().as_str_name().trim_start_matches("FACTOR_");
                    let points = points(line.points_micropoints);
                    println!("  {:13} {points}", factor.to_lowercase());
                }
            }
        }
    }
    Ok(())
}

/// id,mentions,reshares,followers,likes; an empty cell is unknown, which is not
/// zero.
fn person(row: &str) -> Result<Profile, std::num::ParseIntError> {
    let cells: Vec<&str> = row.split(',').collect();
    let signal = |i: usize| match cells.get(i) {
        None | Some(&"") => Ok(None),
        Some(cell) => cell.parse().map(count),
    };
    let account = Account {
        mentions_micros: signal(1)?,
        reshares_micros: signal(2)?,
        followers_micros: signal(3)?,
        likes_micros: signal(4)?,
        ..Default::default()
    };
    Ok(Profile { id: cells[0].into(), accounts: vec![account] })
}

fn points(micropoints: i64) -> String {
    format!("{}.{:06}", micropoints / 1_000_000, micropoints % 1_000_000)
}
