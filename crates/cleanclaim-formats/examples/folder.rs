//! Every 837 file of a folder, in constant memory: `cargo run -p cleanclaim-formats --example folder -- outbox`
//!
//! One evaluator, one session, and a count of what came out, file by file. Without a folder it makes one with two files, and
//! removes it.

use std::error::Error;
use std::fs::{self, File};
use std::io::{self, Write, stdout};
use std::path::Path;

use cleanclaim::{Evaluator, Verdict};
use cleanclaim_formats::x12::{Reader, example};

fn main() -> Result<(), Box<dyn Error>> {
    match std::env::args_os().nth(1) {
        Some(folder) => check(Path::new(&folder), &mut stdout()),
        None => run(&mut stdout()),
    }
}

pub(crate) fn run(out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let folder = std::env::temp_dir().join(format!("cleanclaim-example-{}", std::process::id()));
    fs::create_dir(&folder)?;
    let within_limits = example().replace("*120*UN*2*", "*120*UN*1*");
    fs::write(folder.join("monday.837"), within_limits)?;
    fs::write(folder.join("tuesday.837"), example())?;
    check(&folder, out)?;
    Ok(fs::remove_dir_all(folder)?)
}

fn check(folder: &Path, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let evaluator = Evaluator::starter();
    let mut session = evaluator.session();
    let paths: io::Result<Vec<_>> = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect();
    let mut paths = paths?;
    paths.sort();
    for path in paths.iter().filter(|path| path.is_file()) {
        let (mut clean, mut findings, mut incomplete, mut lost) = (0, 0, 0, 0);
        for found in Reader::new(File::open(path)?) {
            match found.map(|found| session.evaluate(&found.claim).verdict()) {
                Ok(Verdict::Clean) => clean += 1,
                Ok(Verdict::Findings) => findings += 1,
                Ok(Verdict::Incomplete) => incomplete += 1,
                Err(error) => {
                    lost += 1;
                    writeln!(out, "{error}")?;
                }
            }
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        writeln!(
            out,
            "{name}: {clean} clean, {findings} with findings, {incomplete} incomplete, {lost} not read"
        )?;
    }
    Ok(())
}
