//! Reads and writes objects with the types of two crates, and prints how long that took: a line for each measurement.
//!
//! The objects of a type are read and written as a collection, as replies hold them: a program seldom goes from type to
//! type with every object.
//!
//! Arguments: a file with a version, a type and a JSON object on each line, with tabs between; how many megabytes to
//! read; how many rounds.

mod dispatch;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde::Serialize;

type Read = fn(&str) -> bool;
type Keep = fn(&str) -> Option<Box<dyn Objects>>;

/// What can be done with the two types of a name, as functions that are found before the clock starts.
#[derive(Clone, Copy)]
pub struct Types {
    table: Functions,
    derive: Functions,
}

#[derive(Clone, Copy)]
struct Functions {
    read_one: Read,
    read: Read,
    keep: Keep,
}

/// The functions of two types.
pub fn types<T, D>() -> Types
where
    T: DeserializeOwned + Serialize + 'static,
    D: DeserializeOwned + Serialize + 'static,
{
    Types {
        table: functions::<T>(),
        derive: functions::<D>(),
    }
}

fn functions<T: DeserializeOwned + Serialize + 'static>() -> Functions {
    Functions {
        read_one: read::<T>,
        read: read::<Vec<T>>,
        keep: keep::<Vec<T>>,
    }
}

/// Reads something and lets it go.
fn read<T: DeserializeOwned>(json: &str) -> bool {
    serde_json::from_str::<T>(json).is_ok()
}

fn keep<T: DeserializeOwned + Serialize + 'static>(json: &str) -> Option<Box<dyn Objects>> {
    let objects: T = serde_json::from_str(json).ok()?;
    Some(Box::new(objects))
}

/// Objects that can be written.
trait Objects {
    fn write(&self, out: &mut Vec<u8>) -> bool;
}

impl<T: Serialize> Objects for T {
    fn write(&self, out: &mut Vec<u8>) -> bool {
        serde_json::to_writer(out, self).is_ok()
    }
}

/// How long something took, and of how many bytes.
#[derive(Clone, Copy)]
struct Speed {
    time: Duration,
    bytes: usize,
}

/// The objects of a type that both of its types can read.
struct Collection<'a> {
    types: Types,
    objects: Vec<&'a str>,
}

impl Collection<'_> {
    /// An array that has each object so many times.
    fn json(&self, repetitions: usize) -> String {
        let once = self.objects.join(",");
        format!("[{}]", vec![once; repetitions].join(","))
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, megabytes, rounds] = &arguments[..] else {
        panic!("expected a file, a number of megabytes and a number of rounds, found {arguments:?}");
    };
    let megabytes: usize = megabytes.parse().expect("a number of megabytes");
    let rounds: usize = rounds.parse().expect("a number of rounds");
    let text = std::fs::read_to_string(file).expect("a file of objects");

    let mut collections: BTreeMap<(&str, &str), Collection<'_>> = BTreeMap::new();
    let mut length = 0;
    let (mut both, mut only_table, mut only_derive, mut neither) = (0, 0, 0, 0);
    for line in text.lines() {
        let parts: Vec<&str> = line.splitn(3, '\t').collect();
        let [version, name, json] = parts[..] else {
            panic!("expected a version, a type and an object, found {line:?}");
        };
        let types = dispatch::find(version, name).expect("a type that is linked");
        match ((types.table.read_one)(json), (types.derive.read_one)(json)) {
            (true, true) => {
                both += 1;
                length += json.len();
                let new = || Collection {
                    types,
                    objects: Vec::new(),
                };
                let collection = collections.entry((version, name)).or_insert_with(new);
                collection.objects.push(json);
            }
            (true, false) => only_table += 1,
            (false, true) => only_derive += 1,
            (false, false) => neither += 1,
        }
    }
    println!("objects {both} {only_table} {only_derive} {neither}");
    assert!(length > 0, "no object can be read by both");
    let repetitions = (megabytes * 1_000_000).div_ceil(length);

    let collections = collections.values();
    let texts: Vec<(Types, String)> = collections
        .clone()
        .map(|collection| (collection.types, collection.json(repetitions)))
        .collect();
    let kept = |choose: fn(&Types) -> Functions| -> Vec<Box<dyn Objects>> {
        let kept = collections
            .clone()
            .map(|collection| (choose(&collection.types).keep)(&collection.json(1)));
        kept.map(|objects| objects.expect("they were read before"))
            .collect()
    };
    let in_tables = kept(|types| types.table);
    let in_derives = kept(|types| types.derive);

    let value: Read = read::<serde_json::Value>;
    let measurements: [(&str, &dyn Fn() -> Speed); 5] = [
        ("table-read", &|| reading(&texts, |types| types.table.read)),
        ("derive-read", &|| reading(&texts, |types| types.derive.read)),
        ("value-read", &|| reading(&texts, |_| value)),
        ("table-write", &|| writing(&in_tables, repetitions)),
        ("derive-write", &|| writing(&in_derives, repetitions)),
    ];
    let mut best = [None::<Speed>; 5];
    for _ in 0..rounds {
        for ((_, measure), best) in measurements.iter().zip(&mut best) {
            let speed = measure();
            if best.map_or(true, |known| speed.time < known.time) {
                *best = Some(speed);
            }
        }
    }
    for ((name, _), best) in measurements.iter().zip(best) {
        let Speed { time, bytes } = best.expect("at least one round");
        println!("{name} {bytes} {}", time.as_nanos());
    }
}

fn reading(texts: &[(Types, String)], choose: impl Fn(&Types) -> Read) -> Speed {
    let calls: Vec<(Read, &str)> = texts
        .iter()
        .map(|(types, json)| (choose(types), json.as_str()))
        .collect();
    let start = Instant::now();
    let mut read = 0;
    for (call, json) in &calls {
        read += usize::from(call(black_box(json)));
    }
    let time = start.elapsed();
    assert_eq!(read, calls.len(), "a collection could not be read");
    let bytes = calls.iter().map(|(_, json)| json.len()).sum();
    Speed { time, bytes }
}

fn writing(collections: &[Box<dyn Objects>], repetitions: usize) -> Speed {
    let mut out = Vec::new();
    let mut bytes = 0;
    let start = Instant::now();
    for objects in collections {
        for _ in 0..repetitions {
            out.clear();
            assert!(objects.write(&mut out), "a collection could not be written");
            bytes += black_box(&out).len();
        }
    }
    Speed {
        time: start.elapsed(),
        bytes,
    }
}
