//! Scores the people of a CSV file and prints the lines of each score.

use influence::{Account, Engine, Options, Profile, count, format_points};

const FINGERPRINT: &str = "27d89c7b68fb6d35e9575adbc8d72803b25ca4d38d8486f381a3764086b0f8a0";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("score FILE")?;
    let text = std::fs::read_to_string(path)?;
    let people: Result<Vec<_>, _> = text.lines().skip(1).map(person).collect();
    let engine = Engine::new("v1")?;
    let pinned = Options::new().fingerprint(FINGERPRINT); // v1, and no other table
    for person in engine.score_with(&people?, &pinned)? {
        let id = person.id;
        match person.outcome {
            Ok(ledger) => {
                println!(
                    "{id}: {} points",
                    format_points(ledger.score_micropoints, 6)?
                );
                for line in &ledger.lines {
                    let points = format_points(line.points_micropoints, 6)?;
                    println!("  {:20} {points}", line.factor().as_str_name());
                }
            }
            Err(why) => println!("{id} has no score: {}: {}", why.field(), why.text()),
        }
    }
    Ok(())
}

/// A row of id, mentions, reshares, followers, likes. An empty cell is unknown,
/// which is not zero.
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
        ..Profile::default()
    })
}
