//! The people of the examples have the texts of `abi/scores.csv`, which C and the
//! command show as well: by counts, by messages and by columns.

use std::collections::HashMap;
use std::error::Error;

use influence::{Account, Counts, Engine, Profile, Signal, format_points};

type Outcome = Result<(), Box<dyn Error>>;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../");
const FILES: [(&str, usize, usize); 2] =
    [("klout58.csv", 58, 58), ("community_made_up.csv", 20, 5)];
const MILLION: i64 = 1_000_000;

const SIGNALS: [(&str, Signal); 10] = [
    ("mentions", Signal::Mentions),
    ("replies", Signal::Replies),
    ("saves", Signal::Saves),
    ("likes", Signal::Likes),
    ("reshares", Signal::Reshares),
    ("quotes", Signal::Quotes),
    ("listings", Signal::Listings),
    ("followers", Signal::Followers),
    ("standing", Signal::Standing),
    ("endorsements", Signal::Endorsements),
];

fn signals(account: &mut Account) -> [&mut Option<i64>; 10] {
    [
        &mut account.mentions_micros,
        &mut account.replies_micros,
        &mut account.saves_micros,
        &mut account.likes_micros,
        &mut account.reshares_micros,
        &mut account.quotes_micros,
        &mut account.listings_micros,
        &mut account.followers_micros,
        &mut account.standing_micros,
        &mut account.endorsements_micros,
    ]
}

/// The rows of a CSV file without quotes, by the names of its columns.
fn rows(path: &str) -> Result<Vec<HashMap<String, String>>, Box<dyn Error>> {
    let text = std::fs::read_to_string(format!("{ROOT}{path}"))?;
    let mut lines = text.lines().filter(|line| !line.starts_with('#'));
    let header: Vec<_> = lines.next().ok_or("no header")?.split(',').collect();
    Ok(lines
        .map(|line| {
            let cells = line.split(',').map(String::from);
            header.iter().map(ToString::to_string).zip(cells).collect()
        })
        .collect())
}

/// "38.25" is 38,250,000.
fn micros(cell: &str) -> Result<i64, Box<dyn Error>> {
    let (whole, decimals) = cell.split_once('.').unwrap_or((cell, ""));
    Ok(format!("{whole}{decimals:0<6}").parse()?)
}

/// Rows of one id, which stand together, are one person.
fn people(file: &str) -> Result<Vec<Profile>, Box<dyn Error>> {
    let mut people: Vec<Profile> = Vec::new();
    for row in rows(&format!("examples/{file}"))? {
        let mut account = Account {
            network: row.get("network").cloned().unwrap_or_default(),
            ..Account::default()
        };
        for ((name, _), signal) in SIGNALS.iter().zip(signals(&mut account)) {
            if let Some(cell) = row.get(*name).filter(|cell| !cell.is_empty()) {
                *signal = Some(micros(cell)?);
            }
        }
        match people.last_mut().filter(|last| last.id == row["id"]) {
            Some(person) => person.accounts.push(account),
            None => people.push(Profile {
                id: row["id"].clone(),
                accounts: vec![account],
                ..Profile::default()
            }),
        }
    }
    Ok(people)
}

/// The texts of one file, by person.
struct Wanted(HashMap<String, HashMap<String, String>>);

impl Wanted {
    fn of(file: &str, people: usize) -> Result<Self, Box<dyn Error>> {
        let mut rows = rows("abi/scores.csv")?;
        rows.retain(|row| row["file"] == file);
        assert_eq!(rows.len(), people);
        Ok(Self(
            rows.into_iter()
                .map(|row| (row["id"].clone(), row))
                .collect(),
        ))
    }

    fn check(&self, id: &str, micropoints: i64) -> Outcome {
        for (column, decimals) in [("points", 6), ("points_1", 1), ("points_0", 0)] {
            assert_eq!(
                format_points(micropoints, decimals)?,
                self.0[id][column],
                "{id}"
            );
        }
        Ok(())
    }
}

/// The counts of a person who has one account and no fractions.
fn counts(person: &mut Profile) -> Option<Counts> {
    let [account] = &mut person.accounts[..] else {
        return None;
    };
    let mut counts = Counts::new();
    for ((_, signal), value) in SIGNALS.iter().zip(signals(account)) {
        if value.is_some_and(|micros| micros % MILLION != 0) {
            return None;
        }
        counts = counts.with(*signal, value.map(|micros| micros / MILLION));
    }
    Some(counts)
}

#[test]
fn messages_and_counts_show_the_same_text() -> Outcome {
    let engine = Engine::new("v1")?;
    for (file, all, least) in FILES {
        let wanted = Wanted::of(file, all)?;
        let mut people = people(file)?;
        assert_eq!(people.len(), all);
        for result in engine.score(&people)? {
            wanted.check(&result.id, result.outcome?.score_micropoints)?;
        }
        let mut counted = 0;
        for person in &mut people {
            if let Some(counts) = counts(person) {
                let score = engine.score_counts(&counts)?;
                wanted.check(&person.id, score.score_micropoints)?;
                assert_eq!(score.to_string(), wanted.0[&person.id]["points"]);
                counted += 1;
            }
        }
        assert!(counted >= least, "{counted}");
    }
    Ok(())
}

#[cfg(feature = "arrow")]
#[test]
fn columns_show_the_same_text() -> Outcome {
    use std::sync::Arc;

    use arrow::array::{
        Array, ArrayRef, AsArray, Int64Array, ListArray, RecordBatch, StringArray, StructArray,
    };
    use arrow::buffer::OffsetBuffer;
    use arrow::datatypes::{Decimal128Type, Field};

    let engine = Engine::new("v1")?;
    for (file, all, _) in FILES {
        let wanted = Wanted::of(file, all)?;
        let mut people = people(file)?;
        let ids = StringArray::from_iter_values(people.iter().map(|person| &person.id));
        let sizes: Vec<_> = people.iter().map(|person| person.accounts.len()).collect();
        let accounts: Vec<_> = people
            .iter_mut()
            .flat_map(|person| &mut person.accounts)
            .map(|account| signals(account).map(|signal| *signal))
            .collect();
        let columns: Vec<(String, ArrayRef)> = SIGNALS
            .iter()
            .enumerate()
            .map(|(i, (name, _))| {
                let values = Int64Array::from_iter(accounts.iter().map(|signals| signals[i]));
                (format!("{name}_micros"), Arc::new(values) as ArrayRef)
            })
            .collect();
        // A flat table if everybody has one account, and lists of accounts in any case.
        let mut batches = Vec::new();
        if accounts.len() == people.len() {
            let with_id = std::iter::once(("id".into(), Arc::new(ids.clone()) as ArrayRef));
            batches.push(RecordBatch::try_from_iter(with_id.chain(columns.clone()))?);
        }
        let accounts = StructArray::from(RecordBatch::try_from_iter(columns)?);
        let lists = ListArray::try_new(
            Arc::new(Field::new_list_field(accounts.data_type().clone(), false)),
            OffsetBuffer::from_lengths(sizes),
            Arc::new(accounts),
            None,
        )?;
        batches.push(RecordBatch::try_from_iter([
            ("id", Arc::new(ids) as ArrayRef),
            ("accounts", Arc::new(lists)),
        ])?);
        for batch in batches {
            let scored = engine.score_batch(&batch, &influence::ColumnsOptions::default())?;
            let scores = scored["score"].as_primitive::<Decimal128Type>();
            assert_eq!(scores.len(), all);
            for (person, score) in people.iter().zip(scores.values()) {
                wanted.check(&person.id, i64::try_from(*score)?)?;
            }
        }
    }
    Ok(())
}
