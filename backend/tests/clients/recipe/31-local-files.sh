rm -rf my-custom-package
rm -f dev-policy.json prod-policy.json team-repo-policy.json
