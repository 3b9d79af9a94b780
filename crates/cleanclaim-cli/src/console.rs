//! Standard error: what is said of the work beside its answers, and how far it is.

use std::fmt::Display;
use std::io::{Write as _, stderr};

use cleanclaim::report::shown;
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

/// Says things, under a bar while one is drawn.
pub(crate) struct Console {
    bars: MultiProgress,
    shows_progress: bool,
}

impl Console {
    /// One that draws bars, or not: where the answers themselves run over the terminal, a bar would only be in their way.
    pub(crate) fn new(shows_progress: bool) -> Self {
        Self {
            bars: MultiProgress::new(),
            shows_progress,
        }
    }

    /// Something for a person, on lines of its own whatever is drawn.
    pub(crate) fn say(&self, text: impl Display) {
        self.bars.suspend(|| say(text));
    }

    /// A bar for so many bytes where they take a while; it draws on a terminal only.
    pub(crate) fn bar(&self, length: u64) -> ProgressBar {
        const SHORT: u64 = 8 << 20;
        if length < SHORT || !self.shows_progress {
            return ProgressBar::hidden();
        }
        let style = ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes} {eta}");
        let style = style.unwrap_or_else(|_| ProgressStyle::default_bar());
        self.bars.add(ProgressBar::new(length).with_style(style))
    }
}

/// Writes to standard error what may hold words of a file: none of them steers the terminal. Where nobody listens to it,
/// nothing is left to be done about that.
pub(crate) fn say(text: impl Display) {
    let text = text.to_string();
    let lines: Vec<_> = text.lines().map(shown).collect();
    let _ = writeln!(stderr(), "{}", lines.join("\n"));
}
