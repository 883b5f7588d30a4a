use super::*;

/// A real endpoint, and one of the embedded CodeArtifact.
fn target(client: Client, base: &str) -> Target {
    Target {
        domain: "acme".parse().unwrap(),
        owner: "111122223333".parse().unwrap(),
        repository: "team.dev_2".parse().unwrap(),
        endpoint: format!("{base}/{}/team.dev_2/", client.format()),
        options: vec![
            "# Assume the role first.".to_owned(),
            "--profile".to_owned(),
            "our profile".to_owned(),
            "--region".to_owned(),
            "eu-west-1".to_owned(),
        ],
        package: None,
    }
}

const AWS: &str = "https://acme-111122223333.d.codeartifact.eu-west-1.amazonaws.com";

/// Every guide for a real endpoint.
fn guides() -> impl Iterator<Item = (Client, Way, Guide)> {
    Client::ALL
        .into_iter()
        .flat_map(|client| [Way::Login, Way::Hand].map(|way| (client, way, guide(client, way, &target(client, AWS)))))
}

#[test]
fn every_client_and_way_survives_its_own_word() {
    for client in Client::ALL {
        assert_eq!(client.as_str().parse::<Client>(), Ok(client));
    }
    for way in [Way::Login, Way::Hand] {
        assert_eq!(way.as_str().parse::<Way>(), Ok(way));
    }
    assert!("apt".parse::<Client>().is_err() && "".parse::<Way>().is_err());
}

#[test]
fn whatever_connects_can_be_undone() {
    for (client, way, guide) in guides() {
        let aims: Vec<Aim> = guide.parts.iter().map(|part| part.aim).collect();
        if client == Client::Generic {
            // Nothing is set up for it.
            assert_eq!(aims, [Aim::Install, Aim::Publish]);
            continue;
        }
        assert_eq!((aims.first(), aims.last()), (Some(&Aim::Connect), Some(&Aim::Undo)), "{client:?} {way:?}");
        assert!(aims.contains(&Aim::Install) || aims.contains(&Aim::Publish), "{client:?} {way:?}");
        let forms = |aim| {
            let part = guide.parts.iter().find(move |part| part.aim == aim).unwrap();
            part.steps.iter().map(|step| (&step.form, &step.text))
        };
        for (form, text) in forms(Aim::Connect) {
            if let Form::Add(file) = form {
                assert!(forms(Aim::Undo).any(|undo| undo == (&Form::Remove(file.clone()), text)), "{client:?} {file}");
            }
        }
    }
}

#[test]
fn login_is_offered_where_the_aws_cli_knows_the_client_and_nowhere_else() {
    for (client, way, guide) in guides() {
        let logs_in = guide.parts[0].steps.iter().any(|step| step.text.contains("aws codeartifact login"));
        assert_eq!(logs_in, way == Way::Login && client.login_tool().is_some(), "{client:?} {way:?}");
    }
}

#[test]
fn every_shell_step_is_good_bash_and_says_what_it_does() {
    for (client, way, guide) in guides() {
        for step in guide.parts.iter().flat_map(|part| &part.steps) {
            assert!(step.about.ends_with('.'), "{client:?}: {}", step.about);
            assert!(!step.text.is_empty() && !step.text.contains("eyJ"), "{client:?}");
            if step.form == Form::Command {
                let shell = std::process::Command::new("bash").args(["-n", "-c", &step.text]).output().unwrap();
                assert!(shell.status.success(), "{client:?} {way:?}: {}\n{shell:?}", step.text);
            }
        }
        assert!(guide.notes.iter().all(|note| note.ends_with('.')), "{client:?}");
    }
}

#[test]
fn remarks_and_options_of_the_connection_reach_every_aws_command() {
    let token = target(Client::Uv, AWS).token().text;
    assert!(
        token.starts_with("# Assume the role first.\nexport CODEARTIFACT_AUTH_TOKEN=\"$(aws codeartifact"),
        "{token}"
    );
    assert!(token.ends_with("--profile 'our profile' --region eu-west-1)\""), "{token}");
    let login = guide(Client::Npm, Way::Login, &target(Client::Npm, AWS)).parts[0].steps[0].text.clone();
    assert!(login.contains("--domain-owner 111122223333") && login.ends_with("--region eu-west-1"), "{login}");
}

#[test]
fn a_package_that_is_named_is_the_one_installed() {
    let package = PackageKey {
        format: PackageFormat::Npm,
        namespace: Some("acme".parse().unwrap()),
        name: "it's".parse().unwrap(),
    };
    let target = Target { package: Some(package), ..target(Client::Pnpm, AWS) };
    assert_eq!(guide(Client::Pnpm, Way::Hand, &target).parts[1].steps[0].text, r"pnpm add '@acme/it'\''s'");
}

#[test]
fn a_host_is_spelled_as_bundler_spells_it() {
    let text = &guide(Client::Bundler, Way::Hand, &target(Client::Bundler, AWS)).parts[0].steps[1].text;
    let host = "ACME___111122223333__D__CODEARTIFACT__EU___WEST___1__AMAZONAWS__COM";
    assert_eq!(*text, format!("export BUNDLE_{host}=\"aws:$CODEARTIFACT_AUTH_TOKEN\""));
}

#[test]
fn names_fit_where_letters_digits_and_hyphens_alone_are_allowed() {
    let guide = guide(Client::Uv, Way::Hand, &target(Client::Uv, AWS));
    let texts: Vec<&str> = guide.parts[0].steps.iter().map(|step| step.text.as_str()).collect();
    assert!(texts[1].contains("export UV_INDEX_TEAM_DEV_2_USERNAME=aws"), "{}", texts[1]);
    assert!(texts[2].contains("name = \"team-dev-2\""), "{}", texts[2]);
}
