//! Packs published files and folders into one file: `cargo run --release --example pack -- OUT PATH...`

use std::time::Instant;

use cleanclaim::reference::Reference;
use cleanclaim_cms::{Options, collect};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let out = arguments
        .next()
        .ok_or("expected the file to write, then files or folders to read")?;
    let paths: Vec<String> = arguments.collect();
    let start = Instant::now();
    let collected = collect(&paths, &Options::default(), &mut |_| {});
    let read = start.elapsed();
    for problem in &collected.problems {
        println!("{:?}: {problem}", problem.severity);
    }
    for (release, rows) in &collected.releases {
        println!("{} {} {} {rows} rows", release.table, release.name, release.in_force);
    }
    let bytes = collected.builder.pack()?;
    let packed = start.elapsed();
    std::fs::write(&out, &bytes)?;
    Reference::open(bytes.clone())?;
    println!(
        "{} bytes, read {read:?}, packed {packed:?}, opened {:?}",
        bytes.len(),
        start.elapsed()
    );
    Ok(())
}
