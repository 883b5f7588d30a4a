aws codeartifact delete-repository-permissions-policy \
    --domain ${DOMAIN_NAME} \
    --domain-owner ${DOMAIN_OWNER} \
    --repository ${TEAM_REPO}
