aws codeartifact login \
    --tool npm \
    --domain ${DOMAIN_NAME} \
    --domain-owner ${DOMAIN_OWNER} \
    --repository ${TEAM_REPO}

aws codeartifact login \
    --tool pip \
    --domain ${DOMAIN_NAME} \
    --domain-owner ${DOMAIN_OWNER} \
    --repository ${TEAM_REPO}
