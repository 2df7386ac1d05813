//! One story through every function, with the digests that it has in C: those of
//! `../../story.txt`. With the feature `arrow`, also through the columns.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::Path;

use influence::messages::render_request::Subject;
use influence::messages::{
    CompareRequest, CompareResponse, DriftOptions, DriftReport, EdgeBatch, EventBatch, NodeRequest,
    RenderFormat, RenderRequest, RunOptions, ScoreRequest, ScoreResponse, SeedList, SubjectRequest,
    TallyOptions, WhatIfRequest, WhatIfResponse,
};
use influence::prost::Message;
use influence::{
    Account, Counts, Drift, Engine, Graph, Signal, Standing, Tally, compare, compare_bytes,
    format_points, render, temporary_file,
};
use sha2::{Digest, Sha256};

type Outcome = Result<(), Box<dyn Error>>;

struct Story {
    inputs: BTreeMap<String, Vec<u8>>,
    wanted: BTreeMap<String, String>,
    told: BTreeSet<String>,
}

impl Story {
    fn read() -> Result<Self, Box<dyn Error>> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../story.txt");
        let mut story = Self {
            inputs: BTreeMap::new(),
            wanted: BTreeMap::new(),
            told: BTreeSet::new(),
        };
        let mut name = String::new();
        for line in std::fs::read_to_string(path)?.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            match words.as_slice() {
                ["#", ..] => {}
                ["input", input] => {
                    name = (*input).to_owned();
                    story.inputs.insert(name.clone(), Vec::new());
                }
                [hex] => {
                    let bytes = story.inputs.get_mut(&name).ok_or("hex of nothing")?;
                    for at in (0..hex.len()).step_by(2) {
                        bytes.push(u8::from_str_radix(&hex[at..at + 2], 16)?);
                    }
                }
                [_, output, digest] => {
                    story
                        .wanted
                        .insert((*output).to_owned(), (*digest).to_owned());
                }
                _ => return Err(line.into()),
            }
        }
        Ok(story)
    }

    fn bytes(&self, name: &str) -> &[u8] {
        self.inputs.get(name).expect("the story has it")
    }

    fn message<M: Message + Default>(&self, name: &str) -> M {
        M::decode(self.bytes(name)).expect("the story is well-formed")
    }

    fn out(&mut self, name: &str, bytes: &[u8]) {
        let digest: String = Sha256::digest(bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert_eq!(Some(&digest), self.wanted.get(name), "{name}");
        self.told.insert(name.to_owned());
    }

    /// Fails if an output is missing, unless its name begins with one of `but`.
    fn end(&self, but: &[&str]) {
        for name in self.wanted.keys() {
            let is_left_out = but.iter().any(|prefix| name.starts_with(prefix));
            assert!(is_left_out || self.told.contains(name), "{name}");
        }
    }

    fn tally(&self, engine: &Engine, batches: &[&str]) -> Result<Tally, influence::Error> {
        let mut tally = Tally::new(engine, &self.message::<TallyOptions>("tally_options"))?;
        for batch in batches {
            tally.add_bytes(self.bytes(batch))?;
        }
        Ok(tally)
    }

    fn drift(&self, engines: &[Engine; 2], people: &[&str]) -> Result<Drift, influence::Error> {
        let options = self.message::<DriftOptions>("drift_options");
        let mut drift = Drift::new(&engines[0], &engines[1], &options)?;
        for batch in people {
            drift.add_bytes(self.bytes(batch))?;
        }
        Ok(drift)
    }

    fn run(
        &mut self,
        name: &str,
        graph: &mut Graph,
        threads: u32,
    ) -> Result<Standing, Box<dyn Error>> {
        graph.seed_bytes(self.bytes("seeds"))?;
        let standing = graph.run(&RunOptions {
            threads,
            ..RunOptions::default()
        })?;
        let mut report = standing.report()?;
        report.memory_bytes = 0; // about
        self.out(&format!("{name}.report"), &report.encode_to_vec());
        Ok(standing)
    }
}

/// An account's whole units.
fn counts_of(account: &Account) -> Counts {
    [
        (Signal::Mentions, account.mentions_micros),
        (Signal::Replies, account.replies_micros),
        (Signal::Saves, account.saves_micros),
        (Signal::Likes, account.likes_micros),
        (Signal::Reshares, account.reshares_micros),
        (Signal::Quotes, account.quotes_micros),
        (Signal::Listings, account.listings_micros),
        (Signal::Followers, account.followers_micros),
        (Signal::Standing, account.standing_micros),
        (Signal::Endorsements, account.endorsements_micros),
    ]
    .into_iter()
    .fold(Counts::new(), |counts, (signal, micros)| {
        counts.with(signal, micros.map(|micros| micros / 1_000_000))
    })
}

fn saved(tally: &mut Tally) -> Result<Vec<u8>, influence::Error> {
    let mut bytes = Vec::new();
    tally.save(&mut bytes)?;
    Ok(bytes)
}

#[test]
fn the_story_is_the_same_as_in_c() -> Outcome {
    let mut story = Story::read()?;
    let engines = [Engine::new("v1")?, Engine::new("v2")?];
    let [v1, v2] = &engines;

    let mut tally = story.tally(v1, &["events_1", "events_2"])?;
    let mut second = story.tally(v1, &["events_2"])?;
    let mut merged = Tally::load(v1, &saved(&mut second)?[..])?;
    merged.merge(&story.tally(v1, &["events_1"])?)?;
    story.out("tally.save", &saved(&mut tally)?);
    story.out("tally.save", &saved(&mut merged)?);
    let mut typed = story.tally(v1, &[])?;
    for batch in ["events_2", "events_1"] {
        typed.add(&story.message::<EventBatch>(batch))?;
    }
    story.out("tally.save", &saved(&mut typed)?);
    let mut report = tally.report()?;
    report.memory_bytes = 0; // not the same for the same events
    story.out("tally.report", &report.encode_to_vec());
    let subject = tally.subject_bytes(story.bytes("subject_request"))?;
    story.out("tally.subject", &subject);
    let subject = tally.subject(&story.message::<SubjectRequest>("subject_request"))?;
    story.out("tally.subject", &subject.encode_to_vec());

    let mut graph = Graph::new(v1, &Default::default())?;
    graph.add(&story.message::<EdgeBatch>("edges"))?;
    graph.seed(&story.message::<SeedList>("seeds"))?;
    graph.seed(&SeedList {
        anew: true,
        ..SeedList::default()
    })?;
    let standing = story.run("edges", &mut graph, 2)?;
    let node = standing.explain_bytes(story.bytes("node_request"))?;
    story.out("edges.node", &node);
    let node = standing.explain(&story.message::<NodeRequest>("node_request"))?;
    story.out("edges.node", &node.encode_to_vec());
    let mut graph = Graph::new(v1, &Default::default())?;
    graph.add_tally(&mut tally)?;
    story.run("events", &mut graph, 1)?;

    let (mut counts, mut points) = (String::new(), String::new());
    for profile in story.message::<ScoreRequest>("counts").profiles {
        let score = v1.score_counts(&counts_of(&profile.accounts[0]))?;
        let all = [
            score.score_micropoints,
            score.low_micropoints,
            score.high_micropoints,
            score.coverage_micropoints,
        ];
        counts += &profile.id;
        for micropoints in all {
            counts += &format!(" {}", format_points(micropoints, 6)?);
        }
        counts.push('\n');
        points += &format!("{} {score:.1}\n", profile.id);
    }
    story.out("counts", counts.as_bytes());
    story.out("points", points.as_bytes());
    let why = Engine::custom_bytes(story.bytes("bad_algorithm")).expect_err("it is bad");
    let error = format!("{} {}\n", why.status(), why.field());
    story.out("error", error.as_bytes());

    let mut graph = Graph::new(v1, &Default::default())?;
    graph.spill(64 << 20, temporary_file(std::env::temp_dir())?)?;
    graph.add_bytes(story.bytes("edges"))?;
    story.run("edges", &mut graph, 1)?;

    let scored = v1.score_bytes(story.bytes("score_request"))?;
    story.out("score", &scored);
    let compared = compare_bytes(v1, v2, story.bytes("compare_request"))?;
    story.out("compare", &compared);
    let typed = compare(v1, v2, &story.message::<CompareRequest>("compare_request"))?;
    story.out("compare", &typed.encode_to_vec());
    let answer = v1.what_if_bytes(story.bytes("what_if_request"))?;
    story.out("what_if", &answer);
    let typed = v1.what_if(&story.message::<WhatIfRequest>("what_if_request"))?;
    story.out("what_if", &typed.encode_to_vec());

    let whole = story.drift(&engines, &["people_1", "people_2"])?;
    let kept = story.drift(&engines, &["people_2"])?.save()?;
    let mut merged = Drift::load(v1, v2, &kept)?;
    merged.merge(&story.drift(&engines, &["people_1"])?)?;
    story.out("drift.save", &whole.save()?);
    story.out("drift.save", &merged.save()?);
    let drifted = whole.report_bytes()?;
    story.out("drift.report", &drifted);
    let mut typed = story.drift(&engines, &[])?;
    typed.add(&story.message::<ScoreRequest>("people_1"))?;
    typed.add(&story.message::<ScoreRequest>("people_2"))?;
    story.out("drift.report", &typed.report()?.encode_to_vec());

    let pages = [
        Subject::Result(ScoreResponse::decode(&scored[..])?),
        Subject::Comparison(CompareResponse::decode(&compared[..])?),
        Subject::WhatIf(WhatIfResponse::decode(&answer[..])?),
        Subject::Drift(DriftReport::decode(&drifted[..])?),
    ];
    for (name, subject) in ["result", "comparison", "what_if", "drift"]
        .iter()
        .zip(pages)
    {
        let mut page = RenderRequest {
            subject: Some(subject),
            ..RenderRequest::default()
        };
        for (format, format_name) in [(RenderFormat::Text, "text"), (RenderFormat::Html, "html")] {
            for language in ["en", "de"] {
                page.set_format(format);
                page.language = language.into();
                let told = format!("render.{name}.{format_name}.{language}");
                story.out(&told, render(&page)?.as_bytes());
            }
        }
    }
    story.end(&[
        "tally.topics",
        "tally.profiles",
        "edges.ranks",
        "events.ranks",
        "joined.",
    ]);
    Ok(())
}

#[cfg(feature = "arrow")]
mod columns {
    use std::sync::Arc;

    use arrow::array::{
        Array, ArrayRef, AsArray, Int64Array, LargeStringArray, RecordBatch, RecordBatchReader,
        StringArray, UInt64Array,
    };
    use arrow::datatypes::{Decimal128Type, Int64Type, UInt64Type};
    use influence::messages::StreamOptions;
    use influence::{Profile, Status};

    use super::*;

    /// A column's entry as text.
    fn entry(column: &ArrayRef, row: usize) -> String {
        if let Some(texts) = column.as_string_opt::<i32>() {
            return texts.value(row).to_owned();
        }
        if let Some(texts) = column.as_string_opt::<i64>() {
            return texts.value(row).to_owned();
        }
        if let Some(points) = column.as_primitive_opt::<Decimal128Type>() {
            return points.value_as_string(row);
        }
        if let Some(numbers) = column.as_primitive_opt::<UInt64Type>() {
            return numbers.value(row).to_string();
        }
        column.as_primitive::<Int64Type>().value(row).to_string()
    }

    fn lines(
        batches: impl IntoIterator<Item = Result<RecordBatch, arrow::error::ArrowError>>,
        names: &[&str],
    ) -> Result<String, Box<dyn Error>> {
        let mut text = String::new();
        for batch in batches {
            let batch = batch?;
            for row in 0..batch.num_rows() {
                let entries: Vec<String> =
                    names.iter().map(|name| entry(&batch[*name], row)).collect();
                text += &entries.join(" ");
                text.push('\n');
            }
        }
        Ok(text)
    }

    /// Profiles as a serialized request.
    fn request(batches: impl RecordBatchReader) -> Result<Vec<u8>, Box<dyn Error>> {
        let mut people = Vec::new();
        for batch in batches {
            let batch = batch?;
            let ids = batch["id"].as_string::<i32>();
            let lists = batch["accounts"].as_list::<i32>();
            for row in 0..batch.num_rows() {
                let accounts = lists.value(row);
                let accounts = accounts.as_struct();
                let mut person = Profile {
                    id: ids.value(row).to_owned(),
                    accounts: vec![Account::default(); accounts.len()],
                    ..Profile::default()
                };
                for (name, column) in accounts.column_names().iter().zip(accounts.columns()) {
                    for (i, account) in person.accounts.iter_mut().enumerate() {
                        if *name == "network" {
                            account.network = entry(column, i);
                        } else if column.is_valid(i) {
                            set(account, name, column.as_primitive::<Int64Type>().value(i));
                        }
                    }
                }
                let beside = batch.column_by_name("standing_micros");
                if let Some(column) = beside.filter(|column| column.is_valid(row)) {
                    let value = column.as_primitive::<Int64Type>().value(row);
                    set(&mut person.accounts[0], "standing_micros", value);
                }
                people.push(person);
            }
        }
        let request = ScoreRequest {
            algorithm: "v1".into(),
            profiles: people,
            ..ScoreRequest::default()
        };
        Ok(request.encode_to_vec())
    }

    fn set(account: &mut Account, name: &str, value: i64) {
        let signal = match name {
            "mentions_micros" => &mut account.mentions_micros,
            "replies_micros" => &mut account.replies_micros,
            "saves_micros" => &mut account.saves_micros,
            "likes_micros" => &mut account.likes_micros,
            "reshares_micros" => &mut account.reshares_micros,
            "quotes_micros" => &mut account.quotes_micros,
            "listings_micros" => &mut account.listings_micros,
            "followers_micros" => &mut account.followers_micros,
            "standing_micros" => &mut account.standing_micros,
            "endorsements_micros" => &mut account.endorsements_micros,
            other => panic!("{other}"),
        };
        *signal = Some(value);
    }

    const SCORES: [&str; 5] = ["id", "score", "low", "high", "coverage"];
    const RANKS: [&str; 3] = ["id", "rank", "standing_micros"];

    #[test]
    fn streams_tell_the_rest() -> Outcome {
        let mut story = Story::read()?;
        let engine = Engine::new("v1")?;
        let mut tally = story.tally(&engine, &["events_1", "events_2"])?;
        let topics = ["id", "topic", "score_micros", "quantity_micros", "people"];
        story.out(
            "tally.topics",
            lines([Ok(tally.topics()?)], &topics)?.as_bytes(),
        );
        for batch_rows in [0, 3] {
            let profiles = tally.profiles(&StreamOptions { batch_rows })?;
            story.out("tally.profiles", &request(profiles)?);
        }
        let mut spilled = story.tally(&engine, &[])?;
        spilled.spill(64 << 20, temporary_file(std::env::temp_dir())?)?;
        for batch in ["events_1", "events_2"] {
            spilled.add_bytes(story.bytes(batch))?;
        }
        let profiles = spilled.profiles(&StreamOptions::default())?;
        drop(spilled); // the stream keeps the file
        story.out("tally.profiles", &request(profiles)?);

        let mut graph = Graph::new(&engine, &Default::default())?;
        graph.add_bytes(story.bytes("edges"))?;
        let standing = story.run("edges", &mut graph, 2)?;
        let ranks = standing.ranks(&Default::default())?;
        story.out("edges.ranks", lines(ranks, &RANKS)?.as_bytes());
        let mut graph = Graph::new(&engine, &Default::default())?;
        graph.add_tally(&mut tally)?;
        let standing = story.run("events", &mut graph, 1)?;
        let ranks = standing.ranks(&StreamOptions { batch_rows: 2 })?;
        let joined = standing.join(tally.profiles(&Default::default())?)?;
        story.out("joined.profiles", &request(joined)?);
        let joined = standing.join(tally.profiles(&Default::default())?)?;
        let scores = engine.score_stream(joined, &Default::default())?;
        // What was made outlives what it was made of.
        drop((graph, standing, tally, engine));
        story.out("joined.scores", lines(scores, &SCORES)?.as_bytes());
        story.out("events.ranks", lines(ranks, &RANKS)?.as_bytes());
        Ok(())
    }

    #[test]
    fn columns_are_messages() -> Outcome {
        let mut story = Story::read()?;
        let engine = Engine::new("v1")?;
        let mut tally = story.tally(&engine, &[])?;
        for name in ["events_1", "events_2"] {
            let events = story.message::<EventBatch>(name).events;
            let texts = |of: &dyn Fn(&influence::messages::Event) -> String| -> ArrayRef {
                Arc::new(
                    events
                        .iter()
                        .map(|event| Some(of(event)))
                        .collect::<StringArray>(),
                )
            };
            let kind = |event: &influence::messages::Event| {
                let name = Signal::try_from(event.kind)
                    .unwrap_or_default()
                    .as_str_name();
                name.trim_start_matches("SIGNAL_").to_lowercase()
            };
            let times: Int64Array = events
                .iter()
                .map(|event| Some(event.time_seconds))
                .collect();
            tally.add_batch(&RecordBatch::try_from_iter([
                ("actor", texts(&|event| event.actor.clone())),
                ("subject", texts(&|event| event.subject.clone())),
                ("kind", texts(&kind)),
                ("network", texts(&|event| event.network.clone())),
                ("topic", texts(&|event| event.topic.clone())),
                ("time", Arc::new(times) as ArrayRef),
            ])?)?;
        }
        story.out("tally.save", &saved(&mut tally)?);

        let edges = story.message::<EdgeBatch>("edges").edges;
        let ids = |of: fn(&influence::messages::Edge) -> &String| -> ArrayRef {
            let texts = edges.iter().map(|edge| Some(of(edge)));
            Arc::new(texts.collect::<LargeStringArray>())
        };
        let weights: UInt64Array = edges.iter().map(|edge| edge.weight).collect();
        let mut graph = Graph::new(&engine, &Default::default())?;
        graph.add_batch(&RecordBatch::try_from_iter([
            ("source", ids(|edge| &edge.source)),
            ("target", ids(|edge| &edge.target)),
            ("weight", Arc::new(weights) as ArrayRef),
        ])?)?;
        let standing = story.run("edges", &mut graph, 1)?;
        let ranks = standing.ranks(&Default::default())?;
        story.out("edges.ranks", lines(ranks, &RANKS)?.as_bytes());

        let v2 = Engine::new("v2")?;
        let mut drift = Drift::new(
            &engine,
            &v2,
            &DriftOptions {
                top: 1,
                slices: vec!["country".into()],
                ..Default::default()
            },
        )?;
        let texts = |texts: [&str; 3]| -> ArrayRef { Arc::new(StringArray::from(texts.to_vec())) };
        drift.add_batch(&RecordBatch::try_from_iter([
            ("id", texts(["a", "b", "c"])),
            ("country", texts(["x", "y", "x"])),
            (
                "followers",
                Arc::new(Int64Array::from(vec![10, 1_000, 100_000])) as ArrayRef,
            ),
        ])?)?;
        let report = drift.report()?;
        assert_eq!(report.slices.len(), 2);
        assert_eq!(report.all.ok_or("no summary")?.movers[0].id, "c");
        Ok(())
    }

    #[test]
    fn a_tally_waits_for_its_profiles() -> Outcome {
        let story = Story::read()?;
        let mut tally = story.tally(&Engine::new("v1")?, &["events_1"])?;
        let mut profiles = tally.profiles(&StreamOptions { batch_rows: 1 })?;
        let refused = tally.add_bytes(story.bytes("events_2"));
        assert_eq!(
            refused.map_err(|why| why.status()),
            Err(Status::FailedPrecondition)
        );
        // The two take turns, on threads of their own.
        let read = std::thread::spawn(move || profiles.by_ref().filter(Result::is_ok).count());
        for _ in 0..20 {
            tally.subject_bytes(story.bytes("subject_request"))?;
        }
        assert!(read.join().expect("no panic") > 5);
        tally.add_bytes(story.bytes("events_2"))?; // the stream is gone
        Ok(())
    }
}
