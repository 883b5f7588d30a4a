//! Clients that say nothing, or say it slowly.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::TestApp;

/// Opens a connection, says `words`, and waits until the server closes it. What it said, and after how long.
async fn say(app: &TestApp, words: &str) -> (String, Duration) {
    let address = app.serve().await;
    let begin = Instant::now();
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(words.replace("PORT", &address.port().to_string()).as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    // The server may close with a reset, which is an answer too.
    let _ = tokio::time::timeout(Duration::from_secs(30), stream.read_to_end(&mut answer)).await.expect("it is closed");
    (String::from_utf8_lossy(&answer).into_owned(), begin.elapsed())
}

/// Whether it took this many seconds: hardly less, and no longer than a machine adds that is busy with something else.
fn is_about(time: Duration, seconds: u64) -> bool {
    (Duration::from_secs(seconds - 1)..Duration::from_secs(seconds + 6)).contains(&time)
}

#[tokio::test]
async fn who_says_nothing_is_cut_off_after_three_seconds() {
    let app = TestApp::acme().await;
    let (_, time) = say(&app, "").await;
    assert!(is_about(time, 3), "{time:?}");
}

#[tokio::test]
async fn who_sends_half_a_head_is_cut_off_after_three_seconds() {
    let app = TestApp::acme().await;
    let (_, time) = say(&app, "GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nX-Slow: ").await;
    assert!(is_about(time, 3), "{time:?}");
}

#[tokio::test]
async fn a_body_that_does_not_come_is_given_up_after_ten_seconds() {
    let app = TestApp::acme().await;
    let head = "POST /api/session HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{";
    let (answer, time) = say(&app, head).await;
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    assert!(is_about(time, 10), "{time:?}");
}

#[tokio::test]
async fn many_who_say_nothing_do_not_keep_out_who_speaks() {
    let app = TestApp::acme().await;
    let address = app.serve().await;
    let mut silent = Vec::new();
    for _ in 0..400 {
        silent.push(TcpStream::connect(address).await.unwrap());
    }
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!("GET /pol.js HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
}

#[tokio::test]
async fn what_is_not_http_1_is_refused() {
    let app = TestApp::acme().await;
    let (answer, _) = say(&app, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400"), "{answer}");
    let two = "POST / HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n";
    let (answer, _) = say(&app, two).await;
    assert!(answer.matches("HTTP/1.1 2").count() == 0, "{answer}");
}
