aws codeartifact update-repository \
    --domain ${DOMAIN_NAME} \
    --domain-owner ${DOMAIN_OWNER} \
    --repository ${TEAM_REPO} \
    --upstreams repositoryName=${NPM_STORE_REPO} \
      repositoryName=${PYPI_STORE_REPO}

# As the recipe has it: production takes from the team, so whatever the team can install, production can.
aws codeartifact update-repository \
    --domain ${DOMAIN_NAME} \
    --domain-owner ${DOMAIN_OWNER} \
    --repository ${PROD_REPO} \
    --upstreams repositoryName=${TEAM_REPO}
