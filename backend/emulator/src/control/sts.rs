//! STS `GetCallerIdentity`, which the AWS CLI and others call first. It speaks the query protocol: form in, XML out.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};

use crate::Options;
use crate::random;
use crate::wire::call::{Answer, Call, decode_query};
use crate::wire::fault::{Fault, REQUEST_ID};

const NAMESPACE: &str = "https://sts.amazonaws.com/doc/2011-06-15/";

/// GetCallerIdentity: the one caller there is.
pub(super) fn get_caller_identity(call: &Call) -> Answer {
    let form = String::from_utf8_lossy(call.body);
    let members = decode_query(&form.replace('+', "%20"));
    let action = members.iter().find(|(name, _)| name == "Action").map(|(_, action)| action.as_str());
    if action != Some("GetCallerIdentity") {
        let message = format!("Could not find operation {} for version 2011-06-15", action.unwrap_or_default());
        return Err(Fault::FrontEnd { code: "InvalidAction", status: StatusCode::BAD_REQUEST, message });
    }
    let options = call.emulator.options();
    let (arn, user_id) = identity(options);
    let result = format!(
        "<GetCallerIdentityResult><Arn>{arn}</Arn><UserId>{user_id}</UserId><Account>{}</Account></GetCallerIdentityResult>",
        escape(&options.account)
    );
    Ok(xml(StatusCode::OK, |id| {
        format!(
            "<GetCallerIdentityResponse xmlns=\"{NAMESPACE}\">{result}\
             <ResponseMetadata><RequestId>{id}</RequestId></ResponseMetadata></GetCallerIdentityResponse>"
        )
    }))
}

/// A fault in the shape and with the names of the query protocol.
pub(super) fn fault(fault: &Fault) -> Response {
    let code = match fault.code() {
        "InvalidSignatureException" => "SignatureDoesNotMatch",
        "UnrecognizedClientException" => "InvalidClientTokenId",
        code => code.strip_suffix("Exception").unwrap_or(code),
    };
    let message = escape(&fault.to_string());
    xml(fault.status(), |id| {
        format!(
            "<ErrorResponse xmlns=\"{NAMESPACE}\"><Error><Type>Sender</Type><Code>{code}</Code>\
             <Message>{message}</Message></Error><RequestId>{id}</RequestId></ErrorResponse>"
        )
    })
}

/// A user for long-term credentials, an assumed role for those with a session token.
fn identity(options: &Options) -> (String, String) {
    let account = escape(&options.account);
    if options.session_token.is_some() {
        return (format!("arn:aws:sts::{account}:assumed-role/emulator/session"), "AROAEMULATOR:session".to_owned());
    }
    (format!("arn:aws:iam::{account}:user/emulator"), "AIDAEMULATOR".to_owned())
}

fn xml(status: StatusCode, body: impl FnOnce(&str) -> String) -> Response {
    let id = random::uuid();
    let mut response = (status, body(&id)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/xml"));
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert(REQUEST_ID, id);
    }
    response
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
