//! The shape of a service: `cargo run -p cleanclaim-formats --example service`
//!
//! One evaluator for the life of the process, shared by all threads; a session a thread, so that a request allocates little
//! but its own answer. Here requests are 837 texts from a queue; in a server they come from its sockets.

use std::error::Error;
use std::io::{Write, stdout};
use std::sync::{Mutex, mpsc};
use std::thread;

use cleanclaim::Evaluator;
use cleanclaim_formats::x12::{Reader, example};

struct Request {
    number: usize,
    body: String,
    reply: mpsc::Sender<(usize, String)>,
}

fn main() -> Result<(), Box<dyn Error>> {
    run(&mut stdout())
}

pub(crate) fn run(out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    const THREADS: usize = 4;
    const REQUESTS: usize = 6;
    let evaluator = Evaluator::starter();
    let (requests, queue) = mpsc::channel();
    let queue = Mutex::new(queue);
    let (reply, replies) = mpsc::channel();
    let mut answers = thread::scope(|threads| -> Result<Vec<_>, mpsc::SendError<Request>> {
        for _ in 0..THREADS {
            threads.spawn(|| work(&evaluator, &queue));
        }
        for number in 0..REQUESTS {
            let modifier = if number % 2 == 0 { "RT" } else { "26" };
            let body = example().replace("HC:64632:RT", &format!("HC:64632:{modifier}"));
            let reply = reply.clone();
            requests.send(Request { number, body, reply })?;
        }
        // Without senders the threads find their queue at its end, and the answers theirs.
        drop((requests, reply));
        Ok(replies.iter().collect())
    })?;
    answers.sort();
    for (number, answer) in answers {
        writeln!(out, "request {number}: {answer}")?;
    }
    Ok(())
}

fn work(evaluator: &Evaluator, queue: &Mutex<mpsc::Receiver<Request>>) {
    let mut session = evaluator.session();
    // The lock is held while a thread waits, and given up as soon as it has its request.
    while let Some(request) = queue.lock().ok().and_then(|queue| queue.recv().ok()) {
        for found in Reader::new(request.body.as_bytes()) {
            let answer = match found {
                Ok(found) => {
                    let why = session.check(&found.claim);
                    let rules: Vec<_> = why.findings.iter().map(|finding| finding.rule).collect();
                    format!("claim {}: {} {}", found.claim.id(), why.verdict, rules.join(" "))
                }
                Err(error) => error.to_string(),
            };
            // Whoever asked may have gone; then nobody needs the answer.
            let _ = request.reply.send((request.number, answer));
        }
    }
}
