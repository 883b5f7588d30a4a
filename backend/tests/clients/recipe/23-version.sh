aws codeartifact describe-package-version \
    --domain ${DOMAIN_NAME} \
    --domain-owner ${DOMAIN_OWNER} \
    --repository ${TEAM_REPO} \
    --format npm \
    --package my-company-utils \
    --package-version 1.0.0
