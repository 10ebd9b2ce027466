//! Words for the person at the terminal: plain, and coloured only where a terminal shows colours.

use std::io::{IsTerminal, Write};

/// Prints to standard output, with colours when it is a terminal and `NO_COLOR` is not set.
#[derive(Debug, Clone, Copy)]
pub struct Printer {
    coloured: bool,
}

impl Printer {
    /// Looks at standard output once.
    pub fn new() -> Self {
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        Self {
            coloured: wanted && std::io::stdout().is_terminal(),
        }
    }

    /// Whether colours are used.
    pub fn is_coloured(self) -> bool {
        self.coloured
    }

    /// What happens next.
    pub fn step(self, text: &str) {
        self.line(&format!("\n{} {}", self.paint("1;36", "==>"), self.paint("1", text)));
    }

    /// Something was as it should be.
    pub fn good(self, text: &str) {
        self.line(&format!("    {} {text}", self.paint("32", "ok")));
    }

    /// Something to read.
    pub fn say(self, text: &str) {
        for line in text.lines() {
            self.line(&format!("    {line}"));
        }
    }

    /// A line as it is. A closed standard output is not worth failing for.
    pub fn line(self, text: &str) {
        let _ = writeln!(std::io::stdout(), "{text}");
    }

    fn paint(self, code: &str, text: &str) -> String {
        if self.coloured {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}
