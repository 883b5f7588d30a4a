# First what takes from others, last what others take from.
for repository in ${PROD_REPO} ${TEAM_REPO} ${NPM_STORE_REPO} ${PYPI_STORE_REPO}; do
    aws codeartifact delete-repository \
        --domain ${DOMAIN_NAME} \
        --domain-owner ${DOMAIN_OWNER} \
        --repository ${repository}
done
