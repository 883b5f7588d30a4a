//! Known answers: the published Signature Version 4 test suite of AWS.

use http::{Method, Request};

use super::*;

const AMZ_DATE: &str = "20150830T123600Z";

fn options() -> Options {
    Options {
        region: "us-east-1".to_owned(),
        access_key_id: "AKIDEXAMPLE".to_owned(),
        secret_access_key: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".to_owned(),
        ..Options::default()
    }
}

/// Whether the suite's request, signed with `signature`, holds.
fn holds(method: Method, address: &str, signature: &str) -> bool {
    let credential = "AKIDEXAMPLE/20150830/us-east-1/service/aws4_request";
    let authorization =
        format!("{ALGORITHM} Credential={credential}, SignedHeaders=host;x-amz-date, Signature={signature}");
    let request = Request::builder()
        .method(method)
        .uri(address)
        .header("host", "example.amazonaws.com")
        .header("x-amz-date", AMZ_DATE)
        .header("authorization", authorization);
    let (parts, ()) = request.body(()).unwrap().into_parts();
    let options = options();
    let now = parse_time(AMZ_DATE).unwrap();
    let claim = Claim::read(&parts, &options, "service", now).unwrap();
    claim.verify(&parts, &Bytes::new(), &options, false).is_ok()
}

#[test]
fn get_vanilla() {
    let signature = "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";
    assert!(holds(Method::GET, "/", signature));
    assert!(!holds(Method::GET, "/?", &signature.replace('5', "6")));
}

#[test]
fn post_vanilla() {
    assert!(holds(Method::POST, "/", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"));
}

#[test]
fn get_vanilla_query_order_key_case() {
    let signature = "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500";
    assert!(holds(Method::GET, "/?Param2=value2&Param1=value1", signature));
}

#[test]
fn times_are_read_in_the_basic_format_only() {
    let seconds = |text| parse_time(text).map(|time| time.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs());
    assert_eq!(seconds(AMZ_DATE), Some(1_440_938_160));
    assert_eq!(seconds("20240229T000000Z"), Some(1_709_164_800));
    for wrong in ["", "20230229T000000Z", "20150830T123600", "20150830T123600+", "2015083é123600Z", "20150830T1236000Z"]
    {
        assert_eq!(seconds(wrong), None, "{wrong}");
    }
}
