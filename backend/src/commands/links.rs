//! How a person gets sign-in links: where the first one is told, and how a new one is asked for.

use std::io::IsTerminal;
use std::path::PathBuf;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::signal::unix::{Signal, SignalKind};

use crate::ready::Ready;

/// Where links are told.
pub struct Links {
    ready: Ready,
    ready_file: Option<PathBuf>,
    /// Whether standard output is where a person reads them. With a ready file it is only a terminal: what a service
    /// prints ends in a journal that others may read.
    printed: bool,
    /// Somebody asks for a new link.
    asked: Signal,
}

impl Links {
    /// Tells links of a server with this ready file. SIGUSR1 is heard from here on, before anybody can know of the
    /// server: unheard it would end the program.
    ///
    /// # Errors
    /// One clear line when signals cannot be heard.
    pub fn new(ready: Ready, ready_file: Option<PathBuf>) -> Result<Self, String> {
        let printed = ready_file.is_none() || std::io::stdout().is_terminal();
        let asked = super::hear(SignalKind::user_defined1())?;
        Ok(Self { ready, ready_file, printed, asked })
    }

    /// Tells the first link.
    ///
    /// # Errors
    /// One clear line when the ready file cannot be written.
    pub fn first(&mut self, link: &str) -> Result<(), String> {
        self.write(link)?;
        if self.printed {
            let how = if std::io::stdin().is_terminal() { "Enter prints a new one" } else { "SIGUSR1 makes a new one" };
            println!("Headwater is ready. Open this link once, within five minutes; {how}.\n\n  {link}\n");
        } else {
            println!("Headwater is ready. The sign-in link stands in the ready file; SIGUSR1 makes a new one.");
        }
        Ok(())
    }

    /// Tells where the dashboard is, where people have tokens and no link opens anything.
    ///
    /// # Errors
    /// One clear line when the ready file cannot be written.
    pub fn none(&mut self, url: &str) -> Result<(), String> {
        self.ready_file.as_deref().map_or(Ok(()), |file| self.ready.write(file))?;
        println!("Headwater is ready. People sign in with their tokens.\n\n  {url}\n");
        Ok(())
    }

    /// Makes and tells a new link each time somebody presses Enter in the terminal, or sends SIGUSR1.
    pub async fn renew(mut self, new_link: impl Fn() -> String) {
        let mut lines = BufReader::new(tokio::io::stdin()).lines();
        let mut listens = std::io::stdin().is_terminal();
        loop {
            tokio::select! {
                came = self.asked.recv() => if came.is_none() { return },
                line = lines.next_line(), if listens => if !matches!(line, Ok(Some(_))) {
                    listens = false;
                    continue;
                },
            }
            let link = new_link();
            if self.printed {
                println!("Sign in: {link}");
            }
            if let Err(error) = self.write(&link) {
                tracing::warn!(error, "the new sign-in link is not in the ready file");
            }
        }
    }

    fn write(&mut self, link: &str) -> Result<(), String> {
        self.ready.sign_in = Some(link.to_owned());
        self.ready_file.as_deref().map_or(Ok(()), |file| self.ready.write(file))
    }
}
