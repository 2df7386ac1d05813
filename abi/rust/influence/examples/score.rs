//! Scores the people of a CSV file, line by line of the sum; pins the algorithm,
//! and meets a bad profile.

use std::error::Error;

use influence::{Account, Engine, Options, Profile, Status, count};

const FINGERPRINT: &str = "27d89c7b68fb6d35e9575adbc8d72803b25ca4d38d8486f381a3764086b0f8a0";

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("score FILE")?;
    let people = std::fs::read_to_string(path)?
        .lines()
        .skip(1) // the header
        .map(person)
        .collect::<Result<Vec<_>, _>>()?;
    let engine = Engine::new("v1")?;
    let pinned = Options::new().fingerprint(FINGERPRINT); // v1, and no other table
    for person in engine.score_with(&people, &pinned)? {
        match person.outcome {
            Ok(ledger) => {
                println!("{}: {} points", person.id, points(ledger.score_micropoints));
                for line in &ledger.lines {
                    let factor = line.factor().as_str_name().trim_start_matches("FACTOR_");
                    let points = points(line.points_micropoints);
                    println!("  {:13} {points}", factor.to_lowercase());
                }
            }
            Err(why) if why.status == Status::OutOfRange => {
                println!("{} has no score: {why}", person.id);
            }
            Err(why) => return Err(why.into()),
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
        ..Account::default()
    };
    Ok(Profile {
        id: cells[0].into(),
        accounts: vec![account],
    })
}

fn points(micropoints: i64) -> String {
    format!("{}.{:06}", micropoints / 1_000_000, micropoints % 1_000_000)
}
