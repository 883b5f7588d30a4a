aws codeartifact list-packages \
    --domain ${DOMAIN_NAME} \
    --domain-owner ${DOMAIN_OWNER} \
    --repository ${TEAM_REPO}
