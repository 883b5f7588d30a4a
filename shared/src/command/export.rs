//! The command that exports a domain as code.

use super::finish;
use crate::export::ExportKind;
use crate::names::DomainName;

/// The `headwater` command that writes a domain as code: one file where one stands, else a folder of its own.
pub fn export(domain: &DomainName, kind: ExportKind, options: &[String]) -> String {
    let out = if kind.is_folder() { format!("{domain}-{}", kind.as_str()) } else { ".".to_owned() };
    let lines = vec![
        "headwater export".to_owned(),
        format!("--domain {domain}"),
        format!("--as {}", kind.as_str()),
        format!("--out {out}"),
    ];
    finish(lines, options)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_export_speaks_to_the_same_codeartifact() {
        assert_eq!(
            export(&"acme".parse().unwrap(), ExportKind::Cli, &["--profile".into(), "prod".into()]),
            "headwater export \\\n  --domain acme \\\n  --as cli \\\n  --out . \\\n  --profile prod"
        );
    }
}
