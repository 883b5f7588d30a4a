//! What every request passes before a handler sees it, outermost first: a request id and the security headers,
//! a limit for header fields, the host list, and the check that the request comes from our own page.

pub mod envelope;
pub mod fields;
pub mod headers;
pub mod host;
pub mod origin;
