aws codeartifact associate-external-connection \
    --domain ${DOMAIN_NAME} \
    --domain-owner ${DOMAIN_OWNER} \
    --repository ${NPM_STORE_REPO} \
    --external-connection "public:npmjs"

aws codeartifact associate-external-connection \
    --domain ${DOMAIN_NAME} \
    --domain-owner ${DOMAIN_OWNER} \
    --repository ${PYPI_STORE_REPO} \
    --external-connection "public:pypi"
