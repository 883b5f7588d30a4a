//! Signature Version 4, header form: who signed a request, and whether it is what was signed.
//!
//! Presigned addresses are not accepted: no CodeArtifact client uses them.

use std::time::{Duration, SystemTime};

use aws_sigv4::sign::v4::{calculate_signature, generate_signing_key};
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use bytes::Bytes;
use http::request::Parts;
use http::{StatusCode, header};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::Options;
use crate::wire::canonical;
use crate::wire::fault::Fault;

#[cfg(test)]
mod tests;

/// How far a signature's time may be from ours. AWS documents 15 minutes for most services
/// (IAM user guide, "Troubleshoot Signature Version 4 signing", expired signatures).
pub(crate) const SKEW: Duration = Duration::from_secs(15 * 60);

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
const MISMATCH: &str = "The request signature we calculated does not match the signature you provided. \
    Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

/// What the headers of a request claim. Nothing is proven until [`Claim::verify`].
#[derive(Debug)]
pub(crate) struct Claim<'p> {
    date: &'p str,
    region: &'p str,
    service: &'p str,
    signed_headers: Vec<&'p str>,
    signature: &'p str,
    timestamp: &'p str,
    time: SystemTime,
}

impl<'p> Claim<'p> {
    /// Reads the headers and refuses what cannot be right whatever the body is: unknown keys, other services, old times.
    pub(crate) fn read(parts: &'p Parts, options: &Options, service: &str, now: SystemTime) -> Result<Self, Fault> {
        let authorization = text(parts, header::AUTHORIZATION.as_str()).ok_or_else(missing_token)?;
        let (algorithm, fields) = authorization.split_once(' ').unwrap_or((authorization, ""));
        if algorithm != ALGORITHM {
            return Err(incomplete(format!(
                "Unsupported AWS 'algorithm': '{algorithm}'. This service takes {ALGORITHM}."
            )));
        }
        let field = |name: &str| field(fields, name);
        let (credential, signed, signature) = (field("Credential")?, field("SignedHeaders")?, field("Signature")?);
        let scope: Vec<&str> = credential.split('/').collect();
        let [key, date, region, claimed_service, "aws4_request"] = scope[..] else {
            return Err(incomplete("Credential must have the form KEY/DATE/REGION/SERVICE/aws4_request."));
        };
        let timestamp = text(parts, "x-amz-date")
            .ok_or_else(|| incomplete("Authorization header requires existence of an 'X-Amz-Date' header."))?;
        let time = parse_time(timestamp).ok_or_else(|| incomplete("Date must be in ISO-8601 'basic format'."))?;
        let claim = Self {
            date,
            region,
            service: claimed_service,
            signed_headers: signed.split(';').collect(),
            signature,
            timestamp,
            time,
        };
        check_key(key, options)?;
        check_session(parts, options, now)?;
        claim.check_scope(options, service)?;
        claim.check_time(now)?;
        claim.check_signed_headers(parts)?;
        Ok(claim)
    }

    /// Whether `parts` and `body` are what the holder of the secret key signed.
    ///
    /// The body's own hash counts. `x-amz-content-sha256` counts too where `hash_header` says that the operation has it
    /// as an input (`PublishPackageVersion`): the operation then compares it with the body.
    pub(crate) fn verify(
        &self,
        parts: &Parts,
        body: &Bytes,
        options: &Options,
        hash_header: bool,
    ) -> Result<(), Fault> {
        let own = hex::encode(Sha256::digest(body));
        let told = text(parts, "x-amz-content-sha256").filter(|_| hash_header);
        let matches = |hash: &str| {
            let expected = self.expected(parts, hash, &options.secret_access_key);
            bool::from(expected.as_bytes().ct_eq(self.signature.as_bytes()))
        };
        if matches(&own) || told.is_some_and(matches) { Ok(()) } else { Err(invalid(MISMATCH)) }
    }

    fn expected(&self, parts: &Parts, payload_hash: &str, secret: &str) -> String {
        let request = canonical::request(parts, &self.signed_headers, payload_hash);
        let scope = format!("{}/{}/{}/aws4_request", self.date, self.region, self.service);
        let digest = hex::encode(Sha256::digest(request));
        let to_sign = format!("{ALGORITHM}\n{}\n{scope}\n{digest}", self.timestamp);
        let key = generate_signing_key(secret, self.time, self.region, self.service);
        calculate_signature(key, to_sign.as_bytes())
    }

    fn check_scope(&self, options: &Options, service: &str) -> Result<(), Fault> {
        if self.service != service {
            return Err(invalid(format!("Credential should be scoped to correct service: '{service}'.")));
        }
        // The global STS endpoint is signed for us-east-1, whatever the caller's region is.
        let global = service == "sts" && self.region == "us-east-1";
        if self.region != options.region && !global {
            return Err(invalid(format!("Credential should be scoped to a valid region, not '{}'.", self.region)));
        }
        if !self.timestamp.starts_with(self.date) || self.date.len() != 8 {
            return Err(invalid(
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP.",
            ));
        }
        Ok(())
    }

    fn check_time(&self, now: SystemTime) -> Result<(), Fault> {
        if now > self.time + SKEW {
            return Err(invalid(format!("Signature expired: {} is more than 15 minutes ago.", self.timestamp)));
        }
        if self.time > now + SKEW {
            return Err(invalid(format!(
                "Signature not yet current: {} is more than 15 minutes ahead.",
                self.timestamp
            )));
        }
        Ok(())
    }

    /// A header that is not signed could be changed on the way; the host and all of Amazon's own must be signed.
    fn check_signed_headers(&self, parts: &Parts) -> Result<(), Fault> {
        let own = parts.headers.keys().map(http::HeaderName::as_str).filter(|name| name.starts_with("x-amz-"));
        for name in own.chain(["host"]) {
            if !self.signed_headers.contains(&name) {
                return Err(invalid(format!("'{name}' must be a 'SignedHeader' in the AWS Authorization.")));
            }
        }
        Ok(())
    }
}

fn check_key(key: &str, options: &Options) -> Result<(), Fault> {
    if key == options.access_key_id { Ok(()) } else { Err(unrecognized()) }
}

fn check_session(parts: &Parts, options: &Options, now: SystemTime) -> Result<(), Fault> {
    match (text(parts, "x-amz-security-token"), &options.session_token) {
        (None, None) => Ok(()),
        (Some(sent), Some(token)) if bool::from(sent.as_bytes().ct_eq(token.as_bytes())) => {
            if options.session_expires.is_some_and(|end| now >= end) {
                return Err(front("ExpiredTokenException", "The security token included in the request is expired"));
            }
            Ok(())
        }
        _ => Err(unrecognized()),
    }
}

fn text<'p>(parts: &'p Parts, name: &str) -> Option<&'p str> {
    parts.headers.get(name).and_then(|value| value.to_str().ok())
}

/// A field of the `Authorization` header, such as `Signature`.
fn field<'p>(fields: &'p str, name: &str) -> Result<&'p str, Fault> {
    let pairs = fields.split(',').filter_map(|field| field.trim().split_once('='));
    let found = pairs.filter(|(key, _)| *key == name).map(|(_, value)| value).next();
    found
        .filter(|value| !value.is_empty())
        .ok_or_else(|| incomplete(format!("Authorization header requires '{name}' parameter.")))
}

/// Reads `20261123T121128Z`.
fn parse_time(basic: &str) -> Option<SystemTime> {
    let digits =
        |from: usize, to: usize| basic.get(from..to).filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    let (year, month, day) = (digits(0, 4)?, digits(4, 6)?, digits(6, 8)?);
    let (hour, minute, second) = (digits(9, 11)?, digits(11, 13)?, digits(13, 15)?);
    if basic.len() != 16 || basic.get(8..9) != Some("T") || !basic.ends_with('Z') {
        return None;
    }
    let extended = format!("{year}-{month}-{day}T{hour}:{minute}:{second}Z");
    SystemTime::try_from(DateTime::from_str(&extended, Format::DateTime).ok()?).ok()
}

fn front(code: &'static str, message: impl Into<String>) -> Fault {
    Fault::FrontEnd { code, status: StatusCode::FORBIDDEN, message: message.into() }
}

fn missing_token() -> Fault {
    front("MissingAuthenticationTokenException", "Missing Authentication Token")
}

fn incomplete(message: impl Into<String>) -> Fault {
    front("IncompleteSignatureException", message)
}

fn invalid(message: impl Into<String>) -> Fault {
    front("InvalidSignatureException", message)
}

fn unrecognized() -> Fault {
    front("UnrecognizedClientException", "The security token included in the request is invalid.")
}
