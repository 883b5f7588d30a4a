make() {
    aws codeartifact create-repository \
        --domain ${DOMAIN_NAME} \
        --domain-owner ${DOMAIN_OWNER} \
        --repository "$1" \
        --description "$2"
}
make ${NPM_STORE_REPO} "npm packages from public registry"
make ${PYPI_STORE_REPO} "Python packages from PyPI"
make ${TEAM_REPO} "Team development artifacts"
make ${PROD_REPO} "Production-ready artifacts"
