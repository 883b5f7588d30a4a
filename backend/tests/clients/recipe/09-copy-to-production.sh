aws codeartifact copy-package-versions \
    --domain ${DOMAIN_NAME} \
    --source-repository ${TEAM_REPO} \
    --destination-repository ${PROD_REPO} \
    --format npm \
    --package my-company-utils \
    --versions '["1.0.0"]'
